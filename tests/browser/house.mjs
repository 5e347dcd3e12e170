// The server under test: the real program with a private data folder, on a port nobody else has.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, openSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

export const ROOT = join(import.meta.dirname, "..", "..");
const PATIENCE = 240_000;

function program() {
    if (process.env.GENDAN_BIN) return process.env.GENDAN_BIN;
    const built = join(ROOT, "target", "debug", "gendan");
    if (!existsSync(built)) spawnSync("cargo", ["build"], { cwd: ROOT, stdio: "inherit" });
    return built;
}

function freePort() {
    return new Promise((resolve, reject) => {
        const server = createServer().once("error", reject);
        server.listen(0, "127.0.0.1", () => {
            const { port } = server.address();
            server.close(() => resolve(port));
        });
    });
}

export class House {
    constructor(folder) {
        this.data = join(folder, `data-${process.pid}`);
        this.log = join(folder, "gendan.log");
        mkdirSync(folder, { recursive: true });
    }

    /** Starts the program and waits until it answers; gives its address. */
    async open() {
        const port = await freePort();
        const address = `http://127.0.0.1:${port}`;
        // Settings of somebody's own house must not reach this one.
        const env = Object.fromEntries(Object.entries(process.env)
            .filter(([key]) => key === "GENDAN_PG_BIN" || !/^(GENDAN_|DATABASE_)/.test(key)));
        const log = openSync(this.log, "w");
        this.child = spawn(program(), ["demo"], {
            cwd: ROOT,
            env: { ...env, GENDAN_DATA: this.data, GENDAN_LISTEN: `127.0.0.1:${port}` },
            stdio: ["ignore", log, log],
            // A Ctrl-C meant for the tests must not reach it twice: the second one cuts everything off.
            detached: true,
        });
        this.ended = new Promise((resolve) => {
            this.child.once("error", (error) => resolve(String(error)));
            this.child.once("exit", (code, signal) => resolve(code ?? signal));
        });
        this.ended.then((how) => { this.over = { how }; });
        for (const late = Date.now() + PATIENCE; Date.now() < late; await pause(100)) {
            if (this.over) break;
            if (await this.answers(address)) return address;
        }
        throw new Error(`the demo did not open (${this.over?.how ?? "too slow"}):\n${readFileSync(this.log, "utf8")}`);
    }

    async answers(address) {
        try {
            return (await fetch(`${address}/sign-in`)).ok;
        } catch {
            return false;
        }
    }

    /** Closes the house with its database; tells what went wrong with that, if anything. */
    async stop() {
        if (!this.child) return "";
        let word = "";
        if (this.over) word = `the demo ended by itself (${this.over.how}); see ${this.log}`;
        else {
            this.child.kill("SIGINT");
            const how = await Promise.race([this.ended, pause(30_000, "never")]);
            if (how === "never") {
                this.child.kill("SIGKILL");
                word = "the demo did not close when told to";
            } else if (how !== 0) word = `the demo closed with ${how}; see ${this.log}`;
        }
        this.child = null;
        rmSync(this.data, { recursive: true, force: true });
        return word;
    }
}

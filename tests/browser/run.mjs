// Starts a demo house of its own, lets the stories walk through it, and stops it whatever happened.
import { spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { House, ROOT } from "./house.mjs";

// The stories come first: the walk through all pages then also sees what they left.
const FILES = ["sheet", "proforma", "nine", "credit", "forms", "keys", "plain", "pages", "widths", "shots"];

const work = join(ROOT, "target", "browser");
const shots = join(work, "shots");
rmSync(shots, { recursive: true, force: true });
mkdirSync(shots, { recursive: true });

const house = new House(work);
let tests;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
        tests?.kill();
        house.stop().finally(() => process.exit(1));
    });
}

const told = (child) => new Promise((resolve) => child.on("close", (code) => resolve(code ?? 1)));

let code = 1;
try {
    const address = await house.open();
    const only = process.argv.slice(2);
    const files = (only.length ? only : FILES).map((name) => join(import.meta.dirname, `${name}.test.mjs`));
    // One file after another: they share one house.
    tests = spawn(process.execPath, ["--test", "--test-concurrency=1", "--test-reporter=spec", ...files], {
        stdio: "inherit",
        env: { ...process.env, HOUSE: address, SHOTS: shots },
    });
    code = await told(tests);
} catch (error) {
    console.error(String(error.message ?? error));
} finally {
    const rest = await house.stop();
    if (rest) {
        console.error(rest);
        code ||= 1;
    }
}
process.exit(code);

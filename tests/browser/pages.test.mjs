// Every page a role finds in its rail, wide and on a phone, in both languages.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { PHONE, WIDE, as, chinese, close, faults, open, overflow, speak } from "./hands.mjs";
import { PEOPLE, reachable } from "./paths.mjs";

before(open);
after(close);

/** What axe has looked at: the same page of another person has the same build. */
const seen = new Set();

function first(login, path, lang) {
    const key = `${path === "/" ? login : path} ${lang}`;
    return !seen.has(key) && seen.add(key);
}

async function look(page, login, path, lang, found) {
    const thorough = first(login, path, lang);
    await page.setViewportSize(WIDE);
    const answer = await page.goto(path);
    const say = (where, text) => found.push(`${path} ${lang}${where}: ${text}`);
    if (answer.status() !== 200) say("", `status ${answer.status()}`);
    for (const size of [WIDE, PHONE]) {
        await page.setViewportSize(size);
        const over = await overflow(page);
        if (over > 0) say(` ${size.width}`, `${over} px too wide`);
        // The most of the time goes here: wide in English and narrow in Chinese is every page and every width once.
        if ((lang === "en") !== (size === WIDE) || !thorough) continue;
        for (const fault of await faults(page)) say(` ${size.width}`, fault);
    }
    if (lang === "en") for (const text of await chinese(page)) say("", `Chinese: ${text}`);
    for (const trouble of page.troubles.splice(0)) say("", trouble);
}

describe("pages", { concurrency: 3 }, () => {
    for (const login of PEOPLE) {
        test(`every page ${login} can reach is whole`, async () => {
            const page = await as(login);
            const found = [];
            const paths = await reachable(page, login);
            assert.ok(paths.length > 5, "the rail leads somewhere");
            for (const lang of ["en", "zh-CN"]) {
                await page.setViewportSize(WIDE);
                await page.goto("/");
                await speak(page, lang);
                for (const path of paths) await look(page, login, path, lang, found);
            }
            await page.context().close();
            assert.deepEqual(found, []);
        });
    }
});

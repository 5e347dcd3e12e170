// All demo pages at the narrowest and at a wide desk, and in the dark: nothing is cut off, every word can be read.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { as, close, faults, open, overflow } from "./hands.mjs";
import { PEOPLE, reachable } from "./paths.mjs";

const NARROW = { width: 320, height: 700 };
const DESK = { width: 1600, height: 1000 };
const NIGHT = { colorScheme: "dark" };

before(open);
after(close);

const dark = (page) => page.evaluate(() => {
    const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number);
    return r + g + b < 240;
});

/** What axe has looked at: the same page of another person has the same build. */
const seen = new Set();

describe("widths and the dark", { concurrency: 6 }, () => {
    for (const login of PEOPLE) {
        test(`every page of ${login} fits 320 and 1600 px and is read in the dark`, async () => {
            const page = await as(login, DESK, NIGHT);
            const found = [];
            for (const path of await reachable(page, login)) {
                await page.goto(path);
                for (const size of [DESK, NARROW]) {
                    await page.setViewportSize(size);
                    const over = await overflow(page);
                    if (over > 0) found.push(`${path} ${size.width}: ${over} px too wide`);
                }
                if (!await dark(page)) found.push(`${path}: not dark`);
                await page.setViewportSize(DESK);
                if (seen.has(path)) continue;
                seen.add(path);
                for (const fault of await faults(page, ["color-contrast"])) found.push(`${path} dark: ${fault}`);
            }
            await page.context().close();
            assert.deepEqual(found, []);
        });
    }
});

// Every page a role finds in its rail, wide and on a phone, in both languages.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { PHONE, WIDE, as, chinese, close, faults, open, overflow, speak } from "./hands.mjs";

// One of each role: every page is drawn some forty times a person.
const PEOPLE = ["admin", "gu", "shen", "zhou", "xu"];
// What the rail does not lead to: the same for everybody and looked at by one, and papers of the demo with long terms.
const ALSO = {
    shen: ["/me", "/help", "/help/terms", "/help/shortcuts", "/search?q=mug", "/search?q=nothing-like-it",
        "/orders/new", "/orders/HY26-0010", "/orders/HY26-0010/proforma/1", "/orders/HY26-0010/timeline", "/customers/nordhavn-living",
        "/orders/HY26-0005/issues/1", "/orders/HY26-0005/changes/1", "/orders/HY26-0005/inspections/1", "/orders/HY26-0005/production/1-1",
        "/shipments/S26-0002", "/shipments/S26-0002/loading", "/shipments/S26-0002/declarations", "/shipments/S26-0002/transport-document",
        "/credits/LC-2026-001", "/presentations/S26-0002/1"],
    xu: ["/receipts/R26-0002", "/payables/P26-0003", "/orders/HY26-0001/payments", "/orders/HY26-0001/verifications/S26-0001/1",
        "/orders/HY26-0001/rebates/S26-0001/1", "/orders/HY26-0002/hand-overs/S26-0002"],
    gu: ["/orders/HY26-0003", "/orders/HY26-0003/proforma/1/approval"],
};

before(open);
after(close);

/** The rail, and the first order of the list with its tabs: what the person can get to by pressing. */
async function reachable(page, also) {
    const hrefs = (selector) => page.locator(selector).evaluateAll((all) => all.map((one) => one.getAttribute("href")));
    const rail = await hrefs("nav.rail a[href^='/']");
    const starts = await hrefs("details[data-menu=new] a[href^='/']");
    await page.goto("/orders");
    const [order] = await hrefs("main tbody a[href^='/orders/']");
    let tabs = [];
    if (order) {
        await page.goto(order);
        tabs = (await hrefs("main nav a[href^='/orders/']")).filter((href) => href.startsWith(order));
    }
    return [...new Set([...rail, ...starts, ...also, order, ...tabs].filter(Boolean).map((href) => href.split("#")[0]))];
}

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

describe("pages", { concurrency: 6 }, () => {
    for (const login of PEOPLE) {
        test(`every page ${login} can reach is whole`, async () => {
            const page = await as(login);
            const found = [];
            const paths = await reachable(page, ALSO[login] ?? []);
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

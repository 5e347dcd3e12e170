// What a form must never do to the person at it: lose typed words, act twice, show a page after the door is closed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PHONE, as, close, open, press, speak } from "./hands.mjs";
import { answer, read } from "./orders.mjs";

before(open);
after(close);

const orders = async (page, words) => {
    await page.goto(`/orders?q=${encodeURIComponent(words)}`);
    return page.locator("main tbody tr", { hasText: words }).count();
};

test("a refused form keeps what was typed and leads to the fault", async () => {
    const page = await as("shen");
    await page.goto("/orders/new?customer=nordhavn-living");
    await page.locator("#f-title").fill("保留的标题");
    await page.locator("#f-customer_reference").fill("PO-KEEP-1");
    await page.locator("#f-place").fill("Hamburg");
    await page.locator("[name='lines[0][style]']").fill("K-9");
    await page.locator("[name='lines[0][description]']").fill("Kettle & <lid>");
    await page.locator("[name='lines[0][quantity]']").fill("many");
    await page.locator("[name='lines[0][price]']").fill("3.10");
    await press(page, "form[action='/orders'] .form-acts button[type=submit]");
    await page.locator(".errors").waitFor();
    const kept = (name) => page.locator(`[name='${name}']`).inputValue();
    assert.equal(await kept("title"), "保留的标题");
    assert.equal(await kept("customer_reference"), "PO-KEEP-1");
    assert.equal(await kept("place"), "Hamburg");
    assert.equal(await kept("lines[0][description]"), "Kettle & <lid>");
    assert.equal(await kept("lines[0][quantity]"), "many");
    assert.equal(await kept("lines[0][price]"), "3.10");
    assert.ok(await page.locator(".errors").evaluate((one) => one === document.activeElement), "the summary has the focus");
    const broken = await page.locator(".errors a").evaluateAll((all) =>
        all.map((one) => one.getAttribute("href").slice(1)).filter((id) => !document.getElementById(id)));
    assert.deepEqual(broken, [], "each line of the summary leads to its field");
    assert.deepEqual(page.troubles, []);
});

test("the summary names each field before its sentence", async () => {
    const page = await as("xu");
    await page.goto("/receipts/new");
    await press(page, "form[action='/receipts'] .form-acts button[type=submit]");
    await page.locator(".errors").waitFor();
    const [count, nameless] = await page.locator(".errors a").evaluateAll((all) => [all.length, all.filter((one) => {
        const field = document.getElementById(one.getAttribute("href").slice(1));
        return !one.textContent.startsWith(field.labels[0].firstChild.textContent.trim());
    }).map((one) => one.textContent)]);
    assert.ok(count >= 3, `${count} faults`);
    assert.deepEqual(nameless, []);
    assert.deepEqual(page.troubles, []);
});

test("on a phone the current tab is in sight", async () => {
    const page = await as("xu", PHONE);
    await page.goto("/payables?state=paid");
    await page.locator(".tabs [aria-current]").waitFor();
    await page.waitForFunction(() => document.documentElement.classList.contains("scripted"));
    const inside = await page.locator(".tabs [aria-current]").evaluate((tab) => {
        const box = tab.getBoundingClientRect();
        return box.left >= 0 && box.right <= innerWidth;
    });
    assert.ok(inside, "the last tab is scrolled to");
    assert.deepEqual(page.troubles, []);
});

test("a double click opens one order", async () => {
    const page = await as("shen");
    await read(page);
    await answer(page);
    await press(page, "a[href^='/orders/new?intake=']", "/orders/new");
    await page.locator("#f-title").fill("双击一次");
    for (const name of ["salesperson", "operator"]) {
        const field = page.locator(`#f-${name}`);
        if (await field.inputValue() === "") await field.selectOption({ index: 1 });
    }
    await page.locator("form[action='/orders'] .form-acts button[type=submit]").dblclick();
    await page.waitForURL((url) => /^\/orders\/(?!new|intake)[^/]+$/.test(url.pathname));
    assert.equal(await orders(page, "双击一次"), 1);
    assert.deepEqual(page.troubles, []);
});

test("the same form sent from two places makes one order", async () => {
    const page = await as("shen");
    await page.goto("/orders/new?customer=nordhavn-living");
    const fields = { title: "两次同一表", "lines[0][style]": "T-1", "lines[0][description]": "Towel", "lines[0][quantity]": "10", "lines[0][unit]": "pcs", "lines[0][price]": "1" };
    for (const [name, value] of Object.entries(fields)) await page.locator(`[name='${name}']`).fill(value);
    for (const name of ["salesperson", "operator"]) {
        const field = page.locator(`#f-${name}`);
        if (await field.inputValue() === "") await field.selectOption({ index: 1 });
    }
    const ends = await page.evaluate(async () => {
        const form = document.querySelector("form[action='/orders']");
        const send = () => fetch("/orders", { method: "POST", body: new URLSearchParams(new FormData(form)) });
        return (await Promise.all([send(), send()])).map(({ status, url }) => `${status} ${new URL(url).pathname}`);
    });
    // Nothing is left unsent, so the next page needs no question.
    await page.reload();
    assert.equal(await orders(page, "两次同一表"), 1, ends.join(", "));
});

test("after signing out the back button shows no page of the house", async () => {
    const page = await as("zhou");
    await page.goto("/orders");
    await page.locator("header.top details.menu:has(form[action='/sign-out']) summary").click();
    await press(page, "form[action='/sign-out'] button", "/sign-in");
    await page.goBack();
    await page.waitForURL((url) => url.pathname === "/sign-in");
    assert.equal(await page.locator("nav.rail").count(), 0);
    const answerOf = await page.request.get("/orders", { maxRedirects: 0 });
    assert.equal(answerOf.status(), 303);
});

test("the language is switched on the page where one is, and stays", async () => {
    const page = await as("zhou");
    await page.goto("/orders");
    await speak(page, "en");
    assert.equal(new URL(page.url()).pathname, "/orders");
    await page.goto("/");
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    await speak(page, "zh-CN");
    assert.deepEqual(page.troubles, []);
});

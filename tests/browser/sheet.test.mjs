// A customer's sheet becomes an order: pasted with two cells nobody can read, uploaded in an old Chinese encoding.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { join } from "node:path";
import { as, close, open, overflow, press } from "./hands.mjs";
import { ROOT } from "./house.mjs";
import { answer, number, openOrder, read } from "./orders.mjs";

before(open);
after(close);

const useLinks = (page) => page.locator("a[href^='/orders/new?intake=']").count();
const main = (page) => page.locator("main").innerText();

test("a pasted sheet asks what it cannot read, and then opens the order", async () => {
    const page = await as("shen");
    await read(page);
    assert.equal(await useLinks(page), 0, "with doubts open no order can be made");
    assert.equal(await page.locator("ul.checks li.no").count(), 2);
    await answer(page);
    assert.match(await main(page), /3,080\.00/, "the sum with the two answers");
    const order = await openOrder(page, "毛巾 3 款");
    const text = await main(page);
    for (const word of [order, "T-1", "T-2", "T-3", "毛巾 3 款", "3,080.00"]) assert.ok(text.includes(word), word);
    assert.equal(await page.locator(".steps-wide [aria-current=step] i").innerText(), "1");
    assert.equal(await overflow(page), 0);
    assert.deepEqual(page.troubles, []);
});

test("an uploaded CSV in GB 18030 is read and its file stays with the order", async () => {
    const page = await as("shen");
    await page.goto("/orders/new");
    const form = page.locator("form[action='/orders/intake']");
    await form.locator("[name=customer]").selectOption("brightwell-leuchten");
    await form.locator("[name=sheet]").setInputFiles(join(ROOT, "tests/samples/customer-po-lamps-gb18030.csv"));
    await form.locator("button[type=submit]").click();
    await page.waitForURL(/\/orders\/intake\//);
    const text = await main(page);
    for (const word of ["LED面板灯", "9,000", "49,980.00"]) assert.ok(text.includes(word), word);
    await openOrder(page, "LED 灯具 4 款");
    await press(page, "nav.tabs a[href$='/documents']", /\/documents$/);
    assert.match(await main(page), /customer-po-lamps-gb18030\.csv/);
    assert.ok(number(page));
    assert.deepEqual(page.troubles, []);
});

test("a sheet without a customer or without any text is refused and says so", async () => {
    const page = await as("shen");
    await page.goto("/orders/new");
    await page.locator("form[action='/orders/intake'] button[type=submit]").click();
    await page.locator(".errors").waitFor();
    assert.equal(await page.locator(".errors li").count(), 2);
    assert.ok(await page.locator(".errors").evaluate((one) => one === document.activeElement), "the summary has the focus");
    assert.deepEqual(page.troubles, []);
});

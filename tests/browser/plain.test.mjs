// The core path in a browser that runs no script: an order is opened, its proforma invoice approved, a fact passed on.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { as, close, open } from "./hands.mjs";
import { number } from "./orders.mjs";

const PLAIN = { javaScriptEnabled: false };
let shen, gu, order;

before(async () => {
    await open();
    shen = await as("shen", undefined, PLAIN);
    gu = await as("gu", undefined, PLAIN);
});
after(close);

/** Presses, and waits for the document that follows. */
async function press(page, selector) {
    const button = page.locator(selector).filter({ visible: true }).first();
    await Promise.all([page.waitForNavigation(), button.click()]);
    const errors = await page.locator(".errors").allInnerTexts();
    assert.deepEqual(errors, [], page.url());
}

describe("without script", { concurrency: 1 }, () => {
    test("an order is opened by its form", async () => {
        await shen.goto("/orders/new?customer=nordhavn-living");
        const fields = {
            title: "无脚本开单", place: "NINGBO",
            "lines[0][style]": "N-1", "lines[0][description]": "Cotton napkin", "lines[0][quantity]": "1000", "lines[0][unit]": "pcs", "lines[0][price]": "1.50",
        };
        for (const [name, value] of Object.entries(fields)) await shen.locator(`main [name='${name}']`).fill(value);
        for (const name of ["salesperson", "operator"]) {
            const field = shen.locator(`#f-${name}`);
            if (await field.inputValue() === "") await field.selectOption({ index: 1 });
        }
        await press(shen, "form[action='/orders'] .form-acts button[type=submit]");
        order = number(shen);
        assert.match(await shen.locator("main").innerText(), /1,500\.00/);
    });

    test("its proforma invoice is written, submitted and approved", async () => {
        const paper = `/orders/${order}/proforma/1`;
        await shen.goto(`/orders/${order}/proforma`);
        await press(shen, `form[action='/orders/${order}/proforma'] button`);
        const account = shen.locator("#f-account");
        if (await account.inputValue() === "") await account.selectOption({ index: 1 });
        await shen.locator("#f-loading_port").fill("NINGBO");
        await shen.locator("#f-discharge_port").fill("GOTHENBURG");
        await shen.locator("#f-delivery_on").fill("2027-06-30");
        await press(shen, "button[value=submit]");
        assert.equal(new URL(shen.url()).pathname, paper);
        await gu.goto(`${paper}/approval`);
        await press(gu, "button[value=approved]");
        await shen.goto(paper);
        assert.equal(await shen.locator(`a[href='${paper}/sending']`).count() > 0, true, "approved: it can be sent");
    });

    test("what the factory said is written down and passed on to the customer", async () => {
        const ledger = `/orders/${order}/timeline`;
        await shen.goto(ledger);
        const hear = shen.locator("#hear");
        await hear.locator("summary").click();
        await hear.locator("[name=from][value=factory]").check({ force: true });
        await hear.locator("[name=to][value=customer]").check({ force: true });
        await hear.locator("[name=words]").fill("B 缸偏浅，请客户确认");
        await press(shen, "#hear .form-acts button[type=submit]");
        await shen.goto(ledger);
        const card = "article.relay form[action$='/passed']";
        assert.equal(await shen.locator(card).count(), 1);
        await press(shen, `${card} button[type=submit]`);
        await shen.goto(ledger);
        assert.equal(await shen.locator(card).count(), 0, "passed on: nothing more to pass");
        assert.deepEqual([...shen.troubles, ...gu.troubles], []);
    });
});

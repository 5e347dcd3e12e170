// The proforma invoice by hand: typed in the sheet, decided on a phone, sent, confirmed; the order goes to production.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { PHONE, as, close, open, overflow, paste, press, ready, speak } from "./hands.mjs";
import { fromSheet } from "./orders.mjs";

let shen, order, paper;

before(open);
after(close);

const cell = (page, row, column) => page.locator(`[name='lines[${row}][${column}]']`);
const sum = (page, column) => page.locator(`[data-sum='${column}']`).innerText();
const at = (page, row, column) => cell(page, row, column).evaluate((one) => one === document.activeElement);
const stands = async (page) => {
    await page.goto(`/orders/${order}`);
    return page.locator(".steps-wide [aria-current=step] i").innerText();
};

// Each part takes up where the one before it ended.
describe("a proforma invoice", { concurrency: 1 }, () => {
    test("the manager skips the samples of a repeat order", async () => {
        shen = await as("shen");
        order = await fromSheet(shen, "毛巾，翻单");
        const gu = await as("gu");
        await gu.goto(`/orders/${order}/skipping`);
        await gu.locator("[name=reason]").fill("翻单，客户不要样品");
        await press(gu, "dialog button[type=submit]", `/orders/${order}`);
        assert.equal(await stands(gu), "4");
        assert.deepEqual(gu.troubles, []);
        await gu.context().close();
    });

    test("the sheet walks by keys, takes a paste and adds up", async () => {
        await shen.goto(`/orders/${order}/proforma`);
        await press(shen, `form[action='/orders/${order}/proforma'] button`, `/orders/${order}/proforma/1/edit`);
        paper = `/orders/${order}/proforma/1`;
        await ready(shen, "lines");
        assert.equal(await sum(shen, "amount"), "3,080.00");
        await cell(shen, 0, "quantity").focus();
        await shen.keyboard.press("Tab");
        assert.ok(await at(shen, 0, "unit"), "Tab goes to the next cell");
        await cell(shen, 0, "quantity").click({ clickCount: 3 });
        await shen.keyboard.type("1200");
        assert.equal(await sum(shen, "amount"), "3,380.00", "the sum follows as one types");
        await shen.keyboard.press("Enter");
        assert.ok(await at(shen, 1, "quantity"), "Enter goes down");
        await shen.keyboard.press("ArrowDown");
        assert.ok(await at(shen, 2, "quantity"), "so does the arrow in a column of figures");
        await shen.locator("[data-lines-add]").click();
        await cell(shen, 3, "style").focus();
        // Item, description, Chinese name, colour, sizes, quantity, unit, price: as copied from a spreadsheet.
        await paste(shen, "T-4\tBeach towel\t沙滩巾\tblue\t\t1,000\tpcs\t4.00\r\nT-5\tTea towel\t茶巾\twhite\t\t200\tpcs\t0.50\r\n");
        assert.equal(await cell(shen, 4, "style").inputValue(), "T-5");
        assert.equal(await cell(shen, 3, "quantity").inputValue(), "1000");
        assert.equal(await sum(shen, "amount"), "7,480.00");
        assert.equal(await sum(shen, "quantity"), "3,300");
        await shen.keyboard.press("Control+z");
        assert.equal(await sum(shen, "amount"), "3,380.00", "one undo takes the whole paste back");
        await cell(shen, 3, "style").focus();
        await paste(shen, "T-4\tBeach towel\t沙滩巾\tblue\t\t1,000\tpcs\t4.00\n");
        assert.equal(await sum(shen, "amount"), "7,380.00");
    });

    test("what is submitted adds up as the sheet did", async () => {
        const account = shen.locator("#f-account");
        if (await account.inputValue() === "") await account.selectOption({ index: 1 });
        await shen.locator("#f-loading_port").fill("NINGBO");
        await shen.locator("#f-discharge_port").fill("GOTHENBURG");
        if (await shen.locator("#f-delivery_on").inputValue() === "") await shen.locator("#f-delivery_on").fill("2027-06-30");
        await press(shen, "button[value=submit]");
        await shen.waitForURL((url) => url.pathname === paper).catch(async () =>
            assert.fail(`not submitted: ${await shen.locator(".errors").innerText()}`));
        assert.match(await shen.locator("main").innerText(), /7,380\.00/);
        assert.deepEqual(shen.troubles, []);
    });

    test("the manager approves on a phone", async () => {
        const gu = await as("gu", PHONE);
        await gu.goto("/approvals");
        await gu.locator("li.ask", { hasText: order }).locator(".acts a.btn-main").click();
        await gu.waitForURL((url) => url.pathname === `${paper}/approval`);
        // English labels are the longest.
        for (const lang of ["en", "zh-CN"]) {
            await speak(gu, lang);
            assert.equal(await overflow(gu), 0, lang);
        }
        const button = gu.locator("section.bar button[value=approved]");
        const box = await button.boundingBox();
        assert.ok(box.height >= 44 && box.y + box.height <= PHONE.height, "the button is under the thumb, and large enough");
        await press(gu, "section.bar button[value=returned]");
        await gu.locator(".errors").waitFor();
        assert.equal(new URL(gu.url()).pathname, `${paper}/approval`, "to return it needs words");
        await press(gu, "section.bar button[value=approved]");
        // Afterwards the page may be the same address with the decision on it.
        await gu.locator("section.bar button[value=approved]").waitFor({ state: "detached" });
        assert.equal(await gu.locator(".errors").count(), 0);
        assert.deepEqual(gu.troubles, []);
        await gu.context().close();
    });

    test("the operator sends it and records that the customer confirms", async () => {
        await shen.goto(paper);
        await press(shen, `a[href='${paper}/sending']`, `${paper}/sending`);
        await shen.locator("[name=to]").fill("Erik Lund");
        await shen.locator("[name=channel][value=email]").check();
        await press(shen, "dialog button[type=submit]", paper);
        assert.equal(await stands(shen), "4", "sent is not confirmed");
        await shen.goto(paper);
        await press(shen, `a[href='${paper}/confirmation']`, `${paper}/confirmation`);
        await shen.locator("[name=answer][value=confirmed]").check();
        await shen.locator("[name=who]").fill("Erik Lund");
        await shen.locator("[name=channel][value=email]").check();
        await shen.locator("[name=words]").fill("Confirmed, please go ahead.");
        await shen.locator("[name=evidence]").setInputFiles({ name: "mail.txt", mimeType: "text/plain", buffer: Buffer.from("From: Erik Lund\nconfirmed") });
        await press(shen, ".form-acts button[type=submit]", paper);
        assert.equal(await stands(shen), "5");
        assert.deepEqual(shen.troubles, []);
    });
});

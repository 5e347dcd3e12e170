// What the people of one order do: from their worklist, or the order's next action, to the pressed button.
import assert from "node:assert/strict";
import { join } from "node:path";
import { PHONE, as, chinese, close, overflow, press, speak } from "./hands.mjs";
import { number } from "./orders.mjs";

const ROOT = join(import.meta.dirname, "..", "..");
const main = (selector) => selector.split(", ").map((one) => `main ${one}`).join(", ");
/** The button that sends the one form of a page. */
const SENDS = "form[method=post] .form-acts button.btn-main, dialog button.btn-main, form[method=post] button.btn-main";

/** A day so many days from now, where the house is. */
export const day = (ahead = 0) => new Date(Date.now() + ahead * 86_400_000).toLocaleDateString("sv", { timeZone: "Asia/Shanghai" });

/** Cartons of the lines of the customer's sheet, and cells for each line. */
export const CARTONS = [36, 30, 46, 46, 20];
export const rows = (cells) => Object.fromEntries(CARTONS.flatMap((count, row) =>
    Object.entries(cells(count, row)).map(([name, value]) => [`lines[${row}][${name}]`, value])));

/** A file as it is attached. */
export const paper = (name, text = name) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });

/** Presses, and waits until another document has come. */
export async function leave(page, target) {
    await page.evaluate(() => { globalThis.stale = true; });
    await target.click();
    await page.waitForFunction(() => !globalThis.stale && document.readyState !== "loading");
}

/** Follows the link of the page whose address ends so. */
export const follow = (page, end) => leave(page, page.locator(`main a[href$='${end}']`).filter({ visible: true }).first());

/** Types into fields by their names; of a choice either the code or a part of the word. */
export async function fill(page, values) {
    for (const [name, value] of Object.entries(values)) {
        const field = page.locator(`main [name='${name}']:not([type=hidden])`).filter({ visible: true }).first();
        const kind = await field.evaluate((one) => one.type).catch(() => assert.fail(`${page.url()} has no field ${name}`));
        if (kind === "radio") await page.locator(`main [name='${name}'][value='${value}']`).filter({ visible: true }).first().check();
        else if (kind === "checkbox") await field.setChecked(Boolean(value));
        else if (kind === "file") await field.setInputFiles(value);
        else if (kind === "select-one") await choose(field, value);
        else await field.fill(String(value));
    }
}

async function choose(field, wanted) {
    const options = await field.locator("option").evaluateAll((all) => all.map((one) => [one.value, one.textContent.trim()]));
    const hit = options.find(([code, word]) => code === wanted || word.includes(wanted));
    assert.ok(hit, `no ${wanted} in ${JSON.stringify(options)}`);
    await field.selectOption(hit[0]);
}

/** Sends the form; the house has nothing to say against it. */
export async function send(page, button = SENDS) {
    const at = page.url();
    await leave(page, page.locator(main(button)).filter({ visible: true }).first());
    const errors = await page.locator(".errors").allInnerTexts();
    assert.deepEqual(errors, [], at);
}

/** Follows a link to a form, fills it and sends it. */
export async function does(page, end, values = {}, button = SENDS) {
    await follow(page, end);
    await fill(page, values);
    await send(page, button);
}

/** One order and the windows of all who carry it. */
export class Walk {
    constructor(name) {
        this.name = name;
        this.windows = new Map();
    }

    async person(login, size) {
        const key = `${login}${size?.width ?? ""}`;
        if (!this.windows.has(key)) {
            const page = await as(login, size);
            // The story is told in Chinese, whatever language she was left with.
            await speak(page, "zh-CN");
            this.windows.set(key, page);
        }
        return this.windows.get(key);
    }

    /** One step of the story; where one broke off, those after it have nothing to tell. */
    async step(told) {
        assert.ok(!this.broken, "an earlier step broke off");
        this.broken = true;
        await told();
        this.broken = false;
    }

    /** The customer's sheet becomes an order; the page of the order follows. */
    async opens(login, values) {
        const page = await this.person(login);
        await leave(page, page.locator("nav a[href='/orders']").filter({ visible: true }).first());
        await press(page, "main a[href='/orders/new']", "/orders/new");
        const form = page.locator("form[action='/orders/intake']");
        await form.locator("[name=customer]").selectOption("nordhavn-living");
        await form.locator("[name=sheet]").setInputFiles(join(ROOT, "tests/samples/customer-po-garments.xlsx"));
        await leave(page, form.locator("button[type=submit]"));
        await this.shot(page, "0-sheet");
        await press(page, "main a[href^='/orders/new?intake=']", "/orders/new");
        assert.equal(await page.locator("#f-customer_reference").inputValue(), "4500123987");
        await fill(page, { title: "针织与梭织服装 5 款", salesperson: "周岚", operator: "沈小禾", ...values });
        await send(page);
        this.order = number(page);
        await this.shot(page, "0-order");
        return page;
    }

    /** Finance writes down what the bank says, gives it to the order and settles it. */
    async receives(amount, reference, values = {}) {
        const xu = await this.person("xu");
        await leave(xu, xu.locator("nav a[href='/receipts']").filter({ visible: true }).first());
        await does(xu, "/receipts/new", {
            account: "甬屿银行", amount, payer: "NORDHAVN LIVING AB", customer: "nordhavn-living",
            bank_reference: `${this.order} ${reference}`, message: this.order, ...values,
        });
        await send(xu, "form[action$='/allocations'] button.btn-main");
        await does(xu, "/settlement", { rate: "7.1035" });
        await this.shot(xu, `receipt-${reference}`);
    }

    /** What the order's page says: its step, its next deed and whose it is. */
    async stands(step, deed, whose, login = "shen") {
        const page = await this.person(login);
        await page.goto(`/orders/${this.order}`);
        const bar = await page.locator(".steps-wide [aria-current=step] i").innerText();
        const next = page.locator("aside.next");
        const says = `${bar} ${await next.locator("p").first().innerText()} ${await next.locator("h2 .party").innerText()}`;
        assert.match(says, deed);
        assert.equal(bar, String(step), says);
        assert.ok(says.trim().endsWith(whose), `${says}: not ${whose}`);
        return page;
    }

    /** She goes where the order's next action leads. */
    async next(login = "shen") {
        const page = await this.person(login);
        if (new URL(page.url()).pathname !== `/orders/${this.order}`) await page.goto(`/orders/${this.order}`);
        await leave(page, page.locator("aside.next a[data-next]"));
        return page;
    }

    /** The row of her worklist that is about this order and says so. */
    async row(login, words = "") {
        const page = await this.person(login);
        await page.goto("/");
        const waiting = page.locator("#waiting > summary");
        if (await waiting.count()) await waiting.click();
        const row = page.locator("ul.work li", { hasText: this.order }).filter({ hasText: words }).filter({ visible: true }).first();
        await row.waitFor({ timeout: 5_000 }).catch(async () =>
            assert.fail(`${login} finds no «${words}» of ${this.order}: ${await page.locator("main").innerText()}`));
        return row;
    }

    /** She opens what her worklist asks of her. */
    async task(login, words = "") {
        const row = await this.row(login, words);
        await leave(row.page(), row.locator(".acts a").first());
        return row.page();
    }

    /** She passes on what one side owes the other, without leaving her worklist. */
    async tells(login, words) {
        const row = await this.row(login, words);
        const open = row.locator(".acts a", { hasText: "已传达" });
        if (await open.count()) await leave(row.page(), open.first());
        const opened = row.page().locator("ul.work li", { hasText: this.order }).filter({ hasText: words });
        await leave(row.page(), opened.locator("form button.btn-main").first());
    }

    /** She notes that the other side has it. */
    async hears(login, words, who) {
        const page = await this.task(login, words);
        const card = page.locator("article.relay:target");
        await card.locator("summary", { hasText: "记下回执" }).click();
        await card.locator("[name=who]").fill(who);
        await card.locator("form[action$='/acknowledgement'] [name=words]").fill("收到");
        await leave(page, card.locator("form[action$='/acknowledgement'] button[type=submit]"));
    }

    /** She passes on everything that waits for it. */
    async tellsAll(login) {
        const page = await this.person(login);
        for (let left = 9; left; left -= 1) {
            await page.goto(`/orders/${this.order}`);
            if (!await page.locator("ul.items li", { hasText: "传达：" }).count()) return;
            await this.tells(login, "传达：");
        }
    }

    /** Finance claims the rebate of a shipment, from the invoice of the factory to the money. */
    async claimsRebate(shipment, invoice) {
        const xu = await this.task("xu", "退税");
        await send(xu, "form[action*='/rebates/'] button.btn-main");
        await fill(xu, {
            number: `0330021${this.order.replace(/\D/g, "").slice(-5)}`, supplier: "宁波澜织", dated: day(), unit: "pcs", vat_rate: 13, ...invoice,
        });
        await send(xu, "form[action$='/invoices'] button[type=submit]");
        const filed = "柜 3";
        const places = xu.locator("form[action$='/filing-set'] [name^='place[']");
        for (let one = 0; one < await places.count(); one += 1) await places.nth(one).fill(filed);
        await send(xu, "form[action$='/filing-set'] button[type=submit]");
        await this.shot(xu, "9-claim");
        await does(xu, "/steps/complete");
        await does(xu, "/steps/declare", { batch: `${day().slice(0, 7)}-001` });
        await does(xu, "/steps/approve");
        await does(xu, "/steps/receive");
        await this.shot(xu, "9-rebate");
    }

    /** She notes every receipt that is still awaited. */
    async hearsAll(login) {
        const page = await this.person(login);
        for (let left = 9; left; left -= 1) {
            await page.goto(`/orders/${this.order}`);
            if (!await page.locator("ul.items li", { hasText: "等回执" }).count()) return;
            await this.hears(login, "等回执", "Erik Lund");
        }
    }

    async shot(page, name) {
        await page.waitForLoadState();
        assert.ok(await overflow(page) <= 0, `${page.url()} is wider than the window`);
        if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${this.name}-${name}.png`), fullPage: true });
    }

    /** The same page under a thumb, in English. */
    async abroad(login, path, name) {
        const page = await this.person(login, PHONE);
        await page.goto(path);
        await speak(page, "en");
        assert.deepEqual(await chinese(page), [], path);
        await this.shot(page, `${name}-phone-en`);
        // Whoever changes the language changes it in all her windows.
        await speak(page, "zh-CN");
    }

    /** Nothing went wrong in any window. */
    clean() {
        for (const [who, page] of this.windows) assert.deepEqual(page.troubles, [], who);
    }

    end = close;
}

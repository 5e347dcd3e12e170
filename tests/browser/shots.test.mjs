// Pictures of the main pages, for people to look at: target/browser/shots.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { PHONE, as, close, open, press, speak } from "./hands.mjs";
import { fromSheet } from "./orders.mjs";

before(open);
after(close);

const shot = (page, name) => page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: true });

test("the main pages have their picture taken", async () => {
    const shen = await as("shen");
    const order = await fromSheet(shen, "毛巾，照相");
    const file = `/orders/${order}`;
    const gu = await as("gu");
    await gu.goto(`${file}/skipping`);
    await gu.locator("[name=reason]").fill("翻单");
    await press(gu, "dialog button[type=submit]", file);
    await shen.goto(`${file}/proforma`);
    await press(shen, `form[action='${file}/proforma'] button`, `${file}/proforma/1/edit`);
    for (const lang of ["en", "zh-CN"]) {
        await shen.goto("/");
        await speak(shen, lang);
        for (const [name, path] of [["home", "/"], ["orders", "/orders"], ["order", file], ["editor", `${file}/proforma/1/edit`]]) {
            await shen.goto(path);
            await shot(shen, `${name}-${lang}`);
        }
    }
    const account = shen.locator("#f-account");
    if (await account.inputValue() === "") await account.selectOption({ index: 1 });
    await shen.locator("#f-loading_port").fill("NINGBO");
    await shen.locator("#f-discharge_port").fill("GOTHENBURG");
    if (await shen.locator("#f-delivery_on").inputValue() === "") await shen.locator("#f-delivery_on").fill("2027-06-30");
    await press(shen, "button[value=submit]", `${file}/proforma/1`);
    await shot(shen, "proforma-zh-CN");
    const phone = await as("gu", PHONE);
    for (const [name, path] of [["home", "/"], ["order", file], ["decision", `${file}/proforma/1/approval`]]) {
        await phone.goto(path);
        await shot(phone, `phone-${name}-zh-CN`);
    }
    assert.deepEqual([...shen.troubles, ...gu.troubles, ...phone.troubles], []);
});

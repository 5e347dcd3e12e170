// An order opened from a customer's sheet, for the stories that need one of their own.
import { press } from "./hands.mjs";

const SHEET = [
    ["款号", "品名", "颜色", "数量", "单位", "单价", "金额"],
    ["T-1", "Cotton towel", "white", "1,000", "pcs", "1.50", "1500.00"],
    ["T-2", "Bath towel", "sand", "500", "pcs", "2.2.0", "1100.00"],
    ["T-3", "Hand towel", "sand", "abc", "pcs", "1.20", "480.00"],
];
export const TEXT = SHEET.map((row) => row.join("\t")).join("\n");

/** The number of the order whose page is open. */
export const number = (page) => new URL(page.url()).pathname.split("/")[2];

/** Pastes the sheet for a customer; the page with the doubts follows. */
export async function read(page, text = TEXT) {
    await page.goto("/orders/new");
    const form = page.locator("form[action='/orders/intake']");
    await form.locator("[name=customer]").selectOption("nordhavn-living");
    await form.locator("[name=pasted]").fill(text);
    await form.locator("button[type=submit]").click();
    await page.waitForURL(/\/orders\/intake\//);
}

/** Puts the two cells right that nobody could read. */
export async function answer(page) {
    await page.locator("[name='cells[F3]']").fill("2.20");
    await page.locator("[name='cells[D4]']").fill("400");
    await page.locator("form[action^='/orders/intake/'] button[type=submit]").first().click();
    await page.locator("a[href^='/orders/new?intake=']").first().waitFor();
}

/** Fills what the sheet does not say and opens the order. */
export async function openOrder(page, title) {
    await press(page, "a[href^='/orders/new?intake=']", "/orders/new");
    await page.locator("#f-title").fill(title);
    for (const name of ["salesperson", "operator"]) {
        const field = page.locator(`#f-${name}`);
        if (await field.inputValue() === "") await field.selectOption({ index: 1 });
    }
    await page.locator("form[action='/orders'] .form-acts button[type=submit]").click();
    await page.waitForURL((url) => /^\/orders\/(?!new|intake)[^/]+$/.test(url.pathname));
    return number(page);
}

export async function fromSheet(page, title) {
    await read(page);
    await answer(page);
    return openOrder(page, title);
}

// The keyboard alone: past the frame, to the search, by the short keys.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { as, close, open, ready, window } from "./hands.mjs";

before(open);
after(close);

const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.className);

test("Tab reaches the main content by the skip link", async () => {
    const page = await as("shen");
    await page.goto("/");
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), "skip");
    const box = await page.locator("a.skip").boundingBox();
    assert.ok(box.x >= 0 && box.y >= 0, "with the focus it is in view");
    await page.keyboard.press("Enter");
    assert.equal(await focused(page), "main");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.querySelector("main").contains(document.activeElement)));
});

test("Ctrl K and / lead to the search, which finds an order", async () => {
    const page = await as("shen");
    for (const key of ["Control+k", "/"]) {
        await page.goto("/orders");
    await ready(page, "shortcuts", "rows");
        await page.keyboard.press(key);
        assert.equal(await focused(page), "q", key);
    }
    await page.keyboard.type("NL-4410");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname !== "/orders");
    assert.match(await page.locator("main").innerText(), /NL-4410|橡木边几/);
    assert.deepEqual(page.troubles, []);
});

test("? shows the short keys, Escape closes them, and in a field it is a letter", async () => {
    const page = await as("shen");
    await page.goto("/orders");
    await ready(page, "shortcuts", "rows");
    await page.keyboard.press("?");
    await page.locator("dialog#shortcuts[open]").waitFor();
    assert.ok(await page.evaluate(() => document.querySelector("#shortcuts").contains(document.activeElement)), "the focus is inside");
    await page.keyboard.press("Escape");
    await page.locator("dialog#shortcuts").waitFor({ state: "hidden" });
    await page.locator("#q").focus();
    await page.keyboard.type("?c");
    assert.equal(await page.locator("#q").inputValue(), "?c");
    assert.equal(await page.locator("dialog#shortcuts[open]").count(), 0);
});

test("rows are walked by j and k, and o opens one", async () => {
    const page = await as("shen");
    await page.goto("/orders");
    await ready(page, "shortcuts", "rows");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    await page.keyboard.press("o");
    await page.waitForURL(/\/orders\/HY/);
    assert.deepEqual(page.troubles, []);
});

test("g and a letter go to another page", async () => {
    const page = await as("shen");
    await page.goto("/orders");
    await ready(page, "shortcuts", "rows");
    const go = page.locator("nav.rail a[data-go]:not([aria-current])").first();
    const [letter, href] = [await go.getAttribute("data-go"), await go.getAttribute("href")];
    await page.keyboard.press("g");
    await page.keyboard.press(letter);
    await page.waitForURL((url) => url.pathname === href.split("?")[0]);
});

test("somebody can sign in by keyboard, and a wrong password keeps the address", async () => {
    const page = await window();
    await page.goto("/sign-in");
    await page.locator("#f-email").focus();
    await page.keyboard.type("nobody@hanyu.example");
    await page.keyboard.press("Tab");
    await page.keyboard.type("not the password");
    await page.keyboard.press("Enter");
    await page.locator(".errors").waitFor();
    assert.equal(await page.locator("#f-email").inputValue(), "nobody@hanyu.example");
    assert.equal(await page.locator("#f-password").inputValue(), "", "a password is never sent back");
});

test("on home x ticks a row, s puts it off and d ends a task by hand, each with its undo", async () => {
    const page = await as("shen");
    await page.goto("/tasks/new");
    await page.locator("#f-text").fill("问拉链颜色");
    await page.locator("main form button[type=submit]").click();
    await page.waitForURL((url) => url.pathname === "/");
    const row = page.locator(".work > li", { hasText: "问拉链颜色" });
    const stand = async () => {
        await ready(page, "shortcuts", "rows");
        await row.locator(".do a").focus();
    };
    await stand();
    assert.ok(await page.locator("#batch").isHidden(), "nothing is ticked yet");
    await page.keyboard.press("x");
    assert.ok(await row.locator("[data-pick]").isChecked());
    assert.ok(await page.locator("#batch").isVisible());
    await page.keyboard.press("x");
    await page.keyboard.press("s");
    assert.ok(await page.evaluate(() => document.activeElement.value === "tomorrow"), "the focus is on the first choice");
    await page.keyboard.press("Enter");
    await page.locator("#later summary").click();
    await page.locator("#later li", { hasText: "问拉链颜色" }).waitFor();
    await page.locator("[data-toast] button").click();
    await page.locator("#later").waitFor({ state: "detached" });
    await stand();
    await page.keyboard.press("d");
    await row.waitFor({ state: "detached" });
    await page.locator("[data-toast] button").click();
    await row.waitFor();
    // After g a letter leads away and means no row.
    await stand();
    await page.keyboard.press("g");
    await page.keyboard.press("s");
    await page.waitForURL(/\/shipments/);
    assert.deepEqual(page.troubles, []);
});

// What a person does at a browser, and what the page must not do meanwhile.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

export const HOUSE = process.env.HOUSE;
export const WIDE = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser;

/** Opens the browser once for a test file; `after(close)` belongs to it. */
export async function open() {
    // Nothing but the house is visited, and as root the browser refuses to start with its sandbox.
    const args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
    const start = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });
    // A browser that falls over while starting says nothing about the house; it gets one more try.
    browser = await start().catch(start);
}

export async function close() {
    await browser?.close();
}

/** A new window of its own; everything that goes wrong in it is kept in `page.troubles`. */
export async function window(size = WIDE, more = {}) {
    const context = await browser.newContext({ viewport: size, locale: "zh-CN", baseURL: HOUSE, hasTouch: size === PHONE, ...more });
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    page.troubles = [];
    const note = (text) => page.troubles.push(text);
    page.on("console", (message) => {
        // A refused form answers 422 by intent, and the browser logs that by itself.
        if (message.type() === "error" && !/status of 422/.test(message.text())) note(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => note(`script: ${error.message}`));
    page.on("requestfailed", (request) => {
        const why = request.failure()?.errorText;
        // Leaving a page cuts off what it was still loading.
        if (why !== "net::ERR_ABORTED") note(`request: ${request.url()} ${why}`);
    });
    page.on("response", (response) => {
        if (response.status() >= 400 && response.status() !== 422) note(`answer ${response.status()}: ${response.url()}`);
    });
    await page.addInitScript(() => document.addEventListener("securitypolicyviolation", (event) =>
        console.error(`policy ${event.violatedDirective} refused ${event.blockedURI} ${event.sample}`)));
    return page;
}

/** Signs in by the demo's button for this person. */
export async function as(login, size = WIDE, more = {}) {
    const page = await window(size, more);
    await page.goto("/sign-in");
    await page.locator(`form:has(input[name=email][value^="${login}@"]) button`).click();
    // Several windows open their first page at once, and on a machine under load that may take its time.
    await page.waitForURL((url) => url.pathname !== "/sign-in", { timeout: 90_000 });
    return page;
}

export const language = (page) => page.evaluate(() => document.documentElement.lang);

/** Presses the language button until the page speaks `lang`. */
export async function speak(page, lang) {
    if (await language(page) === lang) return;
    await page.locator("form[action='/language'] button").first().click();
    await page.waitForFunction((want) => document.documentElement.lang === want, lang);
}

/** Presses and waits for the page that follows. */
export async function press(page, target, to) {
    await page.locator(target).filter({ visible: true }).first().click();
    if (to) await page.waitForURL((url) => (to instanceof RegExp ? to.test(url.pathname) : url.pathname === to));
}

/** Waits for the scripts that a page loads by need; a key pressed before them does nothing. */
export const ready = (page, ...names) => page.evaluate((all) => {
    const app = document.querySelector("script[type=module]").src;
    return Promise.all(all.map((name) => import(app.replace("app.js", `${name}.js`)))).then(() => true);
}, names);

/** Pastes text into the field that has the focus, as a spreadsheet gives it. */
export async function paste(page, text) {
    await page.evaluate((given) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", given);
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, text);
}

export const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

/** Serious and critical faults by axe, as one line each; by all its rules or by these. */
export async function faults(page, rules = null) {
    if (!await page.evaluate(() => "axe" in globalThis)) await page.evaluate(axe);
    return page.evaluate(async (only) => {
        const runOnly = only ? { runOnly: only } : {};
        const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"], ...runOnly });
        return violations.filter(({ impact }) => impact === "serious" || impact === "critical")
            .map(({ id, nodes }) => `${id} at ${nodes.slice(0, 3).map(({ target, any }) => `${target.join(" ")} ${any[0]?.message ?? ""}`).join(" | ")}`);
    }, rules);
}

/** Chinese words in the English frame of a page; what people typed and the language's own name are excepted. */
export function chinese(page) {
    return page.evaluate(() => {
        const frame = "h1, h2, h3, label, legend, th[scope=col], nav.rail a, nav.dock a, footer a, button, summary, .hint, dt";
        const spared = "[lang^=zh], .who, form[action='/language'], .asks h2";
        const han = /\p{Script=Han}/u;
        return [...document.querySelectorAll(frame)].filter((one) => !one.closest(spared)).map((one) => {
            const copy = one.cloneNode(true);
            for (const other of copy.querySelectorAll("[lang^=zh], select, textarea, small, details")) other.remove();
            return copy.textContent.trim();
        }).filter((text) => han.test(text.replace("中文", "")));
    });
}

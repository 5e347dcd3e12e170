// Which pages there are to look at: the rail of each role, an order's tabs, and papers of the demo.

// One of each role: every page is drawn some forty times a person.
export const PEOPLE = ["admin", "gu", "shen", "zhou", "xu"];
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

/** Most pages that one person is shown beside those above: what is linked everywhere is looked at once by somebody. */
const BESIDE = 45;

/** Addresses of one kind: cards by their codes, papers by their numbers. */
const CARDS = ["customers", "factories", "forwarders", "users", "departments", "products", "ports", "payment-terms", "company", "rates"];
const WORDS = new Set(["new", "import", "money", "entities", "accounts", "exchange", "rebate", "terms", "shortcuts"]);
export function pattern(href) {
    const parts = href.split(/[?#]/)[0].split("/").slice(1);
    return parts.map((part, place) => {
        const card = place > 0 && CARDS.includes(parts[place - 1]) && !WORDS.has(part);
        return card || /\d/.test(part) ? "{}" : part;
    }).join("/");
}

/** Kinds of pages that somebody of this run looks at already. */
const taken = new Set();

const hrefsOf = (page, selector) => page.locator(selector).evaluateAll((all) => all.map((one) => one.getAttribute("href")));

/** What the pages lead to by one link: one page of each kind, and none that is a file. */
async function beside(page, paths) {
    for (const path of paths) taken.add(pattern(path));
    const found = [];
    for (const path of paths) {
        if (found.length >= BESIDE) break;
        await page.goto(path);
        for (const href of await hrefsOf(page, "main a[href^='/']:not([download])")) {
            const kind = pattern(href);
            if (found.length >= BESIDE || taken.has(kind) || /\/files\/|\.[a-z]{3,4}$/.test(kind)) continue;
            taken.add(kind);
            const answer = await page.request.get(href.split("#")[0]);
            const type = answer.headers()["content-type"] ?? "";
            // One that is refused stays in: a link leads somewhere, and whoever looks at it says so.
            if (!answer.ok() || type.startsWith("text/html")) found.push(href.split("#")[0]);
        }
    }
    return found;
}

/** The rail, the first order of the list with its tabs, and what those lead to: where the person can get to by pressing. */
export async function reachable(page, login) {
    const also = ALSO[login] ?? [];
    const hrefs = (selector) => hrefsOf(page, selector);
    const rail = await hrefs("nav.rail a[href^='/']");
    const starts = await hrefs("details[data-menu=new] a[href^='/']");
    await page.goto("/orders");
    const [order] = await hrefs("main tbody a[href^='/orders/']");
    let tabs = [];
    if (order) {
        await page.goto(order);
        tabs = (await hrefs("main nav a[href^='/orders/']")).filter((href) => href.startsWith(order));
    }
    const paths = [...new Set([...rail, ...starts, ...also, order, ...tabs].filter(Boolean).map((href) => href.split("#")[0]))];
    return [...paths, ...await beside(page, paths)];
}

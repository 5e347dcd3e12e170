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

/** The rail, and the first order of the list with its tabs: what the person can get to by pressing. */
export async function reachable(page, login) {
    const also = ALSO[login] ?? [];
    const hrefs = (selector) => page.locator(selector).evaluateAll((all) => all.map((one) => one.getAttribute("href")));
    const rail = await hrefs("nav.rail a[href^='/']");
    const starts = await hrefs("details[data-menu=new] a[href^='/']");
    await page.goto("/orders");
    const [order] = await hrefs("main tbody a[href^='/orders/']");
    let tabs = [];
    if (order) {
        await page.goto(order);
        tabs = (await hrefs("main nav a[href^='/orders/']")).filter((href) => href.startsWith(order));
    }
    return [...new Set([...rail, ...starts, ...also, order, ...tabs].filter(Boolean).map((href) => href.split("#")[0]))];
}

//! The hot pages, each as the reader who opens it all day.

#[derive(Clone, Debug)]
pub struct HotPage {
    pub name: &'static str,
    /// Who opens it, by her name in the demo's cast.
    pub reader: &'static str,
    /// One address, or several that take turns.
    pub urls: Vec<String>,
}

fn one(name: &'static str, reader: &'static str, url: &str) -> HotPage {
    HotPage {
        name,
        reader,
        urls: vec![url.to_owned()],
    }
}

/// `orders` are numbers of loaded orders, `deep` the address far down the list of everything.
#[expect(clippy::too_many_lines, reason = "one run, told in its order")]
pub fn all(orders: &[String], deep: &str) -> Vec<HotPage> {
    vec![
        one("home", "shen", "/"),
        one("list", "gu", "/orders"),
        one(
            "list, filtered and sorted",
            "gu",
            "/orders?step=6&sort=delivery",
        ),
        one("list, all, deep page", "xu", deep),
        HotPage {
            name: "order file",
            reader: "gu",
            urls: orders
                .iter()
                .map(|number| format!("/orders/{number}"))
                .collect(),
        },
        one("approval inbox", "gu", "/approvals"),
        one("finance queue", "xu", "/finance"),
        one(
            "search 2 characters, common",
            "gu",
            "/orders?q=%E6%9D%AF%E5%AD%90&condition=all",
        ),
        one(
            "search 2 characters, rare",
            "gu",
            "/orders?q=%E5%94%9B%E7%8E%89&condition=all",
        ),
        one(
            "search 3 characters",
            "gu",
            "/orders?q=%E4%BF%9D%E6%B8%A9%E6%9D%AF&condition=all",
        ),
        one("search Latin", "gu", "/orders?q=lantern&condition=all"),
        one("search number", "gu", "/orders?q=PO-40001&condition=all"),
        one(
            "search, absent",
            "gu",
            "/orders?q=%E9%BE%98%E9%9D%90&condition=all",
        ),
    ]
}

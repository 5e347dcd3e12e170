//! Hidden (P11, P12): no page, list, search or workbook says what its reader may not know; and the lists of two
//! departments hold exactly what each may know.

use crate::support::{Reply, Wanted, World};
use crate::walk::{ACTORS, Walk, typed};
use std::collections::BTreeSet;
use std::io::Read;

/// A sign that occurs nowhere else, and whom it is shown to.
struct Secret {
    what: &'static str,
    signs: &'static [&'static str],
    shown_to: &'static [&'static str],
}

/// What the factory asks for each piece and for all; what the customer pays for each line, in all, before production and
/// against the copy; what is earned, what the tax office gives back; the account of a factory and our own; and that an
/// order is there at all.
const SECRETS: [Secret; 7] = [
    Secret {
        what: "the factory's price",
        signs: &["23.45", "28,140", "28140", "56,280"],
        shown_to: &["shen", "gu", "xu"],
    },
    Secret {
        what: "the customer's price",
        signs: &[
            "5.20", "6,240", "6240.00", "12,480", "12480", "3,744", "8,736",
        ],
        shown_to: &["zhou", "shen", "gu", "xu"],
    },
    Secret {
        // 12,480.00 at 7.1 for 56,280.00 less the rebate that is expected.
        what: "profit, margin, exchange cost",
        signs: &["38,802.69", "38802.69", "43.79%", "3.9908"],
        shown_to: &["gu", "xu"],
    },
    Secret {
        // 13 % of 56,280.00 less its own tax.
        what: "the rebate",
        signs: &["6,474.69", "6474.69"],
        shown_to: &["shen", "gu", "xu"],
    },
    Secret {
        what: "our own account",
        signs: &["3301550100"],
        // As the proforma invoice prints it, and on our own cards.
        shown_to: &["admin", "zhou", "shen", "gu", "xu"],
    },
    Secret {
        what: "the factory's account",
        signs: &["3301550199"],
        // A factory belongs to no department: whoever leads one reads it.
        shown_to: &["gu", "jiang", "xu"],
    },
    Secret {
        what: "that the order is there",
        signs: &["HY26-0"],
        shown_to: &["zhou", "shen", "tang", "gu", "xu"],
    },
];

/// What a page or a workbook says; a workbook is opened, its sheets hold their words as they are.
fn said(reply: &Reply) -> String {
    if !reply.body.starts_with(b"PK") {
        return reply.text();
    }
    let mut text = String::new();
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(&reply.body[..])).unwrap();
    for place in 0..book.len() {
        let mut sheet = book.by_index(place).unwrap();
        let _ = sheet.read_to_string(&mut text);
    }
    text
}

/// The sign as a figure of its own: `5.20` does not stand in `15.20` or in `5.201`.
fn holds(text: &str, sign: &str) -> bool {
    let part = |neighbour: Option<char>| {
        neighbour.is_some_and(|own| own.is_ascii_digit() || own == '.' || own == ',')
    };
    let money = sign.starts_with(|first: char| first.is_ascii_digit());
    text.match_indices(sign).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + sign.len()..]);
        let after = after.trim_start_matches(".00");
        !money
            || !part(before.chars().next_back())
                && !after.starts_with(|own: char| own.is_ascii_digit())
    })
}

/// Every page with something behind it: money at a rate, a rebate claimed.
async fn addresses(walk: &mut Walk) -> Vec<String> {
    walk.w
        .sql("insert into exchange_rate (currency, day, rate) values ('USD', '2026-11-20', 7.1)")
        .await;
    let mut urls = Vec::new();
    for row in typed().iter().filter(|row| row.method == "GET") {
        urls.push(walk.address(row).await);
    }
    let claimed: Vec<String> = walk
        .w
        .ask_all("select s.number from rebate_claim r join shipment s on s.id = r.shipment where r.stage = 'collecting'")
        .await;
    for shipment in claimed {
        walk.w.vat_invoice(&shipment).await;
    }
    let searches = ["/search?q=HY26", "/search?q=Linen", "/orders?condition=all"];
    urls.extend(searches.map(str::to_owned));
    urls
}

#[tokio::test]
async fn no_page_says_what_its_reader_may_not_know() {
    let mut walk = Walk::begin().await;
    let urls = addresses(&mut walk).await;
    let (mut wrong, mut seen) = (Vec::new(), 0);
    let mut met: BTreeSet<&str> = BTreeSet::new();
    for (_, login) in ACTORS.iter().filter(|(_, login)| !login.is_empty()) {
        let client = walk.client(login).await;
        for url in &urls {
            let reply = client.get(url).await;
            if reply.status != 200 {
                continue;
            }
            seen += 1;
            let text = said(&reply);
            let (known, kept): (Vec<&Secret>, Vec<&Secret>) = SECRETS
                .iter()
                .partition(|secret| secret.shown_to.contains(login));
            let shown = known
                .iter()
                .filter(|secret| secret.signs.iter().any(|sign| holds(&text, sign)));
            met.extend(shown.map(|secret| secret.what));
            for secret in kept {
                // What she asked for stands on the page she gets.
                let asked = url.starts_with("/search?") && secret.signs == ["HY26-0"];
                let found = secret
                    .signs
                    .iter()
                    .find(|sign| !asked && holds(&text, sign));
                if let Some(sign) = found {
                    wrong.push(format!("{url} shows {login} {}: {sign}", secret.what));
                }
            }
        }
    }
    assert!(seen > 300, "{seen} pages");
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
    assert_eq!(met.len(), SECRETS.len(), "nobody saw all, only {met:?}");
}

#[tokio::test]
async fn lists_searches_and_workbooks_hold_exactly_the_permitted_number() {
    let w = World::new().await;
    let mut numbers = Vec::new();
    for wanted in [
        Wanted::EUROPE,
        Wanted::EUROPE,
        Wanted::EUROPE,
        Wanted::AMERICA,
        Wanted::AMERICA,
    ] {
        numbers.push(w.open_order(wanted).await.number);
    }
    for (login, expected) in [
        ("zhou", 3),
        ("shen", 3),
        ("tang", 3),
        ("gu", 3),
        ("he", 2),
        ("lu", 2),
        ("jiang", 2),
        ("qin", 5),
        ("xu", 5),
    ] {
        let client = w.as_(login).await;
        for url in [
            "/orders?who=all",
            "/orders/board?who=all",
            "/orders.xlsx?who=all",
            "/search?q=Linen",
        ] {
            let text = said(&client.get(url).await.is(200));
            let listed = numbers
                .iter()
                .filter(|number| text.contains(number.as_str()));
            assert_eq!(listed.count(), expected, "{login} {url}");
        }
    }
}

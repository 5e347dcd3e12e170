//! Money of the demo: what comes in on our account, and to which order it belongs.

use super::story::{Story, When};
use super::telling::{clock, who};
use crate::finance::acts::{self, Wanted};
use crate::web::{App, Result};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

/// Our account in US dollars.
const ACCOUNT: &str = "甬屿银行（演示） USD";

/// Payer, amount, what banks kept on the way, the bank's reference, what the payer wrote.
pub(super) type Slip<'a> = (&'a str, Decimal, Decimal, &'a str, &'a str);

async fn record(
    (app, at): (&App, DateTime<Utc>),
    slip: Slip<'_>,
    customer: &str,
) -> Result<String> {
    let (payer, amount, charges, reference, message) = slip;
    let by = who(app, "xu", at).await?;
    let day = at.with_timezone(&app.config.zone).date_naive().to_string();
    let (amount, charges) = (amount.to_string(), charges.to_string());
    let typed = [
        ("account", ACCOUNT),
        ("received_on", &day),
        ("amount", &amount),
        ("charges", &charges),
        ("payer", payer),
        ("customer", customer),
        ("bank_reference", reference),
        ("message", message),
    ];
    acts::receipt(app, by, &typed).await
}

/// A payment of the order's customer, recorded and allocated within the hour; answers the receipt's number.
pub(super) async fn paid(
    story: &Story<'_>,
    when: When,
    (part, customer): (&'static str, &str),
    slip: Slip<'_>,
) -> Result<String> {
    let at = story.at(when);
    let receipt = record((story.app, at), slip, customer).await?;
    let wanted = Wanted {
        order: story.number.clone(),
        shipment: String::new(),
        part,
        amount: slip.1,
    };
    story
        .act("xu", (when.0, when.1 + 1), async |act| {
            acts::allocate(act, &receipt, &wanted).await
        })
        .await?;
    Ok(receipt)
}

/// Some of a receipt sold to our bank at a rate.
pub(super) async fn settle(
    story: &Story<'_>,
    when: (i64, u32),
    receipt: &str,
    (amount, rate): (&str, &str),
) -> Result<()> {
    let by = story.by("xu", when).await?;
    let day = story.day(-when.0).to_string();
    let typed = [
        ("amount", amount),
        ("rate", rate),
        ("bank", "甬屿银行（演示）"),
        ("settled_on", &day),
    ];
    acts::settle(story.app, by, receipt, &typed).await
}

/// When, payer, cents, what banks kept, the bank's reference, what the payer wrote, the customer where we know him.
type Unclaimed = (
    When,
    &'static str,
    i64,
    i64,
    &'static str,
    &'static str,
    &'static str,
);

/// A payer we know by another name, one nobody knows, one who covers two orders at once, and one who is short by what a
/// bank on the way kept and did not say.
const UNCLAIMED: [Unclaimed; 4] = [
    (
        (1, 16),
        "BRIGHTWELL LEUCHTEN GMBH",
        993_500,
        2_500,
        "FT26D4410087",
        "BW-9034 30 PCT DEPOSIT",
        "Brightwell Leuchten GmbH",
    ),
    (
        (1, 17),
        "STELLAR FACILITIES PTE LTD",
        315_000,
        0,
        "FT26D4410102",
        "SAMPLES AND DEPOSIT",
        "",
    ),
    (
        (0, 9),
        "WHARF ROAD HOLDINGS PTY LTD",
        1_224_000,
        0,
        "FT26D4410131",
        "INV TWO ORDERS",
        "",
    ),
    (
        (0, 9),
        "NORDHAVN LIVING AB",
        1_407_200,
        0,
        "FT26D4410144",
        "NL-4361 BALANCE",
        "Nordhavn Living AB",
    ),
];

/// Money that nobody has claimed yet.
pub(super) async fn unclaimed(app: &App, now: DateTime<Utc>) -> Result<()> {
    let dollars = |cents: i64| Decimal::new(cents, 2);
    for (when, payer, cents, kept, reference, message, customer) in UNCLAIMED {
        let slip = (payer, dollars(cents), dollars(kept), reference, message);
        record((app, clock((app, now), when)), slip, customer).await?;
    }
    Ok(())
}

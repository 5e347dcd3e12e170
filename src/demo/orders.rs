//! The demo's orders on their way to the customer's yes: one in each state of steps 1 and 4, and one that waits for its
//! deposit.

use super::cast::Cast;
use super::goods::{BACKPACK, BENCH, MUGS, STRIP, TEE, TROUSERS};
use super::telling::{AMERICAS, EUROPE, Plot, Until, tell};
use crate::web::{App, Result};
use chrono::{DateTime, Utc};

#[expect(
    clippy::too_many_lines,
    reason = "one scene of the demo, told in its order"
)]
pub(super) async fn seed(app: &App, at: DateTime<Utc>, cast: &Cast) -> Result<()> {
    let plot = |team, customer, title, reference, goods, opened| Plot {
        hs: "",
        team,
        customer,
        title,
        reference,
        terms: ("FOB", "Ningbo", "TT_30_70_COPY"),
        ports: ("Ningbo, China", "Hamburg, Germany"),
        factory: "qiming",
        unit: "pcs",
        goods,
        delivery: 90,
        opened,
    };
    let stories = [
        (
            Plot {
                team: AMERICAS,
                terms: ("CIF", "Kobe", "TT_30_70_COPY"),
                factory: "jinghe",
                ..plot(
                    AMERICAS,
                    "komori",
                    "炻瓷马克杯 400 ml，2 色釉",
                    "",
                    &MUGS,
                    1,
                )
            },
            Until::SampleAsked,
        ),
        (
            Plot {
                ports: ("Ningbo, China", "Vancouver, Canada"),
                factory: "hemu",
                ..plot(AMERICAS, "maple", "保温背包，翻单", "ML-2207", &BACKPACK, 2)
            },
            Until::Drafted,
        ),
        (
            Plot {
                ports: ("Ningbo, China", "Felixstowe, United Kingdom"),
                ..plot(EUROPE, "alder", "针织T恤 5 色", "88240", &TEE, 3)
            },
            Until::Submitted,
        ),
        (
            Plot {
                ports: ("Ningbo, China", "Portland, USA"),
                factory: "muhe",
                ..plot(AMERICAS, "pine", "相思木花园长椅", "PH-5519", &BENCH, 4)
            },
            Until::Returned,
        ),
        (
            Plot {
                ports: ("Ningbo, China", "Livorno, Italy"),
                factory: "lanzhi",
                ..plot(EUROPE, "melograno", "亚麻长裤 2 色", "CM-118", &TROUSERS, 6)
            },
            Until::ChangeAsked,
        ),
        (
            Plot {
                unit: "sets",
                factory: "xinglan",
                ..plot(
                    EUROPE,
                    "brightwell",
                    "LED 灯带套装 5 米",
                    "BW-9034",
                    &STRIP,
                    8,
                )
            },
            Until::Confirmed,
        ),
        (
            Plot {
                ports: ("Ningbo, China", "Gothenburg, Sweden"),
                factory: "zhuli",
                unit: "pcs",
                ..plot(
                    EUROPE,
                    "nordhavn",
                    "橡木边几",
                    "NL-4410",
                    &[(
                        "NL-T9",
                        "Oak side table",
                        "橡木边几",
                        "natural",
                        900,
                        3_850,
                        20_400,
                    )],
                    5,
                )
            },
            Until::Sent,
        ),
    ];
    for (plot, until) in stories {
        tell((app, at), cast, &plot, until).await?;
    }
    Ok(())
}

//! The demo's orders, each a little story told through the acts at its own moments, so that the timeline reads true.

use super::cast::Cast;
use super::goods::{BACKPACK, BENCH, Goods, MUGS, SHIRTS, STRIP, TEE, TROUSERS, lines};
use super::production;
use super::samples;
use crate::approvals::{Decision, Verdict};
use crate::base::{By, Channel, Currency, OrderNumber};
use crate::history;
use crate::orders::{self, Opening, OrderAct, TradeTerms};
use crate::people;
use crate::proforma::acts::{self, Answered, Given, Paper};
use crate::web::{Answer, App, Error, Result};
use chrono::{DateTime, Days, TimeDelta, Utc};
use rust_decimal::Decimal;

/// Who keeps the order and decides about it.
struct Team {
    salesperson: &'static str,
    operator: &'static str,
    manager: &'static str,
}

const EUROPE: Team = Team {
    salesperson: "zhou",
    operator: "shen",
    manager: "gu",
};
const AMERICAS: Team = Team {
    salesperson: "he",
    operator: "lu",
    manager: "jiang",
};

/// What an order is about.
struct Plot {
    team: Team,
    customer: &'static str,
    title: &'static str,
    reference: &'static str,
    terms: (&'static str, &'static str, &'static str),
    ports: (&'static str, &'static str),
    factory: &'static str,
    unit: &'static str,
    goods: &'static [Goods],
    /// Days from loading to delivery.
    delivery: u64,
    /// Days ago that the file was opened.
    opened: i64,
}

/// Where the story has got to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Until {
    SampleAsked,
    Drafted,
    Submitted,
    Returned,
    Sent,
    ChangeAsked,
    Confirmed,
}

#[expect(
    clippy::too_many_lines,
    reason = "one scene of the demo, told in its order"
)]
pub(super) async fn seed(app: &App, at: DateTime<Utc>, cast: &Cast) -> Result<()> {
    let plot = |team, customer, title, reference, goods, opened| Plot {
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
        tell(app, at, cast, &plot, until).await?;
    }
    let made = Plot {
        terms: ("FOB", "Ningbo", "OA_30"),
        ports: ("Ningbo, China", "Felixstowe, United Kingdom"),
        delivery: 24,
        ..plot(EUROPE, "alder", "亚麻衬衫 2 款", "88213", &SHIRTS, 33)
    };
    let number = tell(app, at, cast, &made, Until::Confirmed).await?;
    let opened = at - TimeDelta::days(made.opened);
    production::run(app, &number, (opened, at)).await
}

/// So many hours after the opening, and never in the days to come.
pub(super) fn later(opened: DateTime<Utc>, hours: i64, now: DateTime<Utc>) -> DateTime<Utc> {
    (opened + TimeDelta::hours(hours)).min(now)
}

/// One order's story, act by act, some hours apart.
#[expect(
    clippy::too_many_lines,
    reason = "one scene of the demo, told in its order"
)]
async fn tell(
    app: &App,
    now: DateTime<Utc>,
    cast: &Cast,
    plot: &Plot,
    until: Until,
) -> Result<OrderNumber> {
    let opened = now - TimeDelta::days(plot.opened);
    let number = open(app, opened, now, cast, plot).await?;
    let later = |hours: i64| later(opened, hours, now);
    let team = &plot.team;
    if until == Until::SampleAsked {
        let wanted = samples::wanted(now.with_timezone(&app.config.zone).date_naive());
        act(app, (team.operator, later(1)), &number, async |act| {
            samples::draft(act, wanted).await
        })
        .await?;
        let handed_in = (now - TimeDelta::hours(1)).max(later(2));
        act(app, (team.operator, handed_in), &number, async |act| {
            samples::submit(act).await
        })
        .await?;
        return Ok(number);
    }
    act(app, (team.manager, later(1)), &number, async |act| {
        orders::skip(act, "翻单，客户不要样品").await
    })
    .await?;
    act(app, (team.operator, later(2)), &number, async |act| {
        draft(act, plot).await
    })
    .await?;
    if until == Until::Drafted {
        return Ok(number);
    }
    act(app, (team.operator, later(3)), &number, async |act| {
        acts::submit(act, 1).await
    })
    .await?;
    if until == Until::Submitted {
        return Ok(number);
    }
    let verdict = if until == Until::Returned {
        Verdict::Returned
    } else {
        Verdict::Approved
    };
    act(app, (team.manager, later(6)), &number, async |act| {
        decide(act, verdict).await
    })
    .await?;
    if until == Until::Returned {
        return Ok(number);
    }
    act(app, (team.operator, later(8)), &number, async |act| {
        acts::send(act, 1, "采购部", Channel::Email).await
    })
    .await?;
    if until == Until::Sent {
        return Ok(number);
    }
    act(app, (team.operator, later(30)), &number, async |act| {
        answer(act, until == Until::Confirmed).await
    })
    .await?;
    Ok(number)
}

#[expect(
    clippy::too_many_lines,
    reason = "one scene of the demo, told in its order"
)]
async fn open(
    app: &App,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
    cast: &Cast,
    plot: &Plot,
) -> Result<OrderNumber> {
    let by = who(app, plot.team.operator, at).await?;
    let missing = || {
        Error::Broken(anyhow::anyhow!(
            "the demo names somebody who is not in its cast"
        ))
    };
    let today = now.with_timezone(&app.config.zone).date_naive();
    let (incoterm, place, payment) = plot.terms;
    let opening = Opening {
        entity: cast.entity,
        customer: *cast.customers.get(plot.customer).ok_or_else(missing)?,
        salesperson: *cast.people.get(plot.team.salesperson).ok_or_else(missing)?,
        operator: *cast.people.get(plot.team.operator).ok_or_else(missing)?,
        title: plot.title.to_owned(),
        customer_reference: plot.reference.to_owned(),
        terms: TradeTerms {
            currency: Currency::USD,
            incoterm: incoterm.to_owned(),
            place: place.to_owned(),
            payment: payment.to_owned(),
            tolerance: Decimal::from(3),
            delivery_on: today.checked_add_days(Days::new(plot.delivery)),
            packing: String::new(),
            marks: String::new(),
        },
        lines: lines(
            plot.goods,
            plot.unit,
            cast.factories.get(plot.factory).copied(),
            at,
        ),
        repeat_of: None,
        split_of: None,
        source: None,
    };
    let act = history::begin_house(app, by).await?;
    let act = orders::open(act, app.config.zone, &opening).await?;
    let number = act.order.number.clone();
    act.finish(Answer::to("/")).await?;
    Ok(number)
}

async fn who(app: &App, login: &str, at: DateTime<Utc>) -> Result<By> {
    let mut db = app.db.acquire().await?;
    people::acting(
        &mut db,
        &format!("{login}@hanyu.example"),
        at,
        app.config.zone,
    )
    .await
}

/// One act of one person at one moment.
pub(super) async fn act(
    app: &App,
    (login, at): (&str, DateTime<Utc>),
    number: &OrderNumber,
    deed: impl AsyncFnOnce(&mut OrderAct) -> Result<()>,
) -> Result<()> {
    let by = who(app, login, at).await?;
    let mut act = orders::begin_house(app, by, number).await?;
    deed(&mut act).await?;
    act.finish(Answer::to("/")).await?;
    Ok(())
}

async fn draft(act: &mut OrderAct, plot: &Plot) -> Result<()> {
    let revision = acts::begin_revision(act).await?;
    acts::set_ports(act, revision, plot.ports).await
}

async fn decide(act: &mut OrderAct, verdict: Verdict) -> Result<()> {
    let paper: Paper = acts::paper(act, 1).await?;
    let words = if verdict == Verdict::Returned {
        "交期写死了 90 天，先问工厂再报"
    } else {
        ""
    };
    let decision = Decision {
        verdict,
        words: words.to_owned(),
        shown: paper.content_hash.clone().unwrap_or_default(),
    };
    acts::decide(act, &paper, &decision).await?;
    Ok(())
}

async fn answer(act: &mut OrderAct, confirmed: bool) -> Result<()> {
    let words = if confirmed {
        "Confirmed, please go ahead."
    } else {
        "Please change sizes 48 and 50 to 1 cm longer inseam."
    };
    let given = Given {
        confirmed,
        answer: Answered {
            at: act.by.at,
            by: "采购部".to_owned(),
            channel: Channel::Email.code().to_owned(),
            words: words.to_owned(),
        },
    };
    acts::record(act, 1, &given, None).await
}

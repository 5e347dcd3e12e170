//! Telling: the way of an order up to the customer's yes, act by act, each at its own moment.

use super::cast::Cast;
use super::goods::{Goods, lines};
use super::samples;
use crate::approvals::{Decision, Outcome, Verdict};
use crate::base::calendar::Calendar;
use crate::base::{By, Channel, Currency, OrderNumber};
use crate::history;
use crate::orders::{self, Opening, OrderAct, TradeTerms};
use crate::people;
use crate::proforma::acts::{self, Answered, Given, Paper};
use crate::web::{Answer, App, Error, Result};
use chrono::{DateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use rust_decimal::Decimal;

/// Who keeps the order and decides about it.
#[derive(Clone, Copy)]
pub(super) struct Team {
    pub(super) salesperson: &'static str,
    pub(super) operator: &'static str,
    pub(super) manager: &'static str,
}

pub(super) const EUROPE: Team = Team {
    salesperson: "zhou",
    operator: "shen",
    manager: "gu",
};
pub(super) const AMERICAS: Team = Team {
    salesperson: "he",
    operator: "lu",
    manager: "jiang",
};

/// An operator may work orders of the other department; the newcomer works those of both.
pub(super) const TANG_EUROPE: Team = Team {
    operator: "tang",
    ..EUROPE
};
pub(super) const TANG_AMERICAS: Team = Team {
    operator: "tang",
    ..AMERICAS
};
pub(super) const SHEN_AMERICAS: Team = Team {
    operator: "shen",
    ..AMERICAS
};
pub(super) const LU_EUROPE: Team = Team {
    operator: "lu",
    ..EUROPE
};

/// What an order begins with where nothing else is said.
pub(super) const PLOT: Plot = Plot {
    team: EUROPE,
    customer: "",
    title: "",
    reference: "",
    terms: ("FOB", "Ningbo", "TT_30_70_COPY"),
    ports: ("", ""),
    factory: "",
    hs: "",
    unit: "pcs",
    goods: &[],
    delivery: 0,
    opened: 0,
};

/// What an order is about.
#[derive(Clone, Copy)]
pub(super) struct Plot {
    pub(super) team: Team,
    pub(super) customer: &'static str,
    pub(super) title: &'static str,
    pub(super) reference: &'static str,
    pub(super) terms: (&'static str, &'static str, &'static str),
    pub(super) ports: (&'static str, &'static str),
    pub(super) factory: &'static str,
    /// Commodity code of all its lines.
    pub(super) hs: &'static str,
    pub(super) unit: &'static str,
    pub(super) goods: &'static [Goods],
    /// Days from loading to delivery.
    pub(super) delivery: i64,
    /// Days ago that the file was opened.
    pub(super) opened: i64,
}

/// Where the story has got to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    SampleAsked,
    Drafted,
    Submitted,
    Returned,
    Sent,
    ChangeAsked,
    Confirmed,
}

/// The clock of the company so many days ago, and never in the hours to come.
pub(super) fn clock((app, now): (&App, DateTime<Utc>), (ago, hour): (i64, u32)) -> DateTime<Utc> {
    let day = (now - TimeDelta::days(ago))
        .with_timezone(&app.config.zone)
        .date_naive();
    let local = NaiveTime::from_hms_opt(hour, 0, 0).map(|time| day.and_time(time));
    local
        .and_then(|local| app.config.zone.from_local_datetime(&local).earliest())
        .map_or(now, |moment| moment.with_timezone(&Utc).min(now))
}

/// Days back to the day that lies so many working days before the day of loading: what is due within working days stands
/// the same on whichever day of the week the demo is loaded.
pub(super) fn back((app, now): (&App, DateTime<Utc>), mut working: i64) -> i64 {
    let calendar = Calendar::new(app.config.zone, []);
    let today = calendar.today(now);
    let mut ago = 0;
    while working > 0 {
        ago += 1;
        if calendar.works(today - TimeDelta::days(ago)) {
            working -= 1;
        }
    }
    ago
}

/// One order's story, act by act, some hours apart.
#[expect(
    clippy::too_many_lines,
    reason = "one scene of the demo, told in its order"
)]
pub(super) async fn tell(
    (app, now): (&App, DateTime<Utc>),
    cast: &Cast,
    plot: &Plot,
    until: Until,
) -> Result<OrderNumber> {
    let opened = clock((app, now), (plot.opened, 9));
    let number = open((app, now), opened, cast, plot).await?;
    let later = |hours: i64| (opened + TimeDelta::hours(hours)).min(now);
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
    let mut waits = false;
    act(app, (team.manager, later(6)), &number, async |act| {
        waits = decide(act, verdict).await?;
        Ok(())
    })
    .await?;
    if waits {
        act(app, ("qin", later(7)), &number, async |act| {
            decide(act, verdict).await.map(|_| ())
        })
        .await?;
    }
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
pub(super) async fn open(
    (app, now): (&App, DateTime<Utc>),
    at: DateTime<Utc>,
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
            delivery_on: today.checked_add_signed(TimeDelta::days(plot.delivery)),
            packing: String::new(),
            marks: String::new(),
        },
        lines: lines(
            plot.goods,
            (plot.unit, plot.hs),
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

pub(super) async fn who(app: &App, login: &str, at: DateTime<Utc>) -> Result<By> {
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

/// Answers whether a second yes is asked for.
async fn decide(act: &mut OrderAct, verdict: Verdict) -> Result<bool> {
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
    let outcome = acts::decide(act, &paper, &decision).await?;
    Ok(matches!(outcome, Outcome::Waiting { .. }))
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

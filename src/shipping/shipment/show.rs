//! Page: one shipment as it stands: cut-offs, what is to be done, goods and loading.

use super::plan::crumbs;
use super::questions;
use super::reading::{self, Seen};
use super::record::{Cutoff, Shipment};
use super::stage::{Move, Stage};
use super::tasks::{self, Task};
use crate::approvals::exception::Beside;
use crate::base::{By, Money, format};
use crate::people::Deed;
use crate::people::relation::InReach;
use crate::shipping::customs::{self, Declaration};
use crate::shipping::loading::containers_page::{Check, checks};
use crate::shipping::loading::{self, Container, Sums};
use crate::shipping::money;
use crate::shipping::resale;
use crate::shipping::shipment::goods_sql::{self, Good};
use crate::shipping::stakes;
use crate::shipping::transport;
use crate::web::{App, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

#[derive(Template)]
#[template(path = "shipping/show.html")]
struct ShowPage {
    page: Page,
    crumbs: Vec<(String, String)>,
    shipment: Shipment,
    customer: String,
    orders: Vec<(String, String)>,
    goods: Vec<GoodRow>,
    prices: bool,
    total: String,
    /// The goods alone, where discount or adjustment lines come to them.
    goods_total: String,
    cuts: Vec<Cut>,
    tasks: Vec<Task>,
    done: usize,
    /// Terms of its orders that do not fit how it travels, each in a sentence.
    terms: Vec<String>,
    /// Only where the loading is recorded.
    may_correct: bool,
    may_remove: bool,
    containers: Vec<Container>,
    declarations: Vec<Declaration>,
    sums: Sums,
    checks: Vec<Check>,
    next: Option<Act>,
    acts: Vec<Act>,
    /// What holds the transport document back, order by order.
    held: Vec<String>,
    beside: Option<Beside>,
}

struct GoodRow {
    good: Good,
    amount: String,
}

/// A button of an act this reader may do now.
struct Act {
    word: &'static str,
    href: String,
    danger: bool,
}

/// One cut-off of the strip.
struct Cut {
    name: &'static str,
    at: Option<DateTime<Utc>>,
    /// Both as the port's clocks say them.
    local: String,
    old: String,
    /// `met`, `gone`, `due`, `past` or nothing.
    kind: &'static str,
}

impl ShowPage {
    fn has_cuts(&self) -> bool {
        self.cuts.iter().any(|cut| cut.at.is_some())
    }

    /// Where its clocks are read.
    fn clock(&self) -> String {
        let place = self.shipment.loading_name(self.page.lang);
        let zone = self.shipment.zone(self.page.zone);
        self.page.t.shipping_local_time(place, zone.name())
    }

    fn packed(&self) -> bool {
        self.sums.packed
    }
}

/// The one step on the way from here.
fn onward(stage: Stage) -> Option<Move> {
    Some(match stage {
        Stage::Planned => Move::Ask,
        Stage::Asked => Move::Confirm,
        Stage::Booked | Stage::Rebooked => Move::SendDocuments,
        Stage::DocumentsSent => Move::GateIn,
        Stage::GatedIn => Move::ReleaseCustoms,
        Stage::CustomsReleased => Move::Depart,
        Stage::Departed => Move::Arrive,
        Stage::Warned => Move::Rebook,
        Stage::Arrived | Stage::Cancelled => return None,
    })
}

fn offered(seen: &Seen, page: &Page) -> (Option<Act>, Vec<Act>) {
    let shipment = &seen.shipment;
    let (mut next, mut others) = (None, Vec::new());
    for step in Move::ALL {
        let deed = step.deed().of(shipment.hands());
        let may = if step == Move::CorrectDate {
            seen.may_late(deed)
        } else {
            seen.may(deed)
        };
        if shipment.stage.after(step).is_none() || !may {
            continue;
        }
        // Only where the goods cannot be held back later does anybody hand them over early.
        if step == Move::GateInEarly && shipment.mode.holds_goods() {
            continue;
        }
        let act = Act {
            word: questions::title(step)(page.t),
            href: format!("{}/{}", shipment.url(), questions::path(step)),
            danger: matches!(step, Move::Cancel | Move::ShutOut | Move::GateInEarly),
        };
        if onward(shipment.stage) == Some(step) {
            next = Some(act);
        } else {
            others.push(act);
        }
    }
    (next, others)
}

fn term_advice(seen: &Seen, page: &Page) -> Vec<String> {
    let mode = seen.shipment.mode;
    let mut found: Vec<String> = seen
        .orders
        .iter()
        .filter_map(|order| mode.term_advice(page.t, &order.terms.incoterm))
        .collect();
    found.dedup();
    found
}

/// What is done already needs no time any more, and a vessel that left without the goods waits for nothing.
fn cuts(shipment: &Shipment, page: &Page, instructed: bool, weighed: bool) -> Vec<Cut> {
    let zone = shipment.zone(page.zone);
    let local = |at: DateTime<Utc>| format::moment(page.lang, at, zone, page.today());
    let handed_in = matches!(
        shipment.stage,
        Stage::CustomsReleased | Stage::Departed | Stage::Arrived
    );
    let done = |which: Cutoff| match which {
        Cutoff::Si => instructed,
        Cutoff::Vgm => weighed,
        Cutoff::Cy => shipment.gated_in_on.is_some(),
        Cutoff::Customs => shipment.released_on.is_some(),
    };
    Cutoff::ALL
        .into_iter()
        .filter(|which| which.is_of(shipment.mode))
        .map(|which| {
            let at = shipment.cutoff(which);
            Cut {
                name: which.label(page.t),
                local: at.map(local).unwrap_or_default(),
                old: shipment.old_cutoff(which).map(local).unwrap_or_default(),
                kind: match at {
                    // The goods are in: nothing of it runs any more.
                    Some(_) if handed_in || done(which) => "met",
                    Some(_) if shipment.stage == Stage::Warned => "gone",
                    Some(at) if at < page.at => "past",
                    Some(at) if at < page.at + chrono::TimeDelta::hours(24) => "due",
                    _ => "",
                },
                at,
            }
        })
        .collect()
}

#[expect(clippy::too_many_lines, reason = "a page brings everything it shows")]
pub(in crate::shipping) async fn show(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let seen = reading::find(&mut db, &by, &number).await?;
    let shipment = &seen.shipment;
    let prices = seen.sees(Deed::SeeCustomerPrices);
    let goods = goods_sql::goods(&mut db, &InReach::of(&by), shipment.id).await?;
    let containers = loading::sql::containers(&mut db, shipment.id).await?;
    let declarations = customs::sql::declarations(&mut db, shipment.id).await?;
    let document = transport::sql::find(&mut db, shipment.id).await?;
    let sums = Sums::of(&goods, &containers);
    let mut held = Vec::new();
    if prices && document.as_ref().is_none_or(transport::Document::is_ours) && shipment.is_booked()
    {
        for order in &seen.orders {
            let standing = goods_sql::standing(&mut db, order, shipment.id).await?;
            if shipment.mode.holds_goods()
                && !money::through_bank(&standing)
                && let Some(hold) = money::hold_at_release(order, &standing)
            {
                let missing = money::missing(page.t, order, hold);
                held.push(
                    page.t
                        .shipping_do_not_release(order.number.to_string(), missing),
                );
            }
        }
    }
    let amount = |good: &Good| {
        good.unit_price.and_then(|price| {
            crate::base::money::line_amount(good.quantity, price, shipment.currency)
        })
    };
    let of_goods: Option<Decimal> = goods.iter().map(amount).sum();
    let agreed = goods_sql::invoiced(&mut db, &InReach::of(&by), shipment.id).await?;
    let total = Some(agreed.total)
        .filter(|total| !total.is_zero())
        .or(of_goods);
    let money = |sum: Option<Decimal>| {
        sum.filter(|_| prices)
            .map(|sum| page.money(Money::new(sum, shipment.currency)))
            .unwrap_or_default()
    };
    let tasks = tasks::of(
        &seen,
        &page,
        (&sums, &containers),
        &declarations,
        document.as_ref(),
    );
    let (next, mut acts) = offered(&seen, &page);
    let resold = resale::sql::of(&mut db, shipment.id).await?;
    if resale::is_open(shipment, resold.is_some()) && seen.sees(Deed::NoteResale) {
        acts.push(Act {
            word: page.t.shipping_resale_title(),
            href: format!("{}/resale", shipment.url()),
            danger: false,
        });
    }
    held.extend(resold.map(|(buyer, reason)| page.t.shipping_resold_to(buyer, reason)));
    let asked = (by.clone(), page.t);
    let beside = stakes::beside_the_gate(&mut db, &seen, asked).await?;
    let drawn = ShowPage {
        beside,
        crumbs: crumbs(&page, shipment).into_iter().take(1).collect(),
        customer: seen
            .orders
            .first()
            .map(|order| order.customer_name.clone())
            .unwrap_or_default(),
        orders: seen
            .orders
            .iter()
            .map(|order| {
                (
                    format!("{}/shipments", order.url()),
                    order.number.to_string(),
                )
            })
            .collect(),
        total: money(total),
        goods_total: money(of_goods.filter(|goods| Some(*goods) != total)),
        goods: goods
            .iter()
            .map(|good| GoodRow {
                amount: money(amount(good)),
                good: good.clone(),
            })
            .collect(),
        cuts: cuts(
            shipment,
            &page,
            document
                .as_ref()
                .is_some_and(|one| one.instructions_sent_at.is_some()),
            !containers.is_empty() && containers.iter().all(|one| one.vgm_kg.is_some()),
        ),
        done: tasks.iter().filter(|task| task.kind == "done").count(),
        checks: checks(&page, &sums),
        shipment: shipment.clone(),
        prices,
        tasks,
        terms: term_advice(&seen, &page),
        may_correct: seen.may(Deed::RecordLoading),
        may_remove: false,
        containers,
        declarations,
        sums,
        next,
        acts,
        held,
        page,
    };
    Ok(Html(drawn.render()?))
}

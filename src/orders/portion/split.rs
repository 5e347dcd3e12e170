//! Split 拆单: lines that nobody has begun to make or ship go into an order of their own, linked both ways.
//!
//! Until a proforma invoice is confirmed the lines themselves move. A confirmed revision is what was ordered and is never
//! edited, so afterwards the first order's lines stay and owe less, as they do when a part is given up; the second order
//! owes that part once its own proforma invoice is approved and confirmed. Steps 1 to 3 come along as skipped, because
//! the samples are the first order's.

use super::page::{self, Part};
use super::sql;
use crate::base::{By, LineId, OrderNumber, T};
use crate::history::Event;
use crate::orders::act::{self, OrderAct};
use crate::orders::condition::Move;
use crate::orders::facts::PaperStage;
use crate::orders::lifecycle::{Outcome, Step};
use crate::orders::lines::{self, Line};
use crate::orders::opening::{self, Opening};
use crate::orders::{Order, latches_sql, order, search};
use crate::people::Deed;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result, Tell};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use rust_decimal::Decimal;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Handed in, approved or sent: the goods stand as the paper says.
    Fixed(i32),
    /// An order keeps at least a part of its goods.
    Everything,
}

impl Tell for Refusal {
    fn tell(&self, t: T) -> String {
        match self {
            Self::Fixed(revision) => t.orders_split_fixed(revision),
            Self::Everything => t.orders_split_everything().into(),
        }
    }
}

pub(super) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = order::find(&mut db, &by, &number).await?;
    order.must(&by, Deed::SplitOrder)?;
    let lines = sql::standing(&mut db, &order).await?;
    let blank = (&Fields::default(), Faults::default());
    page::draw(page, order, Part::CarriedOver, &lines, blank)
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["title", "lines[]", "reason"])?;
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut act = act::begin(&app, by, &number, &form.key).await?;
    act.must(Deed::SplitOrder)?;
    let order = act.order.clone();
    let lines = sql::standing(act.tx(), &order).await?;
    let mut faults = Faults::default();
    let parts = page::read(&form.fields, Part::CarriedOver, &lines, &mut faults);
    let title = form.fields.get("title").to_owned();
    if title.is_empty() || title.chars().count() > 160 {
        faults.add("title", T::orders_title_missing);
    }
    if !faults.is_empty() {
        let html = page::draw(
            page,
            order,
            Part::CarriedOver,
            &lines,
            (&form.fields, faults),
        )?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    }
    let rev = form.rev()?;
    let second = split(act, rev, &parts, title).await?;
    let answer = Answer::to(second.order.url()).tell(page.t, T::orders_split_done);
    Ok(second.finish(answer).await?.into_response())
}

/// The act: the first order keeps what is left, the second is opened with what goes. Hands the act on the second back.
#[expect(
    clippy::too_many_lines,
    reason = "the whole split is read in one place"
)]
async fn split(
    mut act: OrderAct,
    rev: i32,
    parts: &[(LineId, Decimal)],
    title: String,
) -> Result<OrderAct> {
    act.must(Deed::SplitOrder)?;
    act.take(Move::Split)?;
    let facts = act.facts().await?;
    if let Some(revision) = on_its_way(&facts) {
        return Err(Refusal::Fixed(revision).into());
    }
    let first = act.order.clone();
    let goods = lines::lines(act.tx(), &first).await?;
    let (kept, gone) = divide(&goods, parts, || LineId::fresh(first.asked_by.at));
    let entity = sql::entity(act.tx(), first.id()).await?;
    let mut carry = Vec::new();
    if facts.proforma.confirmed.is_some() {
        owe_less(&mut act, rev, parts).await?;
        carry = carried(&goods, parts, &gone);
    } else if kept.is_empty() {
        return Err(Refusal::Everything.into());
    } else {
        lines::save(&mut act, rev, &kept).await?;
        search::write(&mut act, &kept).await?;
    }
    let zone = act.zone();
    let opening = Opening {
        entity,
        customer: first.customer,
        salesperson: first.keepers.salesperson,
        operator: first.keepers.operator,
        title,
        customer_reference: first.customer_reference.clone(),
        terms: first.terms.clone(),
        lines: gone,
        repeat_of: None,
        split_of: Some(first.id()),
        source: None,
    };
    let mut second = opening::open(act.hand_on().await?, zone, &opening).await?;
    sql::note_carried(second.tx(), &carry).await?;
    samples_come_along(&mut second, &facts, first.number.as_str()).await?;
    told(&mut second, &first).await?;
    Ok(second)
}

/// Each of the two orders says where the other is.
async fn told(second: &mut OrderAct, first: &Order) -> Result<()> {
    let (from, to) = (first.number.to_string(), second.order.number.to_string());
    second.happened(&Event::OrderSplitFrom { from }).await?;
    second.record(first, &Event::OrderSplit { to }).await
}

/// The confirmed lines stay as they are and owe this much less; something of the order must be left.
async fn owe_less(act: &mut OrderAct, rev: i32, parts: &[(LineId, Decimal)]) -> Result<()> {
    let first = act.order.clone();
    let lines = sql::standing(act.tx(), &first).await?;
    let going: Decimal = parts.iter().map(|(_, quantity)| *quantity).sum();
    let left: Decimal = lines.iter().map(|line| line.ordered - line.given_up).sum();
    if going >= left {
        return Err(Refusal::Everything.into());
    }
    if sql::give_up(act.tx(), first.id(), rev, parts).await? {
        Ok(())
    } else {
        Err(Error::Stale(Box::default()))
    }
}

/// Which line of the second order carries how much of which line of the first.
fn carried(
    goods: &[Line],
    parts: &[(LineId, Decimal)],
    gone: &[Line],
) -> Vec<(LineId, LineId, Decimal)> {
    let from = goods
        .iter()
        .filter(|line| parts.iter().any(|(id, _)| *id == line.id));
    from.zip(gone)
        .map(|(line, moved)| (line.id, moved.id, moved.quantity))
        .collect()
}

/// The samples are the first order's: where its steps are over, they are over here.
async fn samples_come_along(
    second: &mut OrderAct,
    facts: &crate::orders::Facts,
    from: &str,
) -> Result<()> {
    let (order, at, person) = (second.order.id(), second.by.at, second.by.person());
    for step in [
        Step::SampleNote,
        Step::SampleShipment,
        Step::SampleConfirmation,
    ] {
        if facts.latches.get(step).is_some() {
            latches_sql::latch(
                second.tx(),
                order,
                step,
                Outcome::Skipped,
                (at, person),
                from,
            )
            .await?;
        }
    }
    Ok(())
}

/// The revision that stands in the way.
fn on_its_way(facts: &crate::orders::Facts) -> Option<i32> {
    let open = facts.proforma.open.as_ref().filter(|paper| {
        matches!(
            paper.stage,
            PaperStage::Submitted | PaperStage::Approved | PaperStage::Sent
        )
    });
    open.map(|paper| paper.revision)
}

/// What stays and what goes. Cartons, weights and volume of a divided line are measured anew.
fn divide(
    goods: &[Line],
    parts: &[(LineId, Decimal)],
    fresh: impl Fn() -> LineId,
) -> (Vec<Line>, Vec<Line>) {
    let (mut kept, mut gone) = (Vec::new(), Vec::new());
    for line in goods {
        let part = parts.iter().find(|(id, _)| *id == line.id);
        let Some((_, quantity)) = part else {
            kept.push(line.clone());
            continue;
        };
        let whole = *quantity == line.quantity;
        let mut moved = Line {
            id: fresh(),
            quantity: *quantity,
            ..line.clone()
        };
        if !whole {
            let mut stays = Line {
                quantity: line.quantity - *quantity,
                ..line.clone()
            };
            for piece in [&mut stays, &mut moved] {
                (piece.cartons, piece.gross_kg, piece.net_kg, piece.cbm) = (None, None, None, None);
            }
            kept.push(stays);
        }
        gone.push(moved);
    }
    (kept, gone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(number: u128, quantity: Decimal) -> Line {
        Line {
            id: LineId(uuid::Uuid::from_u128(number)),
            item_no: format!("A{number}"),
            description_en: "Lamp".into(),
            description_zh: String::new(),
            colour: String::new(),
            sizes: Vec::new(),
            quantity,
            unit: "PCS".into(),
            unit_price: Some(Decimal::from(2)),
            factory: None,
            factory_price: None,
            hs_code: String::new(),
            cartons: Some(10),
            gross_kg: None,
            net_kg: None,
            cbm: None,
            delivery_on: None,
            remark: String::new(),
            remark_for: crate::base::Audience::default(),
        }
    }

    #[test]
    fn nothing_is_lost_when_goods_are_divided() {
        let goods = [
            line(1, Decimal::from(100)),
            line(2, Decimal::from(50)),
            line(3, Decimal::from(7)),
        ];
        let parts = [
            (goods[0].id, Decimal::from(40)),
            (goods[1].id, Decimal::from(50)),
        ];
        let (kept, gone) = divide(&goods, &parts, || LineId(uuid::Uuid::from_u128(99)));
        let sum = |lines: &[Line]| lines.iter().map(|line| line.quantity).sum::<Decimal>();
        assert_eq!(
            (sum(&kept), sum(&gone)),
            (Decimal::from(67), Decimal::from(90))
        );
        assert_eq!(kept.len(), 2);
        assert_eq!(kept[0].cartons, None);
        assert_eq!(gone[1].cartons, Some(10));
    }
}

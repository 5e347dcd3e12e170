//! Draft: one order for each factory of what is not yet covered; its wording, quantities and prices are edited together
//! until it is issued.

use super::paper::{Given, Key, ProductionOrder, Refusal, Wording};
use super::sources_sql::{self, Plan};
use super::stage::{Move, Stage};
use super::{coverage, fields, find, revising, sql, terms};
use crate::base::rounding::half_up;
use crate::base::{By, FactoryId, OrderNumber, ProductionOrderId};
use crate::history::Event;
use crate::history::production_event::ProductionEvent;
use crate::orders::{self, OrderAct};
use crate::people::Deed;
use crate::proforma::content::Content as Ordered;
use crate::web::{Answer, App, Error, Faults, Keyed, Page, Result};
use axum::extract::{Path, State};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Drafts one order for each factory of the lines, or all that is left for one factory that is chosen.
pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&["factory"])?;
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let factory = match form.fields.get("factory") {
        "" => None,
        text => Some(text.parse().map_err(|_| {
            Error::Invalid(Faults::one(
                "factory",
                crate::base::T::orders_no_such_factory,
            ))
        })?),
    };
    let mut act = orders::begin(&app, by, &number, &form.key).await?;
    let drafted = begin(&mut act, factory).await?;
    let url = match drafted.as_slice() {
        [only] => format!("{}/production/{only}/edit", act.order.url()),
        _ => format!("{}/production", act.order.url()),
    };
    let answer = Answer::to(url).say(page.t.production_drafted(drafted.len()));
    act.finish(answer).await
}

/// The act: drafts for what is not covered yet; answers their keys.
pub async fn begin(act: &mut OrderAct, factory: Option<FactoryId>) -> Result<Vec<Key>> {
    act.must(Deed::DraftProductionOrder)?;
    act.must_move()?;
    let order = act.order.clone();
    let papers = find::in_act(act).await?;
    let in_force = sources_sql::in_force(act.tx(), &order)
        .await?
        .ok_or(Refusal::NotOrdered)?;
    let plans = sources_sql::plans(act.tx(), &order).await?;
    let shares = shares(&in_force.ordered, &papers, &plans, factory)?;
    let remarks = sources_sql::for_factory(act.tx(), &order).await?;
    let last = papers
        .iter()
        .map(|paper| paper.key.number)
        .max()
        .unwrap_or(0);
    let mut drafted = Vec::new();
    for (next, (factory, lines)) in (last + 1..).zip(shares) {
        let name = sources_sql::factory_name(act.tx(), factory)
            .await?
            .ok_or_else(|| {
                Error::Invalid(Faults::one(
                    "factory",
                    crate::base::T::orders_no_such_factory,
                ))
            })?;
        let key = Key {
            number: next,
            revision: 1,
        };
        let wording = first_wording(&in_force.ordered, &plans, &lines, &remarks);
        insert(act, key, factory, (&wording, &lines)).await?;
        terms::ask_where_needed(act, key, &in_force).await?;
        let (paper, factory) = (format!("{} r1", key.number), name);
        let event = ProductionEvent::ProductionOrderDrafted { paper, factory };
        act.happened(&Event::Production(event)).await?;
        drafted.push(key);
    }
    Ok(drafted)
}

/// Which factory is given what: each line that is left to the factory it names, or all of them to the chosen one.
fn shares(
    ordered: &Ordered,
    papers: &[ProductionOrder],
    plans: &[Plan],
    chosen: Option<FactoryId>,
) -> Result<Vec<(FactoryId, Vec<Given>)>, Refusal> {
    let mut shares: BTreeMap<FactoryId, Vec<Given>> = BTreeMap::new();
    let mut anything = false;
    for row in coverage::rows(ordered, papers) {
        if row.left().is_zero() {
            continue;
        }
        anything = true;
        let plan = plans.iter().find(|plan| plan.id == row.line.0);
        let named = plan.and_then(|plan| plan.factory).map(FactoryId);
        let Some(factory) = chosen.or(named) else {
            continue;
        };
        // The planned price is the named factory's; another one quotes its own.
        let price = plan
            .filter(|_| named == Some(factory))
            .and_then(|plan| plan.factory_price);
        shares.entry(factory).or_default().push(Given {
            line: row.line,
            quantity: row.left(),
            unit_price: price.map(|price| half_up(price, 4)),
            ready: None,
        });
    }
    if !anything {
        return Err(Refusal::AllCovered);
    }
    if shares.is_empty() {
        return Err(Refusal::NoFactory);
    }
    Ok(shares.into_iter().collect())
}

/// What the confirmed paper says of packing, marks, inspection and delivery; remarks are the lines' own and what was
/// written for the factory to read.
fn first_wording(
    ordered: &Ordered,
    plans: &[Plan],
    lines: &[Given],
    remarks: &[String],
) -> Wording {
    let of_lines = lines.iter().filter_map(|given| {
        let plan = plans.iter().find(|plan| plan.id == given.line.0)?;
        let line = ordered.lines.iter().find(|line| line.line == given.line)?;
        (!plan.remark.is_empty()).then(|| format!("{}：{}", line.name(), plan.remark))
    });
    let remarks: Vec<String> = of_lines.chain(remarks.iter().cloned()).collect();
    Wording {
        delivery_on: ordered.delivery_on,
        place: String::new(),
        quality: String::new(),
        materials: String::new(),
        packing: ordered.packing.clone(),
        marks: ordered.marks.clone(),
        inspection: ordered.wording.inspection.clone(),
        remarks: remarks.join("\n"),
    }
}

async fn insert(
    act: &mut OrderAct,
    key: Key,
    factory: FactoryId,
    (wording, lines): (&Wording, &[Given]),
) -> Result<()> {
    let id = ProductionOrderId::fresh(act.by.at);
    sql::insert(act, (id, key), factory, wording).await?;
    sql::save_lines(act, id, lines).await
}

/// Opens the next revision beside the one in force, with the same wording and lines.
pub(super) async fn revise(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, paper)): Path<(String, String)>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let (mut act, paper) = find::begin(&app, by, &number, &paper, &form.key).await?;
    let key = open_next(&mut act, &paper).await?;
    let url = format!("{}/production/{key}/edit", act.order.url());
    act.finish(Answer::to(url).say(page.t.production_drafted(1)))
        .await
}

/// The act: revision n+1 as a draft; n stays in force until it is issued.
pub async fn open_next(act: &mut OrderAct, paper: &ProductionOrder) -> Result<Key> {
    open_next_with(act, paper, (&paper.wording, &paper.lines)).await
}

/// The same with what has changed already in it.
pub async fn open_next_with(
    act: &mut OrderAct,
    paper: &ProductionOrder,
    (wording, lines): (&Wording, &[Given]),
) -> Result<Key> {
    act.must(Deed::OpenProductionRevision)?;
    act.must_move()?;
    paper.after(Move::OpenNextRevision)?;
    let papers = find::in_act(act).await?;
    let of_number = || {
        papers
            .iter()
            .filter(|other| other.key.number == paper.key.number)
    };
    if let Some(draft) = of_number().find(|other| other.stage == Stage::Draft) {
        return Err(Refusal::AlreadyDrafted {
            paper: draft.name(),
        }
        .into());
    }
    let newest = of_number().map(|other| other.key.revision).max();
    let key = Key {
        number: paper.key.number,
        revision: newest.unwrap_or(paper.key.revision) + 1,
    };
    insert(act, key, paper.factory, (wording, lines)).await?;
    let order = act.order.clone();
    if let Some(in_force) = sources_sql::in_force(act.tx(), &order).await? {
        terms::ask_where_needed(act, key, &in_force).await?;
        revising::ask_where_needed(act, key, &in_force.ordered).await?;
    }
    let event = ProductionEvent::ProductionOrderDrafted {
        paper: format!("{} r{}", key.number, key.revision),
        factory: paper.factory_name.clone(),
    };
    act.happened(&Event::Production(event)).await?;
    Ok(key)
}

/// The act: wording and lines of a draft, where its version is still the one read.
pub async fn write(
    act: &mut OrderAct,
    paper: &ProductionOrder,
    (wording, lines): (&Wording, &[Given]),
) -> Result<()> {
    act.must(Deed::DraftProductionOrder)?;
    act.must_move()?;
    paper.after(Move::Edit)?;
    let order = act.order.clone();
    let in_force = sources_sql::in_force(act.tx(), &order)
        .await?
        .ok_or(Refusal::NotOrdered)?;
    let quantities = |of: &[Given]| -> Vec<(crate::base::LineId, Decimal)> {
        of.iter()
            .map(|given| (given.line, given.quantity))
            .collect()
    };
    // What the manager opened the gate for are these quantities and no others.
    let anew = quantities(&paper.lines) != quantities(lines);
    sql::save_draft(act, paper, wording, anew).await?;
    sql::save_lines(act, paper.id, lines).await?;
    terms::ask_where_needed(act, paper.key, &in_force).await?;
    revising::ask_where_needed(act, paper.key, &in_force.ordered).await?;
    let changes = fields::changes(&in_force.ordered, paper, (wording, lines));
    if changes.is_empty() {
        return Ok(());
    }
    let event = ProductionEvent::ProductionOrderChanged {
        paper: paper.name(),
        changes,
    };
    act.happened(&Event::Production(event)).await
}

#[cfg(test)]
mod tests {
    use super::super::gate::tests::ordered;
    use super::*;
    use crate::base::LineId;
    use uuid::Uuid;

    fn plan(line: u128, factory: Option<u128>) -> Plan {
        Plan {
            id: Uuid::from_u128(line),
            factory: factory.map(Uuid::from_u128),
            factory_price: Some(Decimal::new(23_455_551, 6)),
            remark: String::new(),
        }
    }

    #[test]
    fn each_factory_gets_its_lines_with_its_price() {
        let ordered = ordered("TT_30_70_COPY", &[(1, 1_200), (2, 800), (3, 500)]);
        let plans = [plan(1, Some(7)), plan(2, Some(8)), plan(3, None)];
        let found = shares(&ordered, &[], &plans, None).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].1[0].quantity, Decimal::from(1_200));
        assert_eq!(found[0].1[0].unit_price, Some(Decimal::new(234_556, 4)));
        // A factory that is chosen takes what is left; only its own planned price is known.
        let all = shares(&ordered, &[], &plans, Some(FactoryId(Uuid::from_u128(7)))).unwrap();
        let prices: Vec<bool> = all[0]
            .1
            .iter()
            .map(|one| one.unit_price.is_some())
            .collect();
        assert_eq!(prices, [true, false, false]);
    }

    #[test]
    fn nothing_left_and_nobody_named_are_two_refusals() {
        let ordered = ordered("TT_30_70_COPY", &[(1, 1_200)]);
        assert_eq!(
            shares(&ordered, &[], &[plan(1, None)], None),
            Err(Refusal::NoFactory)
        );
        let mut paper = super::super::paper::sample(Stage::Issued);
        paper.lines[0].line = LineId(Uuid::from_u128(1));
        assert_eq!(
            shares(&ordered, &[paper], &[plan(1, Some(7))], None),
            Err(Refusal::AllCovered)
        );
    }
}

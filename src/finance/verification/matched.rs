//! Matching 匹配核销: finance lays money that came in against what was declared, and explains a difference that stays.

use super::sql::Allocation;
use super::stage::MatchMove;
use super::{Matched, Refusal, must_be, show, sql};
use crate::base::{By, T, typed};
use crate::finance::Meanwhile;
use crate::finance::export::{self, Declaration, Regime, Shipment};
use crate::finance::matching::{Declared, matching};
use crate::finance::question::{Kind as Ask, Question, read_amount, read_words};
use crate::history::Event;
use crate::history::rebate_event::RebateEvent;
use crate::orders::{self, JointAct, Order};
use crate::people::Deed;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use uuid::Uuid;

type Address = Path<(String, String, i32)>;

/// Percent of what was declared that may differ (PRODUCT; banks keep charges).
pub(super) const TOLERANCE: Decimal = Decimal::ONE;

/// A part of one allocation that counts for the declaration.
#[derive(Clone, Debug)]
pub(super) struct Laid {
    pub allocation: Uuid,
    pub amount: Decimal,
}

/// What the page proposes: money goes to the oldest declaration first.
pub(super) fn proposal(
    declaration: &Declaration,
    declared: &[(Uuid, NaiveDate, Decimal)],
    money: &[Allocation],
) -> Vec<Decimal> {
    let all: Vec<Declared> = declared
        .iter()
        .map(|(id, day, value)| Declared {
            number: id.to_string(),
            exported: *day,
            value: *value,
        })
        .collect();
    let receipts: Vec<Decimal> = money.iter().map(|one| one.amount).collect();
    let found = matching(&all, &receipts, TOLERANCE);
    let mut left = found
        .allocation
        .iter()
        .find(|one| one.number == declaration.id.to_string())
        .map_or(Decimal::ZERO, |one| one.allocated);
    money
        .iter()
        .map(|one| {
            let part = (one.amount - one.elsewhere).max(Decimal::ZERO).min(left);
            left -= part;
            part
        })
        .collect()
}

struct Given {
    declared: Decimal,
    laid: Vec<Laid>,
}

fn read(fields: &Fields, money: &[Allocation]) -> std::result::Result<Given, Faults> {
    let mut faults = Faults::default();
    let declared = read_amount(fields, "declared", &mut faults);
    let mut laid = Vec::new();
    for row in 0..fields.rows("money") {
        let text = fields.cell("money", row, "amount");
        let allocation = fields.cell("money", row, "id");
        if text.is_empty() {
            continue;
        }
        let known = money.iter().find(|one| one.id.to_string() == allocation);
        match (known, typed::figure(text)) {
            (Some(_), Some(amount)) if amount.is_zero() => {}
            (Some(one), Some(amount))
                if amount > Decimal::ZERO && amount.normalize().scale() <= 2 =>
            {
                laid.push(Laid {
                    allocation: one.id,
                    amount,
                });
            }
            _ => faults.add(&format!("money-{row}"), T::rebate_amount_missing),
        }
    }
    match declared {
        Some(declared) if faults.is_empty() => Ok(Given { declared, laid }),
        _ => Err(faults),
    }
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, shipment, sequence)): Address,
    form: Keyed,
) -> Result<Response> {
    form.only(&["declared", "money[]"])?;
    let (mut act, order, shipment) =
        export::begin(&app, by.clone(), (&number, &shipment), &form.key).await?;
    act.must(Deed::MatchDeclaration)?;
    let declaration = shipment.declaration(sequence)?.clone();
    must_be(&declaration, Regime::Matching)?;
    let held = sql::matched(act.tx(), declaration.id).await?;
    if form.rev()? != held.as_ref().map_or(0, |held| held.version) {
        return Err(Error::refused(Meanwhile));
    }
    let money = show::money(act.tx(), &shipment, &declaration).await?;
    match read(&form.fields, &money) {
        Ok(given) => {
            lay(
                &mut act,
                (&shipment, &declaration),
                (&money, held.as_ref()),
                given,
            )
            .await?;
            let answer = Answer::to(show::url(&number, &shipment.number, sequence));
            Ok(act
                .finish(answer.tell(page.t, T::rebate_matched_done))
                .await?
                .into_response())
        }
        Err(faults) => {
            let typed = Some((form.fields, faults));
            let html = show::draw(act.tx(), page, (order, shipment, declaration), typed).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

/// The same without a page: so much of each allocation, oldest first, as the declaration still lacks.
pub(in crate::finance) async fn begin(
    act: &mut JointAct,
    (shipment, sequence): (&Shipment, i32),
    (declared, first): (Decimal, usize),
) -> Result<()> {
    act.must(Deed::MatchDeclaration)?;
    let declaration = shipment.declaration(sequence)?.clone();
    must_be(&declaration, Regime::Matching)?;
    let held = sql::matched(act.tx(), declaration.id).await?;
    let money = show::money(act.tx(), shipment, &declaration).await?;
    let laid = money
        .iter()
        .take(first)
        .map(|one| Laid {
            allocation: one.id,
            amount: one.amount - one.elsewhere,
        })
        .collect();
    let given = Given { declared, laid };
    lay(
        act,
        (shipment, &declaration),
        (&money, held.as_ref()),
        given,
    )
    .await
}

/// The act: this money counts for this declaration. No allocation counts twice.
async fn lay(
    act: &mut JointAct,
    (shipment, declaration): (&Shipment, &Declaration),
    (money, held): (&[Allocation], Option<&Matched>),
    given: Given,
) -> Result<()> {
    orders::recorded(act, false).await?;
    if !shipment.departed() {
        return Err(Refusal::NotDeparted.into());
    }
    let stage = held.map(|held| held.stage);
    if held.is_some_and(|held| !held.takes(MatchMove::Match)) {
        return Err(Refusal::MatchNotFromHere(stage).into());
    }
    for one in money {
        let here: Decimal = given
            .laid
            .iter()
            .filter(|laid| laid.allocation == one.id)
            .map(|laid| laid.amount)
            .sum();
        if here + one.elsewhere > one.amount {
            return Err(Refusal::MoreThanReceived(one.receipt.clone()).into());
        }
    }
    let currency = currency(declaration, money);
    sql::save_matching(
        act,
        declaration.id,
        (given.declared, &currency),
        &given.laid,
    )
    .await?;
    act.happened(&Event::Rebate(RebateEvent::DeclarationMatched {
        declaration: declaration.name(),
    }))
    .await
}

/// The declaration's own currency, else that of the money.
pub(super) fn currency(declaration: &Declaration, money: &[Allocation]) -> String {
    declaration
        .currency
        .as_deref()
        .map(str::trim)
        .or_else(|| money.first().map(|one| one.currency.as_str()))
        .unwrap_or("USD")
        .to_owned()
}

fn question(
    page: &Page,
    order: &Order,
    (shipment, declaration): (&Shipment, &Declaration),
    matched: &Matched,
) -> Question {
    let t = page.t;
    let at = show::url(
        order.number.as_str(),
        &shipment.number,
        declaration.sequence,
    );
    Question::new(
        t.rebate_explain_question(),
        t.rebate_explain_verb(),
        &format!("{at}/explanation"),
        &at,
    )
    .sentence(t.rebate_explain_sentence(
        declaration.name(),
        &matched.currency,
        page.number(matched.difference()),
    ))
    .rev(matched.version)
    .ask(Ask::Area, "words", t.rebate_field_explanation())
    .hint(t.rebate_field_explanation_hint())
}

fn explainable(held: Option<Matched>) -> Result<Matched> {
    let stage = held.as_ref().map(|held| held.stage);
    let refused = || Error::refused(Refusal::MatchNotFromHere(stage));
    let matched = held
        .filter(|held| held.takes(MatchMove::ExplainDifference))
        .ok_or_else(refused)?;
    if matched.difference().is_zero() {
        return Err(Refusal::NoDifference.into());
    }
    Ok(matched)
}

pub(super) async fn ask_explain(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, shipment, sequence)): Address,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, shipment) = export::find(&mut db, &by, (&number, &shipment)).await?;
    order.must(&by, Deed::ExplainDifference)?;
    let declaration = shipment.declaration(sequence)?.clone();
    let matched = explainable(sql::matched(&mut db, declaration.id).await?)?;
    question(&page, &order, (&shipment, &declaration), &matched).draw(
        page,
        order,
        Fields::default(),
    )
}

pub(super) async fn explain(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, shipment, sequence)): Address,
    form: Keyed,
) -> Result<Response> {
    form.only(&["words"])?;
    let (mut act, order, shipment) =
        export::begin(&app, by, (&number, &shipment), &form.key).await?;
    act.must(Deed::ExplainDifference)?;
    let declaration = shipment.declaration(sequence)?.clone();
    let matched = explainable(sql::matched(act.tx(), declaration.id).await?)?;
    if form.rev()? != matched.version {
        return Err(Error::refused(Meanwhile));
    }
    let mut faults = Faults::default();
    let words = read_words(&form.fields, "words", &mut faults);
    if !faults.is_empty() {
        return question(&page, &order, (&shipment, &declaration), &matched).again(
            page,
            order,
            form.fields,
            faults,
        );
    }
    orders::recorded(&mut act, false).await?;
    sql::explained(&mut act, &matched, &words).await?;
    act.happened(&Event::Rebate(RebateEvent::DifferenceExplained {
        declaration: declaration.name(),
        words,
    }))
    .await?;
    let answer = Answer::to(show::url(&number, &shipment.number, sequence));
    Ok(act
        .finish(answer.tell(page.t, T::web_saved))
        .await?
        .into_response())
}

/// What the page shows of a matching before anything was laid.
pub(super) fn stage_word(held: Option<&Matched>, t: T) -> (&'static str, &'static str) {
    match held {
        None => ("draft", t.rebate_match_none()),
        Some(held) if held.explained() => ("good", t.rebate_match_explained()),
        Some(held) if held.within_tolerance() => ("good", t.rebate_match_matched()),
        Some(held) if held.received.is_zero() => ("wait", t.rebate_match_no_money()),
        Some(_) => ("issue", t.rebate_match_differs()),
    }
}

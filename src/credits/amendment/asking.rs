//! Asking for an amendment 改证: the open findings go to the customer point by point; what he answers is recorded.

use crate::base::calendar::Calendar;
use crate::base::tongues::both;
use crate::base::{By, OrderId, Party, T};
use crate::credits::credit::{LetterOfCredit, Refusal};
use crate::credits::examination_sql as findings;
use crate::credits::finding::Finding;
use crate::credits::held;
use crate::credits::question::{self, Input, Kind, Question};
use crate::credits::sql;
use crate::credits::stage::Move;
use crate::history::credit_event::CreditEvent;
use crate::orders::OrderAct;
use crate::people::Deed;
use crate::relay::{self, Fact, Heard};
use crate::web::{Answer, App, Faults, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use uuid::Uuid;

fn asking(page: &Page, credit: &LetterOfCredit, all: &[Finding]) -> Question {
    let t = page.t;
    Question {
        title: t.credits_ask_amendment().to_owned(),
        sentence: t.credits_ask_amendment_sentence(&credit.customer_name),
        verb: t.credits_ask_amendment_verb(),
        action: format!("{}/amendment-request", credit.url()),
        back: (credit.number.clone(), credit.url()),
        rev: credit.version,
        danger: false,
        points: all
            .iter()
            .filter(|one| one.is_open())
            .map(|one| format!("{}: {}", one.tag, one.ask))
            .collect(),
        file: None,
        inputs: Vec::new(),
    }
}

pub(in crate::credits) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, credit) = held::find(&mut db, &by, &number).await?;
    order.must(&by, Deed::AskCreditAmendment)?;
    credit.after(Move::AskAmendment)?;
    let all = findings::findings(&mut db, credit.id).await?;
    asking(&page, &credit, &all).draw(page)
}

/// The open findings go to the customer as one relay, a line a point.
pub(in crate::credits) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let (mut act, credit) =
        held::begin(&app, by, &number, (&form, Deed::AskCreditAmendment)).await?;
    act.must_move()?;
    let stage = credit.after(Move::AskAmendment)?;
    let all = findings::findings(act.tx(), credit.id).await?;
    let open: Vec<&Finding> = all.iter().filter(|one| one.is_open()).collect();
    if open.is_empty() {
        return Err(Refusal::NothingToAsk.into());
    }
    let lines: Vec<String> = open
        .iter()
        .map(|one| {
            format!("{}: {}", one.tag, one.ask)
                .chars()
                .take(500)
                .collect()
        })
        .collect();
    let tags = open.iter().map(|one| one.tag.clone()).collect();
    findings::ask(&mut act, credit.id).await?;
    sql::save_stage(&mut act, &credit, stage).await?;
    let subject = both(|t| t.credits_relay_amendment(&credit.bank_number));
    let key = format!("{}/{}", credit.number, credit.version);
    owe(&mut act, (ASKED, key), (subject, true), lines).await?;
    let event = CreditEvent::CreditAmendmentAsked {
        credit: credit.number.clone(),
        tags,
    };
    held::happened(&mut act, &credit, event).await?;
    let answer = Answer::to(credit.url()).tell(page.t, T::credits_amendment_asked_done);
    act.finish(answer).await
}

/// What we owe the customer: a relay that waits until somebody passes it on.
pub(in crate::credits) async fn owe(
    act: &mut OrderAct,
    (kind, key): (&'static str, String),
    (subject, answer_asked): (String, bool),
    lines: Vec<String>,
) -> Result<()> {
    let (order, at, person) = (act.order.id(), act.by.at, act.by.person());
    let days = relay::sql::calendar_days(act.tx()).await?;
    let calendar = Calendar::new(act.zone(), days);
    let heard = Heard {
        from: Party::Us,
        to: vec![Party::Customer.into()],
        makers: Vec::new(),
        words: lines.join("\n").chars().take(4_000).collect(),
        words_lang: "en".to_owned(),
        urgent: false,
        answer_asked,
        channel: String::new(),
        due_at: relay::due(&calendar, at, false),
        step: act.order.step.number(),
        subject,
        lines,
    };
    let fact = Fact { kind, key, heard };
    relay::fact::insert(act.tx(), order, &fact, person, at).await?;
    Ok(())
}

/// The relay of what was asked of the customer.
const ASKED: &str = "credit_amendment";

/// The bank's amendment, or the customer's no, is the answer to what was asked.
pub(super) async fn answered(
    act: &mut OrderAct,
    credit: &LetterOfCredit,
    words: &str,
) -> Result<()> {
    let orders = sql::order_ids(act.tx(), credit.id).await?;
    answer_relays(
        act,
        &orders,
        (ASKED, &credit.number),
        (&credit.customer_name, words),
    )
    .await
}

/// Relays of this fact on these orders are answered by what came of it.
pub(in crate::credits) async fn answer_relays(
    act: &mut OrderAct,
    orders: &[Uuid],
    fact: (&str, &str),
    (who, words): (&str, &str),
) -> Result<()> {
    let by = (act.by.person(), act.by.at);
    for order in orders {
        let said = (Party::Customer, who, words);
        relay::fact::answered(act.tx(), OrderId(*order), fact, said, by).await?;
    }
    Ok(())
}

fn denial(page: &Page, credit: &LetterOfCredit) -> Question {
    let t = page.t;
    Question {
        title: t.credits_denied().to_owned(),
        sentence: t.credits_denied_sentence().to_owned(),
        verb: t.credits_denied_verb(),
        action: format!("{}/amendment-refusal", credit.url()),
        back: (credit.number.clone(), credit.url()),
        rev: credit.version,
        danger: false,
        points: Vec::new(),
        file: None,
        inputs: vec![Input::new("words", t.credits_their_words(), Kind::Area)],
    }
}

pub(in crate::credits) async fn ask_denial(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, credit) = held::find(&mut db, &by, &number).await?;
    order.must(&by, Deed::RecordCreditAmendmentRefused)?;
    credit.after(Move::Refuse)?;
    denial(&page, &credit).draw(page)
}

pub(in crate::credits) async fn deny(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["words"])?;
    let mut db = app.db.acquire().await?;
    let (order, shown) = held::find(&mut db, &by, &number).await?;
    order.must(&by, Deed::RecordCreditAmendmentRefused)?;
    drop(db);
    let mut faults = Faults::default();
    let words = question::words(&form.fields, "words", T::credits_fault_words, &mut faults);
    if !faults.is_empty() {
        return denial(&page, &shown).again(page, &form.fields, faults);
    }
    let (mut act, credit) = held::begin(
        &app,
        by,
        &number,
        (&form, Deed::RecordCreditAmendmentRefused),
    )
    .await?;
    act.must_move()?;
    let stage = credit.after(Move::Refuse)?;
    findings::reopen(&mut act, credit.id).await?;
    sql::note_reason(&mut act, credit.id, &words).await?;
    answered(&mut act, &credit, &words).await?;
    sql::save_stage(&mut act, &credit, stage).await?;
    let event = CreditEvent::CreditAmendmentDenied {
        credit: credit.number.clone(),
        words,
    };
    held::happened(&mut act, &credit, event).await?;
    let answer = Answer::to(credit.url()).tell(page.t, T::web_saved);
    Ok(act.finish(answer).await?.into_response())
}

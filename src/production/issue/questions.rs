//! Small forms before an act on an issue: what each of them asks.

use super::stage::{Move, Stage};
use super::thing::{Bearer, Issue};
use super::told::{Told, told};
use crate::base::{By, T};
use crate::orders::Order;
use crate::production::asking::{self, Asking, Part};
use crate::web::{App, Faults, Fields, Page, Result};
use axum::response::Response;

/// Where an issue is, as its address says.
pub(super) type Spot = (String, i32);

/// The page that asks for what a move needs; drawn again with what was typed where it was refused.
pub(super) async fn draw(
    app: &App,
    by: &By,
    page: Page,
    spot: &Spot,
    step: Move,
    typed: Option<(Fields, Faults)>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let (order, issue) = super::show::find(&mut db, by, spot).await?;
    order.must(by, step.deed())?;
    issue.after(step)?;
    let t = page.t;
    let told = told(&mut db, &order, &issue).await?;
    let (fields, faults) =
        typed.unwrap_or_else(|| (first(&page, &order, &issue, step), Faults::default()));
    let url = super::show::url(&order, issue.number);
    let (title, sentence, verb) = words(t, &issue, step);
    Asking {
        title: title.to_owned(),
        sentence: sentence.to_owned(),
        verb: verb.to_owned(),
        action: format!("{url}/{}", path(step)),
        back: url,
        back_name: t.issues_title_number(issue.number),
        rev: issue.version.to_string(),
        danger: step == Move::Drop,
        upload: matches!(step, Move::Agree | Move::Acknowledge),
        parts: parts(t, &order, (&issue, &told), step),
        fields,
        faults,
        order,
        page,
    }
    .draw()
}

/// The last part of the address of a move.
pub(super) const fn path(step: Move) -> &'static str {
    match step {
        Move::Report => "report",
        Move::HandToSales => "sales",
        Move::Drop => "drop",
        Move::AskCustomer => "question",
        Move::Agree => "agreement",
        Move::Convey => "conveyance",
        Move::Acknowledge => "acknowledgement",
        Move::Resolve => "resolution",
        Move::Close => "closing",
    }
}

/// Title, sentence under it, and the button.
fn words(t: T, issue: &Issue, step: Move) -> (&'static str, &'static str, &'static str) {
    let asked = issue.stage == Stage::WithCustomer;
    match step {
        Move::AskCustomer => (
            t.issues_ask_customer(),
            t.issues_ask_sentence(),
            t.issues_ask_verb(),
        ),
        Move::Agree if asked => (
            t.issues_agree(),
            t.issues_agree_asked_sentence(),
            t.issues_agree_verb(),
        ),
        Move::Agree => (
            t.issues_agree(),
            t.issues_agree_sentence(),
            t.issues_agree_verb(),
        ),
        Move::Convey => (
            t.issues_convey(),
            t.issues_convey_sentence(),
            t.issues_convey_verb(),
        ),
        Move::Acknowledge => (
            t.issues_acknowledge(),
            t.issues_acknowledge_sentence(),
            t.web_save(),
        ),
        Move::Resolve => (
            t.issues_resolve(),
            t.issues_resolve_sentence(),
            t.issues_resolve_verb(),
        ),
        Move::Drop => (t.issues_drop(), t.issues_drop_sentence(), t.issues_drop()),
        Move::Report | Move::HandToSales | Move::Close => (t.issues_title(), "", t.web_save()),
    }
}

fn parts(t: T, order: &Order, (issue, told): (&Issue, &[Told]), step: Move) -> Vec<Part> {
    match step {
        Move::AskCustomer => {
            vec![Part::area("words", t.issues_question()).hint(t.issues_question_hint())]
        }
        Move::Agree => agreement(t, order, issue),
        Move::Convey => {
            vec![Part::area("words", t.issues_to_workshop()).hint(t.issues_to_workshop_hint())]
        }
        Move::Acknowledge => acknowledgement(t, told),
        Move::Resolve => vec![Part::area("words", t.issues_resolution())],
        Move::Drop => vec![Part::area("words", t.orders_reason())],
        Move::Report | Move::HandToSales | Move::Close => Vec::new(),
    }
}

/// Of several factories each answers for itself.
fn acknowledgement(t: T, told: &[Told]) -> Vec<Part> {
    let open = told.iter().filter(|one| one.is_open());
    let open: Vec<(String, String)> = open
        .map(|one| (one.to.code(), one.label(t).to_owned()))
        .collect();
    let mut parts = asking::recorded(t);
    if told.len() > 1 && !open.is_empty() {
        parts.insert(0, Part::radios("factory", t.issues_factory(), open));
    }
    parts
}

fn agreement(t: T, order: &Order, issue: &Issue) -> Vec<Part> {
    let pair = |(code, word): (&str, &str)| (code.to_owned(), word.to_owned());
    let bearers = Bearer::ALL.map(|bearer| pair((bearer.code(), bearer.label(t))));
    let mut currencies = vec![pair((
        order.terms.currency.as_str(),
        order.terms.currency.as_str(),
    ))];
    if order.terms.currency.as_str() != "CNY" {
        currencies.push(pair(("CNY", "CNY")));
    }
    let mut parts = vec![
        Part::area("result", t.issues_result()).hint(t.issues_result_hint()),
        Part::radios("bearer", t.issues_bearer(), bearers.to_vec()),
        Part::figure("amount", t.issues_amount())
            .hint(t.issues_amount_hint())
            .maybe(),
        Part::radios("currency", t.issues_currency(), currencies),
    ];
    if issue.stage == Stage::WithCustomer {
        parts.extend(asking::recorded(t));
    } else {
        parts.push(
            Part::area("words", t.issues_not_concerned()).hint(t.issues_not_concerned_hint()),
        );
    }
    parts
}

/// What the form offers before anybody types.
fn first(page: &Page, order: &Order, issue: &Issue, step: Move) -> Fields {
    let mut fields = asking::said_today(page);
    match step {
        Move::Agree => fields.set("currency", order.terms.currency.as_str()),
        Move::Convey => fields.set(
            "words",
            issue
                .agreed
                .as_ref()
                .map(|agreed| agreed.result.clone())
                .unwrap_or_default(),
        ),
        Move::Acknowledge => fields.set("channel", "wechat"),
        _ => {}
    }
    fields
}

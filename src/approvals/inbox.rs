//! Inbox 审批: what waits for my decision, what I asked, what I decided. A card shows the facts; deciding happens on
//! the page that shows the difference.

use super::cards_sql::Tab;
use super::exception::Kind;
use super::{ask, cards_sql, sql};
use crate::base::{ApprovalId, By, OrderNumber, T, format};
use crate::history::approval_event::gate_word;
use crate::orders;
use crate::people::relation::InReach;
use crate::web::{Answer, App, Error, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, Redirect};
use chrono::{DateTime, SecondsFormat, Utc};
use rust_decimal::Decimal;
use serde::Deserialize;
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "approvals/inbox.html")]
pub(super) struct InboxPage {
    pub page: Page,
    pub tab: Tab,
    pub cards: Vec<Card>,
    pub next: String,
}

/// One question as the inbox shows it.
pub(super) struct Card {
    pub id: String,
    pub title: String,
    pub number: String,
    pub customer: String,
    pub goods: String,
    pub amount: String,
    pub margin: String,
    pub level: i16,
    pub state: String,
    pub asked_by: String,
    pub asked_at: DateTime<Utc>,
    /// When who asked last reminded of it.
    pub reminded_at: Option<DateTime<Utc>>,
    pub decided_by: String,
    pub words: String,
    /// Rule against facts, in one line, and why it is asked.
    pub missing: String,
    pub reason: String,
    /// The last approved amount and the change from it.
    pub was: String,
    /// For whom the reader would decide.
    pub stands_in: String,
    pub waits: bool,
    pub opinions: String,
}

impl Card {
    pub(super) fn is_open(&self) -> bool {
        self.state == "open"
    }

    /// A reminder is of what still waits.
    pub(super) fn reminded(&self, page: &Page) -> String {
        let at = self.reminded_at.filter(|_| self.is_open());
        at.map(|at| page.t.approvals_reminded_at(page.moment(at)))
            .unwrap_or_default()
    }

    pub(super) fn tone(&self) -> &'static str {
        match self.state.as_str() {
            "open" => "wait",
            "approved" => "good",
            "returned" => "issue",
            _ => "grey",
        }
    }

    pub(super) fn state_word(&self, t: T) -> &'static str {
        match self.state.as_str() {
            "open" => t.approvals_state_open(),
            "approved" => t.approvals_state_approved(),
            "returned" => t.approvals_state_returned(),
            "withdrawn" => t.approvals_state_withdrawn(),
            _ => t.approvals_state_void(),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    tab: String,
    #[serde(default)]
    before: String,
}

impl InboxPage {
    pub(super) fn tabs(&self) -> [(&'static str, &'static str, bool); 3] {
        let t = self.page.t;
        [
            ("todo", t.approvals_tab_todo(), self.tab == Tab::ToDecide),
            ("sent", t.approvals_tab_sent(), self.tab == Tab::Sent),
            ("done", t.approvals_tab_done(), self.tab == Tab::Done),
        ]
    }

    pub(super) fn tab_code(&self) -> &'static str {
        match self.tab {
            Tab::ToDecide => "todo",
            Tab::Sent => "sent",
            Tab::Done => "done",
        }
    }

    pub(super) fn empty(&self) -> &'static str {
        let t = self.page.t;
        match self.tab {
            Tab::ToDecide => t.approvals_empty(),
            Tab::Sent => t.approvals_empty_sent(),
            Tab::Done => t.approvals_empty_done(),
        }
    }

    pub(super) fn to_decide(&self) -> bool {
        self.tab == Tab::ToDecide
    }
}

pub(super) async fn list(
    State(app): State<App>,
    by: By,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Html<String>> {
    let person = by.person().ok_or(Error::SignIn)?;
    let tab = match asked.tab.as_str() {
        "sent" => Tab::Sent,
        "done" => Tab::Done,
        _ => Tab::ToDecide,
    };
    let before = DateTime::parse_from_rfc3339(&asked.before)
        .map_or(DateTime::<Utc>::MAX_UTC, |at| at.with_timezone(&Utc));
    let mut db = app.db.acquire().await?;
    let rows = cards_sql::cards(&mut db, tab, person, page.today(), before).await?;
    // The next page goes on below the last card that is shown; a plus would be a blank in an address.
    let next = rows
        .get(50)
        .and(rows.get(49))
        .map(|row| {
            row.requested_at
                .to_rfc3339_opts(SecondsFormat::Micros, true)
        })
        .unwrap_or_default();
    let mut cards: Vec<Card> = rows
        .into_iter()
        .take(50)
        .map(|row| card(row, &page))
        .collect();
    if tab == Tab::ToDecide {
        // What waits longest is decided first.
        cards.reverse();
    }
    Ok(Html(
        InboxPage {
            page,
            tab,
            cards,
            next,
        }
        .render()?,
    ))
}

fn card(row: cards_sql::Card, page: &Page) -> Card {
    let text = |name: &str| Some(row.summary.get(name)?.as_str()?.to_owned());
    let figure = |name: &str| text(name).and_then(|value| value.parse::<Decimal>().ok());
    let zh = page.lang == crate::base::Lang::Zh;
    Card {
        title: titled(page.t, (row.subject.as_str(), row.revision), &row.summary),
        was: was(&row.summary),
        stands_in: if zh { row.for_zh } else { row.for_en }.unwrap_or_default(),
        waits: row.state == "open",
        opinions: if row.opinions > 0 {
            page.t.approvals_opinions(row.given, row.opinions)
        } else {
            String::new()
        },
        missing: missing(&row.summary, zh),
        reason: row.asked_words,
        amount: figure("total").map_or_else(String::new, |total| {
            let currency = text("currency").unwrap_or_default();
            format!("{currency} {}", format::number(total))
        }),
        margin: figure("margin")
            .map(|margin| format!("{margin}%"))
            .unwrap_or_default(),
        asked_by: if zh {
            row.requested_zh
        } else {
            row.requested_en
        },
        decided_by: if zh { row.decided_zh } else { row.decided_en }.unwrap_or_default(),
        id: row.id.to_string(),
        number: row.number,
        customer: row.customer,
        goods: row.title,
        level: row.level,
        state: row.state,
        asked_at: row.requested_at,
        reminded_at: row.reminded_at,
        words: row.words,
    }
}

/// What an exception's gate is shut for, in the reader's language.
fn missing(summary: &serde_json::Value, zh: bool) -> String {
    let said = summary.pointer(if zh { "/missing/zh" } else { "/missing/en" });
    said.and_then(|value| value.as_str())
        .unwrap_or_default()
        .to_owned()
}

/// What the last approved version came to, and how far this one is from it.
fn was(summary: &serde_json::Value) -> String {
    let figure = |name: &str| -> Option<Decimal> { summary.get(name)?.as_str()?.parse().ok() };
    let (Some(was), Some(now)) = (figure("was"), figure("total")) else {
        return String::new();
    };
    let change = (now - was)
        .checked_div(was)
        .map(|share| (share * Decimal::ONE_HUNDRED).round_dp(1));
    let sign = if now > was { "+" } else { "" };
    match change {
        Some(change) if !change.is_zero() => {
            format!("{} ({sign}{change}%)", format::number(was))
        }
        _ => String::new(),
    }
}

pub(super) fn title_of(t: T, place: &cards_sql::Place) -> String {
    titled(t, (place.subject.as_str(), place.revision), &place.summary)
}

fn titled(t: T, (subject, revision): (&str, i32), summary: &serde_json::Value) -> String {
    let text = |name: &str| summary.get(name).and_then(serde_json::Value::as_str);
    match (text("note"), text("exception")) {
        (Some(note), _) => t.samples_title_note(note),
        (_, Some(name)) => t.exceptions_title_of(gate_word(t, subject), name),
        _ => title(t, subject, revision),
    }
}

fn title(t: T, subject: &str, revision: i32) -> String {
    match subject {
        "proforma" => t.proforma_title_revision(revision),
        "production_terms" => t.production_terms_card(revision),
        "production_counter" => t.production_counter_card().into(),
        "production_revision" => t.production_revision_card().into(),
        "change_order" => t.changes_title_number(revision),
        "payable" => t.payable_of_order().to_owned(),
        "cancelled_money" => t.receipt_money_title().to_owned(),
        other => format!("{other} {revision}"),
    }
}

/// Where the thing is decided.
fn address(place: &cards_sql::Place) -> String {
    let (id, revision) = (place.subject_id, place.revision);
    if Kind::parse(&place.subject).is_some() {
        return format!("/orders/{}/exceptions/{}", place.order, place.id);
    }
    let under = match place.subject.as_str() {
        "proforma" => format!("/proforma/{revision}/approval"),
        "sample_note" => format!("/samples/{id}/signature"),
        "production_terms" => format!("/production/{id}/terms"),
        "production_counter" | "production_revision" => format!("/production/{id}/decision"),
        "change_order" => format!("/changes/{revision}/approval"),
        "payable" => return format!("/payables/{}/approval", place.named),
        "cancelled_money" => {
            return format!("/receipts/{}/allocations/{id}/approval", place.named);
        }
        _ => String::new(),
    };
    format!("/orders/{}{under}", place.order)
}

pub(super) async fn place(app: &App, by: &By, id: &str) -> Result<cards_sql::Place> {
    let mut db = app.db.acquire().await?;
    place_in(&mut db, by, id).await
}

pub(super) async fn place_in(db: &mut PgConnection, by: &By, id: &str) -> Result<cards_sql::Place> {
    let id: ApprovalId = id.parse().map_err(|_| Error::NotFound)?;
    cards_sql::place(db, &InReach::of(by), id)
        .await?
        .ok_or(Error::NotFound)
}

/// The question that waits longest for this reader; her inbox where none does.
pub(super) async fn next(State(app): State<App>, by: By, page: Page) -> Result<Redirect> {
    let person = by.person().ok_or(Error::SignIn)?;
    let mut db = app.db.acquire().await?;
    let end = DateTime::<Utc>::MAX_UTC;
    let rows = cards_sql::cards(&mut db, Tab::ToDecide, person, page.today(), end).await?;
    Ok(rows.last().map_or_else(
        || Redirect::to("/approvals"),
        |row| Redirect::to(&format!("/approvals/{}", row.id)),
    ))
}

pub(super) async fn show(
    State(app): State<App>,
    by: By,
    Path(id): Path<String>,
) -> Result<Redirect> {
    Ok(Redirect::to(&address(&place(&app, &by, &id).await?)))
}

pub(super) async fn remind(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(id): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let place = place(&app, &by, &id).await?;
    let number: OrderNumber = place.order.clone();
    let mut act = orders::begin(&app, by, &number, &form.key).await?;
    let open = sql::lock_open(act.tx(), &place.subject, place.subject_id)
        .await?
        .ok_or(ask::Refusal::NotAsked)?;
    ask::remind(&mut act, &open).await?;
    act.finish(Answer::to("/approvals?tab=sent").tell(page.t, T::approvals_reminded))
        .await
}

//! Terms on trust 放账: for open account and collections the manager says yes to the terms of the confirmed proforma
//! invoice before a factory is told to begin. The question is asked with the draft and belongs to that content; when an
//! amendment is confirmed it is asked again.

use super::find::{self, Found};
use super::gate;
use super::paper::{Key, ProductionOrder, Refusal};
use super::sources_sql::{self, InForce};
use super::stage::Move;
use super::stage_sql;
use crate::approvals::{self, Decision, History, Open, Outcome, Verdict};
use crate::base::By;
use crate::history::Event;
use crate::history::production_event::ProductionEvent;
use crate::orders::{Head, OrderAct};
use crate::people::Deed;
use crate::production::limit::{self, Limit, Over};
use crate::proforma::content::Content as Ordered;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rust_decimal::Decimal;
use sqlx::PgConnection;

pub(super) const SUBJECT: &str = "production_terms";

fn asked(paper: &ProductionOrder, in_force: &InForce) -> approvals::Content {
    let ordered = &in_force.ordered;
    approvals::Content {
        subject: SUBJECT,
        id: paper.id.0,
        revision: ordered.revision,
        hash: in_force.hash.clone(),
        authors: paper.authors(),
        summary: serde_json::json!({ "currency": ordered.currency, "total": ordered.total }),
    }
}

/// Asks the manager where the terms are on trust, nobody has said yes to them, and the question is not open already.
pub(super) async fn ask_where_needed(
    act: &mut OrderAct,
    key: Key,
    in_force: &InForce,
) -> Result<()> {
    if !gate::asks_trust(&in_force.ordered) {
        return Ok(());
    }
    let papers = find::in_act(act).await?;
    let said = papers
        .iter()
        .any(|paper| paper.terms_hash.as_ref() == Some(&in_force.hash));
    if said {
        return Ok(());
    }
    for paper in &papers {
        let open = approvals::open_for(act.tx(), SUBJECT, paper.id.0).await?;
        match open {
            Some(open) if open.content_hash == in_force.hash => return Ok(()),
            // Asked of terms that are no longer in force.
            Some(_) => approvals::set_aside(act, SUBJECT, paper.id.0).await?,
            None => {}
        }
    }
    let Some(paper) = papers.iter().find(|paper| paper.key == key) else {
        return Ok(());
    };
    approvals::ask(act, &asked(paper, in_force), 1).await
}

#[derive(Template)]
#[template(path = "production/terms.html")]
struct TermsPage {
    page: Page,
    head: Head,
    paper: ProductionOrder,
    ordered: Option<Ordered>,
    limit: Limit,
    open: Option<Open>,
    may_decide: bool,
    prices: bool,
    shown: String,
    history: Vec<History>,
    words: String,
    faults: Faults,
}

impl TermsPage {
    fn over(&self) -> Option<String> {
        let t = self.page.t;
        Some(match self.limit.over()? {
            Over::By(amount) => t.production_limit_over(self.page.money(self.limit.money(amount))),
            Over::Unknown => t.production_limit_unknown().to_owned(),
        })
    }

    fn amount(&self, amount: impl std::borrow::Borrow<Option<Decimal>>) -> String {
        let said = amount
            .borrow()
            .map(|amount| self.page.money(self.limit.money(amount)));
        said.unwrap_or_else(|| self.page.t.web_none().to_owned())
    }

    fn payment(&self) -> String {
        let code = self
            .ordered
            .as_ref()
            .map(|ordered| ordered.payment.as_str());
        crate::base::payment_words::word(self.page.t, code.unwrap_or_default())
    }
}

pub(super) async fn show(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, paper)): Path<(String, String)>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let found = find::find(&mut db, &by, &number, &paper).await?;
    draw(&mut db, page, &by, found, None).await
}

async fn draw(
    db: &mut PgConnection,
    page: Page,
    by: &By,
    found: Found,
    typed: Option<(Fields, Faults)>,
) -> Result<Html<String>> {
    let Found { order, paper, .. } = found;
    let open = approvals::open_for(db, SUBJECT, paper.id.0).await?;
    let (words, faults) = typed
        .map(|(fields, faults)| (fields.get("words").to_owned(), faults))
        .unwrap_or_default();
    let in_force = sources_sql::in_force(db, &order).await?;
    let page = TermsPage {
        head: Head::load(db, &order, "production", &page).await?,
        may_decide: open
            .as_ref()
            .is_some_and(|open| order.may(by, Deed::ApproveTerms.of(open.hands()))),
        shown: open
            .as_ref()
            .map(|open| BASE64_URL_SAFE_NO_PAD.encode(&open.content_hash))
            .unwrap_or_default(),
        history: approvals::history(db, SUBJECT, order.id()).await?,
        prices: order.may(by, Deed::SeeCustomerPrices),
        limit: limit::read(db, &order).await?,
        ordered: in_force.map(|in_force| in_force.ordered),
        open,
        paper,
        words,
        faults,
        page,
    };
    Ok(Html(page.render()?))
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, paper)): Path<(String, String)>,
    form: Keyed,
) -> Result<Response> {
    let decision = match approvals::answer_form(&form) {
        Ok(decision) => decision,
        Err(Error::Invalid(faults)) => {
            let mut db = app.db.acquire().await?;
            let found = find::find(&mut db, &by, &number, &paper).await?;
            let hands = found.paper.hands();
            found.order.must(&by, Deed::ApproveTerms.of(hands))?;
            let typed = Some((form.fields, faults));
            let html = draw(&mut db, page, &by, found, typed).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
        Err(error) => return Err(error),
    };
    let (mut act, found) = find::begin(&app, by.clone(), &number, &paper, &form.key).await?;
    let outcome = match decide(&mut act, &found, &decision).await {
        Err(Error::Invalid(faults)) => {
            drop(act);
            let mut db = app.db.acquire().await?;
            let found = find::find(&mut db, &by, &number, &paper).await?;
            let html = draw(&mut db, page, &by, found, Some((form.fields, faults))).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
        outcome => outcome?,
    };
    let paper = found;
    let url = format!("{}/production/{}/terms", act.order.url(), paper.key);
    let answer = match outcome {
        Outcome::Returned { .. } => {
            Answer::to(url).tell(page.t, crate::base::T::approvals_state_returned)
        }
        _ => Answer::to(url).tell(page.t, crate::base::T::production_terms_said),
    };
    Ok(act.finish(answer).await?.into_response())
}

/// The act: the verdict on the terms that were shown.
pub async fn decide(
    act: &mut OrderAct,
    paper: &ProductionOrder,
    decision: &Decision,
) -> Result<Outcome> {
    act.must(Deed::ApproveTerms.of(paper.hands()))?;
    act.must_move()?;
    paper.after(Move::ApproveTerms)?;
    let order = act.order.clone();
    let in_force = sources_sql::in_force(act.tx(), &order)
        .await?
        .ok_or(Refusal::NotOrdered)?;
    if decision.verdict == Verdict::Approved
        && decision.words.is_empty()
        && limit::needs_words(act.tx(), &order).await?
    {
        return Err(Error::Invalid(Faults::one(
            "words",
            crate::base::T::production_limit_words,
        )));
    }
    let asked = asked(paper, &in_force);
    let outcome = approvals::answer(act, Deed::ApproveTerms, &asked, 1, decision).await?;
    let name = paper.name();
    let event = match &outcome {
        Outcome::Returned { words } => ProductionEvent::ProductionTermsReturned {
            paper: name,
            words: words.clone(),
        },
        Outcome::Approved { .. } | Outcome::Waiting { .. } => {
            stage_sql::note_terms(act, paper, &in_force.hash).await?;
            ProductionEvent::ProductionTermsApproved { paper: name }
        }
    };
    act.happened(&Event::Production(event)).await?;
    Ok(outcome)
}

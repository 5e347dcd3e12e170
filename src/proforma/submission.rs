//! Submission: handed in for approval, taken back, or made void. Handing in freezes goods and terms as the revision.

use super::content::{Account, Content, Lack};
use super::invoice::{Lacking, ProformaInvoice, Refusal};
use super::margin::LevelRule;
use super::stage::Move;
use super::{questions, show, sources_sql, sql};
use crate::approvals;
use crate::base::By;
use crate::history::Event;
use crate::orders::lines::Line;
use crate::orders::{Order, OrderAct, lines};
use crate::people::Deed;
use crate::web::{Answer, App, Error, Faults, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::Html;
use sqlx::PgConnection;

pub(super) const SUBJECT: &str = "proforma";

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, revision)): Path<(String, i32)>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let (mut act, paper) = show::begin(&app, by, &number, revision, &form.key).await?;
    act.must(Deed::SubmitProforma)?;
    if form.rev.is_some_and(|rev| rev != paper.version) {
        return Err(approvals::Refusal::ContentChanged.into());
    }
    submit(&mut act, revision).await?;
    let url = format!("{}/proforma/{revision}", act.order.url());
    act.finish(Answer::to(url).tell(page.t, crate::base::T::proforma_submitted))
        .await
}

/// The act: freezes the content and asks for the first yes.
pub async fn submit(act: &mut OrderAct, revision: i32) -> Result<()> {
    act.must(Deed::SubmitProforma)?;
    act.must_move()?;
    let paper = show::in_act(act, revision).await?;
    let stage = paper.after(Move::Submit)?;
    paper.still_valid(act.today())?;
    let (content, goods) = gather(act, &paper).await?;
    let hash = content.hash()?;
    sql::freeze(act, &paper, &hash, &content).await?;
    sql::save_stage(act, &paper, stage).await?;
    let total = content.money();
    let asked = asked(act, &paper, &content, &goods, hash).await?;
    approvals::ask(act, &asked, 1).await?;
    act.happened(&Event::ProformaSubmitted { revision, total })
        .await
}

/// What the approval belongs to, with the facts its card shows.
pub(super) async fn asked(
    act: &mut OrderAct,
    paper: &ProformaInvoice,
    content: &Content,
    goods: &[Line],
    hash: Vec<u8>,
) -> Result<approvals::Content> {
    let rule = sources_sql::level_rule(act.tx(), content.currency).await?;
    let budget = rule.budget(content, goods);
    let order = act.order.clone();
    let earlier = sql::list_for(act.tx(), &order).await?;
    let last = earlier
        .iter()
        .find(|other| other.revision() < paper.revision() && other.was_approved());
    Ok(approvals::Content {
        subject: SUBJECT,
        id: paper.id.0,
        revision: paper.revision(),
        hash,
        authors: paper.authors(),
        summary: serde_json::json!({
            "currency": content.currency,
            "total": content.total,
            "levels": rule.levels(content, budget.as_ref()),
            "was": last.and_then(|last| last.content.as_ref()).map(|content| content.total),
            "margin": budget.map(|budget| budget.margin),
        }),
    })
}

/// The content as it stands this moment, complete; else a refusal that names everything that is missing.
pub(super) async fn gather(
    act: &mut OrderAct,
    paper: &ProformaInvoice,
) -> Result<(Content, Vec<Line>)> {
    let order = act.order.clone();
    let goods = lines::lines(act.tx(), &order).await?;
    let content = assemble(act.tx(), &order, paper, &goods).await?;
    match content {
        Ok(content) => Ok((content, goods)),
        Err(lacks) => Err(Refusal::NotComplete(lacks).into()),
    }
}

/// The content, or what it lacks: asked before submitting and shown beside the draft.
pub(super) async fn assemble(
    db: &mut PgConnection,
    order: &Order,
    paper: &ProformaInvoice,
    goods: &[Line],
) -> Result<std::result::Result<Content, Vec<Lacking>>> {
    let seller = sources_sql::seller(db, order).await?;
    let account = match paper.draft.account {
        Some(id) => sources_sql::account(db, id).await?,
        None => None,
    };
    let paid = sources_sql::paid(db, order).await?;
    let mut lacks = lacking(order, paper, goods, account.as_ref());
    let account = account.map(|(account, _)| account);
    match Content::of(order, &paper.draft, seller, account, (goods, &paid)) {
        Ok(content) if lacks.is_empty() => {
            let payment_said = sources_sql::payment_said(db, &content.payment).await?;
            let content = Content {
                payment_said,
                ..content
            };
            return Ok(Ok(paper.as_frozen(content)));
        }
        Ok(_) => {}
        Err(Lack::Lines) => lacks.push(Lacking::Lines),
        Err(Lack::Price(line) | Lack::Amount(line)) => lacks.push(Lacking::Price(line)),
        Err(Lack::Terms) => lacks.push(Lacking::Terms),
        Err(Lack::Total) => lacks.push(Lacking::Total),
    }
    Ok(Err(lacks))
}

fn lacking(
    order: &Order,
    paper: &ProformaInvoice,
    goods: &[Line],
    account: Option<&(Account, String)>,
) -> Vec<Lacking> {
    let wording = &paper.draft.wording;
    let mut lacks = Vec::new();
    let mut need = |met: bool, lack| {
        if !met {
            lacks.push(lack);
        }
    };
    need(!order.terms.place.is_empty(), Lacking::Place);
    need(
        !wording.loading_port.is_empty() && !wording.discharge_port.is_empty(),
        Lacking::Ports,
    );
    need(
        order.terms.delivery_on.is_some() || !wording.delivery.is_empty(),
        Lacking::Delivery,
    );
    need(!wording.buyer.is_empty(), Lacking::Buyer);
    need(account.is_some(), Lacking::Account);
    need(
        account.is_none_or(|(_, currency)| currency == order.terms.currency.as_str()),
        Lacking::AccountCurrency,
    );
    need(
        wording.discount_percent.is_zero() || !wording.discount_reason.is_empty(),
        Lacking::DiscountReason,
    );
    need(
        wording.adjustments.iter().all(|one| !one.reason.is_empty()),
        Lacking::AdjustmentReason,
    );
    if wording.paper_lang != "zh-CN" {
        for (place, line) in goods.iter().enumerate() {
            need(
                !line.description_en.is_empty(),
                Lacking::EnglishName(place + 1),
            );
        }
    }
    lacks
}

pub(super) async fn withdraw(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, revision)): Path<(String, i32)>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let (mut act, paper) = show::begin(&app, by, &number, revision, &form.key).await?;
    let stage = paper.after(Move::Withdraw)?;
    approvals::withdraw(&mut act, SUBJECT, paper.id.0).await?;
    sql::save_stage(&mut act, &paper, stage).await?;
    act.happened(&Event::ProformaWithdrawn { revision }).await?;
    let url = format!("{}/proforma/{revision}/edit", act.order.url());
    act.finish(Answer::to(url).tell(page.t, crate::base::T::proforma_withdrawn))
        .await
}

/// The question before voiding, as a page of its own.
pub(super) async fn ask_void(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, revision)): Path<(String, i32)>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, paper) = show::find(&mut db, &by, &number, revision).await?;
    order.must(&by, Deed::VoidDocument)?;
    paper.after(Move::Void)?;
    questions::void(page, &order, &paper, String::new(), Faults::default())
}

pub(super) async fn void(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, revision)): Path<(String, i32)>,
    form: Keyed,
) -> Result<axum::response::Response> {
    use axum::response::IntoResponse;
    form.only(&["reason"])?;
    let (mut act, paper) = show::begin(&app, by, &number, revision, &form.key).await?;
    act.must(Deed::VoidDocument)?;
    let stage = paper.after(Move::Void)?;
    let reason = form.fields.get("reason").to_owned();
    if reason.is_empty() {
        let faults = Faults::one("reason", crate::base::T::orders_reason_missing);
        let html = questions::void(page, &act.order, &paper, reason, faults)?;
        return Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    }
    if form.rev()? != paper.version {
        return Err(Error::refused(approvals::Refusal::ContentChanged));
    }
    sql::save_stage(&mut act, &paper, stage).await?;
    act.happened(&Event::ProformaVoided { revision, reason })
        .await?;
    let url = format!("{}/proforma/{revision}", act.order.url());
    Ok(act
        .finish(Answer::to(url).tell(page.t, crate::base::T::proforma_voided))
        .await?
        .into_response())
}

/// How many yeses a content asks for, by the company's rule.
pub(super) fn levels(rule: &LevelRule, content: &Content, goods: &[Line]) -> i16 {
    rule.levels(content, rule.budget(content, goods).as_ref())
}

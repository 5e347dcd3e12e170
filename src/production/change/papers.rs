//! Issued papers 已发单证 of an order: which are in force, which a change made outdated, and the manager's named leave to
//! send an outdated one as it is.

use super::thing::Refusal;
use crate::base::{By, OrderNumber, T};
use crate::documents::register::{self, Issued};
use crate::history::{Event, IssueEvent};
use crate::orders::{self, Head, Order, OrderAct};
use crate::people::Deed;
use crate::people::rights::{Asked, Hands};
use crate::production::asking::{Asking, Part};
use crate::production::outside;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "changes/papers.html")]
struct PapersPage {
    page: Page,
    head: Head,
    papers: Vec<Issued>,
    may_override: bool,
}

impl PapersPage {
    /// `change_order:4` is change order 4.
    fn cause(&self, paper: &Issued) -> String {
        paper
            .stale_by
            .strip_prefix("change_order:")
            .map(|number| self.page.t.changes_title_number(number.to_owned()))
            .unwrap_or_default()
    }

    fn kind(&self, paper: &Issued) -> &'static str {
        kind_word(self.page.t, &paper.kind)
    }
}

/// What a kind of paper is called; kinds of later desks are shown by their number alone.
fn kind_word(t: T, kind: &str) -> &'static str {
    match kind {
        "proforma_invoice" => t.proforma_title(),
        "production_order" => t.changes_kind_production_order(),
        "sample_note" => t.changes_kind_sample_note(),
        "commercial_invoice" => t.changes_kind_commercial_invoice(),
        "packing_list" => t.changes_kind_packing_list(),
        _ => t.changes_kind_other(),
    }
}

/// Who issued it is excluded.
fn deed(paper: &Issued) -> Asked {
    Deed::OverrideStalePaper.of(Hands {
        authors: paper.issued_by.into_iter().collect(),
        requester: None,
        approver: None,
    })
}

pub(super) async fn list(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = orders::find(&mut db, &by, &number).await?;
    let page = PapersPage {
        papers: register::papers(&mut db, order.id()).await?,
        may_override: order.may(&by, Deed::OverrideStalePaper),
        head: Head::load(&mut db, &order, "issues", &page).await?,
        page,
    };
    Ok(Html(page.render()?))
}

async fn draw(
    app: &App,
    by: &By,
    page: Page,
    (number, id): &(String, Uuid),
    typed: Option<(Fields, Faults)>,
) -> Result<Response> {
    let number = OrderNumber::parse(number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order: Order = orders::find(&mut db, by, &number).await?;
    let paper = register::papers(&mut db, order.id())
        .await?
        .into_iter()
        .find(|paper| paper.id == *id)
        .ok_or(Error::NotFound)?;
    order.must(by, deed(&paper))?;
    if !paper.is_barred() {
        return Err(Refusal::NotStale.into());
    }
    let (fields, faults) = typed.unwrap_or_default();
    let t = page.t;
    Asking {
        title: t.changes_override(paper.name()),
        sentence: t.changes_override_sentence().to_owned(),
        verb: t.changes_override_verb().to_owned(),
        action: format!("{}/papers/{id}/override", order.url()),
        back: format!("{}/papers", order.url()),
        back_name: t.changes_papers().to_owned(),
        rev: String::new(),
        danger: true,
        upload: false,
        parts: vec![Part::area("words", t.orders_reason())],
        fields,
        faults,
        order,
        page,
    }
    .draw()
}

pub(super) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(spot): Path<(String, Uuid)>,
) -> Result<Response> {
    draw(&app, &by, page, &spot, None).await
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(spot): Path<(String, Uuid)>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["words"])?;
    let mut faults = Faults::default();
    let missing = T::orders_reason_missing;
    let reason = outside::text(&form.fields, "words", 1_000, &mut faults, missing);
    if !faults.is_empty() {
        return draw(&app, &by, page, &spot, Some((form.fields, faults))).await;
    }
    let number = OrderNumber::parse(&spot.0).ok_or(Error::NotFound)?;
    let mut act = orders::begin(&app, by, &number, &form.key).await?;
    override_stale(&mut act, spot.1, &reason).await?;
    let url = format!("{}/papers", act.order.url());
    Ok(act
        .finish(Answer::to(url).tell(page.t, T::changes_overridden))
        .await?
        .into_response())
}

/// The act: an outdated paper may leave the house as it is, in the manager's name.
pub(super) async fn override_stale(act: &mut OrderAct, id: Uuid, reason: &str) -> Result<()> {
    let (order, by) = (act.order.id(), act.by.clone());
    let paper = register::papers(act.tx(), order)
        .await?
        .into_iter()
        .find(|paper| paper.id == id)
        .ok_or(Error::NotFound)?;
    act.must(deed(&paper))?;
    if !register::override_stale(act.tx(), order, id, &by, reason).await? {
        return Err(Refusal::NotStale.into());
    }
    act.happened(&Event::Issue(IssueEvent::StalePaperOverridden {
        paper: paper.name(),
        reason: reason.to_owned(),
    }))
    .await
}

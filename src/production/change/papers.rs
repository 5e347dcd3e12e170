//! Issued papers 已发单证 of an order: which are in force, which a change made outdated, and the manager's named leave to
//! send an outdated one as it is.

use super::resending;
use super::thing::Refusal;
use crate::approvals::exception::{self, Basis, Beside, Kind};
use crate::base::{By, OrderNumber, T};
use crate::documents::register::{self, Issued};
use crate::history::{Event, IssueEvent};
use crate::orders::{self, Head, Order, OrderAct};
use crate::people::Deed;
use crate::people::rights::Hands;
use crate::production::asking::{Asking, Part};
use crate::production::outside;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "changes/papers.html")]
struct PapersPage {
    page: Page,
    head: Head,
    papers: Vec<Issued>,
    may_override: bool,
    /// Papers this reader may send once more.
    again: Vec<Uuid>,
    /// The way to the manager, for each paper that may not go out.
    besides: Vec<(Uuid, Beside)>,
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

    fn goes_again(&self, paper: &Issued) -> bool {
        self.again.contains(&paper.id)
    }

    fn beside(&self, paper: &Issued) -> Option<&Beside> {
        let mut own = self.besides.iter().filter(|(id, _)| *id == paper.id);
        own.next().map(|(_, beside)| beside)
    }

    fn kind(&self, paper: &Issued) -> &'static str {
        kind_word(self.page.t, &paper.kind)
    }
}

/// What a kind of paper is called; kinds of later desks are shown by their number alone.
pub(super) fn kind_word(t: T, kind: &str) -> &'static str {
    match kind {
        "proforma_invoice" => t.proforma_title(),
        "production_order" => t.changes_kind_production_order(),
        "sample_note" => t.changes_kind_sample_note(),
        "commercial_invoice" => t.changes_kind_commercial_invoice(),
        "packing_list" => t.changes_kind_packing_list(),
        _ => t.changes_kind_other(),
    }
}

/// The manager's own, or on what the manager granted; who issued it is excluded.
async fn basis(db: &mut PgConnection, by: &By, order: &Order, paper: &Issued) -> Result<Basis> {
    let hands = Hands {
        authors: paper.issued_by.into_iter().collect(),
        ..Hands::default()
    };
    let orders = std::slice::from_ref(order);
    exception::basis(db, by, orders, (Kind::StalePaper, paper.id), hands).await
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
    let papers = register::papers(&mut db, order.id()).await?;
    let mut besides = Vec::new();
    for paper in papers.iter().filter(|paper| paper.is_barred()) {
        let (orders, id) = (std::slice::from_ref(&order), paper.id.to_string());
        let asked = (Kind::StalePaper, paper.id, id.as_str());
        let beside = exception::beside(&mut db, page.t, &by, orders, asked).await?;
        besides.extend(beside.map(|beside| (paper.id, beside)));
    }
    let again = |paper: &&Issued| {
        let sends = order.reader_may(resending::deed(&paper.kind));
        order.condition.moves() && sends && paper.superseded_at.is_none() && !paper.is_barred()
    };
    let page = PapersPage {
        again: papers.iter().filter(again).map(|paper| paper.id).collect(),
        papers,
        besides,
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
    let basis = basis(&mut db, by, &order, &paper).await?;
    if !paper.is_barred() {
        return Err(Refusal::NotStale.into());
    }
    let (fields, faults) = typed.unwrap_or_else(|| {
        let mut fields = Fields::default();
        fields.set("words", basis.asked_words().to_owned());
        (fields, Faults::default())
    });
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
    let (held, by) = (act.order.clone(), act.by.clone());
    let order = held.id();
    let paper = register::papers(act.tx(), order)
        .await?
        .into_iter()
        .find(|paper| paper.id == id)
        .ok_or(Error::NotFound)?;
    let basis = basis(act.tx(), &by, &held, &paper).await?;
    exception::spend(act, &[held], &basis).await?;
    let reason = &basis.reason(T(by.lang), reason);
    let whose = (basis.person(&by), by.at);
    if !register::override_stale(act.tx(), order, id, whose, reason).await? {
        return Err(Refusal::NotStale.into());
    }
    act.happened(&Event::Issue(IssueEvent::StalePaperOverridden {
        paper: paper.name(),
        reason: reason.clone(),
    }))
    .await
}

//! The editor of a draft: quantities and prices by line, wording, and what is checked before it is issued.

use super::coverage::{self, Row};
use super::find::{self, Checked, Found};
use super::paper::{Lacking, ProductionOrder};
use super::stage::Move;
use super::{draft, fields, revising};
use crate::approvals::exception::{self, Beside, Kind};
use crate::base::By;
use crate::history::{Stream, timeline};
use crate::orders::Head;
use crate::people::Deed;
use crate::web::stale::{Stale, Theirs};
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "production/edit.html")]
struct EditPage {
    page: Page,
    head: Head,
    paper: ProductionOrder,
    fields: Fields,
    faults: Faults,
    rows: Vec<EditRow>,
    lacks: Vec<Lacking>,
    checked: Checked,
    held: Vec<String>,
    too_much: Vec<String>,
    /// Why the manager is asked, against the revision in force.
    asks: Vec<String>,
    /// The day of the proforma invoice, where the draft's is later.
    later_than: Option<chrono::NaiveDate>,
    may_override: bool,
    beside: Option<Beside>,
    may_void: bool,
    /// The revision in force that this one will take the place of.
    replaces: Option<String>,
}

/// One ordered line in the editor.
struct EditRow {
    row: Row,
    others: rust_decimal::Decimal,
    id: String,
    quantity: String,
    price: String,
    quantity_fault: String,
    price_fault: String,
}

impl EditPage {
    fn url(&self) -> String {
        format!("{}/production/{}", self.head.order.url(), self.paper.key)
    }

    fn is_good(&self) -> bool {
        self.lacks.is_empty() && self.held.is_empty() && self.too_much.is_empty()
    }
}

pub(super) async fn edit(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, paper)): Path<(String, String)>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let found = find::find(&mut db, &by, &number, &paper).await?;
    found.order.must(&by, Deed::DraftProductionOrder)?;
    found.paper.after(Move::Edit)?;
    draw(&mut db, page, &by, found, None).await
}

#[expect(clippy::too_many_lines, reason = "what one page shows, part by part")]
async fn draw(
    db: &mut PgConnection,
    page: Page,
    by: &By,
    found: Found,
    typed: Option<(Fields, Faults)>,
) -> Result<Html<String>> {
    let Found {
        order,
        paper,
        papers,
    } = found;
    let checked = find::check(db, &order, &paper, &papers).await?;
    let ordered = checked.in_force.as_ref().map(|found| &found.ordered);
    let (fields, faults) =
        typed.unwrap_or_else(|| (fields::stored(&paper, ordered), Faults::default()));
    let sees = order.may(by, Deed::SeeCustomerPrices);
    let held = checked.held(&paper, &papers);
    let holds = held.map(|held| held.0).unwrap_or_default();
    let beside = if holds.is_empty() && checked.over(&paper).is_empty() {
        None
    } else {
        let key = paper.key.to_string();
        let asked = (Kind::ProductionGate, paper.id.0, key.as_str());
        let orders = std::slice::from_ref(&order);
        exception::beside(db, page.t, by, orders, asked).await?
    };
    let rows = ordered.map(|ordered| coverage::rows(ordered, &papers));
    let page = EditPage {
        rows: rows
            .unwrap_or_default()
            .into_iter()
            .enumerate()
            .map(|(place, row)| edit_row(place, row, (&fields, &faults), (&paper, &papers), &page))
            .collect(),
        lacks: paper.lacks(|id| {
            let line = ordered?.lines.iter().find(|line| line.line == id)?;
            Some(line.name())
        }),
        held: holds.iter().map(|hold| hold.tell(page.t, sees)).collect(),
        too_much: checked.over(&paper).to_vec(),
        asks: revising::told(page.t, checked.asks)
            .map(|(_, sentence)| sentence)
            .collect(),
        later_than: ordered
            .and_then(|ordered| ordered.delivery_on)
            .filter(|day| paper.wording.delivery_on.is_some_and(|own| own > *day)),
        may_override: order.may(by, Deed::OverrideProductionGate.of(paper.hands())),
        beside,
        may_void: order.may(by, Deed::VoidDocument),
        replaces: papers
            .iter()
            .find(|other| other.key.number == paper.key.number && other.stage.in_force())
            .map(ProductionOrder::name),
        head: Head::load(db, &order, "production", &page).await?,
        checked,
        paper,
        fields,
        faults,
        page,
    };
    Ok(Html(page.render()?))
}

fn edit_row(
    place: usize,
    row: Row,
    (fields, faults): (&Fields, &Faults),
    (paper, papers): (&ProductionOrder, &[ProductionOrder]),
    page: &Page,
) -> EditRow {
    let fault = |column: &str| page.fault(faults, &format!("lines[{place}][{column}]"));
    EditRow {
        others: coverage::others(row.line, paper, papers),
        id: row.line.to_string(),
        quantity: fields.cell("lines", place, "quantity").to_owned(),
        price: fields.cell("lines", place, "price").to_owned(),
        quantity_fault: fault("quantity"),
        price_fault: fault("price"),
        row,
    }
}

/// Saves the draft; with `act=issue` goes on to issuing it.
pub(super) async fn save(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, paper)): Path<(String, String)>,
    form: Keyed,
) -> Result<Response> {
    form.only(&fields::known())?;
    match saved(&app, by.clone(), &number, &paper, &form, &page).await {
        Err(Error::Invalid(faults)) => {
            let mut db = app.db.acquire().await?;
            let found = find::find(&mut db, &by, &number, &paper).await?;
            let typed = Some((form.fields, faults));
            let html = draw(&mut db, page, &by, found, typed).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(Error::Stale(_)) => Err(stale(&app, &by, &number, &paper, &form).await?),
        done => Ok(done?.into_response()),
    }
}

async fn saved(
    app: &App,
    by: By,
    number: &str,
    paper: &str,
    form: &Keyed,
    page: &Page,
) -> Result<Answer> {
    let (mut act, paper) = find::begin(app, by, number, paper, &form.key).await?;
    act.must(Deed::DraftProductionOrder)?;
    paper.after(Move::Edit)?;
    let order = act.order.clone();
    let in_force = super::sources_sql::in_force(act.tx(), &order)
        .await?
        .ok_or(super::paper::Refusal::NotOrdered)?;
    let mut faults = Faults::default();
    let (wording, lines) = fields::read(&form.fields, &in_force.ordered, &mut faults);
    faults.check()?;
    if form.rev()? != paper.version {
        return Err(Error::Stale(Box::default()));
    }
    draft::write(&mut act, &paper, (&wording, &lines)).await?;
    let url = format!("{}/production/{}", order.url(), paper.key);
    let answer = if form.fields.get("act") == "issue" {
        Answer::to(format!("{url}/issue"))
    } else {
        Answer::to(format!("{url}/edit")).tell(page.t, crate::base::T::web_saved)
    };
    act.finish(answer).await
}

/// Both versions, field by field, so that nothing typed is lost.
async fn stale(app: &App, by: &By, number: &str, paper: &str, form: &Keyed) -> Result<Error> {
    let mut db = app.db.acquire().await?;
    let Found {
        order,
        paper,
        papers,
    } = find::find(&mut db, by, number, paper).await?;
    let checked = find::check(&mut db, &order, &paper, &papers).await?;
    let ordered = checked.in_force.as_ref().map(|found| &found.ordered);
    let stream = Stream::stream(&order);
    let entries = timeline::read(&mut db, &stream, by.lang, None, 1).await?;
    let who = entries.into_iter().next();
    Ok(Error::Stale(Box::new(Stale::between(
        &form.fields,
        Theirs {
            fields: fields::stored(&paper, ordered),
            rev: paper.version,
            who: who
                .as_ref()
                .and_then(|entry| entry.who.clone())
                .unwrap_or_default(),
            at: who.map(|entry| entry.at),
        },
        format!("{}/production/{}", order.url(), paper.key),
    ))))
}

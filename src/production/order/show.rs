//! Pages: all orders to factories with what they cover, and one of them with its answers and its progress.

use super::content::Content;
use super::counter::Asks;
use super::coverage::{self, Row};
use super::find::{self, Found};
use super::paper::ProductionOrder;
use super::sources_sql;
use super::stage::{Move, Stage};
use super::{answering, deciding, sql};
use crate::approvals;
use crate::base::{By, LineId, OrderNumber, T};
use crate::history::event::Change;
use crate::orders::{self, Head, Order, terms as order_terms};
use crate::people::Deed;
use crate::production::progress::report::{self, Done, Report};
use crate::production::progress::{Stage as At, sql as progress_sql};
use crate::proforma::difference::Row as Differs;
use crate::web::{App, Error, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use rust_decimal::Decimal;

#[derive(Template)]
#[template(path = "production/list.html")]
struct ListPage {
    page: Page,
    head: Head,
    papers: Vec<Listed>,
    rows: Vec<CoverRow>,
    /// Papers that stand in the table of coverage, by number.
    columns: Vec<ProductionOrder>,
    ordered: bool,
    left: bool,
    may_begin: bool,
    factories: Vec<(String, String)>,
}

struct Listed {
    paper: ProductionOrder,
    percent: u32,
}

impl ListPage {
    fn url(&self) -> String {
        format!("{}/production", self.head.order.url())
    }
}

/// An ordered line with what each factory has of it.
struct CoverRow {
    row: Row,
    given: Vec<Option<Decimal>>,
}

#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
pub(super) async fn list(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = orders::find(&mut db, &by, &number).await?;
    let papers = sql::list_for(&mut db, &order).await?;
    let reports = progress_sql::list_for(&mut db, &order).await?;
    let in_force = sources_sql::in_force(&mut db, &order).await?;
    let rows = in_force
        .as_ref()
        .map(|found| coverage::rows(&found.ordered, &papers))
        .unwrap_or_default();
    let may_begin =
        in_force.is_some() && order.condition.moves() && order.may(&by, Deed::DraftProductionOrder);
    let columns = columns(&papers);
    let page = ListPage {
        left: rows.iter().any(|row| !row.left().is_zero()),
        rows: rows
            .into_iter()
            .map(|row| CoverRow {
                given: columns
                    .iter()
                    .map(|paper| paper.quantity_of(row.line))
                    .collect(),
                row,
            })
            .collect(),
        factories: if may_begin {
            order_terms::factories(&mut db).await?
        } else {
            Vec::new()
        },
        ordered: in_force.is_some(),
        may_begin,
        head: Head::load(&mut db, &order, "production", &page).await?,
        papers: papers
            .into_iter()
            .map(|paper| Listed {
                percent: percent(&paper, &reports),
                paper,
            })
            .collect(),
        columns,
        page,
    };
    Ok(Html(page.render()?))
}

/// One paper a number: the one in force, or the draft where nothing is.
fn columns(papers: &[ProductionOrder]) -> Vec<ProductionOrder> {
    let stands = |paper: &&ProductionOrder| {
        let in_force = papers
            .iter()
            .any(|other| other.key.number == paper.key.number && other.stage.in_force());
        paper.stage.in_force() || (paper.stage == Stage::Draft && !in_force)
    };
    papers.iter().filter(stands).cloned().collect()
}

fn percent(paper: &ProductionOrder, reports: &[Report]) -> u32 {
    if matches!(paper.stage, Stage::Ready | Stage::Closed) {
        return 100;
    }
    let lines: Vec<(LineId, Decimal)> = paper
        .lines
        .iter()
        .map(|given| (given.line, given.quantity))
        .collect();
    report::percent(&report::latest(reports, paper.key.number), &lines)
}

#[derive(Template)]
#[template(path = "production/one.html")]
struct OnePage {
    page: Page,
    head: Head,
    paper: ProductionOrder,
    content: Option<Content>,
    /// Factory prices may be shown to this reader.
    prices: bool,
    can: Can,
    changes: Vec<Differs>,
    asks: Asks,
    asked: bool,
    /// What the proforma invoice says otherwise: kind and sentence.
    against: Vec<(&'static str, String)>,
    stages: [At; 5],
    run: Vec<RunRow>,
    percent: u32,
    reports: Vec<Report>,
    others: Vec<(String, String, &'static str)>,
}

/// One line on its way through the stages.
struct RunRow {
    name: String,
    quantity: Decimal,
    done: Vec<Decimal>,
    ready: Option<Decimal>,
}

impl OnePage {
    fn url(&self) -> String {
        format!("{}/production/{}", self.head.order.url(), self.paper.key)
    }

    fn file(&self, id: &str) -> String {
        format!("{}/files/{id}", self.head.order.url())
    }

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "the template hands its fields over by reference"
    )]
    fn reached(&self, index: &usize) -> Decimal {
        let done = self.run.iter().filter_map(|row| row.done.get(*index));
        done.sum()
    }

    fn all(&self) -> Decimal {
        self.paper.quantity()
    }
}

/// The word of a changed field: `lines.2.quantity` is line 2, quantity.
fn field_word(t: T, field: &str) -> String {
    let parts: Vec<&str> = field.split('.').collect();
    let column = |name: &str| match name {
        "quantity" => t.orders_column_quantity(),
        "factory_price" => t.production_price(),
        _ => t.production_delivery_on(),
    };
    match parts.as_slice() {
        ["lines", place, name] => t.production_line_field(place, column(name)),
        _ => column(field).to_owned(),
    }
}

/// The changes as rows of a table of before and after.
pub(super) fn differing(t: T, changes: &[Change]) -> Vec<Differs> {
    changes
        .iter()
        .map(|change| Differs {
            name: field_word(t, &change.field),
            before: change.from.clone().unwrap_or_default(),
            after: change.to.clone().unwrap_or_default(),
            kind: t.proforma_kind_changed().to_owned(),
            lead: false,
            figure: true,
            same: false,
        })
        .collect()
}

/// What this reader may do with the paper now; the same questions the gates ask.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one answer a button")]
struct Can {
    edit: bool,
    open_gate: bool,
    answer: bool,
    accept: bool,
    decide: bool,
    decline: bool,
    start: bool,
    progress: bool,
    ready: bool,
    close: bool,
    revise: bool,
    void: bool,
}

impl Can {
    fn of(order: &Order, by: &By, paper: &ProductionOrder, manager: bool) -> Self {
        let may = |step: Move| {
            order.condition.moves()
                && paper.stage.after(step).is_some()
                && step
                    .deed()
                    .is_some_and(|deed| order.may(by, deed.of(paper.hands())))
        };
        Self {
            edit: may(Move::Edit),
            open_gate: may(Move::OverrideGate),
            answer: may(Move::Acknowledge),
            accept: may(Move::Accept) && !manager,
            decide: may_decide(order, by, paper) && manager,
            decline: may(Move::Decline),
            start: may(Move::Start),
            progress: order.condition.moves()
                && paper.stage.takes_progress()
                && order.may(by, Deed::ReportProgress),
            ready: may(Move::ReportReady),
            close: may(Move::Close),
            revise: may(Move::OpenNextRevision),
            void: may(Move::Void),
        }
    }
}

fn may_decide(order: &Order, by: &By, paper: &ProductionOrder) -> bool {
    order.condition.moves()
        && paper.stage == Stage::CounterProposed
        && order.may(by, Deed::ApproveCounterProposal.of(paper.hands()))
}

#[expect(clippy::too_many_lines, reason = "what one page shows, part by part")]
pub(super) async fn one(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, paper)): Path<(String, String)>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let Found {
        order,
        paper,
        papers,
    } = find::find(&mut db, &by, &number, &paper).await?;
    let in_force = sources_sql::in_force(&mut db, &order).await?;
    let ordered = in_force.as_ref().map(|found| &found.ordered);
    let counter = paper.counter.clone();
    let asks = counter
        .as_ref()
        .map(|counter| deciding::asks(&paper, counter, ordered))
        .unwrap_or_default();
    let mut can = Can::of(&order, &by, &paper, asks.manager());
    if can.edit {
        let url = format!("{}/production/{}/edit", order.url(), paper.key);
        return Ok(Redirect::to(&url).into_response());
    }
    let drafted = papers
        .iter()
        .any(|other| other.key.number == paper.key.number && other.stage == Stage::Draft);
    can.revise &= !drafted;
    let prices = order.may(&by, Deed::SeeFactoryPrices);
    let mut changes = counter
        .as_ref()
        .filter(|_| paper.stage == Stage::CounterProposed)
        .map(|counter| answering::changes(&paper, counter, ordered))
        .unwrap_or_default();
    changes.retain(|change| prices || !change.field.ends_with("factory_price"));
    let open = approvals::open_for(&mut db, deciding::SUBJECT, paper.id.0).await?;
    let mut reports = progress_sql::list_for(&mut db, &order).await?;
    reports.retain(|report| report.number == paper.key.number);
    let latest = report::latest(&reports, paper.key.number);
    let page = OnePage {
        against: against(&page, &paper, ordered),
        stages: At::ALL,
        run: run(&paper, &latest),
        percent: percent(&paper, &reports),
        others: papers
            .iter()
            .filter(|other| other.key.number == paper.key.number && other.id != paper.id)
            .map(|other| {
                let url = format!("{}/production/{}", order.url(), other.key);
                (url, other.name(), other.stage.label(page.t))
            })
            .collect(),
        head: Head::load(&mut db, &order, "production", &page).await?,
        content: paper.content.clone(),
        asked: open.is_some(),
        changes: differing(page.t, &changes),
        prices,
        can,
        asks,
        paper,
        reports,
        page,
    };
    Ok(Html(page.render()?).into_response())
}

fn run(paper: &ProductionOrder, latest: &[Done]) -> Vec<RunRow> {
    let lines = paper.lines.iter().zip(paper.line_names());
    lines
        .map(|(given, (name, _))| RunRow {
            name,
            quantity: given.quantity,
            done: At::ALL
                .map(|stage| report::at(latest, given.line, stage))
                .into(),
            ready: given.ready,
        })
        .collect()
}

/// The paper against the proforma invoice in force: delivery, packing, marks.
fn against(
    page: &Page,
    paper: &ProductionOrder,
    ordered: Option<&crate::proforma::content::Content>,
) -> Vec<(&'static str, String)> {
    let (t, Some(ordered)) = (page.t, ordered) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    match (paper.wording.delivery_on, ordered.delivery_on) {
        (Some(own), Some(needed)) if own > needed => {
            found.push((
                "no",
                t.production_against_later(page.day(own), page.day(needed)),
            ));
        }
        (Some(_), Some(_)) => found.push(("ok", t.production_against_day().into())),
        _ => {}
    }
    let mut same = |equal: bool, good: &str, bad: &str| {
        found.push(if equal {
            ("ok", good.to_owned())
        } else {
            ("mind", bad.to_owned())
        });
    };
    same(
        paper.wording.packing == ordered.packing,
        t.production_against_packing(),
        t.production_against_packing_not(),
    );
    same(
        paper.wording.marks == ordered.marks,
        t.production_against_marks(),
        t.production_against_marks_not(),
    );
    found
}

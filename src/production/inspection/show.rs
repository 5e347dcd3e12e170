//! Pages: the inspections of an order, and one of them with its lots, samples and findings.

use super::sql;
use super::stage::{Move, Stage};
use super::thing::{InspectionReport, Lot};
use crate::approvals::exception::{self, Beside, Kind};
use crate::base::{By, FileId, OrderNumber};
use crate::orders::{self, Head, Opened, Order};
use crate::people::Deed;
use crate::web::{App, Error, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;
use sqlx::PgConnection;

/// Where an inspection is, as its address says.
pub(in crate::production) type Spot = (String, i32);

/// Where an inspection is read.
pub(in crate::production) fn url(order: &Order, inspection: i32) -> String {
    format!("{}/inspections/{inspection}", order.url())
}

/// The order and one inspection, for reading.
pub(in crate::production) async fn find(
    db: &mut PgConnection,
    by: &By,
    (number, inspection): &Spot,
) -> Result<(Order, InspectionReport)> {
    let number = OrderNumber::parse(number).ok_or(Error::NotFound)?;
    let order = orders::find(db, by, &number).await?;
    let report = sql::read(db, &order, Some(*inspection))
        .await?
        .into_iter()
        .next()
        .ok_or(Error::NotFound)?;
    Ok((order, report))
}

#[derive(Template)]
#[template(path = "inspections/list.html")]
struct ListPage {
    page: Page,
    head: Head,
    reports: Vec<InspectionReport>,
    may_plan: bool,
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
    let page = ListPage {
        reports: sql::read(&mut db, &order, None).await?,
        may_plan: order.condition.moves() && order.may(&by, Deed::PlanInspection),
        head: Head::load(&mut db, &order, "issues", &page).await?,
        page,
    };
    Ok(Html(page.render()?))
}

/// What this reader may do now; the same questions the gates ask.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one answer a button")]
struct Can {
    edit: bool,
    record: bool,
    judge: bool,
    waive: bool,
}

#[derive(Template)]
#[template(path = "inspections/one.html")]
struct OnePage {
    page: Page,
    order: Order,
    report: InspectionReport,
    can: Can,
    beside: Option<Beside>,
    opened: Opened,
}

impl OnePage {
    fn opens(&self, file: &FileId) -> bool {
        self.opened.has(*file)
    }

    fn url(&self) -> String {
        url(&self.order, self.report.number)
    }

    /// `0 · 3 · 5`: critical, major, minor.
    #[expect(clippy::unused_self, reason = "the template asks its page")]
    fn found(&self, lot: &Lot) -> String {
        lot.found.map_or_else(
            || "—".to_owned(),
            |found| format!("{} · {} · {}", found.critical, found.major, found.minor),
        )
    }
}

pub(super) async fn one(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(spot): Path<Spot>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, report) = find(&mut db, &by, &spot).await?;
    let may = |step: Move| {
        order.condition.moves()
            && report.stage.after(step).is_some()
            && order.may(&by, step.deed().of(report.hands()))
    };
    // Before it is made nobody has to let it pass.
    let beside = if matches!(report.stage, Stage::Failed | Stage::Pending) {
        let (orders, number) = (std::slice::from_ref(&order), report.number.to_string());
        let asked = (Kind::Inspection, report.id, number.as_str());
        exception::beside(&mut db, page.t, &by, orders, asked).await?
    } else {
        None
    };
    let page = OnePage {
        beside,
        opened: Opened::of(&mut db, &order).await?,
        can: Can {
            edit: may(Move::Edit),
            record: may(Move::Record),
            judge: may(Move::Fail),
            waive: may(Move::Waive),
        },
        order,
        report,
        page,
    };
    Ok(Html(page.render()?))
}

//! Pages: one set of documents as it stands, and its editor while it is prepared.

use super::held;
use super::papers_sql::{self, Said};
use super::set::{Maker, Paper, Presentation};
use super::stage::{Move, Stage};
use crate::approvals::exception::{self, Beside, Kind};
use crate::base::{By, Lang, T};
use crate::credits::deadline::BankDays;
use crate::credits::sql::closed_days;
use crate::orders::Order;
use crate::web::{App, Faults, Fields, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;
use chrono::NaiveDate;

/// One set in a list.
#[derive(Clone, Debug)]
pub(in crate::credits) struct Listed {
    pub name: String,
    pub url: String,
    pub stage: Stage,
    pub way: super::set::Way,
    pub presented_on: Option<NaiveDate>,
    pub last_day: Option<NaiveDate>,
    pub due_on: Option<NaiveDate>,
    pub late: bool,
}

impl Listed {
    pub(super) fn of(set: &Presentation, bank: &BankDays) -> Self {
        Self {
            name: set.name(),
            url: set.url(),
            stage: set.stage,
            way: set.way,
            presented_on: set.presented_on,
            last_day: set.last_day_on.or_else(|| set.last_day(bank)),
            due_on: set.due_on,
            late: !set.late_reason.is_empty(),
        }
    }
}

/// One thing that may be done now: its word, its address, whether it is the next step.
pub(super) struct Act {
    pub label: &'static str,
    pub href: String,
    pub main: bool,
}

#[derive(Template)]
#[template(path = "credits/set.html")]
pub(super) struct SetPage {
    pub page: Page,
    pub order: String,
    pub customer: String,
    pub set: Presentation,
    pub papers: Vec<Paper>,
    pub answers: Vec<Said>,
    pub last_day: Option<NaiveDate>,
    pub target: Option<NaiveDate>,
    pub bank_until: Option<NaiveDate>,
    pub acts: Vec<Act>,
    pub beside: Option<Beside>,
    pub may_complete: bool,
    pub ready: usize,
}

impl SetPage {
    pub(super) fn word(&self, code: &str) -> &'static str {
        Move::ALL
            .into_iter()
            .find(|step| step.code() == code)
            .map_or("", |step| step.label(self.page.t))
    }

    pub(super) fn who<'a>(&self, said: &'a Said) -> &'a str {
        match self.page.lang {
            Lang::Zh => &said.name_zh,
            Lang::En => &said.name_en,
        }
    }

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "the template hands its fields over by reference"
    )]
    pub(super) fn is_past(&self, day: &NaiveDate) -> bool {
        *day < self.page.today() && self.set.presented_on.is_none()
    }
}

/// Everything this reader may do with the set now, the next step first.
fn acts(order: &Order, by: &By, set: &Presentation, (late, t): (bool, T)) -> Vec<Act> {
    let steps = [
        Move::Edit,
        Move::Present,
        Move::PresentLate,
        Move::Honour,
        Move::Accept,
        Move::NoticeDiscrepancy,
        Move::AskWaiver,
        Move::Correct,
        Move::Pay,
        Move::Refuse,
    ];
    let may = |step: &Move| match step {
        Move::PresentLate => late && order.may(by, step.deed().of(set.hands())),
        step => order.may(by, step.deed()),
    };
    let moves = |step: &Move| {
        order.condition.moves() || !matches!(step, Move::Edit | Move::Present | Move::PresentLate)
    };
    let mut acts: Vec<Act> = steps
        .iter()
        .filter(|step| set.after(**step).is_ok() && may(step) && moves(step))
        .map(|step| Act {
            label: step.label(t),
            href: format!("{}/{}", set.url(), step.path()),
            main: false,
        })
        .collect();
    if let Some(first) = acts.first_mut() {
        first.main = true;
    }
    acts
}

pub(in crate::credits) async fn one(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((shipment, sequence)): Path<(String, i32)>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, set) = held::find(&mut db, &by, (&shipment, sequence)).await?;
    let bank = closed_days(&mut db).await?;
    let papers = papers_sql::papers(&mut db, set.id).await?;
    let last_day = set.last_day_on.or_else(|| set.last_day(&bank));
    let late = last_day.is_some_and(|last| last < page.today());
    let complete = super::set::complete(&papers).is_ok();
    let beside = if late && set.stage == Stage::SetComplete {
        let (orders, name) = (std::slice::from_ref(&order), set.name());
        let asked = (Kind::LatePresenting, set.id, name.as_str());
        exception::beside(&mut db, page.t, &by, orders, asked).await?
    } else {
        None
    };
    let page = SetPage {
        beside,
        acts: acts(&order, &by, &set, (late, page.t)),
        may_complete: complete
            && set.stage == Stage::Preparing
            && order.condition.moves()
            && order.may(&by, Move::Complete.deed()),
        ready: papers.iter().filter(|paper| paper.is_ready()).count(),
        answers: papers_sql::answers(&mut db, set.id).await?,
        target: last_day.map(|last| bank.before(last, 5)),
        bank_until: set.presented_on.map(|day| bank.after(day, 5)),
        order: order.number.to_string(),
        customer: order.customer_name.clone(),
        last_day,
        papers,
        set,
        page,
    };
    Ok(Html(page.render()?))
}

/// One row of the editor.
pub(super) struct EditRow {
    pub at: usize,
    pub name: String,
    pub wording: String,
    pub maker: String,
    pub originals: String,
    pub copies: String,
    pub originals_present: String,
    pub copies_present: String,
    pub examined: bool,
    pub error: String,
}

#[derive(Template)]
#[template(path = "credits/set_edit.html")]
pub(super) struct EditPage {
    pub page: Page,
    pub set: Presentation,
    pub bank: String,
    pub instruction: String,
    pub last_day: String,
    pub rows: Vec<EditRow>,
    pub makers: Vec<(String, String)>,
    pub faults: Faults,
}

/// Empty rows under the list.
const SPARE: usize = 3;

pub(super) fn editor(
    page: Page,
    set: Presentation,
    fields: &Fields,
    faults: Faults,
) -> Result<Html<String>> {
    let t = page.t;
    let columns = ["originals", "copies", "originals_present", "copies_present"];
    let rows = (0..(fields.rows("papers") + SPARE).min(100))
        .map(|at| {
            let cell = |column: &str| fields.cell("papers", at, column).to_owned();
            let errors =
                columns.map(|column| page.fault(&faults, &format!("papers[{at}][{column}]")));
            EditRow {
                at,
                name: cell("name"),
                wording: cell("wording"),
                maker: cell("maker"),
                originals: cell("originals"),
                copies: cell("copies"),
                originals_present: cell("originals_present"),
                copies_present: cell("copies_present"),
                examined: cell("examined") == "yes",
                error: errors
                    .into_iter()
                    .find(|error| !error.is_empty())
                    .unwrap_or_default(),
            }
        })
        .collect();
    let page = EditPage {
        bank: fields.get("bank").to_owned(),
        instruction: fields.get("instruction").to_owned(),
        last_day: fields.get("last_day").to_owned(),
        makers: Maker::ALL
            .map(|maker| (maker.code().to_owned(), maker.label(t).to_owned()))
            .to_vec(),
        rows,
        set,
        faults,
        page,
    };
    Ok(Html(page.render()?))
}

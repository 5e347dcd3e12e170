//! Pages: one credit as it stands, and the credits and presentations of an order.

use super::amendment::record::{self, Amendment};
use super::amendment::sql as amendment_sql;
use super::amendment::stage::AmendmentStage;
use super::comparison::{self, Row, Verdict};
use super::credit::{self, LetterOfCredit};
use super::cuts::{self, Cut};
use super::drawing_sql::{self, Carried, Drawing};
use super::examination_sql as examination;
use super::field::{self, ISSUE};
use super::finding::Finding;
use super::held;
use super::presentation::{self, Listed};
use super::stage::{Move, Stage};
use super::terms::Terms;
use super::{list, sql};
use crate::base::{By, Lang, OrderNumber, T};
use crate::history::{Entry, Stream, timeline};
use crate::orders::{self, Head, Order};
use crate::people::Deed;
use crate::web::{App, Error, Faults, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;
use sqlx::PgConnection;

/// What this reader may do with the credit now; the same questions the gates ask.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one answer a button")]
pub(super) struct Can {
    pub receive: bool,
    pub examine: bool,
    pub find: bool,
    pub ask: bool,
    pub deny: bool,
    pub declare: bool,
    pub draw: bool,
    pub cancel: bool,
    pub record_amendment: bool,
    pub answer_amendment: bool,
}

impl Can {
    fn of(order: &Order, by: &By, credit: &LetterOfCredit, findings: &[Finding]) -> Self {
        let moves = order.condition.moves();
        let may = |step: Move| {
            credit.stage.after(step).is_some()
                && step.deed().is_some_and(|deed| order.may(by, deed))
        };
        let open = findings.iter().any(Finding::is_open);
        let clear = credit::may_be_workable(findings).is_ok();
        Self {
            receive: moves && may(Move::Receive),
            examine: moves && may(Move::Examine),
            find: moves && credit.stage == Stage::Examined && order.may(by, Deed::ExamineCredit),
            ask: moves && open && may(Move::AskAmendment),
            deny: moves && may(Move::Refuse),
            declare: moves && clear && may(Move::DeclareWorkable),
            draw: may(Move::Draw),
            cancel: may(Move::Cancel),
            record_amendment: credit.stage.takes_amendments()
                && order.may(by, Deed::RecordAmendmentReceipt),
            answer_amendment: moves && order.may(by, Deed::AcceptAmendment),
        }
    }
}

/// One field of the paper.
pub(super) struct Printed {
    pub tag: &'static str,
    pub label: &'static str,
    pub text: String,
}

#[derive(Template)]
#[template(path = "credits/one.html")]
pub(super) struct OnePage {
    pub page: Page,
    pub credit: LetterOfCredit,
    pub orders: Vec<String>,
    pub cuts: Vec<Cut>,
    pub findings: Vec<Finding>,
    pub rows: Vec<Row>,
    pub paper: Vec<Printed>,
    pub amendments: Vec<Amendment>,
    /// What would differ from the order with the amendment that waits.
    pub amended: Vec<Row>,
    pub drawings: Vec<Drawing>,
    pub sets: Vec<Listed>,
    pub history: Vec<Entry>,
    pub prices: bool,
    pub can: Can,
}

impl OnePage {
    pub(super) fn open_findings(&self) -> usize {
        self.findings.iter().filter(|one| one.holds()).count()
    }

    pub(super) fn left(&self) -> String {
        super::ending::left(&self.credit)
            .map(|left| self.page.money(left))
            .unwrap_or_default()
    }

    pub(super) fn who(&self, finding: &Finding) -> String {
        let name = match self.page.lang {
            Lang::Zh => &finding.settled_zh,
            Lang::En => &finding.settled_en,
        };
        name.clone().unwrap_or_default()
    }

    pub(super) fn drawer<'a>(&self, drawing: &'a Drawing) -> &'a str {
        match self.page.lang {
            Lang::Zh => &drawing.name_zh,
            Lang::En => &drawing.name_en,
        }
    }

    #[expect(clippy::unused_self, reason = "the template asks its page")]
    pub(super) fn waits(&self, amendment: &Amendment) -> bool {
        amendment.stage == AmendmentStage::Received
    }

    pub(super) fn tag(&self, tag: &str) -> &'static str {
        field::label(self.page.t, tag)
    }

    /// Amounts are shown to who may see the customer's prices.
    pub(super) fn shown(&self, tag: &str) -> bool {
        self.prices || !field::is_figure(tag)
    }
}

pub(super) async fn one(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, credit) = held::find(&mut db, &by, &number).await?;
    let prices = order.may(&by, Deed::SeeCustomerPrices);
    let findings = examination::findings(&mut db, credit.id).await?;
    let carried = drawing_sql::shipments(&mut db, credit.id).await?;
    let bank = sql::closed_days(&mut db).await?;
    let amendments = amendment_sql::list(&mut db, credit.id).await?;
    let page = OnePage {
        amended: amended(&mut db, &credit, &amendments).await?,
        orders: list::sql::orders_of(&mut db, &by, credit.id).await?,
        cuts: cuts::of(&page, &credit, on_board(&carried), &bank),
        rows: rows(&mut db, &credit).await?,
        paper: paper(page.t, &credit, prices),
        amendments,
        drawings: drawing_sql::drawings(&mut db, credit.id).await?,
        sets: presentation::of_credit(&mut db, credit.id).await?,
        history: timeline::read(&mut db, &credit.stream(), page.lang, None, 40).await?,
        can: Can::of(&order, &by, &credit, &findings),
        findings,
        credit,
        prices,
        page,
    };
    Ok(Html(page.render()?))
}

/// The earliest day goods left under the credit.
fn on_board(carried: &[Carried]) -> Option<chrono::NaiveDate> {
    carried.iter().filter_map(|one| one.on_board_on).min()
}

async fn rows(db: &mut PgConnection, credit: &LetterOfCredit) -> Result<Vec<Row>> {
    compared(db, credit, &credit.terms).await
}

async fn compared(
    db: &mut PgConnection,
    credit: &LetterOfCredit,
    terms: &Terms,
) -> Result<Vec<Row>> {
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    let ours = examination::ours(db, credit.id).await?;
    let known = terms.known(&mut Faults::default());
    Ok(comparison::rows(terms, &known, &ours))
}

async fn amended(
    db: &mut PgConnection,
    credit: &LetterOfCredit,
    amendments: &[Amendment],
) -> Result<Vec<Row>> {
    let waiting = amendments
        .iter()
        .find(|one| one.stage == AmendmentStage::Received);
    let Some(waiting) = waiting else {
        return Ok(Vec::new());
    };
    let terms = record::applied(&credit.terms, &waiting.fields, &mut Faults::default());
    let mut rows = compared(db, credit, &terms).await?;
    rows.retain(|row| row.verdict == Verdict::Differs);
    Ok(rows)
}

/// The fields that say something, in the order of the message; amounts only to who may see them.
fn paper(t: T, credit: &LetterOfCredit, prices: bool) -> Vec<Printed> {
    ISSUE
        .iter()
        .filter(|field| prices || !field::is_figure(field.tag))
        .filter(|field| !credit.terms.get(field.tag).is_empty())
        .map(|field| Printed {
            tag: if field.tag == "rest" { "" } else { field.tag },
            label: (field.label)(t),
            text: credit.terms.get(field.tag).to_owned(),
        })
        .collect()
}

#[derive(Template)]
#[template(path = "credits/order.html")]
pub(super) struct OrderPage {
    pub page: Page,
    pub head: Head,
    pub credits: Vec<LetterOfCredit>,
    pub sets: Vec<Listed>,
    /// Shipments of the order that no open presentation stands for.
    pub shipments: Vec<(String, String)>,
    pub prices: bool,
    pub may_expect: bool,
    pub may_prepare: bool,
}

pub(super) async fn of_order(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = orders::find(&mut db, &by, &number).await?;
    let moves = order.condition.moves();
    let shipments = presentation::shipments_without(&mut db, &order).await?;
    let page = OrderPage {
        head: Head::load(&mut db, &order, "credit", &page).await?,
        credits: sql::list_for(&mut db, &order).await?,
        sets: presentation::of_order(&mut db, &order).await?,
        may_prepare: moves && !shipments.is_empty() && order.may(&by, Deed::PreparePresentation),
        shipments,
        prices: order.may(&by, Deed::SeeCustomerPrices),
        may_expect: moves && order.may(&by, Deed::ExpectCredit),
        page,
    };
    Ok(Html(page.render()?))
}

//! Pages: one receipt with the orders that hold its money, those it may be for, and its settlement; its slip.

use super::allocation_sql;
use super::record::{Allocation, Receipt, Repaid};
use super::stage::AllocationStage;
use super::suggestion::{self, Suggestion};
use super::{recording, sql};
use crate::base::{By, Lang};
use crate::documents::files;
use crate::finance::reach;
use crate::finance::settlement::{self, Settled};
use crate::history::finance_event::part_word;
use crate::people::Deed;
use crate::records::Happened;
use crate::web::headers::Keep;
use crate::web::{App, Faults, Fields, Page, Result};
use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use rust_decimal::Decimal;
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "receipt/one.html")]
pub(super) struct OnePage {
    pub page: Page,
    pub receipt: Receipt,
    pub allocations: Vec<Allocation>,
    pub suggestions: Vec<Suggestion>,
    pub settled: Vec<Settled>,
    /// CNY for one unit on the receipt's day, where a rate was kept.
    pub booked: Option<Decimal>,
    pub happened: Happened,
    pub works: bool,
    pub parts: Vec<(String, String)>,
    pub fields: Fields,
    pub faults: Faults,
}

impl OnePage {
    pub(super) fn part(&self, allocation: &Allocation) -> &'static str {
        part_word(self.page.t, &allocation.part)
    }

    pub(super) fn suggested(&self, suggestion: &Suggestion) -> &'static str {
        part_word(self.page.t, suggestion.part)
    }

    pub(super) fn who<'a>(&self, allocation: &'a Allocation) -> &'a str {
        match self.page.lang {
            Lang::Zh => &allocation.who_zh,
            Lang::En => &allocation.who_en,
        }
    }

    pub(super) fn repaid(&self, repaid: &Repaid) -> String {
        let (amount, day) = (self.amount(repaid.amount), self.page.day(repaid.day));
        self.page
            .t
            .receipt_repaid_line(amount, day, &repaid.reference)
    }

    pub(super) fn amount(&self, amount: impl std::borrow::Borrow<Decimal>) -> String {
        self.page.money(self.receipt.money(amount))
    }

    #[expect(clippy::unused_self, reason = "the template asks its page")]
    pub(super) fn held(&self, allocation: &Allocation) -> bool {
        allocation.stage == AllocationStage::Allocated
    }

    /// The whole receipt goes to one best order with one press; anything else is typed.
    pub(super) fn free(&self) -> bool {
        self.works && self.receipt.free > Decimal::ZERO
    }

    pub(super) fn settles(&self) -> bool {
        self.works && self.receipt.to_settle > Decimal::ZERO
    }
}

pub(super) async fn one(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let receipt = sql::find(&mut db, &by, &number).await?;
    draw(
        &mut db,
        page,
        &by,
        receipt,
        (Fields::default(), Faults::default()),
    )
    .await
}

/// The page, with what was typed into its form where that was refused.
pub(super) async fn draw(
    db: &mut PgConnection,
    page: Page,
    by: &By,
    receipt: Receipt,
    (mut fields, faults): (Fields, Faults),
) -> Result<Html<String>> {
    let works = reach::may(by, Deed::AllocateReceipt);
    let suggestions = if works && receipt.free > Decimal::ZERO {
        let candidates = allocation_sql::candidates(db, by, &receipt).await?;
        suggestion::suggestions(&receipt, candidates)?
    } else {
        Vec::new()
    };
    if !fields.has("amount") {
        fields.set("amount", receipt.free.to_string());
    }
    let parts = super::allocation::PARTS
        .into_iter()
        .map(|part| (part.to_owned(), part_word(page.t, part).to_owned()))
        .collect();
    let page = OnePage {
        allocations: allocation_sql::of_receipt(db, by, &receipt).await?,
        settled: settlement::of_receipt(db, &receipt).await?,
        booked: settlement::booked_rate(db, &receipt).await?,
        happened: Happened::read(db, &receipt.thing(), &page, &[]).await?,
        suggestions,
        works,
        parts,
        fields,
        faults,
        receipt,
        page,
    };
    Ok(Html(page.render()?))
}

/// The bank's slip as a download; it runs nothing and is kept by nobody on the way.
pub(super) async fn slip(
    State(app): State<App>,
    by: By,
    Path(number): Path<String>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let receipt = sql::find(&mut db, &by, &number).await?;
    let file = recording::slip(&mut db, &receipt).await?;
    let bytes = files::read(&app, &file).await?;
    let ending = file.name.rsplit('.').next().unwrap_or("bin").to_owned();
    let headers = [
        (header::CONTENT_TYPE, file.media.clone()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{}.{ending}\"", receipt.number),
        ),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'; sandbox".to_owned(),
        ),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((Extension(Keep::Never), headers, bytes).into_response())
}

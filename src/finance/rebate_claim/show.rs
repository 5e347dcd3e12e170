//! Page: one claim: its declarations, invoices and filing set, what comes back, what it lacks, and the next step.

use super::claim::{Claim, Class, Filed, Invoice};
use super::stage::{Move, Stage};
use super::{sql, url};
use crate::base::By;
use crate::catalog::unit;
use crate::finance::export::{self, Declaration, Shipment};
use crate::finance::rebate::{ArchiveDeadlines, ExportDeadlines};
use crate::orders::{Condition, Head, JointAct, Order};
use crate::people::Deed;
use crate::web::{App, Error, Faults, Fields, FormKey, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "finance/claim.html")]
pub(super) struct ClaimPage {
    pub page: Page,
    pub head: Head,
    pub shipment: Shipment,
    pub claim: Claim,
    pub declarations: Vec<Declaration>,
    pub invoices: Vec<InvoiceRow>,
    pub lacks: Vec<String>,
    pub deadlines: Option<ExportDeadlines>,
    pub archive: Option<ArchiveDeadlines>,
    /// The next step along the line, and the other ways it may go.
    pub next: Option<Move>,
    pub others: Vec<Move>,
    pub may_collect: bool,
    pub units: Vec<(String, String)>,
    pub fields: Fields,
    pub faults: Faults,
}

/// One invoice as it is shown.
pub(super) struct InvoiceRow {
    pub invoice: Invoice,
    pub net: String,
    pub refund: String,
    pub rate: String,
    /// Its goods were shipped in another unit.
    pub unit_differs: bool,
}

impl ClaimPage {
    pub(super) fn url(&self) -> String {
        url(
            self.head.order.number.as_str(),
            &self.shipment.number,
            self.claim.sequence,
        )
    }

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "the template hands its fields over by reference"
    )]
    pub(super) fn step_url(&self, step: &Move) -> String {
        format!("{}/steps/{}", self.url(), step.code())
    }

    pub(super) fn name(&self) -> String {
        self.claim.name(&self.shipment.number)
    }

    pub(super) fn rev(&self) -> String {
        self.claim.version.to_string()
    }

    pub(super) fn expected(&self) -> String {
        self.page.number(self.claim.total().refund)
    }

    pub(super) fn to_cost(&self) -> String {
        self.page.number(self.claim.total().to_cost)
    }

    /// What the tax office approved less than we reckoned, or more.
    pub(super) fn difference(&self) -> String {
        self.claim
            .approved_amount
            .map(|approved| approved - self.claim.total().refund)
            .filter(|difference| !difference.is_zero())
            .map(|difference| self.page.number(difference))
            .unwrap_or_default()
    }

    pub(super) fn exported(&self, one: &Declaration) -> String {
        one.exported_on
            .map(|day| self.page.day(day))
            .unwrap_or_default()
    }

    /// Every class with what is written of it.
    pub(super) fn classes(&self) -> Vec<(Class, Filed)> {
        Class::ALL
            .into_iter()
            .map(|class| {
                let filed = self.claim.filed(class).cloned();
                let nothing = || Filed {
                    class,
                    place: String::new(),
                    reason: String::new(),
                };
                (class, filed.unwrap_or_else(nothing))
            })
            .collect()
    }

    pub(super) fn ended(&self) -> bool {
        !self.claim.end_reason.is_empty()
    }
}

/// The order, the shipment and one claim, for who may see the rebate.
pub(super) async fn find(
    db: &mut PgConnection,
    by: &By,
    (number, shipment, sequence): (&str, &str, i32),
) -> Result<(Order, Shipment, Claim)> {
    let (order, shipment) = export::find(db, by, (number, shipment)).await?;
    order.must(by, Deed::SeeRebate)?;
    let claim = pick(sql::claims(db, shipment.id).await?, sequence)?;
    Ok((order, shipment, claim))
}

/// An act on one claim, read under the locks.
pub(super) async fn begin(
    app: &App,
    by: By,
    (number, shipment, sequence): (&str, &str, i32),
    key: &FormKey,
) -> Result<(JointAct, Order, Shipment, Claim)> {
    let (mut act, order, shipment) = export::begin(app, by, (number, shipment), key).await?;
    let claim = pick(sql::claims(act.tx(), shipment.id).await?, sequence)?;
    Ok((act, order, shipment, claim))
}

pub(super) fn pick(claims: Vec<Claim>, sequence: i32) -> Result<Claim> {
    claims
        .into_iter()
        .find(|claim| claim.sequence == sequence)
        .ok_or(Error::NotFound)
}

pub(super) async fn one(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, shipment, sequence)): Path<(String, String, i32)>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let found = find(&mut db, &by, (&number, &shipment, sequence)).await?;
    draw(&mut db, page, found, None).await
}

#[expect(clippy::too_many_lines, reason = "one page, part by part")]
pub(super) async fn draw(
    db: &mut PgConnection,
    page: Page,
    (order, shipment, claim): (Order, Shipment, Claim),
    typed: Option<(Fields, Faults)>,
) -> Result<Html<String>> {
    let goods = sql::goods(db, shipment.id).await?;
    let (fields, faults) = typed.unwrap_or_else(|| {
        let mut fields = Fields::default();
        let first = goods.iter().find(|one| !one.hs_code.is_empty());
        if let Some(first) = first {
            fields.set("hs_code", first.hs_code.clone());
            fields.set("unit", first.unit.clone());
            fields.set("quantity", first.quantity.normalize().to_string());
        }
        fields.set("vat_rate", "13");
        (fields, Faults::default())
    });
    let may = |step: Move| {
        matches!(order.condition, Condition::Open | Condition::Closed)
            && claim.stage.after(step).is_some()
            && order.reader_may(step.deed())
    };
    let lacks: Vec<String> = if claim.stage == Stage::Collecting {
        let lacks = claim.lacks(&shipment.declarations);
        lacks.iter().map(|lack| lack.tell(page.t)).collect()
    } else {
        Vec::new()
    };
    let invoices = claim.invoices.iter().map(|one| {
        let refunded = one.refunded();
        InvoiceRow {
            net: refunded.map(|r| page.number(r.net)).unwrap_or_default(),
            refund: refunded.map(|r| page.number(r.refund)).unwrap_or_default(),
            rate: format!("{}%", one.rebate_rate.normalize()),
            unit_differs: one.unit_differs(&goods),
            invoice: one.clone(),
        }
    });
    let html = ClaimPage {
        next: Move::ALL
            .into_iter()
            .find(|step| step.forward() && may(*step) && lacks.is_empty()),
        others: Move::ALL
            .into_iter()
            .filter(|step| !step.forward() && *step != Move::Collect && may(*step))
            .collect(),
        may_collect: may(Move::Collect),
        declarations: claim
            .of(&shipment.declarations)
            .into_iter()
            .cloned()
            .collect(),
        invoices: invoices.collect(),
        deadlines: shipment
            .exported_on()
            .and_then(|day| ExportDeadlines::of(day, None)),
        archive: claim.declared_on.and_then(ArchiveDeadlines::of),
        units: unit::choices(db, page.lang).await?,
        head: Head::load(db, &order, "finance", &page).await?,
        lacks,
        page,
        shipment,
        claim,
        fields,
        faults,
    };
    Ok(Html(html.render()?))
}

//! Page: the papers of one shipment: which are back, from whom, and where they stand.

use super::stage::Move;
use super::{HandOver, Kind, sql};
use crate::base::{By, FileId};
use crate::finance::export::{self, Shipment};
use crate::orders::{Head, Opened};
use crate::web::{App, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;

#[derive(Template)]
#[template(path = "finance/hand_over.html")]
pub(super) struct HandOverPage {
    pub page: Page,
    pub head: Head,
    pub shipment: Shipment,
    pub held: HandOver,
    pub kinds: Vec<Kind>,
    pub can: Can,
    pub opened: Opened,
}

/// What this reader may do now; the same questions the gates ask.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one answer a button")]
pub(super) struct Can {
    pub record: bool,
    pub give: bool,
    pub take: bool,
    pub send_back: bool,
}

impl HandOverPage {
    pub(super) fn url(&self) -> String {
        url(self.head.order.number.as_str(), &self.shipment.number)
    }

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "the template hands its fields over by reference"
    )]
    pub(super) fn paper(&self, kind: &Kind) -> Option<&super::Returned> {
        self.held.paper(*kind)
    }

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "the template hands its fields over by reference"
    )]
    pub(super) fn paper_url(&self, kind: &Kind) -> String {
        format!("{}/papers/{}", self.url(), kind.code())
    }

    pub(super) fn opens(&self, file: &uuid::Uuid) -> bool {
        self.opened.has(FileId(*file))
    }

    pub(super) fn file_url(&self, file: &uuid::Uuid) -> String {
        format!("{}/files/{file}", self.head.order.url())
    }

    /// Everything is back: handing over is the next step.
    pub(super) fn complete(&self) -> bool {
        self.held.missing(&self.shipment).is_empty()
    }
}

pub(super) fn url(number: &str, shipment: &str) -> String {
    format!("/orders/{number}/hand-overs/{shipment}")
}

pub(super) async fn one(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, shipment)): Path<(String, String)>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, shipment) = export::find(&mut db, &by, (&number, &shipment)).await?;
    let held = sql::find(&mut db, &shipment).await?;
    let may = |step: Move| {
        order.condition.moves()
            && shipment.departed()
            && held.stage.after(step).is_some()
            && step.deed().is_some_and(|deed| order.may(&by, deed))
    };
    let can = Can {
        record: may(Move::RecordReturn),
        give: may(Move::HandOver),
        take: may(Move::Take),
        send_back: may(Move::SendBack),
    };
    let html = HandOverPage {
        head: Head::load(&mut db, &order, "finance", &page).await?,
        opened: Opened::of(&mut db, &order).await?,
        kinds: Kind::of(&shipment),
        can,
        page,
        shipment,
        held,
    };
    Ok(Html(html.render()?))
}

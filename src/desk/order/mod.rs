//! The order file 订单档案 across the desks: overview, timeline with the ledger of relays, files.
//!
//! `ledger.rs` draws relays, `relays.rs` and `hearing.rs` are the acts on them.

mod cancellation;
mod dossier;
mod file_kind;
mod files;
mod hearing;
mod ledger;
mod overview;
mod past;
mod relays;
mod sql;
mod timeline;

pub(super) use past::word as past_word;

use crate::web::{Door, Routes};

#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/orders/{number}", Door::Staff, overview::show)
        .get(
            "/orders/{number}/cancellation",
            Door::Staff,
            cancellation::ask,
        )
        .post(
            "/orders/{number}/cancellation",
            Door::Staff,
            cancellation::create,
        )
        .post(
            "/orders/{number}/drop",
            Door::Staff,
            cancellation::drop_order,
        )
        .get("/orders/{number}/timeline", Door::Staff, timeline::show)
        .upload("/orders/{number}/relays", Door::Staff, hearing::create)
        .post(
            "/orders/{number}/relays/{relay}/passed",
            Door::Staff,
            relays::pass_on,
        )
        .upload(
            "/orders/{number}/relays/{relay}/acknowledgement",
            Door::Staff,
            relays::acknowledge,
        )
        .upload(
            "/orders/{number}/relays/{relay}/answer",
            Door::Staff,
            relays::answer,
        )
        .post(
            "/orders/{number}/relays/{relay}/withdrawal",
            Door::Staff,
            relays::withdraw,
        )
        .get("/orders/{number}/documents", Door::Staff, files::list)
        .upload("/orders/{number}/documents", Door::Staff, files::create)
        .get("/orders/{number}/files/{id}", Door::Staff, files::download)
        .get("/orders/{number}/files/{id}/view", Door::Staff, files::view)
        .get(
            "/orders/{number}/dossier.zip",
            Door::Staff,
            dossier::download,
        )
}

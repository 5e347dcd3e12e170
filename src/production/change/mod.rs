//! Change order 变更单: what is changed after the customer confirmed, field by field, with the answers it asks for.
//!
//! Read `stage.rs`, then `fields.rs` (what each field asks), then `acts.rs`. Applying writes goods and terms through
//! `orders::amending`, marks the papers that print a changed field, and begins the next proforma invoice and the next orders to factories.

pub mod acts;
pub mod fields;
mod papers;
mod raise;
mod resending;
mod revisions;
mod show;
pub mod sql;
pub mod stage;
mod steps;
mod telling;
pub mod thing;
mod verify;

pub use sql::Wish;
pub use stage::{Move, Stage};
pub use thing::ChangeOrder;
pub use verify::differences as verify;

use crate::web::{Door, Routes};

#[expect(clippy::too_many_lines, reason = "one line an address")]
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/orders/{number}/changes", Door::Staff, show::list)
        .post("/orders/{number}/changes", Door::Staff, raise::create)
        .get("/orders/{number}/changes/new", Door::Staff, raise::ask)
        .get("/orders/{number}/changes/{change}", Door::Staff, show::one)
        .get(
            "/orders/{number}/changes/{change}/approval",
            Door::Staff,
            steps::ask_approval,
        )
        .post(
            "/orders/{number}/changes/{change}/approval",
            Door::Staff,
            steps::approval,
        )
        .get(
            "/orders/{number}/changes/{change}/agreement",
            Door::Staff,
            steps::ask_agreement,
        )
        .upload(
            "/orders/{number}/changes/{change}/agreement",
            Door::Staff,
            steps::agreement,
        )
        .get(
            "/orders/{number}/changes/{change}/lines/{line}/acknowledgement",
            Door::Staff,
            steps::ask_acknowledgement,
        )
        .upload(
            "/orders/{number}/changes/{change}/lines/{line}/acknowledgement",
            Door::Staff,
            steps::acknowledgement,
        )
        .get(
            "/orders/{number}/changes/{change}/refusal",
            Door::Staff,
            steps::ask_refusal,
        )
        .upload(
            "/orders/{number}/changes/{change}/refusal",
            Door::Staff,
            steps::refusal,
        )
        .get(
            "/orders/{number}/changes/{change}/withdrawal",
            Door::Staff,
            steps::ask_withdrawal,
        )
        .post(
            "/orders/{number}/changes/{change}/withdrawal",
            Door::Staff,
            steps::withdrawal,
        )
        .post(
            "/orders/{number}/changes/{change}/application",
            Door::Staff,
            steps::application,
        )
        .get("/orders/{number}/papers", Door::Staff, papers::list)
        .get(
            "/orders/{number}/papers/{paper}/override",
            Door::Staff,
            papers::ask,
        )
        .post(
            "/orders/{number}/papers/{paper}/override",
            Door::Staff,
            papers::create,
        )
        .get(
            "/orders/{number}/papers/{paper}/sending",
            Door::Staff,
            resending::ask,
        )
        .post(
            "/orders/{number}/papers/{paper}/sending",
            Door::Staff,
            resending::create,
        )
}

//! Samples 样品, steps 1 to 3: the note 样板单 that asks the factory for a sample, the parcel 寄样 that brings it to the
//! customer, and what the customer said 样品确认.
//!
//! Read `stage.rs` first: the life of one round of a note. `parcel/stage.rs` is the parcel's, `verdict/rule.rs` says what
//! the points come to. `content.rs` is what a note prints, frozen at submission; the signature, the difference and the
//! register of issued papers all speak of that one snapshot. A rejected sample opens the next round within the verdict.

pub mod acts;
mod attached_sql;
mod calling_off;
mod content;
mod difference;
mod draft;
mod edit_page;
mod factory_answers;
pub mod note;
pub mod parcel;
mod questions;
mod rounds;
mod sending;
mod show;
mod signature;
mod sql;
pub mod stage;
mod submission;
mod telling;
pub mod verdict;
mod verify;

pub use calling_off::call_off;
pub use content::field_name;
pub use note::{Name, Refusal, SampleNote};
pub use parcel::stage::{ParcelMove, ParcelStage};
pub use stage::{Move, Stage};
pub use verdict::rule::Verdict;
pub use verify::differences as verify;

use crate::web::{Door, Routes};

/// Two lists, so that each can be read in one go.
pub fn routes() -> Routes {
    notes().and(parcels())
}

#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
fn notes() -> Routes {
    let staff = Door::Staff;
    Routes::new()
        .get("/orders/{number}/samples", staff, show::list)
        .post("/orders/{number}/samples", staff, rounds::create)
        .get("/orders/{number}/samples/{note}", staff, show::one)
        .upload("/orders/{number}/samples/{note}", staff, draft::save)
        .get("/orders/{number}/samples/{note}/edit", staff, draft::edit)
        .post(
            "/orders/{number}/samples/{note}/submission",
            staff,
            submission::create,
        )
        .post(
            "/orders/{number}/samples/{note}/withdrawal",
            staff,
            submission::withdraw,
        )
        .get(
            "/orders/{number}/samples/{note}/signature",
            staff,
            signature::show,
        )
        .post(
            "/orders/{number}/samples/{note}/signature",
            staff,
            signature::create,
        )
        .post(
            "/orders/{number}/samples/{note}/revision",
            staff,
            rounds::revise,
        )
        .get(
            "/orders/{number}/samples/{note}/sending",
            staff,
            sending::ask,
        )
        .post(
            "/orders/{number}/samples/{note}/sending",
            staff,
            sending::create,
        )
        .get(
            "/orders/{number}/samples/{note}/acknowledgement",
            staff,
            factory_answers::ask_acknowledgement,
        )
        .upload(
            "/orders/{number}/samples/{note}/acknowledgement",
            staff,
            factory_answers::acknowledge,
        )
        .get(
            "/orders/{number}/samples/{note}/receipt",
            staff,
            factory_answers::ask_receipt,
        )
        .post(
            "/orders/{number}/samples/{note}/receipt",
            staff,
            factory_answers::receive,
        )
        .get(
            "/orders/{number}/samples/{note}/verdict",
            staff,
            verdict::ask,
        )
        .upload(
            "/orders/{number}/samples/{note}/verdict",
            staff,
            verdict::create,
        )
        .post(
            "/orders/{number}/samples/{note}/round",
            staff,
            rounds::next_round,
        )
        .get(
            "/orders/{number}/samples/{note}/void",
            staff,
            submission::ask_void,
        )
        .post(
            "/orders/{number}/samples/{note}/void",
            staff,
            submission::void,
        )
}

#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
fn parcels() -> Routes {
    let staff = Door::Staff;
    Routes::new()
        .get(
            "/orders/{number}/parcels/new",
            staff,
            parcel::packing::blank,
        )
        .post("/orders/{number}/parcels", staff, parcel::packing::create)
        .get(
            "/orders/{number}/parcels/{parcel}/edit",
            staff,
            parcel::packing::edit,
        )
        .post(
            "/orders/{number}/parcels/{parcel}",
            staff,
            parcel::packing::save,
        )
        .get(
            "/orders/{number}/parcels/{parcel}/dispatch",
            staff,
            parcel::ways::ask_dispatch,
        )
        .post(
            "/orders/{number}/parcels/{parcel}/dispatch",
            staff,
            parcel::ways::dispatch,
        )
        .get(
            "/orders/{number}/parcels/{parcel}/passing-on",
            staff,
            parcel::ways::ask_passing_on,
        )
        .post(
            "/orders/{number}/parcels/{parcel}/passing-on",
            staff,
            parcel::ways::pass_on,
        )
        .get(
            "/orders/{number}/parcels/{parcel}/delivery",
            staff,
            parcel::ways::ask_delivery,
        )
        .post(
            "/orders/{number}/parcels/{parcel}/delivery",
            staff,
            parcel::ways::deliver,
        )
        .get(
            "/orders/{number}/parcels/{parcel}/loss",
            staff,
            parcel::ways::ask_loss,
        )
        .post(
            "/orders/{number}/parcels/{parcel}/loss",
            staff,
            parcel::ways::lose,
        )
        .get(
            "/orders/{number}/parcels/{parcel}/return",
            staff,
            parcel::ways::ask_return,
        )
        .post(
            "/orders/{number}/parcels/{parcel}/return",
            staff,
            parcel::ways::come_back,
        )
}

//! Proforma invoice 形式发票 (PI): what we offer and the customer confirms; from then on it is what was ordered.
//!
//! Read `stage.rs` first: the life of one revision. `content.rs` is what the paper prints, frozen at submission; the
//! approval, the difference and the register of issued papers all speak of that one snapshot.
//!
//! We chose to keep goods and terms on the order until a revision is submitted: there is one working copy, and a
//! draft cannot disagree with its order.

pub mod acts;
pub mod adjustment;
mod approval;
mod calling_off;
mod carrying;
mod confirmation;
pub mod content;
mod decision_page;
pub mod difference;
mod draft;
mod editor_page;
pub mod exchange_cost;
pub mod invoice;
mod lapse;
pub mod margin;
mod questions;
mod schedule;
mod sending;
mod show;
pub(crate) mod sources_sql;
mod sql;
pub mod stage;
mod submission;
mod verify;
mod wording;
mod workbook;

pub use crate::base::terms;
pub use calling_off::call_off;
pub use invoice::{ProformaInvoice, Refusal};
pub use lapse::lapse;
pub use stage::{Move, Stage};
pub use verify::differences as verify;
pub use workbook::printed;

use crate::web::{Door, Routes};

#[expect(clippy::too_many_lines, reason = "one line an address")]
pub fn routes() -> Routes {
    Routes::new()
        .get("/orders/{number}/proforma", Door::Staff, show::list)
        .post("/orders/{number}/proforma", Door::Staff, draft::create)
        .get(
            "/orders/{number}/proforma/{revision}",
            Door::Staff,
            show::one,
        )
        .get(
            "/orders/{number}/proforma/{revision}/edit",
            Door::Staff,
            draft::edit,
        )
        .post(
            "/orders/{number}/proforma/{revision}",
            Door::Staff,
            draft::save,
        )
        .post(
            "/orders/{number}/proforma/{revision}/submission",
            Door::Staff,
            submission::create,
        )
        .post(
            "/orders/{number}/proforma/{revision}/withdrawal",
            Door::Staff,
            submission::withdraw,
        )
        .get(
            "/orders/{number}/proforma/{revision}/approval",
            Door::Staff,
            approval::show,
        )
        .post(
            "/orders/{number}/proforma/{revision}/approval",
            Door::Staff,
            approval::create,
        )
        .post(
            "/orders/{number}/proforma/{revision}/revision",
            Door::Staff,
            draft::revise,
        )
        .get(
            "/orders/{number}/proforma/{revision}/sending",
            Door::Staff,
            sending::ask,
        )
        .post(
            "/orders/{number}/proforma/{revision}/sending",
            Door::Staff,
            sending::create,
        )
        .get(
            "/orders/{number}/proforma/{revision}/confirmation",
            Door::Staff,
            confirmation::ask,
        )
        .upload(
            "/orders/{number}/proforma/{revision}/confirmation",
            Door::Staff,
            confirmation::create,
        )
        .get(
            "/orders/{number}/proforma/{revision}/void",
            Door::Staff,
            submission::ask_void,
        )
        .post(
            "/orders/{number}/proforma/{revision}/void",
            Door::Staff,
            submission::void,
        )
}

//! Production order 生产单: what one factory is to make, by when, in which quality and packing, at what price.
//!
//! We chose one row a revision, one number a factory: the revision in force stays so until the next one is issued.

pub mod acts;
mod answering;
mod calling_off;
pub mod content;
pub mod counter;
pub mod coverage;
mod deciding;
mod decision_page;
mod draft;
mod editor_page;
mod fields;
pub(super) mod find;
pub mod gate;
mod issuing;
mod overriding;
pub mod paper;
mod questions;
mod revising;
mod running;
mod show;
mod sources_sql;
mod sql;
pub mod stage;
mod stage_sql;
mod terms;
mod verify;
mod voiding;
mod workbook;

pub use calling_off::call_off;
pub use paper::{ProductionOrder, Refusal};
pub use stage::{Move, Stage};
pub use verify::differences as verify;
pub use workbook::printed;

pub(super) use questions::channels;
pub(super) use stage_sql::note_expected;

use crate::web::{Door, Routes};

/// Two lists, so that each can be read in one go.
pub(super) fn routes() -> Routes {
    on_our_desk().and(with_the_factory())
}

#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
fn on_our_desk() -> Routes {
    let staff = Door::Staff;
    Routes::new()
        .get("/orders/{number}/production", staff, show::list)
        .post("/orders/{number}/production", staff, draft::create)
        .get("/orders/{number}/production/{paper}", staff, show::one)
        .get(
            "/orders/{number}/production/{paper}/edit",
            staff,
            editor_page::edit,
        )
        .post(
            "/orders/{number}/production/{paper}",
            staff,
            editor_page::save,
        )
        .get(
            "/orders/{number}/production/{paper}/terms",
            staff,
            terms::show,
        )
        .post(
            "/orders/{number}/production/{paper}/terms",
            staff,
            terms::create,
        )
        .get(
            "/orders/{number}/production/{paper}/override",
            staff,
            overriding::ask,
        )
        .post(
            "/orders/{number}/production/{paper}/override",
            staff,
            overriding::create,
        )
        .get(
            "/orders/{number}/production/{paper}/issue",
            staff,
            issuing::ask,
        )
        .post(
            "/orders/{number}/production/{paper}/issue",
            staff,
            issuing::create,
        )
}

#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
fn with_the_factory() -> Routes {
    let staff = Door::Staff;
    Routes::new()
        .get(
            "/orders/{number}/production/{paper}/workbook",
            staff,
            workbook::download,
        )
        .get(
            "/orders/{number}/production/{paper}/answer",
            staff,
            answering::ask,
        )
        .upload(
            "/orders/{number}/production/{paper}/answer",
            staff,
            answering::create,
        )
        .post(
            "/orders/{number}/production/{paper}/acceptance",
            staff,
            deciding::accept,
        )
        .get(
            "/orders/{number}/production/{paper}/decision",
            staff,
            deciding::show,
        )
        .post(
            "/orders/{number}/production/{paper}/decision",
            staff,
            deciding::create,
        )
        .get(
            "/orders/{number}/production/{paper}/decline",
            staff,
            deciding::ask_decline,
        )
        .post(
            "/orders/{number}/production/{paper}/decline",
            staff,
            deciding::create_decline,
        )
        .post(
            "/orders/{number}/production/{paper}/start",
            staff,
            running::start,
        )
        .get(
            "/orders/{number}/production/{paper}/ready",
            staff,
            running::ask,
        )
        .post(
            "/orders/{number}/production/{paper}/ready",
            staff,
            running::ready,
        )
        .post(
            "/orders/{number}/production/{paper}/closing",
            staff,
            running::close,
        )
        .post(
            "/orders/{number}/production/{paper}/revision",
            staff,
            draft::revise,
        )
        .get(
            "/orders/{number}/production/{paper}/void",
            staff,
            voiding::ask,
        )
        .post(
            "/orders/{number}/production/{paper}/void",
            staff,
            voiding::create,
        )
}

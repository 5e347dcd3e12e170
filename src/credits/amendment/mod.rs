//! Amendment 改证: asked of the customer point by point, recorded as the bank sends it, accepted or refused whole.

mod answering;
pub(in crate::credits) mod asking;
pub mod record;
pub(in crate::credits) mod sql;
pub mod stage;

use crate::web::{Door, Routes};

#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
pub(super) fn routes() -> Routes {
    Routes::new()
        .get(
            "/credits/{number}/amendment-request",
            Door::Staff,
            asking::ask,
        )
        .post(
            "/credits/{number}/amendment-request",
            Door::Staff,
            asking::create,
        )
        .get(
            "/credits/{number}/amendment-refusal",
            Door::Staff,
            asking::ask_denial,
        )
        .post(
            "/credits/{number}/amendment-refusal",
            Door::Staff,
            asking::deny,
        )
        .get(
            "/credits/{number}/amendments",
            Door::Staff,
            answering::blank,
        )
        .post(
            "/credits/{number}/amendments",
            Door::Staff,
            answering::receive,
        )
        .post(
            "/credits/{number}/amendments/{sequence}/acceptance",
            Door::Staff,
            answering::accept,
        )
        .get(
            "/credits/{number}/amendments/{sequence}/refusal",
            Door::Staff,
            answering::ask_refusal,
        )
        .post(
            "/credits/{number}/amendments/{sequence}/refusal",
            Door::Staff,
            answering::refuse,
        )
}

//! Exceptions 放行: asking the manager to open a gate, her decision, and what becomes of it; one page for all desks.

mod ask;
mod decide;
mod stakes;

use crate::web::{Door, Routes};

pub(super) fn routes() -> Routes {
    let staff = Door::Staff;
    let one = "/orders/{number}/exceptions/{exception}";
    let new = "/orders/{number}/exceptions/new/{gate}/{thing}";
    Routes::new()
        .get(new, staff, ask::show)
        .post(new, staff, ask::create)
        .get(one, staff, decide::show)
        .post(
            "/orders/{number}/exceptions/{exception}/decision",
            staff,
            decide::create,
        )
        .post(
            "/orders/{number}/exceptions/{exception}/withdrawal",
            staff,
            decide::withdraw,
        )
        .post(
            "/orders/{number}/exceptions/{exception}/note",
            staff,
            decide::note,
        )
}

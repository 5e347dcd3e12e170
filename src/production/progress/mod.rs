//! Progress 进度: what the factory says of each line on its way through the stages, and when it expects the goods.

mod form;
pub mod report;
pub(super) mod sql;

pub use form::{Said, record};
pub use report::{Done, Report, Stage};

use crate::web::{Door, Routes};

pub(super) fn routes() -> Routes {
    let staff = Door::Staff;
    Routes::new()
        .get(
            "/orders/{number}/production/{paper}/progress",
            staff,
            form::ask,
        )
        .upload(
            "/orders/{number}/production/{paper}/progress",
            staff,
            form::create,
        )
}

//! Production 生产, steps 5 and 6: the order to each factory 生产单, its progress 进度 until the goods are ready, what goes wrong
//! at the factory 生产异常, what is changed 变更单, what is inspected 验货.
//!
//! Read `order/stage.rs` first: the life of one revision; `order/gate.rs` is what stands before issue, `order/coverage.rs`
//! what the factories have been given of what is ordered. What the factory says of its progress is `progress/report.rs`.
//! `asking` and `outside` are what the rest has in common: small forms, and what an outside party said.

pub mod aql;
pub mod asking;
mod calling_off;
pub mod change;
pub mod inspection;
pub mod issue;
pub mod limit;
pub mod order;
pub mod outside;
mod owed;
pub mod owing;
pub mod progress;
mod slips;
pub mod stakes;

pub use calling_off::call_off;
pub use order::{printed, verify};

use crate::web::Routes;

pub fn routes() -> Routes {
    order::routes()
        .and(progress::routes())
        .and(issue::routes())
        .and(change::routes())
        .and(inspection::routes())
}

//! Production 生产, steps 5 and 6: the order to each factory 生产单, its progress 进度 until the goods are ready.
//!
//! Read `order/stage.rs` first: the life of one revision; `order/gate.rs` is what stands before issue, `order/coverage.rs`
//! what the factories have been given of what is ordered. What the factory says of its progress is `progress/report.rs`.

pub mod aql;
pub mod order;
mod owed;
pub mod progress;

pub use order::verify;

use crate::web::Routes;

pub fn routes() -> Routes {
    order::routes().and(progress::routes())
}

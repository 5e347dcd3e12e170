//! Inspection 验货: planned with its lots and limits, recorded, judged.

pub mod stage;

pub use stage::{Move, Stage};

use crate::web::Routes;

pub(super) fn routes() -> Routes {
    Routes::new()
}

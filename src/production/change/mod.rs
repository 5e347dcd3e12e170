//! Change order 变更单: what is changed after the customer confirmed, field by field, with the answers it asks for.

pub mod stage;

pub use stage::{Move, Stage};

use crate::web::Routes;

pub(super) fn routes() -> Routes {
    Routes::new()
}

//! Production 生产: the sampling plans for inspections 验货, what goes wrong at the factory, what is changed, what is
//! inspected; orders to the factory and their progress come with this desk.
//!
//! `asking`, `outside` and `owing` are what the three have in common: small forms, what an outside party said, and the
//! relay an act owes.

pub mod aql;
pub mod asking;
pub mod change;
pub mod inspection;
pub mod issue;
pub mod outside;
pub mod owing;

use crate::web::Routes;

pub fn routes() -> Routes {
    Routes::new()
        .and(issue::routes())
        .and(change::routes())
        .and(inspection::routes())
}

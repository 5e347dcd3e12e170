//! Desk 工作台: pages that look across desks: home, lists, the order file, its timeline and files, search, audit.

mod audit;

use crate::web::Routes;

pub fn routes() -> Routes {
    Routes::new().and(audit::routes())
}

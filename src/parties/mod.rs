//! Parties 往来单位: customers, factories, forwarders, their contacts; and who we are on paper.

pub mod contact;
pub mod entity;

use crate::web::Routes;

pub fn routes() -> Routes {
    Routes::new()
}

//! Desk 工作台: pages that look across desks: home, lists, the order file, its timeline and files, search, help.
//!
//! It reads what the desks below wrote and writes nothing of theirs, but for the bridge 传达 and exceptions 放行, whose forms stand here.

pub mod acts;
pub mod audit;
mod audit_filter;
mod exception;
mod glossary;
mod groups;
mod help;
mod home;
mod home_money;
mod home_passing;
mod home_risks;
mod home_task;
mod later;
mod list;
mod money_rules;
mod order;
mod search;
pub mod settings;
mod sql;
mod task;

use crate::web::{Door, Routes};

pub fn routes() -> Routes {
    Routes::new()
        .get("/", Door::Staff, home::show)
        .get("/search", Door::Staff, search::show)
        .get("/help", Door::Staff, help::show)
        .get("/help/terms", Door::Staff, help::terms)
        .get("/help/shortcuts", Door::Staff, help::shortcuts)
        .and(audit::routes())
        .and(exception::routes())
        .and(later::routes())
        .and(list::routes())
        .and(order::routes())
        .and(task::routes())
}

//! The acts of this desk without HTTP: for the demo, for change orders, and for the links of factories to come.

pub use super::answering::{Said, record};
pub use super::deciding::{accept_alone, decide, decline};
pub use super::draft::{begin, open_next, open_next_with, write};
pub use super::issuing::issue;
pub use super::overriding::open_gate;
pub use super::paper::{Answered, Given, Key, ProductionOrder as Paper, Wording};
pub use super::revising::decide as decide_revision;
pub use super::running::{begin_work, end, report_ready};
pub use super::terms::decide as decide_terms;
pub use super::voiding::void;

use super::find;
use crate::orders::OrderAct;
use crate::web::Result;

/// Every paper of the order as it stands inside this act.
pub async fn papers(act: &mut OrderAct) -> Result<Vec<Paper>> {
    find::in_act(act).await
}

/// One paper as it stands inside this act.
pub async fn paper(act: &mut OrderAct, key: Key) -> Result<Paper> {
    find::again(act, key).await
}

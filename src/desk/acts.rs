//! The acts of this desk without HTTP: for the demo. What an act needs is given as its form has it, so that it is read by
//! the same rules.

use super::list::views;
use super::task::giving;
use crate::base::By;
use crate::web::{App, Keyed, Result};

/// A task by hand; `owner` by her e-mail address, `order` by its number.
pub async fn give_task(app: &App, by: By, typed: &[(&str, &str)]) -> Result<()> {
    let form = Keyed::inside(by.at, typed);
    giving::give_typed(app, &by, &form).await
}

/// A view of the orders list, kept under its name.
pub async fn keep_view(app: &App, by: By, typed: &[(&str, &str)]) -> Result<()> {
    let form = Keyed::inside(by.at, typed);
    views::keep_typed(app, &by, &form).await
}

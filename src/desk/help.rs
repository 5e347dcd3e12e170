//! Help 帮助: how the product is used, what its words mean, which keys it knows.

use super::glossary::{self, Term};
use crate::web::{Page, Result};
use askama::Template;
use axum::response::Html;

#[derive(Template)]
#[template(path = "desk/help.html")]
struct HelpPage {
    page: Page,
}

#[derive(Template)]
#[template(path = "desk/terms.html")]
struct TermsPage {
    page: Page,
    terms: &'static [Term],
}

impl TermsPage {
    fn note(&self, term: &Term) -> &'static str {
        term.note(self.page.lang)
    }
}

#[derive(Template)]
#[template(path = "desk/shortcuts.html")]
struct ShortcutsPage {
    page: Page,
}

pub(super) async fn show(page: Page) -> Result<Html<String>> {
    Ok(Html(HelpPage { page }.render()?))
}

pub(super) async fn terms(page: Page) -> Result<Html<String>> {
    let terms = glossary::TERMS;
    Ok(Html(TermsPage { page, terms }.render()?))
}

pub(super) async fn shortcuts(page: Page) -> Result<Html<String>> {
    Ok(Html(ShortcutsPage { page }.render()?))
}

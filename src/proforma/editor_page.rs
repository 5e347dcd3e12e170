//! The editor of a draft: wording, terms, goods, checks before handing in, and the difference from what is in force.

use super::content::{Content, ScheduledPart};
use super::difference::{self, Row};
use super::exchange_cost::Outcome;
use super::invoice::{Lacking, ProformaInvoice};
use super::{adjustment, sources_sql, sql, submission};
use crate::base::By;
use crate::base::incoterm::Incoterm;
use crate::catalog::named_port;
use crate::orders::picking::{self, Picker};
use crate::orders::sheet::{SheetRow, Sums};
use crate::orders::{Head, Order, lines, sheet};
use crate::people::Deed;
use crate::web::{Faults, Fields, Page, Result};
use askama::Template;
use axum::response::Html;
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "proforma/edit.html")]
pub(super) struct EditPage {
    pub page: Page,
    pub head: Head,
    pub paper: ProformaInvoice,
    pub fields: Fields,
    pub faults: Faults,
    pub rows: Vec<SheetRow>,
    pub sums: Sums,
    pub accounts: Vec<(String, String)>,
    pub ports: Vec<(String, String)>,
    pub incoterms: Vec<(String, String)>,
    pub payments: Vec<(String, String)>,
    pub currencies: Vec<(String, String)>,
    pub factories: Vec<(String, String)>,
    pub factory_prices: bool,
    pub picker: Picker,
    /// What is stored, when it is complete.
    pub content: Option<Content>,
    pub lacks: Vec<Lacking>,
    /// Against the revision in force, or the last one approved.
    pub against: Option<i32>,
    pub difference: Vec<Row>,
    pub budget: Option<Outcome>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    clippy::unused_self,
    reason = "the template calls these so"
)]
impl EditPage {
    /// A term of the sea is advised against where the goods go in a container or without a ship; nobody knows here yet.
    fn term_advice(&self) -> Option<String> {
        let term = Incoterm::parse(self.fields.get("incoterm")).ok()?;
        let advised = term.container_advice()?;
        let t = self.page.t;
        Some(t.proforma_term_advice(term.code(), advised.code()))
    }

    pub(super) fn choices(
        &self,
        first: (&str, &str),
        second: (&str, &str),
    ) -> Vec<(String, String)> {
        [first, second]
            .map(|(code, word)| (code.to_owned(), word.to_owned()))
            .to_vec()
    }

    pub(super) fn adjustments(&self) -> Vec<adjustment::Row> {
        adjustment::rows(&self.fields, &self.faults, self.page.t)
    }

    pub(super) fn adjustment_kinds(&self) -> Vec<(&'static str, &'static str)> {
        let t = self.page.t;
        let kinds = adjustment::Kind::ALL.iter();
        kinds.map(|kind| (kind.key(), kind.label(t))).collect()
    }

    pub(super) fn paper_langs(&self) -> Vec<(String, String)> {
        let t = self.page.t;
        [
            ("en", t.proforma_lang_en()),
            ("zh-CN", t.proforma_lang_zh()),
            ("both", t.proforma_lang_both()),
        ]
        .map(|(code, word)| (code.to_owned(), word.to_owned()))
        .to_vec()
    }

    pub(super) fn allowed(&self) -> Vec<(String, String)> {
        let t = self.page.t;
        self.choices(
            ("allowed", t.proforma_allowed()),
            ("not_allowed", t.proforma_not_allowed()),
        )
    }

    pub(super) fn cell_fault(&self, row: &usize, column: &str) -> String {
        sheet::cell_fault(&self.faults, self.page.t, *row, column)
    }

    pub(super) fn part_word(&self, part: &ScheduledPart) -> String {
        part.word(self.page.t)
    }

    pub(super) fn decimals(&self) -> u32 {
        self.head.order.terms.currency.decimals()
    }
}

#[expect(clippy::too_many_lines, reason = "what one page shows, part by part")]
pub(super) async fn draw(
    db: &mut PgConnection,
    page: Page,
    by: &By,
    (order, paper): (Order, ProformaInvoice),
    (fields, faults): (Fields, Faults),
) -> Result<Html<String>> {
    let goods = lines::lines(db, &order).await?;
    let (content, lacks) = match submission::assemble(db, &order, &paper, &goods).await? {
        Ok(content) => (Some(content), Vec::new()),
        Err(lacks) => (None, lacks),
    };
    let earlier = sql::list_for(db, &order).await?;
    let last = earlier
        .iter()
        .find(|other| other.revision() < paper.revision() && other.was_approved());
    let difference = match (&content, last.and_then(|last| last.content.as_ref())) {
        (Some(now), Some(before)) => difference::rows(page.t, before, now),
        _ => Vec::new(),
    };
    let rule = sources_sql::level_rule(db, order.terms.currency).await?;
    let sees_margin = order.may(by, Deed::SeeMargin);
    let factory_prices = order.may(by, Deed::SeeFactoryPrices);
    let page = EditPage {
        faults,
        rows: sheet::rows(&fields, 3, factory_prices),
        sums: sheet::sums(&fields, order.terms.currency.decimals()),
        accounts: sources_sql::accounts(db, &order).await?,
        ports: named_port::offered(&named_port::known(db).await?, page.lang),
        incoterms: Incoterm::ALL
            .iter()
            .map(|term| (term.code().to_owned(), term.code().to_owned()))
            .collect(),
        payments: crate::catalog::payment_term::choices(db, page.t, &order.terms.payment).await?,
        currencies: crate::orders::terms::currencies(db, &order.terms.currency).await?,
        factories: if factory_prices {
            crate::orders::terms::factories(db).await?
        } else {
            Vec::new()
        },
        factory_prices,
        picker: picking::picker(db, &fields, Some(order.customer)).await?,
        budget: content
            .as_ref()
            .filter(|_| sees_margin)
            .and_then(|content| rule.budget(content, &goods)),
        against: last.map(ProformaInvoice::revision),
        head: Head::load(db, &order, "proforma", &page).await?,
        page,
        paper,
        fields,
        content,
        lacks,
        difference,
    };
    Ok(Html(page.render()?))
}

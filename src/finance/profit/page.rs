//! Page and workbook: the profit sheet of one order.

use super::sheet::{Figures, Sheet};
use super::sql;
use crate::base::{By, Currency, OrderNumber, T};
use crate::orders::{self, Head, Order};
use crate::people::Deed;
use crate::web::excel::{self, Cell};
use crate::web::{App, Error, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, Response};
use rust_decimal::Decimal;

#[derive(Template)]
#[template(path = "finance/profit.html")]
pub(super) struct ProfitPage {
    pub page: Page,
    pub head: Head,
    pub figures: Figures,
    pub sheet: Option<Sheet>,
}

impl ProfitPage {
    pub(super) fn rate(&self) -> String {
        self.figures
            .rate
            .map(|rate| rate.normalize().to_string())
            .unwrap_or_default()
    }

    pub(super) fn basis(&self) -> &'static str {
        basis(&self.figures, self.page.t)
    }

    pub(super) fn rate_basis(&self) -> &'static str {
        rate_basis(&self.figures, self.page.t)
    }

    #[expect(
        clippy::ref_option,
        reason = "the template hands its fields over by reference"
    )]
    pub(super) fn foreign(&self, amount: &Option<Decimal>) -> String {
        amount
            .map(|amount| {
                let currency = Currency::parse(&self.figures.currency);
                self.page
                    .number(currency.map_or(amount, |currency| currency.round(amount)))
            })
            .unwrap_or_default()
    }

    pub(super) fn excel(&self) -> String {
        format!("{}/profit.xlsx", self.head.order.url())
    }
}

fn basis(figures: &Figures, t: T) -> &'static str {
    if figures.shipped {
        t.rebate_profit_shipped()
    } else {
        t.rebate_profit_ordered()
    }
}

fn rate_basis(figures: &Figures, t: T) -> &'static str {
    if figures.settled {
        t.rebate_profit_rate_settled()
    } else {
        t.rebate_profit_rate_table()
    }
}

async fn read(app: &App, by: &By, page: &Page, number: &str) -> Result<(Order, Figures)> {
    let number = OrderNumber::parse(number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = orders::find(&mut db, by, &number).await?;
    order.must(by, Deed::SeeMargin)?;
    let figures = sql::figures(&mut db, &order, page.today()).await?;
    Ok((order, figures))
}

pub(super) async fn show(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let (order, figures) = read(&app, &by, &page, &number).await?;
    let mut db = app.db.acquire().await?;
    let html = ProfitPage {
        head: Head::load(&mut db, &order, "finance", &page).await?,
        sheet: Sheet::of(&figures),
        figures,
        page,
    };
    Ok(Html(html.render()?))
}

#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
pub(super) async fn download(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Response> {
    let (order, figures) = read(&app, &by, &page, &number).await?;
    let t = page.t;
    let mut rows = Vec::new();
    if let Some(sheet) = Sheet::of(&figures) {
        for (entry, foreign, amount) in &sheet.entries {
            rows.push(vec![
                Cell::text(entry.label(t)),
                foreign.map_or(Cell::Empty, Cell::Number),
                Cell::Number(*amount),
            ]);
        }
        let outcome = sheet.outcome;
        for (word, figure) in [
            (t.rebate_profit_profit(), outcome.profit),
            (t.rebate_profit_margin(), outcome.margin),
            (t.rebate_profit_exchange_cost(), outcome.exchange_cost),
        ] {
            rows.push(vec![Cell::text(word), Cell::Empty, Cell::Number(figure)]);
        }
    }
    let sheet = excel::Sheet {
        name: t.rebate_profit_title().to_owned(),
        heads: vec![
            t.rebate_profit_entry().to_owned(),
            figures.currency.clone(),
            "CNY".to_owned(),
        ],
        rows,
        most: excel::WHOLE,
    };
    let rate = figures.rate.map(|rate| rate.normalize().to_string());
    let about = [
        (t.rebate_column_order().to_owned(), order.number.to_string()),
        (t.rebate_profit_rate().to_owned(), rate.unwrap_or_default()),
        (
            t.rebate_profit_basis().to_owned(),
            format!("{} {}", basis(&figures, t), rate_basis(&figures, t)),
        ),
        (t.rebate_excel_when().to_owned(), page.moment_iso(page.at)),
    ];
    excel::download(&format!("profit_{}.xlsx", order.number), &sheet, &about, t)
}

//! Raising: the goods and terms as they stand, with what shall be otherwise typed over them.

use super::acts;
use super::fields::COLUMNS;
use super::show;
use super::sql::Wish;
use crate::base::{By, OrderNumber, Party, T};
use crate::orders::amending;
use crate::orders::lines;
use crate::orders::sheet::{self, SheetRow};
use crate::orders::{self, Order, terms};
use crate::people::Deed;
use crate::production::outside;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "changes/new.html")]
struct NewPage {
    page: Page,
    order: Order,
    rows: Vec<SheetRow>,
    sides: Vec<(String, String)>,
    incoterms: Vec<(String, String)>,
    payments: Vec<(String, String)>,
    currencies: Vec<(String, String)>,
    fields: Fields,
    faults: Faults,
}

impl NewPage {
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "the template hands its fields over by reference"
    )]
    fn cell_fault(&self, row: &usize, column: &str) -> String {
        sheet::cell_fault(&self.faults, self.page.t, *row, column)
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct From {
    issue: Option<i32>,
}

pub(super) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    Query(from): Query<From>,
) -> Result<Response> {
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = orders::find(&mut db, &by, &number).await?;
    let goods = lines::lines(&mut db, &order).await?;
    drop(db);
    let mut fields = Fields::default();
    sheet::put(&mut fields, &goods);
    terms::put(&mut fields, &order.terms);
    fields.set("wished_by", "customer");
    if let Some(issue) = from.issue {
        fields.set("issue", issue.to_string());
        fields.set("wished_by", "factory");
    }
    draw(&app, &by, page, &number, (fields, Faults::default())).await
}

async fn draw(
    app: &App,
    by: &By,
    page: Page,
    number: &OrderNumber,
    (fields, faults): (Fields, Faults),
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let order = orders::find(&mut db, by, number).await?;
    order.must(by, Deed::RaiseChangeOrder)?;
    let t = page.t;
    let refused = !faults.is_empty();
    let pair = |side: Party| (side.code().to_owned(), side.label(t).to_owned());
    let codes = crate::base::incoterm::Incoterm::ALL;
    let page = NewPage {
        rows: sheet::rows(&fields, 0, false),
        sides: [Party::Customer, Party::Factory, Party::Us]
            .map(pair)
            .to_vec(),
        incoterms: codes
            .iter()
            .map(|term| (term.code().to_owned(), term.code().to_owned()))
            .collect(),
        payments: crate::catalog::payment_term::choices(&mut db, t, &order.terms.payment).await?,
        currencies: terms::currencies(&mut db, &order.terms.currency).await?,
        order,
        fields,
        faults,
        page,
    };
    let html = Html(page.render()?);
    Ok(if refused {
        (StatusCode::UNPROCESSABLE_ENTITY, html).into_response()
    } else {
        html.into_response()
    })
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    let known: Vec<&str> = terms::FIELDS
        .iter()
        .copied()
        .chain(["wished_by", "reason", "issue", "lines[]"])
        .collect();
    form.only(&known)?;
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut act = orders::begin(&app, by.clone(), &number, &form.key).await?;
    act.must(Deed::RaiseChangeOrder)?;
    let order = act.order.clone();
    let goods = lines::lines(act.tx(), &order).await?;
    let wish = match read(&order, &goods, &form.fields, by.at) {
        Ok(wish) => wish,
        Err(faults) => {
            drop(act);
            return draw(&app, &by, page, &number, (form.fields, faults)).await;
        }
    };
    let change = acts::raise(&mut act, &wish).await?;
    let answer = Answer::to(show::url(&act.order, change)).tell(page.t, T::changes_raised);
    Ok(act.finish(answer).await?.into_response())
}

fn read(
    order: &Order,
    goods: &[lines::Line],
    fields: &Fields,
    at: chrono::DateTime<chrono::Utc>,
) -> Result<Wish, Faults> {
    let (changed, agreed, mut faults) = amending::over(order, goods, fields, &COLUMNS, at);
    let reason = outside::text(
        fields,
        "reason",
        1_000,
        &mut faults,
        T::orders_reason_missing,
    );
    let wished_by = if let side @ ("us" | "factory" | "customer") = fields.get("wished_by") {
        side.to_owned()
    } else {
        faults.add("wished_by", T::changes_wish_missing);
        String::new()
    };
    let cells = amending::differences((goods, &order.terms), (&changed, &agreed));
    if faults.is_empty() && cells.is_empty() {
        faults.add("form", T::changes_nothing_changed);
    }
    if faults.is_empty() {
        Ok(Wish {
            issue: fields.get("issue").parse().ok(),
            wished_by,
            reason,
            cells,
        })
    } else {
        Err(faults)
    }
}

//! The form of a new order: first the customer, whose usual terms then fill the form; or a repeat of an earlier order.

use super::header::incoterms;
use super::opening::{self, Opening};
use super::order;
use super::picking::{self, Picker};
use super::reassignment::colleagues;
use super::sheet::{SheetRow, Sums};
use super::{intake_sql, lines, opening_sheet, opening_sql, sheet, sheet_import, terms};
use crate::base::{By, CustomerId, EntityId, LineId, OrderId, OrderNumber, PersonId, Role, T};
use crate::catalog::payment_term;
use crate::history;
use crate::people::{Deed, Relation, barring};
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result, Tell};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "orders/new.html")]
pub(super) struct NewPage {
    page: Page,
    /// Chosen customer; none: she is chosen first.
    customer: Option<opening_sql::CustomerDefaults>,
    customers: Vec<(String, String)>,
    entities: Vec<(String, String)>,
    salespeople: Vec<(String, String)>,
    operators: Vec<(String, String)>,
    /// Number of the order repeated.
    from: String,
    fields: Fields,
    faults: Faults,
    rows: Vec<SheetRow>,
    sums: Sums,
    incoterms: Vec<(String, String)>,
    payments: Vec<(String, String)>,
    currencies: Vec<(String, String)>,
    factories: Vec<(String, String)>,
    factory_prices: bool,
    /// Products offered beneath the goods.
    picker: Picker,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the template calls it so"
)]
impl NewPage {
    fn cell_fault(&self, row: &usize, column: &str) -> String {
        sheet::cell_fault(&self.faults, self.page.t, *row, column)
    }

    fn decimals(&self) -> u32 {
        crate::base::Currency::parse(self.fields.get("currency"))
            .map_or(2, crate::base::Currency::decimals)
    }
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    customer: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    intake: String,
}

pub(super) async fn blank(
    State(app): State<App>,
    by: By,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Html<String>> {
    may_open(&by)?;
    let mut db = app.db.acquire().await?;
    let mut fields = Fields::default();
    let mut customer = asked.customer.clone();
    if let Some(number) = OrderNumber::parse(&asked.from) {
        let old = order::find(&mut db, &by, &number).await?;
        customer.clone_from(&old.customer_code);
        repeat(&mut fields, &old, &lines::lines(&mut db, &old).await?);
        fields.set("from", number.as_str());
    }
    if !asked.intake.is_empty() {
        let intake = sheet_import::find(&mut db, &by, &asked.intake).await?;
        let (_, _, preview) = sheet_import::reading(&app, &mut db, &intake, &by).await?;
        if !preview.is_importable() {
            return Err(Error::refused(StillAsked));
        }
        customer.clone_from(&intake.customer.code);
        opening_sheet::fill(&mut fields, &preview);
        fields.set("intake", asked.intake);
    }
    let defaults = opening_sql::customer_defaults(&mut db, &customer).await?;
    if let Some(customer) = &defaults {
        fill(&mut fields, customer, &by);
    }
    draw(&mut db, page, &by, defaults, fields, Faults::default()).await
}

/// Something on the sheet still has to be answered.
#[derive(Debug)]
struct StillAsked;

impl Tell for StillAsked {
    fn tell(&self, t: T) -> String {
        t.orders_sheet_still_asked().into()
    }
}

/// The form again, with its faults, when a sheet could not be taken.
pub(super) async fn refused(
    db: &mut PgConnection,
    page: Page,
    by: &By,
    fields: Fields,
    faults: Faults,
) -> Result<Response> {
    let html = draw(db, page, by, None, fields, faults).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

/// 403 for who opens no orders at all; whose order it will be is asked when it is sent.
pub(super) fn may_open(by: &By) -> Result<()> {
    let opens = by.staff().is_some_and(|staff| {
        staff
            .roles
            .any_of(&[Role::Salesperson, Role::OrderOperator])
    });
    if opens {
        Ok(())
    } else {
        let deed = Deed::OpenOrder;
        Err(barring::refusal(by, deed, &Relation::none()))
    }
}

/// Goods and terms of an earlier order; its dates and references are its own.
fn repeat(fields: &mut Fields, old: &order::Order, goods: &[lines::Line]) {
    fields.set("title", old.title.clone());
    terms::put(fields, &old.terms);
    fields.set("delivery_on", "");
    sheet::put(fields, goods);
    // An order may be known without its prices; what is not hers to see is not hers to copy.
    let unseen = [
        ("price", Deed::SeeCustomerPrices),
        ("factory_price", Deed::SeeFactoryPrices),
    ]
    .map(|(column, deed)| (column, old.reader_may(deed)));
    for row in 0..goods.len() {
        for (column, _) in unseen.iter().filter(|(_, seen)| !seen) {
            fields.set(&format!("lines[{row}][{column}]"), "");
        }
        fields.set(&format!("lines[{row}][id]"), "");
        fields.set(&format!("lines[{row}][delivery]"), "");
    }
}

/// What is usual with this customer, where nothing stands yet.
fn fill(fields: &mut Fields, customer: &opening_sql::CustomerDefaults, by: &By) {
    let me = by.person().map(|id| id.to_string()).unwrap_or_default();
    let i_sell = by
        .staff()
        .is_some_and(|staff| staff.roles.has(Role::Salesperson));
    let i_operate = by
        .staff()
        .is_some_and(|staff| staff.roles.has(Role::OrderOperator));
    let usual = [
        ("currency", customer.currency.clone()),
        ("incoterm", customer.incoterm.clone()),
        ("place", customer.place.clone()),
        ("payment", customer.terms.clone()),
        ("tolerance", "0".to_owned()),
        ("marks", customer.marks.clone()),
        (
            "salesperson",
            customer
                .salesperson
                .clone()
                .or_else(|| i_sell.then(|| me.clone()))
                .unwrap_or_default(),
        ),
        (
            "operator",
            if i_operate { me.clone() } else { String::new() },
        ),
    ];
    for (name, value) in usual {
        if fields.get(name).is_empty() {
            fields.set(name, value);
        }
    }
}

fn whose(customer: Option<&opening_sql::CustomerDefaults>) -> Option<CustomerId> {
    customer.map(|customer| CustomerId(customer.id))
}

async fn draw(
    db: &mut PgConnection,
    page: Page,
    by: &By,
    customer: Option<opening_sql::CustomerDefaults>,
    fields: Fields,
    faults: Faults,
) -> Result<Html<String>> {
    let factory_prices = by
        .staff()
        .is_some_and(|staff| staff.roles.has(Role::OrderOperator));
    let held =
        crate::base::Currency::parse(fields.get("currency")).unwrap_or(crate::base::Currency::USD);
    let page = NewPage {
        customers: opening_sql::customer_choices(db).await?,
        entities: opening_sql::entities(db, page.lang).await?,
        salespeople: colleagues(db, Role::Salesperson, &page).await?,
        operators: colleagues(db, Role::OrderOperator, &page).await?,
        from: fields.get("from").to_owned(),
        rows: sheet::rows(&fields, 5, factory_prices),
        sums: sheet::sums(&fields, held.decimals()),
        incoterms: incoterms(),
        payments: payment_term::choices(db, page.t, fields.get("payment")).await?,
        currencies: terms::currencies(db, &held).await?,
        factories: if factory_prices {
            terms::factories(db).await?
        } else {
            Vec::new()
        },
        factory_prices,
        picker: picking::picker(db, &fields, whose(customer.as_ref())).await?,
        customer,
        page,
        fields,
        faults,
    };
    Ok(Html(page.render()?))
}

#[expect(
    clippy::too_many_lines,
    reason = "one form, field by field, in the order of the page"
)]
pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    form: Keyed,
) -> Result<Response> {
    may_open(&by)?;
    let own = [
        "customer",
        "from",
        "intake",
        "entity",
        "salesperson",
        "operator",
        "title",
        "customer_reference",
        "lines[]",
        "act",
    ];
    let known: Vec<&str> = terms::FIELDS
        .iter()
        .copied()
        .chain(own)
        .chain(picking::FIELDS)
        .collect();
    form.only(&known)?;
    let mut db = app.db.acquire().await?;
    let customer = opening_sql::customer_defaults(&mut db, form.fields.get("customer")).await?;
    if picking::is_asked(&form.fields) {
        let mut fields = form.fields.clone();
        picking::apply(&mut db, &mut fields, whose(customer.as_ref())).await?;
        return Ok(
            draw(&mut db, page, &by, customer, fields, Faults::default())
                .await?
                .into_response(),
        );
    }
    let repeated = match OrderNumber::parse(form.fields.get("from")) {
        Some(number) => Some(order::find(&mut db, &by, &number).await?),
        None => None,
    };
    let read = read(
        &form.fields,
        customer.as_ref(),
        repeated.map(|old| old.id()),
        || LineId::fresh(by.at),
    );
    let opening = match read {
        Ok(opening) => opening,
        Err(faults) => {
            let html = draw(&mut db, page, &by, customer, form.fields, faults).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
    };
    let sheet = match form.fields.get("intake") {
        "" => None,
        id => {
            let intake = sheet_import::find(&mut db, &by, id).await?;
            let (_, mapping, _) = sheet_import::reading(&app, &mut db, &intake, &by).await?;
            Some((intake, mapping))
        }
    };
    drop(db);
    let opening = Opening {
        source: sheet.as_ref().map(|(intake, _)| intake.file_name.clone()),
        ..opening
    };
    let act = history::begin(&app, by, &form.key).await?;
    let mut act = opening::open(act, app.config.zone, &opening).await?;
    if let Some((intake, mapping)) = sheet {
        let (order, at) = (act.order.id(), act.by.at);
        crate::documents::files::give_to(act.tx(), intake.file, order).await?;
        intake_sql::close_intake(
            act.tx(),
            intake.id,
            order,
            (intake.customer.id, &mapping, at),
        )
        .await?;
    }
    let answer = Answer::to(act.order.url()).tell(page.t, T::orders_opened);
    Ok(act.finish(answer).await?.into_response())
}

/// The form as an opening, or every fault in it.
#[expect(
    clippy::too_many_lines,
    reason = "one form, field by field, in the order of the page"
)]
fn read(
    fields: &Fields,
    customer: Option<&opening_sql::CustomerDefaults>,
    repeat_of: Option<OrderId>,
    new_id: impl Fn() -> LineId,
) -> Result<Opening, Faults> {
    let mut faults = Faults::default();
    let agreed = terms::read(fields, &mut faults);
    let (goods, sheet_faults) = sheet::read_sheet(fields, new_id);
    faults.join(sheet_faults);
    let person = |name: &str, faults: &mut Faults| -> Option<PersonId> {
        let found = fields.get(name).parse().ok();
        if found.is_none() {
            faults.add(name, T::orders_choose_person);
        }
        found
    };
    let salesperson = person("salesperson", &mut faults);
    let operator = person("operator", &mut faults);
    let entity: Option<EntityId> = fields.get("entity").parse().ok();
    if entity.is_none() {
        faults.add("entity", T::orders_choose_entity);
    }
    if customer.is_none() {
        faults.add("customer", T::orders_choose_customer);
    }
    let title = fields.get("title").to_owned();
    if title.is_empty() || title.chars().count() > 160 {
        faults.add("title", T::orders_title_missing);
    }
    let (Some(salesperson), Some(operator), Some(entity), Some(customer), true) =
        (salesperson, operator, entity, customer, faults.is_empty())
    else {
        return Err(faults);
    };
    Ok(Opening {
        entity,
        customer: CustomerId(customer.id),
        salesperson,
        operator,
        title,
        customer_reference: fields.get("customer_reference").chars().take(80).collect(),
        terms: agreed,
        lines: goods,
        repeat_of,
        split_of: None,
        source: None,
    })
}

//! Rules of money 收款与核销规则: what banks may keep before a payment is short, which goods a deposit pays for, and from
//! which export day verification needs no paper form. Each change is one event; what it changes on open orders is settled right after it.

use crate::base::{By, Role, T};
use crate::catalog::currency;
use crate::history;
use crate::history::event::Change;
use crate::jobs::{self, Job};
use crate::parties::setting;
use crate::records::read::Reading;
use crate::records::{Happened, differences, stale};
use crate::web::{Answer, App, Door, Faults, Fields, Keyed, Page, Result, Routes};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};
use sqlx::PgConnection;

const ADMIN: Door = Door::Only(&[Role::Admin]);
const TOLERANCE: &str = "bank_charge_tolerance";
const VERIFICATION: &str = "verification";
const FROM: &str = "matching_from";
const DEPOSIT: &str = "deposit";
const CREDITED: &str = "credited";
/// Off each shipment by its value, or off the last ones.
const PRO_RATA: &str = "pro_rata";
const ON_LAST: &str = "on_last";

/// The currencies of our trade, as the catalog lists them.
const CURRENCIES: [&str; 18] = [
    "USD", "EUR", "GBP", "CNY", "JPY", "AUD", "CAD", "HKD", "CHF", "SGD", "AED", "SAR", "NZD",
    "SEK", "NOK", "DKK", "PLN", "KRW",
];

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/settings/money", ADMIN, show)
        .post("/settings/money/tolerance", ADMIN, save_tolerance)
        .post("/settings/money/verification", ADMIN, save_verification)
        .post("/settings/money/deposit", ADMIN, save_deposit)
}

#[derive(Template)]
#[template(path = "desk/money_rules.html")]
struct RulesPage {
    page: Page,
    /// Code, figure and fault of each currency.
    tolerances: Vec<(&'static str, String, String)>,
    tolerance_rev: i32,
    matching_from: String,
    verification_rev: i32,
    credited: String,
    creditings: Vec<(String, String)>,
    deposit_rev: i32,
    faults: Faults,
    of_tolerance: Happened,
    of_verification: Happened,
    of_deposit: Happened,
}

/// What was typed into a form that was refused.
#[derive(Default)]
struct Typed {
    tolerance: Option<Form>,
    verification: Option<Form>,
    deposit: Option<Form>,
}

/// What one form holds, and of which version it is.
#[derive(Clone)]
struct Form {
    fields: Fields,
    rev: i32,
}

/// The tolerances in force: stored, or what the house begins with.
async fn tolerance(db: &mut PgConnection) -> Result<Form> {
    let mut fields = Fields::default();
    for one in currency::all(db).await? {
        let figure = one.tolerance.unwrap_or_default().normalize().to_string();
        fields.set(&one.code, figure);
    }
    let rev = setting::find(db, TOLERANCE).await?.version;
    Ok(Form { fields, rev })
}

async fn verification(db: &mut PgConnection) -> Result<Form> {
    let held = setting::find(db, VERIFICATION).await?;
    let day = held
        .value
        .as_ref()
        .and_then(|value| value.get(FROM)?.as_str())
        .unwrap_or("2012-08-01")
        .to_owned();
    let mut fields = Fields::default();
    fields.set(FROM, day);
    Ok(Form {
        fields,
        rev: held.version,
    })
}

async fn deposit(db: &mut PgConnection) -> Result<Form> {
    let held = setting::find(db, DEPOSIT).await?;
    let stored = held.value.as_ref();
    let credited = stored
        .and_then(|value| value.get(CREDITED)?.as_str())
        .unwrap_or(PRO_RATA);
    let mut fields = Fields::default();
    fields.set(CREDITED, credited);
    Ok(Form {
        fields,
        rev: held.version,
    })
}

async fn show(State(app): State<App>, page: Page) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    draw(&mut db, page, Typed::default(), Faults::default()).await
}

/// Each currency with its figure and what is wrong with it.
fn tolerances(
    fields: &Fields,
    page: &Page,
    faults: &Faults,
) -> Vec<(&'static str, String, String)> {
    CURRENCIES
        .into_iter()
        .map(|code| {
            let figure = fields.get(code).to_owned();
            (code, figure, page.fault(faults, code))
        })
        .collect()
}

async fn draw(
    db: &mut PgConnection,
    page: Page,
    typed: Typed,
    faults: Faults,
) -> Result<Html<String>> {
    let tolerance = match typed.tolerance {
        Some(typed) => typed,
        None => tolerance(db).await?,
    };
    let verification = match typed.verification {
        Some(typed) => typed,
        None => verification(db).await?,
    };
    let deposit = match typed.deposit {
        Some(typed) => typed,
        None => deposit(db).await?,
    };
    let html = RulesPage {
        tolerances: tolerances(&tolerance.fields, &page, &faults),
        tolerance_rev: tolerance.rev,
        matching_from: verification.fields.get(FROM).to_owned(),
        verification_rev: verification.rev,
        credited: deposit.fields.get(CREDITED).to_owned(),
        creditings: vec![
            (PRO_RATA.to_owned(), page.t.desk_money_pro_rata().to_owned()),
            (ON_LAST.to_owned(), page.t.desk_money_on_last().to_owned()),
        ],
        deposit_rev: deposit.rev,
        of_deposit: Happened::read(db, &setting::thing(DEPOSIT), &page, &[])
            .await?
            .named([(CREDITED, page.t.desk_money_credited())]),
        of_tolerance: Happened::read(db, &setting::thing(TOLERANCE), &page, &[]).await?,
        of_verification: Happened::read(db, &setting::thing(VERIFICATION), &page, &[])
            .await?
            .named([(FROM, page.t.desk_money_matching_from())]),
        faults,
        page,
    };
    Ok(Html(html.render()?))
}

/// The page again with what was typed.
async fn refused(
    act: &mut history::Act,
    page: Page,
    typed: Typed,
    faults: Faults,
) -> Result<Response> {
    let html = draw(act.tx(), page, typed, faults).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

async fn save_tolerance(
    State(app): State<App>,
    by: By,
    page: Page,
    form: Keyed,
) -> Result<Response> {
    form.only(&CURRENCIES)?;
    let rev = form.rev()?;
    let mut faults = Faults::default();
    let mut reading = Reading::new(&form.fields, &mut faults);
    let (mut value, mut after) = (Map::new(), Fields::default());
    for code in CURRENCIES {
        let figure = reading.figure(code).unwrap_or_default();
        if figure > Decimal::from(1_000_000) {
            reading.fault(code, T::desk_levels_range);
        }
        let text = figure.normalize().to_string();
        value.insert(code.to_owned(), json!(text));
        after.set(code, text);
    }
    let mut act = history::begin(&app, by.clone(), &form.key).await?;
    if !faults.is_empty() {
        let typed = Form {
            fields: form.fields,
            rev,
        };
        let typed = Typed {
            tolerance: Some(typed),
            ..Typed::default()
        };
        return refused(&mut act, page, typed, faults).await;
    }
    let held = tolerance(act.tx()).await?;
    let changes = differences(CURRENCIES, &held.fields, &after);
    let change = Saving {
        key: TOLERANCE,
        place: "/settings/money/tolerance",
        labels: CURRENCIES.map(|code| (code, code)).to_vec(),
        held,
        after,
        changes,
    };
    save(act, (&by, page.t), (rev, Value::Object(value)), change).await
}

async fn save_verification(
    State(app): State<App>,
    by: By,
    page: Page,
    form: Keyed,
) -> Result<Response> {
    form.only(&[FROM])?;
    let rev = form.rev()?;
    let mut faults = Faults::default();
    let mut reading = Reading::new(&form.fields, &mut faults);
    let day = reading.day(FROM);
    let first = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default();
    let sane = |day: &NaiveDate| (first..=page.today()).contains(day);
    if day.as_ref().is_none_or(|day| !sane(day)) && reading.faults.of(FROM).is_none() {
        reading.fault(FROM, T::desk_money_matching_range);
    }
    let mut act = history::begin(&app, by.clone(), &form.key).await?;
    let Some(day) = day.filter(|_| faults.is_empty()) else {
        let typed = Form {
            fields: form.fields,
            rev,
        };
        let typed = Typed {
            verification: Some(typed),
            ..Typed::default()
        };
        return refused(&mut act, page, typed, faults).await;
    };
    let held = verification(act.tx()).await?;
    let mut after = Fields::default();
    after.set(FROM, day.to_string());
    let changes = differences([FROM], &held.fields, &after);
    let change = Saving {
        key: VERIFICATION,
        place: "/settings/money/verification",
        labels: vec![(FROM, page.t.desk_money_matching_from())],
        held,
        after,
        changes,
    };
    save(act, (&by, page.t), (rev, json!({ FROM: day })), change).await
}

async fn save_deposit(State(app): State<App>, by: By, page: Page, form: Keyed) -> Result<Response> {
    form.only(&[CREDITED])?;
    let rev = form.rev()?;
    let mut act = history::begin(&app, by.clone(), &form.key).await?;
    let chosen = form.fields.get(CREDITED).to_owned();
    if ![PRO_RATA, ON_LAST].contains(&chosen.as_str()) {
        let faults = Faults::one(CREDITED, T::records_choose);
        let typed = Typed {
            deposit: Some(Form {
                fields: form.fields,
                rev,
            }),
            ..Typed::default()
        };
        return refused(&mut act, page, typed, faults).await;
    }
    let held = deposit(act.tx()).await?;
    let mut after = Fields::default();
    after.set(CREDITED, chosen.as_str());
    let changes = differences([CREDITED], &held.fields, &after);
    let change = Saving {
        key: DEPOSIT,
        place: "/settings/money/deposit",
        labels: vec![(CREDITED, page.t.desk_money_credited())],
        held,
        after,
        changes,
    };
    save(
        act,
        (&by, page.t),
        (rev, json!({ CREDITED: chosen })),
        change,
    )
    .await
}

/// One rule on its way into the house.
struct Saving {
    key: &'static str,
    place: &'static str,
    labels: Vec<(&'static str, &'static str)>,
    held: Form,
    after: Fields,
    changes: Vec<Change>,
}

async fn save(
    mut act: history::Act,
    (by, t): (&By, T),
    (rev, value): (i32, Value),
    saving: Saving,
) -> Result<Response> {
    let changed = !saving.changes.is_empty();
    if !setting::save(&mut act, saving.key, rev, &value, saving.changes).await? {
        let thing = setting::thing(saving.key);
        let labels = saving
            .labels
            .into_iter()
            .map(|(name, label)| (name.to_owned(), label.to_owned()))
            .collect();
        let theirs = (saving.held.fields, saving.held.rev);
        let of = (saving.place.to_owned(), labels);
        return Err(stale(act.tx(), by, &thing, &saving.after, theirs, of).await?);
    }
    if changed {
        let at = act.by.at;
        jobs::enqueue(act.tx(), &Job::SettleOrders, at, at).await?;
    }
    let answer = Answer::to("/settings/money").tell(t, T::web_saved);
    Ok(act.finish(answer).await?.into_response())
}

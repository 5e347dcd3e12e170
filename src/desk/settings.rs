//! Settings 设置: the rules of the company that the administrator keeps, each with its history.

use crate::base::{By, Currency, Role, T, typed};
use crate::history;
use crate::history::event::Change;
use crate::parties::calendar::{self, CalendarDay};
use crate::parties::setting;
use crate::proforma::margin::LevelRule;
use crate::records::read::Reading;
use crate::records::{Happened, stale};
use crate::web::{Answer, App, Door, Error, Faults, Fields, Keyed, Page, Result, Routes};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use chrono::Datelike;
use rust_decimal::Decimal;
use sqlx::PgConnection;

const ADMIN: Door = Door::Only(&[Role::Admin]);
const LEVELS: &str = "proforma_levels";
const FIELDS: [&str; 5] = [
    "from_amount",
    "below_margin",
    "exchange_rate",
    "vat_rate",
    "refund_rate",
];

pub fn routes() -> Routes {
    Routes::new()
        .get("/settings", ADMIN, show)
        .post("/settings/levels", ADMIN, save_levels)
        .post("/settings/calendar", ADMIN, add_days)
        .post("/settings/calendar/{day}/removal", ADMIN, remove_day)
        .and(super::money_rules::routes())
}

#[derive(Template)]
#[template(path = "desk/settings.html")]
pub struct SettingsPage {
    pub page: Page,
    pub fields: Fields,
    pub faults: Faults,
    pub rev: i32,
    pub days: Vec<CalendarDay>,
    pub levels: Happened,
    pub calendar: Happened,
}

async fn show(State(app): State<App>, page: Page) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (rule, rev) = level_rule(&mut db).await?;
    draw(&mut db, page, (put(&rule), rev), Faults::default()).await
}

async fn draw(
    db: &mut PgConnection,
    page: Page,
    (fields, rev): (Fields, i32),
    faults: Faults,
) -> Result<Html<String>> {
    let first = page.today().with_ordinal(1).unwrap_or(page.today());
    let html = SettingsPage {
        days: calendar::days(db, first).await?,
        levels: Happened::read(db, &setting::thing(LEVELS), &page, &[])
            .await?
            .named(labels(page.t)),
        calendar: Happened::read(db, &setting::thing(calendar::KEY), &page, &[]).await?,
        fields,
        faults,
        rev,
        page,
    };
    Ok(Html(html.render()?))
}

fn labels(t: T) -> [(&'static str, &'static str); 5] {
    [
        ("from_amount", t.desk_levels_from_amount()),
        ("below_margin", t.desk_levels_below_margin()),
        ("exchange_rate", t.desk_levels_exchange_rate()),
        ("vat_rate", t.desk_levels_vat_rate()),
        ("refund_rate", t.desk_levels_refund_rate()),
    ]
}

/// The rule in force: the stored one, or its default where none was stored.
async fn level_rule(db: &mut PgConnection) -> Result<(LevelRule, i32)> {
    let held = setting::find(db, LEVELS).await?;
    let rule = held.value.map(serde_json::from_value).transpose()?;
    Ok((rule.unwrap_or_default(), held.version))
}

/// Rates are percents on the page and fractions in the rule.
fn put(rule: &LevelRule) -> Fields {
    let percent = |rate: Decimal| (rate * Decimal::ONE_HUNDRED).normalize().to_string();
    let mut fields = Fields::default();
    fields.set("from_amount", rule.from_amount.normalize().to_string());
    fields.set("below_margin", rule.below_margin.normalize().to_string());
    fields.set("exchange_rate", rule.exchange_rate.normalize().to_string());
    fields.set("vat_rate", percent(rule.vat_rate));
    fields.set("refund_rate", percent(rule.refund_rate));
    fields
}

fn read(fields: &Fields, faults: &mut Faults) -> LevelRule {
    let mut form = Reading::new(fields, faults);
    let mut figure = |name: &'static str, most: Decimal| {
        let figure = form.figure(name).filter(|figure| *figure <= most);
        if figure.is_none() && form.faults.of(name).is_none() {
            form.fault(name, T::desk_levels_range);
        }
        figure.unwrap_or_default()
    };
    let percent = Decimal::ONE_HUNDRED;
    let rule = LevelRule {
        from_amount: figure("from_amount", Decimal::from(1_000_000_000)),
        below_margin: figure("below_margin", percent),
        exchange_rate: figure("exchange_rate", Decimal::from(1_000)),
        vat_rate: figure("vat_rate", percent) / percent,
        refund_rate: figure("refund_rate", percent) / percent,
        rate: None,
    }
    .of(Currency::USD, None);
    if rule.refund_rate > rule.vat_rate {
        form.fault("refund_rate", T::desk_levels_refund_above_vat);
    }
    rule
}

async fn save_levels(State(app): State<App>, by: By, page: Page, form: Keyed) -> Result<Response> {
    form.only(&FIELDS)?;
    let rev = form.rev()?;
    let mut faults = Faults::default();
    let rule = read(&form.fields, &mut faults);
    let mut act = history::begin(&app, by.clone(), &form.key).await?;
    if !faults.is_empty() {
        let html = draw(act.tx(), page, (form.fields, rev), faults).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
    }
    let (held, version) = level_rule(act.tx()).await?;
    let (before, after) = (put(&held), put(&rule));
    let changes: Vec<Change> = crate::records::differences(FIELDS, &before, &after);
    let value = serde_json::to_value(&rule)?;
    if !setting::save(&mut act, LEVELS, rev, &value, changes).await? {
        let thing = setting::thing(LEVELS);
        let labels = labels(page.t)
            .into_iter()
            .map(|(name, label)| (name.to_owned(), label.to_owned()))
            .collect();
        let place = "/settings/levels".to_owned();
        return Err(stale(
            act.tx(),
            &by,
            &thing,
            &after,
            (before, version),
            (place, labels),
        )
        .await?);
    }
    let answer = Answer::to("/settings").tell(page.t, T::web_saved);
    Ok(act.finish(answer).await?.into_response())
}

async fn add_days(State(app): State<App>, by: By, page: Page, form: Keyed) -> Result<Response> {
    form.only(&["from", "until", "working", "note"])?;
    let mut faults = Faults::default();
    let mut reading = Reading::new(&form.fields, &mut faults);
    let from = reading.day("from");
    if from.is_none() {
        reading.fault("from", T::records_needed);
    }
    let until = reading.day("until").or(from);
    if let (Some(from), Some(until)) = (from, until)
        && !(from..=calendar::last_allowed(from)).contains(&until)
    {
        reading.fault("until", T::desk_calendar_range);
    }
    let working = reading.one_of("working", &["no", "yes"]) == "yes";
    let note = reading.needed("note", 40);
    let mut act = history::begin(&app, by, &form.key).await?;
    match (from, until) {
        (Some(from), Some(until)) if faults.is_empty() => {
            calendar::add(&mut act, from, until, (working, &note)).await?;
            let answer = Answer::to("/settings#calendar").tell(page.t, T::web_saved);
            Ok(act.finish(answer).await?.into_response())
        }
        _ => {
            let (rule, rev) = level_rule(act.tx()).await?;
            let mut fields = form.fields;
            for (name, value) in put(&rule).iter() {
                fields.set(name, value);
            }
            let html = draw(act.tx(), page, (fields, rev), faults).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

async fn remove_day(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(day): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let day = typed::day(&day).ok_or(Error::NotFound)?;
    let mut act = history::begin(&app, by, &form.key).await?;
    calendar::remove(&mut act, day).await?;
    act.finish(Answer::to("/settings#calendar").tell(page.t, T::web_saved))
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_is_read_back_as_it_was_put() {
        let rule = LevelRule::default();
        let mut faults = Faults::default();
        assert_eq!(read(&put(&rule), &mut faults), rule);
        assert!(faults.is_empty());
    }

    #[test]
    fn a_rebate_above_the_tax_is_a_slip() {
        let mut fields = put(&LevelRule::default());
        fields.set("refund_rate", "17");
        fields.set("below_margin", "101");
        let mut faults = Faults::default();
        read(&fields, &mut faults);
        let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["below_margin", "refund_rate"]);
    }
}

//! The page of rates: exchange by day, rebate by commodity code and range of days.

use super::rate::{self, ExchangeRate, RebateRate, Treatment};
use super::sql;
use crate::base::codes::HsCode;
use crate::base::{By, Currency, T, format, rounding, typed};
use crate::history::{self, Act};
use crate::records::read::Reading;
use crate::web::paging::Slice;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use rust_decimal::Decimal;
use serde::Deserialize;
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "catalog/rates.html")]
pub(super) struct RatesPage {
    pub page: Page,
    pub may_edit: bool,
    pub exchange: Vec<ExchangeRate>,
    /// Where older ones begin, and the way back to the newest.
    pub exchange_pages: (String, String),
    pub rebate: Vec<RebateRate>,
    pub rebate_pages: (String, String),
    pub hs: String,
    pub currencies: Vec<(String, String)>,
    pub treatments: Vec<(String, String)>,
    pub fields: Fields,
    pub faults: Faults,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    hs: String,
    /// Rebate rates behind or before this one.
    after: String,
    before: String,
    /// Exchange rates behind this day and currency: `2026-11-20USD`.
    older: String,
}

pub(super) async fn show(
    State(app): State<App>,
    by: By,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Html<String>> {
    let mut fields = Fields::default();
    fields.set("day", page.today().to_string());
    fields.set("from", page.today().to_string());
    fields.set("vat_rate", "13");
    draw(&app, &by, page, &asked, (fields, Faults::default())).await
}

async fn draw(
    app: &App,
    by: &By,
    page: Page,
    asked: &Asked,
    (fields, faults): (Fields, Faults),
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let hs: String = typed::half_width(&asked.hs)
        .chars()
        .filter(char::is_ascii_digit)
        .take(10)
        .collect();
    let (exchange, exchange_pages) = exchange_page(&mut db, &asked.older).await?;
    let (rebate, rebate_pages) = rebate_page(&mut db, &hs, asked).await?;
    let html = RatesPage {
        may_edit: rate::may_edit(by),
        exchange,
        exchange_pages,
        rebate,
        rebate_pages,
        currencies: super::currency::choices(&mut db, page.t).await?,
        treatments: Treatment::ALL
            .iter()
            .map(|one| (one.code().to_owned(), one.label(page.t).to_owned()))
            .collect(),
        hs,
        fields,
        faults,
        page,
    };
    Ok(Html(html.render()?))
}

/// Rows of one page.
const SIZE: usize = 50;

/// One page of exchange rates, with the way back to the newest and the way on to older ones.
async fn exchange_page(
    db: &mut PgConnection,
    older: &str,
) -> Result<(Vec<ExchangeRate>, (String, String))> {
    let behind = older
        .split_at_checked(10)
        .and_then(|(day, currency)| Some((typed::day(day)?, Currency::parse(currency)?)))
        .map(|(day, currency)| (day, currency.as_str().to_owned()));
    let rows = sql::exchange_page(db, behind.as_ref(), most()).await?;
    let slice = Slice::cut(rows, SIZE, |one| {
        format!("/rates?older={}{}#exchange", one.day, one.currency)
    });
    let back = behind.map(|_| "/rates#exchange".to_owned());
    let pages = (back.unwrap_or_default(), slice.next.unwrap_or_default());
    Ok((slice.rows, pages))
}

/// One more than a page shows tells that there is another.
fn most() -> i64 {
    i64::try_from(SIZE + 1).unwrap_or(i64::MAX)
}

/// One page of rebate rates, with the ways to the pages before and behind it.
async fn rebate_page(
    db: &mut PgConnection,
    hs: &str,
    asked: &Asked,
) -> Result<(Vec<RebateRate>, (String, String))> {
    let (after, before) = (asked.after.parse().ok(), asked.before.parse().ok());
    let mut rows = match (after, before) {
        (None, Some(before)) => sql::rebates_before(db, hs, before, most()).await?,
        _ => sql::rebates(db, hs, after, most()).await?,
    };
    let more = rows.len() > SIZE;
    let back = after.is_none() && before.is_some();
    if more && back {
        // Walking back, the row too many is the first.
        rows.remove(0);
    }
    rows.truncate(SIZE);
    let link = |there: bool, way: &str, row: Option<&RebateRate>| match row {
        Some(row) if there => format!("/rates?hs={hs}&{way}={}#rebate", row.id),
        _ => String::new(),
    };
    let has_prev = if back { more } else { after.is_some() };
    let prev = link(has_prev, "before", rows.first());
    let next = link(back || more, "after", rows.last());
    Ok((rows, (prev, next)))
}

pub(super) async fn add_exchange(
    State(app): State<App>,
    by: By,
    page: Page,
    form: Keyed,
) -> Result<Response> {
    form.only(&["currency", "day", "rate", "source", "corrects", "far"])?;
    let mut faults = Faults::default();
    let read = read_exchange(&form.fields, &mut faults, page.today());
    let mut act = history::begin(&app, by.clone(), &form.key).await?;
    rate::must_edit(&by)?;
    let mut fields = form.fields;
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    let mut read = read.filter(|_| faults.is_empty());
    if let Some(doubted) = &read
        && let Some(known) = doubt(&mut act, doubted, fields.get("far")).await?
    {
        fields.set("far", doubted.mark());
        say_far(&mut faults, doubted, &known);
        read = None;
    }
    if let Some(read) = read {
        let Some(held) = rate::put_exchange(&mut act, &read, fields.get("corrects")).await? else {
            let answer = Answer::to("/rates").tell(page.t, T::web_saved);
            return Ok(act.finish(answer).await?.into_response());
        };
        // Another rate of that day lies there: it is shown, and sending the form again corrects it.
        fields.set("corrects", held.mark());
        faults.say("rate", move |t| {
            let (figure, source) = (held.rate.rate.normalize(), &held.rate.source);
            t.catalog_rate_held(figure.to_string(), source)
        });
        status = StatusCode::CONFLICT;
    }
    drop(act);
    let html = draw(&app, &by, page, &Asked::default(), (fields, faults)).await?;
    Ok((status, html).into_response())
}

/// The rate before that puts this one in doubt, unless the form was told of it (`far`, its mark) and means it.
async fn doubt(act: &mut Act, rate: &ExchangeRate, far: &str) -> Result<Option<ExchangeRate>> {
    if rate.mark() == far {
        return Ok(None);
    }
    rate::far_from(act.tx(), rate).await
}

/// How far, in whole times, from the rate of which day; sending the form again unchanged saves it.
fn say_far(faults: &mut Faults, rate: &ExchangeRate, known: &ExchangeRate) {
    let (day, known, rate) = (known.day, known.rate.normalize(), rate.rate.normalize());
    let above = rate > known;
    let (more, less) = if above { (rate, known) } else { (known, rate) };
    let times = more.checked_div(less).unwrap_or_default();
    let times = rounding::half_up(times, 0).normalize();
    faults.say("rate", move |t| {
        let day = format::day_full(t.0, day);
        if above {
            t.catalog_rate_far_above(rate, times, day, known)
        } else {
            t.catalog_rate_far_below(rate, times, day, known)
        }
    });
}

fn read_exchange(
    fields: &Fields,
    faults: &mut Faults,
    today: chrono::NaiveDate,
) -> Option<ExchangeRate> {
    let mut form = Reading::new(fields, faults);
    let currency = form.currency("currency");
    let day = form.day("day");
    if day.is_none() {
        form.fault("day", T::records_needed);
    }
    if day.is_some_and(|day| day > today) {
        form.fault("day", T::catalog_day_in_future);
    }
    let figure = form
        .figure("rate")
        // As it is kept: a rate too fine to be told from nought is none.
        .map(|figure| rounding::half_up(figure, 6))
        .filter(|figure| *figure > Decimal::ZERO && *figure < Decimal::from(10_000));
    if figure.is_none() && form.faults.of("rate").is_none() {
        form.fault("rate", T::catalog_rate_above_nought);
    }
    let source = form.text("source", 80);
    Some(ExchangeRate {
        currency,
        day: day?,
        rate: figure?,
        source,
    })
}

pub(super) async fn add_rebate(
    State(app): State<App>,
    by: By,
    page: Page,
    form: Keyed,
) -> Result<Response> {
    form.only(&[
        "hs_code",
        "from",
        "until",
        "vat_rate",
        "rebate_rate",
        "treatment",
    ])?;
    let mut faults = Faults::default();
    let read = read_rebate(&form.fields, &mut faults, &by);
    rate::must_edit(&by)?;
    let mut act = history::begin(&app, by.clone(), &form.key).await?;
    if let Some(read) = read.filter(|_| faults.is_empty()) {
        match rate::add_rebate(&mut act, &read).await {
            Ok(()) => {
                let place = format!("/rates?hs={}#rebate", read.hs_code);
                let answer = Answer::to(place).tell(page.t, T::web_saved);
                return Ok(act.finish(answer).await?.into_response());
            }
            Err(Error::Invalid(found)) => faults = found,
            Err(error) => return Err(error),
        }
    }
    drop(act);
    let html = draw(&app, &by, page, &Asked::default(), (form.fields, faults)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

fn read_rebate(fields: &Fields, faults: &mut Faults, by: &By) -> Option<RebateRate> {
    let mut form = Reading::new(fields, faults);
    form.needed("hs_code", 20);
    let hs_code = form.code("hs_code", HsCode::parse, T::catalog_not_a_hs_code);
    let (from, until) = (form.day("from"), form.day("until"));
    if from.is_none() {
        form.fault("from", T::records_needed);
    }
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        form.fault("until", T::catalog_until_before_from);
    }
    let mut percent = |name: &'static str| {
        let figure = form
            .figure(name)
            .filter(|figure| *figure <= Decimal::ONE_HUNDRED && figure.normalize().scale() <= 2);
        if figure.is_none() && form.faults.of(name).is_none() {
            form.fault(name, T::catalog_not_a_percent);
        }
        figure
    };
    let (vat_rate, rebate_rate) = (percent("vat_rate"), percent("rebate_rate"));
    let treatment = Treatment::parse(form.get("treatment"));
    if treatment.is_none() {
        form.fault("treatment", T::records_choose);
    }
    agree(&mut form, (vat_rate?, rebate_rate?), treatment?);
    Some(RebateRate {
        id: crate::base::fresh(by.at),
        hs_code,
        from_day: from?,
        until_day: until,
        vat_rate: vat_rate?,
        rebate_rate: rebate_rate?,
        treatment: treatment?,
    })
}

/// No more is given back than was paid, and nothing where there is no refund.
fn agree(form: &mut Reading<'_>, (vat, rebate): (Decimal, Decimal), treatment: Treatment) {
    if rebate > vat {
        form.fault("rebate_rate", T::catalog_rebate_above_vat);
    }
    if !rebate.is_zero() && treatment != Treatment::Refund {
        form.fault("rebate_rate", T::catalog_rebate_only_refund);
    }
}

pub(super) async fn end_rebate(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(id): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&["until"])?;
    let id = id.parse().map_err(|_| Error::NotFound)?;
    let mut act = history::begin(&app, by, &form.key).await?;
    rate::must(&act)?;
    let day = typed::day(form.fields.get("until"))
        .ok_or_else(|| Error::from(Faults::one("until", T::records_not_a_day)))?;
    rate::end_rebate(&mut act, id, day).await?;
    act.finish(Answer::to("/rates#rebate").tell(page.t, T::web_saved))
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(pairs: &[(&str, &str)]) -> Vec<String> {
        let usual = [
            ("hs_code", "6205200010"),
            ("from", "2026-01-01"),
            ("vat_rate", "13"),
            ("rebate_rate", "13"),
            ("treatment", "refund"),
        ];
        let mut fields = Fields::default();
        for (name, value) in usual.iter().chain(pairs) {
            fields.set(name, *value);
        }
        let mut faults = Faults::default();
        let by = By::house(chrono::DateTime::from_timestamp(1_795_000_000, 0).unwrap());
        read_rebate(&fields, &mut faults, &by);
        faults.iter().map(|fault| fault.field.clone()).collect()
    }

    #[test]
    fn only_a_refund_has_a_rate() {
        assert!(faults(&[]).is_empty());
        assert_eq!(faults(&[("treatment", "exempt")]), ["rebate_rate"]);
        assert!(faults(&[("treatment", "exempt"), ("rebate_rate", "0")]).is_empty());
        assert_eq!(faults(&[("rebate_rate", "17")]), ["rebate_rate"]);
        assert_eq!(faults(&[("rebate_rate", "6.505")]), ["rebate_rate"]);
        assert_eq!(faults(&[("until", "2025-12-31")]), ["until"]);
    }

    #[test]
    fn no_rate_is_known_before_its_day() {
        let mut fields = Fields::default();
        for (name, value) in [("currency", "USD"), ("day", "2026-11-24"), ("rate", "7.11")] {
            fields.set(name, value);
        }
        let mut faults = Faults::default();
        let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        read_exchange(&fields, &mut faults, today);
        assert_eq!(faults.iter().next().unwrap().field, "day");
    }
}

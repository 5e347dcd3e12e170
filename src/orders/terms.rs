//! Trade terms 贸易条款 of an order as a part of a form: read, drawn, saved. Used by the order's header and by the
//! proforma editor, so that both speak of the same working copy.

use super::act::OrderAct;
use super::order::TradeTerms;
use crate::base::incoterm::Incoterm;
use crate::base::{Currency, payment_words, typed};
use crate::history::Event;
use crate::history::event::Change;
use crate::web::{Error, Faults, Fields, Result};
use rust_decimal::Decimal;
use sqlx::PgConnection;

pub const FIELDS: [&str; 8] = [
    "currency",
    "incoterm",
    "place",
    "payment",
    "tolerance",
    "delivery_on",
    "packing",
    "marks",
];

pub fn put(fields: &mut Fields, terms: &TradeTerms) {
    fields.set("currency", terms.currency.as_str());
    fields.set("incoterm", terms.incoterm.clone());
    fields.set("place", terms.place.clone());
    fields.set("payment", terms.payment.clone());
    fields.set("tolerance", terms.tolerance.normalize().to_string());
    fields.set(
        "delivery_on",
        terms
            .delivery_on
            .map(|day| day.to_string())
            .unwrap_or_default(),
    );
    fields.set("packing", terms.packing.clone());
    fields.set("marks", terms.marks.clone());
}

#[expect(
    clippy::too_many_lines,
    reason = "one form, field by field, in the order of the page"
)]
pub fn read(fields: &Fields, faults: &mut Faults) -> TradeTerms {
    let currency = Currency::parse(fields.get("currency"));
    if currency.is_none() {
        faults.add("currency", crate::base::T::orders_not_a_currency);
    }
    let incoterm = Incoterm::parse(fields.get("incoterm"));
    if incoterm.is_err() {
        faults.add("incoterm", crate::base::T::orders_not_an_incoterm);
    }
    let payment = fields.get("payment");
    if !payment_words::has_shape(payment) {
        faults.add("payment", crate::base::T::orders_not_payment_terms);
    }
    let tolerance = match fields.get("tolerance") {
        "" => Some(Decimal::ZERO),
        text => typed::figure(text)
            .filter(|figure| *figure >= Decimal::ZERO && *figure <= Decimal::from(30)),
    };
    if tolerance.is_none() {
        faults.add("tolerance", crate::base::T::orders_tolerance_range);
    }
    let delivery_on = match fields.get("delivery_on") {
        "" => None,
        text => {
            let day = typed::day(text);
            if day.is_none() {
                faults.add("delivery_on", crate::base::T::orders_not_a_day);
            }
            day
        }
    };
    let mut text = |name: &str, most: usize| -> String {
        let value = fields.get(name);
        if value.chars().count() > most {
            faults.add(name, crate::base::T::orders_text_too_long);
        }
        value.chars().take(most).collect()
    };
    TradeTerms {
        place: text("place", 80),
        packing: text("packing", 2_000),
        marks: text("marks", 1_000),
        currency: currency.unwrap_or(Currency::USD),
        incoterm: incoterm
            .map(|term| term.code().to_owned())
            .unwrap_or_default(),
        payment: payment.to_owned(),
        tolerance: tolerance.unwrap_or_default(),
        delivery_on,
    }
}

/// Saves where the header's version is still the one read; what changed goes into the event.
pub async fn save(act: &mut OrderAct, rev: i32, terms: &TradeTerms) -> Result<()> {
    let saved = sqlx::query!(
        "update export_order set currency = $3, incoterm = $4, place = $5, terms = $6, tolerance = $7, delivery_on = $8,
             packing = $9, marks = $10, version = version + 1
         where id = $1 and version = $2",
        act.order.id().0,
        rev,
        terms.currency.as_str(),
        terms.incoterm,
        terms.place,
        terms.payment,
        terms.tolerance,
        terms.delivery_on,
        terms.packing,
        terms.marks,
    )
    .execute(act.tx())
    .await?;
    if saved.rows_affected() == 0 {
        return Err(Error::Stale(Box::default()));
    }
    let changes = differences(&act.order.terms, terms);
    act.order.terms = terms.clone();
    act.order.version += 1;
    if !changes.is_empty() {
        act.happened(&Event::OrderChanged { changes }).await?;
    }
    Ok(())
}

pub fn differences(before: &TradeTerms, after: &TradeTerms) -> Vec<Change> {
    let (mut old, mut new) = (Fields::default(), Fields::default());
    put(&mut old, before);
    put(&mut new, after);
    FIELDS
        .iter()
        .filter_map(|name| Change::between(name, old.get(name), new.get(name)))
        .collect()
}

/// Currencies of the catalog, and the one that is held.
pub async fn currencies(db: &mut PgConnection, held: &Currency) -> Result<Vec<(String, String)>> {
    let all = crate::catalog::currency::list(db).await?;
    let mut codes: Vec<String> = all.into_iter().map(|one| one.code).collect();
    if !codes.iter().any(|code| code == held.as_str()) {
        codes.push(held.as_str().to_owned());
    }
    Ok(codes.into_iter().map(|code| (code.clone(), code)).collect())
}

/// Factories in use, for the choice on a line.
pub async fn factories(db: &mut PgConnection) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!("select id, name_zh from factory where archived_at is null order by pinyin, name_zh limit 500")
        .fetch_all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id.to_string(), row.name_zh))
        .collect())
}

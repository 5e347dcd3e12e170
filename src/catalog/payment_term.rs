//! Payment terms 付款方式: the company's own list, each a name and instalments of share, event, days and instrument.
//!
//! A customer carries the code of a card, so her next order follows the card. An order carries what the card said when
//! it was chosen, written out (`base::terms`), so a card that changes later changes no order.

use super::payment_sql as sql;
use crate::base::terms::{DueRule, Fault, Instalment, Instrument, Start, Terms, Trigger};
use crate::base::{By, T, payment_words};
use crate::history::Act;
use crate::people::Deed;
use crate::records::read::Reading;
use crate::records::{Card, Field, Section, Source, Stored, Words};
use crate::web::{Faults, Fields, Result};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

pub use super::payment_sql::choices;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaymentTerm {
    pub name_zh: String,
    pub name_en: String,
    /// None only while a form has faults.
    pub terms: Option<Terms>,
}

/// The fields of each instalment of the form: share, instrument, event, days, counted from.
const PARTS: [[&str; 5]; 5] = [
    ["share_1", "instrument_1", "event_1", "days_1", "from_1"],
    ["share_2", "instrument_2", "event_2", "days_2", "from_2"],
    ["share_3", "instrument_3", "event_3", "days_3", "from_3"],
    ["share_4", "instrument_4", "event_4", "days_4", "from_4"],
    ["share_5", "instrument_5", "event_5", "days_5", "from_5"],
];

impl Card for PaymentTerm {
    const PLACE: &'static str = "/payment-terms";
    const KIND: &'static str = "payment_term";
    const DEED: Deed = Deed::EditPaymentTerms;

    fn words(t: T) -> Words {
        Words {
            title: t.catalog_payment_terms(),
            new: t.catalog_payment_term_new(),
            search: t.catalog_payment_term_search(),
            never: t.catalog_payment_terms_never(),
            none: t.catalog_payment_terms_none(),
        }
    }

    fn names(&self) -> (&str, &str) {
        (&self.name_en, &self.name_zh)
    }

    fn blank(_: &By) -> Self {
        Self::default()
    }

    async fn form(_: &mut PgConnection, t: T, _: bool) -> Result<Vec<Section>> {
        let hint = t.catalog_payment_name_hint();
        let mut sections = vec![Section::new(
            t.catalog_payment_term(),
            vec![
                Field::line("name_zh", t.catalog_payment_name_zh())
                    .lang("zh-CN")
                    .hint(hint),
                Field::line("name_en", t.catalog_payment_name_en())
                    .lang("en")
                    .hint(hint),
            ],
        )];
        let titles = [
            t.catalog_instalment_1(),
            t.catalog_instalment_2(),
            t.catalog_instalment_3(),
            t.catalog_instalment_4(),
            t.catalog_instalment_5(),
        ];
        for (place, (title, names)) in titles.into_iter().zip(PARTS).enumerate() {
            sections.push(Section::alike(title, part_fields(t, names, place > 0)));
        }
        Ok(sections)
    }

    fn put(&self, fields: &mut Fields) {
        fields.set("name_zh", self.name_zh.as_str());
        fields.set("name_en", self.name_en.as_str());
        let parts = self.terms.as_ref().map_or(&[][..], Terms::instalments);
        for (names, one) in PARTS.iter().zip(parts) {
            put_part(fields, *names, one);
        }
    }

    fn read(fields: &Fields, faults: &mut Faults) -> Self {
        let mut form = Reading::new(fields, faults);
        let (name_zh, name_en) = (form.needed("name_zh", 80), form.needed("name_en", 120));
        let before = form.faults.len();
        let parts: Vec<Instalment> = PARTS
            .iter()
            .filter_map(|names| read_part(&mut form, *names))
            .collect();
        let terms = match Terms::new(parts) {
            Ok(terms) => Some(terms),
            Err(_) if form.faults.len() > before => None,
            Err(Fault::Sum { sum }) => {
                let sum = (sum * Decimal::ONE_HUNDRED).normalize();
                form.faults
                    .say("share_1", move |t| t.catalog_terms_sum(sum));
                None
            }
            Err(_) => {
                form.fault("share_1", T::catalog_terms_first);
                None
            }
        };
        Self {
            name_zh,
            name_en,
            terms,
        }
    }

    fn source() -> Source {
        Source {
            table: "payment_term",
            code: "code",
            name: "name_zh",
            under: "name_en",
            sort: "lower(name_en)",
            search: "search",
            cells: &["code", "terms"],
        }
    }

    fn heads(t: T) -> Vec<&'static str> {
        vec![t.catalog_code(), t.catalog_instalments()]
    }

    fn cells(t: T, cells: Vec<String>) -> Vec<String> {
        let say = |(place, cell): (usize, String)| match (place, Terms::from_code(&cell)) {
            (1, Ok(terms)) => said(t, &terms),
            _ => cell,
        };
        cells.into_iter().enumerate().map(say).collect()
    }

    async fn find(db: &mut PgConnection, code: &str) -> Result<Option<Stored<Self>>> {
        sql::find(db, code).await
    }

    async fn insert(&self, act: &mut Act, id: Uuid) -> Result<String> {
        sql::insert(act, id, self).await
    }

    async fn update(&self, act: &mut Act, id: Uuid, rev: i32) -> Result<bool> {
        sql::update(act, id, rev, self).await
    }

    async fn set_archived(
        act: &mut Act,
        id: Uuid,
        rev: i32,
        at: Option<DateTime<Utc>>,
    ) -> Result<bool> {
        sql::archive(act, id, rev, at).await
    }
}

/// Every instalment in words, usual terms too.
fn said(t: T, terms: &Terms) -> String {
    let parts = terms.instalments().iter().map(|one| one.words(t));
    parts.collect::<Vec<_>>().join(" + ")
}

/// The choice of an order: cards in use, and what the order holds where no card says so any more.
pub(super) fn with_held(t: T, cards: Vec<(String, String)>, held: &str) -> Vec<(String, String)> {
    let mut all = cards;
    if !held.is_empty() && !all.iter().any(|(terms, _)| terms == held) {
        all.push((held.to_owned(), payment_words::word(t, held)));
    }
    all
}

fn part_fields(
    t: T,
    [share, instrument, event, days, from]: [&'static str; 5],
    more: bool,
) -> Vec<Field> {
    let pair = |key: &str, word: &str| (key.to_owned(), word.to_owned());
    let instruments = Instrument::ALL.map(|one| pair(one.key(), one.label(t)));
    let events = Instrument::Tt.events().iter();
    let events = events.map(|one| pair(one.key(), one.label(t))).collect();
    let starts = Start::ALL.iter().filter(|one| is_kept(**one));
    let starts = starts.map(|one| pair(one.key(), one.label(t))).collect();
    let choose = t.web_choose();
    let needed = |field: Field| if more { field.optional() } else { field };
    vec![
        needed(Field::figure(share, t.catalog_instalment_share(), "%")),
        needed(Field::choice(
            instrument,
            t.catalog_instalment_instrument(),
            instruments.to_vec(),
            choose,
        )),
        Field::choice(event, t.catalog_instalment_event(), events, choose)
            .hint(t.catalog_instalment_event_hint())
            .optional(),
        Field::figure(days, t.catalog_instalment_days(), "").optional(),
        Field::choice(from, t.catalog_instalment_from(), starts, choose).optional(),
    ]
}

fn put_part(
    fields: &mut Fields,
    [share, instrument, event, days, from]: [&'static str; 5],
    one: &Instalment,
) {
    let percent = (one.share * Decimal::ONE_HUNDRED).normalize();
    let kind = Instrument::of(one);
    fields.set(share, percent.to_string());
    fields.set(instrument, kind.key());
    if kind == Instrument::Tt {
        fields.set(event, one.trigger.key());
    }
    if one.due.days > 0 {
        fields.set(days, one.due.days.to_string());
    }
    if one.due.after != Start::Trigger {
        fields.set(from, one.due.after.key());
    }
}

/// One instalment as typed; none where nothing is.
fn read_part(form: &mut Reading<'_>, names: [&'static str; 5]) -> Option<Instalment> {
    if names.iter().all(|name| form.get(name).is_empty()) {
        return None;
    }
    let [share, instrument, event, ..] = names;
    let percent = form.figure(share).unwrap_or_default();
    let fits = percent > Decimal::ZERO
        && percent <= Decimal::ONE_HUNDRED
        && percent.normalize().scale() <= 4;
    if !fits {
        form.fault(share, T::catalog_terms_share);
    }
    let Some(kind) = Instrument::parse(form.get(instrument)) else {
        form.fault(instrument, T::records_choose);
        return None;
    };
    let trigger = match (form.get(event), kind.events()) {
        ("", [only]) => Some(*only),
        (typed, events) => Trigger::parse(typed).filter(|one| events.contains(one)),
    };
    let Some(trigger) = trigger else {
        form.faults.say(event, move |t| {
            let events: Vec<&str> = kind.events().iter().map(|one| one.label(t)).collect();
            t.catalog_terms_event(kind.label(t), events.join(t.web_list_comma()))
        });
        return None;
    };
    let due = read_due(form, names, (kind, trigger));
    let share = percent / Decimal::ONE_HUNDRED;
    fits.then(|| Instalment {
        part: kind.part(share, trigger),
        share,
        trigger,
        due,
    })
}

/// Days are counted from a day that the house keeps: of an invoice it keeps none, and the event itself is no day to choose.
fn is_kept(start: Start) -> bool {
    !matches!(start, Start::Trigger | Start::InvoiceDate)
}

fn read_due(
    form: &mut Reading<'_>,
    [.., days, from]: [&'static str; 5],
    (kind, trigger): (Instrument, Trigger),
) -> DueRule {
    let count = form
        .whole(days, 720)
        .and_then(|days| u16::try_from(days).ok());
    let days_typed = count.unwrap_or_default();
    if trigger != Trigger::Maturity {
        // Counted from the event itself, whatever else was chosen.
        return DueRule {
            days: days_typed,
            after: Start::Trigger,
        };
    }
    if days_typed == 0 {
        form.fault(days, T::catalog_terms_days);
    }
    let after = match form.get(from) {
        "" => Some(kind.usual_start()),
        typed => Start::parse(typed).filter(|start| is_kept(*start)),
    };
    if after.is_none() {
        form.fault(from, T::catalog_terms_start);
    }
    DueRule {
        days: days_typed,
        after: after.unwrap_or(Start::BlDate),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> (Option<String>, Vec<String>) {
        let mut fields = Fields::default();
        for (name, value) in [("name_zh", "三七"), ("name_en", "30/70")]
            .iter()
            .chain(pairs)
        {
            fields.set(name, *value);
        }
        let mut faults = Faults::default();
        let card = PaymentTerm::read(&fields, &mut faults);
        let at = faults.iter().map(|fault| fault.field.clone()).collect();
        (card.terms.map(|terms| terms.written()), at)
    }

    #[test]
    fn a_card_is_read_as_its_instalments_and_put_back_alike() {
        let typed = [
            ("share_1", "30"),
            ("instrument_1", "tt"),
            ("event_1", "before_production"),
            ("share_2", "70"),
            ("instrument_2", "oa"),
            ("days_2", "45"),
        ];
        let (terms, faults) = read(&typed);
        let text = "MIX|30:DEPOSIT:BEFORE_PRODUCTION|70:OPEN_ACCOUNT:MATURITY:45:BL_DATE";
        assert_eq!((terms.as_deref(), faults.len()), (Some(text), 0));
        let card = PaymentTerm {
            terms: Terms::from_code(text).ok(),
            ..PaymentTerm::default()
        };
        let mut fields = Fields::default();
        card.put(&mut fields);
        assert_eq!(fields.get("days_2"), "45");
        assert_eq!(fields.get("from_2"), "bl_date");
        let usual = [
            ("share_1", "100"),
            ("instrument_1", "lc_usance"),
            ("days_1", "60"),
        ];
        assert_eq!(read(&usual).0.as_deref(), Some("LC_USANCE_60"));
    }

    #[test]
    fn each_fault_stands_at_its_field() {
        let part = |share, instrument| [("share_1", share), ("instrument_1", instrument)];
        assert_eq!(read(&[]).1, ["share_1"]);
        assert_eq!(read(&part("90", "lc_sight")).1, ["share_1"]);
        assert_eq!(read(&part("0", "lc_sight")).1, ["share_1"]);
        assert_eq!(read(&part("100", "gold")).1, ["instrument_1"]);
        assert_eq!(read(&part("100", "tt")).1, ["event_1"]);
        assert_eq!(read(&part("100", "oa")).1, ["days_1"]);
    }
}

//! Reading the fields of a card: texts of bounded length, codes through their own checks, figures and days.

use crate::base::codes::Country;
use crate::base::{Currency, T, typed};
use crate::web::{Faults, Fields};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// A form being read: its fields, and the faults found so far.
pub struct Reading<'a> {
    pub fields: &'a Fields,
    pub faults: &'a mut Faults,
}

impl<'a> Reading<'a> {
    pub fn new(fields: &'a Fields, faults: &'a mut Faults) -> Self {
        Self { fields, faults }
    }

    pub fn get(&self, name: &str) -> &str {
        self.fields.get(name)
    }

    pub fn fault(&mut self, name: &str, words: fn(T) -> &'static str) {
        self.faults.add(name, words);
    }

    /// A text of at most `most` signs.
    pub fn text(&mut self, name: &'static str, most: usize) -> String {
        let value = self.get(name).to_owned();
        let length = value.chars().count();
        if length > most {
            self.faults
                .say(name, move |t| t.records_too_long(most, length));
        }
        value
    }

    /// The same, and it must be there.
    pub fn needed(&mut self, name: &'static str, most: usize) -> String {
        let value = self.text(name, most);
        if value.is_empty() {
            self.fault(name, T::records_needed);
        }
        value
    }

    /// A code that has its own check; empty where it may be.
    pub fn code<C: ToString, F>(
        &mut self,
        name: &'static str,
        parse: fn(&str) -> Result<C, F>,
        words: fn(T) -> &'static str,
    ) -> String {
        let value = self.get(name).to_owned();
        if value.is_empty() {
            return value;
        }
        if let Ok(code) = parse(&value) {
            return code.to_string();
        }
        self.fault(name, words);
        value
    }

    pub fn country(&mut self, name: &'static str) -> String {
        if let Ok(country) = Country::parse(self.get(name)) {
            return country.alpha2().to_owned();
        }
        self.fault(name, T::records_not_a_country);
        String::new()
    }

    pub fn currency(&mut self, name: &'static str) -> String {
        if let Some(currency) = Currency::parse(self.get(name)) {
            return currency.as_str().to_owned();
        }
        self.fault(name, T::records_not_a_currency);
        String::new()
    }

    /// A figure not below nought; none where the field is empty.
    pub fn figure(&mut self, name: &'static str) -> Option<Decimal> {
        let value = self.get(name);
        if value.is_empty() {
            return None;
        }
        let figure = typed::figure(value).filter(|figure| {
            *figure >= Decimal::ZERO && *figure < Decimal::from(100_000_000_000_000_i64)
        });
        if figure.is_none() {
            let value = value.to_owned();
            self.faults
                .say(name, move |t| t.records_not_a_figure(&value));
        }
        figure
    }

    pub fn whole(&mut self, name: &'static str, most: i32) -> Option<i32> {
        let value = self.get(name).to_owned();
        if value.is_empty() {
            return None;
        }
        let whole = typed::figure(&value)
            .filter(Decimal::is_integer)
            .and_then(|figure| i32::try_from(figure).ok())
            .filter(|figure| (0..=most).contains(figure));
        if whole.is_none() {
            self.faults
                .say(name, move |t| t.records_not_a_whole(most, &value));
        }
        whole
    }

    pub fn day(&mut self, name: &'static str) -> Option<NaiveDate> {
        let value = self.get(name);
        if value.is_empty() {
            return None;
        }
        let day = typed::day(value);
        if day.is_none() {
            self.fault(name, T::records_not_a_day);
        }
        day
    }

    /// One of the codes offered.
    pub fn one_of(&mut self, name: &'static str, codes: &[&str]) -> String {
        let value = self.get(name).to_owned();
        if !codes.contains(&value.as_str()) {
            self.fault(name, T::records_choose);
        }
        value
    }

    pub fn email(&mut self, name: &'static str) -> String {
        let value = typed::half_width(self.get(name)).to_lowercase();
        if !value.is_empty() && !is_email(&value) {
            let typed = value.clone();
            self.faults
                .say(name, move |t| t.records_not_an_email(&typed));
        }
        value
    }

    pub fn yes(&self, name: &str) -> bool {
        self.get(name) == "yes"
    }
}

/// One `@`, something before it, a domain with a dot behind it.
pub fn is_email(text: &str) -> bool {
    let Some((person, domain)) = text.split_once('@') else {
        return false;
    };
    let plain = |sign: char| !sign.is_whitespace() && !matches!(sign, '@' | ',' | ';' | '<' | '>');
    text.chars().count() <= 254
        && !person.is_empty()
        && person.chars().all(plain)
        && domain.chars().all(plain)
        && domain.split_once('.').is_some_and(|(host, rest)| {
            !host.is_empty() && !rest.is_empty() && !rest.ends_with('.')
        })
}

/// Countries for a choice, in the reader's language; Chinese ones by pinyin.
pub fn countries(t: T) -> Vec<(String, String)> {
    let name = |country: Country| match t.0 {
        crate::base::Lang::Zh => country.chinese(),
        crate::base::Lang::En => country.english(),
    };
    let mut all: Vec<(String, String)> = Country::all()
        .map(|country| (country.alpha2().to_owned(), name(country).to_owned()))
        .collect();
    all.sort_by_cached_key(|(_, name)| crate::base::pinyin::spelled(name));
    all
}

/// A country's name in the reader's language; its code where it has none.
pub fn country_name(t: T, alpha2: &str) -> String {
    Country::find(alpha2).map_or_else(
        || alpha2.to_owned(),
        |country| {
            match t.0 {
                crate::base::Lang::Zh => country.chinese(),
                crate::base::Lang::En => country.english(),
            }
            .to_owned()
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_has_somebody_somewhere() {
        for good in ["anna@nordhavn.example", "a.b+c@x.co.uk"] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "",
            "anna",
            "@x.com",
            "a@b",
            "a@b.",
            "a b@x.com",
            "a@b@c.com",
            "a@x.com;b@x.com",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn a_wrong_code_is_kept_as_typed_and_told() {
        let fields = Fields::new(vec![
            ("bic".into(), "nonsense!".into()),
            ("ok".into(), "bkchcnbj".into()),
        ]);
        let mut faults = Faults::default();
        let mut reading = Reading::new(&fields, &mut faults);
        assert_eq!(
            reading.code("bic", crate::base::codes::Bic::parse, T::records_choose),
            "nonsense!"
        );
        assert_eq!(
            reading.code("ok", crate::base::codes::Bic::parse, T::records_choose),
            "BKCHCNBJ"
        );
        assert_eq!(faults.len(), 1);
    }
}

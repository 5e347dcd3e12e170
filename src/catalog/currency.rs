//! Currency 币种: those we trade in, with their decimals, and the bank charges that are forgiven when a receipt comes in
//! short.
//!
//! We chose to take the decimals from ISO 4217 and to let nobody change them: every sum that was ever rounded in a currency
//! stands on them. The form asks for them all the same, so that a slip in the code is found before it is used.

use super::currency_sql as sql;
use crate::base::{By, Currency, Lang, T};
use crate::history::Act;
use crate::people::Deed;
use crate::records::read::Reading;
use crate::records::{Alike, Card, Field, Section, Source, Stored, Words};
use crate::web::{Faults, Fields, Result};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TradeCurrency {
    /// Three letters of ISO 4217; fixed once it is given.
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
    /// Fixed with the code.
    pub decimals: i16,
    /// Received-less-charges tolerance; none where finance has set nothing.
    pub tolerance: Option<Decimal>,
}

impl TradeCurrency {
    pub fn name(&self, t: T) -> &str {
        match t.0 {
            Lang::Zh => &self.name_zh,
            Lang::En => &self.name_en,
        }
    }
}

/// Those in use, the most used first.
pub async fn list(db: &mut PgConnection) -> Result<Vec<TradeCurrency>> {
    sql::list(db, false).await
}

/// Those put away too: their running orders still have a tolerance.
pub async fn all(db: &mut PgConnection) -> Result<Vec<TradeCurrency>> {
    sql::list(db, true).await
}

/// For a choice: code, and code with name.
pub async fn choices(db: &mut PgConnection, t: T) -> Result<Vec<(String, String)>> {
    let all = list(db).await?;
    Ok(all
        .into_iter()
        .map(|one| (one.code.clone(), format!("{} {}", one.code, one.name(t))))
        .collect())
}

impl Card for TradeCurrency {
    const PLACE: &'static str = "/currencies";
    const KIND: &'static str = "currency";
    const DEED: Deed = Deed::EditCurrency;

    fn words(t: T) -> Words {
        Words {
            title: t.catalog_currencies(),
            new: t.catalog_currency_new(),
            search: t.catalog_currency_search(),
            never: t.catalog_currencies_never(),
            none: t.catalog_currencies_none(),
        }
    }

    fn names(&self) -> (&str, &str) {
        (&self.name_zh, &self.name_en)
    }

    fn blank(_: &By) -> Self {
        Self {
            decimals: 2,
            ..Self::default()
        }
    }

    async fn form(_: &mut PgConnection, t: T, new: bool) -> Result<Vec<Section>> {
        let mut fields = vec![
            Field::line("name_zh", t.catalog_word_zh()).lang("zh-CN"),
            Field::line("name_en", t.catalog_word_en()).lang("en"),
        ];
        if new {
            let code = Field::code("code", t.catalog_code()).hint(t.catalog_currency_code_hint());
            fields.insert(0, code);
            let decimals = Field::code("decimals", t.catalog_decimals());
            fields.push(decimals.hint(t.catalog_decimals_hint()));
        }
        Ok(vec![Section::new(t.catalog_currency(), fields)])
    }

    fn put(&self, fields: &mut Fields) {
        for (name, value) in [
            ("code", &self.code),
            ("name_zh", &self.name_zh),
            ("name_en", &self.name_en),
        ] {
            fields.set(name, value.as_str());
        }
        fields.set("decimals", self.decimals.to_string());
    }

    /// The form of one that is there carries neither its code nor its decimals.
    fn read(fields: &Fields, faults: &mut Faults) -> Self {
        let mut form = Reading::new(fields, faults);
        let code = form.get("code").to_ascii_uppercase();
        let known = Currency::parse(&code);
        if form.fields.has("code") && known.is_none() {
            form.fault("code", T::catalog_not_a_currency_code);
        }
        let decimals = form.get("decimals").to_owned();
        let told = known.map(|currency| currency.decimals().to_string());
        if form.fields.has("decimals") && told.is_some_and(|told| told != decimals) {
            form.fault("decimals", T::catalog_not_its_decimals);
        }
        Self {
            code,
            name_zh: form.needed("name_zh", 20),
            name_en: form.needed("name_en", 40),
            decimals: decimals.parse().unwrap_or_default(),
            tolerance: None,
        }
    }

    fn source() -> Source {
        Source {
            table: "currency",
            code: "code::text",
            name: "name_zh",
            under: "name_en",
            sort: "lower(name_en)",
            search: "search",
            cells: &["code::text", "decimals::text"],
        }
    }

    fn heads(t: T) -> Vec<&'static str> {
        vec![t.catalog_code(), t.catalog_decimals()]
    }

    async fn find(db: &mut PgConnection, code: &str) -> Result<Option<Stored<Self>>> {
        sql::find(db, code).await
    }

    async fn insert(&self, act: &mut Act, id: Uuid) -> Result<String> {
        sql::insert(act, id, self).await?;
        Ok(self.code.clone())
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

    async fn alike(&self, db: &mut PgConnection) -> Result<Vec<Alike>> {
        sql::alike(db, self).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_says_its_three_letters_and_the_decimals_they_have() {
        let faults = |code: &str, decimals: i16| {
            let currency = TradeCurrency {
                code: code.into(),
                name_zh: "越南盾".into(),
                name_en: "Dong".into(),
                decimals,
                tolerance: None,
            };
            let mut fields = Fields::default();
            currency.put(&mut fields);
            let mut faults = Faults::default();
            TradeCurrency::read(&fields, &mut faults);
            faults
                .iter()
                .map(|fault| fault.field.clone())
                .collect::<Vec<_>>()
        };
        assert!(faults("VND", 0).is_empty());
        assert!(faults("brl", 2).is_empty());
        assert_eq!(faults("VND", 2), ["decimals"]);
        assert_eq!(faults("KWD", 2), ["decimals"]);
        assert_eq!(faults("DONG", 0), ["code"]);
    }

    #[test]
    fn the_form_of_one_that_is_there_asks_for_its_names_alone() {
        let mut fields = Fields::default();
        fields.set("name_zh", "美元");
        fields.set("name_en", "US dollar");
        let mut faults = Faults::default();
        TradeCurrency::read(&fields, &mut faults);
        assert!(faults.is_empty());
    }
}

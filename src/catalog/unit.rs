//! Unit 单位: how goods are counted, in the words of papers and the number of the customs table 计量单位代码.

use super::unit_sql as sql;
use crate::base::{By, Lang, T};
use crate::history::Act;
use crate::people::Deed;
use crate::records::read::Reading;
use crate::records::{Alike, Card, Field, Section, Source, Stored, Words};
use crate::web::{Faults, Fields, Result};
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// As lines and papers carry it: `pcs`; fixed once it is given.
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
    /// Three digits of the customs table; empty where it has none.
    pub customs: String,
}

/// Those in use, the most used first.
pub async fn list(db: &mut PgConnection) -> Result<Vec<Unit>> {
    sql::list(db).await
}

/// For a choice: code and word.
pub async fn choices(db: &mut PgConnection, lang: Lang) -> Result<Vec<(String, String)>> {
    let all = list(db).await?;
    Ok(all
        .into_iter()
        .map(|unit| {
            let word = match lang {
                Lang::Zh => format!("{} {}", unit.name_zh, unit.code),
                Lang::En => unit.name_en,
            };
            (unit.code, word)
        })
        .collect())
}

impl Card for Unit {
    const PLACE: &'static str = "/units";
    const KIND: &'static str = "unit";
    const DEED: Deed = Deed::EditUnit;

    fn words(t: T) -> Words {
        Words {
            title: t.catalog_units(),
            new: t.catalog_unit_new(),
            search: t.catalog_unit_search(),
            never: t.catalog_units_never(),
            none: t.catalog_units_none(),
        }
    }

    fn names(&self) -> (&str, &str) {
        (&self.name_zh, &self.name_en)
    }

    fn blank(_: &By) -> Self {
        Self::default()
    }

    async fn form(_: &mut PgConnection, t: T, new: bool) -> Result<Vec<Section>> {
        let mut fields = vec![
            Field::line("name_zh", t.catalog_word_zh()).lang("zh-CN"),
            Field::line("name_en", t.catalog_word_en()).lang("en"),
            Field::code("customs", t.catalog_customs_unit())
                .optional()
                .hint(t.catalog_customs_unit_hint()),
        ];
        if new {
            let code = Field::code("code", t.catalog_code()).hint(t.catalog_unit_code_hint());
            fields.insert(0, code);
        }
        Ok(vec![Section::new(t.catalog_unit(), fields)])
    }

    fn put(&self, fields: &mut Fields) {
        for (name, value) in [
            ("code", &self.code),
            ("name_zh", &self.name_zh),
            ("name_en", &self.name_en),
            ("customs", &self.customs),
        ] {
            fields.set(name, value.as_str());
        }
    }

    fn read(fields: &Fields, faults: &mut Faults) -> Self {
        let mut form = Reading::new(fields, faults);
        let code = form.get("code").to_ascii_lowercase();
        if form.fields.has("code") && !is_code(&code) {
            form.fault("code", T::catalog_not_a_unit_code);
        }
        let customs = form.get("customs").to_owned();
        let digits = customs.len() == 3 && customs.bytes().all(|sign| sign.is_ascii_digit());
        if !customs.is_empty() && !digits {
            form.fault("customs", T::catalog_not_a_customs_unit);
        }
        Self {
            code,
            name_zh: form.needed("name_zh", 20),
            name_en: form.needed("name_en", 20),
            customs,
        }
    }

    fn source() -> Source {
        Source {
            table: "unit",
            code: "code",
            name: "name_zh",
            under: "name_en",
            sort: "lower(name_en)",
            search: "search",
            cells: &["code", "customs"],
        }
    }

    fn heads(t: T) -> Vec<&'static str> {
        vec![t.catalog_code(), t.catalog_customs_unit()]
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

/// Small letters and digits, a letter first: papers print it as it stands.
fn is_code(code: &str) -> bool {
    let first = code.starts_with(|sign: char| sign.is_ascii_lowercase());
    let plain = code
        .bytes()
        .all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit());
    first && plain && code.len() <= 12
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_says_its_code_and_the_number_of_the_customs_table() {
        let faults = |code: &str, customs: &str| {
            let unit = Unit {
                code: code.into(),
                name_zh: "盘".into(),
                name_en: "reels".into(),
                customs: customs.into(),
            };
            let mut fields = Fields::default();
            unit.put(&mut fields);
            let mut faults = Faults::default();
            Unit::read(&fields, &mut faults);
            faults
                .iter()
                .map(|fault| fault.field.clone())
                .collect::<Vec<_>>()
        };
        assert!(faults("reels", "").is_empty());
        assert!(faults("Reels", "019").is_empty());
        assert_eq!(faults("2m", "019"), ["code"]);
        assert_eq!(faults("reels", "19"), ["customs"]);
    }
}

//! Port 港口: where goods are loaded, discharged, handed over; by UN/LOCODE, with its zone for cut-off times.

use super::sql;
use crate::base::codes::{Country, UnLocode};
use crate::base::{By, Lang, T};
use crate::history::Act;
use crate::people::Deed;
use crate::records::read::{Reading, country_name};
use crate::records::{Card, Field, Section, Source, Stored, Words};
use crate::web::{Faults, Fields, Result};
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Port {
    /// UN/LOCODE, which begins with its country: `CNNGB`.
    pub code: String,
    pub name_en: String,
    pub name_zh: String,
    /// IANA zone in which its cut-offs are said.
    pub zone: String,
}

/// Ports in use for a choice, by code, with their names in the reader's language.
pub async fn choices(db: &mut PgConnection, q: &str, lang: Lang) -> Result<Vec<(String, String)>> {
    sql::port_choices(db, q, lang).await
}

impl Card for Port {
    const PLACE: &'static str = "/ports";
    const KIND: &'static str = "port";
    const DEED: Deed = Deed::EditPort;

    fn words(t: T) -> Words {
        Words {
            title: t.catalog_ports(),
            new: t.catalog_port_new(),
            search: t.catalog_port_search(),
            never: t.catalog_ports_never(),
            none: t.catalog_ports_none(),
        }
    }

    fn names(&self) -> (&str, &str) {
        (&self.name_en, &self.name_zh)
    }

    fn blank(_: &By) -> Self {
        Self::default()
    }

    async fn form(_: &mut PgConnection, t: T, new: bool) -> Result<Vec<Section>> {
        let mut fields = vec![
            Field::line("name_en", t.catalog_port_name_en()).lang("en"),
            Field::line("name_zh", t.catalog_port_name_zh()).lang("zh-CN"),
            Field::code("zone", t.catalog_zone()).hint(t.catalog_zone_hint()),
        ];
        if new {
            fields.insert(
                0,
                Field::code("code", t.catalog_locode()).hint(t.catalog_locode_hint()),
            );
        }
        Ok(vec![Section::new(t.catalog_port(), fields)])
    }

    fn put(&self, fields: &mut Fields) {
        for (name, value) in [
            ("code", &self.code),
            ("name_en", &self.name_en),
            ("name_zh", &self.name_zh),
            ("zone", &self.zone),
        ] {
            fields.set(name, value.as_str());
        }
    }

    fn read(fields: &Fields, faults: &mut Faults) -> Self {
        let mut form = Reading::new(fields, faults);
        let code = if form.fields.has("code") {
            form.needed("code", 12);
            form.code("code", UnLocode::parse, |t| t.catalog_not_a_locode())
        } else {
            String::new()
        };
        let zone = form.needed("zone", 40);
        if !zone.is_empty() && zone.parse::<chrono_tz::Tz>().is_err() {
            form.fault("zone", |t| t.catalog_not_a_zone());
        }
        Self {
            name_en: form.needed("name_en", 80),
            name_zh: form.needed("name_zh", 40),
            code,
            zone,
        }
    }

    fn source() -> Source {
        Source {
            table: "port",
            code: "code",
            name: "name_en",
            under: "name_zh",
            sort: "lower(name_en)",
            search: "search",
            cells: &["code", "left(code, 2)", "zone"],
        }
    }

    fn heads(t: T) -> Vec<&'static str> {
        vec![t.catalog_locode(), t.catalog_country(), t.catalog_zone()]
    }

    fn cells(t: T, cells: Vec<String>) -> Vec<String> {
        cells
            .into_iter()
            .map(|cell| {
                if Country::find(&cell).is_some() {
                    country_name(t, &cell)
                } else {
                    cell
                }
            })
            .collect()
    }

    async fn find(db: &mut PgConnection, code: &str) -> Result<Option<Stored<Self>>> {
        sql::find_port(db, code).await
    }

    async fn insert(&self, act: &mut Act, id: Uuid) -> Result<String> {
        sql::insert_port(act, id, self).await?;
        Ok(self.code.clone())
    }

    async fn update(&self, act: &mut Act, id: Uuid, rev: i32) -> Result<bool> {
        sql::update_port(act, id, rev, self).await
    }

    async fn set_archived(
        act: &mut Act,
        id: Uuid,
        rev: i32,
        at: Option<DateTime<Utc>>,
    ) -> Result<bool> {
        sql::archive_port(act, id, rev, at).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_has_a_place_code_and_a_real_zone() {
        let read = |code: &str, zone: &str| {
            let mut fields = Fields::default();
            Port {
                code: code.into(),
                name_en: "Ningbo".into(),
                name_zh: "宁波".into(),
                zone: zone.into(),
            }
            .put(&mut fields);
            let mut faults = Faults::default();
            let port = Port::read(&fields, &mut faults);
            (
                port.code,
                faults
                    .iter()
                    .map(|fault| fault.field.clone())
                    .collect::<Vec<_>>(),
            )
        };
        assert_eq!(read("cn ngb", "Asia/Shanghai"), ("CNNGB".into(), vec![]));
        assert_eq!(read("CN", "Asia/Ningbo").1, ["code", "zone"]);
    }
}

//! Courier 快递: who carries parcels, by which form its numbers are checked, and where a parcel is looked up.

use super::courier_sql as sql;
use crate::base::codes::Carrier;
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
pub struct Courier {
    /// What parcels and their events carry: `DHL`; fixed once it is given.
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
    /// Whose numbers its numbers look like (`base::codes::Carrier`); empty where no form is known.
    pub form: String,
    /// Address of its tracking page with `{number}` in it; empty where it has none.
    pub tracking: String,
}

/// Where the number of the parcel stands in the address.
const NUMBER: &str = "{number}";

impl Courier {
    /// Where this parcel is followed.
    pub fn track(&self, number: &str) -> Option<String> {
        let number = crate::web::routes::percent(number);
        (!self.tracking.is_empty()).then(|| self.tracking.replace(NUMBER, &number))
    }

    pub fn name(&self, t: T) -> &str {
        match t.0 {
            Lang::Zh => &self.name_zh,
            Lang::En => &self.name_en,
        }
    }

    /// By whose form a number is read.
    pub fn carrier(&self) -> Carrier {
        Carrier::parse(&self.form).unwrap_or(Carrier::Other)
    }
}

/// Those in use, the most used first.
pub async fn list(db: &mut PgConnection) -> Result<Vec<Courier>> {
    sql::list(db).await
}

/// One in use.
pub async fn by_code(db: &mut PgConnection, code: &str) -> Result<Option<Courier>> {
    let stored = sql::find(db, code).await?;
    let used = stored.filter(|stored| stored.archived_at.is_none());
    Ok(used.map(|stored| stored.card))
}

fn forms(t: T) -> Vec<(String, String)> {
    let known = Carrier::ALL
        .into_iter()
        .filter(|carrier| *carrier != Carrier::Other);
    known
        .map(|carrier| {
            let code = carrier.key().to_owned();
            let word = match carrier {
                Carrier::Ems => t.catalog_courier_form_postal(code.as_str()),
                _ => code.clone(),
            };
            (code, word)
        })
        .collect()
}

impl Card for Courier {
    const PLACE: &'static str = "/couriers";
    const KIND: &'static str = "courier";
    const DEED: Deed = Deed::EditCourier;

    fn words(t: T) -> Words {
        Words {
            title: t.catalog_couriers(),
            new: t.catalog_courier_new(),
            search: t.catalog_courier_search(),
            never: t.catalog_couriers_never(),
            none: t.catalog_couriers_none(),
        }
    }

    fn names(&self) -> (&str, &str) {
        (&self.name_zh, &self.name_en)
    }

    fn blank(_: &By) -> Self {
        Self::default()
    }

    async fn form(_: &mut PgConnection, t: T, new: bool) -> Result<Vec<Section>> {
        let form = Field::choice(
            "form",
            t.catalog_courier_form(),
            forms(t),
            t.catalog_courier_form_none(),
        );
        let mut fields = vec![
            Field::line("name_zh", t.catalog_courier_name_zh()).lang("zh-CN"),
            Field::line("name_en", t.catalog_courier_name_en()).lang("en"),
            form.optional().hint(t.catalog_courier_form_hint()),
            Field::line("tracking", t.catalog_courier_tracking())
                .optional()
                .hint(t.catalog_courier_tracking_hint()),
        ];
        if new {
            let code = Field::code("code", t.catalog_code()).hint(t.catalog_courier_code_hint());
            fields.insert(0, code);
        }
        Ok(vec![Section::new(t.catalog_courier(), fields)])
    }

    fn put(&self, fields: &mut Fields) {
        for (name, value) in [
            ("code", &self.code),
            ("name_zh", &self.name_zh),
            ("name_en", &self.name_en),
            ("form", &self.form),
            ("tracking", &self.tracking),
        ] {
            fields.set(name, value.as_str());
        }
    }

    fn read(fields: &Fields, faults: &mut Faults) -> Self {
        let mut form = Reading::new(fields, faults);
        let code = form.get("code").to_ascii_uppercase();
        let fits =
            (1..=12).contains(&code.len()) && code.bytes().all(|sign| sign.is_ascii_alphanumeric());
        if form.fields.has("code") && !fits {
            form.fault("code", T::catalog_not_a_courier_code);
        }
        let tracking = form.text("tracking", 300);
        if !tracking.is_empty() && !is_tracking(&tracking) {
            form.fault("tracking", T::catalog_not_a_tracking_address);
        }
        let kind = form.get("form").to_owned();
        let known = kind.is_empty() || forms(T(Lang::En)).iter().any(|(code, _)| *code == kind);
        if !known {
            form.fault("form", T::records_choose);
        }
        Self {
            code,
            name_zh: form.needed("name_zh", 60),
            name_en: form.needed("name_en", 60),
            form: kind,
            tracking,
        }
    }

    fn source() -> Source {
        Source {
            table: "courier",
            code: "code",
            name: "name_zh",
            under: "name_en",
            sort: "lower(name_en)",
            search: "search",
            cells: &["code", "form", "tracking"],
        }
    }

    fn heads(t: T) -> Vec<&'static str> {
        vec![
            t.catalog_code(),
            t.catalog_courier_form(),
            t.catalog_courier_tracking(),
        ]
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

/// A web address that the parcel's number has a place in.
fn is_tracking(address: &str) -> bool {
    let plain = address
        .chars()
        .all(|sign| !sign.is_whitespace() && !matches!(sign, '"' | '<' | '>'));
    let host = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))
        .and_then(|rest| rest.split(['/', '?']).next());
    // A number in the name of the host would lead anywhere.
    let led = host.is_some_and(|host| host.contains('.') && !host.contains('{'));
    plain && led && address.contains(NUMBER)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn courier(code: &str, tracking: &str) -> Courier {
        Courier {
            code: code.into(),
            name_zh: "韵达速递".into(),
            name_en: "Yunda".into(),
            form: String::new(),
            tracking: tracking.into(),
        }
    }

    #[test]
    fn a_number_cannot_leave_the_tracking_address() {
        let courier = courier("DHL", "https://carrier.example/t?id={number}");
        assert_eq!(
            courier.track("12&x=1").as_deref(),
            Some("https://carrier.example/t?id=12%26x%3D1")
        );
    }

    #[test]
    fn the_number_has_its_place_in_a_web_address() {
        let faults = |code: &str, tracking: &str| {
            let mut fields = Fields::default();
            courier(code, tracking).put(&mut fields);
            let mut faults = Faults::default();
            Courier::read(&fields, &mut faults);
            faults
                .iter()
                .map(|fault| fault.field.clone())
                .collect::<Vec<_>>()
        };
        assert!(faults("YUNDA", "").is_empty());
        assert!(faults("yunda", "https://yunda.example/{number}").is_empty());
        assert_eq!(faults("YUN-DA", ""), ["code"]);
        for wrong in [
            "https://yunda.example/",
            "javascript:alert({number})",
            "https://{number}.example/",
            "yunda.example/{number}",
        ] {
            assert_eq!(faults("YUNDA", wrong), ["tracking"], "{wrong}");
        }
    }
}

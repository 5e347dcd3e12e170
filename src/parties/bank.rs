//! Bank 银行: who keeps accounts, by its names, address and code. Accounts of ours take what they print from it.

use super::account::BankAccount;
use super::sql;
use crate::base::codes::Bic;
use crate::base::{BankId, By, T};
use crate::history::Act;
use crate::people::{Deed, Relation};
use crate::records::read::{Reading, countries, country_name};
use crate::records::{
    self, Alike, Beside, Card, Field, Panel, PanelRow, Section, Source, Stored, Words,
};
use crate::web::{Faults, Fields, Page, Result};
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bank {
    pub name_zh: String,
    /// As papers print it.
    pub name_en: String,
    pub country: String,
    pub address: String,
    /// Empty where nobody has told it yet.
    pub bic: String,
}

/// The act: a new bank.
pub async fn add(act: &mut Act, bank: &Bank) -> Result<BankId> {
    Ok(BankId(records::add(act, bank).await?.id))
}

impl Card for Bank {
    const PLACE: &'static str = "/banks";
    const KIND: &'static str = "bank";
    const DEED: Deed = Deed::EditBank;

    fn words(t: T) -> Words {
        Words {
            title: t.parties_banks(),
            new: t.parties_bank_new(),
            search: t.parties_bank_search(),
            never: t.parties_banks_never(),
            none: t.parties_banks_none(),
        }
    }

    fn names(&self) -> (&str, &str) {
        (&self.name_zh, &self.name_en)
    }

    fn blank(_: &By) -> Self {
        Self {
            country: "CN".to_owned(),
            ..Self::default()
        }
    }

    async fn form(_: &mut PgConnection, t: T, _: bool) -> Result<Vec<Section>> {
        let country = Field::choice("country", t.parties_country(), countries(t), t.web_choose());
        Ok(vec![Section::new(
            t.parties_group_names(),
            vec![
                Field::line("name_zh", t.parties_name_zh()).lang("zh-CN"),
                Field::line("name_en", t.parties_name_en())
                    .lang("en")
                    .hint(t.parties_bank_name_hint()),
                country,
                Field::area("address", t.parties_bank_address(), 2).optional(),
                Field::code("bic", t.parties_bic()).optional(),
            ],
        )])
    }

    fn put(&self, fields: &mut Fields) {
        for (name, value) in [
            ("name_zh", &self.name_zh),
            ("name_en", &self.name_en),
            ("country", &self.country),
            ("address", &self.address),
            ("bic", &self.bic),
        ] {
            fields.set(name, value.as_str());
        }
    }

    fn read(fields: &Fields, faults: &mut Faults) -> Self {
        let mut form = Reading::new(fields, faults);
        let bank = Self {
            name_zh: form.needed("name_zh", 80),
            name_en: form.needed("name_en", 160),
            country: form.country("country"),
            address: form.text("address", 300),
            bic: form.code("bic", Bic::parse, T::parties_not_a_bic),
        };
        let elsewhere = bank.bic.get(4..6).is_some_and(|at| at != bank.country);
        if elsewhere && !bank.country.is_empty() && form.faults.of("bic").is_none() {
            form.fault("bic", T::parties_bic_of_another_country);
        }
        bank
    }

    fn source() -> Source {
        Source {
            table: "bank",
            code: "code",
            name: "name_zh",
            under: "name_en",
            sort: "pinyin",
            search: "search",
            cells: &["country", "bic"],
        }
    }

    fn heads(t: T) -> Vec<&'static str> {
        vec![t.parties_country(), t.parties_bic()]
    }

    fn cells(t: T, cells: Vec<String>) -> Vec<String> {
        let mut cells = cells;
        if let Some(country) = cells.first_mut() {
            *country = country_name(t, country);
        }
        cells
    }

    async fn find(db: &mut PgConnection, code: &str) -> Result<Option<Stored<Self>>> {
        sql::find_bank(db, code).await
    }

    async fn insert(&self, act: &mut Act, id: Uuid) -> Result<String> {
        sql::insert_bank(act, id, self).await
    }

    async fn update(&self, act: &mut Act, id: Uuid, rev: i32) -> Result<bool> {
        sql::update_bank(act, id, rev, self).await
    }

    async fn set_archived(
        act: &mut Act,
        id: Uuid,
        rev: i32,
        at: Option<DateTime<Utc>>,
    ) -> Result<bool> {
        sql::archive_bank(act, id, rev, at).await
    }

    async fn alike(&self, db: &mut PgConnection) -> Result<Vec<Alike>> {
        sql::banks_alike(db, self).await
    }

    /// Our accounts with it, for who may see all of ours.
    async fn beside(
        db: &mut PgConnection,
        by: &By,
        page: &Page,
        stored: &Stored<Self>,
    ) -> Result<Beside> {
        if !super::owner::allowed(by, Deed::SeeOurAccounts, &Relation::none()) {
            return Ok(Beside::default());
        }
        let t = page.t;
        let rows = sql::accounts_with(db, BankId(stored.id)).await?;
        let row = |(id, name, currency): (Uuid, String, String)| PanelRow {
            href: Some(format!("{}/{id}", BankAccount::PLACE)),
            archived: false,
            cells: vec![name, currency],
        };
        let heads = vec![t.parties_account_name(), t.parties_currency()];
        let panel = Panel {
            rows: rows.into_iter().map(row).collect(),
            never: t.parties_bank_accounts_none(),
            ..Panel::plain(("accounts", t.parties_accounts()), heads, Vec::new())
        };
        Ok(Beside {
            panels: vec![panel],
            ..Beside::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_another_country_is_told() {
        let faults = |bic: &str| {
            let mut fields = Fields::default();
            Bank {
                name_zh: "甬屿银行".into(),
                name_en: "Yongyu Bank".into(),
                country: "CN".into(),
                address: String::new(),
                bic: bic.into(),
            }
            .put(&mut fields);
            let mut faults = Faults::default();
            Bank::read(&fields, &mut faults);
            faults
                .iter()
                .map(|fault| fault.field.clone())
                .collect::<Vec<_>>()
        };
        assert!(faults("").is_empty());
        assert!(faults("yybkcnbj").is_empty());
        assert_eq!(faults("DEUTDEFF"), ["bic"]);
        assert_eq!(faults("YYBK"), ["bic"]);
    }
}

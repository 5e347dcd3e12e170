//! Factory 工厂: who makes the goods, what it makes, how long it takes, what its VAT invoice says.

use super::owner::Owner;
use super::{contact, payee, sql};
use crate::base::codes::CreditCode;
use crate::base::{By, FactoryId, T};
use crate::history::Act;
use crate::people::Deed;
use crate::records::read::Reading;
use crate::records::{self, Alike, Beside, Card, Field, Section, Source, Stored, Words};
use crate::web::{Faults, Fields, Page, Result};
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Factory {
    pub name_zh: String,
    pub name_en: String,
    /// Corrected spelling; empty: made from the Chinese name.
    pub pinyin: String,
    pub address: String,
    pub products: String,
    /// Usual days from order to goods.
    pub lead_days: Option<i32>,
    /// Unified social credit code, which is the tax number.
    pub tax_number: String,
    /// Name on its VAT invoices, where it differs.
    pub invoice_name: String,
    pub settlement: String,
}

/// The act: a new factory.
pub async fn add(act: &mut Act, factory: &Factory) -> Result<FactoryId> {
    Ok(FactoryId(records::add(act, factory).await?.id))
}

/// Factories in use for a choice, by pinyin; at most five hundred.
pub async fn choices(db: &mut PgConnection, q: &str) -> Result<Vec<(FactoryId, String)>> {
    sql::factory_choices(db, q).await
}

impl Card for Factory {
    const PLACE: &'static str = "/factories";
    const KIND: &'static str = "factory";
    const DEED: Deed = Deed::EditFactory;

    fn words(t: T) -> Words {
        Words {
            title: t.parties_factories(),
            new: t.parties_factory_new(),
            search: t.parties_factory_search(),
            never: t.parties_factories_never(),
            none: t.parties_factories_none(),
        }
    }

    fn names(&self) -> (&str, &str) {
        (&self.name_zh, &self.name_en)
    }

    fn blank(_: &By) -> Self {
        Self::default()
    }

    async fn form(_: &mut PgConnection, t: T, _: bool) -> Result<Vec<Section>> {
        Ok(vec![
            Section::new(
                t.parties_group_names(),
                vec![
                    Field::line("name_zh", t.parties_name_zh()).lang("zh-CN"),
                    Field::line("name_en", t.parties_name_en())
                        .optional()
                        .lang("en"),
                    Field::line("pinyin", t.parties_pinyin())
                        .optional()
                        .hint(t.parties_pinyin_hint()),
                    Field::area("address", t.parties_address(), 2)
                        .optional()
                        .lang("zh-CN"),
                ],
            ),
            Section::new(
                t.parties_group_making(),
                vec![
                    Field::area("products", t.parties_products(), 2).optional(),
                    Field::figure("lead_days", t.parties_lead_days(), t.parties_days()).optional(),
                ],
            ),
            Section::new(
                t.parties_group_tax(),
                vec![
                    Field::code("tax_number", t.parties_tax_number()).optional(),
                    Field::line("invoice_name", t.parties_invoice_name())
                        .optional()
                        .hint(t.parties_invoice_name_hint()),
                    Field::line("settlement", t.parties_settlement())
                        .optional()
                        .hint(t.parties_settlement_hint()),
                ],
            ),
        ])
    }

    fn put(&self, fields: &mut Fields) {
        for (name, value) in [
            ("name_zh", &self.name_zh),
            ("name_en", &self.name_en),
            ("pinyin", &self.pinyin),
            ("address", &self.address),
            ("products", &self.products),
            ("tax_number", &self.tax_number),
            ("invoice_name", &self.invoice_name),
            ("settlement", &self.settlement),
        ] {
            fields.set(name, value.as_str());
        }
        fields.set(
            "lead_days",
            self.lead_days
                .map(|days| days.to_string())
                .unwrap_or_default(),
        );
    }

    fn read(fields: &Fields, faults: &mut Faults) -> Self {
        let mut form = Reading::new(fields, faults);
        Self {
            name_zh: form.needed("name_zh", 80),
            name_en: form.text("name_en", 160),
            pinyin: form.text("pinyin", 200).to_lowercase(),
            address: form.text("address", 300),
            products: form.text("products", 1_000),
            lead_days: form.whole("lead_days", 400),
            tax_number: form.code("tax_number", CreditCode::parse, |t| {
                t.parties_not_a_credit_code()
            }),
            invoice_name: form.text("invoice_name", 120),
            settlement: form.text("settlement", 200),
        }
    }

    fn source() -> Source {
        Source {
            table: "factory",
            code: "code",
            name: "name_zh",
            under: "name_en",
            sort: "pinyin",
            search: "search",
            cells: &["products", "lead_days::text", "settlement"],
        }
    }

    fn heads(t: T) -> Vec<&'static str> {
        vec![
            t.parties_products(),
            t.parties_lead_days(),
            t.parties_settlement(),
        ]
    }

    async fn find(db: &mut PgConnection, code: &str) -> Result<Option<Stored<Self>>> {
        sql::find_factory(db, code).await
    }

    async fn insert(&self, act: &mut Act, id: Uuid) -> Result<String> {
        sql::insert_factory(act, id, self).await
    }

    async fn update(&self, act: &mut Act, id: Uuid, rev: i32) -> Result<bool> {
        sql::update_factory(act, id, rev, self).await
    }

    async fn set_archived(
        act: &mut Act,
        id: Uuid,
        rev: i32,
        at: Option<DateTime<Utc>>,
    ) -> Result<bool> {
        sql::archive_factory(act, id, rev, at).await
    }

    async fn alike(&self, db: &mut PgConnection) -> Result<Vec<Alike>> {
        sql::factories_alike(db, self).await
    }

    async fn beside(
        db: &mut PgConnection,
        by: &By,
        page: &Page,
        stored: &Stored<Self>,
    ) -> Result<Beside> {
        let owner = Owner {
            code: stored.code.clone(),
            ..Owner::factory(stored.id)
        };
        let may = owner.may_edit(by);
        let mut panels = vec![contact::panel(db, page.t, &owner, may).await?];
        panels.extend(payee::panel(db, page.t, by, &owner).await?);
        Ok(Beside {
            panels,
            labels: contact::words(page.t),
            ..Beside::default()
        })
    }
}

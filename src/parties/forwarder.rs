//! Forwarder 货代: who books vessels and declares at customs for us.

use super::owner::Owner;
use super::{contact, payee, sql};
use crate::base::{By, ForwarderId, T};
use crate::history::Act;
use crate::people::Deed;
use crate::records::read::Reading;
use crate::records::{self, Alike, Beside, Card, Field, Section, Source, Stored, Words};
use crate::web::{Faults, Fields, Page, Result};
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forwarder {
    pub name_zh: String,
    pub name_en: String,
    /// Corrected spelling; empty: made from the Chinese name.
    pub pinyin: String,
    pub address: String,
    /// Ports and carriers it is good at.
    pub lanes: String,
    /// Declares at customs too 报关行.
    pub broker: bool,
}

/// The act: a new forwarder.
pub async fn add(act: &mut Act, forwarder: &Forwarder) -> Result<ForwarderId> {
    Ok(ForwarderId(records::add(act, forwarder).await?.id))
}

/// Forwarders in use for a choice, by pinyin; at most five hundred.
pub async fn choices(db: &mut PgConnection, q: &str) -> Result<Vec<(ForwarderId, String)>> {
    sql::forwarder_choices(db, q).await
}

impl Card for Forwarder {
    const PLACE: &'static str = "/forwarders";
    const KIND: &'static str = "forwarder";
    const DEED: Deed = Deed::EditForwarder;

    fn words(t: T) -> Words {
        Words {
            title: t.parties_forwarders(),
            new: t.parties_forwarder_new(),
            search: t.parties_forwarder_search(),
            never: t.parties_forwarders_never(),
            none: t.parties_forwarders_none(),
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
                t.parties_group_service(),
                vec![
                    Field::area("lanes", t.parties_lanes(), 2).optional(),
                    Field::check("broker", t.parties_broker()),
                ],
            ),
        ])
    }

    fn put(&self, fields: &mut Fields) {
        for (name, value) in [
            ("name_zh", self.name_zh.as_str()),
            ("name_en", &self.name_en),
            ("pinyin", &self.pinyin),
            ("address", &self.address),
            ("lanes", &self.lanes),
            ("broker", if self.broker { "yes" } else { "" }),
        ] {
            fields.set(name, value);
        }
    }

    fn read(fields: &Fields, faults: &mut Faults) -> Self {
        let mut form = Reading::new(fields, faults);
        Self {
            name_zh: form.needed("name_zh", 80),
            name_en: form.text("name_en", 160),
            pinyin: form.text("pinyin", 200).to_lowercase(),
            address: form.text("address", 300),
            lanes: form.text("lanes", 500),
            broker: form.yes("broker"),
        }
    }

    fn source() -> Source {
        Source {
            table: "forwarder",
            code: "code",
            name: "name_zh",
            under: "name_en",
            sort: "pinyin",
            search: "search",
            cells: &["lanes", "case when broker then 'yes' else '' end"],
        }
    }

    fn heads(t: T) -> Vec<&'static str> {
        vec![t.parties_lanes(), t.parties_broker_short()]
    }

    fn cells(t: T, cells: Vec<String>) -> Vec<String> {
        cells
            .into_iter()
            .map(|cell| {
                if cell == "yes" {
                    t.records_yes().to_owned()
                } else {
                    cell
                }
            })
            .collect()
    }

    async fn find(db: &mut PgConnection, code: &str) -> Result<Option<Stored<Self>>> {
        sql::find_forwarder(db, code).await
    }

    async fn insert(&self, act: &mut Act, id: Uuid) -> Result<String> {
        sql::insert_forwarder(act, id, self).await
    }

    async fn update(&self, act: &mut Act, id: Uuid, rev: i32) -> Result<bool> {
        sql::update_forwarder(act, id, rev, self).await
    }

    async fn set_archived(
        act: &mut Act,
        id: Uuid,
        rev: i32,
        at: Option<DateTime<Utc>>,
    ) -> Result<bool> {
        sql::archive_forwarder(act, id, rev, at).await
    }

    async fn alike(&self, db: &mut PgConnection) -> Result<Vec<Alike>> {
        sql::forwarders_alike(db, self).await
    }

    async fn beside(
        db: &mut PgConnection,
        by: &By,
        page: &Page,
        stored: &Stored<Self>,
    ) -> Result<Beside> {
        let owner = Owner {
            code: stored.code.clone(),
            ..Owner::forwarder(stored.id)
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

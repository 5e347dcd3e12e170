//! Legal entity 主体: who we are on paper: letterhead in both languages, prefix of order numbers, codes of the state.

use super::sql;
use crate::base::codes::{CiqCode, CreditCode, CustomsCode};
use crate::base::{By, EntityId, T};
use crate::history::Act;
use crate::people::Deed;
use crate::records::read::Reading;
use crate::records::{self, Card, Field, Section, Source, Stored, Words};
use crate::web::{Faults, Fields, Result};
use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entity {
    /// One to six capital letters before the year of an order number; fixed once it is given.
    pub prefix: String,
    pub name_zh: String,
    pub name_en: String,
    pub address_zh: String,
    pub address_en: String,
    pub phone: String,
    pub email: String,
    pub credit_code: String,
    /// Ten digits of the customs registration.
    pub customs_code: String,
    /// Nine digits of the inspection registration 检验检疫.
    pub ciq_code: String,
}

/// The act: a new legal entity.
pub async fn add(act: &mut Act, entity: &Entity) -> Result<EntityId> {
    Ok(EntityId(records::add(act, entity).await?.id))
}

/// Entities in use, by prefix.
pub async fn choices(db: &mut PgConnection) -> Result<Vec<(EntityId, String)>> {
    sql::entity_choices(db).await
}

/// The name in the frame of every page: the first entity's.
pub async fn company_name(db: &PgPool) -> sqlx::Result<String> {
    sql::company_name(db).await
}

/// The company's first entity, made at set-up; the administrator fills in its letterhead later. Its prefix is the
/// first two Latin letters of its name.
pub async fn insert_first(db: &mut PgConnection, id: EntityId, names: (&str, &str)) -> Result<()> {
    let mut prefix: String = names
        .1
        .chars()
        .filter(char::is_ascii_alphabetic)
        .take(2)
        .collect::<String>()
        .to_ascii_uppercase();
    if prefix.is_empty() {
        prefix.push_str("GD");
    }
    let entity = Entity {
        prefix,
        name_zh: names.0.to_owned(),
        name_en: names.1.to_owned(),
        ..Entity::default()
    };
    sql::insert_entity(db, id.0, &entity).await
}

impl Card for Entity {
    const PLACE: &'static str = "/company/entities";
    const KIND: &'static str = "entity";
    const DEED: Deed = Deed::ManageSettings;

    fn words(t: T) -> Words {
        Words {
            title: t.parties_entities(),
            new: t.parties_entity_new(),
            search: t.parties_entity_search(),
            never: t.parties_entities_never(),
            none: t.parties_entities_none(),
        }
    }

    fn names(&self) -> (&str, &str) {
        (&self.name_zh, &self.name_en)
    }

    fn blank(_: &By) -> Self {
        Self::default()
    }

    async fn form(_: &mut PgConnection, t: T, new: bool) -> Result<Vec<Section>> {
        let mut names = vec![
            Field::line("name_zh", t.parties_name_zh()).lang("zh-CN"),
            Field::line("name_en", t.parties_name_en()).lang("en"),
        ];
        if new {
            names.push(Field::code("prefix", t.parties_prefix()).hint(t.parties_prefix_hint()));
        }
        Ok(vec![
            Section::new(t.parties_group_names(), names),
            Section::new(
                t.parties_group_letterhead(),
                vec![
                    Field::area("address_zh", t.parties_address_zh(), 2)
                        .optional()
                        .lang("zh-CN"),
                    Field::area("address_en", t.parties_address_en(), 2)
                        .optional()
                        .lang("en"),
                    Field::line("phone", t.parties_phone()).optional(),
                    Field::line("email", t.parties_email()).optional(),
                ],
            ),
            Section::new(
                t.parties_group_codes(),
                vec![
                    Field::code("credit_code", t.parties_credit_code()).optional(),
                    Field::code("customs_code", t.parties_customs_code()).optional(),
                    Field::code("ciq_code", t.parties_ciq_code()).optional(),
                ],
            ),
        ])
    }

    fn put(&self, fields: &mut Fields) {
        for (name, value) in [
            ("prefix", &self.prefix),
            ("name_zh", &self.name_zh),
            ("name_en", &self.name_en),
            ("address_zh", &self.address_zh),
            ("address_en", &self.address_en),
            ("phone", &self.phone),
            ("email", &self.email),
            ("credit_code", &self.credit_code),
            ("customs_code", &self.customs_code),
            ("ciq_code", &self.ciq_code),
        ] {
            fields.set(name, value.as_str());
        }
    }

    fn read(fields: &Fields, faults: &mut Faults) -> Self {
        let mut form = Reading::new(fields, faults);
        let prefix = form.get("prefix").to_ascii_uppercase();
        let fits =
            (1..=6).contains(&prefix.len()) && prefix.bytes().all(|byte| byte.is_ascii_uppercase());
        if form.fields.has("prefix") && !fits {
            form.fault("prefix", T::parties_not_a_prefix);
        }
        Self {
            name_zh: form.needed("name_zh", 80),
            name_en: form.needed("name_en", 160),
            address_zh: form.text("address_zh", 300),
            address_en: form.text("address_en", 500),
            phone: form.text("phone", 60),
            email: form.email("email"),
            credit_code: form.code("credit_code", CreditCode::parse, |t| {
                t.parties_not_a_credit_code()
            }),
            prefix,
            customs_code: form.code("customs_code", CustomsCode::parse, |t| {
                t.parties_not_a_customs_code()
            }),
            ciq_code: form.code("ciq_code", CiqCode::parse, T::parties_not_a_ciq_code),
        }
    }

    fn source() -> Source {
        Source {
            table: "legal_entity",
            code: "prefix",
            name: "name_zh",
            under: "name_en",
            sort: "prefix",
            search: "case when search = '' then lower(' ' || prefix || ' ' || name_zh || ' ' || name_en) else search end",
            cells: &["prefix", "credit_code"],
        }
    }

    fn heads(t: T) -> Vec<&'static str> {
        vec![t.parties_prefix(), t.parties_credit_code()]
    }

    async fn find(db: &mut PgConnection, code: &str) -> Result<Option<Stored<Self>>> {
        sql::find_entity(db, code).await
    }

    async fn insert(&self, act: &mut Act, id: Uuid) -> Result<String> {
        sql::insert_entity(act.tx(), id, self).await?;
        Ok(self.prefix.clone())
    }

    async fn update(&self, act: &mut Act, id: Uuid, rev: i32) -> Result<bool> {
        sql::update_entity(act, id, rev, self).await
    }

    async fn set_archived(
        act: &mut Act,
        id: Uuid,
        rev: i32,
        at: Option<DateTime<Utc>>,
    ) -> Result<bool> {
        sql::archive_entity(act, id, rev, at).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(name: &str, value: &str) -> Vec<String> {
        let mut fields = Fields::default();
        Entity {
            prefix: "HY".into(),
            name_zh: "宁波瀚屿".into(),
            name_en: "Ningbo Hanyu".into(),
            ..Entity::default()
        }
        .put(&mut fields);
        fields.set(name, value);
        let mut faults = Faults::default();
        Entity::read(&fields, &mut faults);
        faults.iter().map(|fault| fault.field.clone()).collect()
    }

    #[test]
    fn codes_of_the_state_are_checked() {
        assert!(faults("credit_code", "91110000600037341L").is_empty());
        assert_eq!(faults("credit_code", "911100006000373410"), ["credit_code"]);
        assert!(faults("customs_code", "3302960ABC").is_empty());
        assert_eq!(faults("customs_code", "330296"), ["customs_code"]);
        assert_eq!(faults("prefix", "H1"), ["prefix"]);
        assert!(faults("prefix", "hy").is_empty());
    }
}

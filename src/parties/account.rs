//! Bank account 收款账户 of ours, exactly as a proforma invoice prints it. Finance writes it; others choose it by name.

use super::payee::account;
use super::sql;
use crate::base::codes::Bic;
use crate::base::{AccountId, BankId, By, Currency, EntityId, T};
use crate::history::Act;
use crate::people::Deed;
use crate::records::read::Reading;
use crate::records::{self, Card, Field, Section, Source, Stored, Words};
use crate::web::{Faults, Fields, Result};
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BankAccount {
    pub entity: Option<EntityId>,
    /// What it is chosen by: 甬屿银行 USD.
    pub name: String,
    pub currency: String,
    pub beneficiary: String,
    /// Where what is printed was taken from; an account may as well stand alone.
    pub bank_card: Option<BankId>,
    pub bank: String,
    pub bank_address: String,
    pub bic: String,
    pub account: String,
}

/// Choices as a form names them.
fn named(choices: Vec<(impl ToString, String)>) -> Vec<(String, String)> {
    choices
        .into_iter()
        .map(|(id, name)| (id.to_string(), name))
        .collect()
}

/// The act: a new account of ours.
pub async fn add(act: &mut Act, account: &BankAccount) -> Result<AccountId> {
    Ok(AccountId(records::add(act, account).await?.id))
}

impl Card for BankAccount {
    const PLACE: &'static str = "/company/accounts";
    const KIND: &'static str = "account";
    const DEED: Deed = Deed::EditBank;
    const SEEN_BY: Option<Deed> = Some(Deed::SeeOurAccounts);

    fn words(t: T) -> Words {
        Words {
            title: t.parties_accounts(),
            new: t.parties_account_new(),
            search: t.parties_account_search(),
            never: t.parties_accounts_never(),
            none: t.parties_accounts_none(),
        }
    }

    fn names(&self) -> (&str, &str) {
        (&self.name, &self.currency)
    }

    fn blank(_: &By) -> Self {
        Self {
            currency: Currency::USD.to_string(),
            ..Self::default()
        }
    }

    async fn form(db: &mut PgConnection, t: T, _: bool) -> Result<Vec<Section>> {
        let entities = named(sql::entity_choices(db).await?);
        let banks = named(sql::bank_choices(db).await?);
        Ok(vec![
            Section::new(
                t.parties_group_names(),
                vec![
                    Field::line("name", t.parties_account_name())
                        .hint(t.parties_account_name_hint()),
                    Field::choice("entity", t.parties_entity(), entities, t.web_choose()),
                    Field::code("currency", t.parties_currency()),
                ],
            ),
            Section::new(
                t.parties_group_printed(),
                vec![
                    Field::line("beneficiary", t.parties_beneficiary()),
                    Field::choice(
                        "bank_card",
                        t.parties_bank_card(),
                        banks,
                        t.parties_bank_card_none(),
                    )
                    .optional()
                    .hint(t.parties_bank_card_hint()),
                    Field::line("bank", t.parties_bank()),
                    Field::area("bank_address", t.parties_bank_address(), 2).optional(),
                    Field::code("bic", t.parties_bic()),
                    Field::code("account", t.parties_account()),
                ],
            ),
        ])
    }

    fn put(&self, fields: &mut Fields) {
        for (name, value) in [
            ("name", &self.name),
            ("currency", &self.currency),
            ("beneficiary", &self.beneficiary),
            ("bank", &self.bank),
            ("bank_address", &self.bank_address),
            ("bic", &self.bic),
            ("account", &self.account),
        ] {
            fields.set(name, value.as_str());
        }
        fields.set(
            "entity",
            self.entity.map(|id| id.to_string()).unwrap_or_default(),
        );
        fields.set(
            "bank_card",
            self.bank_card.map(|id| id.to_string()).unwrap_or_default(),
        );
    }

    fn read(fields: &Fields, faults: &mut Faults) -> Self {
        let mut form = Reading::new(fields, faults);
        let entity = form.get("entity").parse().ok();
        if entity.is_none() {
            form.fault("entity", T::records_choose);
        }
        let bank_card: Option<BankId> = form.get("bank_card").parse().ok();
        if bank_card.is_none() && !form.get("bank_card").is_empty() {
            form.fault("bank_card", T::records_choose);
        }
        // What is left empty comes from the bank chosen.
        let bank = match bank_card {
            Some(_) => form.text("bank", 160),
            None => form.needed("bank", 160),
        };
        let bic = match bank_card {
            Some(_) => form.text("bic", 11),
            None => form.needed("bic", 11),
        };
        Self {
            entity,
            name: form.needed("name", 60),
            currency: form.currency("currency"),
            beneficiary: form.needed("beneficiary", 160),
            bank_card,
            bank,
            bank_address: form.text("bank_address", 300),
            bic: if bic.is_empty() {
                bic
            } else {
                form.code("bic", Bic::parse, T::parties_not_a_bic)
            },
            account: account(&mut form),
        }
    }

    fn source() -> Source {
        Source {
            table: "bank_account",
            code: "id::text",
            name: "name",
            under: "beneficiary",
            sort: "name",
            search: "case when search = '' then lower(' ' || name || ' ' || bank || ' ' || currency) else search end",
            cells: &["currency", "bank", "account"],
        }
    }

    fn heads(t: T) -> Vec<&'static str> {
        vec![t.parties_currency(), t.parties_bank(), t.parties_account()]
    }

    /// What the papers print of a chosen bank, where nothing else was typed. A code of another bank is a slip that no
    /// bank reports: the money goes there.
    async fn filled(mut self, db: &mut PgConnection) -> Result<Self> {
        let Some(id) = self.bank_card else {
            return Ok(self);
        };
        let Some(bank) = sql::bank_to_print(db, id).await? else {
            return Err(Faults::one("bank_card", T::records_choose).into());
        };
        if self.bank.is_empty() {
            self.bank = bank.name_en;
        }
        if self.bank_address.is_empty() {
            self.bank_address = bank.address;
        }
        if self.bic.is_empty() {
            self.bic.clone_from(&bank.bic);
        }
        if self.bic.is_empty() {
            return Err(Faults::one("bic", T::records_needed).into());
        }
        if !bank.bic.is_empty() && self.bic.get(..6) != bank.bic.get(..6) {
            return Err(Faults::one("bic", T::parties_bic_of_another_bank).into());
        }
        Ok(self)
    }

    async fn find(db: &mut PgConnection, code: &str) -> Result<Option<Stored<Self>>> {
        match code.parse() {
            Ok(id) => sql::find_account(db, id).await,
            Err(_) => Ok(None),
        }
    }

    async fn insert(&self, act: &mut Act, id: Uuid) -> Result<String> {
        sql::insert_account(act, id, self).await?;
        Ok(id.to_string())
    }

    async fn update(&self, act: &mut Act, id: Uuid, rev: i32) -> Result<bool> {
        sql::update_account(act, id, rev, self).await
    }

    async fn set_archived(
        act: &mut Act,
        id: Uuid,
        rev: i32,
        at: Option<DateTime<Utc>>,
    ) -> Result<bool> {
        sql::archive_account(act, id, rev, at).await
    }
}

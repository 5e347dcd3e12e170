//! Payee account 收款账户: where a factory or forwarder is paid. Finance writes it, the manager reads it, nobody else
//! sees it; so its events are a chain of its own and never stand on the page of its party.

use super::owner::Owner;
use super::{owner, sql};
use crate::base::codes::{Bic, Iban};
use crate::base::{By, Role, T, typed};
use crate::history::{Act, Event};
use crate::people::{Deed, Relation, rights};
use crate::records::read::Reading;
use crate::records::{Field, Panel, PanelRow, Thing};
use crate::web::{Faults, Fields, Result};
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Payee {
    pub holder: String,
    pub bank: String,
    pub bic: String,
    pub account: String,
    pub currency: String,
}

pub(super) fn thing(id: Uuid) -> Thing {
    Thing::new("payee", id)
}

/// The act: an account one pays to.
pub async fn add(act: &mut Act, of: &Owner, payee: &Payee) -> Result<Uuid> {
    must_edit(&act.by)?;
    let id = crate::base::fresh(act.by.at);
    sql::insert_payee(act, id, of, payee).await?;
    let name = payee.holder.clone();
    act.record(&thing(id), &Event::EntryAdded { name }).await?;
    Ok(id)
}

pub(super) fn must_edit(by: &By) -> Result<()> {
    rights::must(by, Deed::EditPayeeAccount, &Relation::none())
}

pub(super) fn may_edit(by: &By) -> bool {
    owner::allowed(by, Deed::EditPayeeAccount, &Relation::none())
}

/// Finance sees all; a manager of any department reads them, since a factory belongs to no department.
pub fn may_see(by: &By) -> bool {
    let leads = by.staff().is_some_and(|staff| {
        staff.roles.has(Role::Manager) && !(staff.leads.is_empty() && staff.stands_in.is_empty())
    });
    let relation = Relation {
        led: leads,
        ..Relation::none()
    };
    owner::allowed(by, Deed::SeePayeeAccounts, &relation)
}

pub(super) const FIELDS: [&str; 5] = ["holder", "bank", "bic", "account", "currency"];

pub(super) fn fields(t: T) -> Vec<Field> {
    vec![
        Field::line("holder", t.parties_payee_holder()).hint(t.parties_payee_holder_hint()),
        Field::line("bank", t.parties_bank()),
        Field::code("bic", t.parties_bic()).optional(),
        Field::code("account", t.parties_account()),
        Field::code("currency", t.parties_currency()),
    ]
}

impl Payee {
    pub(super) fn put(&self, fields: &mut Fields) {
        for (name, value) in FIELDS.into_iter().zip([
            &self.holder,
            &self.bank,
            &self.bic,
            &self.account,
            &self.currency,
        ]) {
            fields.set(name, value.as_str());
        }
    }

    pub(super) fn read(fields: &Fields, faults: &mut Faults) -> Self {
        let mut form = Reading::new(fields, faults);
        Self {
            holder: form.needed("holder", 120),
            bank: form.needed("bank", 160),
            bic: form.code("bic", Bic::parse, T::parties_not_a_bic),
            account: account(&mut form),
            currency: form.currency("currency"),
        }
    }
}

/// An account number as the bank writes it; where it begins like an international one, its check digits must hold.
pub(super) fn account(form: &mut Reading<'_>) -> String {
    let typed = form.needed("account", 60);
    let plain = typed::half_width(&typed);
    let mut signs = plain.chars().filter(|sign| !sign.is_whitespace());
    let starts = signs.next().is_some_and(|sign| sign.is_ascii_alphabetic())
        && signs.next().is_some_and(|sign| sign.is_ascii_alphabetic());
    if !starts {
        return plain.trim().to_owned();
    }
    if let Ok(iban) = Iban::parse(&plain) {
        return iban.grouped();
    }
    form.fault("account", T::parties_not_an_iban);
    typed
}

/// The accounts on the party's page, for who may see them.
pub(super) async fn panel(
    db: &mut PgConnection,
    t: T,
    by: &By,
    owner: &Owner,
) -> Result<Option<Panel>> {
    if !may_see(by) {
        return Ok(None);
    }
    let may = may_edit(by);
    let rows = sql::payees(db, owner).await?;
    Ok(Some(Panel {
        id: "accounts",
        title: t.parties_payees(),
        heads: vec![
            t.parties_payee_holder(),
            t.parties_bank(),
            t.parties_bic(),
            t.parties_account(),
            t.parties_currency(),
        ],
        rows: rows
            .into_iter()
            .map(|(id, archived, payee)| PanelRow {
                href: may.then(|| format!("/payees/{id}")),
                archived,
                cells: vec![
                    payee.holder,
                    payee.bank,
                    payee.bic,
                    payee.account,
                    payee.currency,
                ],
            })
            .collect(),
        never: t.parties_payees_never(),
        add: may.then(|| {
            (
                format!("/payees/new?of={}", owner.key()),
                t.parties_payee_new(),
            )
        }),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(account: &str) -> (String, usize) {
        let mut fields = Fields::default();
        Payee {
            holder: "绍兴启明制衣厂".into(),
            bank: "甬屿银行".into(),
            currency: "CNY".into(),
            ..Payee::default()
        }
        .put(&mut fields);
        fields.set("account", account);
        let mut faults = Faults::default();
        let payee = Payee::read(&fields, &mut faults);
        (payee.account, faults.len())
    }

    #[test]
    fn chinese_numbers_stay_and_international_ones_are_checked() {
        assert_eq!(
            read("3301 0000 0000 1234"),
            ("3301 0000 0000 1234".into(), 0)
        );
        assert_eq!(
            read("gb82west12345698765432"),
            ("GB82 WEST 1234 5698 7654 32".into(), 0)
        );
        assert_eq!(read("GB82WEST12345698765433").1, 1);
        assert_eq!(read("").1, 1);
    }
}

//! Customer 客户: who buys, in which words and on which terms she usually buys, and what her goods always need.

use super::owner::Owner;
use super::{contact, customer_form, sql};
use crate::base::{By, Currency, CustomerId, Lang, PersonId, Role, T};
use crate::history::event::Change;
use crate::history::{Act, Event};
use crate::people::{Deed, Relation, barring};
use crate::records::{
    self, Alike, Beside, Card, Section, Source, Stored, Words, read::country_name,
};
use crate::web::{Faults, Fields, Page, Result};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Customer {
    pub name_en: String,
    pub name_zh: String,
    /// Corrected spelling; empty: made from the Chinese name.
    pub pinyin: String,
    /// ISO 3166, two letters.
    pub country: String,
    pub address_en: String,
    pub address_zh: String,
    pub consignee: String,
    pub notify: String,
    pub marks: String,
    pub currency: String,
    pub incoterm: String,
    pub place: String,
    /// Code of the payment terms offered first.
    pub terms: String,
    pub paper_lang: String,
    pub requirements: String,
    pub payer_aliases: Vec<String>,
    pub credit_limit: Option<Decimal>,
    pub credit_currency: String,
    pub salesperson: Option<PersonId>,
    /// Name and e-mail of the first contact, when entered together with a new customer.
    pub first_contact: (String, String),
}

/// The act: a new customer.
pub async fn add(act: &mut Act, customer: &Customer) -> Result<CustomerId> {
    Ok(CustomerId(records::add(act, customer).await?.id))
}

/// Customers in use for a choice, found by name, spelling or initials; at most five hundred.
pub async fn choices(db: &mut PgConnection, q: &str) -> Result<Vec<(CustomerId, String)>> {
    sql::customer_choices(db, q).await
}

/// Colleagues who may become a customer's salesperson, with their names.
pub async fn sellers(db: &mut PgConnection, lang: Lang) -> Result<Vec<(String, String)>> {
    sql::sellers(db, lang).await
}

/// May this person give the customer to another salesperson? A manager who leads the department of the present one,
/// or any manager of a department where there is none.
pub async fn may_reassign(
    db: &mut PgConnection,
    by: &By,
    stored: &Stored<Customer>,
) -> Result<bool> {
    let Some(staff) = by.staff() else {
        return Ok(false);
    };
    let keeper = match stored.card.salesperson {
        Some(person) => sql::person(db, person).await?,
        None => None,
    };
    let led = match keeper.and_then(|keeper| keeper.department) {
        Some(department) => staff.leads(department),
        None => staff.roles.has(Role::Manager),
    };
    let relation = Relation {
        led,
        ..Relation::none()
    };
    Ok(super::owner::allowed(by, Deed::ReassignCustomer, &relation))
}

/// The act: another salesperson. False where the card moved meanwhile. Her open orders are taken over by
/// `orders::take_over`, in the same act.
pub async fn assign(
    act: &mut Act,
    stored: &Stored<Customer>,
    rev: i32,
    to: PersonId,
) -> Result<bool> {
    let by = act.by.clone();
    if !may_reassign(act.tx(), &by, stored).await? {
        let deed = Deed::ReassignCustomer;
        return Err(barring::refusal(&by, deed, &Relation::none()));
    }
    if !sql::assign_customer(act, stored.id, rev, to).await? {
        return Ok(false);
    }
    let before = match stored.card.salesperson {
        Some(person) => sql::person(act.tx(), person).await?,
        None => None,
    };
    let after = sql::person(act.tx(), to).await?;
    let name =
        |keeper: Option<sql::Keeper>| keeper.map(|keeper| keeper.name_zh).unwrap_or_default();
    let changes = Change::between("salesperson", &name(before), &name(after))
        .into_iter()
        .collect();
    act.record(&stored.thing(), &Event::EntryChanged { changes })
        .await?;
    Ok(true)
}

impl Card for Customer {
    const PLACE: &'static str = "/customers";
    const KIND: &'static str = "customer";
    const DEED: Deed = Deed::EditCustomer;

    fn words(t: T) -> Words {
        Words {
            title: t.parties_customers(),
            new: t.parties_customer_new(),
            search: t.parties_customer_search(),
            never: t.parties_customers_never(),
            none: t.parties_customers_none(),
        }
    }

    fn names(&self) -> (&str, &str) {
        (&self.name_en, &self.name_zh)
    }

    fn relation(&self, by: &By) -> Relation {
        Relation::to_customer(by, self.salesperson)
    }

    /// A salesperson's new customer is her own.
    fn entered_by(self, by: &By) -> Self {
        let own = Self::blank(by).salesperson;
        Self {
            salesperson: self.salesperson.or(own),
            ..self
        }
    }

    fn blank(by: &By) -> Self {
        let sells = by
            .staff()
            .is_some_and(|staff| staff.roles.has(Role::Salesperson));
        Self {
            currency: Currency::USD.to_string(),
            incoterm: "FOB".into(),
            terms: "TT_30_70_COPY".into(),
            paper_lang: Lang::En.code().into(),
            salesperson: by.person().filter(|_| sells),
            ..Self::default()
        }
    }

    async fn form(db: &mut PgConnection, t: T, new: bool) -> Result<Vec<Section>> {
        let sellers = if new {
            sql::sellers(db, t.0).await?
        } else {
            Vec::new()
        };
        let terms = sql::payment_choices(db, t).await?;
        Ok(customer_form::sections(t, new, sellers, terms))
    }

    fn put(&self, fields: &mut Fields) {
        customer_form::put(self, fields);
    }

    fn read(fields: &Fields, faults: &mut Faults) -> Self {
        customer_form::read(fields, faults)
    }

    fn source() -> Source {
        Source {
            table: "customer",
            code: "code",
            name: "name_en",
            under: "name_zh",
            sort: "lower(name_en)",
            search: "search",
            cells: &[
                "country",
                "currency || ' · ' || incoterm || ' ' || place",
                "coalesce((select p.name_zh || '|' || p.name_en from payment_term p where p.code = customer.terms), terms)",
                "(select p.name_zh || '|' || p.name_en from person p where p.id = customer.salesperson)",
            ],
        }
    }

    fn heads(t: T) -> Vec<&'static str> {
        vec![
            t.parties_country(),
            t.parties_usual_trade(),
            t.parties_payment(),
            t.parties_salesperson(),
        ]
    }

    fn cells(t: T, cells: Vec<String>) -> Vec<String> {
        cells
            .into_iter()
            .enumerate()
            .map(|(place, cell)| match place {
                0 => country_name(t, &cell),
                2 | 3 => in_language(t, &cell),
                _ => cell.trim().to_owned(),
            })
            .collect()
    }

    async fn find(db: &mut PgConnection, code: &str) -> Result<Option<Stored<Self>>> {
        sql::find_customer(db, code).await
    }

    async fn insert(&self, act: &mut Act, id: Uuid) -> Result<String> {
        let code = sql::insert_customer(act, id, self).await?;
        let (name, email) = &self.first_contact;
        if !name.is_empty() || !email.is_empty() {
            let contact = contact::Card {
                name: if name.is_empty() {
                    email.clone()
                } else {
                    name.clone()
                },
                email: email.clone(),
                ..contact::Card::default()
            };
            contact::add(act, &Owner::customer(id), &contact).await?;
        }
        Ok(code)
    }

    async fn update(&self, act: &mut Act, id: Uuid, rev: i32) -> Result<bool> {
        sql::update_customer(act, id, rev, self).await
    }

    async fn set_archived(
        act: &mut Act,
        id: Uuid,
        rev: i32,
        at: Option<DateTime<Utc>>,
    ) -> Result<bool> {
        sql::archive_customer(act, id, rev, at).await
    }

    async fn alike(&self, db: &mut PgConnection) -> Result<Vec<Alike>> {
        sql::customers_alike(db, self).await
    }

    async fn beside(
        db: &mut PgConnection,
        by: &By,
        page: &Page,
        stored: &Stored<Self>,
    ) -> Result<Beside> {
        let t = page.t;
        let owner = Owner {
            code: stored.code.clone(),
            ..Owner::customer(stored.id)
        };
        let keeper = match stored.card.salesperson {
            Some(person) => sql::person(db, person).await?,
            None => None,
        };
        let may_reassign = may_reassign(db, by, stored).await?;
        let keeper = keeper.map_or_else(
            || t.web_none().to_owned(),
            |keeper| keeper.name(page.lang).to_owned(),
        );
        let mut acts = Vec::new();
        if may_reassign {
            acts.push((
                format!("{}/reassignment", stored.url()),
                t.parties_reassign(),
            ));
        }
        acts.push((
            format!("/orders?customer={}", stored.code),
            t.parties_orders_of_customer(),
        ));
        let may = records::acts::may(by, &stored.card);
        Ok(Beside {
            picture: None,
            facts: vec![(t.parties_salesperson(), keeper)],
            acts,
            panels: vec![contact::panel(db, t, &owner, may).await?],
            labels: contact::words(t),
        })
    }
}

/// `沈小禾|Shen Xiaohe` in the reader's language.
fn in_language(t: T, names: &str) -> String {
    let (zh, en) = names.split_once('|').unwrap_or((names, names));
    match t.0 {
        Lang::Zh => zh,
        Lang::En => en,
    }
    .to_owned()
}

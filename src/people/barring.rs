//! Barring 谁能办: what a refused deed says about who holds it, and how they are called. A reader is sent to the colleagues
//! of the order first, and never to somebody whom the same table bars.

use super::Relation;
use super::relation::Keepers;
use super::rights::{Asked, Deed, Hand, Reach};
use crate::base::{By, Lang, PersonId, Role, T};
use crate::web::barred::{Barred, Kept};
use crate::web::error::Trouble;
use crate::web::{App, Error, Result};
use sqlx::PgConnection;

/// The refusal of a deed that stands outside any order.
pub fn refusal(by: &By, asked: impl Into<Asked>, relation: &Relation) -> Error {
    refused(by, &asked.into(), relation, None)
}

/// The same of a deed on an order kept by these.
pub fn refused(by: &By, asked: &Asked, relation: &Relation, order: Option<&Keepers>) -> Error {
    Error::Barred(Box::new(barred(by, asked, *relation, order)))
}

fn barred(by: &By, asked: &Asked, relation: Relation, order: Option<&Keepers>) -> Barred {
    let (deed, hands) = (asked.deed, &asked.hands);
    let mut people: Vec<PersonId> = Vec::new();
    let mut never: Vec<PersonId> = Vec::new();
    for hand in deed.never() {
        match hand {
            Hand::Author => never.extend(&hands.authors),
            Hand::Requester => never.extend(hands.requester),
            Hand::Approver => never.extend(hands.approver),
            Hand::Operator => {
                never.extend(order.map(|order| order.operator));
                never.extend(by.person().filter(|_| relation.operator));
            }
            Hand::NotAuthor => people.extend(&hands.authors),
            Hand::NotSubmitter => people.extend(hands.requester),
        }
    }
    let held = |role: Role| by.staff().is_some_and(|staff| staff.roles.has(role));
    let own_hand = by.person().is_some_and(|me| never.contains(&me))
        && deed.grants().iter().any(|grant| held(grant.role));
    let roles = if people.is_empty() {
        holders(deed, order.is_some(), held)
    } else {
        Vec::new()
    };
    Barred {
        roles,
        people,
        order: order.map(|order| Kept {
            salesperson: order.salesperson,
            operator: order.operator,
            department: order.department,
        }),
        never,
        own_hand,
    }
}

/// Roles that hold the deed. Outside an order nobody knows whose thing it is: a role of the reader's that asks for more
/// than the role says nothing to her.
fn holders(deed: Deed, of_order: bool, held: impl Fn(Role) -> bool) -> Vec<Role> {
    let mut roles: Vec<Role> = Vec::new();
    for grant in deed.grants() {
        let told = of_order || grant.reach == Reach::All || !held(grant.role);
        if told && !roles.contains(&grant.role) {
            roles.push(grant.role);
        }
    }
    roles
}

/// Whom the page of a refusal names: of an order its own operator, salesperson and manager by name, else the roles.
pub(super) async fn contacts(app: &App, trouble: Option<&Trouble>, lang: Lang) -> Vec<String> {
    let Some(Error::Barred(barred)) = trouble.map(|trouble| trouble.0.as_ref()) else {
        return Vec::new();
    };
    let named = match app.db.acquire().await {
        Ok(mut db) => named(&mut db, barred).await,
        Err(error) => Err(error.into()),
    };
    match named {
        Ok(named) => told(barred, &named, lang),
        // The refusal stands without its help too.
        Err(_) => Vec::new(),
    }
}

/// A colleague who can be asked, and as what; of no role where it must be herself.
struct Named {
    role: Option<Role>,
    name: String,
    name_en: String,
}

async fn named(db: &mut PgConnection, barred: &Barred) -> Result<Vec<Named>> {
    let ids = |people: &[PersonId]| -> Vec<uuid::Uuid> { people.iter().map(|id| id.0).collect() };
    let (people, never) = (ids(&barred.people), ids(&barred.never));
    let order = barred.order;
    let rows = sqlx::query!(
        r#"with asked (role, person, place) as (
               select 'order_operator', $1::uuid, 0
               union all select 'salesperson', $2::uuid, 1
               union all select 'manager', l.person, 1 + l.level from department_lead l where l.department = $3::uuid
               union all select '', x, 9 from unnest($4::uuid[]) x
           )
           select a.role as "role!", p.name_zh as "name_zh!", p.name_en as "name_en!"
           from asked a join person p on p.id = a.person
           where p.status = 'active' and (a.role = '' or a.role = any(p.roles)) and p.id <> all($5::uuid[])
           order by a.place, p.id"#,
        order.map(|order| order.operator.0),
        order.map(|order| order.salesperson.0),
        order.map(|order| order.department.0),
        &people,
        &never,
    )
    .fetch_all(db)
    .await?;
    let named = rows.into_iter().map(|row| Named {
        role: Role::parse(&row.role),
        name: row.name_zh,
        name_en: row.name_en,
    });
    Ok(named.collect())
}

/// One line for each colleague, then the roles that belong to no order.
fn told(barred: &Barred, named: &[Named], lang: Lang) -> Vec<String> {
    let t = T(lang);
    let mut lines = Vec::new();
    for one in named {
        let name = match lang {
            Lang::Zh => &one.name,
            Lang::En => &one.name_en,
        };
        match one.role {
            None => lines.push(name.clone()),
            Some(role) if barred.roles.contains(&role) => {
                lines.push(format!("{} {name}", role.label(t)));
            }
            Some(_) => {}
        }
    }
    let of_order = [Role::Salesperson, Role::OrderOperator, Role::Manager];
    let others = barred.roles.iter().filter(|role| {
        // Of an order these are its own colleagues; where none of them can, the role cannot either.
        barred.order.is_none() || !of_order.contains(role)
    });
    lines.extend(others.map(|role| role.label(t).to_owned()));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{DepartmentId, Roles, Staff, Who};
    use crate::people::rights::Hands;

    fn person(last: u128) -> PersonId {
        PersonId(uuid::Uuid::from_u128(last))
    }

    fn by(id: PersonId, role: Role) -> By {
        By {
            who: Who::Staff(Staff {
                id,
                name_zh: String::new(),
                name_en: String::new(),
                roles: Roles::new([role]),
                department: None,
                leads: Vec::new(),
                stands_in: Vec::new(),
            }),
            at: chrono::DateTime::UNIX_EPOCH,
            lang: Lang::En,
        }
    }

    fn keepers() -> Keepers {
        Keepers {
            department: DepartmentId(uuid::Uuid::from_u128(9)),
            salesperson: person(1),
            operator: person(2),
        }
    }

    #[test]
    fn only_roles_that_hold_the_deed_are_named() {
        let reader = by(person(1), Role::Salesperson);
        for (_, deeds) in Deed::TABLE {
            for deed in *deeds {
                let told = barred(
                    &reader,
                    &(*deed).into(),
                    &Relation::none(),
                    Some(&keepers()),
                );
                let holds = |role: &Role| deed.grants().iter().any(|grant| grant.role == *role);
                assert!(told.roles.iter().all(holds), "{}", deed.code());
            }
        }
    }

    #[test]
    fn whose_hand_was_on_it_is_not_asked() {
        let hands = Hands {
            authors: vec![person(3)],
            requester: Some(person(4)),
            approver: None,
        };
        let asked = Deed::ApproveProforma.of(hands);
        let manager = by(person(3), Role::Manager);
        let told = barred(&manager, &asked, &Relation::none(), Some(&keepers()));
        assert!(told.own_hand);
        assert_eq!(told.roles, [Role::Manager]);
        assert_eq!(told.never, [person(3), person(4), person(2)]);
    }

    #[test]
    fn what_only_its_author_may_names_its_author() {
        let hands = Hands {
            authors: vec![person(2)],
            ..Hands::default()
        };
        let asked = Deed::ReviseReturned.of(hands);
        let reader = by(person(1), Role::Salesperson);
        let told = barred(&reader, &asked, &Relation::none(), Some(&keepers()));
        assert_eq!((told.people, told.roles), (vec![person(2)], Vec::new()));
    }

    #[test]
    fn an_orders_role_is_a_colleague_or_nobody() {
        let barred = Barred {
            roles: vec![Role::OrderOperator, Role::Finance],
            order: Some(Kept {
                salesperson: person(1),
                operator: person(2),
                department: keepers().department,
            }),
            ..Barred::default()
        };
        assert_eq!(told(&barred, &[], Lang::En), ["Finance"]);
        let shen = Named {
            role: Some(Role::OrderOperator),
            name: "沈小禾".to_owned(),
            name_en: "Shen Xiaohe".to_owned(),
        };
        let lines = told(&barred, &[shen], Lang::En);
        assert_eq!(lines.len(), 2);
        assert!(lines[0].ends_with("Shen Xiaohe"), "{lines:?}");
    }
}

//! Enrol: a department or a colleague is entered at once, without an invitation; for the demo, whose people all have
//! the one password that its sign-in page names.

use super::password::PersonStream;
use super::sql;
use crate::base::{DepartmentId, PersonId, Roles};
use crate::history::{Act, Event, Stream};
use crate::web::Result;
use chrono::NaiveDate;

/// A colleague as she is entered.
pub struct Enrolment<'a> {
    pub email: &'a str,
    pub name_zh: &'a str,
    pub name_en: &'a str,
    pub roles: Roles,
    pub department: Option<DepartmentId>,
    /// Departments she leads, with the level of her yes.
    pub leads: &'a [(DepartmentId, i16)],
    pub password_hash: &'a str,
}

struct DepartmentStream(DepartmentId);

impl Stream for DepartmentStream {
    fn stream(&self) -> String {
        format!("department:{}", self.0)
    }
}

pub async fn department(act: &mut Act, (name_zh, name_en): (&str, &str)) -> Result<DepartmentId> {
    let id = DepartmentId::fresh(act.by.at);
    sql::insert_department(act.tx(), id, (name_zh, name_en)).await?;
    act.record(
        &DepartmentStream(id),
        &Event::DepartmentOpened {
            name: name_zh.to_owned(),
        },
    )
    .await?;
    Ok(id)
}

pub async fn colleague(act: &mut Act, new: &Enrolment<'_>) -> Result<PersonId> {
    let id = PersonId::fresh(act.by.at);
    sql::enrol(act, id, new).await?;
    let event = Event::PersonInvited {
        email: new.email.to_owned(),
        roles: new.roles.codes(),
    };
    act.record(&PersonStream(id), &event).await?;
    act.record(&PersonStream(id), &Event::PasswordSet).await?;
    Ok(id)
}

/// Names a deputy 代理人 between two days, both included.
pub async fn deputy(
    act: &mut Act,
    absent: PersonId,
    stands_in: (PersonId, &str),
    (from, until): (NaiveDate, NaiveDate),
) -> Result<()> {
    sql::enrol_deputy(act, absent, stands_in.0, (from, until)).await?;
    let event = Event::DeputyNamed {
        deputy: stands_in.1.to_owned(),
        from: from.to_string(),
        until: until.to_string(),
    };
    act.record(&PersonStream(absent), &event).await
}

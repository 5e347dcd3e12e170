//! Enrol: a colleague is entered at once, without an invitation; for the demo, whose people all have
//! the one password that its sign-in page names.

use super::password::PersonStream;
use super::{appointments, sql};
use crate::base::{DepartmentId, PersonId, Roles};
use crate::history::{Act, Event};
use crate::web::Result;

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

pub async fn colleague(act: &mut Act, new: &Enrolment<'_>) -> Result<PersonId> {
    let id = PersonId::fresh(act.by.at);
    sql::enrol(act, id, new).await?;
    appointments::save_leads(act.tx(), id, new.leads).await?;
    let event = Event::PersonInvited {
        email: new.email.to_owned(),
        roles: new.roles.codes(),
    };
    act.record(&PersonStream(id), &event).await?;
    act.record(&PersonStream(id), &Event::PasswordSet).await?;
    Ok(id)
}

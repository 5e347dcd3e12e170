//! Acting: a colleague as an act sees her, for the demo's seed and for commands, where no session says who acts.

use crate::base::{By, DepartmentId, Lang, PersonId, Roles, Staff, Who};
use crate::web::{Error, Result};
use chrono::{DateTime, Utc};
use sqlx::PgConnection;

/// The person with this address, as she stands at this moment. Deputies count by the day in the company's zone.
pub async fn acting(
    db: &mut PgConnection,
    email: &str,
    at: DateTime<Utc>,
    zone: chrono_tz::Tz,
) -> Result<By> {
    let day = at.with_timezone(&zone).date_naive();
    let row = sqlx::query!(
        r#"select p.id, p.name_zh, p.name_en, p.roles, p.department,
               array(select l.department from department_lead l where l.person = p.id) as "leads!: Vec<uuid::Uuid>",
               array(select l.department from deputy d join department_lead l on l.person = d.absent
                   where d.deputy = p.id and d.withdrawn_at is null and $2 between d.from_day and d.until_day
                   order by d.id, l.department) as "stands_in!: Vec<uuid::Uuid>",
               array(select d.absent from deputy d join department_lead l on l.person = d.absent
                   where d.deputy = p.id and d.withdrawn_at is null and $2 between d.from_day and d.until_day
                   order by d.id, l.department) as "absent!: Vec<uuid::Uuid>"
           from person p where p.email = $1 and p.status = 'active'"#,
        email,
        day,
    )
    .fetch_optional(db)
    .await?
    .ok_or(Error::NotFound)?;
    let stands_in = row.stands_in.into_iter().map(DepartmentId);
    let staff = Staff {
        id: PersonId(row.id),
        name_zh: row.name_zh,
        name_en: row.name_en,
        roles: Roles::from_codes(&row.roles),
        department: row.department.map(DepartmentId),
        leads: row.leads.into_iter().map(DepartmentId).collect(),
        stands_in: stands_in
            .zip(row.absent.into_iter().map(PersonId))
            .collect(),
    };
    Ok(By {
        who: Who::Staff(staff),
        at,
        lang: Lang::Zh,
    })
}

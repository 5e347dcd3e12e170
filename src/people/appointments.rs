//! Every statement about who stands where: departments, who leads them, deputies.

use super::department::Department;
use super::deputy::{Deputy, Naming};
use crate::base::{DepartmentId, Lang, PersonId, T};
use crate::web::Result;
use crate::web::error::on_constraint;
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// Departments a person leads, with the level of her yes.
pub(super) async fn leads(
    db: &mut PgConnection,
    person: PersonId,
) -> Result<Vec<(DepartmentId, i16)>> {
    let rows = sqlx::query!(
        "select department, level from department_lead where person = $1 order by department",
        person.0
    );
    let rows = rows.fetch_all(db).await?;
    Ok(rows
        .into_iter()
        .map(|row| (DepartmentId(row.department), row.level))
        .collect())
}

/// All she leads, as it is now.
pub(super) async fn save_leads(
    db: &mut PgConnection,
    person: PersonId,
    leads: &[(DepartmentId, i16)],
) -> Result<()> {
    sqlx::query!("delete from department_lead where person = $1", person.0)
        .execute(&mut *db)
        .await?;
    let departments: Vec<Uuid> = leads.iter().map(|(led, _)| led.0).collect();
    let levels: Vec<i16> = leads.iter().map(|(_, level)| *level).collect();
    sqlx::query!(
        "insert into department_lead (department, person, level)
         select led.department, $1, led.level from unnest($2::uuid[], $3::smallint[]) as led (department, level)",
        person.0,
        &departments,
        &levels,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn departments(db: &mut PgConnection, lang: Lang) -> Result<Vec<Department>> {
    let rows = sqlx::query!(
        r#"select d.id, d.name_zh, d.name_en, d.version,
               (select count(*) from person p where p.department = d.id and p.status <> 'disabled') as "members!",
               array(select (case when $1 then p.name_zh else p.name_en end)
                       || case l.level when 2 then ' (2)' else '' end
                   from department_lead l join person p on p.id = l.person and p.status <> 'disabled'
                   where l.department = d.id order by l.level, p.name_en) as "leads!: Vec<String>"
           from department d order by lower(d.name_en), d.id limit 200"#,
        lang == Lang::Zh,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Department {
            id: DepartmentId(row.id),
            name_zh: row.name_zh,
            name_en: row.name_en,
            version: row.version,
            members: row.members,
            leads: row.leads,
        })
        .collect())
}

/// A constraint, the field it belongs to, and what to say there.
type Clash = (&'static str, &'static str, fn(T) -> &'static str);

const SAME_NAME: [Clash; 2] = [
    (
        "department_name_zh_key",
        "name_zh",
        T::people_department_name_taken,
    ),
    (
        "department_name_en_key",
        "name_en",
        T::people_department_name_taken,
    ),
];

pub(super) async fn insert_department(
    db: &mut PgConnection,
    id: DepartmentId,
    (name_zh, name_en): (&str, &str),
) -> Result<()> {
    sqlx::query!(
        "insert into department (id, name_zh, name_en) values ($1, $2, $3)",
        id.0,
        name_zh,
        name_en
    )
    .execute(db)
    .await
    .map_err(|error| on_constraint(error, &SAME_NAME))?;
    Ok(())
}

/// False when somebody saved it meanwhile.
pub(super) async fn save_department(
    db: &mut PgConnection,
    (id, version): (DepartmentId, i32),
    (name_zh, name_en): (&str, &str),
) -> Result<bool> {
    let saved = sqlx::query!(
        "update department set name_zh = $3, name_en = $4, version = version + 1 where id = $1 and version = $2",
        id.0,
        version,
        name_zh,
        name_en,
    )
    .execute(db)
    .await
    .map_err(|error| on_constraint(error, &SAME_NAME))?;
    Ok(saved.rows_affected() == 1)
}

/// Deputies of a person, the latest first.
pub(super) async fn deputies(db: &mut PgConnection, absent: PersonId) -> Result<Vec<Deputy>> {
    Ok(sqlx::query_as!(
        Deputy,
        "select d.id, d.absent, d.deputy, p.name_zh, p.name_en, d.from_day, d.until_day, d.withdrawn_at
         from deputy d join person p on p.id = d.deputy where d.absent = $1 order by d.from_day desc, d.id limit 20",
        absent.0,
    )
    .fetch_all(db)
    .await?)
}

/// For whom she stands in now or later.
pub(super) async fn absences(
    db: &mut PgConnection,
    deputy: PersonId,
    today: chrono::NaiveDate,
) -> Result<Vec<Deputy>> {
    Ok(sqlx::query_as!(
        Deputy,
        "select d.id, d.absent, d.deputy, p.name_zh, p.name_en, d.from_day, d.until_day, d.withdrawn_at
         from deputy d join person p on p.id = d.absent
         where d.deputy = $1 and d.withdrawn_at is null and d.until_day >= $2 order by d.from_day, d.id limit 20",
        deputy.0,
        today,
    )
    .fetch_all(db)
    .await?)
}

pub(super) async fn lock_deputy(
    db: &mut PgConnection,
    absent: PersonId,
    id: Uuid,
) -> Result<Option<Deputy>> {
    Ok(sqlx::query_as!(
        Deputy,
        "select d.id, d.absent, d.deputy, p.name_zh, p.name_en, d.from_day, d.until_day, d.withdrawn_at
         from deputy d join person p on p.id = d.deputy where d.absent = $1 and d.id = $2 for update of d",
        absent.0,
        id,
    )
    .fetch_optional(db)
    .await?)
}

pub(super) async fn insert_deputy(
    db: &mut PgConnection,
    id: Uuid,
    absent: PersonId,
    naming: &Naming,
) -> Result<()> {
    sqlx::query!(
        "insert into deputy (id, absent, deputy, from_day, until_day) values ($1, $2, $3, $4, $5)",
        id,
        absent.0,
        naming.deputy.0,
        naming.from,
        naming.until,
    )
    .execute(db)
    .await
    .map_err(|error| {
        on_constraint(
            error,
            &[("deputy_period_excl", "from", T::people_deputy_overlaps)],
        )
    })?;
    Ok(())
}

pub(super) async fn withdraw_deputy(
    db: &mut PgConnection,
    id: Uuid,
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!("update deputy set withdrawn_at = $2 where id = $1", id, at)
        .execute(db)
        .await?;
    Ok(())
}

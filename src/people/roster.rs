//! Every statement about the staff as a register: people, their devices, the open orders they keep.

use super::appointments;
use super::draft::{Draft, spelled};
use super::staff::{Colleague, Filter, Listed, Person, Standing};
use crate::base::{DepartmentId, Lang, PersonId, Roles, T, pinyin};
use crate::web::Result;
use crate::web::error::on_constraint;
use chrono::{DateTime, Utc};
use sqlx::{PgConnection, Postgres, QueryBuilder};
use uuid::Uuid;

struct Row {
    id: Uuid,
    email: String,
    name_zh: String,
    name_en: String,
    phone: String,
    lang: String,
    roles: Vec<String>,
    department: Option<Uuid>,
    status: String,
    version: i32,
}

impl From<Row> for Person {
    fn from(row: Row) -> Self {
        Self {
            id: PersonId(row.id),
            email: row.email,
            name_zh: row.name_zh,
            name_en: row.name_en,
            phone: row.phone,
            lang: Lang::parse(&row.lang).unwrap_or(Lang::Zh),
            roles: Roles::from_codes(&row.roles),
            department: row.department.map(DepartmentId),
            standing: Standing::parse(&row.status),
            version: row.version,
        }
    }
}

pub(super) async fn find(db: &mut PgConnection, id: PersonId) -> Result<Option<Person>> {
    let row = sqlx::query_as!(
        Row,
        "select id, email, name_zh, name_en, phone, lang, roles, department, status, version from person where id = $1",
        id.0
    );
    Ok(row.fetch_optional(db).await?.map(Person::from))
}

/// Held until the act ends; an order that is being opened for her waits, or is seen.
pub(super) async fn lock(db: &mut PgConnection, id: PersonId) -> Result<Option<Person>> {
    let row = sqlx::query_as!(
        Row,
        "select id, email, name_zh, name_en, phone, lang, roles, department, status, version from person where id = $1 for update",
        id.0
    );
    Ok(row.fetch_optional(db).await?.map(Person::from))
}

/// Administrators who may sign in, locked in one order: two of them cannot take each other's role at the same moment.
pub(super) async fn lock_admins(db: &mut PgConnection) -> Result<Vec<PersonId>> {
    let ids = sqlx::query_scalar!(
        "select id from person where 'admin' = any(roles) and status = 'active' order by id for update"
    );
    Ok(ids.fetch_all(db).await?.into_iter().map(PersonId).collect())
}

pub(super) async fn count_admins(db: &mut PgConnection) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "n!" from person where 'admin' = any(roles) and status = 'active'"#
    )
    .fetch_one(db)
    .await?)
}

/// One page of the list, or with a larger `most` the rows of the workbook.
pub(super) async fn list(
    db: &mut PgConnection,
    filter: &Filter,
    lang: Lang,
    most: i64,
) -> Result<Vec<Listed>> {
    let name = match lang {
        Lang::Zh => "d.name_zh",
        Lang::En => "d.name_en",
    };
    let mut query = QueryBuilder::<Postgres>::new(
        "select p.id, p.email, p.name_zh, p.name_en, p.roles, p.status, ",
    );
    query
        .push("coalesce((select ").push(name).push(" from department d where d.id = p.department), '') as department, array(select ")
        .push(name)
        .push(" from department_lead l join department d on d.id = l.department where l.person = p.id order by 1) as leads \
               from person p where true");
    narrow(&mut query, filter);
    query
        .push(" order by lower(p.name_en), p.id limit ")
        .push_bind(most);
    Ok(query.build_query_as::<Listed>().fetch_all(db).await?)
}

/// Only the filters that are given.
fn narrow(query: &mut QueryBuilder<Postgres>, filter: &Filter) {
    if !filter.q.is_empty() {
        let wanted = filter.q.to_lowercase();
        query
            .push(" and (strpos(p.name_zh, ")
            .push_bind(wanted.clone());
        query
            .push(") > 0 or strpos(lower(p.name_en), ")
            .push_bind(wanted.clone());
        query.push(") > 0 or strpos(p.email, ").push_bind(wanted);
        // By spelling and initials; a row from before is found by its names until it is saved again.
        query
            .push(") > 0 or p.search like all(")
            .push_bind(pinyin::patterns(&filter.q))
            .push("))");
    }
    if let Some(role) = filter.role {
        query
            .push(" and ")
            .push_bind(role.code())
            .push(" = any(p.roles)");
    }
    match filter.standing {
        Some(standing) => {
            query.push(" and p.status = ").push_bind(standing.code());
        }
        None if filter.in_use => {
            query.push(" and p.status <> 'disabled'");
        }
        None => {}
    }
    if let Some(after) = filter.after {
        query.push(" and (lower(p.name_en), p.id) > (select lower(a.name_en), a.id from person a where a.id = ");
        query.push_bind(after.0).push(")");
    }
}

pub(super) async fn active(db: &mut PgConnection) -> Result<Vec<Colleague>> {
    let rows = sqlx::query!(
        "select id, email, name_zh, name_en, roles from person where status = 'active' order by created_at, id limit 500"
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Colleague {
            id: PersonId(row.id),
            email: row.email,
            name_zh: row.name_zh,
            name_en: row.name_en,
            roles: Roles::from_codes(&row.roles),
        })
        .collect())
}

/// Colleagues who may decide as a deputy.
pub(super) async fn managers(db: &mut PgConnection) -> Result<Vec<Person>> {
    let rows = sqlx::query_as!(
        Row,
        "select id, email, name_zh, name_en, phone, lang, roles, department, status, version from person
         where status = 'active' and 'manager' = any(roles) order by lower(name_en), id limit 200"
    );
    Ok(rows
        .fetch_all(db)
        .await?
        .into_iter()
        .map(Person::from)
        .collect())
}

/// The first administrator.
pub(super) async fn insert_admin(
    db: &mut PgConnection,
    id: PersonId,
    email: &str,
    (name_zh, name_en): (&str, &str),
    password_hash: &str,
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "insert into person (id, email, name_zh, name_en, roles, status, password_hash, created_at, search)
         values ($1, $2, $3, $4, array['admin'], 'active', $5, $6, $7)",
        id.0,
        email,
        name_zh,
        name_en,
        password_hash,
        at,
        spelled(name_zh, name_en),
    )
    .execute(db)
    .await?;
    Ok(())
}

const TAKEN: (&str, &str, fn(T) -> &'static str) =
    ("person_email_key", "email", T::people_email_taken);

/// A person who has a link but no password yet.
pub(super) async fn insert(
    db: &mut PgConnection,
    id: PersonId,
    draft: &Draft,
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "insert into person (id, email, name_zh, name_en, roles, department, status, created_at, phone, lang, search)
         values ($1, $2, $3, $4, $5, $6, 'invited', $7, $8, $9, $10)",
        id.0,
        draft.email,
        draft.name_zh,
        draft.name_en,
        &draft.roles.codes(),
        draft.department.map(|own| own.0),
        at,
        draft.phone,
        draft.lang.unwrap_or(Lang::Zh).code(),
        spelled(&draft.name_zh, &draft.name_en),
    )
    .execute(&mut *db)
    .await
    .map_err(|error| on_constraint(error, &[TAKEN]))?;
    appointments::save_leads(db, id, &draft.leads).await
}

/// False when somebody saved her meanwhile.
pub(super) async fn save(
    db: &mut PgConnection,
    (id, version): (PersonId, i32),
    draft: &Draft,
) -> Result<bool> {
    let saved = sqlx::query!(
        "update person set email = $3, name_zh = $4, name_en = $5, roles = $6, department = $7, phone = $8, lang = coalesce($9, lang),
             search = $10, version = version + 1
         where id = $1 and version = $2",
        id.0,
        version,
        draft.email,
        draft.name_zh,
        draft.name_en,
        &draft.roles.codes(),
        draft.department.map(|own| own.0),
        draft.phone,
        draft.lang.map(Lang::code),
        spelled(&draft.name_zh, &draft.name_en),
    )
    .execute(&mut *db)
    .await
    .map_err(|error| on_constraint(error, &[TAKEN]))?;
    appointments::save_leads(db, id, &draft.leads).await?;
    Ok(saved.rows_affected() == 1)
}

pub(super) async fn disable(db: &mut PgConnection, person: PersonId) -> Result<()> {
    sqlx::query!(
        "update person set status = 'disabled', version = version + 1 where id = $1",
        person.0
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Lets a person in again; without a password of her own she is invited as before.
pub(super) async fn enable(db: &mut PgConnection, person: PersonId) -> Result<()> {
    sqlx::query!(
        "update person set version = version + 1,
             status = case when password_hash is null then 'invited' else 'active' end where id = $1",
        person.0
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The old password opens nothing any more.
pub(super) async fn end_password(db: &mut PgConnection, person: PersonId) -> Result<()> {
    sqlx::query!(
        "update person set password_hash = '' where id = $1 and password_hash is not null",
        person.0
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn end_links(
    db: &mut PgConnection,
    person: PersonId,
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update one_time_link set used_at = $2 where person = $1 and used_at is null",
        person.0,
        at
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The switch in the top bar. The administrator's form holds the language too, so a change moves the version.
pub(super) async fn save_lang(db: &mut PgConnection, person: PersonId, lang: Lang) -> Result<()> {
    sqlx::query!(
        "update person set lang = $2, version = version + 1 where id = $1 and lang <> $2",
        person.0,
        lang.code()
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What she has chosen for herself; only the language is the administrator's too, and moves the version.
pub(super) async fn save_look(
    db: &mut PgConnection,
    person: PersonId,
    (lang, theme, density): (&str, &str, &str),
    shortcuts: bool,
) -> Result<()> {
    sqlx::query!(
        "update person set version = version + (lang <> $2)::int, lang = $2, theme = $3, density = $4, shortcuts = $5
         where id = $1",
        person.0,
        lang,
        theme,
        density,
        shortcuts,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A device on which a person is signed in.
pub(super) struct Device {
    pub token_hash: Vec<u8>,
    pub address: String,
    pub agent: String,
    pub last_seen: DateTime<Utc>,
}

/// Sessions that still live: used after `idle` and begun after `begun`.
pub(super) async fn sessions(
    db: &mut PgConnection,
    person: PersonId,
    (idle, begun): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Device>> {
    Ok(sqlx::query_as!(
        Device,
        "select token_hash, address, agent, last_seen from session
         where person = $1 and last_seen > $2 and created_at > $3 order by last_seen desc limit 50",
        person.0,
        idle,
        begun,
    )
    .fetch_all(db)
    .await?)
}

/// Open orders a person keeps, and who can give them to somebody else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    pub sells: i64,
    pub operates: i64,
    /// Orders in all: one may be hers twice.
    pub orders: i64,
    /// Tasks by hand that she has not done; they hold nobody, and are handed on by who gave them or leads her.
    pub tasks: i64,
    pub managers_zh: Vec<String>,
    pub managers_en: Vec<String>,
}

/// Counted by the house over all departments: the administrator learns a number, no order.
pub(super) async fn kept(db: &mut PgConnection, person: PersonId) -> Result<Kept> {
    Ok(sqlx::query_as!(
        Kept,
        r#"with kept as (
               select o.department, o.salesperson, o.operator from export_order o
               where (o.salesperson = $1 or o.operator = $1) and o.condition in ('open', 'on_hold', 'cancelling')
                 and order_in_reach(true, '{}', null, o.department, o.salesperson, o.operator)
           ), able as (
               select distinct p.name_zh, p.name_en from department_lead l join person p on p.id = l.person
               where l.department in (select department from kept) and p.status = 'active' and 'manager' = any(p.roles)
           )
           select count(*) filter (where salesperson = $1) as "sells!", count(*) filter (where operator = $1) as "operates!",
               count(*) as "orders!", (select count(*) from hand_task t where t.owner = $1 and t.state = 'open') as "tasks!",
               array(select name_zh from able order by name_en limit 5) as "managers_zh!: Vec<String>",
               array(select name_en from able order by name_en limit 5) as "managers_en!: Vec<String>"
           from kept"#,
        person.0,
    )
    .fetch_one(db)
    .await?)
}

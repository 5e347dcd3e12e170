//! Every statement about people that sign-in and sessions need.

use super::guard::Tries;
use crate::base::{DepartmentId, Lang, PersonId, Roles, Staff};
use crate::web::Result;
use crate::web::seed::{Counts, Density, Theme};
use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// The moment of a request and the session that was found.
pub(super) struct Found {
    pub at: DateTime<Utc>,
    pub held: Option<Held>,
}

pub(super) struct Held {
    pub staff: Staff,
    pub lang: Lang,
    pub theme: Theme,
    pub density: Density,
    pub shortcuts: bool,
    pub counts: Counts,
    pub created_at: DateTime<Utc>,
    pub last_seen: DateTime<Utc>,
}

impl Held {
    pub(super) fn is_live(&self, at: DateTime<Utc>) -> bool {
        self.last_seen + super::session::idle(&self.staff.roles) > at
            && self.created_at + super::session::ABSOLUTE > at
    }
}

/// Session, person, rights, figures of the rail and the moment of the request, in one statement: the one place where
/// the house asks what time it is.
#[expect(
    clippy::too_many_lines,
    reason = "mostly one statement and its columns"
)]
pub(super) async fn find_session(
    db: &mut PgConnection,
    token_hash: &[u8],
    fixed: Option<DateTime<Utc>>,
    zone: chrono_tz::Tz,
) -> Result<Found> {
    let row = sqlx::query!(
        r#"with clock as (select coalesce($2::timestamptz, now()) as at),
           held as (
               select s.created_at as began_at, s.last_seen, p.* from session s join person p on p.id = s.person
               where s.token_hash = $1 and p.status = 'active'
           ), awaits as (
               select i.due_at from held h cross join clock join open_item i on i.owner = h.id and i.waiting = 'us'
               where not exists (select from snooze z where z.person = h.id and z.thing = i.order_id and z.kind = i.kind
                   and z.subject = i.subject and z.until_at > clock.at
                   and z.mark = open_item_mark(i.waiting, i.problem, i.since, i.due_at, i.args ->> 'quoted'))
               union all
               select t.due_at from held h cross join clock join hand_task t on t.owner = h.id and t.state = 'open'
               where not exists (select from snooze z where z.person = h.id and z.thing = t.id and z.kind = 'hand_task'
                   and z.until_at > clock.at and z.mark = t.version::text)
           )
           select clock.at as "at!", h.id as "id?", h.name_zh as "name_zh?", h.name_en as "name_en?",
               h.roles as "roles?", h.department as "department?", h.lang as "lang?", h.theme as "theme?",
               h.density as "density?", h.shortcuts as "shortcuts?", h.began_at as "created_at?",
               h.last_seen as "last_seen?",
               array(select l.department from department_lead l where l.person = h.id) as "leads!: Vec<Uuid>",
               array(select l.department from deputy d join department_lead l on l.person = d.absent
                   where d.deputy = h.id and d.withdrawn_at is null
                   and (clock.at at time zone $3)::date between d.from_day and d.until_day
                   order by d.id, l.department) as "stands_in!: Vec<Uuid>",
               array(select d.absent from deputy d join department_lead l on l.person = d.absent
                   where d.deputy = h.id and d.withdrawn_at is null
                   and (clock.at at time zone $3)::date between d.from_day and d.until_day
                   order by d.id, l.department) as "absent!: Vec<Uuid>",
               (select count(*) from (select from awaits a limit 100) x) as "home!",
               (select count(*) from (select from awaits a where a.due_at < clock.at limit 100) x) as "late!",
               (select count(*) from (select from approval a join export_order o on o.id = a.order_id
                   where a.state = 'open' and 'manager' = any(h.roles) and a.requested_by <> h.id and o.operator <> h.id
                   and (a.handed_to is null or a.handed_to = h.id)
                   and not coalesce(a.summary -> 'authors', '[]') ? h.id::text
                   and not exists (select from approval b where b.subject = a.subject and b.subject_id = a.subject_id
                       and b.content_hash = a.content_hash and b.state = 'approved' and b.decided_by = h.id)
                   and exists (select from department_lead l where l.department = o.department and l.level >= a.level
                       and (l.person = h.id or exists (select from deputy y where y.absent = l.person and y.deputy = h.id
                           and y.withdrawn_at is null
                           and (clock.at at time zone $3)::date between y.from_day and y.until_day)))
                   limit 100) x) as "approvals!"
           from clock left join held h on true"#,
        token_hash,
        fixed,
        zone.name(),
    )
    .fetch_one(db)
    .await?;
    let held = match (
        row.id,
        row.name_zh,
        row.name_en,
        row.created_at,
        row.last_seen,
    ) {
        (Some(id), Some(name_zh), Some(name_en), Some(created_at), Some(last_seen)) => Some(Held {
            staff: Staff {
                id: PersonId(id),
                name_zh,
                name_en,
                roles: Roles::from_codes(&row.roles.unwrap_or_default()),
                department: row.department.map(DepartmentId),
                leads: row.leads.into_iter().map(DepartmentId).collect(),
                stands_in: row
                    .stands_in
                    .into_iter()
                    .map(DepartmentId)
                    .zip(row.absent.into_iter().map(PersonId))
                    .collect(),
            },
            lang: row
                .lang
                .as_deref()
                .and_then(Lang::parse)
                .unwrap_or(Lang::Zh),
            theme: row
                .theme
                .as_deref()
                .and_then(Theme::parse)
                .unwrap_or_default(),
            density: row
                .density
                .as_deref()
                .and_then(Density::parse)
                .unwrap_or_default(),
            shortcuts: row.shortcuts.unwrap_or(true),
            counts: Counts {
                home: row.home,
                late: row.late,
                approvals: row.approvals,
            },
            created_at,
            last_seen,
        }),
        _ => None,
    };
    Ok(Found { at: row.at, held })
}

pub(super) async fn touch(
    db: &mut PgConnection,
    token_hash: &[u8],
    at: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "update session set last_seen = $2 where token_hash = $1",
        token_hash,
        at
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn open_session(
    db: &mut PgConnection,
    token_hash: &[u8],
    person: PersonId,
    at: DateTime<Utc>,
    (address, agent): (&str, &str),
) -> Result<()> {
    sqlx::query!(
        "insert into session (token_hash, person, created_at, last_seen, address, agent) values ($1, $2, $3, $3, $4, $5)",
        token_hash,
        person.0,
        at,
        address,
        agent,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn close_session(db: &mut PgConnection, token_hash: &[u8]) -> Result<()> {
    sqlx::query!("delete from session where token_hash = $1", token_hash)
        .execute(db)
        .await?;
    Ok(())
}

pub(super) async fn close_sessions_of(db: &mut PgConnection, person: PersonId) -> Result<()> {
    sqlx::query!("delete from session where person = $1", person.0)
        .execute(db)
        .await?;
    Ok(())
}

/// One session goes on under a new secret, with the hours it already has; all others of the person end.
pub(super) async fn rotate_session(
    db: &mut PgConnection,
    person: PersonId,
    old: &[u8],
    fresh: &[u8],
) -> Result<()> {
    sqlx::query!(
        "delete from session where person = $1 and token_hash <> $2",
        person.0,
        old
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update session set token_hash = $3 where person = $1 and token_hash = $2",
        person.0,
        old,
        fresh,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Account to sign in with.
pub(super) struct Account {
    pub id: PersonId,
    pub password_hash: Option<String>,
    pub active: bool,
}

pub(super) async fn find_account(db: &mut PgConnection, email: &str) -> Result<Option<Account>> {
    let row = sqlx::query!(
        // An empty hash is a password that a reset has ended.
        "select id, nullif(password_hash, '') as password_hash, status from person where email = $1",
        email
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Account {
        id: PersonId(row.id),
        password_hash: row.password_hash,
        active: row.status == "active",
    }))
}

pub(super) async fn tries(db: &mut PgConnection, subject: &str) -> Result<Option<Tries>> {
    let row = sqlx::query!(
        "select failures, last_at from sign_in_failure where subject = $1 for update",
        subject
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Tries {
        failures: row.failures,
        last_at: row.last_at,
    }))
}

/// Counts one more failure; what lies before `since` is forgotten.
pub(super) async fn count_failure(
    db: &mut PgConnection,
    subject: &str,
    at: DateTime<Utc>,
    since: DateTime<Utc>,
) -> Result<()> {
    sqlx::query!(
        "insert into sign_in_failure (subject, failures, last_at) values ($1, 1, $2)
         on conflict (subject) do update set last_at = $2,
             failures = case when sign_in_failure.last_at < $3 then 1 else sign_in_failure.failures + 1 end",
        subject,
        at,
        since,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn forget_failures(db: &mut PgConnection, subject: &str) -> Result<()> {
    sqlx::query!("delete from sign_in_failure where subject = $1", subject)
        .execute(db)
        .await?;
    Ok(())
}

pub(super) async fn set_password(
    db: &mut PgConnection,
    person: PersonId,
    hash: &str,
) -> Result<()> {
    sqlx::query!(
        "update person set password_hash = $2, status = case status when 'invited' then 'active' else status end where id = $1",
        person.0,
        hash,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn anybody_administers(db: &mut PgConnection) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from person where 'admin' = any(roles) and status = 'active') as "exists!""#
    )
    .fetch_one(db)
    .await?)
}

/// The moment, for commands at the terminal and jobs.
pub async fn moment(db: &mut PgConnection, fixed: Option<DateTime<Utc>>) -> Result<DateTime<Utc>> {
    Ok(
        sqlx::query_scalar!(r#"select coalesce($1::timestamptz, now()) as "at!""#, fixed)
            .fetch_one(db)
            .await?,
    )
}

/// A colleague who may sign in at once.
pub(super) async fn enrol(
    act: &mut crate::history::Act,
    id: PersonId,
    new: &super::enrol::Enrolment<'_>,
) -> Result<()> {
    let at = act.by.at;
    sqlx::query!(
        "insert into person (id, email, name_zh, name_en, roles, department, status, password_hash, created_at,
             search)
         values ($1, $2, $3, $4, $5, $6, 'active', $7, $8, $9)",
        id.0,
        new.email,
        new.name_zh,
        new.name_en,
        &new.roles.codes(),
        new.department.map(|id| id.0),
        new.password_hash,
        at,
        super::draft::spelled(new.name_zh, new.name_en),
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

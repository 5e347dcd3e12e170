//! Statements on settings and calendar days.

use crate::history::Act;
use crate::parties::calendar::CalendarDay;
use crate::parties::setting::Setting;
use crate::web::Result;
use chrono::NaiveDate;
use serde_json::Value;
use sqlx::PgConnection;

pub(in crate::parties) async fn setting(db: &mut PgConnection, key: &str) -> Result<Setting> {
    let row = sqlx::query!("select value, version from setting where key = $1", key)
        .fetch_optional(db)
        .await?;
    Ok(row.map_or_else(Setting::default, |row| Setting {
        value: Some(row.value),
        version: row.version,
    }))
}

/// `rev` is nought where no value was stored; two first savings meet at the key.
pub(in crate::parties) async fn save_setting(
    act: &mut Act,
    key: &str,
    rev: i32,
    value: &Value,
) -> Result<bool> {
    let (at, person) = (act.by.at, act.by.person().map(|id| id.0));
    let saved = if rev == 0 {
        sqlx::query!(
            "insert into setting (key, value, at, person) values ($1, $2, $3, $4) on conflict do nothing",
            key,
            value,
            at,
            person,
        )
        .execute(act.tx())
        .await?
    } else {
        sqlx::query!(
            "update setting set value = $3, at = $4, person = $5, version = version + 1 where key = $1 and version = $2",
            key,
            rev,
            value,
            at,
            person,
        )
        .execute(act.tx())
        .await?
    };
    Ok(saved.rows_affected() == 1)
}

pub(in crate::parties) async fn calendar_days(
    db: &mut PgConnection,
    from: NaiveDate,
) -> Result<Vec<CalendarDay>> {
    Ok(sqlx::query_as!(
        CalendarDay,
        "select day, working, note from calendar_day where day >= $1 order by day limit 400",
        from,
    )
    .fetch_all(db)
    .await?)
}

pub(in crate::parties) async fn put_day(act: &mut Act, day: &CalendarDay) -> Result<()> {
    sqlx::query!(
        "insert into calendar_day (day, working, note) values ($1, $2, $3)
         on conflict (day) do update set working = excluded.working, note = excluded.note",
        day.day,
        day.working,
        day.note,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

pub(in crate::parties) async fn take_day(
    act: &mut Act,
    day: NaiveDate,
) -> Result<Option<CalendarDay>> {
    Ok(sqlx::query_as!(
        CalendarDay,
        "delete from calendar_day where day = $1 returning day, working, note",
        day,
    )
    .fetch_optional(act.tx())
    .await?)
}

//! The one list statement of all cards: only the filters given, by name, from a key on.

use crate::base::pinyin;
use crate::web::Result;
use chrono::NaiveDate;
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Postgres, QueryBuilder, Row as _};
use uuid::Uuid;

/// What a list reads: a table and expressions of its columns, all written in the code.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    pub table: &'static str,
    pub code: &'static str,
    /// The name it is listed under, and the line below it.
    pub name: &'static str,
    pub under: &'static str,
    pub sort: &'static str,
    /// What search looks in.
    pub search: &'static str,
    /// `{day}` in one of them is the reader's day, for what holds by date.
    pub cells: &'static [&'static str],
}

/// What somebody wants to see.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    pub q: String,
    pub archived: bool,
    pub descending: bool,
    pub after: Option<Uuid>,
    pub before: Option<Uuid>,
    pub size: i64,
    pub day: NaiveDate,
}

#[derive(Clone, Debug)]
pub(super) struct Row {
    pub id: Uuid,
    pub code: String,
    pub name: String,
    pub under: String,
    pub cells: Vec<String>,
}

/// The rows in the order shown; one more than `size` where there are more in that direction.
pub(super) async fn list(
    db: &mut PgConnection,
    source: &Source,
    wanted: &Wanted,
) -> Result<Vec<Row>> {
    let mut query: QueryBuilder<Postgres> = QueryBuilder::new(format!(
        "select id, {} as found_code, {} as found_name, {} as found_under, array[",
        source.code, source.name, source.under,
    ));
    for (place, cell) in source.cells.iter().enumerate() {
        query.push(if place == 0 { "" } else { ", " });
        for (piece, text) in cell.split("{day}").enumerate() {
            if piece > 0 {
                query.push_bind(wanted.day);
            }
            query.push(text);
        }
    }
    query.push(format!("]::text[] from {}", source.table));
    filter(&mut query, source, wanted);
    let key = wanted.after.or(wanted.before);
    // Walking back reads the other way round and is turned afterwards.
    let back = wanted.after.is_none() && wanted.before.is_some();
    let descending = wanted.descending != back;
    if let Some(key) = key {
        let than = if descending { "<" } else { ">" };
        query.push(format!(
            " and ({}, id) {than} (select {}, id from {} where id = ",
            source.sort, source.sort, source.table
        ));
        query.push_bind(key);
        query.push(")");
    }
    let way = if descending { "desc" } else { "asc" };
    query.push(format!(" order by {} {way}, id {way} limit ", source.sort));
    query.push_bind(wanted.size + 1);
    let found = query.build().fetch_all(db).await?;
    let mut rows = found.iter().map(read).collect::<sqlx::Result<Vec<Row>>>()?;
    if back {
        rows.reverse();
    }
    Ok(rows)
}

fn read(row: &PgRow) -> sqlx::Result<Row> {
    let cells: Vec<Option<String>> = row.try_get(4)?;
    Ok(Row {
        id: row.try_get(0)?,
        code: row.try_get(1)?,
        name: row.try_get(2)?,
        under: row.try_get(3)?,
        cells: cells.into_iter().map(Option::unwrap_or_default).collect(),
    })
}

pub(super) async fn count(db: &mut PgConnection, source: &Source, wanted: &Wanted) -> Result<i64> {
    let mut query: QueryBuilder<Postgres> =
        QueryBuilder::new(format!("select count(*) from {}", source.table));
    filter(&mut query, source, wanted);
    Ok(query.build_query_scalar().fetch_one(db).await?)
}

fn filter(query: &mut QueryBuilder<Postgres>, source: &Source, wanted: &Wanted) {
    query.push(if wanted.archived {
        " where archived_at is not null"
    } else {
        " where archived_at is null"
    });
    for pattern in pinyin::patterns(&wanted.q) {
        query.push(format!(" and {} like ", source.search));
        query.push_bind(pattern);
    }
}

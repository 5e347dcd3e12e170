//! Unit 单位: how goods are counted, in the words of papers and the number of the customs table 计量单位代码.

use super::sql;
use crate::base::Lang;
use crate::web::Result;
use sqlx::PgConnection;

#[derive(Clone, Debug)]
pub struct Unit {
    /// As lines and papers carry it: `pcs`.
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
    /// Three digits of the customs table; empty where it has none.
    pub customs: String,
}

/// All of them, the most used first.
pub async fn list(db: &mut PgConnection) -> Result<Vec<Unit>> {
    sql::units(db).await
}

/// For a choice: code and word.
pub async fn choices(db: &mut PgConnection, lang: Lang) -> Result<Vec<(String, String)>> {
    let all = list(db).await?;
    Ok(all
        .into_iter()
        .map(|unit| {
            let word = match lang {
                Lang::Zh => format!("{} {}", unit.name_zh, unit.code),
                Lang::En => unit.name_en,
            };
            (unit.code, word)
        })
        .collect())
}

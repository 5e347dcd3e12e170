//! Currency 币种: those we trade in, with the bank charges that are forgiven when a receipt comes in short.

use super::sql;
use crate::base::{Lang, T};
use crate::web::Result;
use rust_decimal::Decimal;
use sqlx::PgConnection;

#[derive(Clone, Debug)]
pub struct TradeCurrency {
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
    pub decimals: i16,
    /// Received-less-charges tolerance; none where finance has set nothing.
    pub tolerance: Option<Decimal>,
}

impl TradeCurrency {
    pub fn name(&self, t: T) -> &str {
        match t.0 {
            Lang::Zh => &self.name_zh,
            Lang::En => &self.name_en,
        }
    }
}

/// All of them, the most used first.
pub async fn list(db: &mut PgConnection) -> Result<Vec<TradeCurrency>> {
    sql::currencies(db).await
}

/// For a choice: code, and code with name.
pub async fn choices(db: &mut PgConnection, t: T) -> Result<Vec<(String, String)>> {
    let all = list(db).await?;
    Ok(all
        .into_iter()
        .map(|one| (one.code.clone(), format!("{} {}", one.code, one.name(t))))
        .collect())
}

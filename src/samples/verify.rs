//! Verify: every frozen sample note still has the hash it was signed under.

use super::content::Content;
use super::sql;
use crate::web::Result;
use sqlx::PgConnection;

pub async fn differences(db: &mut PgConnection) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for (id, content, hash) in sql::frozen(db).await? {
        match serde_json::from_value::<Content>(content) {
            Err(_) => found.push(format!("sample note {id}: its content cannot be read")),
            Ok(content) if content.hash()? != hash => found.push(format!(
                "{} r{}: its content is not what was frozen",
                content.paper_number(),
                content.round
            )),
            Ok(_) => {}
        }
    }
    Ok(found)
}

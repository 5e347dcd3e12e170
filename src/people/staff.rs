//! Staff 员工: colleagues as lists and choices show them.

use crate::base::{Lang, PersonId, Roles};
use crate::web::Result;
use sqlx::PgConnection;

#[derive(Clone, Debug)]
pub struct Colleague {
    pub id: PersonId,
    pub email: String,
    pub name_zh: String,
    pub name_en: String,
    pub roles: Roles,
}

impl Colleague {
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.name_zh,
            Lang::En => &self.name_en,
        }
    }
}

/// Colleagues who may sign in, in the order they came.
pub async fn list_active(db: &mut PgConnection) -> Result<Vec<Colleague>> {
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

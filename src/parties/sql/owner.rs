//! Which party a contact or an account belongs to.

use crate::base::PersonId;
use crate::parties::owner::{Owner, Side};
use crate::web::Result;
use sqlx::PgConnection;
use uuid::Uuid;

pub(in crate::parties) async fn owner(
    db: &mut PgConnection,
    side: Side,
    code: &str,
) -> Result<Option<Owner>> {
    let row = sqlx::query!(
        r#"select id as "id!", name as "name!", salesperson from (
               select id, code, name_en as name, salesperson, 'customer' as side from customer
               union all select id, code, name_zh, null, 'factory' from factory
               union all select id, code, name_zh, null, 'forwarder' from forwarder
           ) party where side = $1 and code = $2"#,
        side.code(),
        code,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Owner {
        side,
        id: row.id,
        code: code.to_owned(),
        name: row.name,
        salesperson: row.salesperson.map(PersonId),
    }))
}

/// Something that belongs to a party, with its version.
pub(in crate::parties) struct Held<C> {
    pub owner: Owner,
    pub version: i32,
    pub archived: bool,
    pub card: C,
}

/// What the three columns of a belonging and their joins say.
pub(super) struct OwnerRow {
    pub customer: Option<Uuid>,
    pub factory: Option<Uuid>,
    pub forwarder: Option<Uuid>,
    pub code: Option<String>,
    pub name: Option<String>,
    pub salesperson: Option<Uuid>,
}

impl OwnerRow {
    pub(super) fn owner(self) -> Owner {
        let (side, id) = match (self.customer, self.factory, self.forwarder) {
            (Some(id), _, _) => (Side::Customer, id),
            (_, Some(id), _) => (Side::Factory, id),
            (_, _, forwarder) => (Side::Forwarder, forwarder.unwrap_or_default()),
        };
        Owner {
            side,
            id,
            code: self.code.unwrap_or_default(),
            name: self.name.unwrap_or_default(),
            salesperson: self.salesperson.map(PersonId),
        }
    }
}

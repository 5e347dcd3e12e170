//! Contact 联系人: a person at a customer, factory or forwarder, with language and channel.

use crate::base::{Channel, ContactId, CustomerId, Lang};
use crate::web::Result;
use sqlx::PgConnection;

#[derive(Clone, Debug)]
pub struct Contact {
    pub id: ContactId,
    pub name: String,
    pub position: String,
    pub email: String,
    pub phone: String,
    pub channel: Channel,
    pub lang: Lang,
}

/// Contacts of a customer in use, the one entered first in front.
pub async fn of_customer(db: &mut PgConnection, customer: CustomerId) -> Result<Vec<Contact>> {
    let rows = sqlx::query!(
        "select id, name, position, email, phone, channel, lang from contact
         where customer = $1 and archived_at is null order by id limit 50",
        customer.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Contact {
            id: ContactId(row.id),
            name: row.name,
            position: row.position,
            email: row.email,
            phone: row.phone,
            channel: Channel::parse(&row.channel).unwrap_or(Channel::Email),
            lang: Lang::parse(&row.lang).unwrap_or(Lang::En),
        })
        .collect())
}

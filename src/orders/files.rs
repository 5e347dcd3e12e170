//! A file goes into an order's file 订单档案, with its event; and which of them a reader may open.

use super::act::OrderAct;
use super::order::Order;
use crate::base::{Audience, FileId};
use crate::documents::files;
use crate::history::Event;
use crate::people::Deed;
use crate::web::posted::Upload;
use crate::web::{App, Result};
use sqlx::PgConnection;
use std::collections::HashSet;

pub async fn keep_file(
    app: &App,
    act: &mut OrderAct,
    file: &Upload,
    kind: &str,
    audience: Audience,
) -> Result<FileId> {
    let (order, by) = (act.order.id(), act.by.clone());
    let kept = files::store(app, act.tx(), (Some(order), &by), file, kind, audience).await?;
    act.happened(&Event::FileStored {
        name: kept.name,
        audience: audience.code().to_owned(),
    })
    .await?;
    Ok(kept.id)
}

/// What opening a file of this kind asks for beyond knowing the order: who may not see a price opens no paper that prints
/// it. A kind nobody knows is treated as if the customer's prices stood in it.
pub fn asks(kind: &str) -> Option<Deed> {
    match kind {
        "artwork" | "photo" | "test_report" | "packing_list" | "transport_document" => None,
        "factory_quote" | "vat_invoice" => Some(Deed::SeeFactoryPrices),
        _ => Some(Deed::SeeCustomerPrices),
    }
}

/// The files of an order that its reader may open; a link to another would lead to a closed door.
#[derive(Clone, Debug, Default)]
pub struct Opened(HashSet<FileId>);

impl Opened {
    pub async fn of(db: &mut PgConnection, order: &Order) -> Result<Self> {
        let rows = sqlx::query!(
            "select id, kind from stored_file where order_id = $1",
            order.id().0
        )
        .fetch_all(db)
        .await?;
        let opens = |kind: &str| asks(kind).is_none_or(|deed| order.reader_may(deed));
        let open = rows.into_iter().filter(|row| opens(&row.kind));
        Ok(Self(open.map(|row| FileId(row.id)).collect()))
    }

    pub fn has(&self, file: FileId) -> bool {
        self.0.contains(&file)
    }
}

//! A file goes into an order's file 订单档案, with its event.

use super::act::OrderAct;
use crate::base::{Audience, FileId};
use crate::documents::files;
use crate::history::Event;
use crate::web::posted::Upload;
use crate::web::{App, Result};

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

//! Remarks 备注: free text on the order file, each with the label that says who may read it; internal by default.

use super::act::{self, OrderAct};
use super::order::Order;
use crate::base::{Audience, By, OrderNumber};
use crate::history::Event;
use crate::people::Deed;
use crate::web::{Answer, App, Error, Faults, Keyed, Page, Result};
use axum::extract::{Path, State};
use chrono::{DateTime, Utc};
use sqlx::PgConnection;

#[derive(Clone, Debug)]
pub struct Remark {
    pub audience: Audience,
    pub text: String,
    pub at: DateTime<Utc>,
    pub who_zh: String,
    pub who_en: String,
}

/// Remarks of an order, newest first.
pub async fn remarks(db: &mut PgConnection, order: &Order) -> Result<Vec<Remark>> {
    let rows = sqlx::query!(
        r#"select r.audience, r.text, r.at, coalesce(p.name_zh, '') as "who_zh!", coalesce(p.name_en, '') as "who_en!"
           from order_remark r left join person p on p.id = r.person where r.order_id = $1 order by r.at desc, r.id desc limit 100"#,
        order.id().0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Remark {
            audience: Audience::parse(&row.audience).unwrap_or_default(),
            text: row.text,
            at: row.at,
            who_zh: row.who_zh,
            who_en: row.who_en,
        })
        .collect())
}

/// Writes a remark within an act of a desk: a customer's comment that becomes a requirement of the order.
pub async fn write_remark(act: &mut OrderAct, audience: Audience, text: &str) -> Result<()> {
    let (order, at, person) = (act.order.id(), act.by.at, act.by.person());
    sqlx::query!(
        "insert into order_remark (id, order_id, audience, text, at, person) values ($1, $2, $3, $4, $5, $6)",
        crate::base::fresh(at),
        order.0,
        audience.code(),
        text,
        at,
        person.map(|id| id.0),
    )
    .execute(act.tx())
    .await?;
    act.happened(&Event::NoteWritten {
        text: text.to_owned(),
    })
    .await
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&["text", "audience"])?;
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut act = act::begin(&app, by, &number, &form.key).await?;
    act.must(Deed::AddNote)?;
    let text = form.fields.get("text").to_owned();
    if text.is_empty() || text.chars().count() > 4_000 {
        return Err(Error::Invalid(Faults::one("text", |t| {
            t.orders_remark_text()
        })));
    }
    let audience = match form.fields.get("audience") {
        "" => Audience::Internal,
        code => Audience::parse(code).ok_or(Error::Garbled("audience"))?,
    };
    write_remark(&mut act, audience, &text).await?;
    let answer = Answer::to(act.order.url()).tell(page.t, crate::base::T::orders_remark_kept);
    act.finish(answer).await
}

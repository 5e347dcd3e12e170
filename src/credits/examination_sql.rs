//! The statements of the examination: what we have agreed, and the findings.

use super::comparison::{Ours, Row as Compared};
use super::finding::{Finding, Severity, State};
use super::sql;
use crate::base::Currency;
use crate::orders::OrderAct;
use crate::proforma::terms::{Part, Start, Terms};
use crate::web::{Error, Result};
use anyhow::anyhow;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

struct Agreed {
    currency: String,
    terms: String,
    tolerance: Decimal,
    total: Option<Decimal>,
    /// Amounts of the confirmed instalments.
    instalments: Vec<Decimal>,
    delivery_on: Option<NaiveDate>,
    etd: Option<NaiveDate>,
    incoterm: String,
    place: String,
    loading_port: String,
    discharge_port: String,
    partial: bool,
    transhipment: bool,
    beneficiary: String,
    applicant: String,
}

/// What one order has agreed: its confirmed proforma invoice, else what it stands at.
async fn agreed(db: &mut PgConnection, order: Uuid) -> Result<Agreed> {
    Ok(sqlx::query_as!(
        Agreed,
        r#"select o.currency::text as "currency!",
               coalesce(case when p.stage = 'confirmed' then p.content ->> 'payment' end, o.terms) as "terms!", o.tolerance,
               coalesce(p.total, order_amount(o.id, o.currency::text)) as total,
               order_instalments(o.id) as "instalments!: Vec<Decimal>", o.delivery_on,
               (select max(coalesce(s.on_board_on, s.etd)) from shipment s join shipment_line i on i.shipment = s.id
                   join order_line l on l.id = i.order_line where l.order_id = o.id and s.stage <> 'cancelled') as etd,
               o.incoterm::text as "incoterm!", o.place, coalesce(p.loading_port, '') as "loading_port!",
               coalesce(p.discharge_port, '') as "discharge_port!",
               coalesce(p.partial_shipment = 'allowed', false) as "partial!",
               coalesce(p.transhipment = 'allowed', false) as "transhipment!",
               e.name_en as beneficiary, c.name_en as applicant
           from export_order o join legal_entity e on e.id = o.entity join customer c on c.id = o.customer
           left join lateral (select * from proforma_invoice p where p.order_id = o.id and p.stage <> 'void'
               order by p.stage = 'confirmed' desc, p.revision desc limit 1) p on true
           where o.id = $1"#,
        order
    )
    .fetch_one(db)
    .await?)
}

/// What the credit has to be: of all its orders, the sum of what is to be paid under it and the tightest of the rest.
pub(super) async fn ours(db: &mut PgConnection, credit: Uuid) -> Result<Ours> {
    let mut found: Option<Ours> = None;
    for order in sql::order_ids(db, credit).await? {
        let one = ours_of(agreed(db, order).await?)?;
        found = Some(match found {
            None => one,
            Some(all) => Ours {
                amount: all.amount + one.amount,
                tolerance: all.tolerance.max(one.tolerance),
                ship_on: all.ship_on.max(one.ship_on),
                // Several orders ship one by one unless somebody plans otherwise.
                partial: true,
                transhipment: all.transhipment || one.transhipment,
                usance_days: all.usance_days.max(one.usance_days),
                ..all
            },
        });
    }
    found.ok_or_else(|| Error::Broken(anyhow!("credit {credit} covers no order")))
}

fn ours_of(one: Agreed) -> Result<Ours> {
    let currency = Currency::parse(&one.currency)
        .ok_or_else(|| Error::Broken(anyhow!("currency {}", one.currency)))?;
    let terms = Terms::from_code(&one.terms).ok();
    let parts = terms.as_ref().map_or(&[][..], Terms::instalments);
    let under: Vec<_> = parts.iter().filter(|part| part.part == Part::Lc).collect();
    // Terms that name no credit still have one here: then it covers everything.
    let total = one.total.unwrap_or_default();
    let amount = match &terms {
        Some(terms) if !under.is_empty() => {
            let plan = terms.plan_of(&one.instalments, total, currency.decimals());
            let parts = plan.parts.iter();
            let parts = parts.filter(|part| part.instalment.part == Part::Lc);
            parts.map(|part| part.amount).sum()
        }
        _ => total,
    };
    Ok(Ours {
        amount: currency.round(amount),
        currency,
        tolerance: one.tolerance,
        ship_on: one.etd.or(one.delivery_on),
        usance_days: under
            .iter()
            .filter(|part| part.due.after != Start::Trigger || part.due.days > 0)
            .map(|part| part.due.days)
            .max()
            .unwrap_or(0),
        incoterm: format!("{} {}", one.incoterm, one.place),
        loading_port: one.loading_port,
        discharge_port: one.discharge_port,
        partial: one.partial,
        transhipment: one.transhipment,
        beneficiary: one.beneficiary,
        applicant: one.applicant,
    })
}

struct Row {
    id: Uuid,
    sequence: i32,
    tag: String,
    compared: bool,
    theirs: String,
    ours: String,
    ask: String,
    severity: String,
    state: String,
    words: String,
    settled_zh: Option<String>,
    settled_en: Option<String>,
}

pub(super) async fn findings(db: &mut PgConnection, credit: Uuid) -> Result<Vec<Finding>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select f.id, f.sequence, f.tag, f.compared, f.theirs, f.ours, f.ask, f.severity, f.state, f.words,
               p.name_zh as "settled_zh?", p.name_en as "settled_en?"
           from credit_finding f left join person p on p.id = f.settled_by
           where f.letter_of_credit = $1 order by f.sequence limit 300"#,
        credit
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let bad = || Error::Broken(anyhow!("finding {}: unreadable", row.id));
            Ok(Finding {
                severity: Severity::parse(&row.severity).ok_or_else(bad)?,
                state: State::parse(&row.state).ok_or_else(bad)?,
                id: row.id,
                sequence: row.sequence,
                tag: row.tag,
                compared: row.compared,
                theirs: row.theirs,
                ours: row.ours,
                ask: row.ask,
                words: row.words,
                settled_zh: row.settled_zh,
                settled_en: row.settled_en,
            })
        })
        .collect()
}

/// A finding before it is written.
pub struct Found {
    pub tag: String,
    pub compared: bool,
    pub theirs: String,
    pub ours: String,
    pub ask: String,
    pub severity: Severity,
}

impl From<&Compared> for Found {
    fn from(row: &Compared) -> Self {
        Self {
            tag: row.tag.to_owned(),
            compared: true,
            theirs: row.theirs.clone(),
            ours: row.ours.clone(),
            ask: row.ask.clone(),
            severity: Severity::Discrepancy,
        }
    }
}

pub(super) async fn insert(act: &mut OrderAct, credit: Uuid, found: &Found) -> Result<()> {
    let (at, person) = (act.by.at, act.by.person());
    sqlx::query!(
        "insert into credit_finding (id, letter_of_credit, sequence, tag, compared, theirs, ours, ask, severity,
             recorded_by, recorded_at)
         select $1, $2, coalesce(max(f.sequence), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10
         from credit_finding f where f.letter_of_credit = $2",
        crate::base::fresh(at),
        credit,
        found.tag,
        found.compared,
        found.theirs,
        found.ours,
        found.ask,
        found.severity.code(),
        person.map(|id| id.0),
        at,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// Settles a finding, or waives it by name.
pub(super) async fn settle(
    act: &mut OrderAct,
    finding: Uuid,
    state: State,
    words: &str,
) -> Result<()> {
    let (at, person) = (act.by.at, act.by.person());
    sqlx::query!(
        "update credit_finding set state = $2, settled_by = $3, settled_at = $4, words = $5
         where id = $1 and state in ('open', 'asked')",
        finding,
        state.code(),
        person.map(|id| id.0),
        at,
        words,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// Open findings are with the customer now.
pub(super) async fn ask(act: &mut OrderAct, credit: Uuid) -> Result<()> {
    sqlx::query!(
        "update credit_finding set state = 'asked' where letter_of_credit = $1 and state = 'open'",
        credit
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// The answer is there: what was asked is looked at again.
pub(super) async fn reopen(act: &mut OrderAct, credit: Uuid) -> Result<()> {
    sqlx::query!(
        "update credit_finding set state = 'open' where letter_of_credit = $1 and state = 'asked'",
        credit
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

//! The money's part of home 财务待办: what waits in the queues of finance, and receipts that nobody has claimed for days.
//! A receipt belongs to no order before it is claimed, so no open item speaks of it.

use super::home_task::holds;
use super::sql;
use crate::base::{By, Currency, Money, Role, T};
use crate::finance;
use crate::web::{Page, Result};
use chrono::Days;
use sqlx::PgConnection;

/// How long a receipt may lie unclaimed before it is named.
const PATIENCE: Days = Days::new(2);

#[derive(Clone, Debug, Default)]
pub(super) struct MoneyDesk {
    pub entries: Vec<Entry>,
    /// Oldest first.
    pub receipts: Vec<Unclaimed>,
}

/// One queue, with how much waits in it.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub label: &'static str,
    pub href: &'static str,
    pub count: i64,
}

#[derive(Clone, Debug)]
pub(super) struct Unclaimed {
    pub number: String,
    pub payer: String,
    pub free: String,
    pub since: String,
}

impl MoneyDesk {
    /// Finance's; nobody else has one.
    pub(super) async fn of(db: &mut PgConnection, by: &By, page: &Page) -> Result<Option<Self>> {
        if holds(by, Role::Finance) {
            Self::load(db, by, page).await.map(Some)
        } else {
            Ok(None)
        }
    }

    async fn load(db: &mut PgConnection, by: &By, page: &Page) -> Result<Self> {
        let counts = finance::counts(db, by).await?;
        let queues = sql::queues(db).await?;
        let until = page.today().checked_sub_days(PATIENCE);
        let rows = sql::unclaimed(db, until.unwrap_or(page.today())).await?;
        let receipts = rows.into_iter().map(|row| Unclaimed {
            free: Currency::parse(&row.currency)
                .map(|currency| page.money(Money::new(currency.round(row.free), currency)))
                .unwrap_or_default(),
            since: page.due_day(row.received_on),
            number: row.number,
            payer: row.payer,
        });
        Ok(Self {
            entries: entries(&counts, &queues, page.t),
            receipts: receipts.collect(),
        })
    }
}

fn entries(counts: &finance::Counts, queues: &sql::Queues, t: T) -> Vec<Entry> {
    let entry = |label, href, count| Entry { label, href, count };
    vec![
        entry(
            t.receipt_to_claim(),
            "/receipts?state=to_claim",
            counts.to_claim,
        ),
        entry(
            t.receipt_to_settle(),
            "/receipts?state=to_settle",
            counts.to_settle,
        ),
        entry(
            t.payment_to_pay(),
            "/payables?state=approved",
            counts.to_pay,
        ),
        entry(
            t.rebate_hand_overs(),
            "/hand-overs?state=handed_over",
            queues.handed_over,
        ),
        entry(
            t.rebate_verifications(),
            "/verifications?state=open",
            queues.to_verify,
        ),
        entry(t.rebate_rebates(), "/rebates?state=open", queues.rebates),
    ]
}

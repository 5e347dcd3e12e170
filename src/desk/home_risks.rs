//! What stands at risk over everything in reach: for who leads a department, each with the list behind it.

use super::sql::{self, Watch};
use crate::base::{By, T};
use crate::web::{Page, Result};
use sqlx::PgConnection;

pub(super) struct Risk {
    pub href: &'static str,
    /// Nothing at risk shows no colour.
    pub tone: &'static str,
    pub words: String,
}

/// Counted only for who sees them.
pub(super) async fn load(
    db: &mut PgConnection,
    by: &By,
    page: &Page,
    led: &[uuid::Uuid],
) -> Result<Vec<Risk>> {
    if led.is_empty() {
        return Ok(Vec::new());
    }
    let watch = sql::watch(db, by, page.today()).await?;
    Ok(shown(&watch, page.t))
}

/// What its count is of, the colour it has above zero, its words, and where it leads.
type Row = (
    fn(&Watch) -> i64,
    &'static str,
    fn(T, i64) -> String,
    &'static str,
);

const RISKS: [Row; 7] = [
    (
        |watch| watch.late,
        "late",
        T::desk_risk_late,
        "/orders?who=all&state=late",
    ),
    (
        |watch| watch.problem,
        "issue",
        T::desk_risk_problem,
        "/orders?who=all&state=problem",
    ),
    (
        |watch| watch.waiting_customer,
        "waiting",
        T::desk_risk_customer,
        "/orders?who=all&state=customer",
    ),
    (
        |watch| watch.on_hold,
        "none",
        T::desk_risk_held,
        "/orders?who=all&condition=on_hold",
    ),
    (
        |watch| watch.slipping,
        "late",
        T::desk_risk_slipping,
        "/shipments?stage=warned",
    ),
    (
        |watch| watch.credits,
        "issue",
        T::desk_risk_credit,
        "/credits?state=risk",
    ),
    (
        |watch| watch.money,
        "late",
        T::desk_risk_money,
        "/?who=team&kind=money&late=yes",
    ),
];

fn shown(watch: &Watch, t: T) -> Vec<Risk> {
    RISKS
        .iter()
        .map(|(count, tone, words, href)| {
            let count = count(watch);
            Risk {
                href,
                tone: if count > 0 { tone } else { "none" },
                words: words(t, count),
            }
        })
        .collect()
}

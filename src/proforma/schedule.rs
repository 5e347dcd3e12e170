//! Schedule 分期: the instalments of a revision with their amounts, as the paper prints them.

use crate::base::T;
use crate::base::rounding::half_up;
use crate::base::terms::{Plan, Planned};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// One instalment with its amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduledPart {
    pub part: String,
    pub trigger: String,
    pub share: Decimal,
    pub amount: Decimal,
}

impl From<Planned> for ScheduledPart {
    fn from(planned: Planned) -> Self {
        Self {
            part: planned.instalment.part.key().to_owned(),
            trigger: planned.instalment.trigger.key().to_owned(),
            share: planned.instalment.share,
            amount: planned.amount,
        }
    }
}

/// The instalments as they are printed: the shares are those of the terms, or what they have become where an amendment
/// left a paid instalment as it was.
pub fn scheduled(plan: Plan) -> Vec<ScheduledPart> {
    let (total, decimals) = (plan.total, plan.decimals);
    let by_terms = plan.parts.iter().all(|part| {
        let share = half_up(total * part.instalment.share, decimals);
        // The last one carries the rounding of all.
        (part.amount - share).abs() < Decimal::new(24, decimals)
    });
    let parts = plan.parts.into_iter().map(|mut part| {
        if !by_terms && total > Decimal::ZERO {
            part.instalment.share = half_up(part.amount / total, 4);
        }
        ScheduledPart::from(part)
    });
    parts.collect()
}

impl ScheduledPart {
    /// `定金 30%` with what it waits for.
    pub fn word(&self, t: T) -> String {
        let share = (self.share * Decimal::ONE_HUNDRED).normalize();
        let part = match self.part.as_str() {
            "deposit" => t.proforma_part_deposit(),
            "balance" => t.proforma_part_balance(),
            "lc" => t.proforma_part_credit(),
            "collection" => t.proforma_part_collection(),
            "open_account" => t.proforma_part_open_account(),
            _ => t.proforma_part_payment(),
        };
        let waits = match self.trigger.as_str() {
            "before_production" => t.proforma_due_before_production(),
            "before_shipment" => t.proforma_due_before_shipment(),
            "against_bl_copy" => t.proforma_due_against_copy(),
            "presentation" => t.proforma_due_presentation(),
            "maturity" => t.proforma_due_maturity(),
            _ => t.proforma_due_against_payment(),
        };
        t.proforma_part_line(part, share, waits)
    }
}

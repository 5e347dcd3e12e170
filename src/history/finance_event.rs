//! What can happen to money received, settled and paid out; part of the one list of events.
//!
//! Sentences carry no amounts: an order's timeline is read by colleagues who see none. The amounts stand in the event.

use super::event::Change;
use crate::base::{Money, T};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Settled money that went back to the customer, as the bank's slip says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repayment {
    pub total: Money,
    pub cny: Option<Decimal>,
    pub paid_on: String,
    pub reference: String,
}

/// `receipt` and `payable` are numbers: `R26-0001`, `P26-0001`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum FinanceEvent {
    ReceiptRecorded {
        receipt: String,
        total: Money,
        payer: String,
    },
    ReceiptImported {
        receipt: String,
        total: Money,
        payer: String,
        file: String,
    },
    ReceiptAllocated {
        receipt: String,
        order: String,
        part: String,
        money: Money,
    },
    AllocationUndone {
        receipt: String,
        order: String,
        outcome: String,
        money: Money,
        words: String,
        /// Of it, what had been settled already.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        repaid: Option<Repayment>,
    },
    CancelledMoneyAsked {
        receipt: String,
        plan: String,
        words: String,
    },
    CancelledMoneyApproved {
        receipt: String,
        plan: String,
    },
    CancelledMoneyReturned {
        receipt: String,
        words: String,
    },
    ExchangeSettled {
        receipt: String,
        money: Money,
        rate: Decimal,
        cny: Decimal,
        difference: Option<Decimal>,
    },
    ExchangeRetained {
        receipt: String,
        money: Money,
    },
    SettlementReversed {
        receipt: String,
        money: Money,
        words: String,
    },
    BalanceAsked {
        money: Money,
        due_on: String,
    },
    PayableAsked {
        payable: String,
        payee: String,
        total: Money,
    },
    PayableChanged {
        payable: String,
        changes: Vec<Change>,
    },
    PayableWithdrawn {
        payable: String,
    },
    PayableApproved {
        payable: String,
        level: i16,
    },
    PayableReturned {
        payable: String,
        words: String,
    },
    PayableRevised {
        payable: String,
    },
    PayablePaid {
        payable: String,
        money: Money,
        paid_on: String,
    },
    PaymentReversed {
        payable: String,
        money: Money,
        words: String,
    },
    PayableVoided {
        payable: String,
        words: String,
    },
}

impl FinanceEvent {
    /// Old and new values, where it changed some; amounts among them are said to nobody on the order's timeline.
    pub fn changes(&self) -> &[Change] {
        &[]
    }

    /// The sentence of the timeline, without who and when.
    pub fn tell(&self, t: T) -> String {
        match self {
            Self::ReceiptRecorded { receipt, .. } => t.payment_event_recorded(receipt),
            Self::ReceiptImported { receipt, file, .. } => t.payment_event_imported(receipt, file),
            Self::ReceiptAllocated {
                receipt,
                order,
                part,
                ..
            } => t.payment_event_allocated(receipt, order, part_word(t, part)),
            Self::AllocationUndone {
                receipt,
                order,
                outcome,
                words,
                repaid: None,
                ..
            } => t.payment_event_undone(receipt, order, outcome_word(t, outcome), words),
            Self::CancelledMoneyAsked {
                receipt,
                plan,
                words,
            } => t.payment_event_money_asked(receipt, plan_word(t, plan), words),
            Self::CancelledMoneyApproved { receipt, plan } => {
                t.payment_event_money_approved(receipt, plan_word(t, plan))
            }
            Self::CancelledMoneyReturned { receipt, words } => {
                t.payment_event_money_returned(receipt, words)
            }
            Self::ExchangeSettled { receipt, .. } => t.payment_event_settled(receipt),
            Self::ExchangeRetained { receipt, .. } => t.payment_event_retained(receipt),
            Self::SettlementReversed { receipt, words, .. } => {
                t.payment_event_settlement_reversed(receipt, words)
            }
            Self::BalanceAsked { due_on, .. } => t.payment_event_balance_asked(due_on),
            _ => self.tell_of_the_payable(t),
        }
    }

    fn tell_of_repayment(&self, t: T) -> String {
        match self {
            Self::AllocationUndone {
                receipt,
                order,
                words,
                repaid: Some(repaid),
                ..
            } => {
                let (day, reference) = (&repaid.paid_on, &repaid.reference);
                t.payment_event_repaid(receipt, order, day, reference, words)
            }
            _ => String::new(),
        }
    }

    fn tell_of_the_payable(&self, t: T) -> String {
        match self {
            Self::PayableAsked { payable, payee, .. } => {
                t.payment_event_payable_asked(payable, payee)
            }
            Self::PayableChanged { payable, changes } => {
                t.payment_event_payable_changed(changes.len(), payable)
            }
            Self::PayableWithdrawn { payable } => t.payment_event_payable_withdrawn(payable),
            Self::PayableApproved { payable, .. } => t.payment_event_payable_approved(payable),
            Self::PayableReturned { payable, words } => {
                t.payment_event_payable_returned(payable, words)
            }
            Self::PayableRevised { payable } => t.payment_event_payable_revised(payable),
            Self::PayablePaid {
                payable, paid_on, ..
            } => t.payment_event_payable_paid(payable, paid_on),
            Self::PaymentReversed { payable, words, .. } => {
                t.payment_event_payment_reversed(payable, words)
            }
            Self::PayableVoided { payable, words } => {
                t.payment_event_payable_voided(payable, words)
            }
            _ => self.tell_of_repayment(t),
        }
    }
}

/// 定金, 尾款 or 余额, by its code.
pub fn part_word(t: T, code: &str) -> &'static str {
    match code {
        "deposit" => t.payment_part_deposit(),
        "balance" => t.payment_part_balance(),
        _ => t.payment_part_credit(),
    }
}

/// How an allocation ended, by its code.
pub fn outcome_word(t: T, code: &str) -> &'static str {
    match code {
        "refunded" => t.payment_outcome_refunded(),
        "returned_by_bank" => t.payment_outcome_returned_by_bank(),
        "kept" => t.payment_outcome_kept(),
        _ => t.payment_outcome_reversed(),
    }
}

/// What is to become of the money of a cancelled order, by its code.
pub fn plan_word(t: T, code: &str) -> &'static str {
    match code {
        "refund" => t.payment_plan_refund(),
        "keep" => t.payment_plan_keep(),
        _ => t.payment_plan_move(),
    }
}

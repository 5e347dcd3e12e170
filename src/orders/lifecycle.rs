//! Lifecycle: the nine steps, their latches, and the one function that moves the line. What still stands in the way of
//! leaving a step is said in `blockers`.
//!
//! Pure: no database, no clock. Done is a latch: a step whose facts hold, all lower steps being done or skipped, becomes done with its
//! moment; only a reopening takes it away.

#![deny(clippy::wildcard_enum_match_arm)]

pub use super::blockers::{Blocker, blockers};

use super::facts::Facts;
use crate::base::{Party, Role, T};

/// The nine steps of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// 1 样板单
    SampleNote,
    /// 2 寄样
    SampleShipment,
    /// 3 样品确认
    SampleConfirmation,
    /// 4 形式发票
    ProformaInvoice,
    /// 5 生产单
    ProductionOrder,
    /// 6 生产跟进
    Production,
    /// 7 订舱报关
    Booking,
    /// 8 装运交单
    ShippingDocuments,
    /// 9 结汇核销退税
    Settlement,
}

impl Step {
    pub const ALL: [Self; 9] = [
        Self::SampleNote,
        Self::SampleShipment,
        Self::SampleConfirmation,
        Self::ProformaInvoice,
        Self::ProductionOrder,
        Self::Production,
        Self::Booking,
        Self::ShippingDocuments,
        Self::Settlement,
    ];

    pub const fn number(self) -> i16 {
        match self {
            Self::SampleNote => 1,
            Self::SampleShipment => 2,
            Self::SampleConfirmation => 3,
            Self::ProformaInvoice => 4,
            Self::ProductionOrder => 5,
            Self::Production => 6,
            Self::Booking => 7,
            Self::ShippingDocuments => 8,
            Self::Settlement => 9,
        }
    }

    pub fn from_number(number: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.number() == number)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::SampleNote => t.orders_step_1(),
            Self::SampleShipment => t.orders_step_2(),
            Self::SampleConfirmation => t.orders_step_3(),
            Self::ProformaInvoice => t.orders_step_4(),
            Self::ProductionOrder => t.orders_step_5(),
            Self::Production => t.orders_step_6(),
            Self::Booking => t.orders_step_7(),
            Self::ShippingDocuments => t.orders_step_8(),
            Self::Settlement => t.orders_step_9(),
        }
    }

    /// On whose desk the step lies.
    pub const fn owner(self) -> Role {
        match self {
            Self::SampleNote
            | Self::SampleShipment
            | Self::SampleConfirmation
            | Self::ProformaInvoice
            | Self::ProductionOrder
            | Self::Production
            | Self::Booking
            | Self::ShippingDocuments => Role::OrderOperator,
            Self::Settlement => Role::Finance,
        }
    }
}

/// Beside the step stands the condition of the order as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Condition {
    Open,
    /// 暂停
    OnHold,
    Cancelling,
    Cancelled,
    /// 未成交
    Dropped,
    Closed,
}

impl Condition {
    pub const ALL: [Self; 6] = [
        Self::Open,
        Self::OnHold,
        Self::Cancelling,
        Self::Cancelled,
        Self::Dropped,
        Self::Closed,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::OnHold => "on_hold",
            Self::Cancelling => "cancelling",
            Self::Cancelled => "cancelled",
            Self::Dropped => "dropped",
            Self::Closed => "closed",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|condition| condition.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Open => t.orders_condition_open(),
            Self::OnHold => t.orders_condition_on_hold(),
            Self::Cancelling => t.orders_condition_cancelling(),
            Self::Cancelled => t.orders_condition_cancelled(),
            Self::Dropped => t.orders_condition_dropped(),
            Self::Closed => t.orders_condition_closed(),
        }
    }

    /// Whether forward acts are taken.
    pub const fn moves(self) -> bool {
        match self {
            Self::Open => true,
            Self::OnHold | Self::Cancelling | Self::Cancelled | Self::Dropped | Self::Closed => {
                false
            }
        }
    }
}

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    Done,
    Skipped,
}

/// The nine latches of one order, by step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Latches([Option<Outcome>; 9]);

impl Latches {
    pub fn get(&self, step: Step) -> Option<Outcome> {
        self.0
            .get(usize::from(step.number().unsigned_abs()) - 1)
            .copied()
            .flatten()
    }

    pub fn set(&mut self, step: Step, outcome: Option<Outcome>) {
        if let Some(latch) = self
            .0
            .get_mut(usize::from(step.number().unsigned_abs()) - 1)
        {
            *latch = outcome;
        }
    }

    /// The lowest step that is neither done nor skipped; the last one once all are.
    pub fn step(&self) -> Step {
        Step::ALL
            .into_iter()
            .find(|step| self.get(*step).is_none())
            .unwrap_or(Step::Settlement)
    }

    pub fn all_closed(&self) -> bool {
        Step::ALL.iter().all(|step| self.get(*step).is_some())
    }
}

/// The one path forward: latches what is done, lowest first. Returns the latches after, and the steps newly done.
pub fn settle(latches: Latches, facts: &Facts) -> (Latches, Vec<Step>) {
    let mut after = latches;
    let mut done = Vec::new();
    for step in Step::ALL {
        if after.get(step).is_some() {
            continue;
        }
        if !blockers(step, facts).is_empty() {
            break;
        }
        after.set(step, Some(Outcome::Done));
        done.push(step);
    }
    (after, done)
}

/// What one step shows on the bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    None,
    Doing,
    Waiting(Party),
    Due,
    Late,
    Problem,
    Skipped,
    Done,
}

impl Status {
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Doing => "doing",
            Self::Waiting(_) => "waiting",
            Self::Due => "due",
            Self::Late => "late",
            Self::Problem => "issue",
            Self::Skipped => "skipped",
            Self::Done => "done",
        }
    }

    pub fn label(self, t: T) -> String {
        match self {
            Self::None => t.orders_status_none().into(),
            Self::Doing => t.orders_status_doing().into(),
            Self::Waiting(party) => t.orders_status_waiting(party.label(t)),
            Self::Due => t.orders_status_due().into(),
            Self::Late => t.orders_status_late().into(),
            Self::Problem => t.orders_status_problem().into(),
            Self::Skipped => t.orders_status_skipped().into(),
            Self::Done => t.orders_status_done().into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::{OwedRelay, Paper, PaperStage};
    use super::*;

    fn settled() -> Facts {
        let mut facts = Facts::default();
        facts.order.details_settled = true;
        facts.order.customer_reference = true;
        facts
    }

    fn skipped_to_four() -> Latches {
        let mut latches = Latches::default();
        for step in [
            Step::SampleNote,
            Step::SampleShipment,
            Step::SampleConfirmation,
        ] {
            latches.set(step, Some(Outcome::Skipped));
        }
        latches
    }

    #[test]
    fn a_new_file_stands_at_step_one_and_says_what_is_missing() {
        let (latches, done) = settle(Latches::default(), &Facts::default());
        assert_eq!((latches.step(), done.len()), (Step::SampleNote, 0));
        assert_eq!(
            blockers(Step::SampleNote, &Facts::default()),
            [Blocker::SampleNoteMissing]
        );
    }

    #[test]
    fn a_confirmed_proforma_waits_for_the_lower_steps_and_then_latches() {
        let mut facts = settled();
        facts.proforma.confirmed = Some(1);
        assert_eq!(
            settle(Latches::default(), &facts).0.step(),
            Step::SampleNote
        );
        let (latches, done) = settle(skipped_to_four(), &facts);
        assert_eq!(
            (latches.step(), done),
            (Step::ProductionOrder, vec![Step::ProformaInvoice])
        );
    }

    #[test]
    fn done_is_a_latch_that_a_later_fact_does_not_take_away() {
        let mut facts = settled();
        facts.proforma.confirmed = Some(1);
        let (latches, _) = settle(skipped_to_four(), &facts);
        facts.proforma.confirmed = None;
        facts.proforma.open = Some(Paper {
            revision: 2,
            stage: PaperStage::Draft,
            ..Paper::default()
        });
        assert_eq!(
            settle(latches, &facts).0.get(Step::ProformaInvoice),
            Some(Outcome::Done)
        );
    }

    #[test]
    fn each_stage_of_the_proforma_names_what_it_lacks() {
        let mut facts = settled();
        let lacks = |facts: &Facts| blockers(Step::ProformaInvoice, facts);
        assert_eq!(lacks(&facts), [Blocker::ProformaMissing]);
        facts.proforma.open = Some(Paper {
            revision: 1,
            stage: PaperStage::Sent,
            ..Paper::default()
        });
        assert_eq!(lacks(&facts), [Blocker::ProformaNotConfirmed]);
        facts.proforma.open = Some(Paper {
            revision: 1,
            stage: PaperStage::Approved,
            ..Paper::default()
        });
        assert_eq!(
            lacks(&facts),
            [Blocker::ProformaNotSent, Blocker::ProformaNotConfirmed]
        );
    }

    #[test]
    fn a_fact_not_passed_on_holds_its_step() {
        let mut facts = settled();
        facts.proforma.confirmed = Some(1);
        facts.relays.push(OwedRelay {
            step: Step::ProformaInvoice,
            ..OwedRelay::default()
        });
        assert_eq!(
            blockers(Step::ProformaInvoice, &facts),
            [Blocker::RelayNotPassedOn]
        );
        assert_eq!(
            settle(skipped_to_four(), &facts).0.step(),
            Step::ProformaInvoice
        );
    }

    #[test]
    fn every_step_has_facts_that_open_it() {
        let mut facts = settled();
        facts.samples.rounds = 1;
        for fact in [
            &mut facts.samples.all_signed,
            &mut facts.samples.all_sent,
            &mut facts.samples.all_acknowledged,
            &mut facts.samples.all_received,
            &mut facts.samples.all_dispatched,
            &mut facts.samples.all_numbers_passed_on,
            &mut facts.samples.all_approved,
            &mut facts.samples.comments_carried_over,
        ] {
            *fact = true;
        }
        facts.proforma.confirmed = Some(1);
        for fact in [
            &mut facts.production.covered,
            &mut facts.production.acknowledged,
            &mut facts.production.set_complete,
            &mut facts.production.ready,
            &mut facts.issues.inspected,
            &mut facts.shipping.planned,
            &mut facts.shipping.booked,
            &mut facts.shipping.documents_sent,
            &mut facts.shipping.released,
            &mut facts.shipping.loaded,
            &mut facts.shipping.transport_document_confirmed,
            &mut facts.shipping.settled_by_terms,
            &mut facts.rebate.handed_over,
            &mut facts.finance.matched,
            &mut facts.rebate.verified,
            &mut facts.rebate.rebate_closed,
        ] {
            *fact = true;
        }
        let (latches, done) = settle(Latches::default(), &facts);
        assert!(latches.all_closed());
        assert_eq!(done, Step::ALL);
    }
}

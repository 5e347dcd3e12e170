//! Lifecycle: the nine steps, what still stands in the way of leaving each, and the one function that moves the line.
//!
//! Pure: no database, no clock. The order page prints the same list the gate asks, so the screen and the gate cannot
//! disagree. Done is a latch: a step whose facts hold, all lower steps being done or skipped, becomes done with its
//! moment; only a reopening takes it away.

#![deny(clippy::wildcard_enum_match_arm)]

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    Skipped,
}

/// The nine latches of one order, by step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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

/// What still stands in the way of leaving a step, and who can supply it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Blocker {
    SampleNoteMissing,
    SampleNoteNotSigned,
    SampleNoteNotSent,
    SampleNoteNotAcknowledged,
    SampleNotReceived,
    ParcelNotSent,
    TrackingNotPassedOn,
    SampleNotApproved,
    CommentsNotCarriedOver,
    DetailsNotSettled,
    CustomerReferenceMissing,
    ProformaMissing,
    ProformaNotApproved,
    ProformaNotSent,
    ProformaNotConfirmed,
    ProductionNotCovered,
    ProductionNotAcknowledged,
    SetNotComplete,
    GoodsNotReady,
    IssueOpen,
    InspectionNotPassed,
    ShipmentMissing,
    BookingNotConfirmed,
    CustomsSetNotSent,
    CustomsNotReleased,
    LoadingNotComplete,
    TransportDocumentNotConfirmed,
    MoneyOrPresentationOpen,
    PapersNotHandedOver,
    ReceiptsNotMatched,
    RebateOpen,
    /// A fact of this step that one side owes the other has not been passed on.
    RelayNotPassedOn,
}

impl Blocker {
    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::SampleNoteMissing => t.orders_lacks_sample_note(),
            Self::SampleNoteNotSigned => t.orders_lacks_sample_signature(),
            Self::SampleNoteNotSent => t.orders_lacks_sample_note_sent(),
            Self::SampleNoteNotAcknowledged => t.orders_lacks_sample_acknowledgement(),
            Self::SampleNotReceived => t.orders_lacks_sample(),
            Self::ParcelNotSent => t.orders_lacks_parcel(),
            Self::TrackingNotPassedOn => t.orders_lacks_tracking(),
            Self::SampleNotApproved => t.orders_lacks_sample_approval(),
            Self::CommentsNotCarriedOver => t.orders_lacks_comments(),
            Self::DetailsNotSettled => t.orders_lacks_details(),
            Self::CustomerReferenceMissing => t.orders_lacks_customer_reference(),
            Self::ProformaMissing => t.orders_lacks_proforma(),
            Self::ProformaNotApproved => t.orders_lacks_proforma_approval(),
            Self::ProformaNotSent => t.orders_lacks_proforma_sent(),
            Self::ProformaNotConfirmed => t.orders_lacks_proforma_confirmation(),
            Self::ProductionNotCovered => t.orders_lacks_production_order(),
            Self::ProductionNotAcknowledged => t.orders_lacks_production_acknowledgement(),
            Self::SetNotComplete => t.orders_lacks_set(),
            Self::GoodsNotReady => t.orders_lacks_goods(),
            Self::IssueOpen => t.orders_lacks_issue_result(),
            Self::InspectionNotPassed => t.orders_lacks_inspection(),
            Self::ShipmentMissing => t.orders_lacks_shipment(),
            Self::BookingNotConfirmed => t.orders_lacks_booking(),
            Self::CustomsSetNotSent => t.orders_lacks_customs_set(),
            Self::CustomsNotReleased => t.orders_lacks_customs_release(),
            Self::LoadingNotComplete => t.orders_lacks_loading(),
            Self::TransportDocumentNotConfirmed => t.orders_lacks_transport_document(),
            Self::MoneyOrPresentationOpen => t.orders_lacks_money(),
            Self::PapersNotHandedOver => t.orders_lacks_hand_over(),
            Self::ReceiptsNotMatched => t.orders_lacks_receipts(),
            Self::RebateOpen => t.orders_lacks_rebate(),
            Self::RelayNotPassedOn => t.orders_lacks_relay(),
        }
    }

    /// Who can supply it.
    pub const fn waits_for(self) -> Party {
        match self {
            Self::SampleNoteMissing
            | Self::SampleNoteNotSent
            | Self::ParcelNotSent
            | Self::TrackingNotPassedOn
            | Self::CommentsNotCarriedOver
            | Self::DetailsNotSettled
            | Self::ProformaMissing
            | Self::ProformaNotSent
            | Self::ProductionNotCovered
            | Self::SetNotComplete
            | Self::IssueOpen
            | Self::InspectionNotPassed
            | Self::ShipmentMissing
            | Self::CustomsSetNotSent
            | Self::LoadingNotComplete
            | Self::PapersNotHandedOver
            | Self::RelayNotPassedOn => Party::Us,
            Self::SampleNoteNotSigned | Self::ProformaNotApproved => Party::Manager,
            Self::SampleNoteNotAcknowledged
            | Self::SampleNotReceived
            | Self::ProductionNotAcknowledged
            | Self::GoodsNotReady => Party::Factory,
            Self::SampleNotApproved
            | Self::CustomerReferenceMissing
            | Self::ProformaNotConfirmed
            | Self::TransportDocumentNotConfirmed
            | Self::MoneyOrPresentationOpen => Party::Customer,
            Self::BookingNotConfirmed | Self::CustomsNotReleased => Party::Forwarder,
            Self::ReceiptsNotMatched => Party::Finance,
            Self::RebateOpen => Party::TaxOffice,
        }
    }
}

/// What still stands in the way of leaving this step. Empty means go.
pub fn blockers(step: Step, facts: &Facts) -> Vec<Blocker> {
    let mut found = Vec::new();
    let mut need = |met: bool, blocker| {
        if !met {
            found.push(blocker);
        }
    };
    match step {
        Step::SampleNote => {
            let samples = &facts.samples;
            need(samples.rounds > 0, Blocker::SampleNoteMissing);
            need(
                samples.rounds == 0 || samples.all_signed,
                Blocker::SampleNoteNotSigned,
            );
            need(
                samples.rounds == 0 || samples.all_sent,
                Blocker::SampleNoteNotSent,
            );
            need(
                samples.rounds == 0 || samples.all_acknowledged,
                Blocker::SampleNoteNotAcknowledged,
            );
        }
        Step::SampleShipment => {
            need(facts.samples.all_received, Blocker::SampleNotReceived);
            need(facts.samples.all_dispatched, Blocker::ParcelNotSent);
            need(
                facts.samples.all_numbers_passed_on,
                Blocker::TrackingNotPassedOn,
            );
        }
        Step::SampleConfirmation => {
            need(facts.samples.all_approved, Blocker::SampleNotApproved);
            need(
                facts.samples.comments_carried_over,
                Blocker::CommentsNotCarriedOver,
            );
            need(facts.order.details_settled, Blocker::DetailsNotSettled);
            need(
                facts.order.customer_reference,
                Blocker::CustomerReferenceMissing,
            );
        }
        Step::ProformaInvoice => proforma_blockers(facts, &mut need),
        Step::ProductionOrder => {
            need(facts.production.covered, Blocker::ProductionNotCovered);
            need(
                facts.production.acknowledged,
                Blocker::ProductionNotAcknowledged,
            );
            need(facts.production.set_complete, Blocker::SetNotComplete);
        }
        Step::Production => {
            need(facts.production.ready, Blocker::GoodsNotReady);
            need(facts.production.open_issues == 0, Blocker::IssueOpen);
            need(facts.production.inspected, Blocker::InspectionNotPassed);
        }
        Step::Booking => {
            need(facts.shipping.planned, Blocker::ShipmentMissing);
            need(facts.shipping.booked, Blocker::BookingNotConfirmed);
            need(facts.shipping.documents_sent, Blocker::CustomsSetNotSent);
            need(facts.shipping.released, Blocker::CustomsNotReleased);
        }
        Step::ShippingDocuments => {
            need(facts.shipping.loaded, Blocker::LoadingNotComplete);
            need(
                facts.shipping.transport_document_confirmed,
                Blocker::TransportDocumentNotConfirmed,
            );
            need(
                facts.shipping.settled_by_terms,
                Blocker::MoneyOrPresentationOpen,
            );
        }
        Step::Settlement => {
            need(facts.finance.handed_over, Blocker::PapersNotHandedOver);
            need(facts.finance.matched, Blocker::ReceiptsNotMatched);
            need(facts.finance.rebate_closed, Blocker::RebateOpen);
        }
    }
    let owed = facts
        .relays
        .iter()
        .any(|relay| relay.step == step && !relay.passed_on);
    if owed {
        found.push(Blocker::RelayNotPassedOn);
    }
    found
}

fn proforma_blockers(facts: &Facts, need: &mut impl FnMut(bool, Blocker)) {
    use super::facts::PaperStage as S;
    let proforma = &facts.proforma;
    if proforma.confirmed.is_some() {
        // An amendment runs beside the line; the confirmed revision stays in force meanwhile.
        return;
    }
    match proforma.open.as_ref().map(|paper| paper.stage) {
        None => need(false, Blocker::ProformaMissing),
        Some(S::Draft | S::Returned | S::Submitted | S::ChangeRequested | S::Lapsed) => {
            need(false, Blocker::ProformaNotApproved);
            need(false, Blocker::ProformaNotConfirmed);
        }
        Some(S::Approved) => {
            need(false, Blocker::ProformaNotSent);
            need(false, Blocker::ProformaNotConfirmed);
        }
        Some(S::Sent) => need(false, Blocker::ProformaNotConfirmed),
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
        facts.samples = super::super::facts::SampleFacts {
            rounds: 1,
            all_signed: true,
            all_sent: true,
            all_acknowledged: true,
            all_received: true,
            all_dispatched: true,
            all_numbers_passed_on: true,
            all_approved: true,
            comments_carried_over: true,
        };
        facts.proforma.confirmed = Some(1);
        facts.production = super::super::facts::ProductionFacts {
            covered: true,
            acknowledged: true,
            set_complete: true,
            ready: true,
            open_issues: 0,
            inspected: true,
        };
        facts.shipping = super::super::facts::ShippingFacts {
            planned: true,
            booked: true,
            documents_sent: true,
            released: true,
            loaded: true,
            transport_document_confirmed: true,
            settled_by_terms: true,
        };
        facts.finance = super::super::facts::FinanceFacts {
            handed_over: true,
            matched: true,
            rebate_closed: true,
        };
        let (latches, done) = settle(Latches::default(), &facts);
        assert!(latches.all_closed());
        assert_eq!(done, Step::ALL);
    }
}

//! Blockers 未齐: what still stands in the way of leaving each of the nine steps, and who can supply it.
//!
//! Pure, as `lifecycle` is. The order page prints the same list the gate asks, so the screen and the gate cannot disagree.

#![deny(clippy::wildcard_enum_match_arm)]

use super::facts::Facts;
use super::lifecycle::Step;
use crate::base::{Party, T};

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
    VerificationOpen,
    RebateOpen,
    /// A fact of this step that one side owes the other has not been passed on.
    RelayNotPassedOn,
    /// A change order is raised and not applied, refused or withdrawn.
    ChangeNotAcknowledged,
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
            Self::VerificationOpen => t.orders_lacks_verification(),
            Self::RebateOpen => t.orders_lacks_rebate(),
            Self::RelayNotPassedOn => t.orders_lacks_relay(),
            Self::ChangeNotAcknowledged => t.orders_lacks_change_answer(),
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
            | Self::GoodsNotReady
            | Self::ChangeNotAcknowledged => Party::Factory,
            Self::SampleNotApproved
            | Self::CustomerReferenceMissing
            | Self::ProformaNotConfirmed
            | Self::TransportDocumentNotConfirmed
            | Self::MoneyOrPresentationOpen => Party::Customer,
            Self::BookingNotConfirmed | Self::CustomsNotReleased => Party::Forwarder,
            Self::ReceiptsNotMatched | Self::VerificationOpen => Party::Finance,
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
        Step::SampleNote => sample_note_blockers(facts, &mut need),
        Step::SampleShipment => sample_shipment_blockers(facts, &mut need),
        Step::SampleConfirmation => sample_confirmation_blockers(facts, &mut need),
        Step::ProformaInvoice => proforma_blockers(facts, &mut need),
        Step::ProductionOrder => production_order_blockers(facts, &mut need),
        Step::Production => {
            need(facts.production.ready, Blocker::GoodsNotReady);
            need(facts.issues.open_issues == 0, Blocker::IssueOpen);
            need(
                facts.issues.open_changes == 0,
                Blocker::ChangeNotAcknowledged,
            );
            need(facts.issues.inspected, Blocker::InspectionNotPassed);
        }
        Step::Booking => booking_blockers(facts, &mut need),
        Step::ShippingDocuments => shipping_documents_blockers(facts, &mut need),
        Step::Settlement => {
            need(facts.rebate.handed_over, Blocker::PapersNotHandedOver);
            need(facts.finance.matched, Blocker::ReceiptsNotMatched);
            need(facts.rebate.verified, Blocker::VerificationOpen);
            need(facts.rebate.rebate_closed, Blocker::RebateOpen);
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

fn sample_note_blockers(facts: &Facts, need: &mut impl FnMut(bool, Blocker)) {
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

fn sample_shipment_blockers(facts: &Facts, need: &mut impl FnMut(bool, Blocker)) {
    need(facts.samples.all_received, Blocker::SampleNotReceived);
    need(facts.samples.all_dispatched, Blocker::ParcelNotSent);
    need(
        facts.samples.all_numbers_passed_on,
        Blocker::TrackingNotPassedOn,
    );
}

fn sample_confirmation_blockers(facts: &Facts, need: &mut impl FnMut(bool, Blocker)) {
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

fn production_order_blockers(facts: &Facts, need: &mut impl FnMut(bool, Blocker)) {
    need(facts.production.covered, Blocker::ProductionNotCovered);
    need(
        facts.production.acknowledged,
        Blocker::ProductionNotAcknowledged,
    );
    need(facts.production.set_complete, Blocker::SetNotComplete);
}

fn booking_blockers(facts: &Facts, need: &mut impl FnMut(bool, Blocker)) {
    need(facts.shipping.planned, Blocker::ShipmentMissing);
    need(facts.shipping.booked, Blocker::BookingNotConfirmed);
    need(facts.shipping.documents_sent, Blocker::CustomsSetNotSent);
    need(facts.shipping.released, Blocker::CustomsNotReleased);
}

fn shipping_documents_blockers(facts: &Facts, need: &mut impl FnMut(bool, Blocker)) {
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

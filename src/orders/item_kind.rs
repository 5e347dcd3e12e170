//! Kinds of open items 事项: the sentence of each, where it is done, and the group of the worklist it is filtered by.

use crate::base::T;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ItemKind {
    PassOn,
    Acknowledge,
    StartSample,
    SettleDetails,
    GetReference,
    DraftProforma,
    FinishProforma,
    ReviseProforma,
    DecideProforma,
    SendProforma,
    ConfirmProforma,
    ReopenProforma,
    StartProduction,
    ReviewHold,
    LeaveStep,
    PlanShipment,
    AskBooking,
    ConfirmBooking,
    SendCustomsSet,
    GateIn,
    GetRelease,
    GetDeparture,
    GetArrival,
    GetRebooking,
    RecordLoading,
    SendInstructions,
    GetDraft,
    CheckDraft,
    SendDraft,
    ConfirmDraft,
    GetDocument,
    ReleaseDocument,
    WarnForwarder,
}

impl ItemKind {
    pub const ALL: [Self; 33] = [
        Self::PassOn,
        Self::Acknowledge,
        Self::StartSample,
        Self::SettleDetails,
        Self::GetReference,
        Self::DraftProforma,
        Self::FinishProforma,
        Self::ReviseProforma,
        Self::DecideProforma,
        Self::SendProforma,
        Self::ConfirmProforma,
        Self::ReopenProforma,
        Self::StartProduction,
        Self::ReviewHold,
        Self::LeaveStep,
        Self::PlanShipment,
        Self::AskBooking,
        Self::ConfirmBooking,
        Self::SendCustomsSet,
        Self::GateIn,
        Self::GetRelease,
        Self::GetDeparture,
        Self::GetArrival,
        Self::GetRebooking,
        Self::RecordLoading,
        Self::SendInstructions,
        Self::GetDraft,
        Self::CheckDraft,
        Self::SendDraft,
        Self::ConfirmDraft,
        Self::GetDocument,
        Self::ReleaseDocument,
        Self::WarnForwarder,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::PassOn => "pass_on",
            Self::Acknowledge => "acknowledge",
            Self::StartSample => "start_sample",
            Self::SettleDetails => "settle_details",
            Self::GetReference => "get_reference",
            Self::DraftProforma => "draft_proforma",
            Self::FinishProforma => "finish_proforma",
            Self::ReviseProforma => "revise_proforma",
            Self::DecideProforma => "decide_proforma",
            Self::SendProforma => "send_proforma",
            Self::ConfirmProforma => "confirm_proforma",
            Self::ReopenProforma => "reopen_proforma",
            Self::StartProduction => "start_production",
            Self::ReviewHold => "review_hold",
            Self::LeaveStep => "leave_step",
            Self::PlanShipment => "plan_shipment",
            Self::AskBooking => "ask_booking",
            Self::ConfirmBooking => "confirm_booking",
            Self::SendCustomsSet => "send_customs_set",
            Self::GateIn => "gate_in",
            Self::GetRelease => "get_release",
            Self::GetDeparture => "get_departure",
            Self::GetArrival => "get_arrival",
            Self::GetRebooking => "get_rebooking",
            Self::RecordLoading => "record_loading",
            Self::SendInstructions => "send_instructions",
            Self::GetDraft => "get_draft",
            Self::CheckDraft => "check_draft",
            Self::SendDraft => "send_draft",
            Self::ConfirmDraft => "confirm_draft",
            Self::GetDocument => "get_document",
            Self::ReleaseDocument => "release_document",
            Self::WarnForwarder => "warn_forwarder",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == text)
    }

    /// The sentence of the worklist; begins with a verb.
    pub fn tell(self, t: T, subject: &str, quoted: &str) -> String {
        match self {
            Self::PassOn => t.orders_item_pass_on(quoted),
            Self::Acknowledge => t.orders_item_acknowledge(quoted),
            Self::StartSample => t.orders_item_start_sample().into(),
            Self::SettleDetails => t.orders_item_settle_details().into(),
            Self::GetReference => t.orders_item_get_reference().into(),
            Self::DraftProforma => t.orders_item_draft_proforma().into(),
            Self::FinishProforma => t.orders_item_finish_proforma(subject),
            Self::ReviseProforma => t.orders_item_revise_proforma(subject),
            Self::DecideProforma => t.orders_item_decide_proforma(subject),
            Self::SendProforma => t.orders_item_send_proforma(subject),
            Self::ConfirmProforma => t.orders_item_confirm_proforma(subject),
            Self::ReopenProforma => t.orders_item_reopen_proforma(subject),
            Self::StartProduction => t.orders_item_start_production().into(),
            Self::ReviewHold => t.orders_item_review_hold().into(),
            Self::LeaveStep => t.orders_item_leave_step(quoted),
            Self::PlanShipment => t.orders_item_plan_shipment().into(),
            Self::AskBooking => t.orders_item_ask_booking(subject),
            Self::ConfirmBooking => t.orders_item_confirm_booking(subject),
            Self::SendCustomsSet => t.orders_item_send_customs_set(subject),
            Self::GateIn => t.orders_item_gate_in(subject),
            Self::GetRelease => t.orders_item_get_release(subject),
            Self::GetDeparture => t.orders_item_get_departure(subject),
            Self::GetArrival => t.orders_item_get_arrival(subject),
            Self::GetRebooking => t.orders_item_get_rebooking(subject),
            Self::RecordLoading => t.orders_item_record_loading(subject),
            Self::SendInstructions => t.orders_item_send_instructions(subject),
            Self::GetDraft => t.orders_item_get_draft(subject),
            Self::CheckDraft => t.orders_item_check_draft(subject),
            Self::SendDraft => t.orders_item_send_draft(subject),
            Self::ConfirmDraft => t.orders_item_confirm_draft(subject),
            Self::GetDocument => t.orders_item_get_document(subject),
            Self::ReleaseDocument => t.orders_item_release_document(subject),
            Self::WarnForwarder => t.orders_item_warn_forwarder(subject),
        }
    }

    /// Where the thing is done, below the order's address.
    pub fn path(self, subject: &str) -> String {
        match self {
            Self::PassOn | Self::Acknowledge => format!("/timeline#relay-{subject}"),
            // The desks of samples and production have no pages yet: the order file is where their next move is read.
            Self::StartSample | Self::StartProduction | Self::LeaveStep | Self::ReviewHold => {
                String::new()
            }
            Self::SettleDetails | Self::GetReference => "/edit".to_owned(),
            Self::DraftProforma => "/proforma".to_owned(),
            Self::FinishProforma | Self::ReviseProforma => format!("/proforma/{subject}/edit"),
            Self::DecideProforma => format!("/proforma/{subject}/approval"),
            Self::SendProforma | Self::ConfirmProforma | Self::ReopenProforma => {
                format!("/proforma/{subject}")
            }
            Self::PlanShipment => "/shipments/new".to_owned(),
            Self::AskBooking
            | Self::ConfirmBooking
            | Self::SendCustomsSet
            | Self::GateIn
            | Self::GetRelease
            | Self::GetDeparture
            | Self::GetArrival
            | Self::GetRebooking
            | Self::RecordLoading
            | Self::WarnForwarder
            | Self::SendInstructions
            | Self::GetDraft
            | Self::CheckDraft
            | Self::SendDraft
            | Self::ConfirmDraft
            | Self::GetDocument
            | Self::ReleaseDocument => "/shipments".to_owned(),
        }
    }

    /// The whole address: below the order's, or of the shipment it is about.
    pub fn href(self, order: &str, subject: &str) -> String {
        match self {
            Self::SendInstructions
            | Self::GetDraft
            | Self::CheckDraft
            | Self::SendDraft
            | Self::ConfirmDraft
            | Self::GetDocument
            | Self::ReleaseDocument => {
                format!("/shipments/{subject}/transport-document")
            }
            Self::RecordLoading => format!("/shipments/{subject}/loading"),
            Self::AskBooking
            | Self::ConfirmBooking
            | Self::SendCustomsSet
            | Self::GateIn
            | Self::GetRelease
            | Self::GetDeparture
            | Self::GetArrival
            | Self::GetRebooking
            | Self::WarnForwarder => {
                format!("/shipments/{subject}")
            }
            _ => format!("{order}{}", self.path(subject)),
        }
    }

    /// The group of the worklist it is filtered by.
    pub const fn group(self) -> &'static str {
        match self {
            Self::PassOn | Self::Acknowledge => "relay",
            Self::DecideProforma => "approval",
            Self::StartSample => "sample",
            Self::DraftProforma
            | Self::FinishProforma
            | Self::ReviseProforma
            | Self::SendProforma
            | Self::ConfirmProforma
            | Self::ReopenProforma => "proforma",
            Self::StartProduction => "production",
            Self::SettleDetails | Self::GetReference | Self::ReviewHold | Self::LeaveStep => {
                "order"
            }
            Self::PlanShipment
            | Self::AskBooking
            | Self::ConfirmBooking
            | Self::SendCustomsSet
            | Self::GateIn
            | Self::GetRelease
            | Self::GetDeparture
            | Self::GetArrival
            | Self::GetRebooking
            | Self::RecordLoading
            | Self::SendInstructions
            | Self::GetDraft
            | Self::CheckDraft
            | Self::SendDraft
            | Self::ConfirmDraft
            | Self::GetDocument
            | Self::ReleaseDocument
            | Self::WarnForwarder => "shipment",
        }
    }
}

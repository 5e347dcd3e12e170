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
    ReturnMoney,
    FinishSampleNote,
    ReviseSampleNote,
    SignSampleNote,
    SendSampleNote,
    AcknowledgeSampleNote,
    ReceiveSample,
    DispatchSample,
    DispatchParcel,
    PassNumberOn,
    JudgeSample,
}

impl ItemKind {
    pub const ALL: [Self; 26] = [
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
        Self::ReturnMoney,
        Self::FinishSampleNote,
        Self::ReviseSampleNote,
        Self::SignSampleNote,
        Self::SendSampleNote,
        Self::AcknowledgeSampleNote,
        Self::ReceiveSample,
        Self::DispatchSample,
        Self::DispatchParcel,
        Self::PassNumberOn,
        Self::JudgeSample,
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
            Self::ReturnMoney => "return_money",
            Self::FinishSampleNote => "finish_sample_note",
            Self::ReviseSampleNote => "revise_sample_note",
            Self::SignSampleNote => "sign_sample_note",
            Self::SendSampleNote => "send_sample_note",
            Self::AcknowledgeSampleNote => "acknowledge_sample_note",
            Self::ReceiveSample => "receive_sample",
            Self::DispatchSample => "dispatch_sample",
            Self::DispatchParcel => "dispatch_parcel",
            Self::PassNumberOn => "pass_number_on",
            Self::JudgeSample => "judge_sample",
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
            Self::ReturnMoney => t.orders_item_return_money().into(),
            Self::FinishSampleNote => t.orders_item_finish_sample_note(quoted),
            Self::ReviseSampleNote => t.orders_item_revise_sample_note(quoted),
            Self::SignSampleNote => t.orders_item_sign_sample_note(quoted),
            Self::SendSampleNote => t.orders_item_send_sample_note(quoted),
            Self::AcknowledgeSampleNote => t.orders_item_acknowledge_sample_note(quoted),
            Self::ReceiveSample => t.orders_item_receive_sample(quoted),
            Self::DispatchSample => t.orders_item_dispatch_sample(quoted),
            Self::DispatchParcel => t.orders_item_dispatch_parcel(subject),
            Self::PassNumberOn => t.orders_item_pass_number_on(subject),
            Self::JudgeSample => t.orders_item_judge_sample(quoted),
        }
    }

    /// Where the thing is done, below the order's address.
    pub fn path(self, subject: &str) -> String {
        match self {
            Self::PassOn | Self::Acknowledge => format!("/timeline#relay-{subject}"),
            // The desk of production has no page yet: the order file is where its next move is read.
            Self::StartProduction | Self::LeaveStep | Self::ReviewHold => String::new(),
            Self::ReturnMoney => "/payments".to_owned(),
            Self::StartSample => "/samples".to_owned(),
            Self::SettleDetails | Self::GetReference => "/edit".to_owned(),
            Self::DraftProforma => "/proforma".to_owned(),
            Self::FinishProforma | Self::ReviseProforma => format!("/proforma/{subject}/edit"),
            Self::DecideProforma => format!("/proforma/{subject}/approval"),
            Self::SendProforma | Self::ConfirmProforma | Self::ReopenProforma => {
                format!("/proforma/{subject}")
            }
            Self::FinishSampleNote => format!("/samples/{subject}/edit"),
            Self::SignSampleNote => format!("/samples/{subject}/signature"),
            Self::ReviseSampleNote
            | Self::SendSampleNote
            | Self::AcknowledgeSampleNote
            | Self::ReceiveSample
            | Self::DispatchSample
            | Self::JudgeSample => format!("/samples/{subject}"),
            Self::DispatchParcel => format!("/parcels/{subject}/dispatch"),
            Self::PassNumberOn => format!("/parcels/{subject}/passing-on"),
        }
    }

    /// The group of the worklist it is filtered by.
    pub const fn group(self) -> &'static str {
        match self {
            Self::PassOn | Self::Acknowledge => "relay",
            Self::DecideProforma | Self::SignSampleNote => "approval",
            Self::StartSample => "sample",
            Self::DraftProforma
            | Self::FinishProforma
            | Self::ReviseProforma
            | Self::SendProforma
            | Self::ConfirmProforma
            | Self::ReopenProforma => "proforma",
            Self::StartProduction => "production",
            Self::SettleDetails
            | Self::GetReference
            | Self::ReviewHold
            | Self::LeaveStep
            | Self::ReturnMoney => "order",
            Self::FinishSampleNote
            | Self::ReviseSampleNote
            | Self::SendSampleNote
            | Self::AcknowledgeSampleNote
            | Self::ReceiveSample
            | Self::DispatchSample
            | Self::DispatchParcel
            | Self::PassNumberOn
            | Self::JudgeSample => "sample",
        }
    }
}

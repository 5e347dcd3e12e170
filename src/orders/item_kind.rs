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
    GetDeposit,
    GetBalance,
    SettleReceipt,
    FinishPayable,
    DecidePayable,
    RevisePayable,
    PayPayable,
}

impl ItemKind {
    pub const ALL: [Self; 22] = [
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
        Self::GetDeposit,
        Self::GetBalance,
        Self::SettleReceipt,
        Self::FinishPayable,
        Self::DecidePayable,
        Self::RevisePayable,
        Self::PayPayable,
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
            Self::GetDeposit => "get_deposit",
            Self::GetBalance => "get_balance",
            Self::SettleReceipt => "settle_receipt",
            Self::FinishPayable => "finish_payable",
            Self::DecidePayable => "decide_payable",
            Self::RevisePayable => "revise_payable",
            Self::PayPayable => "pay_payable",
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
            Self::GetDeposit => t.payment_item_get_deposit().into(),
            Self::GetBalance => t.payment_item_get_balance().into(),
            Self::SettleReceipt => t.payment_item_settle_receipt(subject),
            Self::FinishPayable => t.payment_item_finish_payable(subject),
            Self::DecidePayable => t.payment_item_decide_payable(subject),
            Self::RevisePayable => t.payment_item_revise_payable(subject),
            Self::PayPayable => t.payment_item_pay_payable(subject),
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
            Self::GetDeposit | Self::GetBalance | Self::SettleReceipt => "/payments".to_owned(),
            Self::FinishPayable | Self::DecidePayable | Self::RevisePayable | Self::PayPayable => {
                format!("/payments#payable-{subject}")
            }
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
            Self::DecidePayable => "approval",
            Self::GetDeposit
            | Self::GetBalance
            | Self::SettleReceipt
            | Self::FinishPayable
            | Self::RevisePayable
            | Self::PayPayable => "money",
        }
    }
}

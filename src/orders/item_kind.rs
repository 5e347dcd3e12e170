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
    // production
    FinishProduction,
    AwaitDeposit,
    AwaitCredit,
    DecideTerms,
    AcknowledgeProduction,
    AnswerCounter,
    DecideCounter,
    AnswerAgain,
    BeginProduction,
    AskProgress,
    LateProduction,
    ShortProduction,
    CloseProduction,
    CompleteSet,
}

impl ItemKind {
    pub const ALL: [Self; 29] = [
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
        // production
        Self::FinishProduction,
        Self::AwaitDeposit,
        Self::AwaitCredit,
        Self::DecideTerms,
        Self::AcknowledgeProduction,
        Self::AnswerCounter,
        Self::DecideCounter,
        Self::AnswerAgain,
        Self::BeginProduction,
        Self::AskProgress,
        Self::LateProduction,
        Self::ShortProduction,
        Self::CloseProduction,
        Self::CompleteSet,
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
            // production
            Self::FinishProduction => "finish_production",
            Self::AwaitDeposit => "await_deposit",
            Self::AwaitCredit => "await_credit",
            Self::DecideTerms => "decide_terms",
            Self::AcknowledgeProduction => "acknowledge_production",
            Self::AnswerCounter => "answer_counter",
            Self::DecideCounter => "decide_counter",
            Self::AnswerAgain => "answer_again",
            Self::BeginProduction => "begin_production",
            Self::AskProgress => "ask_progress",
            Self::LateProduction => "late_production",
            Self::ShortProduction => "short_production",
            Self::CloseProduction => "close_production",
            Self::CompleteSet => "complete_set",
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
            // production
            Self::FinishProduction => t.production_item_finish(quoted),
            Self::AwaitDeposit => t.production_item_await_money(quoted),
            Self::AwaitCredit => t.production_item_await_credit(quoted),
            Self::DecideTerms => t.production_item_decide_terms(quoted),
            Self::AcknowledgeProduction => t.production_item_acknowledge(quoted),
            Self::AnswerCounter => t.production_item_answer_counter(quoted),
            Self::DecideCounter => t.production_item_decide_counter(quoted),
            Self::AnswerAgain => t.production_item_answer_again(quoted),
            Self::BeginProduction => t.production_item_start(quoted),
            Self::AskProgress => t.production_item_progress(quoted),
            Self::LateProduction => {
                let (paper, day) = quoted.rsplit_once(' ').unwrap_or((quoted, ""));
                t.production_item_late(paper, day)
            }
            Self::ShortProduction => t.production_item_short(quoted),
            Self::CloseProduction => t.production_item_close(quoted),
            Self::CompleteSet => t.production_item_set().into(),
        }
    }

    /// Where the thing is done, below the order's address.
    pub fn path(self, subject: &str) -> String {
        match self {
            Self::PassOn | Self::Acknowledge => format!("/timeline#relay-{subject}"),
            // The desk of samples has no pages yet: the order file is where its next move is read.
            Self::StartSample | Self::LeaveStep | Self::ReviewHold => String::new(),
            Self::SettleDetails | Self::GetReference => "/edit".to_owned(),
            Self::DraftProforma => "/proforma".to_owned(),
            Self::FinishProforma | Self::ReviseProforma => format!("/proforma/{subject}/edit"),
            Self::DecideProforma => format!("/proforma/{subject}/approval"),
            Self::SendProforma | Self::ConfirmProforma | Self::ReopenProforma => {
                format!("/proforma/{subject}")
            }
            // production
            Self::StartProduction => "/production".to_owned(),
            Self::FinishProduction | Self::AwaitDeposit | Self::AwaitCredit => {
                format!("/production/{subject}/edit")
            }
            Self::DecideTerms => format!("/production/{subject}/terms"),
            Self::AcknowledgeProduction | Self::AnswerAgain => {
                format!("/production/{subject}/answer")
            }
            Self::AnswerCounter
            | Self::BeginProduction
            | Self::LateProduction
            | Self::ShortProduction
            | Self::CloseProduction => format!("/production/{subject}"),
            Self::DecideCounter => format!("/production/{subject}/decision"),
            Self::AskProgress => format!("/production/{subject}/progress"),
            Self::CompleteSet => "/documents".to_owned(),
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
            // production
            Self::FinishProduction
            | Self::AwaitDeposit
            | Self::AwaitCredit
            | Self::AcknowledgeProduction
            | Self::AnswerCounter
            | Self::AnswerAgain
            | Self::BeginProduction
            | Self::AskProgress
            | Self::LateProduction
            | Self::ShortProduction
            | Self::CloseProduction
            | Self::CompleteSet => "production",
            Self::DecideTerms | Self::DecideCounter => "approval",
        }
    }
}

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
    // hand-over, verification, rebate
    CollectPapers,
    HandOverPapers,
    TakePapers,
    MendPapers,
    IssueForm,
    ReturnForm,
    VerifyForm,
    MatchReceipts,
    SettleDifference,
    CollectRebate,
    CompleteRebate,
    DeclareRebate,
    AwaitRebateAnswer,
    AnswerRebateQuery,
    AwaitRebate,
    CloseOrder,
}

impl ItemKind {
    pub const ALL: [Self; 31] = [
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
        Self::CollectPapers,
        Self::HandOverPapers,
        Self::TakePapers,
        Self::MendPapers,
        Self::IssueForm,
        Self::ReturnForm,
        Self::VerifyForm,
        Self::MatchReceipts,
        Self::SettleDifference,
        Self::CollectRebate,
        Self::CompleteRebate,
        Self::DeclareRebate,
        Self::AwaitRebateAnswer,
        Self::AnswerRebateQuery,
        Self::AwaitRebate,
        Self::CloseOrder,
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
            Self::CollectPapers => "collect_papers",
            Self::HandOverPapers => "hand_over_papers",
            Self::TakePapers => "take_papers",
            Self::MendPapers => "mend_papers",
            Self::IssueForm => "issue_form",
            Self::ReturnForm => "return_form",
            Self::VerifyForm => "verify_form",
            Self::MatchReceipts => "match_receipts",
            Self::SettleDifference => "settle_difference",
            Self::CollectRebate => "collect_rebate",
            Self::CompleteRebate => "complete_rebate",
            Self::DeclareRebate => "declare_rebate",
            Self::AwaitRebateAnswer => "await_rebate_answer",
            Self::AnswerRebateQuery => "answer_rebate_query",
            Self::AwaitRebate => "await_rebate",
            Self::CloseOrder => "close_order",
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
            Self::CollectPapers => t.rebate_item_collect_papers(subject),
            Self::HandOverPapers => t.rebate_item_hand_over_papers(subject),
            Self::TakePapers => t.rebate_item_take_papers(subject),
            Self::MendPapers => t.rebate_item_mend_papers(subject),
            Self::IssueForm => t.rebate_item_issue_form(subject),
            Self::ReturnForm => t.rebate_item_return_form(subject),
            Self::VerifyForm => t.rebate_item_verify_form(subject),
            Self::MatchReceipts => t.rebate_item_match_receipts(subject),
            Self::SettleDifference => t.rebate_item_settle_difference(subject),
            Self::CollectRebate => t.rebate_item_collect_rebate(subject),
            Self::CompleteRebate => t.rebate_item_complete_rebate(subject),
            Self::DeclareRebate => t.rebate_item_declare_rebate(subject),
            Self::AwaitRebateAnswer => t.rebate_item_await_rebate_answer(subject),
            Self::AnswerRebateQuery => t.rebate_item_answer_rebate_query(subject),
            Self::AwaitRebate => t.rebate_item_await_rebate(subject),
            Self::CloseOrder => t.rebate_item_close_order().into(),
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
            Self::CollectPapers | Self::HandOverPapers | Self::TakePapers | Self::MendPapers => {
                format!("/hand-overs/{subject}")
            }
            Self::IssueForm
            | Self::ReturnForm
            | Self::VerifyForm
            | Self::MatchReceipts
            | Self::SettleDifference => format!("/verifications/{subject}"),
            Self::CollectRebate
            | Self::CompleteRebate
            | Self::DeclareRebate
            | Self::AwaitRebateAnswer
            | Self::AnswerRebateQuery
            | Self::AwaitRebate => format!("/rebates/{subject}"),
            Self::CloseOrder => "/closing".to_owned(),
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
            Self::CollectPapers
            | Self::HandOverPapers
            | Self::TakePapers
            | Self::MendPapers
            | Self::IssueForm
            | Self::ReturnForm
            | Self::VerifyForm
            | Self::MatchReceipts
            | Self::SettleDifference
            | Self::CollectRebate
            | Self::CompleteRebate
            | Self::DeclareRebate
            | Self::AwaitRebateAnswer
            | Self::AnswerRebateQuery
            | Self::AwaitRebate
            | Self::CloseOrder => "finance",
        }
    }
}

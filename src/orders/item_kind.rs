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
    // issues, change orders, inspections
    HandIssueOn,
    AnswerIssue,
    AwaitIssueAnswer,
    ConveyIssue,
    AcknowledgeIssue,
    ResolveIssue,
    CloseIssue,
    LineStopped,
    DecideChange,
    AgreeChange,
    AcknowledgeChange,
    ApplyChange,
    ReviseProduction,
    PlanInspection,
    RecordInspection,
    JudgeInspection,
    InspectAgain,
}

impl ItemKind {
    pub const ALL: [Self; 32] = [
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
        Self::HandIssueOn,
        Self::AnswerIssue,
        Self::AwaitIssueAnswer,
        Self::ConveyIssue,
        Self::AcknowledgeIssue,
        Self::ResolveIssue,
        Self::CloseIssue,
        Self::LineStopped,
        Self::DecideChange,
        Self::AgreeChange,
        Self::AcknowledgeChange,
        Self::ApplyChange,
        Self::ReviseProduction,
        Self::PlanInspection,
        Self::RecordInspection,
        Self::JudgeInspection,
        Self::InspectAgain,
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
            Self::HandIssueOn => "hand_issue_on",
            Self::AnswerIssue => "answer_issue",
            Self::AwaitIssueAnswer => "await_issue_answer",
            Self::ConveyIssue => "convey_issue",
            Self::AcknowledgeIssue => "acknowledge_issue",
            Self::ResolveIssue => "resolve_issue",
            Self::CloseIssue => "close_issue",
            Self::LineStopped => "line_stopped",
            Self::DecideChange => "decide_change",
            Self::AgreeChange => "agree_change",
            Self::AcknowledgeChange => "acknowledge_change",
            Self::ApplyChange => "apply_change",
            Self::ReviseProduction => "revise_production",
            Self::PlanInspection => "plan_inspection",
            Self::RecordInspection => "record_inspection",
            Self::JudgeInspection => "judge_inspection",
            Self::InspectAgain => "inspect_again",
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
            Self::HandIssueOn => t.orders_item_hand_issue_on(subject, quoted),
            Self::AnswerIssue => t.orders_item_answer_issue(subject, quoted),
            Self::AwaitIssueAnswer => t.orders_item_await_issue_answer(subject, quoted),
            Self::ConveyIssue => t.orders_item_convey_issue(subject, quoted),
            Self::AcknowledgeIssue => t.orders_item_acknowledge_issue(subject, quoted),
            Self::ResolveIssue => t.orders_item_resolve_issue(subject, quoted),
            Self::CloseIssue => t.orders_item_close_issue(subject, quoted),
            Self::LineStopped => t.orders_item_line_stopped(subject, quoted),
            Self::DecideChange => t.orders_item_decide_change(subject),
            Self::AgreeChange => t.orders_item_agree_change(subject),
            Self::AcknowledgeChange => t.orders_item_acknowledge_change(subject),
            Self::ApplyChange => t.orders_item_apply_change(subject),
            Self::ReviseProduction => t.orders_item_revise_production(subject),
            Self::PlanInspection => t.orders_item_plan_inspection().into(),
            Self::RecordInspection => t.orders_item_record_inspection(subject),
            Self::JudgeInspection => t.orders_item_judge_inspection(subject),
            Self::InspectAgain => t.orders_item_inspect_again(subject),
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
            Self::HandIssueOn
            | Self::AnswerIssue
            | Self::AwaitIssueAnswer
            | Self::ConveyIssue
            | Self::AcknowledgeIssue
            | Self::ResolveIssue
            | Self::CloseIssue
            | Self::LineStopped => format!("/issues/{subject}"),
            Self::DecideChange => format!("/changes/{subject}/approval"),
            Self::AgreeChange | Self::AcknowledgeChange | Self::ApplyChange => {
                format!("/changes/{subject}")
            }
            Self::ReviseProduction => "/production".to_owned(),
            Self::PlanInspection => "/inspections".to_owned(),
            Self::RecordInspection | Self::JudgeInspection | Self::InspectAgain => {
                format!("/inspections/{subject}")
            }
        }
    }

    /// The group of the worklist it is filtered by.
    pub const fn group(self) -> &'static str {
        match self {
            Self::PassOn | Self::Acknowledge => "relay",
            Self::DecideProforma | Self::DecideChange => "approval",
            Self::StartSample => "sample",
            Self::DraftProforma
            | Self::FinishProforma
            | Self::ReviseProforma
            | Self::SendProforma
            | Self::ConfirmProforma
            | Self::ReopenProforma => "proforma",
            Self::StartProduction
            | Self::HandIssueOn
            | Self::AnswerIssue
            | Self::AwaitIssueAnswer
            | Self::ConveyIssue
            | Self::AcknowledgeIssue
            | Self::ResolveIssue
            | Self::CloseIssue
            | Self::LineStopped
            | Self::AgreeChange
            | Self::AcknowledgeChange
            | Self::ApplyChange
            | Self::ReviseProduction
            | Self::PlanInspection
            | Self::RecordInspection
            | Self::JudgeInspection
            | Self::InspectAgain => "production",
            Self::SettleDetails | Self::GetReference | Self::ReviewHold | Self::LeaveStep => {
                "order"
            }
        }
    }
}

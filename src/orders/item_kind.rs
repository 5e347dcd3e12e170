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
    // credits
    ExpectCredit,
    AwaitCredit,
    ExamineCredit,
    SettleFindings,
    DeclareWorkable,
    AwaitAmendment,
    AnswerAmendment,
    ShipUnderCredit,
    UseCredit,
    RenewCredit,
    PrepareSet,
    CompleteSet,
    PresentSet,
    AwaitBank,
    AnswerDiscrepancy,
    AwaitWaiver,
    CollectPayment,
    RefusedSet,
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
        Self::ExpectCredit,
        Self::AwaitCredit,
        Self::ExamineCredit,
        Self::SettleFindings,
        Self::DeclareWorkable,
        Self::AwaitAmendment,
        Self::AnswerAmendment,
        Self::ShipUnderCredit,
        Self::UseCredit,
        Self::RenewCredit,
        Self::PrepareSet,
        Self::CompleteSet,
        Self::PresentSet,
        Self::AwaitBank,
        Self::AnswerDiscrepancy,
        Self::AwaitWaiver,
        Self::CollectPayment,
        Self::RefusedSet,
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
            Self::ExpectCredit => "expect_credit",
            Self::AwaitCredit => "await_credit",
            Self::ExamineCredit => "examine_credit",
            Self::SettleFindings => "settle_findings",
            Self::DeclareWorkable => "declare_workable",
            Self::AwaitAmendment => "await_amendment",
            Self::AnswerAmendment => "answer_amendment",
            Self::ShipUnderCredit => "ship_under_credit",
            Self::UseCredit => "use_credit",
            Self::RenewCredit => "renew_credit",
            Self::PrepareSet => "prepare_set",
            Self::CompleteSet => "complete_set",
            Self::PresentSet => "present_set",
            Self::AwaitBank => "await_bank",
            Self::AnswerDiscrepancy => "answer_discrepancy",
            Self::AwaitWaiver => "await_waiver",
            Self::CollectPayment => "collect_payment",
            Self::RefusedSet => "refused_set",
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
            Self::ExpectCredit => t.credits_item_expect().into(),
            Self::AwaitCredit => t.credits_item_await(subject),
            Self::ExamineCredit => t.credits_item_examine(subject),
            Self::SettleFindings => t.credits_item_findings(subject),
            Self::DeclareWorkable => t.credits_item_declare(subject),
            Self::AwaitAmendment => t.credits_item_amendment(subject),
            Self::AnswerAmendment => t.credits_item_answer(subject),
            Self::ShipUnderCredit => t.credits_item_ship(subject),
            Self::UseCredit => t.credits_item_expiry(subject),
            Self::RenewCredit => t.credits_item_expired(subject),
            Self::PrepareSet => t.credits_item_prepare(subject),
            Self::CompleteSet => t.credits_item_complete(subject),
            Self::PresentSet => t.credits_item_present(subject),
            Self::AwaitBank => t.credits_item_bank(subject),
            Self::AnswerDiscrepancy => t.credits_item_discrepancy(subject),
            Self::AwaitWaiver => t.credits_item_waiver(subject),
            Self::CollectPayment => t.credits_item_due(subject),
            Self::RefusedSet => t.credits_item_refused(subject),
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
            Self::ExpectCredit
            | Self::AwaitCredit
            | Self::ExamineCredit
            | Self::SettleFindings
            | Self::DeclareWorkable
            | Self::AwaitAmendment
            | Self::AnswerAmendment
            | Self::ShipUnderCredit
            | Self::UseCredit
            | Self::RenewCredit
            | Self::PrepareSet
            | Self::CompleteSet
            | Self::PresentSet
            | Self::AwaitBank
            | Self::AnswerDiscrepancy
            | Self::AwaitWaiver
            | Self::CollectPayment
            | Self::RefusedSet => "/credit".to_owned(),
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
            Self::ExpectCredit
            | Self::AwaitCredit
            | Self::ExamineCredit
            | Self::SettleFindings
            | Self::DeclareWorkable
            | Self::AwaitAmendment
            | Self::AnswerAmendment
            | Self::ShipUnderCredit
            | Self::UseCredit
            | Self::RenewCredit
            | Self::PrepareSet
            | Self::CompleteSet
            | Self::PresentSet
            | Self::AwaitBank
            | Self::AnswerDiscrepancy
            | Self::AwaitWaiver
            | Self::CollectPayment
            | Self::RefusedSet => "credit",
        }
    }
}

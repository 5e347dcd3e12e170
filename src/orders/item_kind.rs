//! Kinds of open items 事项: one row each with its code, the group of the worklist it is filtered by, where under the order it
//! is done (`{subject}` is the paper or relay it is about), and its sentence.

use crate::base::T;

macro_rules! kinds {
    (($t:ident, $subject:ident, $quoted:ident) $($kind:ident $code:literal $group:literal $path:literal $tell:block;)+) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ItemKind { $($kind,)+ }

        impl ItemKind {
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            pub const fn code(self) -> &'static str {
                match self { $(Self::$kind => $code,)+ }
            }

            /// The group of the worklist it is filtered by.
            pub const fn group(self) -> &'static str {
                match self { $(Self::$kind => $group,)+ }
            }

            /// Where it is done, behind the order's address.
            const fn place(self) -> &'static str {
                match self { $(Self::$kind => $path,)+ }
            }

            /// The sentence. `subject` is the revision or number it is about, `quoted` words of others that it quotes.
            pub fn tell(self, $t: T, $subject: &str, $quoted: &str) -> String {
                match self { $(Self::$kind => $tell,)+ }
            }
        }
    };
}

kinds! {
    (t, subject, quoted)
    PassOn "pass_on" "relay" "/timeline#relay-{subject}" { t.orders_item_pass_on(quoted) };
    Acknowledge "acknowledge" "relay" "/timeline#relay-{subject}" { t.orders_item_acknowledge(quoted) };
    StartSample "start_sample" "sample" "/samples" { t.orders_item_start_sample().into() };
    SettleDetails "settle_details" "order" "/edit" { t.orders_item_settle_details().into() };
    GetReference "get_reference" "order" "/edit" { t.orders_item_get_reference().into() };
    DraftProforma "draft_proforma" "proforma" "/proforma" { t.orders_item_draft_proforma().into() };
    FinishProforma "finish_proforma" "proforma" "/proforma/{subject}/edit" { t.orders_item_finish_proforma(subject) };
    ReviseProforma "revise_proforma" "proforma" "/proforma/{subject}/edit" { t.orders_item_revise_proforma(subject) };
    DecideProforma "decide_proforma" "approval" "/proforma/{subject}/approval" { t.orders_item_decide_proforma(subject) };
    SendProforma "send_proforma" "proforma" "/proforma/{subject}" { t.orders_item_send_proforma(subject) };
    ConfirmProforma "confirm_proforma" "proforma" "/proforma/{subject}" { t.orders_item_confirm_proforma(subject) };
    ReopenProforma "reopen_proforma" "proforma" "/proforma/{subject}" { t.orders_item_reopen_proforma(subject) };
    StartProduction "start_production" "production" "/production" { t.orders_item_start_production().into() };
    ReviewHold "review_hold" "order" "" { t.orders_item_review_hold().into() };
    LeaveStep "leave_step" "order" "" { t.orders_item_leave_step(quoted) };
    ReturnMoney "return_money" "order" "/payments" { t.orders_item_return_money().into() };
    FinishSampleNote "finish_sample_note" "sample" "/samples/{subject}/edit" { t.orders_item_finish_sample_note(quoted) };
    ReviseSampleNote "revise_sample_note" "sample" "/samples/{subject}" { t.orders_item_revise_sample_note(quoted) };
    SignSampleNote "sign_sample_note" "approval" "/samples/{subject}/signature" { t.orders_item_sign_sample_note(quoted) };
    SendSampleNote "send_sample_note" "sample" "/samples/{subject}" { t.orders_item_send_sample_note(quoted) };
    AcknowledgeSampleNote "acknowledge_sample_note" "sample" "/samples/{subject}" { t.orders_item_acknowledge_sample_note(quoted) };
    ReceiveSample "receive_sample" "sample" "/samples/{subject}" { t.orders_item_receive_sample(quoted) };
    DispatchSample "dispatch_sample" "sample" "/samples/{subject}" { t.orders_item_dispatch_sample(quoted) };
    DispatchParcel "dispatch_parcel" "sample" "/parcels/{subject}/dispatch" { t.orders_item_dispatch_parcel(subject) };
    PassNumberOn "pass_number_on" "sample" "/parcels/{subject}/passing-on" { t.orders_item_pass_number_on(subject) };
    JudgeSample "judge_sample" "sample" "/samples/{subject}" { t.orders_item_judge_sample(quoted) };
    FinishProduction "finish_production" "production" "/production/{subject}/edit" { t.production_item_finish(quoted) };
    AwaitDeposit "await_deposit" "production" "/production/{subject}/edit" { t.production_item_await_money(quoted) };
    AwaitCredit "await_credit" "production" "/production/{subject}/edit" { t.production_item_await_credit(quoted) };
    DecideTerms "decide_terms" "approval" "/production/{subject}/terms" { t.production_item_decide_terms(quoted) };
    AcknowledgeProduction "acknowledge_production" "production" "/production/{subject}/answer" { t.production_item_acknowledge(quoted) };
    AnswerCounter "answer_counter" "production" "/production/{subject}" { t.production_item_answer_counter(quoted) };
    DecideCounter "decide_counter" "approval" "/production/{subject}/decision" { t.production_item_decide_counter(quoted) };
    AnswerAgain "answer_again" "production" "/production/{subject}/answer" { t.production_item_answer_again(quoted) };
    BeginProduction "begin_production" "production" "/production/{subject}" { t.production_item_start(quoted) };
    AskProgress "ask_progress" "production" "/production/{subject}/progress" { t.production_item_progress(quoted) };
    LateProduction "late_production" "production" "/production/{subject}" { let (paper, day) = quoted.rsplit_once(' ').unwrap_or((quoted, "")); t.production_item_late(paper, day) };
    ShortProduction "short_production" "production" "/production/{subject}" { t.production_item_short(quoted) };
    CloseProduction "close_production" "production" "/production/{subject}" { t.production_item_close(quoted) };
    CompleteSet "complete_set" "production" "/documents" { t.production_item_set().into() };
    HandIssueOn "hand_issue_on" "production" "/issues/{subject}" { t.orders_item_hand_issue_on(subject, quoted) };
    AnswerIssue "answer_issue" "production" "/issues/{subject}" { t.orders_item_answer_issue(subject, quoted) };
    AwaitIssueAnswer "await_issue_answer" "production" "/issues/{subject}" { t.orders_item_await_issue_answer(subject, quoted) };
    ConveyIssue "convey_issue" "production" "/issues/{subject}" { t.orders_item_convey_issue(subject, quoted) };
    AcknowledgeIssue "acknowledge_issue" "production" "/issues/{subject}" { t.orders_item_acknowledge_issue(subject, quoted) };
    ResolveIssue "resolve_issue" "production" "/issues/{subject}" { t.orders_item_resolve_issue(subject, quoted) };
    CloseIssue "close_issue" "production" "/issues/{subject}" { t.orders_item_close_issue(subject, quoted) };
    LineStopped "line_stopped" "production" "/issues/{subject}" { t.orders_item_line_stopped(subject, quoted) };
    DecideChange "decide_change" "approval" "/changes/{subject}/approval" { t.orders_item_decide_change(subject) };
    AgreeChange "agree_change" "production" "/changes/{subject}" { t.orders_item_agree_change(subject) };
    AcknowledgeChange "acknowledge_change" "production" "/changes/{subject}" { t.orders_item_acknowledge_change(subject) };
    ApplyChange "apply_change" "production" "/changes/{subject}" { t.orders_item_apply_change(subject) };
    ReviseProduction "revise_production" "production" "/production" { t.orders_item_revise_production(subject) };
    PlanInspection "plan_inspection" "production" "/inspections" { t.orders_item_plan_inspection().into() };
    RecordInspection "record_inspection" "production" "/inspections/{subject}" { t.orders_item_record_inspection(subject) };
    JudgeInspection "judge_inspection" "production" "/inspections/{subject}" { t.orders_item_judge_inspection(subject) };
    InspectAgain "inspect_again" "production" "/inspections/{subject}" { t.orders_item_inspect_again(subject) };
    PlanShipment "plan_shipment" "shipment" "/shipments/new" { t.orders_item_plan_shipment().into() };
    AskBooking "ask_booking" "shipment" "/shipments" { t.orders_item_ask_booking(subject) };
    ConfirmBooking "confirm_booking" "shipment" "/shipments" { t.orders_item_confirm_booking(subject) };
    SendCustomsSet "send_customs_set" "shipment" "/shipments" { t.orders_item_send_customs_set(subject) };
    GateIn "gate_in" "shipment" "/shipments" { t.orders_item_gate_in(subject) };
    GetRelease "get_release" "shipment" "/shipments" { t.orders_item_get_release(subject) };
    GetDeparture "get_departure" "shipment" "/shipments" { t.orders_item_get_departure(subject) };
    GetArrival "get_arrival" "shipment" "/shipments" { t.orders_item_get_arrival(subject) };
    GetRebooking "get_rebooking" "shipment" "/shipments" { t.orders_item_get_rebooking(subject) };
    RecordLoading "record_loading" "shipment" "/shipments" { t.orders_item_record_loading(subject) };
    SendInstructions "send_instructions" "shipment" "/shipments" { t.orders_item_send_instructions(subject) };
    GetDraft "get_draft" "shipment" "/shipments" { t.orders_item_get_draft(subject) };
    CheckDraft "check_draft" "shipment" "/shipments" { t.orders_item_check_draft(subject) };
    SendDraft "send_draft" "shipment" "/shipments" { t.orders_item_send_draft(subject) };
    ConfirmDraft "confirm_draft" "shipment" "/shipments" { t.orders_item_confirm_draft(subject) };
    GetDocument "get_document" "shipment" "/shipments" { t.orders_item_get_document(subject) };
    ReleaseDocument "release_document" "shipment" "/shipments" { t.orders_item_release_document(subject) };
    WarnForwarder "warn_forwarder" "shipment" "/shipments" { t.orders_item_warn_forwarder(subject) };
    GetDeposit "get_deposit" "money" "/payments" { t.payment_item_get_deposit().into() };
    GetBalance "get_balance" "money" "/payments" { t.payment_item_get_balance().into() };
    SettleReceipt "settle_receipt" "money" "/payments" { t.payment_item_settle_receipt(subject) };
    FinishPayable "finish_payable" "money" "/payments#payable-{subject}" { t.payment_item_finish_payable(subject) };
    DecidePayable "decide_payable" "approval" "/payments#payable-{subject}" { t.payment_item_decide_payable(subject) };
    RevisePayable "revise_payable" "money" "/payments#payable-{subject}" { t.payment_item_revise_payable(subject) };
    PayPayable "pay_payable" "money" "/payments#payable-{subject}" { t.payment_item_pay_payable(subject) };
    CollectPapers "collect_papers" "finance" "/hand-overs/{subject}" { t.rebate_item_collect_papers(subject) };
    HandOverPapers "hand_over_papers" "finance" "/hand-overs/{subject}" { t.rebate_item_hand_over_papers(subject) };
    TakePapers "take_papers" "finance" "/hand-overs/{subject}" { t.rebate_item_take_papers(subject) };
    MendPapers "mend_papers" "finance" "/hand-overs/{subject}" { t.rebate_item_mend_papers(subject) };
    IssueForm "issue_form" "finance" "/verifications/{subject}" { t.rebate_item_issue_form(subject) };
    ReturnForm "return_form" "finance" "/verifications/{subject}" { t.rebate_item_return_form(subject) };
    VerifyForm "verify_form" "finance" "/verifications/{subject}" { t.rebate_item_verify_form(subject) };
    MatchReceipts "match_receipts" "finance" "/verifications/{subject}" { t.rebate_item_match_receipts(subject) };
    SettleDifference "settle_difference" "finance" "/verifications/{subject}" { t.rebate_item_settle_difference(subject) };
    CollectRebate "collect_rebate" "finance" "/rebates/{subject}" { t.rebate_item_collect_rebate(subject) };
    CompleteRebate "complete_rebate" "finance" "/rebates/{subject}" { t.rebate_item_complete_rebate(subject) };
    DeclareRebate "declare_rebate" "finance" "/rebates/{subject}" { t.rebate_item_declare_rebate(subject) };
    AwaitRebateAnswer "await_rebate_answer" "finance" "/rebates/{subject}" { t.rebate_item_await_rebate_answer(subject) };
    AnswerRebateQuery "answer_rebate_query" "finance" "/rebates/{subject}" { t.rebate_item_answer_rebate_query(subject) };
    AwaitRebate "await_rebate" "finance" "/rebates/{subject}" { t.rebate_item_await_rebate(subject) };
    CloseOrder "close_order" "finance" "/closing" { t.rebate_item_close_order().into() };
}

impl ItemKind {
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    /// Where it is done, behind the order's address.
    pub fn path(self, subject: &str) -> String {
        self.place().replace("{subject}", subject)
    }
}

//! Kinds of open items 事项: one row each with its code, the group of the worklist it is filtered by, where it is done
//! (`{order}` is the order's address, `{subject}` the paper or relay it is about), and its sentence.

use crate::base::T;
use crate::history::approval_event::gate_word;

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

            /// Where it is done.
            const fn place(self) -> &'static str {
                match self { $(Self::$kind => $path,)+ }
            }

            /// The sentence. `subject` is the revision or number it is about, `quoted` words of others that it quotes.
            pub fn tell(self, $t: T, $subject: &str, $quoted: &str) -> String {
                let $quoted = crate::base::tongues::own($t, $quoted);
                match self { $(Self::$kind => $tell,)+ }
            }
        }
    };
}

kinds! {
    (t, subject, quoted)
    PassOn "pass_on" "relay" "{order}/timeline#relay-{subject}" { t.orders_item_pass_on(quoted) };
    Acknowledge "acknowledge" "relay" "{order}/timeline#relay-{subject}" { t.orders_item_acknowledge(quoted) };
    StartSample "start_sample" "sample" "{order}/samples" { t.orders_item_start_sample().into() };
    SettleDetails "settle_details" "order" "{order}/edit" { t.orders_item_settle_details().into() };
    GetReference "get_reference" "order" "{order}/edit" { t.orders_item_get_reference().into() };
    DraftProforma "draft_proforma" "proforma" "{order}/proforma" { t.orders_item_draft_proforma().into() };
    FinishProforma "finish_proforma" "proforma" "{order}/proforma/{subject}/edit" { t.orders_item_finish_proforma(subject) };
    ReviseProforma "revise_proforma" "proforma" "{order}/proforma/{subject}" { t.orders_item_revise_proforma(subject) };
    DecideProforma "decide_proforma" "approval" "{order}/proforma/{subject}/approval" { t.orders_item_decide_proforma(subject) };
    SendProforma "send_proforma" "proforma" "{order}/proforma/{subject}" { t.orders_item_send_proforma(subject) };
    ConfirmProforma "confirm_proforma" "proforma" "{order}/proforma/{subject}" { t.orders_item_confirm_proforma(subject) };
    ReopenProforma "reopen_proforma" "proforma" "{order}/proforma/{subject}" { t.orders_item_reopen_proforma(subject) };
    StartProduction "start_production" "production" "{order}/production" { t.orders_item_start_production().into() };
    ReviewHold "review_hold" "order" "{order}#held" { t.orders_item_review_hold().into() };
    LeaveStep "leave_step" "order" "{order}" { t.orders_item_leave_step(quoted) };
    ReturnMoney "return_money" "order" "{order}/payments" { t.orders_item_return_money().into() };
    FinishSampleNote "finish_sample_note" "sample" "{order}/samples/{subject}/edit" { t.orders_item_finish_sample_note(quoted) };
    ReviseSampleNote "revise_sample_note" "sample" "{order}/samples/{subject}" { t.orders_item_revise_sample_note(quoted) };
    SignSampleNote "sign_sample_note" "approval" "{order}/samples/{subject}/signature" { t.orders_item_sign_sample_note(quoted) };
    SendSampleNote "send_sample_note" "sample" "{order}/samples/{subject}" { t.orders_item_send_sample_note(quoted) };
    AcknowledgeSampleNote "acknowledge_sample_note" "sample" "{order}/samples/{subject}" { t.orders_item_acknowledge_sample_note(quoted) };
    ReceiveSample "receive_sample" "sample" "{order}/samples/{subject}" { t.orders_item_receive_sample(quoted) };
    DispatchSample "dispatch_sample" "sample" "{order}/samples/{subject}#parcel" { t.orders_item_dispatch_sample(quoted) };
    DispatchParcel "dispatch_parcel" "sample" "{order}/parcels/{subject}/dispatch" { t.orders_item_dispatch_parcel(subject) };
    PassNumberOn "pass_number_on" "sample" "{order}/parcels/{subject}/passing-on" { t.orders_item_pass_number_on(subject) };
    JudgeSample "judge_sample" "sample" "{order}/samples/{subject}#verdict" { t.orders_item_judge_sample(quoted) };
    FinishProduction "finish_production" "production" "{order}/production/{subject}/edit" { t.production_item_finish(quoted) };
    AwaitDeposit "await_deposit" "production" "{order}/production/{subject}/edit" { t.production_item_await_money(quoted) };
    AwaitCredit "await_credit" "production" "{order}/production/{subject}/edit" { t.production_item_await_credit(quoted) };
    DecideTerms "decide_terms" "approval" "{order}/production/{subject}/terms" { t.production_item_decide_terms(quoted) };
    AcknowledgeProduction "acknowledge_production" "production" "{order}/production/{subject}/answer" { t.production_item_acknowledge(quoted) };
    AnswerCounter "answer_counter" "production" "{order}/production/{subject}" { t.production_item_answer_counter(quoted) };
    DecideRevision "decide_revision" "approval" "{order}/production/{subject}/decision" { t.production_item_decide_revision(quoted) };
    DecideCounter "decide_counter" "approval" "{order}/production/{subject}/decision" { t.production_item_decide_counter(quoted) };
    AnswerAgain "answer_again" "production" "{order}/production/{subject}/answer" { t.production_item_answer_again(quoted) };
    BeginProduction "begin_production" "production" "{order}/production/{subject}" { t.production_item_start(quoted) };
    AskProgress "ask_progress" "production" "{order}/production/{subject}/progress" { t.production_item_progress(quoted) };
    LateProduction "late_production" "production" "{order}/production/{subject}" { let (paper, day) = quoted.rsplit_once(' ').unwrap_or((quoted, "")); t.production_item_late(paper, day) };
    ShortProduction "short_production" "production" "{order}/production/{subject}" { t.production_item_short(quoted) };
    CloseProduction "close_production" "production" "{order}/production/{subject}" { t.production_item_close(quoted) };
    CompleteSet "complete_set" "production" "{order}/documents" { t.production_item_set().into() };
    HandIssueOn "hand_issue_on" "production" "{order}/issues/{subject}" { t.orders_item_hand_issue_on(subject, quoted) };
    AnswerIssue "answer_issue" "production" "{order}/issues/{subject}" { t.orders_item_answer_issue(subject, quoted) };
    AwaitIssueAnswer "await_issue_answer" "production" "{order}/issues/{subject}" { t.orders_item_await_issue_answer(subject, quoted) };
    ConveyIssue "convey_issue" "production" "{order}/issues/{subject}" { t.orders_item_convey_issue(subject, quoted) };
    AcknowledgeIssue "acknowledge_issue" "production" "{order}/issues/{subject}" { t.orders_item_acknowledge_issue(subject, quoted) };
    ResolveIssue "resolve_issue" "production" "{order}/issues/{subject}" { t.orders_item_resolve_issue(subject, quoted) };
    CloseIssue "close_issue" "production" "{order}/issues/{subject}" { t.orders_item_close_issue(subject, quoted) };
    LineStopped "line_stopped" "production" "{order}/issues/{subject}" { t.orders_item_line_stopped(subject, quoted) };
    DecideChange "decide_change" "approval" "{order}/changes/{subject}/approval" { t.orders_item_decide_change(subject) };
    AgreeChange "agree_change" "production" "{order}/changes/{subject}" { t.orders_item_agree_change(subject) };
    AcknowledgeChange "acknowledge_change" "production" "{order}/changes/{subject}" { t.orders_item_acknowledge_change(subject) };
    ApplyChange "apply_change" "production" "{order}/changes/{subject}" { t.orders_item_apply_change(subject) };
    ReviseProduction "revise_production" "production" "{order}/production" { t.orders_item_revise_production(subject) };
    PlanInspection "plan_inspection" "production" "{order}/inspections" { t.orders_item_plan_inspection().into() };
    RecordInspection "record_inspection" "production" "{order}/inspections/{subject}" { t.orders_item_record_inspection(subject) };
    JudgeInspection "judge_inspection" "production" "{order}/inspections/{subject}" { t.orders_item_judge_inspection(subject) };
    InspectAgain "inspect_again" "production" "{order}/inspections/{subject}" { t.orders_item_inspect_again(subject) };
    PlanShipment "plan_shipment" "shipment" "{order}/shipments/new" { t.orders_item_plan_shipment().into() };
    AskBooking "ask_booking" "shipment" "/shipments/{subject}" { t.orders_item_ask_booking(subject) };
    ConfirmBooking "confirm_booking" "shipment" "/shipments/{subject}" { t.orders_item_confirm_booking(subject) };
    SendCustomsSet "send_customs_set" "shipment" "/shipments/{subject}" { t.orders_item_send_customs_set(subject) };
    GateIn "gate_in" "shipment" "/shipments/{subject}" { t.orders_item_gate_in(subject) };
    GetRelease "get_release" "shipment" "/shipments/{subject}" { t.orders_item_get_release(subject) };
    GetDeparture "get_departure" "shipment" "/shipments/{subject}" { t.orders_item_get_departure(subject) };
    GetArrival "get_arrival" "shipment" "/shipments/{subject}" { t.orders_item_get_arrival(subject) };
    GetRebooking "get_rebooking" "shipment" "/shipments/{subject}" { t.orders_item_get_rebooking(subject) };
    RecordLoading "record_loading" "shipment" "/shipments/{subject}/loading" { t.orders_item_record_loading(subject) };
    SendInstructions "send_instructions" "shipment" "/shipments/{subject}/transport-document" { t.orders_item_send_instructions(subject) };
    GetDraft "get_draft" "shipment" "/shipments/{subject}/transport-document" { t.orders_item_get_draft(subject) };
    CheckDraft "check_draft" "shipment" "/shipments/{subject}/transport-document" { t.orders_item_check_draft(subject) };
    SendDraft "send_draft" "shipment" "/shipments/{subject}/transport-document" { t.orders_item_send_draft(subject) };
    ConfirmDraft "confirm_draft" "shipment" "/shipments/{subject}/transport-document" { t.orders_item_confirm_draft(subject) };
    GetDocument "get_document" "shipment" "/shipments/{subject}/transport-document" { t.orders_item_get_document(subject) };
    ReleaseDocument "release_document" "shipment" "/shipments/{subject}/transport-document" { t.orders_item_release_document(subject) };
    EndDeclaration "end_declaration" "shipment" "/shipments/{subject}/declarations" { t.orders_item_end_declaration(subject, quoted) };
    WarnForwarder "warn_forwarder" "shipment" "/shipments/{subject}" { t.orders_item_warn_forwarder(subject) };
    GetDeposit "get_deposit" "money" "{order}/payments" { due_by(t, t.payment_item_get_deposit(), quoted) };
    AskBalance "ask_balance" "money" "{order}/payments/asking" { t.payment_item_ask_balance().into() };
    GetBalance "get_balance" "money" "{order}/payments" { due_by(t, t.payment_item_get_balance(), quoted) };
    SettleReceipt "settle_receipt" "money" "{order}/payments" { t.payment_item_settle_receipt(subject) };
    FinishPayable "finish_payable" "money" "{order}/payments#payable-{subject}" { t.payment_item_finish_payable(subject) };
    DecidePayable "decide_payable" "approval" "{order}/payments#payable-{subject}" { t.payment_item_decide_payable(subject) };
    RevisePayable "revise_payable" "money" "{order}/payments#payable-{subject}" { t.payment_item_revise_payable(subject) };
    PayPayable "pay_payable" "money" "{order}/payments#payable-{subject}" { t.payment_item_pay_payable(subject) };
    CollectPapers "collect_papers" "finance" "{order}/hand-overs/{subject}" { t.rebate_item_collect_papers(subject) };
    HandOverPapers "hand_over_papers" "finance" "{order}/hand-overs/{subject}" { t.rebate_item_hand_over_papers(subject) };
    TakePapers "take_papers" "finance" "{order}/hand-overs/{subject}" { t.rebate_item_take_papers(subject) };
    MendPapers "mend_papers" "finance" "{order}/hand-overs/{subject}" { t.rebate_item_mend_papers(subject) };
    GetDeclaration "get_declaration" "finance" "/shipments/{subject}/declarations" { t.rebate_item_get_declaration(subject) };
    IssueForm "issue_form" "finance" "{order}/verifications/{subject}" { t.rebate_item_issue_form(subject) };
    ReturnForm "return_form" "finance" "{order}/verifications/{subject}" { t.rebate_item_return_form(subject) };
    VerifyForm "verify_form" "finance" "{order}/verifications/{subject}" { t.rebate_item_verify_form(subject) };
    MatchReceipts "match_receipts" "finance" "{order}/verifications/{subject}" { t.rebate_item_match_receipts(subject) };
    SettleDifference "settle_difference" "finance" "{order}/verifications/{subject}" { t.rebate_item_settle_difference(subject) };
    CollectRebate "collect_rebate" "finance" "{order}/rebates/{subject}" { t.rebate_item_collect_rebate(subject) };
    CompleteRebate "complete_rebate" "finance" "{order}/rebates/{subject}" { t.rebate_item_complete_rebate(subject) };
    DeclareRebate "declare_rebate" "finance" "{order}/rebates/{subject}" { t.rebate_item_declare_rebate(subject) };
    AwaitRebateAnswer "await_rebate_answer" "finance" "{order}/rebates/{subject}" { t.rebate_item_await_rebate_answer(subject) };
    AnswerRebateQuery "answer_rebate_query" "finance" "{order}/rebates/{subject}" { t.rebate_item_answer_rebate_query(subject) };
    AwaitRebate "await_rebate" "finance" "{order}/rebates/{subject}" { t.rebate_item_await_rebate(subject) };
    CloseOrder "close_order" "finance" "{order}/closing" { t.rebate_item_close_order().into() };
    DecideException "decide_exception" "approval" "{order}/exceptions/{subject}" { t.exceptions_item_decide(exception(t, quoted)) };
    UseException "use_exception" "approval" "{order}/exceptions/{subject}" { t.exceptions_item_use(exception(t, quoted)) };
    ReadException "read_exception" "approval" "{order}/exceptions/{subject}" { t.exceptions_item_read(exception(t, quoted)) };
    AskExceptionAgain "ask_exception_again" "approval" "{order}/exceptions/{subject}" { t.exceptions_item_fell(exception(t, quoted)) };
    GiveOpinion "give_opinion" "approval" "{order}/opinions/{subject}" { t.approvals_item_opinion(quoted) };
    ExpectCredit "expect_credit" "credit" "{order}/credit" { t.credits_item_await(subject) };
    ExamineCredit "examine_credit" "credit" "{order}/credit" { t.credits_item_examine(subject) };
    SettleFindings "settle_findings" "credit" "{order}/credit" { t.credits_item_findings(subject) };
    DeclareWorkable "declare_workable" "credit" "{order}/credit" { t.credits_item_declare(subject) };
    AwaitAmendment "await_amendment" "credit" "{order}/credit" { t.credits_item_amendment(subject) };
    AnswerAmendment "answer_amendment" "credit" "{order}/credit" { t.credits_item_answer(subject) };
    ShipUnderCredit "ship_under_credit" "credit" "{order}/credit" { t.credits_item_ship(subject) };
    UseCredit "use_credit" "credit" "{order}/credit" { t.credits_item_expiry(subject) };
    RenewCredit "renew_credit" "credit" "{order}/credit" { t.credits_item_expired(subject) };
    PrepareSet "prepare_set" "credit" "{order}/credit" { t.credits_item_prepare(subject) };
    CompletePresentation "complete_presentation" "credit" "{order}/credit" { t.credits_item_complete(subject) };
    PresentSet "present_set" "credit" "{order}/credit" { t.credits_item_present(subject) };
    AwaitBank "await_bank" "credit" "{order}/credit" { t.credits_item_bank(subject) };
    AnswerDiscrepancy "answer_discrepancy" "credit" "{order}/credit" { t.credits_item_discrepancy(subject) };
    AwaitWaiver "await_waiver" "credit" "{order}/credit" { t.credits_item_waiver(subject) };
    CollectPayment "collect_payment" "credit" "{order}/credit" { t.credits_item_due(subject) };
    RefusedSet "refused_set" "credit" "{order}/credit" { t.credits_item_refused(subject) };
}

/// Where the day comes from on which money of the customer is due; nothing where nobody says.
pub fn due_from(t: T, from: &str) -> &'static str {
    match from {
        "asked" => t.payment_due_as_asked(),
        "terms" => t.payment_due_by_terms(),
        "usual" => t.payment_due_usual(),
        _ => "",
    }
}

fn due_by(t: T, words: &str, from: &str) -> String {
    match due_from(t, from) {
        "" => words.to_owned(),
        from => t.payment_item_due(words, from),
    }
}

/// `exception_early_release S26-0001` as people call it.
fn exception(t: T, quoted: &str) -> String {
    let (gate, name) = quoted.split_once(' ').unwrap_or((quoted, ""));
    t.exceptions_title_of(gate_word(t, gate), name)
}

impl ItemKind {
    /// Whether its clock is not ours to stop: what one side owes the other, days of carriers, banks and the tax office, and
    /// money. An order on hold keeps these beside its review.
    pub fn runs_on_hold(self) -> bool {
        match self.group() {
            "relay" | "credit" | "money" => true,
            "finance" => self != Self::CloseOrder,
            "shipment" => !matches!(self, Self::PlanShipment | Self::AskBooking),
            _ => false,
        }
    }

    /// Whether it falls due at a closing of a port, a carrier, a customs office or a bank: later there is nothing left to do.
    pub const fn is_cut_off(self) -> bool {
        matches!(
            self,
            Self::SendCustomsSet
                | Self::GateIn
                | Self::GetRelease
                | Self::RecordLoading
                | Self::SendInstructions
                | Self::WarnForwarder
                | Self::ShipUnderCredit
                | Self::UseCredit
                | Self::PresentSet
        )
    }

    /// Whether it can follow from what is still recorded on a closed order: money, charges, claims, the tax office.
    pub fn comes_late(self) -> bool {
        match self.group() {
            "relay" | "money" => true,
            "finance" => self != Self::CloseOrder,
            _ => matches!(
                self,
                Self::DecidePayable
                    | Self::HandIssueOn
                    | Self::AnswerIssue
                    | Self::AwaitIssueAnswer
                    | Self::ConveyIssue
                    | Self::AcknowledgeIssue
                    | Self::ResolveIssue
                    | Self::CloseIssue
                    | Self::LineStopped
            ),
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    /// Where it is done: below the order's address, or of the shared thing it is about.
    pub fn href(self, order: &str, subject: &str) -> String {
        self.place()
            .replace("{order}", order)
            .replace("{subject}", subject)
    }

    /// Where everybody who may know the order reads about it: forms are open to the hands that fill them only.
    pub fn read_at(self, order: &str, subject: &str) -> String {
        let place = match self.place() {
            "{order}/edit" => "{order}",
            "{order}/shipments/new" => "{order}/shipments",
            "{order}/closing" | "{order}/rebates/{subject}" => "{order}/finance",
            "{order}/parcels/{subject}/dispatch" | "{order}/parcels/{subject}/passing-on" => {
                "{order}/samples#parcel-{subject}"
            }
            place => ["/edit", "/answer", "/progress", "/asking"]
                .iter()
                .find_map(|form| place.strip_suffix(form))
                .unwrap_or(place),
        };
        place
            .replace("{order}", order)
            .replace("{subject}", subject)
    }
}

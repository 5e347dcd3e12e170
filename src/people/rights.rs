//! Rights 权限: the one authorisation function of the house, and its table.
//!
//! Every deed stands here once: who may do it, in which relation to the order, and whose hands are excluded whatever
//! their role. A manager can read and sign it; a test compares it, line by line, with the table typed by hand
//! (`tests/house/expected/rights.txt`). What is not written here nobody may do.
//!
//! We chose a table in the code over one in the database: the trade's rights change with the trade, by a commit that
//! says why.

use super::Relation;
use crate::base::{By, PersonId, Role, Who};
use crate::web::{Error, Result};

/// In which relation to the order, or to the customer, the role must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Salesperson or operator of this order; salesperson of this customer.
    Own,
    /// Member of its department.
    Department,
    /// Leads its department, or is deputy 代理人 of who does.
    Led,
    All,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    pub role: Role,
    pub reach: Reach,
}

/// Hands that a deed excludes by person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// Wrote or edited it.
    Author,
    /// Asked for it.
    Requester,
    /// Is the operator of the order.
    Operator,
    /// Gave the yes.
    Approver,
    /// Anybody but the author.
    NotAuthor,
    /// Anybody but who submitted it.
    NotSubmitter,
}

/// Whose hands were on a thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hands {
    pub authors: Vec<PersonId>,
    pub requester: Option<PersonId>,
    pub approver: Option<PersonId>,
}

/// A deed asked for, with the hands that have been on the thing.
#[derive(Clone, Debug)]
pub struct Asked {
    pub deed: Deed,
    pub hands: Hands,
}

impl From<Deed> for Asked {
    fn from(deed: Deed) -> Self {
        Self {
            deed,
            hands: Hands::default(),
        }
    }
}

/// The answer of the rights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Allow,
    /// You may not know that it is there: 404.
    Hide,
    /// You may know of it, but not do this: 403.
    Deny,
}

macro_rules! role {
    (S) => {
        Role::Salesperson
    };
    (O) => {
        Role::OrderOperator
    };
    (M) => {
        Role::Manager
    };
    (F) => {
        Role::Finance
    };
    (A) => {
        Role::Admin
    };
}

macro_rules! deeds {
    ($($desk:ident { $($deed:ident $code:literal: $($role:ident $reach:ident),+; [$($hand:ident)*])+ })+) => {
        /// Every deed that can be done in the house.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Deed { $($($deed,)+)+ }

        impl Deed {
            /// All deeds by desk, in the order of the table.
            pub const TABLE: &[(&str, &[Self])] = &[$((stringify!($desk), &[$(Self::$deed),+])),+];

            pub const fn code(self) -> &'static str {
                match self { $($(Self::$deed => $code,)+)+ }
            }

            /// Who may, in which relation.
            pub const fn grants(self) -> &'static [Grant] {
                match self { $($(Self::$deed => &[$(Grant { role: role!($role), reach: Reach::$reach }),+],)+)+ }
            }

            /// Whose hands may not, whatever the role.
            pub const fn never(self) -> &'static [Hand] {
                match self { $($(Self::$deed => &[$(Hand::$hand),*],)+)+ }
            }
        }
    };
}

deeds! {
    people {
        ManagePeople "manage_people": A All; []
        ManageSettings "manage_settings": A All; []
        AppointDeputy "appoint_deputy": M Own, A All; []
        ReadAudit "read_audit": M Led, F All, A All; []
    }
    parties {
        EditCustomer "edit_customer": S Own, O All, M All, A All; []
        ReassignCustomer "reassign_customer": M Led; []
        EditFactory "edit_factory": O All, M All, A All; []
        EditForwarder "edit_forwarder": O All, M All, A All; []
        EditProduct "edit_product": O All, M All, A All; []
        EditPort "edit_port": O All, M All, A All; []
        EditCourier "edit_courier": O All, M All, A All; []
        EditUnit "edit_unit": O All, M All, A All; []
        EditCurrency "edit_currency": A All; []
        EditPaymentTerms "edit_payment_terms": M All, F All, A All; []
        EditBank "edit_bank": F All; []
        EditPayeeAccount "edit_payee_account": F All; []
        EditRates "edit_rates": F All, A All; []
        MergeRecords "merge_records": A All; []
    }
    orders {
        ReadOrder "read_order": S Own, O Own, O Department, M Led, F All; []
        SeeCustomerPrices "see_customer_prices": S Own, O Own, M Led, F All; []
        SeeFactoryPrices "see_factory_prices": O Own, M Led, F All; []
        SeeMargin "see_margin": M Led, F All; []
        SeePayeeAccounts "see_payee_accounts": M Led, F All; []
        SeeOurAccounts "see_our_accounts": S Own, O Own, M Led, F All; []
        SeeRebate "see_rebate": O Own, M Led, F All; []
        OpenOrder "open_order": S Own, O Own; []
        EditOrder "edit_order": S Own, O Own; []
        ReassignOrder "reassign_order": M Led; []
        SkipSamples "skip_samples": M Led; [Author Requester Operator]
        ShortCloseLine "short_close_line": M Led; []
        SplitOrder "split_order": O Own; []
        ReopenOrder "reopen_order": M Led; []
        HoldOrder "hold_order": S Own, O Own, M Led; []
        DropOrder "drop_order": S Own; []
        CancelOrder "cancel_order": M Led; []
        CloseOrder "close_order": F All; []
        AddNote "add_note": S Own, O Own, M Led, F All; []
        AddFile "add_file": S Own, O Own, M Led, F All; []
        ManageLinks "manage_links": S Own, O Own; []
        EditPlan "edit_plan": O Own; []
    }
    tasks {
        GiveTask "give_task": S All, O All, M All, F All, A All; []
        KeepTask "keep_task": S Own, O Own, M Own, F Own, A Own; []
        HandOnTask "hand_on_task": S Own, O Own, M Own, M Led, F Own, A Own; []
    }
    samples {
        DraftSampleNote "draft_sample_note": O Own; []
        SubmitSampleNote "submit_sample_note": O Own; []
        SignSampleNote "sign_sample_note": M Led; [Author Requester Operator]
        SendSampleNote "send_sample_note": O Own; []
        RecordSampleNoteAcknowledgement "record_sample_note_acknowledgement": O Own; []
        ReceiveSample "receive_sample": O Own; []
        OpenSampleRound "open_sample_round": O Own; []
        PackParcel "pack_parcel": O Own; []
        DispatchParcel "dispatch_parcel": O Own; []
        PassOnTrackingNumber "pass_on_tracking_number": O Own; []
        RecordParcelDelivery "record_parcel_delivery": O Own; []
        RecordParcelLoss "record_parcel_loss": O Own; []
        RecordParcelReturn "record_parcel_return": O Own; []
        RecordSampleVerdict "record_sample_verdict": O Own; []
    }
    proforma {
        DraftProforma "draft_proforma": S Own, O Own; []
        SubmitProforma "submit_proforma": S Own, O Own; []
        ApproveProforma "approve_proforma": M Led; [Author Requester Operator]
        SendProforma "send_proforma": S Own, O Own; []
        RecordProformaConfirmation "record_proforma_confirmation": O Own; []
        RecordProformaChangeRequest "record_proforma_change_request": O Own; []
        OpenProformaRevision "open_proforma_revision": S Own, O Own; []
        AmendProforma "amend_proforma": S Own, O Own; []
    }
    production {
        DraftProductionOrder "draft_production_order": O Own; []
        ApproveTerms "approve_terms": M Led; [Author Requester Operator]
        OverrideProductionGate "override_production_gate": M Led; [Author Requester Operator]
        IssueProductionOrder "issue_production_order": O Own; []
        RecordProductionAcknowledgement "record_production_acknowledgement": O Own; []
        RecordCounterProposal "record_counter_proposal": O Own; []
        AcceptCounterProposal "accept_counter_proposal": O Own; []
        ApproveCounterProposal "approve_counter_proposal": M Led; [Author Requester Operator]
        DeclineCounterProposal "decline_counter_proposal": O Own; []
        StartProduction "start_production": O Own; []
        ReportProductionReady "report_production_ready": O Own; []
        OpenProductionRevision "open_production_revision": O Own; []
        CloseProductionOrder "close_production_order": O Own; []
        ReportProgress "report_progress": O Own; []
        ReportIssue "report_issue": O Own; []
        HandIssueToSales "hand_issue_to_sales": O Own; []
        AskCustomerAboutIssue "ask_customer_about_issue": S Own; []
        AgreeIssue "agree_issue": S Own; []
        ConveyIssue "convey_issue": O Own; []
        RecordIssueAcknowledgement "record_issue_acknowledgement": O Own; []
        ResolveIssue "resolve_issue": O Own; []
        CloseIssue "close_issue": O Own; []
        DropIssue "drop_issue": S Own, M Led; []
        RaiseChangeOrder "raise_change_order": S Own, O Own; []
        ApproveChangeOrder "approve_change_order": M Led; [Author Requester Operator]
        RecordChangeOrderAgreement "record_change_order_agreement": O Own; []
        RecordChangeOrderAcknowledgement "record_change_order_acknowledgement": O Own; []
        RecordChangeOrderRefusal "record_change_order_refusal": O Own; []
        ApplyChangeOrder "apply_change_order": O Own; []
        WithdrawChangeOrder "withdraw_change_order": S Own, O Own; []
        OverrideStalePaper "override_stale_paper": M Led; [Author Requester Operator]
        PlanInspection "plan_inspection": O Own; []
        RecordInspection "record_inspection": O Own; []
        JudgeInspection "judge_inspection": O Own; []
        WaiveInspection "waive_inspection": M Led; [Author Requester Operator]
    }
    shipping {
        PlanShipment "plan_shipment": O Own; []
        AskBooking "ask_booking": O Own; []
        RecordBookingConfirmation "record_booking_confirmation": O Own; []
        PrepareShippingPapers "prepare_shipping_papers": O Own; []
        SendCustomsDocuments "send_customs_documents": O Own; []
        RecordGateIn "record_gate_in": O Own; []
        GateInEarly "gate_in_early": M Led; [Author Requester Operator]
        RecordCustomsRelease "record_customs_release": O Own; []
        RecordDeparture "record_departure": O Own; []
        RecordArrival "record_arrival": O Own; []
        CorrectShipmentDate "correct_shipment_date": O Own; []
        WarnForwarder "warn_forwarder": O Own; []
        RecordRolledCargo "record_rolled_cargo": O Own; []
        RecordRebooking "record_rebooking": O Own; []
        RecordShutOut "record_shut_out": O Own; []
        CancelShipment "cancel_shipment": O Own; []
        NoteResale "note_resale": M Led; []
        RecordLoading "record_loading": O Own; []
        DraftDeclaration "draft_declaration": O Own; []
        SendDeclaration "send_declaration": O Own; []
        RecordDeclarationDeclared "record_declaration_declared": O Own; []
        RecordDeclarationInspection "record_declaration_inspection": O Own; []
        RecordDeclarationRelease "record_declaration_release": O Own; []
        RecordDeclarationClearance "record_declaration_clearance": O Own; []
        RecordDeclarationAmendment "record_declaration_amendment": O Own; []
        RecordDeclarationRevocation "record_declaration_revocation": O Own; []
        RecordDeclarationShutOut "record_declaration_shut_out": O Own; []
        SendShippingInstructions "send_shipping_instructions": O Own; []
        RecordTransportDraft "record_transport_draft": O Own; []
        CheckTransportDocument "check_transport_document": O Own; []
        WaiveTransportDifference "waive_transport_difference": O Own; []
        SendTransportDocument "send_transport_document": O Own; []
        RecordTransportConfirmation "record_transport_confirmation": O Own; []
        RecordTransportCorrection "record_transport_correction": O Own; []
        RecordTransportIssue "record_transport_issue": O Own; []
        ReleaseTransportDocument "release_transport_document": O Own; []
        ReleaseTransportDocumentEarly "release_transport_document_early": M Led; [Author Requester Operator]
    }
    credits {
        ExpectCredit "expect_credit": O Own, F All; []
        RecordCreditReceipt "record_credit_receipt": O Own, F All; []
        ExamineCredit "examine_credit": O Own; []
        AskCreditAmendment "ask_credit_amendment": O Own; []
        RecordCreditAmended "record_credit_amended": O Own, F All; []
        RecordCreditAmendmentRefused "record_credit_amendment_refused": O Own, F All; []
        DeclareCreditWorkable "declare_credit_workable": O Own; []
        DrawCredit "draw_credit": F All; []
        CancelCredit "cancel_credit": O Own, F All; []
        RecordAmendmentReceipt "record_amendment_receipt": O Own, F All; []
        AcceptAmendment "accept_amendment": O Own; []
        RefuseAmendment "refuse_amendment": O Own; []
        PreparePresentation "prepare_presentation": O Own; []
        CompletePresentation "complete_presentation": O Own; []
        PresentDocuments "present_documents": O Own, F All; []
        PresentDocumentsLate "present_documents_late": M Led; [Author Requester Operator]
        RecordDiscrepancyNotice "record_discrepancy_notice": O Own, F All; []
        AskDiscrepancyWaiver "ask_discrepancy_waiver": O Own, F All; []
        CorrectPresentation "correct_presentation": O Own, F All; []
        RecordHonour "record_honour": F All; []
        RecordAcceptance "record_acceptance": F All; []
        RecordBankRefusal "record_bank_refusal": F All; []
        RecordPresentationPayment "record_presentation_payment": F All; []
    }
    finance {
        RecordReceipt "record_receipt": F All; []
        AllocateReceipt "allocate_receipt": F All; []
        ReverseAllocation "reverse_allocation": F All; []
        RefundAllocation "refund_allocation": F All; [Approver]
        RecordBankReturn "record_bank_return": F All; []
        KeepAllocation "keep_allocation": F All; [Approver]
        ApproveCancelledMoney "approve_cancelled_money": M Led; [Author Requester Operator]
        RecordReturnedPaper "record_returned_paper": O Own; []
        HandOverPapers "hand_over_papers": O Own; []
        TakeHandOver "take_hand_over": F All; []
        SendBackHandOver "send_back_hand_over": F All; []
        SettleExchange "settle_exchange": F All; []
        RetainExchange "retain_exchange": F All; []
        ReverseSettlement "reverse_settlement": F All; []
        AskPayable "ask_payable": O Own, F All; []
        ApprovePayable "approve_payable": M Led; [Author Requester Operator]
        PayPayable "pay_payable": F All; [Approver]
        ReversePayment "reverse_payment": F All; []
        IssueVerificationForm "issue_verification_form": F All; []
        RecordVerificationFormReturn "record_verification_form_return": O Own, F All; []
        VerifyForm "verify_form": F All; []
        MatchDeclaration "match_declaration": F All; []
        ExplainDifference "explain_difference": F All; []
        CollectRebate "collect_rebate": F All; []
        CompleteRebate "complete_rebate": F All; []
        DeclareRebate "declare_rebate": F All; []
        RecordRebateQuery "record_rebate_query": F All; []
        RecordRebateApproval "record_rebate_approval": F All; []
        RecordRebateRejection "record_rebate_rejection": F All; []
        RecordRebateReceipt "record_rebate_receipt": F All; []
        TurnRebateExempt "turn_rebate_exempt": F All; []
        TaxRebateClaim "tax_rebate_claim": F All; []
        DeclareRebateNotApplicable "declare_rebate_not_applicable": F All; []
    }
    relay {
        HearRelay "hear_relay": S Own, O Own; []
        PassOnRelay "pass_on_relay": S Own, O Own; []
        RecordRelayAcknowledgement "record_relay_acknowledgement": O Own; []
        RecordRelayAnswer "record_relay_answer": O Own; []
        WithdrawRelay "withdraw_relay": S Own, O Own; []
    }
    approvals {
        WithdrawSubmission "withdraw_submission": S Own, O Own, F All; [NotSubmitter]
        RemindApprover "remind_approver": S Own, O Own, F All; [NotSubmitter]
        ReviseReturned "revise_returned": S Own, O Own, F All; [NotAuthor]
        AskDecision "ask_decision": S Own, O Own, F All; []
        HandOverDecision "hand_over_decision": M Led; [Author Requester Operator]
        AskOpinion "ask_opinion": M Led; [Author Requester Operator]
        VoidDocument "void_document": M Led; []
    }
}

impl Deed {
    /// Asked of a thing that people have written, submitted or approved.
    pub fn of(self, hands: Hands) -> Asked {
        Asked { deed: self, hands }
    }
}

/// The one question: may this person do this deed, standing in this relation to the order?
///
/// The house itself does what the rules do (lapses, relays, latches) and never what a person must decide.
#[expect(
    clippy::too_many_lines,
    reason = "the questions of a verdict in the order they are asked"
)]
pub fn decide(by: &By, asked: &Asked, relation: &Relation) -> Verdict {
    let staff = match &by.who {
        Who::House => {
            return if asked.deed.never().is_empty() {
                Verdict::Allow
            } else {
                Verdict::Deny
            };
        }
        Who::Staff(staff) => staff,
    };
    if !relation.known {
        return Verdict::Hide;
    }
    let granted = asked.deed.grants().iter().any(|grant| {
        staff.roles.has(grant.role)
            && match grant.reach {
                Reach::All => true,
                Reach::Led => relation.led,
                Reach::Department => relation.member,
                Reach::Own => match grant.role {
                    Role::Salesperson => relation.salesperson,
                    Role::OrderOperator => relation.operator,
                    Role::Manager | Role::Finance | Role::Admin => {
                        relation.salesperson || relation.operator
                    }
                },
            }
    });
    let barred = asked.deed.never().iter().any(|hand| match hand {
        Hand::Author => asked.hands.authors.contains(&staff.id),
        Hand::Requester => asked.hands.requester == Some(staff.id),
        Hand::Operator => relation.operator,
        Hand::Approver => asked.hands.approver == Some(staff.id),
        Hand::NotAuthor => !asked.hands.authors.contains(&staff.id),
        Hand::NotSubmitter => asked.hands.requester != Some(staff.id),
    });
    if granted && !barred {
        Verdict::Allow
    } else {
        Verdict::Deny
    }
}

/// 403 or 404 where the rights say no, for deeds that stand outside any order.
pub fn must(by: &By, asked: impl Into<Asked>, relation: &Relation) -> Result<()> {
    let asked = asked.into();
    match decide(by, &asked, relation) {
        Verdict::Allow => Ok(()),
        Verdict::Hide => Err(Error::NotFound),
        Verdict::Deny => Err(super::barring::refused(by, &asked, relation, None)),
    }
}

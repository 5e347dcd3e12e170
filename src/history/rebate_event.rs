//! What can happen to papers handed over, verification, rebate claims and at the closing; part of the one list of events.

use crate::base::T;
use serde::{Deserialize, Serialize};

/// `shipment` is its number; `claim` its number with the place of the claim: `S26-0004/1`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum RebateEvent {
    PaperReturned {
        shipment: String,
        paper: String,
        from: String,
    },
    PapersHandedOver {
        shipment: String,
        papers: usize,
        reason: String,
    },
    PapersTaken {
        shipment: String,
    },
    PapersSentBack {
        shipment: String,
        words: String,
    },
    VerificationFormIssued {
        declaration: String,
        form: String,
    },
    VerificationFormReturned {
        declaration: String,
        from: String,
    },
    VerificationFormVerified {
        declaration: String,
        on: String,
    },
    DeclarationMatched {
        declaration: String,
    },
    DifferenceExplained {
        declaration: String,
        words: String,
    },
    RebateCollected {
        claim: String,
        /// Numbers of what was laid in: declarations, an invoice.
        what: String,
    },
    RebateInvoiceTakenOut {
        claim: String,
        invoice: String,
    },
    RebateFilingSet {
        claim: String,
    },
    RebateComplete {
        claim: String,
    },
    RebateDeclared {
        claim: String,
        batch: String,
        on: String,
    },
    RebateQueried {
        claim: String,
        words: String,
    },
    RebateApproved {
        claim: String,
        on: String,
    },
    RebateReceived {
        claim: String,
        on: String,
    },
    /// Rejected, exempt, taxed, not applicable.
    RebateEnded {
        claim: String,
        how: String,
        words: String,
    },
    OrderClosed,
}

impl RebateEvent {
    #[expect(clippy::too_many_lines, reason = "one sentence a variant")]
    pub fn tell(&self, t: T) -> String {
        match self {
            Self::PaperReturned {
                shipment,
                paper,
                from,
            } => t.rebate_told_paper_returned(shipment, paper_word(t, paper), from),
            Self::PapersHandedOver {
                shipment,
                papers,
                reason,
            } if reason.is_empty() => t.rebate_told_handed_over(shipment, papers),
            Self::PapersHandedOver {
                shipment,
                papers,
                reason,
            } => t.rebate_told_handed_over_without(shipment, papers, reason),
            Self::PapersTaken { shipment } => t.rebate_told_taken(shipment),
            Self::PapersSentBack { shipment, words } => t.rebate_told_sent_back(shipment, words),
            Self::VerificationFormIssued { declaration, form } => {
                t.rebate_told_form_issued(form, declaration)
            }
            Self::VerificationFormReturned { declaration, from } => {
                t.rebate_told_form_returned(declaration, from)
            }
            Self::VerificationFormVerified { declaration, on } => {
                t.rebate_told_form_verified(declaration, on)
            }
            // Amounts are not everybody's; they stand on the page of the declaration.
            Self::DeclarationMatched { declaration } => t.rebate_told_matched(declaration),
            Self::DifferenceExplained { declaration, words } => {
                t.rebate_told_explained(declaration, words)
            }
            Self::RebateCollected { claim, what } => t.rebate_told_collected(claim, what),
            Self::RebateInvoiceTakenOut { claim, invoice } => {
                t.rebate_told_invoice_taken_out(claim, invoice)
            }
            Self::RebateFilingSet { claim } => t.rebate_told_filing_set(claim),
            Self::RebateComplete { claim } => t.rebate_told_complete(claim),
            Self::RebateDeclared { claim, batch, on } => t.rebate_told_declared(claim, batch, on),
            Self::RebateQueried { claim, words } => t.rebate_told_queried(claim, words),
            // Amounts of the rebate are not everybody's; they stand on the claim's own page.
            Self::RebateApproved { claim, on } => t.rebate_told_approved(claim, on),
            Self::RebateReceived { claim, on } => t.rebate_told_received(claim, on),
            Self::RebateEnded { claim, how, words } => {
                t.rebate_told_ended(claim, end_word(t, how), words)
            }
            Self::OrderClosed => t.rebate_told_order_closed().into(),
        }
    }
}

fn paper_word(t: T, code: &str) -> &str {
    match code {
        "declaration" => t.rebate_paper_declaration(),
        "verification_form" => t.rebate_paper_verification_form(),
        "transport_document" => t.rebate_paper_transport_document(),
        "invoice" => t.rebate_paper_invoice(),
        "packing_list" => t.rebate_paper_packing_list(),
        "bank_slip" => t.rebate_paper_bank_slip(),
        other => other,
    }
}

fn end_word(t: T, code: &str) -> &str {
    match code {
        "rejected" => t.rebate_claim_rejected(),
        "turned_exempt" => t.rebate_claim_turned_exempt(),
        "taxed" => t.rebate_claim_taxed(),
        "not_applicable" => t.rebate_claim_not_applicable(),
        other => other,
    }
}

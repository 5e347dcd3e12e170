//! What can happen to production orders and their progress; part of the one list of events.
//!
//! No factory price stands in an event: the timeline is read by the salesperson too.

use super::event::Change;
use crate::base::T;
use serde::{Deserialize, Serialize};

/// `paper` is the revision as people call it: `1 r2`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum ProductionEvent {
    ProductionOrderDrafted {
        paper: String,
        factory: String,
    },
    ProductionOrderChanged {
        paper: String,
        changes: Vec<Change>,
    },
    ProductionTermsApproved {
        paper: String,
    },
    ProductionTermsReturned {
        paper: String,
        words: String,
    },
    ProductionRevisionApproved {
        paper: String,
    },
    ProductionRevisionReturned {
        paper: String,
        words: String,
    },
    ProductionGateOverridden {
        paper: String,
        reason: String,
    },
    ProductionOrderIssued {
        paper: String,
        to: String,
        channel: String,
    },
    ProductionOrderAcknowledged {
        paper: String,
        who: String,
        channel: String,
    },
    ProductionCounterProposed {
        paper: String,
        who: String,
        channel: String,
        changes: Vec<Change>,
    },
    ProductionCounterAccepted {
        paper: String,
    },
    ProductionCounterReturned {
        paper: String,
        words: String,
    },
    ProductionCounterDeclined {
        paper: String,
        words: String,
    },
    ProductionStarted {
        paper: String,
    },
    ProductionReady {
        paper: String,
        quantity: String,
    },
    ProductionOrderClosed {
        paper: String,
    },
    ProductionOrderSuperseded {
        paper: String,
    },
    ProductionOrderVoided {
        paper: String,
        reason: String,
    },
    ProgressReported {
        paper: String,
        who: String,
        changes: Vec<Change>,
    },
}

impl ProductionEvent {
    pub fn changes(&self) -> &[Change] {
        match self {
            Self::ProductionOrderChanged { changes, .. }
            | Self::ProductionCounterProposed { changes, .. }
            | Self::ProgressReported { changes, .. } => changes,
            _ => &[],
        }
    }

    /// The sentence of the timeline, without who and when.
    pub fn tell(&self, t: T) -> String {
        match self {
            Self::ProductionOrderDrafted { paper, factory } => {
                t.production_event_drafted(paper, factory)
            }
            Self::ProductionOrderChanged { paper, changes } => {
                t.production_event_changed(paper, changes.len())
            }
            Self::ProductionTermsApproved { paper } => t.production_event_terms_approved(paper),
            Self::ProductionTermsReturned { paper, words } => {
                t.production_event_terms_returned(paper, words)
            }
            Self::ProductionGateOverridden { paper, reason } => {
                t.production_event_overridden(paper, reason)
            }
            Self::ProductionOrderIssued { paper, to, .. } => t.production_event_issued(paper, to),
            Self::ProductionOrderAcknowledged { paper, who, .. } => {
                t.production_event_acknowledged(paper, who)
            }
            Self::ProductionCounterProposed { paper, who, .. } => {
                t.production_event_counter(paper, who)
            }
            _ => self.tell_of_the_run(t),
        }
    }

    fn tell_of_the_run(&self, t: T) -> String {
        match self {
            Self::ProductionRevisionApproved { paper } => {
                t.production_event_revision_approved(paper)
            }
            Self::ProductionRevisionReturned { paper, words } => {
                t.production_event_revision_returned(paper, words)
            }
            Self::ProductionCounterAccepted { paper } => t.production_event_accepted(paper),
            Self::ProductionCounterReturned { paper, words } => {
                t.production_event_returned(paper, words)
            }
            Self::ProductionCounterDeclined { paper, words } => {
                t.production_event_declined(paper, words)
            }
            Self::ProductionStarted { paper } => t.production_event_started(paper),
            Self::ProductionReady { paper, quantity } => t.production_event_ready(paper, quantity),
            Self::ProductionOrderClosed { paper } => t.production_event_closed(paper),
            Self::ProductionOrderSuperseded { paper } => t.production_event_superseded(paper),
            Self::ProductionOrderVoided { paper, reason } => {
                t.production_event_voided(paper, reason)
            }
            Self::ProgressReported { paper, who, .. } => t.production_event_progress(paper, who),
            _ => String::new(),
        }
    }
}

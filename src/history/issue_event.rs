//! What can happen to issues, change orders, inspections and issued papers; part of the one list of events.

use super::event::Change;
use crate::base::{Channel, T, tongues};
use serde::{Deserialize, Serialize};

/// `number` is the thing's number within its order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum IssueEvent {
    IssueReported {
        number: i32,
        title: String,
        severity: String,
    },
    IssueSaid {
        number: i32,
        audience: String,
        words: String,
    },
    /// What a side said, as a colleague recorded it.
    IssueHeard {
        number: i32,
        audience: String,
        who: String,
        channel: String,
        on: String,
        words: String,
    },
    IssueHandedToSales {
        number: i32,
    },
    IssueAskedOfCustomer {
        number: i32,
        words: String,
    },
    IssueAgreed {
        number: i32,
        result: String,
        bearer: String,
    },
    IssueConveyed {
        number: i32,
        words: String,
    },
    IssueAcknowledged {
        number: i32,
        who: String,
        channel: String,
        /// Which of several, in both languages.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        factory: String,
    },
    IssueResolved {
        number: i32,
        words: String,
    },
    IssueClosed {
        number: i32,
    },
    IssueDropped {
        number: i32,
        reason: String,
    },
    ChangeOrderRaised {
        number: i32,
        changes: Vec<Change>,
    },
    ChangeOrderApproved {
        number: i32,
    },
    ChangeOrderAgreed {
        number: i32,
        who: String,
        channel: String,
    },
    ChangeOrderLineAcknowledged {
        number: i32,
        line: i32,
        who: String,
    },
    ChangeOrderApplied {
        number: i32,
        papers: Vec<String>,
    },
    ChangeOrderRefused {
        number: i32,
        by: String,
        words: String,
    },
    ChangeOrderWithdrawn {
        number: i32,
        reason: String,
    },
    InspectionPlanned {
        number: i32,
        kind: String,
        on: String,
    },
    InspectionChanged {
        number: i32,
    },
    InspectionRecorded {
        number: i32,
        critical: i64,
        major: i64,
        minor: i64,
    },
    InspectionPassed {
        number: i32,
        words: String,
    },
    InspectionFailed {
        number: i32,
        words: String,
    },
    InspectionLeftPending {
        number: i32,
        words: String,
    },
    InspectionWaived {
        number: i32,
        reason: String,
    },
    InspectionCalledOff {
        number: i32,
        reason: String,
    },
    PaperSentAgain {
        paper: String,
        to: String,
        channel: String,
    },
    StalePaperOverridden {
        paper: String,
        reason: String,
    },
}

impl IssueEvent {
    pub fn changes(&self) -> &[Change] {
        match self {
            Self::ChangeOrderRaised { changes, .. } => changes,
            _ => &[],
        }
    }

    /// The sentence of the timeline, without who and when.
    pub fn tell(&self, t: T) -> String {
        match self {
            Self::IssueReported { number, title, .. } => t.history_issue_reported(number, title),
            Self::IssueSaid { number, words, .. } => t.history_issue_said(number, words),
            Self::IssueHeard {
                number,
                who,
                channel,
                on,
                words,
                ..
            } => {
                let channel = Channel::parse(channel).map_or("", |channel| channel.label(t));
                t.history_issue_heard(who, channel, on, number, words)
            }
            Self::IssueHandedToSales { number } => t.history_issue_handed_to_sales(number),
            Self::IssueAskedOfCustomer { number, words } => {
                t.history_issue_asked_of_customer(number, words)
            }
            Self::IssueAgreed { number, result, .. } => t.history_issue_agreed(number, result),
            Self::IssueConveyed { number, .. } => t.history_issue_conveyed(number),
            Self::IssueAcknowledged {
                number,
                who,
                factory,
                ..
            } => match tongues::own(t, factory) {
                "" => t.history_issue_acknowledged(who, number),
                factory => t.history_issue_acknowledged_of(factory, who, number),
            },
            Self::IssueResolved { number, words } => t.history_issue_resolved(number, words),
            Self::IssueClosed { number } => t.history_issue_closed(number),
            Self::IssueDropped { number, reason } => t.history_issue_dropped(number, reason),
            Self::StalePaperOverridden { paper, reason } => {
                t.history_stale_paper_overridden(paper, reason)
            }
            _ => self.tell_of_changes(t),
        }
    }

    fn tell_of_changes(&self, t: T) -> String {
        match self {
            Self::ChangeOrderRaised { number, changes } => {
                t.history_change_order_raised(number, changes.len())
            }
            Self::ChangeOrderApproved { number } => t.history_change_order_approved(number),
            Self::ChangeOrderAgreed { number, who, .. } => {
                t.history_change_order_agreed(who, number)
            }
            Self::ChangeOrderLineAcknowledged { number, line, who } => {
                t.history_change_order_line_acknowledged(who, line, number)
            }
            Self::ChangeOrderApplied { number, papers } if papers.is_empty() => {
                t.history_change_order_applied(number)
            }
            Self::ChangeOrderApplied { number, papers } => {
                t.history_change_order_applied_stale(number, papers.join(t.web_list_comma()))
            }
            Self::ChangeOrderRefused { number, words, .. } => {
                t.history_change_order_refused(number, words)
            }
            Self::ChangeOrderWithdrawn { number, reason } => {
                t.history_change_order_withdrawn(number, reason)
            }
            _ => self.tell_of_inspections(t),
        }
    }

    fn tell_of_inspections(&self, t: T) -> String {
        match self {
            Self::InspectionPlanned { number, on, .. } => t.history_inspection_planned(number, on),
            Self::InspectionChanged { number } => t.history_inspection_changed(number),
            Self::InspectionRecorded {
                number,
                critical,
                major,
                minor,
            } => t.history_inspection_recorded(number, critical, major, minor),
            Self::InspectionPassed { number, .. } => t.history_inspection_passed(number),
            Self::InspectionFailed { number, words } => t.history_inspection_failed(number, words),
            Self::InspectionLeftPending { number, words } => {
                t.history_inspection_left_pending(number, words)
            }
            Self::InspectionWaived { number, reason } => {
                t.history_inspection_waived(number, reason)
            }
            Self::PaperSentAgain { paper, to, .. } => t.history_paper_sent_again(paper, to),
            Self::InspectionCalledOff { number, reason } => {
                t.history_inspection_called_off(number, reason)
            }
            _ => String::new(),
        }
    }
}

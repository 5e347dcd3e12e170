//! Event: the list of everything that can happen. A new thing that happens gets a variant here, and a sentence in
//! both languages; timelines, notices, audit and reports read nothing else.

use super::approval_event::ApprovalEvent;
use super::credit_event::CreditEvent;
use super::finance_event::FinanceEvent;
use super::issue_event::IssueEvent;
use super::passing::Passed;
use super::production_event::ProductionEvent;
use super::rebate_event::RebateEvent;
use super::sample_event::SampleEvent;
use super::shipping_event::ShippingEvent;
use super::task_event::TaskEvent;
use crate::base::{Money, T};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// One value that changed: which, from what, to what. Both as a person reads them on the paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub field: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

impl Change {
    /// A change when the two differ; nothing otherwise.
    pub fn between(field: &str, from: &str, to: &str) -> Option<Self> {
        let keep = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        (from != to).then(|| Self {
            field: field.to_owned(),
            from: keep(from),
            to: keep(to),
        })
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Event {
    // people
    DepartmentOpened {
        name: String,
    },
    DepartmentChanged {
        changes: Vec<Change>,
    },
    PersonInvited {
        email: String,
        roles: Vec<String>,
    },
    PersonChanged {
        changes: Vec<Change>,
    },
    PersonDisabled,
    PersonEnabled,
    PasswordSet,
    PasswordLinkMade,
    DeputyNamed {
        deputy: String,
        from: String,
        until: String,
    },
    DeputyWithdrawn {
        deputy: String,
    },
    // parties and catalog
    EntryAdded {
        name: String,
    },
    EntryChanged {
        changes: Vec<Change>,
    },
    EntryArchived,
    EntryRestored,
    // orders
    OrderOpened {
        lines: usize,
        source: Option<String>,
    },
    OrderChanged {
        changes: Vec<Change>,
    },
    LinesChanged {
        changes: Vec<Change>,
    },
    OrderReassigned {
        changes: Vec<Change>,
        /// Missing in what was written before it could be taken back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        passed: Option<Passed>,
    },
    StepDone {
        step: u8,
    },
    StepsSkipped {
        reason: String,
    },
    StepReopened {
        step: u8,
        reason: String,
    },
    OrderHeld {
        reason: String,
        until: String,
    },
    OrderResumed,
    OrderCancelling {
        reason: String,
    },
    OrderCancelled,
    OrderDropped {
        reason: String,
    },
    /// What the customer no longer takes.
    LinesShortClosed {
        changes: Vec<Change>,
        reason: String,
    },
    OrderSplit {
        to: String,
    },
    OrderSplitFrom {
        from: String,
    },
    FileStored {
        name: String,
        audience: String,
    },
    NoteWritten {
        text: String,
    },
    // proforma
    ProformaDrafted {
        revision: i32,
    },
    ProformaChanged {
        revision: i32,
        changes: Vec<Change>,
    },
    ProformaSubmitted {
        revision: i32,
        total: Money,
    },
    ProformaWithdrawn {
        revision: i32,
    },
    ProformaApproved {
        revision: i32,
        level: i16,
    },
    ProformaReturned {
        revision: i32,
        words: String,
    },
    ProformaRevised {
        revision: i32,
    },
    ProformaSent {
        revision: i32,
        to: String,
        channel: String,
    },
    ProformaConfirmed {
        revision: i32,
        who: String,
        channel: String,
    },
    ProformaChangeRequested {
        revision: i32,
        words: String,
    },
    ProformaLapsed {
        revision: i32,
    },
    ProformaVoided {
        revision: i32,
        reason: String,
    },
    // approvals
    ApprovalReminded {
        subject: String,
    },
    ApprovalHandedOn {
        to: String,
    },
    // the bridge
    RelayHeard {
        from: String,
        to: String,
        words: String,
    },
    RelayPassed {
        channel: String,
        to: String,
        /// Which factory or forwarder, in both languages.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        name: String,
    },
    RelayAcknowledged {
        /// Zero: every line.
        line: i32,
        from: String,
        who: String,
    },
    RelayAnswered {
        from: String,
        words: String,
    },
    RelayWithdrawn {
        reason: String,
    },
    // the desks, each in a list of its own; stored under the names of that list
    #[serde(untagged)]
    Sample(SampleEvent),
    #[serde(untagged)]
    Production(ProductionEvent),
    #[serde(untagged)]
    Issue(IssueEvent),
    #[serde(untagged)]
    Shipping(ShippingEvent),
    #[serde(untagged)]
    Rebate(RebateEvent),
    #[serde(untagged)]
    Finance(FinanceEvent),
    #[serde(untagged)]
    Credit(CreditEvent),
    #[serde(untagged)]
    Approval(ApprovalEvent),
    #[serde(untagged)]
    Task(TaskEvent),
}

impl Event {
    /// The variant's name as it is stored, e.g. `proforma_approved`.
    pub fn kind(&self) -> String {
        serde_json::to_value(self)
            .ok()
            .and_then(|value| {
                value
                    .get("is")
                    .and_then(|is| is.as_str())
                    .map(str::to_owned)
            })
            .unwrap_or_default()
    }

    /// Values that changed, where the event is a change of values.
    pub fn changes(&self) -> &[Change] {
        match self {
            Self::DepartmentChanged { changes }
            | Self::PersonChanged { changes }
            | Self::EntryChanged { changes }
            | Self::OrderChanged { changes }
            | Self::LinesChanged { changes }
            | Self::OrderReassigned { changes, .. }
            | Self::LinesShortClosed { changes, .. }
            | Self::ProformaChanged { changes, .. } => changes,
            Self::Sample(event) => event.changes(),
            Self::Production(event) => event.changes(),
            Self::Issue(event) => event.changes(),
            Self::Shipping(event) => event.changes(),
            Self::Finance(event) => event.changes(),
            Self::Credit(event) => event.changes(),
            Self::Task(event) => event.changes(),
            _ => &[],
        }
    }

    /// The sentence of the timeline, without who and when.
    pub fn tell(&self, t: T) -> String {
        match self {
            Self::DepartmentOpened { name } => t.history_department_opened(name),
            Self::DepartmentChanged { changes } => t.history_department_changed(changes.len()),
            Self::PersonInvited { email, .. } => t.history_person_invited(email),
            Self::PersonChanged { changes } => t.history_person_changed(changes.len()),
            Self::PersonDisabled => t.history_person_disabled().into(),
            Self::PersonEnabled => t.history_person_enabled().into(),
            Self::PasswordSet => t.history_password_set().into(),
            Self::PasswordLinkMade => t.history_password_link_made().into(),
            Self::DeputyNamed {
                deputy,
                from,
                until,
            } => t.history_deputy_named(deputy, from, until),
            Self::DeputyWithdrawn { deputy } => t.history_deputy_withdrawn(deputy),
            Self::EntryAdded { name } => t.history_entry_added(name),
            Self::EntryChanged { changes } => t.history_entry_changed(changes.len()),
            Self::EntryArchived => t.history_entry_archived().into(),
            Self::EntryRestored => t.history_entry_restored().into(),
            Self::Sample(event) => event.tell(t),
            Self::Production(event) => event.tell(t),
            Self::Issue(event) => event.tell(t),
            Self::Shipping(event) => event.tell(t),
            Self::Rebate(event) => event.tell(t),
            Self::Finance(event) => event.tell(t),
            Self::Credit(event) => event.tell(t),
            Self::Approval(event) => event.tell(t),
            Self::Task(event) => event.tell(t),
            _ => self.tell_of_the_order(t),
        }
    }

    fn tell_of_the_order(&self, t: T) -> String {
        match self {
            Self::OrderOpened {
                lines,
                source: Some(file),
            } => t.history_order_opened_from(file, lines),
            Self::OrderOpened {
                lines,
                source: None,
            } => t.history_order_opened(lines),
            Self::OrderChanged { changes } => t.history_order_changed(changes.len()),
            Self::LinesChanged { changes } => t.history_lines_changed(changes.len()),
            Self::OrderReassigned { .. } => t.history_order_reassigned().into(),
            Self::StepDone { step } => t.history_step_done(step),
            Self::StepsSkipped { reason } => t.history_steps_skipped(reason),
            Self::StepReopened { step, reason } => t.history_step_reopened(step, reason),
            Self::OrderHeld { reason, until } => t.history_order_held(reason, until),
            Self::OrderResumed => t.history_order_resumed().into(),
            Self::OrderCancelling { reason } => t.history_order_cancelling(reason),
            Self::OrderCancelled => t.history_order_cancelled().into(),
            Self::OrderDropped { reason } => t.history_order_dropped(reason),
            Self::LinesShortClosed { reason, .. } => t.history_lines_short_closed(reason),
            Self::OrderSplit { to } => t.history_order_split(to),
            Self::OrderSplitFrom { from } => t.history_order_split_from(from),
            Self::FileStored { name, .. } => t.history_file_stored(name),
            Self::NoteWritten { text } => t.history_note_written(text),
            Self::ApprovalReminded { subject } => t.history_approval_reminded(subject),
            Self::ApprovalHandedOn { to } => t.history_approval_handed_on(to),
            _ => self.tell_of_the_bridge(t),
        }
    }

    fn tell_of_the_bridge(&self, t: T) -> String {
        match self {
            Self::RelayHeard { from, words, .. } if from == "us" => t.history_relay_owed(words),
            Self::RelayHeard { from, words, .. } => t.history_relay_heard(side(t, from), words),
            Self::RelayPassed { to, name, .. } if name.is_empty() => {
                t.history_relay_passed(side(t, to))
            }
            Self::RelayPassed { name, .. } => {
                t.history_relay_passed(crate::base::tongues::own(t, name))
            }
            Self::RelayAcknowledged { line: 0, from, who } => {
                t.history_relay_acknowledged_all(side(t, from), who)
            }
            Self::RelayAcknowledged { line, from, who } => {
                t.history_relay_acknowledged(side(t, from), who, line)
            }
            Self::RelayAnswered { from, words } => t.history_relay_answered(side(t, from), words),
            Self::RelayWithdrawn { reason } => t.history_relay_withdrawn(reason),
            _ => self.tell_of_the_proforma(t),
        }
    }

    fn tell_of_the_proforma(&self, t: T) -> String {
        match self {
            Self::ProformaDrafted { revision } => t.history_proforma_drafted(revision),
            Self::ProformaChanged { revision, changes } => {
                t.history_proforma_changed(revision, changes.len())
            }
            Self::ProformaSubmitted { revision, total } => {
                t.history_proforma_submitted(revision, total.currency, grouped(total.amount))
            }
            Self::ProformaWithdrawn { revision } => t.history_proforma_withdrawn(revision),
            Self::ProformaApproved { revision, .. } => t.history_proforma_approved(revision),
            Self::ProformaReturned { revision, words } => {
                t.history_proforma_returned(revision, words)
            }
            Self::ProformaRevised { revision } => t.history_proforma_revised(revision),
            Self::ProformaSent { revision, to, .. } => t.history_proforma_sent(revision, to),
            Self::ProformaConfirmed { revision, who, .. } => {
                t.history_proforma_confirmed(revision, who)
            }
            Self::ProformaChangeRequested { revision, words } => {
                t.history_proforma_change_requested(revision, words)
            }
            Self::ProformaLapsed { revision } => t.history_proforma_lapsed(revision),
            Self::ProformaVoided { revision, reason } => {
                t.history_proforma_voided(revision, reason)
            }
            _ => self.kind(),
        }
    }
}

/// A side of the bridge by its word.
fn side(t: T, code: &str) -> &str {
    crate::base::Party::parse(code).map_or(code, |party| party.label(t))
}

fn grouped(amount: Decimal) -> String {
    crate::base::format::number(amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_stored_under_its_name_and_read_back() {
        let event = Event::ProformaReturned {
            revision: 2,
            words: "价格".into(),
        };
        assert_eq!(event.kind(), "proforma_returned");
        let stored = serde_json::to_value(&event).unwrap();
        assert_eq!(serde_json::from_value::<Event>(stored).unwrap(), event);
    }

    #[test]
    fn an_event_of_a_desks_own_list_is_stored_like_any_other() {
        let note = "S1 r2".to_owned();
        for (event, kind) in [
            (
                Event::Sample(SampleEvent::SampleNoteSigned { note }),
                "sample_note_signed",
            ),
            (
                Event::Issue(IssueEvent::IssueClosed { number: 4 }),
                "issue_closed",
            ),
        ] {
            assert_eq!(event.kind(), kind);
            let stored = serde_json::to_value(&event).unwrap();
            assert_eq!(serde_json::from_value::<Event>(stored).unwrap(), event);
        }
    }

    #[test]
    fn only_what_differs_is_a_change() {
        assert_eq!(Change::between("place", "Ningbo", "Ningbo"), None);
        let change = Change::between("place", "", "Ningbo").unwrap();
        assert_eq!((change.from, change.to.as_deref()), (None, Some("Ningbo")));
    }
}

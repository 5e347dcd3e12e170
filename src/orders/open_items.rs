//! Open items 未了事项: what stands open on an order, whose move it is, who watches it, and until when.
//!
//! A pure function of facts, moment and working calendar; rewritten at the end of every act. Home, list, board and the
//! next-action box read its rows and nothing else. An order that is open always has at least one.
//!
//! Due moments until the plan engine: approval within the working day's four hours, a customer's answer to a proforma
//! invoice three working days, a production order two working days after the confirmation, all else one working day
//! (ux 3.1; offsets before the shipment date of rules 9 where a delivery date is agreed).

pub use super::item_kind::{ItemKind, due_from};

use super::desks;
use super::facts::{Facts, OwedRelay, Paper, PaperStage};
use super::lifecycle::{Blocker, Condition, Outcome, Status, Step, blockers};
use crate::base::calendar::Calendar;
use crate::base::{Party, PersonId};
use chrono::{DateTime, TimeDelta, Utc};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenItem {
    pub step: Step,
    pub kind: ItemKind,
    /// Which paper or relay it is about, as it stands in its address; empty for the order itself.
    pub subject: String,
    pub waiting: Party,
    pub owner: PersonId,
    /// Words of others that the sentence quotes.
    pub quoted: String,
    pub since: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
    pub problem: bool,
}

/// Everything that stands open now.
pub fn open_items(facts: &Facts, calendar: &Calendar) -> Vec<OpenItem> {
    match facts.order.condition {
        Condition::Cancelled | Condition::Dropped => Vec::new(),
        Condition::Closed => late(facts, calendar),
        Condition::OnHold => held(facts, calendar),
        Condition::Cancelling => cancelling(facts, calendar),
        Condition::Open => moving(facts, calendar),
    }
}

fn moving(facts: &Facts, calendar: &Calendar) -> Vec<OpenItem> {
    let mut items = all(facts, calendar);
    if items.is_empty() {
        items.push(leave(facts, calendar, facts.latches.step()));
    }
    items
}

/// What relays and desks leave open, whatever the order's condition.
fn all(facts: &Facts, calendar: &Calendar) -> Vec<OpenItem> {
    let mut items: Vec<OpenItem> = facts
        .relays
        .iter()
        .map(|relay| owed(facts, relay))
        .collect();
    let step = facts.latches.step();
    if step <= Step::SampleConfirmation {
        early(facts, calendar, step, &mut items);
    }
    desks::samples::items(facts, calendar, &mut items);
    proforma(facts, calendar, &mut items);
    desks::production::items(facts, calendar, &mut items);
    desks::issues::items(facts, calendar, &mut items);
    desks::shipping::items(facts, calendar, &mut items);
    desks::credits::items(facts, calendar, &mut items);
    desks::finance::items(facts, calendar, &mut items);
    desks::rebate::items(facts, calendar, &mut items);
    desks::exceptions::items(facts, calendar, &mut items);
    desks::opinions::items(facts, calendar, &mut items);
    items
}

pub(super) fn item(
    facts: &Facts,
    step: Step,
    kind: ItemKind,
    waiting: Party,
    (since, due_at): (DateTime<Utc>, DateTime<Utc>),
) -> OpenItem {
    OpenItem {
        step,
        kind,
        subject: String::new(),
        waiting,
        owner: facts.order.operator,
        quoted: String::new(),
        since,
        due_at,
        problem: false,
    }
}

/// On hold our own clocks stop; those of carriers, banks, the tax office and of what is owed run on beside the review.
fn held(facts: &Facts, calendar: &Calendar) -> Vec<OpenItem> {
    let since = facts.order.step_since;
    let due = facts
        .order
        .held_until
        .map_or(since, |day| calendar.end_of(day));
    let review = item(
        facts,
        facts.latches.step(),
        ItemKind::ReviewHold,
        Party::Us,
        (since, due),
    );
    let mut items = all(facts, calendar);
    items.retain(|item| item.kind.runs_on_hold());
    items.push(review);
    items
}

/// A closed file had nothing open; what a late fact brings is done like anything else.
fn late(facts: &Facts, calendar: &Calendar) -> Vec<OpenItem> {
    let mut items = all(facts, calendar);
    items.retain(|item| item.kind.comes_late());
    items
}

/// Until a cancellation is done: who must still know it, and the customer's money.
fn cancelling(facts: &Facts, calendar: &Calendar) -> Vec<OpenItem> {
    let mut items: Vec<OpenItem> = facts
        .relays
        .iter()
        .map(|relay| owed(facts, relay))
        .collect();
    if facts.order.money_held {
        let since = facts.order.step_since;
        items.push(OpenItem {
            problem: true,
            ..item(
                facts,
                facts.latches.step(),
                ItemKind::ReturnMoney,
                Party::Finance,
                (since, calendar.after_days(since, 3)),
            )
        });
    }
    items
}

fn owed(facts: &Facts, relay: &OwedRelay) -> OpenItem {
    let (kind, waiting) = if relay.passed_on {
        (ItemKind::Acknowledge, relay.to)
    } else {
        (ItemKind::PassOn, Party::Us)
    };
    OpenItem {
        subject: relay.number.to_string(),
        quoted: relay.subject.clone(),
        ..item(
            facts,
            relay.step,
            kind,
            waiting,
            (relay.since, relay.due_at),
        )
    }
}

/// Steps 1 to 3: what the order itself lacks.
fn early(facts: &Facts, calendar: &Calendar, step: Step, items: &mut Vec<OpenItem>) {
    let since = facts.order.step_since;
    let due = calendar.after_days(since, 1);
    if step == Step::SampleNote && facts.samples.rounds == 0 {
        items.push(item(
            facts,
            step,
            ItemKind::StartSample,
            Party::Us,
            (since, due),
        ));
    }
    if step == Step::SampleConfirmation {
        if !facts.order.details_settled {
            items.push(item(
                facts,
                step,
                ItemKind::SettleDetails,
                Party::Us,
                (since, due),
            ));
        }
        if !facts.order.customer_reference {
            let due = calendar.after_days(since, 3);
            let mut ask = item(
                facts,
                step,
                ItemKind::GetReference,
                Party::Customer,
                (since, due),
            );
            ask.owner = facts.order.salesperson;
            items.push(ask);
        }
    }
}

fn proforma(facts: &Facts, calendar: &Calendar, items: &mut Vec<OpenItem>) {
    let Some(paper) = &facts.proforma.open else {
        let missing =
            facts.proforma.confirmed.is_none() && facts.latches.step() >= Step::ProformaInvoice;
        if missing {
            let since = facts.order.step_since;
            let times = (since, calendar.after_days(since, 1));
            items.push(item(
                facts,
                Step::ProformaInvoice,
                ItemKind::DraftProforma,
                Party::Us,
                times,
            ));
        }
        return;
    };
    let (kind, waiting, due, problem) = stage(paper, calendar);
    items.push(OpenItem {
        subject: paper.revision.to_string(),
        owner: if kind == ItemKind::ConfirmProforma {
            facts.order.operator
        } else {
            whose(facts, paper)
        },
        problem,
        ..item(
            facts,
            Step::ProformaInvoice,
            kind,
            waiting,
            (paper.since, due),
        )
    });
}

/// A draft is finished by who writes it, when she still keeps the order; else by its operator.
fn whose(facts: &Facts, paper: &Paper) -> PersonId {
    if paper.author == facts.order.salesperson {
        paper.author
    } else {
        facts.order.operator
    }
}

fn stage(paper: &Paper, calendar: &Calendar) -> (ItemKind, Party, DateTime<Utc>, bool) {
    let day = calendar.after_days(paper.since, 1);
    match paper.stage {
        PaperStage::Draft => (ItemKind::FinishProforma, Party::Us, day, false),
        PaperStage::Returned => (ItemKind::ReviseProforma, Party::Us, day, true),
        PaperStage::Submitted => (
            ItemKind::DecideProforma,
            Party::Manager,
            calendar.after_hours(paper.since, 4),
            false,
        ),
        PaperStage::Approved => (
            ItemKind::SendProforma,
            Party::Us,
            calendar.after_hours(paper.since, 4),
            false,
        ),
        PaperStage::Sent => (
            ItemKind::ConfirmProforma,
            Party::Customer,
            calendar.after_days(paper.since, 3),
            false,
        ),
        PaperStage::ChangeRequested | PaperStage::Lapsed => {
            (ItemKind::ReopenProforma, Party::Us, day, true)
        }
    }
}

/// Nothing else stands open, so what holds the step itself does.
fn leave(facts: &Facts, calendar: &Calendar, step: Step) -> OpenItem {
    let first: Option<Blocker> = blockers(step, facts).into_iter().next();
    let since = facts.order.step_since;
    let waiting = first.map_or(Party::Us, Blocker::waits_for);
    OpenItem {
        quoted: step.number().to_string(),
        ..item(
            facts,
            step,
            ItemKind::LeaveStep,
            waiting,
            (since, calendar.after_days(since, 3)),
        )
    }
}

/// Within this time an item is *due soon*.
pub const SOON: TimeDelta = TimeDelta::hours(48);

/// What one step shows, from its latch and its open items: problem > late > due > waiting > doing.
pub fn status(step: Step, latch: Option<Outcome>, items: &[OpenItem], at: DateTime<Utc>) -> Status {
    let of_step: Vec<&OpenItem> = items.iter().filter(|item| item.step == step).collect();
    let ours = of_step.iter().any(|item| item.waiting == Party::Us);
    let other = of_step
        .iter()
        .find(|item| item.waiting != Party::Us)
        .map(|item| item.waiting);
    if of_step.iter().any(|item| item.problem) {
        return Status::Problem;
    }
    // A spoiled done step shows its problem; anything calmer leaves it done.
    match latch {
        Some(Outcome::Done) => return Status::Done,
        Some(Outcome::Skipped) => return Status::Skipped,
        None => {}
    }
    if of_step.iter().any(|item| item.due_at < at) {
        Status::Late
    } else if of_step.iter().any(|item| item.due_at < at + SOON) {
        Status::Due
    } else if let (false, Some(party)) = (ours, other) {
        Status::Waiting(party)
    } else if of_step.is_empty() {
        Status::None
    } else {
        Status::Doing
    }
}

/// The item that comes first: what is due first; at one moment, ours before others'. A receipt that is awaited for words
/// already passed on moves nothing, so it stands behind all else.
pub fn first(items: &[OpenItem]) -> Option<&OpenItem> {
    items.iter().min_by_key(|item| {
        (
            item.kind == ItemKind::Acknowledge,
            item.due_at,
            item.waiting != Party::Us,
            item.kind.code(),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::desks::dues::Call;

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text)
            .unwrap()
            .with_timezone(&Utc)
    }

    fn calendar() -> Calendar {
        Calendar::new(chrono_tz::Asia::Shanghai, [])
    }

    fn kinds(facts: &Facts) -> Vec<ItemKind> {
        open_items(facts, &calendar())
            .iter()
            .map(|item| item.kind)
            .collect()
    }

    fn with_paper(stage: PaperStage) -> Facts {
        let mut facts = Facts::default();
        for step in [
            Step::SampleNote,
            Step::SampleShipment,
            Step::SampleConfirmation,
        ] {
            facts.latches.set(step, Some(Outcome::Skipped));
        }
        facts.proforma.open = Some(Paper {
            stage,
            since: at("2026-11-20T16:00:00+08:00"),
            ..Paper::default()
        });
        facts
    }

    #[test]
    fn an_open_order_always_has_a_next_action() {
        for number in 1..=9 {
            let mut facts = Facts::default();
            for step in Step::ALL.into_iter().filter(|step| step.number() < number) {
                facts.latches.set(step, Some(Outcome::Done));
            }
            facts.samples.rounds = 1;
            assert!(!kinds(&facts).is_empty(), "step {number}");
        }
    }

    #[test]
    fn a_closed_file_has_nothing_open_and_a_held_one_only_its_review() {
        let mut facts = with_paper(PaperStage::Sent);
        facts.order.condition = Condition::Closed;
        assert!(kinds(&facts).is_empty());
        facts.order.condition = Condition::OnHold;
        assert_eq!(kinds(&facts), [ItemKind::ReviewHold]);
    }

    #[test]
    fn a_hold_stops_our_clocks_and_not_those_of_others() {
        let mut facts = with_paper(PaperStage::Sent);
        facts.order.condition = Condition::OnHold;
        facts.relays.push(OwedRelay::default());
        facts.finance.deposit_owed_since = Some(at("2026-11-20T16:00:00+08:00"));
        let kept = [ItemKind::PassOn, ItemKind::GetDeposit, ItemKind::ReviewHold];
        assert_eq!(kinds(&facts), kept);
        let runs = |kind: ItemKind| kind.runs_on_hold();
        assert!(runs(ItemKind::SendCustomsSet) && runs(ItemKind::UseCredit));
        assert!(!runs(ItemKind::StartProduction) && !runs(ItemKind::AskBooking));
    }

    #[test]
    fn a_closed_file_keeps_what_a_late_fact_brings() {
        let mut facts = with_paper(PaperStage::Sent);
        facts.order.condition = Condition::Closed;
        facts.finance.unasked = Some(Call {
            needed: 1_000.into(),
            since: at("2026-11-20T16:00:00+08:00"),
            step: Step::ShippingDocuments,
        });
        assert_eq!(kinds(&facts), [ItemKind::AskBalance]);
    }

    #[test]
    fn a_customer_has_three_working_days_for_a_proforma_and_a_manager_four_hours() {
        let sent = open_items(&with_paper(PaperStage::Sent), &calendar());
        assert_eq!(
            (sent[0].waiting, sent[0].due_at),
            (Party::Customer, at("2026-11-25T18:00:00+08:00"))
        );
        let submitted = open_items(&with_paper(PaperStage::Submitted), &calendar());
        assert_eq!(
            (submitted[0].waiting, submitted[0].due_at),
            (Party::Manager, at("2026-11-23T11:00:00+08:00"))
        );
    }

    #[test]
    fn a_step_shows_its_worst_item() {
        let items = open_items(&with_paper(PaperStage::Sent), &calendar());
        let show = |moment| status(Step::ProformaInvoice, None, &items, at(moment));
        assert_eq!(
            show("2026-11-20T17:00:00+08:00"),
            Status::Waiting(Party::Customer)
        );
        assert_eq!(show("2026-11-24T10:00:00+08:00"), Status::Due);
        assert_eq!(show("2026-11-25T18:00:01+08:00"), Status::Late);
        let returned = open_items(&with_paper(PaperStage::Returned), &calendar());
        assert_eq!(
            status(
                Step::ProformaInvoice,
                None,
                &returned,
                at("2026-11-20T17:00:00+08:00")
            ),
            Status::Problem
        );
    }

    #[test]
    fn a_relay_waits_for_us_until_it_is_passed_on_and_then_for_its_addressee() {
        let mut facts = Facts::default();
        facts.relays.push(OwedRelay::default());
        let first = &open_items(&facts, &calendar())[0];
        assert_eq!((first.kind, first.waiting), (ItemKind::PassOn, Party::Us));
        facts.relays[0].passed_on = true;
        let first = &open_items(&facts, &calendar())[0];
        assert_eq!(
            (first.kind, first.waiting),
            (ItemKind::Acknowledge, Party::Customer)
        );
    }
}

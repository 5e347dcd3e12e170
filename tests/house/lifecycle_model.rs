//! The lifecycle as a model: every walk over what can happen to an order, within bounds, keeps the invariants of its steps and
//! conditions. The rules are the house's own pure functions; the model only chooses what happens next.
//!
//! The bounds: facts come for the step the order stands at and the next one, below the furthest of them one step at a time
//! lacks its own (or all steps of samples do, where they were skipped), and one relay at a time is not passed on. That leaves
//! some fifteen thousand states.

use gendan::orders::cancelling::is_done;
use gendan::orders::facts::OwedRelay;
use gendan::orders::lifecycle::{Latches, Outcome, blockers, settle};
use gendan::orders::{Condition, Facts, Move, Step};
use stateright::{Checker, Model, Property};

/// An order, as far as its lifecycle cares.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct File {
    condition: Condition,
    latches: Latches,
    /// Whether the facts of each step hold, by step.
    holds: [bool; 9],
    /// The step of a relay that is not passed on.
    owed: Option<Step>,
    /// Money of the customer lies here.
    money: bool,
    /// What the last act broke.
    fault: Option<&'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    /// All facts of a step come to hold.
    Supply(Step),
    /// A later fact spoils a done step: an issue, a revision.
    Spoil(Step),
    Owe(Step),
    PassOn,
    MoneyIn,
    MoneyOut,
    Order(Move),
    Reopen(Step),
}

const SAMPLES: [Step; 3] = [
    Step::SampleNote,
    Step::SampleShipment,
    Step::SampleConfirmation,
];

const MOVES: [Move; 6] = [
    Move::SkipSamples,
    Move::Hold,
    Move::Resume,
    Move::Drop,
    Move::Cancel,
    Move::Close,
];

fn at(step: Step) -> usize {
    usize::from(step.number().unsigned_abs()) - 1
}

fn meet<const N: usize>(facts: [&mut bool; N]) {
    for fact in facts {
        *fact = true;
    }
}

/// Exactly what this step asks for.
#[expect(clippy::too_many_lines, reason = "one arm for each step")]
fn supply(facts: &mut Facts, step: Step) {
    let samples = &mut facts.samples;
    let shipping = &mut facts.shipping;
    match step {
        Step::SampleNote => {
            samples.rounds = 1;
            meet([
                &mut samples.all_signed,
                &mut samples.all_sent,
                &mut samples.all_acknowledged,
            ]);
        }
        Step::SampleShipment => meet([
            &mut samples.all_received,
            &mut samples.all_dispatched,
            &mut samples.all_numbers_passed_on,
        ]),
        Step::SampleConfirmation => meet([
            &mut samples.all_approved,
            &mut samples.comments_carried_over,
            &mut facts.order.details_settled,
            &mut facts.order.customer_reference,
        ]),
        Step::ProformaInvoice => facts.proforma.confirmed = Some(1),
        Step::ProductionOrder => meet([
            &mut facts.production.covered,
            &mut facts.production.acknowledged,
            &mut facts.production.set_complete,
        ]),
        Step::Production => meet([&mut facts.production.ready, &mut facts.issues.inspected]),
        Step::Booking => meet([
            &mut shipping.planned,
            &mut shipping.booked,
            &mut shipping.documents_sent,
            &mut shipping.released,
        ]),
        Step::ShippingDocuments => meet([
            &mut shipping.loaded,
            &mut shipping.transport_document_confirmed,
            &mut shipping.settled_by_terms,
        ]),
        Step::Settlement => meet([
            &mut facts.rebate.handed_over,
            &mut facts.finance.matched,
            &mut facts.rebate.verified,
            &mut facts.rebate.rebate_closed,
        ]),
    }
}

impl File {
    fn opened() -> Self {
        Self {
            condition: Condition::Open,
            latches: Latches::default(),
            holds: [false; 9],
            owed: None,
            money: false,
            fault: None,
        }
    }

    fn facts(&self) -> Facts {
        let mut facts = Facts::default();
        facts.order.condition = self.condition;
        facts.order.money_held = self.money;
        facts.latches = self.latches;
        for step in Step::ALL {
            if self.holds[at(step)] {
                supply(&mut facts, step);
            }
        }
        facts.relays.extend(self.owed.map(|step| OwedRelay {
            step,
            ..OwedRelay::default()
        }));
        facts
    }

    fn is_over(&self) -> bool {
        matches!(
            self.condition,
            Condition::Cancelled | Condition::Dropped | Condition::Closed
        )
    }

    /// A done step whose facts hold no longer.
    fn is_spoiled(&self) -> bool {
        Step::ALL
            .into_iter()
            .any(|step| self.latches.get(step) == Some(Outcome::Done) && !self.holds[at(step)])
    }

    fn is_within_bounds(&self) -> bool {
        let furthest = self.holds.iter().rposition(|holds| *holds).unwrap_or(0);
        let lacking: Vec<usize> = (0..furthest).filter(|step| !self.holds[*step]).collect();
        lacking.len() <= 1 || lacking == [0, 1, 2]
    }

    /// The condition after an act, or nothing where it is refused: what the acts ask, in the house's own words.
    fn after(&self, act: Act) -> Option<Condition> {
        let stays = |allowed: bool| allowed.then_some(self.condition);
        let lives = !self.is_over();
        match act {
            Act::Supply(step) => stays(self.condition.moves() && !self.holds[at(step)]),
            // A confirmed revision stays in force until the next one is confirmed.
            Act::Spoil(step) => stays(
                lives
                    && step != Step::ProformaInvoice
                    && self.latches.get(step) == Some(Outcome::Done)
                    && !self.is_spoiled(),
            ),
            Act::Owe(_) => stays(lives && self.owed.is_none()),
            Act::PassOn => stays(lives && self.owed.is_some()),
            Act::MoneyIn => stays(lives && !self.money),
            Act::MoneyOut => stays(lives && self.money),
            Act::Reopen(step) if step > self.latches.step() => None,
            Act::Reopen(_) => self.condition.after(Move::Reopen),
            Act::Order(step) => self.may(step).then(|| self.condition.after(step)).flatten(),
        }
    }

    fn may(&self, step: Move) -> bool {
        match step {
            Move::SkipSamples => {
                self.latches.get(Step::SampleNote).is_none() && !self.holds[at(Step::SampleNote)]
            }
            Move::Drop => !self.holds[at(Step::ProformaInvoice)],
            Move::Close => self.latches.all_closed() && self.owed.is_none() && !self.is_spoiled(),
            _ => true,
        }
    }

    fn take(&mut self, act: Act) {
        match act {
            Act::Supply(step) => self.holds[at(step)] = true,
            Act::Spoil(step) => self.holds[at(step)] = false,
            Act::Owe(step) => self.owed = Some(step),
            Act::PassOn => self.owed = None,
            Act::MoneyIn => self.money = true,
            Act::MoneyOut => self.money = false,
            Act::Order(Move::SkipSamples) => {
                for step in SAMPLES {
                    self.latches.set(step, Some(Outcome::Skipped));
                }
            }
            Act::Order(Move::Drop) => self.owed = None,
            // Every party that holds an issued paper is told.
            Act::Order(Move::Cancel) if self.holds[at(Step::ProformaInvoice)] => {
                self.owed = self.owed.or(Some(self.latches.step()));
            }
            Act::Order(_) => {}
            Act::Reopen(from) => {
                for step in Step::ALL.into_iter().filter(|step| *step >= from) {
                    self.latches.set(step, None);
                }
            }
        }
    }

    /// The end of every act, and what it broke.
    #[expect(clippy::too_many_lines, reason = "one line for each rule")]
    fn settle(&mut self, last: &Self, act: Act, latching: bool) {
        let mut facts = self.facts();
        let from = if latching {
            self.latches
        } else {
            Latches::default()
        };
        let (latches, done) = settle(from, &facts);
        self.latches = latches;
        facts.latches = latches;
        let finished = is_done(&facts)
            .then(|| self.condition.after(Move::FinishCancelling))
            .flatten();
        self.condition = finished.unwrap_or(self.condition);
        let reopened = |step: Step| matches!(act, Act::Reopen(from) if step >= from);
        let lost = |step: &Step| {
            let before = last.latches.get(*step);
            before.is_some() && before != latches.get(*step) && !reopened(*step)
        };
        let forward = matches!(
            act,
            Act::Supply(_) | Act::Order(Move::SkipSamples | Move::Close)
        );
        let ordered = matches!(act, Act::Order(_) | Act::Reopen(_)) || finished.is_some();
        let broken = [
            (
                done.iter().any(|step| !blockers(*step, &facts).is_empty()),
                "a step passed its gate",
            ),
            (
                Step::ALL.iter().any(lost)
                    || latches.step() < last.latches.step() && !matches!(act, Act::Reopen(_)),
                BACKWARDS,
            ),
            (
                !settle(latches, &facts).1.is_empty(),
                "what holds was not latched in the same act",
            ),
            (
                forward && !last.condition.moves(),
                "a forward act while the order does not move",
            ),
            (
                last.condition != self.condition && !ordered,
                "the condition changed beside its acts",
            ),
            (
                last.is_over()
                    && !(last.condition == Condition::Closed && matches!(act, Act::Reopen(_))),
                "what is over went on",
            ),
        ];
        self.fault = broken
            .into_iter()
            .find_map(|(found, fault)| found.then_some(fault));
    }
}

const BACKWARDS: &str = "something went back without a reopening";

/// The model. `latching`: done stays done; without it every act works out anew what holds, which is the fault the model is
/// tried with.
struct Book {
    latching: bool,
}

impl Model for Book {
    type State = File;
    type Action = Act;

    fn init_states(&self) -> Vec<File> {
        vec![File::opened()]
    }

    fn actions(&self, file: &File, acts: &mut Vec<Act>) {
        let here = at(file.latches.step());
        let near = |step: &Step| (here..=here + 1).contains(&at(*step));
        let up_to_next = |step: &Step| at(*step) <= here + 1;
        acts.extend(Step::ALL.into_iter().filter(up_to_next).map(Act::Supply));
        acts.extend(Step::ALL.into_iter().map(Act::Spoil));
        acts.extend(Step::ALL.into_iter().filter(near).map(Act::Owe));
        acts.extend([Act::PassOn, Act::MoneyIn, Act::MoneyOut]);
        acts.extend(MOVES.map(Act::Order));
        acts.extend(Step::ALL.into_iter().map(Act::Reopen));
    }

    fn next_state(&self, last: &File, act: Act) -> Option<File> {
        let mut next = last.clone();
        next.condition = last.after(act)?;
        next.take(act);
        next.settle(last, act, self.latching);
        (next != *last).then_some(next)
    }

    /// What is found out in the first steps needs no others.
    fn within_boundary(&self, file: &File) -> bool {
        file.is_within_bounds()
            && (self.latching || file.latches.step() <= Step::SampleConfirmation)
    }

    #[expect(clippy::too_many_lines, reason = "one after another")]
    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::<Self>::always("no act breaks a rule of the line", |_, file: &File| {
                file.fault.is_none()
            }),
            Property::<Self>::always("no act goes back", |_, file: &File| {
                file.fault != Some(BACKWARDS)
            }),
            Property::<Self>::always(
                "what is done or skipped lies below what is not",
                |_, file| {
                    let open = at(file.latches.step());
                    file.latches.all_closed()
                        || Step::ALL
                            .into_iter()
                            .all(|step| file.latches.get(step).is_some() == (at(step) < open))
                },
            ),
            Property::<Self>::always("the step it stands at lacks something", |_, file| {
                let here = file.latches.step();
                file.latches.get(here).is_some() || !blockers(here, &file.facts()).is_empty()
            }),
            Property::<Self>::always("only the steps of samples are skipped", |_, file| {
                Step::ALL
                    .iter()
                    .filter(|step| file.latches.get(**step) == Some(Outcome::Skipped))
                    .all(|step| SAMPLES.contains(step))
            }),
            Property::<Self>::always("closed means nine steps and nothing owed", |_, file| {
                file.condition != Condition::Closed
                    || file.latches.all_closed() && file.owed.is_none()
            }),
            Property::<Self>::always("cancelled means told and paid back", |_, file| {
                file.condition != Condition::Cancelled || file.owed.is_none() && !file.money
            }),
            Property::<Self>::always("dropped means never confirmed", |_, file| {
                file.condition != Condition::Dropped || !file.holds[at(Step::ProformaInvoice)]
            }),
            Property::<Self>::sometimes("an order is closed", |_, file| {
                file.condition == Condition::Closed
            }),
            Property::<Self>::sometimes(
                "an order with money and papers is cancelled",
                |_, file| {
                    file.condition == Condition::Cancelled && file.holds[at(Step::ProformaInvoice)]
                },
            ),
            Property::<Self>::sometimes("an order is dropped", |_, file| {
                file.condition == Condition::Dropped
            }),
            Property::<Self>::sometimes("a done step is spoiled and stays done", |_, file| {
                file.is_spoiled() && file.latches.step() > Step::Production
            }),
            Property::<Self>::sometimes("an order waits for a relay alone", |_, file| {
                let here = file.latches.step();
                file.owed == Some(here) && file.holds[at(here)]
            }),
        ]
    }
}

#[test]
fn every_walk_over_an_order_keeps_its_invariants() {
    let book = Book { latching: true };
    book.checker().spawn_bfs().join().assert_properties();
}

#[test]
fn a_book_that_does_not_latch_is_found_out() {
    let book = Book { latching: false };
    let checked = book.checker().spawn_bfs().join();
    checked.assert_any_discovery("no act goes back");
}

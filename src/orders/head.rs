//! The head of an order's pages: number, customer, condition, tabs; the same on every desk.

use super::condition::Move;
use super::headline::Standing;
use super::kinship::{self, Sealed};
use super::lifecycle::{Condition, Latches, Outcome, Status, Step};
use super::open_items::{self, ItemKind, OpenItem};
use super::order::Order;
use super::{head_sql, items_sql, latches_sql, opening_form};
use crate::base::terms::Terms;
use crate::base::{Lang, Money, Party, Role, T, format};
use crate::people::Deed;
use crate::web::{Page, Result};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;

/// What the partials `orders/_head.html` and `parts/steps.html` show.
#[derive(Clone, Debug)]
pub struct Head {
    pub order: Order,
    pub tab: &'static str,
    pub steps: Vec<StepCell>,
    pub state_word: String,
    pub state_kind: &'static str,
    pub state_spoken: String,
    pub items: Vec<OpenItem>,
    pub salesperson: String,
    pub operator: String,
    /// The goods' sum with its currency; empty while a price is missing, or where the reader may not see it.
    pub amount: String,
    /// Payment terms in words.
    pub terms: String,
    pub factories: Vec<String>,
    pub held_until: Option<NaiveDate>,
    /// When something was recorded after the order was closed.
    pub late_at: Option<DateTime<Utc>>,
    /// Why the order is held, dropped or cancelled.
    pub reason: String,
    /// Orders it is kin to: the word, the number.
    pub kin: Vec<(&'static str, String)>,
    /// Approved samples it repeats.
    pub sealed: Vec<Sealed>,
    /// The manager opened the gate to production; red from then on.
    pub overridden: bool,
    pub can: Can,
    t: T,
}

/// What the menu of the head offers this reader; the same questions the gates ask.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one answer an entry")]
pub struct Can {
    pub edit: bool,
    pub reassign: bool,
    pub skip_samples: bool,
    pub hold: bool,
    pub resume: bool,
    pub drop: bool,
    pub reopen: bool,
    pub split: bool,
    pub short_close: bool,
    pub cancel: bool,
    pub close: bool,
    pub hear: bool,
    pub repeat: bool,
}

impl Can {
    fn of(order: &Order) -> Self {
        let may = |step: Move| {
            let has = step.deed().is_some_and(|deed| order.reader_may(deed));
            has && order.condition.takes(step)
        };
        Self {
            edit: may(Move::Edit),
            reassign: may(Move::Reassign),
            skip_samples: order.step == Step::SampleNote && may(Move::SkipSamples),
            hold: may(Move::Hold),
            resume: may(Move::Resume),
            drop: may(Move::Drop),
            reopen: order.step > Step::SampleNote && may(Move::Reopen),
            split: may(Move::Split),
            short_close: order.step > Step::ProformaInvoice && may(Move::ShortCloseLine),
            cancel: may(Move::Cancel),
            close: order.step == Step::Settlement && may(Move::Close),
            hear: order.reader_may(Deed::HearRelay),
            // Of whatever became of this order; whose the new one is, is asked when it is opened.
            repeat: opening_form::may_open(&order.asked_by).is_ok(),
        }
    }

    pub fn anything(self) -> bool {
        self.edit
            || self.reassign
            || self.skip_samples
            || self.hold
            || self.resume
            || self.drop
            || self.reopen
            || self.split
            || self.short_close
            || self.cancel
            || self.close
            || self.repeat
    }
}

/// One cell of the step bar.
#[derive(Clone, Debug)]
pub struct StepCell {
    pub number: i16,
    pub name: &'static str,
    pub kind: &'static str,
    pub word: String,
    pub href: String,
    pub current: bool,
}

/// One tab: a link with its count of open things.
#[derive(Clone, Debug)]
pub struct Tab {
    pub code: &'static str,
    pub label: &'static str,
    pub href: String,
}

impl Head {
    pub async fn load(
        db: &mut PgConnection,
        order: &Order,
        tab: &'static str,
        page: &Page,
    ) -> Result<Self> {
        let row = head_sql::head(db, order).await?;
        let items = items_sql::read(row.items, order)?;
        let marks = latches_sql::read(row.latches, order)?;
        // Only what comes of another order has samples of that one.
        let sealed = if row.repeat_of.is_some() || row.split_of.is_some() {
            kinship::sealed(db, order).await?
        } else {
            Vec::new()
        };
        let steps = cells(order, &marks, &items, page);
        let (state_kind, state_word, state_spoken) =
            Standing::of(&items).headline(order.condition, page);
        Ok(Self {
            state_kind,
            state_word,
            state_spoken,
            order: order.clone(),
            tab,
            steps,
            items,
            salesperson: in_words(page, row.salesperson_zh, row.salesperson_en),
            operator: in_words(page, row.operator_zh, row.operator_en),
            amount: row
                .amount
                .filter(|_| order.reader_may(Deed::SeeCustomerPrices))
                .map(|sum| page.money(Money::new(sum, order.terms.currency)))
                .unwrap_or_default(),
            terms: crate::base::payment_words::word(page.t, &order.terms.payment),
            factories: row.factories,
            held_until: row.held_until,
            late_at: row.late_at.filter(|_| order.condition == Condition::Closed),
            reason: row.reason,
            sealed,
            kin: kin(page.t, row.repeat_of, row.split_of, row.split_into),
            overridden: row.overridden,
            can: Can::of(order),
            t: page.t,
        })
    }

    pub fn tabs(&self) -> Vec<Tab> {
        let tab = |code, label, path: &str| Tab {
            code,
            label,
            href: format!("{}{path}", self.order.url()),
        };
        let mut tabs = vec![
            tab("overview", self.t.orders_tab_overview(), ""),
            tab("samples", self.t.orders_tab_samples(), "/samples"),
            tab("proforma", self.t.orders_tab_proforma(), "/proforma"),
            tab("production", self.t.orders_tab_production(), "/production"),
            tab("issues", self.t.issues_title(), "/issues"),
            tab("shipments", self.t.orders_tab_shipments(), "/shipments"),
            tab("payments", self.t.payment_title(), "/payments"),
            tab("finance", self.t.rebate_tab(), "/finance"),
            tab("files", self.t.orders_tab_files(), "/documents"),
            tab("timeline", self.t.orders_tab_timeline(), "/timeline"),
        ];
        if self.tab == "credit" || self.pays_through_bank() {
            tabs.insert(2, tab("credit", self.t.orders_tab_credit(), "/credit"));
        }
        tabs
    }

    /// Documents of this order go to a bank: under a credit, or for collection.
    fn pays_through_bank(&self) -> bool {
        let terms = Terms::from_code(&self.order.terms.payment);
        terms.is_ok_and(|terms| terms.is_through_bank())
    }

    /// The item that comes first, with its sentence and its address.
    pub fn next(&self) -> Option<&OpenItem> {
        open_items::first(&self.items)
    }

    pub fn item_text(&self, item: &OpenItem) -> String {
        item.kind.tell(self.t, &item.subject, &item.quoted)
    }

    /// Where it is done, for whose it is to do or to note; where it is read, for everybody else.
    pub fn item_href(&self, item: &OpenItem) -> String {
        let hers = match item.waiting {
            Party::Manager | Party::Finance => self.moves(item),
            _ => self.order.asked_by.person() == Some(item.owner),
        };
        if hers {
            item.kind.href(&self.order.url(), &item.subject)
        } else {
            item.kind.read_at(&self.order.url(), &item.subject)
        }
    }

    /// Facts that one side does not know yet.
    pub fn not_passed_on(&self) -> usize {
        self.items
            .iter()
            .filter(|item| item.kind == ItemKind::PassOn)
            .count()
    }

    /// Whether the next move is this reader's own.
    pub fn next_is_hers(&self) -> bool {
        self.next().is_some_and(|item| self.moves(item))
    }

    fn moves(&self, item: &OpenItem) -> bool {
        let by = &self.order.asked_by;
        match item.waiting {
            Party::Us => by.person() == Some(item.owner),
            Party::Manager => self.order.relation.led,
            Party::Finance => by
                .staff()
                .is_some_and(|staff| staff.roles.has(Role::Finance)),
            _ => false,
        }
    }

    /// The sign before an open item.
    pub fn item_kind(&self, item: &OpenItem, page: &Page) -> &'static str {
        if item.problem {
            "issue"
        } else if item.due_at < page.at {
            "late"
        } else if item.waiting != Party::Us {
            "waiting"
        } else if item.due_at < page.at + open_items::SOON {
            "due"
        } else {
            "none"
        }
    }

    /// `FOB Ningbo`
    pub fn incoterm(&self) -> String {
        format!("{} {}", self.order.terms.incoterm, self.order.terms.place)
    }

    pub fn delivery(&self, page: &Page) -> String {
        self.order
            .terms
            .delivery_on
            .map(|day| page.day(day))
            .unwrap_or_default()
    }

    pub fn tolerance(&self) -> String {
        format!("±{}%", self.order.terms.tolerance.normalize())
    }

    pub fn condition(&self) -> &'static str {
        self.order.condition.label(self.t)
    }

    pub fn timeline_href(&self) -> String {
        format!("{}/timeline", self.order.url())
    }

    pub fn is_open(&self) -> bool {
        self.order.condition == Condition::Open
    }

    pub fn skipped(&self, step: Step) -> bool {
        self.steps
            .iter()
            .any(|cell| cell.number == step.number() && cell.kind == Status::Skipped.code())
    }

    /// Whether steps 1 to 3 can still be skipped: none of them is done or skipped.
    pub fn samples_untouched(&self) -> bool {
        self.order.step == Step::SampleNote
    }

    pub fn outcome_code(outcome: Outcome) -> &'static str {
        match outcome {
            Outcome::Done => "done",
            Outcome::Skipped => "skipped",
        }
    }
}

/// The order it repeats, the one it was split off, those split off it.
fn kin(
    t: T,
    repeats: Option<String>,
    split_of: Option<String>,
    split_into: Vec<String>,
) -> Vec<(&'static str, String)> {
    let repeats = repeats.map(|number| (t.orders_head_repeat_of(), number));
    let from = split_of.map(|number| (t.orders_head_split_of(), number));
    let into = split_into
        .into_iter()
        .map(|number| (t.orders_head_split_into(), number));
    repeats.into_iter().chain(from).chain(into).collect()
}

/// The nine cells of the bar.
fn cells(
    order: &Order,
    marks: &[latches_sql::Latched],
    items: &[OpenItem],
    page: &Page,
) -> Vec<StepCell> {
    let mut latches = Latches::default();
    for latch in marks {
        latches.set(latch.step, Some(latch.outcome));
    }
    let cell = |step: Step| {
        let status = open_items::status(step, latches.get(step), items, page.at);
        let done = marks.iter().find(|latch| latch.step == step);
        StepCell {
            number: step.number(),
            name: step.label(page.t),
            kind: status.code(),
            word: match (status, done) {
                (Status::Done, Some(latch)) => {
                    let day = format::local_day(latch.at, page.zone);
                    format::day_short(page.lang, day, page.today())
                }
                _ => status.label(page.t),
            },
            href: format!("{}{}", order.url(), path_of(step)),
            current: step == order.step,
        }
    };
    Step::ALL.into_iter().map(cell).collect()
}

fn in_words(page: &Page, zh: String, en: String) -> String {
    match page.lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

const fn path_of(step: Step) -> &'static str {
    match step {
        Step::ProformaInvoice => "/proforma",
        Step::SampleNote | Step::SampleShipment | Step::SampleConfirmation => "/samples",
        Step::ProductionOrder | Step::Production => "/production",
        Step::Booking | Step::ShippingDocuments => "/shipments",
        Step::Settlement => "/finance",
    }
}

//! The head of an order's pages: number, customer, condition, tabs; the same on every desk.

use super::lifecycle::{Condition, Latches, Outcome, Status, Step};
use super::open_items::{self, OpenItem};
use super::order::Order;
use super::{items_sql, keepers_sql, latches_sql};
use crate::base::{T, format};
use crate::web::{Page, Result};
use sqlx::PgConnection;

/// What the partials `orders/_head.html` and `parts/steps.html` show.
#[derive(Clone, Debug)]
pub struct Head {
    pub order: Order,
    pub tab: &'static str,
    pub steps: Vec<StepCell>,
    pub state_word: String,
    pub state_kind: &'static str,
    pub items: Vec<OpenItem>,
    pub salesperson: String,
    pub operator: String,
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
        let items = items_sql::items(db, order).await?;
        let latched = latches_sql::latches(db, order).await?;
        let (salesperson, operator) = keepers_sql::keepers(db, order, page.lang).await?;
        let mut latches = Latches::default();
        for latch in &latched {
            latches.set(latch.step, Some(latch.outcome));
        }
        let steps: Vec<StepCell> = Step::ALL
            .into_iter()
            .map(|step| {
                let status = open_items::status(step, latches.get(step), &items, page.at);
                let done = latched.iter().find(|latch| latch.step == step);
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
            })
            .collect();
        let current = steps.iter().find(|cell| cell.current);
        Ok(Self {
            state_word: current.map(|cell| cell.word.clone()).unwrap_or_default(),
            state_kind: current.map_or("none", |cell| cell.kind),
            order: order.clone(),
            tab,
            steps,
            items,
            salesperson,
            operator,
        })
    }

    pub fn tabs(&self, t: T) -> Vec<Tab> {
        let tab = |code, label, path: &str| Tab {
            code,
            label,
            href: format!("{}{path}", self.order.url()),
        };
        vec![
            tab("overview", t.orders_tab_overview(), ""),
            tab("proforma", t.orders_tab_proforma(), "/proforma"),
            tab("files", t.orders_tab_files(), "/documents"),
            tab("timeline", t.orders_tab_timeline(), "/timeline"),
        ]
    }

    /// The item that comes first, with its sentence and its address.
    pub fn next(&self) -> Option<&OpenItem> {
        open_items::first(&self.items)
    }

    pub fn item_text(&self, item: &OpenItem, t: &T) -> String {
        item.kind.tell(*t, &item.subject, &item.quoted)
    }

    pub fn item_href(&self, item: &OpenItem) -> String {
        format!("{}{}", self.order.url(), item.kind.path(&item.subject))
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

const fn path_of(step: Step) -> &'static str {
    match step {
        Step::ProformaInvoice => "/proforma",
        Step::SampleNote
        | Step::SampleShipment
        | Step::SampleConfirmation
        | Step::ProductionOrder
        | Step::Production
        | Step::Booking
        | Step::ShippingDocuments
        | Step::Settlement => "",
    }
}

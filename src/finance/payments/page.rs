//! The order's page of money 收付款: instalments and shipments, what came in, what is owed to others.

use super::plan::{self, Deposit};
use super::sql::{self, Agreed, Asked, Received, Shipped, Standing};
use crate::base::{By, Money, OrderNumber, format};
use crate::finance::payable::{self, Payable};
use crate::history::finance_event::part_word;
use crate::orders::open_items::{ItemKind, due_from};
use crate::orders::{self, Head, Order};
use crate::people::Deed;
use crate::proforma::content::ScheduledPart;
use crate::proforma::terms::Start;
use crate::proforma::terms::Terms;
use crate::web::{App, Error, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// One instalment with its money.
pub(super) struct Line {
    pub part: ScheduledPart,
    pub due_on: Option<NaiveDate>,
    /// Where the day comes from, in a phrase; nothing once it is paid.
    pub due_from: &'static str,
    pub received: Decimal,
    pub open: Decimal,
}

/// One shipment with its money.
pub(super) struct Carried {
    pub shipped: Shipped,
    pub credited: Decimal,
    pub due: Decimal,
}

#[derive(Template)]
#[template(path = "payment/order.html")]
pub(super) struct OrderPage {
    pub page: Page,
    pub head: Head,
    pub agreed: Option<Agreed>,
    pub lines: Vec<Line>,
    pub carried: Vec<Carried>,
    pub credit: Decimal,
    pub standing: Standing,
    pub received: Vec<Received>,
    pub asked: Vec<Asked>,
    pub payables: Vec<Payable>,
    /// The reader sees the customer's amounts; costs; asks the customer; asks for payments; records receipts.
    pub can: Can,
}

/// What this reader sees and may do here.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "one answer a part")]
pub(super) struct Can {
    pub prices: bool,
    pub costs: bool,
    pub ask: bool,
    pub pay: bool,
    pub record: bool,
}

impl OrderPage {
    pub(super) fn amount(&self, amount: impl std::borrow::Borrow<Decimal>) -> String {
        let money = Money::new(*amount.borrow(), self.head.order.terms.currency);
        self.page.money(money)
    }

    pub(super) fn open(&self) -> Decimal {
        let total = self.agreed.as_ref().map(|agreed| agreed.owed);
        (total.unwrap_or_default() - self.standing.money_in).max(Decimal::ZERO)
    }

    pub(super) fn instalment(&self, line: &Line) -> String {
        line.part.word(self.page.t)
    }

    /// The newest word to the customer that is not answered: its day is in force, earlier ones are not any more.
    pub(super) fn is_in_force(&self, asked: &Asked) -> bool {
        newest(&self.asked).is_some_and(|newest| newest.at == asked.at)
    }

    pub(super) fn part(&self, received: &Received) -> &'static str {
        part_word(self.page.t, &received.part)
    }
}

pub(super) async fn show(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = orders::find(&mut db, &by, &number).await?;
    let standing = sql::standing(&mut db, &order).await?;
    let agreed = sql::agreed(&mut db, &order).await?;
    let shipments = sql::shipments(&mut db, &order).await?;
    let (mut lines, credit) = lines(agreed.as_ref(), &standing, &shipments, &page);
    let asked = sql::asked(&mut db, &order).await?;
    let head = Head::load(&mut db, &order, "payments", &page).await?;
    put_in_force(&mut lines, (&head, &asked), standing.tolerance, &page);
    let can = Can {
        prices: order.may(&by, Deed::SeeCustomerPrices),
        costs: order.may(&by, Deed::SeeFactoryPrices),
        ask: asks(&order, &by) && agreed.is_some(),
        pay: order.may(&by, Deed::AskPayable),
        record: order.may(&by, Deed::RecordReceipt),
    };
    let page = OrderPage {
        carried: carried(agreed.as_ref(), &standing, shipments, &order),
        received: sql::received(&mut db, &order).await?,
        asked,
        payables: if can.costs {
            payable::of_order(&mut db, &by, &order.number).await?
        } else {
            Vec::new()
        },
        head,
        agreed,
        lines,
        credit,
        standing,
        can,
        page,
    };
    Ok(Html(page.render()?))
}

fn newest(asked: &[Asked]) -> Option<&Asked> {
    asked.iter().find(|asked| !asked.answered)
}

/// One day for each part that is not in: of the deposit the one its open item names, of what was asked for the day the
/// customer was told, else that of the terms.
fn put_in_force(
    lines: &mut [Line],
    (head, asked): (&Head, &[Asked]),
    tolerance: Decimal,
    page: &Page,
) {
    let mut items = head.items.iter();
    let deposit = items.find(|item| item.kind == ItemKind::GetDeposit);
    let mut before = Decimal::ZERO;
    for line in lines {
        let start = before;
        before += line.part.amount;
        if line.open <= tolerance {
            continue;
        }
        let deposit = deposit.filter(|_| line.part.trigger == "before_production");
        let asked = newest(asked).filter(|asked| asked.target > start);
        let from = match (deposit, asked) {
            (Some(item), _) => {
                line.due_on = Some(format::local_day(item.due_at, page.zone));
                item.quoted.as_str()
            }
            (None, Some(asked)) => {
                line.due_on = Some(asked.due_on);
                "asked"
            }
            (None, None) if line.due_on.is_some() => "terms",
            (None, None) => "",
        };
        line.due_from = due_from(page.t, from);
    }
}

/// Asking the customer is telling the customer something: who hears and passes on, asks.
pub(super) fn asks(order: &Order, by: &By) -> bool {
    order.may(by, Deed::PassOnRelay)
}

pub(super) fn must_ask(order: &Order, by: &By) -> Result<()> {
    order.must(by, Deed::PassOnRelay)
}

pub(super) fn lines(
    agreed: Option<&Agreed>,
    standing: &Standing,
    shipments: &[Shipped],
    page: &Page,
) -> (Vec<Line>, Decimal) {
    let Some(agreed) = agreed else {
        return (Vec::new(), standing.money_in);
    };
    let amounts: Vec<Decimal> = agreed.schedule.iter().map(|part| part.amount).collect();
    let (received, credit) = plan::filled(&amounts, standing.money_in);
    let terms = Terms::from_code(&agreed.payment).ok();
    let confirmed = agreed
        .confirmed_at
        .map(|at| format::local_day(at, page.zone));
    let first = |day: fn(&Shipped) -> Option<NaiveDate>| shipments.iter().filter_map(day).min();
    let (on_board, issued) = (
        first(|shipped| shipped.on_board_on),
        first(|shipped| shipped.issued_on),
    );
    let lines = agreed
        .schedule
        .iter()
        .zip(received)
        .enumerate()
        .map(|(place, (part, received))| {
            let rule = terms
                .as_ref()
                .and_then(|terms| terms.instalments().get(place))
                .map(|instalment| instalment.due);
            let start = match (part.trigger.as_str(), rule.map(|rule| rule.after)) {
                ("before_production", _) | ("maturity", Some(Start::Confirmation)) => confirmed,
                ("against_bl_copy", _) => issued,
                // Of an invoice no day is kept; it is of the day the goods leave.
                ("maturity", Some(Start::BlDate | Start::InvoiceDate)) => on_board,
                _ => None,
            };
            Line {
                due_on: start.zip(rule).and_then(|(start, rule)| rule.due_on(start)),
                due_from: "",
                open: part.amount - received,
                part: part.clone(),
                received,
            }
        })
        .collect();
    (lines, credit)
}

pub(super) fn carried(
    agreed: Option<&Agreed>,
    standing: &Standing,
    shipments: Vec<Shipped>,
    order: &Order,
) -> Vec<Carried> {
    let values: Vec<Decimal> = shipments.iter().map(|shipped| shipped.value).collect();
    let deposit = Deposit {
        paid: standing.deposit_in,
        total: agreed.map(|agreed| agreed.total).unwrap_or_default(),
        shipped_out: agreed.is_some_and(|agreed| agreed.shipped_out),
        crediting: agreed.map(|agreed| agreed.crediting).unwrap_or_default(),
    };
    let credits = deposit.credited(&values, order.terms.currency);
    let mut carried: Vec<Carried> = shipments
        .into_iter()
        .zip(credits)
        .map(|(shipped, credited)| Carried {
            due: (shipped.value - credited).max(Decimal::ZERO),
            shipped,
            credited,
        })
        .collect();
    let named: Vec<(Decimal, Decimal)> = carried
        .iter()
        .map(|one| (one.due, one.shipped.received))
        .collect();
    let received = plan::spread(&named, standing.unnamed);
    for (one, received) in carried.iter_mut().zip(received) {
        one.shipped.received = received;
    }
    carried
}

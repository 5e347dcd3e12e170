//! Column 列: what a list of orders shows beside the order's number; one table for the page and for its workbook, so
//! that both always agree.

use super::item::{Item, money, sees_amount};
use super::sort::Key;
use super::sql::Row;
use crate::base::{By, Party, T, format, payment_words};
use crate::orders::Condition;
use crate::web::Page;
use crate::web::excel::Cell;
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::desk) enum Column {
    Customer,
    Title,
    Reference,
    Factory,
    Step,
    State,
    Condition,
    Quantity,
    Amount,
    Balance,
    Payment,
    Delivery,
    Etd,
    Eta,
    Next,
    Due,
    Operator,
    Salesperson,
    Opened,
    LastEvent,
}

/// What stands in one cell; the page and the workbook each write it their way.
#[derive(Clone, Debug)]
pub(in crate::desk) enum Shown {
    Text(String),
    /// Cut where it is too long for its column.
    Clip(String),
    Code(String),
    Day(Option<NaiveDate>),
    /// The moment as the page says it, and its day.
    Moment(String, Option<NaiveDate>),
    Step(i16, &'static str),
    /// Sign, word, the absolute time, facts not passed on.
    State(&'static str, String, String, i64),
    Next(Option<Party>, String),
    /// A figure and its currency; nothing where it is not known or not this reader's.
    Money(Option<Decimal>, String),
    /// A figure and its unit; several units are one text.
    Goods(Option<Decimal>, String),
}

impl Column {
    pub(in crate::desk) const ALL: [Self; 20] = [
        Self::Customer,
        Self::Title,
        Self::Reference,
        Self::Factory,
        Self::Step,
        Self::State,
        Self::Condition,
        Self::Quantity,
        Self::Amount,
        Self::Balance,
        Self::Payment,
        Self::Delivery,
        Self::Etd,
        Self::Eta,
        Self::Next,
        Self::Due,
        Self::Operator,
        Self::Salesperson,
        Self::Opened,
        Self::LastEvent,
    ];

    pub(in crate::desk) const USUAL: [Self; 8] = [
        Self::Customer,
        Self::Title,
        Self::Step,
        Self::State,
        Self::Amount,
        Self::Delivery,
        Self::Next,
        Self::Operator,
    ];

    pub(in crate::desk) const fn code(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Title => "title",
            Self::Reference => "reference",
            Self::Factory => "factory",
            Self::Step => "step",
            Self::State => "state",
            Self::Condition => "condition",
            Self::Quantity => "quantity",
            Self::Amount => "amount",
            Self::Balance => "balance",
            Self::Payment => "payment",
            Self::Delivery => "delivery",
            Self::Etd => "etd",
            Self::Eta => "eta",
            Self::Next => "next",
            Self::Due => "due",
            Self::Operator => "operator",
            Self::Salesperson => "salesperson",
            Self::Opened => "opened",
            Self::LastEvent => "event",
        }
    }

    pub(in crate::desk) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.code() == text)
    }

    pub(in crate::desk) fn label(self, t: T) -> &'static str {
        match self {
            Self::Customer => t.desk_column_customer(),
            Self::Title => t.desk_column_title(),
            Self::Reference => t.desk_column_reference(),
            Self::Factory => t.orders_column_factory(),
            Self::Step => t.desk_column_step(),
            Self::State => t.desk_column_state(),
            Self::Condition => t.desk_column_condition(),
            Self::Quantity => t.orders_column_quantity(),
            Self::Amount => t.orders_column_amount(),
            Self::Balance => t.desk_column_balance(),
            Self::Payment => t.desk_column_payment(),
            Self::Delivery => t.desk_column_delivery(),
            Self::Etd => t.desk_column_etd(),
            Self::Eta => t.desk_column_eta(),
            Self::Next => t.desk_column_next(),
            Self::Due => t.desk_column_due(),
            Self::Operator => t.desk_column_operator(),
            Self::Salesperson => t.desk_column_salesperson(),
            Self::Opened => t.desk_column_opened(),
            Self::LastEvent => t.desk_column_last_event(),
        }
    }

    /// Figures stand at the right.
    pub(in crate::desk) const fn is_figure(self) -> bool {
        matches!(self, Self::Quantity | Self::Amount | Self::Balance)
    }

    /// Absent, not empty, for who may see no amount of the result.
    pub(in crate::desk) const fn is_money(self) -> bool {
        matches!(self, Self::Amount | Self::Balance)
    }

    /// The key its head sorts by.
    pub(in crate::desk) const fn key(self) -> Option<Key> {
        match self {
            Self::Delivery => Some(Key::Delivery),
            Self::Next | Self::Due => Some(Key::Due),
            Self::Opened => Some(Key::Opened),
            Self::Amount => Some(Key::Amount),
            Self::LastEvent => Some(Key::LastEvent),
            _ => None,
        }
    }

    pub(in crate::desk) fn shown(self, (row, item): (&Row, &Item), by: &By, page: &Page) -> Shown {
        let keepers = (row.department, row.salesperson, row.operator);
        let figure = |figure: Option<Decimal>| {
            Shown::Money(
                figure.filter(|_| sees_amount(by, keepers)),
                row.currency.clone(),
            )
        };
        let local = |at| format::local_day(at, page.zone);
        match self {
            Self::Customer => Shown::Text(item.customer.clone()),
            Self::Title => Shown::Clip(item.title.clone()),
            Self::Reference => Shown::Code(item.reference.clone()),
            Self::Factory => Shown::Text(row.factories.join(page.t.web_list_comma())),
            Self::Step => Shown::Step(item.step, item.step_name),
            Self::State => {
                Shown::State(item.kind, item.word.clone(), item.spoken.clone(), item.owed)
            }
            Self::Condition => Shown::Text(
                Condition::parse(&row.condition)
                    .map_or("", |condition| condition.label(page.t))
                    .to_owned(),
            ),
            Self::Quantity => Shown::Goods(row.quantity, row.units.clone().unwrap_or_default()),
            Self::Amount => figure(row.amount),
            Self::Balance => figure(row.balance),
            Self::Payment => Shown::Clip(payment_words::word(page.t, &row.terms)),
            Self::Delivery => Shown::Day(row.delivery_on),
            Self::Etd => Shown::Day(row.etd),
            Self::Eta => Shown::Day(row.eta),
            Self::Next => Shown::Next(item.party, item.next.clone()),
            Self::Due => Shown::Day(row.next_due.map(local)),
            Self::Operator => Shown::Text(item.operator.clone()),
            Self::Salesperson => Shown::Text(item.salesperson.clone()),
            Self::Opened => Shown::Day(Some(local(row.opened_at))),
            Self::LastEvent => Shown::moment(row.last_event_at, page),
        }
    }

    /// Heads of a workbook: a figure's currency or unit, and whose move it is, have a column of their own there.
    pub(in crate::desk) fn excel_heads(self, t: T) -> Vec<&'static str> {
        let own = self.label(t);
        match self {
            Self::Amount | Self::Balance => vec![t.desk_column_currency(), own],
            Self::Quantity => vec![own, t.orders_column_unit()],
            Self::Next => vec![t.desk_column_waiting(), own],
            _ => vec![own],
        }
    }
}

impl Shown {
    fn moment(at: Option<DateTime<Utc>>, page: &Page) -> Self {
        let text = at.map(|at| page.moment_near(at)).unwrap_or_default();
        Self::Moment(text, at.map(|at| format::local_day(at, page.zone)))
    }

    /// A figure as text; empty where there is none.
    pub(in crate::desk) fn figure(&self) -> String {
        match self {
            Self::Money(figure, currency) => money(*figure, currency)
                .map(format::amount)
                .unwrap_or_default(),
            Self::Goods(Some(figure), unit) => format!("{} {unit}", format::quantity(*figure)),
            Self::Goods(None, units) => units.clone(),
            _ => String::new(),
        }
    }

    /// As many cells as its column has heads.
    pub(in crate::desk) fn excel(self, t: T) -> Vec<Cell> {
        match self {
            Self::Text(text) | Self::Clip(text) | Self::Code(text) | Self::State(_, text, _, _) => {
                vec![Cell::text(text)]
            }
            Self::Day(day) | Self::Moment(_, day) => vec![Cell::day(day)],
            Self::Step(number, name) => vec![Cell::text(format!("{number} {name}"))],
            Self::Next(party, text) => vec![
                Cell::text(party.map_or("", |party| party.label(t))),
                Cell::text(text),
            ],
            Self::Money(Some(figure), currency) => vec![Cell::text(currency), Cell::Number(figure)],
            Self::Money(None, _) => vec![Cell::Empty, Cell::Empty],
            Self::Goods(figure, unit) => {
                vec![figure.map_or(Cell::Empty, Cell::Number), Cell::text(unit)]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Lang;

    #[test]
    fn every_column_has_as_many_cells_as_heads() {
        let t = T(Lang::En);
        let shown = [
            (Column::Amount, Shown::Money(None, "USD".into())),
            (
                Column::Balance,
                Shown::Money(Some(Decimal::ONE), "USD".into()),
            ),
            (Column::Quantity, Shown::Goods(None, "2 pcs + 1 set".into())),
            (Column::Next, Shown::Next(None, String::new())),
            (Column::Etd, Shown::Day(None)),
            (Column::LastEvent, Shown::Moment(String::new(), None)),
        ];
        for (column, shown) in shown {
            let heads = column.excel_heads(t).len();
            assert_eq!(heads, shown.excel(t).len(), "{}", column.code());
        }
    }

    #[test]
    fn the_usual_columns_stand_in_the_order_of_the_table() {
        assert!(Column::USUAL.is_sorted() && Column::ALL.is_sorted());
        for column in Column::ALL {
            assert_eq!(Column::parse(column.code()), Some(column));
        }
    }
}

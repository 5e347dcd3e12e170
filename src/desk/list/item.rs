//! What a reader is shown of one order in a list: its worst state, its next move, and the amount only where she may
//! see it.

use super::sql::{COUNTED, Figure, Row};
use crate::base::{By, Currency, DepartmentId, Lang, Money, Party, PersonId, T, format};
use crate::orders::headline::Standing;
use crate::orders::open_items::ItemKind;
use crate::orders::{Condition, Step};
use crate::people::Deed;
use crate::people::relation::{Keepers, Relation};
use crate::people::rights::{self, Verdict};
use crate::web::Page;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// One order as list, board and search draw it.
#[derive(Clone, Debug)]
pub(in crate::desk) struct Item {
    pub number: String,
    pub customer: String,
    pub title: String,
    pub reference: String,
    pub step: i16,
    pub step_name: &'static str,
    pub kind: &'static str,
    pub word: String,
    /// The absolute time beside a relative one.
    pub spoken: String,
    pub delivery: String,
    pub party: Option<Party>,
    pub next: String,
    pub owed: i64,
    pub salesperson: String,
    pub operator: String,
}

impl Item {
    pub(in crate::desk) fn of(row: &Row, page: &Page) -> Self {
        let (kind, word, spoken) = headline(row, page);
        let step = Step::from_number(row.step);
        let next = row.next_kind.as_deref().and_then(ItemKind::parse);
        let in_words = |zh: &str, en: &str| match page.lang {
            Lang::Zh => zh.to_owned(),
            Lang::En => en.to_owned(),
        };
        Self {
            kind,
            word,
            spoken,
            step: row.step,
            step_name: step.map_or("", |step| step.label(page.t)),
            delivery: row.delivery_on.map(|day| page.day(day)).unwrap_or_default(),
            party: row.waiting.as_deref().and_then(Party::parse),
            next: next.map_or_else(String::new, |kind| {
                let text = |value: &Option<String>| value.clone().unwrap_or_default();
                kind.tell(page.t, &text(&row.subject), &text(&row.quoted))
            }),
            salesperson: in_words(&row.salesperson_zh, &row.salesperson_en),
            operator: in_words(&row.operator_zh, &row.operator_en),
            number: row.number.clone(),
            customer: row.customer.clone(),
            title: row.title.clone(),
            reference: row.customer_reference.clone(),
            owed: row.owed,
        }
    }

    pub(in crate::desk) fn url(&self) -> String {
        format!("/orders/{}", self.number)
    }
}

/// By the rule of the order's own pages.
fn headline(row: &Row, page: &Page) -> (&'static str, String, String) {
    let condition = Condition::parse(&row.condition).unwrap_or(Condition::Open);
    let standing = Standing {
        problem: row.problem,
        due: row.next_due,
        waiting: row.waiting.as_deref().and_then(Party::parse),
    };
    standing.headline(condition, page)
}

/// The one question of the rights, asked row by row: an operator reads her department's orders without amounts.
pub(in crate::desk) fn sees_amount(
    by: &By,
    (department, salesperson, operator): (uuid::Uuid, uuid::Uuid, uuid::Uuid),
) -> bool {
    let keepers = Keepers {
        department: DepartmentId(department),
        salesperson: PersonId(salesperson),
        operator: PersonId(operator),
    };
    let asked = Deed::SeeCustomerPrices.into();
    rights::decide(by, &asked, &Relation::to(by, &keepers)) == Verdict::Allow
}

pub(super) fn money(amount: Option<Decimal>, currency: &str) -> Option<Money> {
    Some(Money::new(amount?, Currency::parse(currency)?))
}

/// Count and sums of the whole result.
#[derive(Clone, Debug, Default)]
pub(in crate::desk) struct Totals {
    pub count: usize,
    /// There are more than are counted; then there are no sums.
    pub more: bool,
    pub sums: Vec<String>,
    /// The one currency of all, for the head of the column.
    pub uniform: Option<String>,
    /// Orders whose amount this reader may not see.
    pub hidden: usize,
    pub late: usize,
}

impl Totals {
    pub(in crate::desk) fn of<'a>(
        figures: impl IntoIterator<Item = &'a Figure>,
        by: &By,
        lang: Lang,
    ) -> Self {
        let (mut totals, mut sums) = (Self::default(), BTreeMap::<Currency, Decimal>::new());
        for figure in figures {
            totals.count += 1;
            totals.late += usize::from(figure.late);
            let keepers = (figure.department, figure.salesperson, figure.operator);
            if !sees_amount(by, keepers) {
                totals.hidden += 1;
            } else if let Some(money) = money(figure.amount, &figure.currency) {
                *sums.entry(money.currency).or_default() += money.amount;
            }
        }
        totals.more = totals.count > COUNTED;
        if totals.more {
            totals.count = COUNTED;
            return totals;
        }
        if let (1, Some((currency, _))) = (sums.len(), sums.iter().next()) {
            totals.uniform = Some(currency.as_str().to_owned());
        }
        totals.sums = sums
            .into_iter()
            .map(|(currency, amount)| format::money(lang, Money::new(amount, currency)))
            .collect();
        totals
    }

    /// `18`, or `1,000+`.
    pub(in crate::desk) fn counted(&self) -> String {
        if self.more {
            format!("{}+", format::number(Decimal::from(COUNTED)))
        } else {
            self.count.to_string()
        }
    }

    /// Whether any amount of the result is for this reader.
    pub(in crate::desk) fn amounts(&self) -> bool {
        self.hidden < self.count
    }

    pub(in crate::desk) fn said(&self, t: T) -> String {
        let mut said = vec![t.desk_orders_counted(self.counted())];
        said.extend(self.sums.iter().cloned());
        if self.hidden > 0 && self.amounts() && !self.more {
            said.push(t.desk_amounts_hidden(self.hidden));
        }
        said.join(" · ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Role, Roles, Staff, Who};
    use chrono::DateTime;
    use uuid::Uuid;

    fn reader(role: Role, department: Option<Uuid>) -> By {
        By {
            who: Who::Staff(Staff {
                id: PersonId(Uuid::from_u128(7)),
                name_zh: "沈小禾".into(),
                name_en: "Shen Xiaohe".into(),
                roles: Roles::new([role]),
                department: department.map(DepartmentId),
                leads: Vec::new(),
                stands_in: Vec::new(),
            }),
            at: DateTime::UNIX_EPOCH,
            lang: Lang::En,
        }
    }

    fn figure(operator: u128, currency: &str, amount: Option<&str>) -> Figure {
        Figure {
            department: Uuid::from_u128(1),
            salesperson: Uuid::from_u128(9),
            operator: Uuid::from_u128(operator),
            step: 4,
            currency: currency.into(),
            amount: amount.map(|amount| amount.parse().unwrap()),
            late: false,
        }
    }

    #[test]
    fn a_sum_is_made_per_currency_and_only_of_what_the_reader_may_see() {
        let operator = reader(Role::OrderOperator, Some(Uuid::from_u128(1)));
        let figures = [
            figure(7, "USD", Some("100.00")),
            figure(7, "EUR", Some("20.50")),
            figure(8, "USD", Some("999.00")),
            figure(7, "USD", None),
        ];
        let totals = Totals::of(&figures, &operator, Lang::En);
        assert_eq!(totals.sums, ["EUR 20.50", "USD 100.00"]);
        assert_eq!((totals.count, totals.hidden, totals.uniform), (4, 1, None));
    }

    #[test]
    fn finance_sees_every_amount_and_an_administrator_none() {
        let keepers = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
        assert!(sees_amount(&reader(Role::Finance, None), keepers));
        assert!(!sees_amount(&reader(Role::Admin, None), keepers));
    }

    #[test]
    fn past_a_thousand_nothing_is_summed() {
        let finance = reader(Role::Finance, None);
        let many = vec![figure(7, "USD", Some("1")); COUNTED + 1];
        let totals = Totals::of(&many, &finance, Lang::En);
        assert_eq!(
            (totals.counted().as_str(), totals.sums.len()),
            ("1,000+", 0)
        );
    }
}

//! Filter 筛选: what the address of the orders list asks for, and addresses made from it.
//!
//! List, board, workbook and saved views read the same words, so that a view is nothing but its query string.

use crate::base::{By, OrderNumber, Party, Role};
use crate::orders::{Condition, Step};
use crate::web::paging;
use crate::web::routes::percent;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::desk) struct Filter {
    pub q: String,
    pub steps: Vec<Step>,
    pub state: Option<State>,
    /// Code of the customer.
    pub customer: String,
    /// E-mail addresses: the names people have in addresses.
    pub operator: String,
    pub salesperson: String,
    pub mine: bool,
    pub held: Held,
    pub sort: Sort,
    pub size: usize,
    pub after: Option<OrderNumber>,
    pub before: Option<OrderNumber>,
    /// Values that mean nothing; shown struck through.
    pub unknown: Vec<(String, String)>,
}

/// What the worst open item says of the whole order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) enum State {
    Late,
    Due,
    Problem,
    Waiting(Party),
}

/// Which conditions are shown; those under way where nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::desk) enum Held {
    #[default]
    UnderWay,
    All,
    Only(Condition),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) struct Sort {
    pub by: Key,
    pub descending: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) enum Key {
    Opened,
    Number,
    Delivery,
    Due,
}

impl Default for Sort {
    fn default() -> Self {
        Self {
            by: Key::Opened,
            descending: true,
        }
    }
}

impl State {
    pub(in crate::desk) const ALL: [Self; 8] = [
        Self::Late,
        Self::Due,
        Self::Problem,
        Self::Waiting(Party::Us),
        Self::Waiting(Party::Customer),
        Self::Waiting(Party::Factory),
        Self::Waiting(Party::Forwarder),
        Self::Waiting(Party::Manager),
    ];

    pub(in crate::desk) const fn code(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Due => "due",
            Self::Problem => "problem",
            Self::Waiting(party) => party.code(),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == text)
    }
}

impl Held {
    pub(in crate::desk) const fn code(self) -> &'static str {
        match self {
            Self::UnderWay => "",
            Self::All => "all",
            Self::Only(condition) => condition.code(),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        match text {
            "all" => Some(Self::All),
            other => Condition::parse(other).map(Self::Only),
        }
    }
}

impl Key {
    pub(in crate::desk) const ALL: [Self; 4] =
        [Self::Opened, Self::Number, Self::Delivery, Self::Due];

    pub(in crate::desk) const fn code(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Number => "number",
            Self::Delivery => "delivery",
            Self::Due => "due",
        }
    }
}

impl Sort {
    fn parse(text: &str) -> Option<Self> {
        let (descending, code) = text
            .strip_prefix('-')
            .map_or((false, text), |code| (true, code));
        let by = Key::ALL.into_iter().find(|key| key.code() == code)?;
        Some(Self { by, descending })
    }

    fn text(self) -> String {
        format!(
            "{}{}",
            if self.descending { "-" } else { "" },
            self.by.code()
        )
    }
}

impl Sort {
    fn unless_usual(self) -> String {
        if self == Self::default() {
            String::new()
        } else {
            self.text()
        }
    }
}

impl Filter {
    /// Reads the query string. An address without a word of ours is the reader's own running orders, where she has any.
    pub(in crate::desk) fn read(query: &str, by: &By) -> Self {
        let pairs: Vec<(String, String)> = serde_html_form::from_str(query).unwrap_or_default();
        let mut filter = Self {
            size: paging::size(""),
            ..Self::default()
        };
        let mut asked = false;
        for (name, value) in pairs {
            asked |= filter.take(&name, value.trim());
        }
        if !asked {
            filter.mine = trades(by);
        }
        filter
    }

    /// Takes one pair; answers whether it was one of ours.
    fn take(&mut self, name: &str, value: &str) -> bool {
        if value.is_empty() {
            return matches!(name, "who" | "q" | "condition");
        }
        let mut lost = |what: bool| {
            if !what {
                self.unknown
                    .push((name.to_owned(), value.chars().take(40).collect()));
            }
        };
        match name {
            "q" => self.q = value.chars().take(60).collect(),
            "step" => {
                let steps: Vec<Option<Step>> = value
                    .split(',')
                    .map(|step| step.parse().ok().and_then(Step::from_number))
                    .collect();
                lost(steps.iter().all(Option::is_some));
                self.steps.extend(steps.into_iter().flatten());
                self.steps.sort_unstable();
                self.steps.dedup();
            }
            "state" => {
                self.state = State::parse(value);
                lost(State::parse(value).is_some());
            }
            "condition" => {
                lost(Held::parse(value).is_some());
                self.held = Held::parse(value).unwrap_or_default();
            }
            "sort" => self.sort = Sort::parse(value).unwrap_or_default(),
            "customer" => value.clone_into(&mut self.customer),
            "operator" => value.clone_into(&mut self.operator),
            "salesperson" => value.clone_into(&mut self.salesperson),
            "who" => self.mine = value == "me",
            "size" => self.size = paging::size(value),
            "after" => self.after = OrderNumber::parse(value),
            "before" => self.before = OrderNumber::parse(value),
            _ => return false,
        }
        !matches!(name, "size" | "sort")
    }

    /// The words of this filter without paging, in one order: two equal filters have one address.
    pub(in crate::desk) fn query(&self) -> String {
        let pairs = [
            (
                "who",
                if self.mine {
                    "me".to_owned()
                } else {
                    "all".to_owned()
                },
            ),
            ("q", self.q.clone()),
            ("step", self.step_numbers()),
            (
                "state",
                self.state.map(State::code).unwrap_or_default().to_owned(),
            ),
            ("customer", self.customer.clone()),
            ("operator", self.operator.clone()),
            ("salesperson", self.salesperson.clone()),
            ("condition", self.held.code().to_owned()),
            ("sort", self.sort.unless_usual()),
            ("size", self.size_unless_usual()),
        ];
        let words: Vec<String> = pairs
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", percent(&value)))
            .collect();
        words.join("&")
    }

    fn step_numbers(&self) -> String {
        let steps: Vec<String> = self
            .steps
            .iter()
            .map(|step| step.number().to_string())
            .collect();
        steps.join(",")
    }

    fn size_unless_usual(&self) -> String {
        if self.size == paging::size("") {
            String::new()
        } else {
            self.size.to_string()
        }
    }

    /// The same filter on another page of the list.
    pub(in crate::desk) fn page_query(&self, name: &str, number: &str) -> String {
        format!("{}&{name}={}", self.query(), percent(number))
    }

    /// The address of a changed filter.
    pub(in crate::desk) fn changed(&self, change: impl FnOnce(&mut Self)) -> String {
        let mut other = self.clone();
        change(&mut other);
        other.query()
    }

    /// What decides whether a tab is the one shown: how the list is sorted does not.
    pub(in crate::desk) fn view(&self) -> String {
        self.changed(|filter| {
            filter.sort = Sort::default();
            filter.size = paging::size("");
        })
    }

    pub(in crate::desk) fn sorted_by(&self, key: Key) -> &'static str {
        match (self.sort.by == key, self.sort.descending) {
            (false, _) => "",
            (true, true) => "descending",
            (true, false) => "ascending",
        }
    }

    /// Head of a column: the other direction, or its own first one.
    pub(in crate::desk) fn sort_query(&self, key: Key) -> String {
        self.changed(|filter| {
            let descending = if filter.sort.by == key {
                !filter.sort.descending
            } else {
                matches!(key, Key::Opened | Key::Number)
            };
            filter.sort = Sort {
                by: key,
                descending,
            };
        })
    }

    /// Filters that stand beside the search field, for the button of a phone.
    pub(in crate::desk) fn count(&self) -> usize {
        [
            !self.steps.is_empty(),
            self.state.is_some(),
            !self.customer.is_empty(),
            !self.operator.is_empty(),
            !self.salesperson.is_empty(),
            self.held != Held::UnderWay,
            self.mine,
        ]
        .into_iter()
        .filter(|set| *set)
        .count()
    }
}

/// Whether a reader keeps orders herself.
pub(in crate::desk) fn trades(by: &By) -> bool {
    by.staff().is_some_and(|staff| {
        staff
            .roles
            .any_of(&[Role::Salesperson, Role::OrderOperator])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Lang, PersonId, Roles, Staff, Who};
    use chrono::DateTime;

    fn by(role: Role) -> By {
        By {
            who: Who::Staff(Staff {
                id: PersonId(uuid::Uuid::nil()),
                name_zh: "沈小禾".into(),
                name_en: "Shen Xiaohe".into(),
                roles: Roles::new([role]),
                department: None,
                leads: Vec::new(),
                stands_in: Vec::new(),
            }),
            at: DateTime::UNIX_EPOCH,
            lang: Lang::Zh,
        }
    }

    fn read(query: &str) -> Filter {
        Filter::read(query, &by(Role::OrderOperator))
    }

    #[test]
    fn a_bare_address_is_ones_own_work_and_a_managers_whole_team() {
        assert!(read("").mine);
        assert!(read("sort=due").mine);
        assert!(!read("who=all").mine);
        assert!(!Filter::read("", &by(Role::Manager)).mine);
    }

    #[test]
    fn an_address_is_read_back_as_it_was_written() {
        let filter = read(
            "step=6,7&state=customer&customer=nordhavn&q=%E5%94%9B%E5%A4%B4&condition=all&sort=-due",
        );
        assert_eq!(filter.steps, [Step::Production, Step::Booking]);
        assert_eq!(filter.state, Some(State::Waiting(Party::Customer)));
        assert_eq!(read(&filter.query()), filter);
        assert_eq!(read("step=7&step=6").steps, filter.steps);
    }

    #[test]
    fn what_means_nothing_is_kept_to_be_shown_and_not_obeyed() {
        let filter = read("state=pink&step=6,99");
        assert_eq!((filter.state, filter.steps.len()), (None, 1));
        assert_eq!(filter.unknown.len(), 2);
    }

    #[test]
    fn a_head_clicked_twice_turns_the_order_round() {
        let once = read("who=all").sort_query(Key::Delivery);
        assert!(once.ends_with("sort=delivery"), "{once}");
        assert!(
            read(&once)
                .sort_query(Key::Delivery)
                .ends_with("sort=-delivery")
        );
    }
}

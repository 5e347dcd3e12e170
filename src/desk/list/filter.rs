//! Filter 筛选: what the address of the orders list asks for, and addresses made from it.
//!
//! List, board, workbook and saved views read the same words, so that a view is nothing but its query string.

use super::column::Column;
pub(in crate::desk) use super::sort::{Key, Sort};
use super::span::Span;
pub(in crate::desk) use super::state::{Held, State};
use crate::base::{By, OrderNumber, Role};
use crate::orders::Step;
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
    /// Code of a factory of its goods.
    pub factory: String,
    /// Days between which one of its shipments sails.
    pub etd: Span,
    pub mine: bool,
    pub held: Held,
    pub sort: Sort,
    /// Columns chosen, beside the order's number; none: the usual ones.
    pub cols: Vec<Column>,
    pub size: usize,
    pub after: Option<OrderNumber>,
    pub before: Option<OrderNumber>,
    /// Values that mean nothing; shown struck through.
    pub unknown: Vec<(String, String)>,
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
            "step" => lost(gather(&mut self.steps, value, |step| {
                step.parse().ok().and_then(Step::from_number)
            })),
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
            "factory" => value.clone_into(&mut self.factory),
            "etd" | "etd_from" | "etd_until" => lost(self.etd.take(name, value)),
            "cols" => lost(gather(&mut self.cols, value, Column::parse)),
            "who" => self.mine = value == "me",
            "size" => self.size = paging::size(value),
            "after" => self.after = OrderNumber::parse(value),
            "before" => self.before = OrderNumber::parse(value),
            _ => return false,
        }
        !matches!(name, "size" | "sort" | "cols")
    }

    /// The words of this filter without paging, in one order: two equal filters have one address.
    pub(in crate::desk) fn query(&self) -> String {
        let words: Vec<String> = self
            .words()
            .into_iter()
            .map(|(name, value)| format!("{name}={}", percent(&value)))
            .collect();
        words.join("&")
    }

    /// The same as fields of a form.
    pub(in crate::desk) fn words(&self) -> Vec<(&'static str, String)> {
        let text = str::to_owned;
        let mut words = vec![
            ("who", text(if self.mine { "me" } else { "all" })),
            ("q", self.q.clone()),
            ("step", self.step_numbers()),
            ("state", text(self.state.map_or("", State::code))),
            ("customer", self.customer.clone()),
            ("factory", self.factory.clone()),
            ("etd", self.etd.text()),
            ("operator", self.operator.clone()),
            ("salesperson", self.salesperson.clone()),
            ("condition", text(self.held.code())),
            ("sort", self.sort.unless_usual()),
            ("cols", self.cols_text()),
            ("size", self.size_unless_usual()),
        ];
        words.retain(|(_, value)| !value.is_empty());
        words
    }

    /// Columns as they are shown, in the order of the table.
    pub(in crate::desk) fn columns(&self) -> &[Column] {
        if self.cols.is_empty() {
            &Column::USUAL
        } else {
            &self.cols
        }
    }

    /// Empty for the usual ones: no view changes when the usual ones do.
    pub(in crate::desk) fn cols_text(&self) -> String {
        if self.columns() == Column::USUAL {
            return String::new();
        }
        let codes: Vec<&str> = self.cols.iter().map(|column| column.code()).collect();
        codes.join(",")
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

    /// This very page of the list: what a form of it is drawn again by.
    pub(in crate::desk) fn here(&self) -> String {
        match (&self.after, &self.before) {
            (Some(edge), _) => self.page_query("after", edge.as_str()),
            (None, Some(edge)) => self.page_query("before", edge.as_str()),
            (None, None) => self.query(),
        }
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
                matches!(
                    key,
                    Key::Opened | Key::Number | Key::Amount | Key::LastEvent
                )
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
            !self.factory.is_empty(),
            self.etd != Span::default(),
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

/// Adds what a list with commas names, each once and in its order; answers whether all of it meant something.
fn gather<W: Ord>(held: &mut Vec<W>, value: &str, read: impl Fn(&str) -> Option<W>) -> bool {
    let words: Vec<Option<W>> = value.split(',').map(read).collect();
    let known = words.iter().all(Option::is_some);
    held.extend(words.into_iter().flatten());
    held.sort_unstable();
    held.dedup();
    known
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
    use crate::base::{Lang, Party, PersonId, Roles, Staff, Who};
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
    fn columns_factory_and_days_go_with_the_address() {
        let filter = read(
            "who=all&cols=etd&cols=factory&etd_from=2026-12-01&etd_until=2026-12-31&factory=qiming",
        );
        assert_eq!(filter.columns(), [Column::Factory, Column::Etd]);
        let query = filter.query();
        assert!(query.contains("etd=2026-12-01..2026-12-31"), "{query}");
        assert!(query.contains("cols=factory%2Cetd"), "{query}");
        assert_eq!(read(&query), filter);
        // What is left open on one side is kept open.
        assert_eq!(read("etd=..2026-12-31").etd.text(), "..2026-12-31");
        let odd = read("etd=soon&cols=colour,etd");
        assert_eq!((odd.unknown.len(), odd.columns()), (2, &[Column::Etd][..]));
    }

    #[test]
    fn the_usual_columns_are_not_spelled_out_and_make_no_question() {
        assert!(read("cols=etd").mine);
        let usual: Vec<&str> = Column::USUAL.iter().map(|column| column.code()).collect();
        let filter = read(&format!("who=all&cols={}", usual.join(",")));
        assert_eq!(filter.query(), "who=all");
        assert_ne!(read("who=all&cols=etd").view(), filter.view());
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

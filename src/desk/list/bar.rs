//! What stands over list and board alike: the filters with their choices, and the chips of those that are set.

use super::bar_sql::{self, Around, Choices};
use super::filter::{Filter, Held, State};
use super::span::Span;
use crate::base::{By, Role, T};
use crate::orders::{Condition, Step};
use crate::web::{Page, Result};
use sqlx::PgConnection;

#[derive(Clone, Debug)]
pub(in crate::desk) struct Bar {
    pub filter: Filter,
    /// Address the filters lead to.
    pub path: &'static str,
    t: T,
    pub chips: Vec<Chip>,
    pub customers: Choices,
    pub factories: Choices,
    pub operators: Choices,
    pub salespeople: Choices,
}

/// A filter that is set, with the address that takes it off.
#[derive(Clone, Debug)]
pub(in crate::desk) struct Chip {
    pub word: String,
    pub off: String,
    /// Its value means nothing any more.
    pub lost: bool,
}

impl Bar {
    pub(in crate::desk) async fn load(
        db: &mut PgConnection,
        by: &By,
        (filter, path): (Filter, &'static str),
        page: &Page,
    ) -> Result<Self> {
        let around = bar_sql::around(db, by, false).await?;
        Ok(Self::of(around, (filter, path), page))
    }

    pub(in crate::desk) fn of(
        around: Around,
        (filter, path): (Filter, &'static str),
        page: &Page,
    ) -> Self {
        let holding = |role: Role| -> Choices {
            let those = around.staff.iter().filter(|keeper| keeper.holds(role));
            those
                .map(|keeper| (keeper.email.clone(), keeper.name(page.lang)))
                .collect()
        };
        let mut bar = Self {
            operators: holding(Role::OrderOperator),
            salespeople: holding(Role::Salesperson),
            customers: around.customers,
            factories: around.factories,
            chips: Vec::new(),
            t: page.t,
            filter,
            path,
        };
        bar.chips = bar.set();
        bar
    }

    pub(in crate::desk) fn steps(&self) -> Vec<(i16, &'static str, bool)> {
        Step::ALL
            .into_iter()
            .map(|step| {
                (
                    step.number(),
                    step.label(self.t),
                    self.filter.steps.contains(&step),
                )
            })
            .collect()
    }

    pub(in crate::desk) fn states(&self) -> Choices {
        State::ALL
            .into_iter()
            .map(|state| (state.code().to_owned(), state.word(self.t)))
            .collect()
    }

    pub(in crate::desk) fn state(&self) -> &'static str {
        self.filter.state.map(State::code).unwrap_or_default()
    }

    pub(in crate::desk) fn who(&self) -> &'static str {
        if self.filter.mine { "me" } else { "all" }
    }

    pub(in crate::desk) fn whose(&self) -> [(&'static str, &'static str); 2] {
        [("me", self.t.desk_mine()), ("all", self.t.desk_everybody())]
    }

    pub(in crate::desk) fn conditions(&self) -> Choices {
        let mut choices = vec![("all".to_owned(), self.t.desk_condition_all().to_owned())];
        choices.extend(Condition::ALL.into_iter().map(|condition| {
            (
                condition.code().to_owned(),
                condition.label(self.t).to_owned(),
            )
        }));
        choices
    }

    pub(in crate::desk) fn condition(&self) -> &'static str {
        self.filter.held.code()
    }

    /// This result elsewhere: as a board, as a workbook.
    pub(in crate::desk) fn to(&self, path: &str) -> String {
        format!("{path}?{}", self.filter.query())
    }

    pub(in crate::desk) fn cleared(&self) -> String {
        format!("{}?who=all", self.path)
    }

    /// One chip for each filter that is set.
    fn set(&self) -> Vec<Chip> {
        let (t, filter) = (self.t, &self.filter);
        let mut chips = Vec::new();
        if filter.mine {
            chips.push(self.chip(t.desk_chip_mine().to_owned(), |f| f.mine = false));
        }
        if !filter.q.is_empty() {
            chips.push(self.chip(t.desk_chip_text(&filter.q), |f| f.q.clear()));
        }
        for step in &filter.steps {
            let word = t.desk_chip_step(step.number(), step.label(t));
            chips.push(self.chip(word, |f| f.steps.retain(|other| other != step)));
        }
        if let Some(state) = filter.state {
            let word = t.desk_chip_state(state.word(t));
            chips.push(self.chip(word, |f| f.state = None));
        }
        if filter.held != Held::UnderWay {
            let word = |word: &str| t.desk_chip_condition(word);
            let held = (&self.conditions(), filter.held.code());
            chips.extend(self.named(held, word, |f| f.held = Held::UnderWay));
        }
        if filter.etd != Span::default() {
            let word = t.desk_chip_etd(filter.etd.text());
            chips.push(self.chip(word, |f| f.etd = Span::default()));
        }
        chips.extend(self.people());
        chips.extend(filter.unknown.iter().map(|(_, value)| Chip {
            word: value.clone(),
            off: format!("{}?{}", self.path, filter.query()),
            lost: true,
        }));
        chips
    }

    /// Chips of those a filter names by a code or an address.
    fn people(&self) -> Vec<Chip> {
        let (t, filter) = (self.t, &self.filter);
        let customer = self.named(
            (&self.customers, &filter.customer),
            |name| t.desk_chip_customer(name),
            |f| f.customer.clear(),
        );
        let operator = self.named(
            (&self.operators, &filter.operator),
            |name| t.desk_chip_operator(name),
            |f| f.operator.clear(),
        );
        let salesperson = self.named(
            (&self.salespeople, &filter.salesperson),
            |name| t.desk_chip_salesperson(name),
            |f| f.salesperson.clear(),
        );
        let factory = self.named(
            (&self.factories, &filter.factory),
            |name| t.desk_chip_factory(name),
            |f| f.factory.clear(),
        );
        [customer, factory, operator, salesperson]
            .into_iter()
            .flatten()
            .collect()
    }

    fn chip(&self, word: String, off: impl FnOnce(&mut Filter)) -> Chip {
        Chip {
            word,
            off: format!("{}?{}", self.path, self.filter.changed(off)),
            lost: false,
        }
    }

    /// A chip by the name behind a code; a code nobody bears any more is shown as it was typed.
    fn named(
        &self,
        (choices, code): (&Choices, &str),
        word: impl Fn(&str) -> String,
        off: impl FnOnce(&mut Filter),
    ) -> Option<Chip> {
        if code.is_empty() {
            return None;
        }
        let name = choices.iter().find(|(known, _)| known == code);
        let text = name.map_or_else(|| code.to_owned(), |(_, name)| word(name));
        Some(Chip {
            lost: name.is_none(),
            ..self.chip(text, off)
        })
    }
}

//! What stands over list and board alike: the filters with their choices, and the chips of those that are set.

use super::filter::{Filter, Held, State};
use super::sql;
use crate::base::{Role, T};
use crate::orders::{Condition, Step};
use crate::people;
use crate::web::{Page, Result};
use sqlx::PgConnection;

type Choices = Vec<(String, String)>;

#[derive(Clone, Debug)]
pub struct Bar {
    pub filter: Filter,
    /// Address the filters lead to.
    pub path: &'static str,
    pub chips: Vec<Chip>,
    pub customers: Choices,
    pub operators: Choices,
    pub salespeople: Choices,
}

/// A filter that is set, with the address that takes it off.
#[derive(Clone, Debug)]
pub struct Chip {
    pub word: String,
    pub off: String,
    /// Its value means nothing any more.
    pub lost: bool,
}

impl Bar {
    pub async fn load(
        db: &mut PgConnection,
        filter: Filter,
        path: &'static str,
        page: &Page,
    ) -> Result<Self> {
        let staff = people::list_active(db).await?;
        let holding = |role: Role| -> Choices {
            staff
                .iter()
                .filter(|person| person.roles.has(role))
                .map(|person| (person.email.clone(), person.name(page.lang).to_owned()))
                .collect()
        };
        let mut bar = Self {
            customers: sql::customers(db).await?,
            operators: holding(Role::OrderOperator),
            salespeople: holding(Role::Salesperson),
            chips: Vec::new(),
            filter,
            path,
        };
        bar.chips = bar.set(page.t);
        Ok(bar)
    }

    pub fn steps(&self, t: &T) -> Vec<(i16, &'static str, bool)> {
        Step::ALL
            .into_iter()
            .map(|step| {
                (
                    step.number(),
                    step.label(*t),
                    self.filter.steps.contains(&step),
                )
            })
            .collect()
    }

    pub fn states(&self, t: &T) -> Choices {
        State::ALL
            .into_iter()
            .map(|state| (state.code().to_owned(), state_word(state, *t)))
            .collect()
    }

    pub fn state(&self) -> &'static str {
        self.filter.state.map(State::code).unwrap_or_default()
    }

    pub fn who(&self) -> &'static str {
        if self.filter.mine { "me" } else { "all" }
    }

    pub fn whose(&self, t: &T) -> [(&'static str, &'static str); 2] {
        [("me", t.desk_mine()), ("all", t.desk_everybody())]
    }

    pub fn conditions(&self, t: &T) -> Choices {
        let mut choices = vec![("all".to_owned(), t.desk_condition_all().to_owned())];
        choices.extend(
            Condition::ALL
                .into_iter()
                .map(|condition| (condition.code().to_owned(), condition.label(*t).to_owned())),
        );
        choices
    }

    pub fn condition(&self) -> &'static str {
        self.filter.held.code()
    }

    /// This result elsewhere: as a board, as a workbook.
    pub fn to(&self, path: &str) -> String {
        format!("{path}?{}", self.filter.query())
    }

    pub fn cleared(&self) -> String {
        format!("{}?who=all", self.path)
    }

    fn set(&self, t: T) -> Vec<Chip> {
        let filter = &self.filter;
        let name = |choices: &Choices, code: &str| {
            choices
                .iter()
                .find(|(known, _)| known == code)
                .map(|(_, name)| name.clone())
        };
        let mut chips = Vec::new();
        let mut add = |word: Option<String>, typed: &str, off: String| {
            chips.push(Chip {
                lost: word.is_none(),
                word: word.unwrap_or_else(|| typed.to_owned()),
                off: format!("{}?{off}", self.path),
            });
        };
        if filter.mine {
            add(
                Some(t.desk_chip_mine().into()),
                "",
                filter.changed(|f| f.mine = false),
            );
        }
        if !filter.q.is_empty() {
            let word = t.desk_chip_text(&filter.q);
            add(Some(word), "", filter.changed(|f| f.q.clear()));
        }
        for step in &filter.steps {
            let word = t.desk_chip_step(step.number(), step.label(t));
            let off = filter.changed(|f| f.steps.retain(|other| other != step));
            add(Some(word), "", off);
        }
        if let Some(state) = filter.state {
            let word = t.desk_chip_state(state_word(state, t));
            add(Some(word), "", filter.changed(|f| f.state = None));
        }
        if filter.held != Held::UnderWay {
            let code = filter.held.code();
            let word = name(&self.conditions(&t), code).map(|word| t.desk_chip_condition(word));
            add(word, code, filter.changed(|f| f.held = Held::UnderWay));
        }
        if !filter.customer.is_empty() {
            let word =
                name(&self.customers, &filter.customer).map(|word| t.desk_chip_customer(word));
            add(
                word,
                &filter.customer,
                filter.changed(|f| f.customer.clear()),
            );
        }
        if !filter.operator.is_empty() {
            let word =
                name(&self.operators, &filter.operator).map(|word| t.desk_chip_operator(word));
            add(
                word,
                &filter.operator,
                filter.changed(|f| f.operator.clear()),
            );
        }
        if !filter.salesperson.is_empty() {
            let word = name(&self.salespeople, &filter.salesperson)
                .map(|word| t.desk_chip_salesperson(word));
            add(
                word,
                &filter.salesperson,
                filter.changed(|f| f.salesperson.clear()),
            );
        }
        for (_, value) in &filter.unknown {
            add(None, value, filter.query());
        }
        chips
    }
}

pub fn state_word(state: State, t: T) -> String {
    match state {
        State::Late => t.orders_status_late().to_owned(),
        State::Due => t.orders_status_due().to_owned(),
        State::Problem => t.orders_status_problem().to_owned(),
        State::Waiting(party) => t.desk_state_waiting(party.label(t)),
    }
}

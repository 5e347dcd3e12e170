//! Hand task 手工待办: what somebody wrote for herself or gave to a colleague. Nothing of the trade follows from it.

use crate::base::{By, DepartmentId, Lang, OrderId, PersonId, T, TaskId};
use crate::people::Relation;
use crate::people::rights::{self, Deed, Verdict};
use crate::web::{Error, Result, Tell};
use chrono::{DateTime, Utc};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) enum State {
    Open,
    Done,
    /// Taken away.
    Gone,
}

impl State {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Gone => "gone",
        }
    }

    /// The table holds no other word.
    pub(super) fn parse(text: &str) -> Self {
        match text {
            "open" => Self::Open,
            "done" => Self::Done,
            _ => Self::Gone,
        }
    }
}

/// One task, with the names it is shown by.
#[derive(Clone, Debug)]
pub(in crate::desk) struct HandTask {
    pub id: TaskId,
    pub owner: PersonId,
    pub owner_names: [String; 2],
    /// The department of who does it.
    pub department: Option<DepartmentId>,
    pub giver: PersonId,
    pub giver_names: [String; 2],
    pub order: Option<OrderId>,
    pub text: String,
    pub due_at: DateTime<Utc>,
    /// A day was meant, and no moment of it.
    pub no_hour: bool,
    pub state: State,
    pub ended_at: Option<DateTime<Utc>>,
    pub version: i32,
}

impl HandTask {
    pub(in crate::desk) fn url(&self) -> String {
        format!("/tasks/{}", self.id)
    }

    pub(in crate::desk) fn owner_name(&self, lang: Lang) -> &str {
        name(&self.owner_names, lang)
    }

    pub(in crate::desk) fn giver_name(&self, lang: Lang) -> &str {
        name(&self.giver_names, lang)
    }

    fn relation(&self, by: &By) -> Relation {
        Relation::to_task(by, [self.owner, self.giver], self.department)
    }

    /// Buttons ask what the gate asks.
    pub(in crate::desk) fn may(&self, by: &By, deed: Deed) -> bool {
        rights::decide(by, &deed.into(), &self.relation(by)) == Verdict::Allow
    }

    /// 404 for who may not know it, 403 for who may not do this.
    pub(in crate::desk) fn must(&self, by: &By, deed: Deed) -> Result<()> {
        rights::must(by, deed, &self.relation(by))
    }

    pub(in crate::desk) fn known_to(&self, by: &By) -> Result<()> {
        if self.relation(by).known {
            Ok(())
        } else {
            Err(Error::NotFound)
        }
    }

    /// As it was when the form was drawn, and open.
    pub(super) fn must_stand(&self, rev: i32) -> Result<(), Refusal> {
        match self.state {
            State::Open if self.version == rev => Ok(()),
            State::Open => Err(Refusal::Changed),
            State::Done => Err(Refusal::Done),
            State::Gone => Err(Refusal::Gone),
        }
    }
}

fn name(names: &[String; 2], lang: Lang) -> &str {
    let [zh, en] = names;
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) enum Refusal {
    /// Somebody was faster.
    Changed,
    Done,
    Gone,
    /// Only what has ended is put back.
    StillOpen,
    /// She has it already.
    Hers,
    /// Nobody of this name who may sign in, or one who may not know the order.
    NotForHer,
}

impl Tell for Refusal {
    fn tell(&self, t: T) -> String {
        match self {
            Self::Changed => t.tasks_changed_meanwhile(),
            Self::Done => t.tasks_done_already(),
            Self::Gone => t.tasks_gone_already(),
            Self::StillOpen => t.tasks_still_open(),
            Self::Hers => t.tasks_hers_already(),
            Self::NotForHer => t.tasks_not_for_her(),
        }
        .to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Role, Roles, Staff, Who};
    use uuid::Uuid;

    fn task(state: State) -> HandTask {
        HandTask {
            id: TaskId(Uuid::from_u128(1)),
            owner: PersonId(Uuid::from_u128(7)),
            owner_names: ["沈小禾".into(), "Shen Xiaohe".into()],
            department: Some(DepartmentId(Uuid::from_u128(3))),
            giver: PersonId(Uuid::from_u128(8)),
            giver_names: ["周岚".into(), "Zhou Lan".into()],
            order: None,
            text: "问面料".into(),
            due_at: DateTime::UNIX_EPOCH,
            no_hour: true,
            state,
            ended_at: None,
            version: 2,
        }
    }

    fn by(person: u128, role: Role, leads: Option<u128>) -> By {
        By {
            who: Who::Staff(Staff {
                id: PersonId(Uuid::from_u128(person)),
                name_zh: String::new(),
                name_en: String::new(),
                roles: Roles::new([role]),
                department: None,
                leads: leads
                    .map(|id| DepartmentId(Uuid::from_u128(id)))
                    .into_iter()
                    .collect(),
                stands_in: Vec::new(),
            }),
            at: DateTime::UNIX_EPOCH,
            lang: Lang::Zh,
        }
    }

    #[test]
    fn both_hands_keep_it_her_manager_hands_it_on_and_nobody_else_knows_it() {
        let task = task(State::Open);
        for (person, role) in [
            (7, Role::OrderOperator),
            (8, Role::Salesperson),
            (8, Role::Admin),
        ] {
            assert!(
                task.may(&by(person, role, None), Deed::KeepTask),
                "{role:?}"
            );
        }
        let manager = by(9, Role::Manager, Some(3));
        assert!(task.known_to(&manager).is_ok());
        assert!(task.may(&manager, Deed::HandOnTask) && !task.may(&manager, Deed::KeepTask));
        for stranger in [by(9, Role::Manager, Some(4)), by(9, Role::Finance, None)] {
            assert!(task.known_to(&stranger).is_err());
            assert!(!task.may(&stranger, Deed::HandOnTask));
        }
    }

    #[test]
    fn what_was_changed_done_or_taken_away_meanwhile_does_not_stand() {
        assert_eq!(task(State::Open).must_stand(2), Ok(()));
        assert_eq!(task(State::Open).must_stand(1), Err(Refusal::Changed));
        assert_eq!(task(State::Done).must_stand(2), Err(Refusal::Done));
        assert_eq!(task(State::Gone).must_stand(2), Err(Refusal::Gone));
    }
}

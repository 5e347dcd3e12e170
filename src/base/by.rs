//! By: who acts, and at which moment. Every act, event and paper carries it.

use super::{DepartmentId, Lang, PersonId, Role, Roles};
use chrono::{DateTime, Utc};

/// Who acts, at the one moment of this request.
#[derive(Clone, Debug)]
pub struct By {
    pub who: Who,
    /// Read from the database with the session, so that two replicas agree on what is late.
    pub at: DateTime<Utc>,
    pub lang: Lang,
}

#[derive(Clone, Debug)]
pub enum Who {
    Staff(Staff),
    /// The house itself: jobs, lapses, seeding. It may do what the rules do, never what a person must decide.
    House,
}

/// A colleague as the session and the act see her.
#[derive(Clone, Debug)]
pub struct Staff {
    pub id: PersonId,
    pub name_zh: String,
    pub name_en: String,
    pub roles: Roles,
    pub department: Option<DepartmentId>,
    /// Departments she leads herself.
    pub leads: Vec<DepartmentId>,
    /// Departments led by a manager for whom she is deputy 代理人 today, with that manager.
    pub stands_in: Vec<(DepartmentId, PersonId)>,
}

impl Staff {
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.name_zh,
            Lang::En => &self.name_en,
        }
    }

    /// Whether she decides for this department as a manager, herself or as a deputy.
    pub fn leads(&self, department: DepartmentId) -> bool {
        self.roles.has(Role::Manager)
            && (self.leads.contains(&department) || self.stands_in_for(department).is_some())
    }

    /// The manager for whom she would be deciding, if she does not lead the department herself.
    pub fn stands_in_for(&self, department: DepartmentId) -> Option<PersonId> {
        if self.leads.contains(&department) {
            return None;
        }
        self.stands_in
            .iter()
            .find(|(led, _)| *led == department)
            .map(|(_, manager)| *manager)
    }
}

impl By {
    pub fn house(at: DateTime<Utc>) -> Self {
        Self {
            who: Who::House,
            at,
            lang: Lang::Zh,
        }
    }

    pub fn staff(&self) -> Option<&Staff> {
        match &self.who {
            Who::Staff(staff) => Some(staff),
            Who::House => None,
        }
    }

    pub fn person(&self) -> Option<PersonId> {
        self.staff().map(|staff| staff.id)
    }
}

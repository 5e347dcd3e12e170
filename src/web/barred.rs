//! Barred: who holds what a reader may not do. The refusal carries it to the page of the error, which so names nobody
//! who could not do it either.

use crate::base::{DepartmentId, PersonId, Role};

/// Whose order it is that the deed is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    pub salesperson: PersonId,
    pub operator: PersonId,
    pub department: DepartmentId,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Barred {
    /// Roles that hold the deed.
    pub roles: Vec<Role>,
    /// Who alone may, whatever the role: who wrote it, who asked for it, who was asked.
    pub people: Vec<PersonId>,
    pub order: Option<Kept>,
    /// Whose hands keep them from it, whatever their role.
    pub never: Vec<PersonId>,
    /// The reader's role holds it; her own hand on the thing keeps her from it.
    pub own_hand: bool,
}

impl Barred {
    /// At a door that opens to these roles.
    pub fn of(roles: &[Role]) -> Self {
        Self {
            roles: roles.to_vec(),
            ..Self::default()
        }
    }

    /// To everybody but this colleague.
    pub fn to_all_but(person: PersonId) -> Self {
        Self {
            people: vec![person],
            ..Self::default()
        }
    }
}

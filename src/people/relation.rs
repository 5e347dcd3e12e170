//! Relation: how a colleague stands to one order. Visibility and rights ask nothing else.

use crate::base::{By, DepartmentId, PersonId, Role, Who};

/// The three things on an order that visibility asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keepers {
    pub department: DepartmentId,
    pub salesperson: PersonId,
    pub operator: PersonId,
}

/// How somebody stands to an order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "five independent facts; every combination can be"
)]
pub struct Relation {
    pub known: bool,
    pub salesperson: bool,
    pub operator: bool,
    pub member: bool,
    pub led: bool,
}

impl Relation {
    /// How `by` stands to an order kept by these; the same rule as the SQL function `order_in_reach`.
    pub fn to(by: &By, keepers: &Keepers) -> Self {
        let staff = match &by.who {
            Who::House => {
                return Self {
                    known: true,
                    ..Self::default()
                };
            }
            Who::Staff(staff) => staff,
        };
        let salesperson = staff.roles.has(Role::Salesperson) && staff.id == keepers.salesperson;
        let operator = staff.roles.has(Role::OrderOperator) && staff.id == keepers.operator;
        let member =
            staff.roles.has(Role::OrderOperator) && staff.department == Some(keepers.department);
        let led = staff.leads(keepers.department);
        let known = salesperson || operator || member || led || staff.roles.has(Role::Finance);
        Self {
            known,
            salesperson,
            operator,
            member,
            led,
        }
    }

    /// Outside any order: a customer without a salesperson, a rate, a user.
    pub fn none() -> Self {
        Self {
            known: true,
            ..Self::default()
        }
    }

    /// To what belongs to one colleague, such as her deputy: own when it is herself.
    pub fn to_colleague(by: &By, colleague: PersonId) -> Self {
        let own = by.person() == Some(colleague);
        Self {
            known: true,
            salesperson: own,
            ..Self::default()
        }
    }

    /// To all that the departments she decides for have done: led when there is one.
    pub fn to_led(departments: &[uuid::Uuid]) -> Self {
        Self {
            known: true,
            led: !departments.is_empty(),
            ..Self::default()
        }
    }

    /// To a task by hand: own for who does it and who gave it, led where she decides for the department of who does it.
    pub fn to_task(by: &By, hands: [PersonId; 2], department: Option<DepartmentId>) -> Self {
        let own = by.person().is_some_and(|me| hands.contains(&me));
        let of_owner = by.staff().zip(department);
        let led = of_owner.is_some_and(|(staff, department)| staff.leads(department));
        Self {
            known: own || led,
            salesperson: own,
            operator: own,
            led,
            ..Self::default()
        }
    }

    /// To a customer: own when she is its salesperson.
    pub fn to_customer(by: &By, salesperson: Option<PersonId>) -> Self {
        let own = by.person().is_some() && by.person() == salesperson;
        Self {
            known: true,
            salesperson: own,
            ..Self::default()
        }
    }
}

/// What somebody may know, as parameters of every statement that reads orders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InReach {
    pub everything: bool,
    pub departments: Vec<uuid::Uuid>,
    pub person: Option<uuid::Uuid>,
}

impl InReach {
    /// Departments for which somebody decides as a manager, herself or as a deputy.
    pub fn led(by: &By) -> Vec<uuid::Uuid> {
        let Some(staff) = by.staff().filter(|staff| staff.roles.has(Role::Manager)) else {
            return Vec::new();
        };
        let led = staff.leads.iter().map(|led| led.0);
        led.chain(staff.stands_in.iter().map(|(led, _)| led.0))
            .collect()
    }

    pub fn of(by: &By) -> Self {
        let staff = match &by.who {
            Who::House => {
                return Self {
                    everything: true,
                    ..Self::default()
                };
            }
            Who::Staff(staff) => staff,
        };
        let mut departments = Self::led(by);
        if staff.roles.has(Role::OrderOperator) {
            departments.extend(staff.department.map(|own| own.0));
        }
        let trades = staff
            .roles
            .any_of(&[Role::Salesperson, Role::OrderOperator]);
        Self {
            everything: staff.roles.has(Role::Finance),
            departments,
            person: trades.then_some(staff.id.0),
        }
    }
}

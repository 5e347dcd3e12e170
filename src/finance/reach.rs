//! Whose figures a reader sees: finance all, a manager the departments led, the others their own orders. A department's
//! operators read each other's orders, but no amounts.

use crate::base::{By, Role};
use crate::people::relation::InReach;
use crate::people::rights::{self, Verdict};
use crate::people::{Deed, Relation, barring};
use crate::web::Result;

/// Orders whose customer's money this reader may see.
pub(super) fn of_money(by: &By) -> InReach {
    let reach = InReach::of(by);
    InReach {
        departments: InReach::led(by),
        ..reach
    }
}

/// Orders whose costs this reader may see: never a salesperson's.
pub(super) fn of_costs(by: &By) -> InReach {
    let reach = of_money(by);
    let operates = by
        .staff()
        .is_some_and(|staff| staff.roles.has(Role::OrderOperator));
    InReach {
        person: reach.person.filter(|_| operates),
        ..reach
    }
}

/// A deed that belongs to no one order.
pub(super) fn may(by: &By, deed: Deed) -> bool {
    rights::decide(by, &deed.into(), &Relation::none()) == Verdict::Allow
}

pub(super) fn must(by: &By, deed: Deed) -> Result<()> {
    rights::must(by, deed, &Relation::none())
}

/// Whether this colleague asks for payments at all; of which orders, the order says.
pub(super) fn may_ask(by: &By) -> Result<()> {
    let asks = by.staff().is_some_and(|staff| {
        staff.roles.has(Role::Finance) || staff.roles.has(Role::OrderOperator)
    });
    if asks {
        Ok(())
    } else {
        let deed = Deed::AskPayable;
        Err(barring::refusal(by, deed, &Relation::none()))
    }
}

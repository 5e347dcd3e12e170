//! Headline 订单状态: the one state an order shows as a whole, the same on its own pages and in every list.

use super::lifecycle::{Condition, Status};
use super::open_items::{self, OpenItem, SOON};
use crate::base::Party;
use crate::web::Page;
use chrono::{DateTime, Utc};

/// What of the open items decides it; lists read it from the order's row, pages from the items themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub problem: bool,
    /// When the item that comes first is due, and whose move it is.
    pub due: Option<DateTime<Utc>>,
    pub waiting: Option<Party>,
}

impl Standing {
    pub fn of(items: &[OpenItem]) -> Self {
        let first = open_items::first(items);
        Self {
            problem: items.iter().any(|item| item.problem),
            due: first.map(|item| item.due_at),
            waiting: first.map(|item| item.waiting),
        }
    }

    /// Problem > late > due > waiting > doing, over all steps: the line may stand at one step while another spoils.
    pub fn worst(self, at: DateTime<Utc>) -> Status {
        match self.due {
            _ if self.problem => Status::Problem,
            Some(due) if due < at => Status::Late,
            Some(due) if due < at + SOON => Status::Due,
            _ => match self.waiting {
                Some(party) if party != Party::Us => Status::Waiting(party),
                _ => Status::Doing,
            },
        }
    }

    /// Sign, word, and the absolute time beside a relative one. An order that does not move shows its condition.
    pub fn headline(self, condition: Condition, page: &Page) -> (&'static str, String, String) {
        let t = page.t;
        let held = match condition {
            Condition::Open => None,
            Condition::OnHold => Some("waiting"),
            Condition::Closed => Some(Status::Done.code()),
            Condition::Cancelling | Condition::Cancelled | Condition::Dropped => {
                Some(Status::Skipped.code())
            }
        };
        if let Some(kind) = held {
            return (kind, condition.label(t).to_owned(), String::new());
        }
        let status = self.worst(page.at);
        let (word, spoken) = match (status, self.due) {
            (Status::Late, Some(due)) => (page.due(due), page.moment_iso(due)),
            (Status::Due, Some(due)) => (page.moment_near(due), page.moment_iso(due)),
            _ => (status.label(t), String::new()),
        };
        (status.code(), word, spoken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::PersonId;
    use crate::orders::Step;
    use crate::orders::open_items::ItemKind;
    use chrono::TimeDelta;

    fn item(step: Step, waiting: Party, hours: i64) -> OpenItem {
        let at = DateTime::UNIX_EPOCH;
        OpenItem {
            step,
            kind: ItemKind::LeaveStep,
            subject: String::new(),
            waiting,
            owner: PersonId(uuid::Uuid::nil()),
            quoted: String::new(),
            since: at,
            due_at: at + TimeDelta::hours(hours),
            problem: false,
        }
    }

    fn worst(items: &[OpenItem]) -> Status {
        Standing::of(items).worst(DateTime::UNIX_EPOCH)
    }

    #[test]
    fn the_worst_of_all_open_steps_is_shown_not_the_state_of_the_current_one() {
        let calm = item(Step::Production, Party::Factory, 400);
        assert_eq!(
            worst(std::slice::from_ref(&calm)),
            Status::Waiting(Party::Factory)
        );
        let soon = item(Step::Booking, Party::Us, 5);
        assert_eq!(worst(&[calm.clone(), soon.clone()]), Status::Due);
        let late = item(Step::ShippingDocuments, Party::Customer, -1);
        assert_eq!(worst(&[calm.clone(), soon, late.clone()]), Status::Late);
        let spoiled = OpenItem {
            problem: true,
            ..item(Step::ProformaInvoice, Party::Us, 400)
        };
        assert_eq!(worst(&[calm, late, spoiled]), Status::Problem);
    }

    #[test]
    fn what_is_ours_and_far_away_is_under_way() {
        assert_eq!(worst(&[item(Step::Booking, Party::Us, 400)]), Status::Doing);
        assert_eq!(worst(&[]), Status::Doing);
    }
}

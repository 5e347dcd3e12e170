//! The dates that end a credit: latest shipment, presentation, expiry, and the bank's days.

use super::credit::LetterOfCredit;
use super::deadline::{self, BankDays, PERIOD};
use crate::web::Page;
use chrono::NaiveDate;

/// One cell: what, how long still, and the day itself.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    pub name: String,
    /// Colour of the cell: past, due or nothing.
    pub class: &'static str,
    pub sign: &'static str,
    pub left: String,
    pub at: String,
}

/// Days before which a date calls (rules 4.5).
const SOON: i64 = 7;

pub(super) fn of(
    page: &Page,
    credit: &LetterOfCredit,
    on_board: Option<NaiveDate>,
    bank: &BankDays,
) -> Vec<Cut> {
    let Some(expiry) = credit.expiry_on else {
        return Vec::new();
    };
    let t = page.t;
    let period = credit.period_days.unwrap_or(PERIOD);
    let last = on_board.map(|day| deadline::deadline(day, expiry, credit.period_days, bank));
    let present = match last {
        Some(found) => running(page, t.credits_cut_present(), found.last, {
            t.credits_after_shipment(period)
        }),
        None => Cut {
            name: t.credits_cut_present().to_owned(),
            class: "",
            sign: "none",
            left: t.credits_days(period),
            at: t.credits_from_shipment().to_owned(),
        },
    };
    vec![
        shipped(page, credit, on_board),
        present,
        running(
            page,
            t.credits_cut_expiry(),
            expiry,
            credit.expiry_place.clone(),
        ),
        Cut {
            name: t.credits_cut_bank().to_owned(),
            class: "",
            sign: "clock",
            left: t.credits_bank_days(5),
            at: last.map_or_else(String::new, |found| {
                t.credits_target(page.day(bank.before(found.last, 5)))
            }),
        },
    ]
}

fn shipped(page: &Page, credit: &LetterOfCredit, on_board: Option<NaiveDate>) -> Cut {
    let t = page.t;
    let name = t.credits_cut_shipment();
    match (credit.latest_shipment_on, on_board) {
        (latest, Some(day)) => {
            let late = latest.is_some_and(|latest| day > latest);
            Cut {
                name: name.to_owned(),
                class: if late { "due" } else { "past" },
                sign: if late { "late" } else { "check" },
                left: t.credits_on_board(page.day(day)),
                at: latest.map_or_else(String::new, |latest| t.credits_limit(page.day(latest))),
            }
        }
        (Some(latest), None) => running(page, name, latest, String::new()),
        (None, None) => Cut {
            name: name.to_owned(),
            class: "",
            sign: "none",
            left: t.credits_no_limit().to_owned(),
            at: String::new(),
        },
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the caller has no further use for it"
)]
fn running(page: &Page, name: &str, day: NaiveDate, place: String) -> Cut {
    let days = (day - page.today()).num_days();
    let at = if place.is_empty() {
        page.day_full(day)
    } else {
        format!("{} {place}", page.day_full(day))
    };
    Cut {
        name: name.to_owned(),
        class: if days <= SOON { "due" } else { "" },
        sign: if days < 0 {
            "late"
        } else if days <= SOON {
            "due"
        } else {
            "none"
        },
        left: page.due_day(day),
        at,
    }
}

//! Calendar days 日历: holidays, and the weekend days made up for them, as each year's notice names them.

use super::{setting, sql};
use crate::history::event::Change;
use crate::history::{Act, Event};
use crate::people::{Deed, Relation, rights};
use crate::web::Result;
use chrono::{Days, NaiveDate};
use sqlx::PgConnection;

/// One day that differs from the week's rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarDay {
    pub day: NaiveDate,
    /// Made up: works, though it is a Saturday or Sunday.
    pub working: bool,
    pub note: String,
}

/// The key of its chain of events.
pub const KEY: &str = "calendar";

/// The days from this one on, in order.
pub async fn days(db: &mut PgConnection, from: NaiveDate) -> Result<Vec<CalendarDay>> {
    sql::calendar_days(db, from).await
}

/// The act: a run of days, holiday or made up; a day entered before is overwritten.
pub async fn add(act: &mut Act, from: NaiveDate, until: NaiveDate, of: (bool, &str)) -> Result<()> {
    must(act)?;
    let (working, note) = of;
    let mut changes = Vec::new();
    for day in from.iter_days().take_while(|day| *day <= until).take(60) {
        sql::put_day(
            act,
            &CalendarDay {
                day,
                working,
                note: note.to_owned(),
            },
        )
        .await?;
        let now = if working {
            format!("+ {note}")
        } else {
            format!("− {note}")
        };
        changes.extend(Change::between(&day.to_string(), "", &now));
    }
    act.record(&setting::thing(KEY), &Event::EntryChanged { changes })
        .await
}

/// The act: the day follows the week's rule again. Nothing happens where it did already.
pub async fn remove(act: &mut Act, day: NaiveDate) -> Result<()> {
    must(act)?;
    if let Some(gone) = sql::take_day(act, day).await? {
        let sign = if gone.working { "+" } else { "−" };
        let change = Change::between(&day.to_string(), &format!("{sign} {}", gone.note), "");
        let changes = change.into_iter().collect();
        act.record(&setting::thing(KEY), &Event::EntryChanged { changes })
            .await?;
    }
    Ok(())
}

/// The longest run entered at once.
pub fn last_allowed(from: NaiveDate) -> NaiveDate {
    from.checked_add_days(Days::new(30)).unwrap_or(from)
}

fn must(act: &Act) -> Result<()> {
    rights::must(&act.by, Deed::ManageSettings, &Relation::none())
}

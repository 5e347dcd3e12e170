//! Several rows at once 批量: put off, handed to a colleague, or, tasks by hand only, done. What cannot be done to one row
//! does not hold the others: all done is said in a toast, and what was not done stands on a page, each with its reason.

use super::putting_off::put_off;
use super::row::RowName;
use super::until::{Refusal, Until};
use crate::base::{By, OrderNumber, Party, PersonId, T};
use crate::desk::task::{ending, handing_on};
use crate::history;
use crate::orders;
use crate::orders::open_items::ItemKind;
use crate::people::{self, Colleague};
use crate::web::{Answer, App, Error, Faults, FormKey, Keyed, Page, Result, Tell};
use askama::Template;
use axum::extract::State as Held;
use axum::response::{Html, IntoResponse, Response};

/// Rows of one form.
const MOST: usize = 200;

#[derive(Template)]
#[template(path = "desk/batch.html")]
struct BatchPage {
    page: Page,
    done: usize,
    failed: Vec<Failed>,
    /// Where what was done is taken back.
    undo: Option<String>,
}

struct Failed {
    /// The row by the number of its order; empty for a task without one.
    name: String,
    why: String,
}

/// What became of each row.
#[derive(Default)]
pub(super) struct Outcome {
    pub done: usize,
    failed: Vec<Failed>,
}

impl Outcome {
    /// Of one row, by the name it is told by.
    pub(super) fn take(&mut self, name: String, result: Result<()>, t: T) -> Result<()> {
        match result {
            // A repeated form finds what it has done already.
            Ok(()) | Err(Error::Again(_)) => self.done += 1,
            Err(error) => self.failed.push(Failed {
                name,
                why: why(&error, t)?,
            }),
        }
        Ok(())
    }

    /// A toast where all is done; else a page.
    pub(super) fn answer(self, page: Page, said: String, undo: Option<String>) -> Result<Response> {
        let undo = undo.filter(|_| self.done > 0);
        if self.failed.is_empty() {
            let mut answer = Answer::to("/").say(said);
            if let Some(undo) = undo {
                answer = answer.undo(undo);
            }
            return Ok(answer.into_response());
        }
        let html = BatchPage {
            page,
            done: self.done,
            failed: self.failed,
            undo,
        };
        Ok(Html(html.render()?).into_response())
    }
}

/// A row as a person knows it: the order with what it is about, or that it is a task by hand.
fn told(row: &str, t: T) -> String {
    match RowName::parse(row) {
        Some(RowName::Item { order, kind, .. }) => {
            format!("{order} {}", crate::desk::groups::label(kind.group(), t))
        }
        _ => t.tasks_kind().to_owned(),
    }
}

/// A row of this form that is not among those a deed is for.
#[derive(Debug)]
enum Unfit {
    /// Only tasks by hand are done with a click; the rest is done where its facts are recorded.
    NotByHand,
    /// A manager's or finance's move is handed on where it is decided.
    NotHandedOn,
}

impl Tell for Unfit {
    fn tell(&self, t: T) -> String {
        match self {
            Self::NotByHand => t.tasks_batch_not_by_hand(),
            Self::NotHandedOn => t.tasks_batch_not_handed_on(),
        }
        .to_owned()
    }
}

/// The rows of the form, at least one and not too many.
fn rows(form: &Keyed) -> Result<Vec<String>> {
    let rows: Vec<String> = form.fields.all("row").map(str::to_owned).collect();
    if rows.is_empty() {
        return Err(Faults::one("form", T::tasks_batch_none).into());
    }
    if rows.len() > MOST {
        return Err(Faults::one("form", T::tasks_batch_too_many).into());
    }
    Ok(rows)
}

/// One form, several acts: each keeps its answer under the form's key and its own row.
pub(super) fn key_of(form: &Keyed, row: &str) -> FormKey {
    FormKey {
        route: format!("{}/{row}", form.key.route),
        ..form.key.clone()
    }
}

/// The acts of the form share one id, and what takes them back is found by it.
fn undo_of(by: &By, form: &Keyed) -> String {
    history::way_back(history::id_of_form(by, &form.key))
}

const FIELDS: [&str; 4] = ["row", "until", "moment", "to"];

pub(super) async fn snooze(
    Held(app): Held<App>,
    by: By,
    page: Page,
    form: Keyed,
) -> Result<Response> {
    form.only(&FIELDS)?;
    let rows = rows(&form)?;
    let until = Until::read(&form.fields, page.zone)
        .ok_or_else(|| Faults::one("moment", T::tasks_moment_wrong))?
        .moment(by.at, page.zone);
    // One act: nothing but her own list changes, and one undo brings all of it back.
    let mut act = history::begin(&app, by, &form.key).await?;
    let (id, mut outcome) = (act.id(), Outcome::default());
    for text in &rows {
        let result = match RowName::parse(text) {
            Some(row) => put_off(&mut act, &page, &row, until).await,
            None => Err(Error::NotFound),
        };
        outcome.take(told(text, page.t), result, page.t)?;
    }
    act.finish(Answer::to("/")).await?;
    let said = page
        .t
        .tasks_later_many(outcome.done, page.moment_near(until));
    outcome.answer(page, said, Some(format!("/home/snooze/{id}/return")))
}

pub(super) async fn done(
    Held(app): Held<App>,
    by: By,
    page: Page,
    form: Keyed,
) -> Result<Response> {
    form.only(&FIELDS)?;
    let mut outcome = Outcome::default();
    for text in &rows(&form)? {
        let result = match RowName::parse(text) {
            Some(RowName::Task { id, version }) => {
                ending::done_among(&app, &by, (id, version), &key_of(&form, text)).await
            }
            Some(RowName::Item { .. }) => Err(Unfit::NotByHand.into()),
            None => Err(Error::NotFound),
        };
        outcome.take(told(text, page.t), result, page.t)?;
    }
    let said = page.t.tasks_done_many(outcome.done);
    outcome.answer(page, said, Some(undo_of(&by, &form)))
}

pub(super) async fn reassign(
    Held(app): Held<App>,
    by: By,
    page: Page,
    form: Keyed,
) -> Result<Response> {
    form.only(&FIELDS)?;
    let rows = rows(&form)?;
    let staff = people::list_active(&mut *app.db.acquire().await?).await?;
    let email = form.fields.get("to");
    let to = staff
        .iter()
        .find(|person| person.email == email)
        .ok_or_else(|| Faults::one("to", T::tasks_batch_to_whom))?;
    let mut outcome = Outcome::default();
    for text in &rows {
        let key = key_of(&form, text);
        let result = match RowName::parse(text) {
            Some(RowName::Task { id, version }) => {
                handing_on::among(&app, &by, (id, version), &to.email, &key).await
            }
            Some(RowName::Item {
                order,
                kind,
                subject,
            }) => hand_order_on(&app, &by, (&order, kind, &subject), to, &key).await,
            None => Err(Error::NotFound),
        };
        outcome.take(told(text, page.t), result, page.t)?;
    }
    let said = page.t.tasks_given_many(outcome.done, to.name(page.lang));
    outcome.answer(page, said, Some(undo_of(&by, &form)))
}

/// A row of an order is its keeper's: who gets the row gets the order from whoever the row was on.
async fn hand_order_on(
    app: &App,
    by: &By,
    (number, kind, subject): (&OrderNumber, ItemKind, &str),
    to: &Colleague,
    key: &FormKey,
) -> Result<()> {
    let mut act = orders::begin(app, by.clone(), number, key).await?;
    act.shares(key);
    let order = act.order.clone();
    let items = orders::items(act.tx(), &order).await?;
    let item = items
        .iter()
        .find(|item| item.kind == kind && item.subject == subject)
        .ok_or(Refusal::NotThere)?;
    if matches!(item.waiting, Party::Manager | Party::Finance) {
        return Err(Unfit::NotHandedOn.into());
    }
    let (salesperson, operator) = keeper(&order, item.owner, to.id).ok_or(Unfit::NotHandedOn)?;
    orders::reassign(&mut act, salesperson, operator).await?;
    act.finish(Answer::to(order.url())).await?;
    Ok(())
}

/// Which of the order's keepers changes, so that this row changes hands.
fn keeper(
    order: &orders::Order,
    owner: PersonId,
    to: PersonId,
) -> Option<(Option<PersonId>, Option<PersonId>)> {
    if owner == order.operator() {
        Some((None, Some(to)))
    } else if owner == order.keepers.salesperson {
        Some((Some(to), None))
    } else {
        None
    }
}

/// In words where the rules say no; what is broken ends the whole form.
fn why(error: &Error, t: T) -> Result<String> {
    Ok(match error {
        Error::Refused(why) => why.tell(t),
        Error::Forbidden | Error::Barred(_) => t.web_403_title().to_owned(),
        Error::NotFound => t.tasks_row_gone().to_owned(),
        Error::Invalid(faults) => {
            let texts: Vec<String> = faults.iter().map(|fault| fault.text(t)).collect();
            texts.join(t.web_list_comma())
        }
        Error::Away(_) => t.web_503_title().to_owned(),
        other => return Err(Error::Broken(anyhow::anyhow!("several rows: {other:?}"))),
    })
}

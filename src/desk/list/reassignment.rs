//! Reassignment 改负责人 of several orders at once. Each order is its own act: what cannot be done to one does not
//! hold the others, and the page says of each what became of it.

use super::show;
use crate::base::{By, OrderNumber, PersonId, T};
use crate::history;
use crate::orders;
use crate::people::{self, Colleague, Deed, Relation, barring};
use crate::web::{Answer, App, Error, Faults, FormKey, Keyed, Page, Result};
use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};

/// Orders of one form.
const MOST: usize = 200;

#[derive(Template)]
#[template(path = "desk/reassigned.html")]
struct ResultPage {
    page: Page,
    done: Vec<String>,
    failed: Vec<Failed>,
    undo: String,
}

struct Failed {
    number: String,
    why: String,
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    form: Keyed,
) -> Result<Response> {
    form.only(&["number", "operator", "salesperson", "query"])?;
    if !show::may_reassign(&by) {
        let deed = Deed::ReassignOrder;
        return Err(barring::refusal(&by, deed, &Relation::none()));
    }
    let staff = {
        let mut db = app.db.acquire().await?;
        people::list_active(&mut db).await?
    };
    let asked = match asked(&form, &staff) {
        Ok(asked) => asked,
        Err(faults) => return show::refused(&app, &by, page, form.fields, faults).await,
    };
    let (mut done, mut failed) = (Vec::new(), Vec::new());
    for text in asked.numbers {
        match one(&app, &by, &text, asked.keepers, &form.key).await {
            // A repeated form finds what it has done already.
            Ok(()) | Err(Error::Again(_)) => done.push(text),
            Err(error) => failed.push(Failed {
                number: text.chars().take(20).collect(),
                why: why(&error, &page)?,
            }),
        }
    }
    let html = ResultPage {
        page,
        done,
        failed,
        undo: history::way_back(history::id_of_form(&by, &form.key)),
    };
    Ok(Html(html.render()?).into_response())
}

/// What the form asks for, read whole before the first order is touched.
struct Asked {
    numbers: Vec<String>,
    /// New salesperson, new operator.
    keepers: (Option<PersonId>, Option<PersonId>),
}

fn asked(form: &Keyed, staff: &[Colleague]) -> Result<Asked, Faults> {
    let operator = chosen(form, "operator", staff)?;
    let salesperson = chosen(form, "salesperson", staff)?;
    let numbers: Vec<String> = form.fields.all("number").map(str::to_owned).collect();
    if numbers.is_empty() || (operator.is_none() && salesperson.is_none()) {
        return Err(Faults::one("form", T::desk_reassign_what));
    }
    if numbers.len() > MOST {
        return Err(Faults::one("form", T::desk_reassign_too_many));
    }
    Ok(Asked {
        numbers,
        keepers: (salesperson, operator),
    })
}

/// A colleague by her e-mail address, as the list's filters name her too.
fn chosen(
    form: &Keyed,
    name: &'static str,
    staff: &[Colleague],
) -> Result<Option<PersonId>, Faults> {
    let email = form.fields.get(name);
    if email.is_empty() {
        return Ok(None);
    }
    match staff.iter().find(|person| person.email == email) {
        Some(person) => Ok(Some(person.id)),
        None => Err(Faults::one(name, T::desk_reassign_what)),
    }
}

async fn one(
    app: &App,
    by: &By,
    text: &str,
    (salesperson, operator): (Option<PersonId>, Option<PersonId>),
    key: &FormKey,
) -> Result<()> {
    let number = OrderNumber::parse(text).ok_or(Error::NotFound)?;
    // One form, several acts: each keeps its answer under the form's key and its own order.
    let key = FormKey {
        route: format!("{}/{number}", key.route),
        ..key.clone()
    };
    let mut act = orders::begin(app, by.clone(), &number, &key).await?;
    act.shares(&key);
    orders::reassign(&mut act, salesperson, operator).await?;
    let url = act.order.url();
    act.finish(Answer::to(url)).await?;
    Ok(())
}

/// In words where the rules say no; what is broken ends the whole form.
fn why(error: &Error, page: &Page) -> Result<String> {
    let t = page.t;
    Ok(match error {
        Error::Refused(why) => why.tell(t),
        Error::Forbidden | Error::Barred(_) => t.web_403_title().to_owned(),
        Error::NotFound => t.web_404_title().to_owned(),
        Error::Invalid(faults) => {
            let texts: Vec<String> = faults.iter().map(|fault| fault.text(t)).collect();
            texts.join(t.web_list_comma())
        }
        Error::Away(_) => t.web_503_title().to_owned(),
        other => return Err(Error::Broken(anyhow::anyhow!("reassigning: {other:?}"))),
    })
}

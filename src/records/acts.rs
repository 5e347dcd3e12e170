//! Acts on a card: added, changed, archived, restored. Each an event in the chain of the thing.

use super::card::{Card, Stored};
use super::form_page::{self, Draft};
use super::meanwhile::{self, differences, names};
use crate::base::{By, T};
use crate::history::{self, Act, Event};
use crate::people::rights::{self, Verdict};
use crate::web::{Answer, App, Error, Faults, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

/// May this person write this card? Buttons ask the same.
pub fn may<C: Card>(by: &By, card: &C) -> bool {
    rights::decide(by, &C::DEED.into(), &card.relation(by)) == Verdict::Allow
}

pub(super) fn must<C: Card>(by: &By, card: &C) -> Result<()> {
    if may(by, card) {
        Ok(())
    } else {
        Err(Error::Forbidden)
    }
}

pub(super) fn must_see<C: Card>(by: &By) -> Result<()> {
    let Some(deed) = C::SEEN_BY else {
        return Ok(());
    };
    match rights::decide(by, &deed.into(), &crate::people::Relation::none()) {
        Verdict::Allow => Ok(()),
        Verdict::Hide | Verdict::Deny => Err(Error::Forbidden),
    }
}

/// The act: a new card. Also how the demo is filled.
pub async fn add<C: Card>(act: &mut Act, card: &C) -> Result<Stored<C>> {
    must(&act.by, card)?;
    let id = crate::base::fresh(act.by.at);
    let code = card.insert(act, id).await?;
    let stored = Stored {
        id,
        code,
        version: 1,
        archived_at: None,
        card: card.clone(),
    };
    let event = Event::EntryAdded {
        name: card.names().0.to_owned(),
    };
    act.record(&stored.thing(), &event).await?;
    Ok(stored)
}

pub async fn create<C: Card>(
    State(app): State<App>,
    by: By,
    page: Page,
    form: Keyed,
) -> Result<Response> {
    must_see::<C>(&by)?;
    let mut db = app.db.acquire().await?;
    let sections = C::form(&mut db, page.t, true).await?;
    drop(db);
    let mut known = names(&sections);
    known.push("anyway");
    form.only(&known)?;
    let mut faults = Faults::default();
    let card = C::read(&form.fields, &mut faults);
    let mut alike = Vec::new();
    if faults.is_empty() {
        let mut act = history::begin(&app, by.clone(), &form.key).await?;
        must(&by, &card)?;
        if form.fields.get("anyway") != "yes" {
            alike = card.alike(act.tx()).await?;
        }
        if alike.is_empty() {
            match add(&mut act, &card).await {
                Ok(stored) => {
                    let answer = Answer::to(stored.url()).tell(page.t, |t| t.web_saved());
                    return Ok(act.finish(answer).await?.into_response());
                }
                Err(Error::Invalid(found)) => faults = found,
                Err(error) => return Err(error),
            }
        }
    }
    let draft = Draft {
        fields: form.fields,
        faults,
        alike,
    };
    let html = form_page::draw::<C>(page, sections, draft, None)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

pub async fn save<C: Card>(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(code): Path<String>,
    form: Keyed,
) -> Result<Response> {
    must_see::<C>(&by)?;
    let mut db = app.db.acquire().await?;
    let sections = C::form(&mut db, page.t, false).await?;
    drop(db);
    let known = names(&sections);
    form.only(&known)?;
    let rev = form.rev()?;
    let mut faults = Faults::default();
    let card = C::read(&form.fields, &mut faults);
    let mut act = history::begin(&app, by.clone(), &form.key).await?;
    let stored = C::find(act.tx(), &code).await?.ok_or(Error::NotFound)?;
    must(&by, &stored.card)?;
    if faults.is_empty() {
        let mut after = crate::web::Fields::default();
        card.put(&mut after);
        let changes = differences(known.iter().copied(), &stored.fields(), &after);
        match card.update(&mut act, stored.id, rev).await {
            Ok(true) => {
                if !changes.is_empty() {
                    act.record(&stored.thing(), &Event::EntryChanged { changes })
                        .await?;
                }
                let answer = Answer::to(stored.url()).tell(page.t, |t| t.web_saved());
                return Ok(act.finish(answer).await?.into_response());
            }
            Ok(false) => {
                let theirs = (stored.fields_of(&known), stored.version);
                let action = stored.url();
                return Err(meanwhile::stale(
                    act.tx(),
                    &by,
                    &stored.thing(),
                    &form.fields,
                    theirs,
                    action,
                )
                .await?);
            }
            Err(Error::Invalid(found)) => faults = found,
            Err(error) => return Err(error),
        }
    }
    let draft = Draft {
        fields: form.fields,
        faults,
        alike: Vec::new(),
    };
    let html = form_page::draw::<C>(page, sections, draft, Some((&stored, rev)))?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

pub async fn archive<C: Card>(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(code): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    put_away::<C>(&app, by, page.t, &code, &form, true).await
}

pub async fn restore<C: Card>(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(code): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    put_away::<C>(&app, by, page.t, &code, &form, false).await
}

/// An archived card stays readable and stands in no choice; it is never deleted.
async fn put_away<C: Card>(
    app: &App,
    by: By,
    t: T,
    code: &str,
    form: &Keyed,
    away: bool,
) -> Result<Answer> {
    must_see::<C>(&by)?;
    form.only(&[])?;
    let rev = form.rev()?;
    let mut act = history::begin(app, by.clone(), &form.key).await?;
    let stored = C::find(act.tx(), code).await?.ok_or(Error::NotFound)?;
    must(&by, &stored.card)?;
    let answer = Answer::to(stored.url());
    if stored.archived_at.is_some() == away {
        return act.finish(answer).await;
    }
    let at = away.then_some(by.at);
    if !C::set_archived(&mut act, stored.id, rev, at).await? {
        let none = crate::web::Fields::default();
        let theirs = (none.clone(), stored.version);
        let action = format!(
            "{}/{}",
            stored.url(),
            if away { "archive" } else { "restoration" }
        );
        return Err(meanwhile::stale(act.tx(), &by, &stored.thing(), &none, theirs, action).await?);
    }
    let event = if away {
        Event::EntryArchived
    } else {
        Event::EntryRestored
    };
    act.record(&stored.thing(), &event).await?;
    let answer = if away {
        answer.tell(t, |t| t.records_archived_done())
    } else {
        answer.tell(t, |t| t.records_restored_done())
    };
    act.finish(answer).await
}

/// An address for a name that nobody has yet: `nordhavn-living`, then `nordhavn-living-2`.
pub fn free_code(wish: &str, fallback: &str, id: Uuid, taken: &[String]) -> String {
    let base = match (wish, fallback) {
        ("", "") => id.simple().to_string(),
        ("", other) => other.to_owned(),
        (wish, _) => wish.to_owned(),
    };
    // `/customers/new` is the form.
    let free = |code: &str| code != "new" && !taken.iter().any(|held| held == code);
    if free(&base) {
        return base;
    }
    (2..10_000)
        .map(|n| format!("{base}-{n}"))
        .find(|code| free(code))
        .unwrap_or_else(|| id.simple().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_once() {
        let taken = ["nordhavn-living".to_owned(), "nordhavn-living-2".to_owned()];
        let code = |wish, fallback| free_code(wish, fallback, Uuid::nil(), &taken);
        assert_eq!(code("nordhavn-living", ""), "nordhavn-living-3");
        assert_eq!(code("pine-harbor", ""), "pine-harbor");
        assert_eq!(code("new", ""), "new-2");
        assert_eq!(code("", "qiming"), "qiming");
        assert_eq!(code("", "").len(), 32);
    }
}

//! Acts on a card: added, changed, archived, restored. Each an event in the chain of the thing.

use super::card::{Alike, Card, Section, Stored};
use super::form_page::{self, Draft};
use super::meanwhile::{self, differences, labels, names};
use crate::base::{By, T};
use crate::history::{self, Act, Event};
use crate::people::rights::{self, Verdict};
use crate::web::{Answer, App, Error, Faults, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

/// May this person write this card? Buttons ask the same.
pub fn may<C: Card>(by: &By, card: &C) -> bool {
    rights::decide(by, &C::DEED.into(), &card.relation(by)) == Verdict::Allow
}

pub fn must<C: Card>(by: &By, card: &C) -> Result<()> {
    rights::must(by, C::DEED, &card.relation(by))
}

pub(super) fn must_see<C: Card>(by: &By) -> Result<()> {
    let Some(deed) = C::SEEN_BY else {
        return Ok(());
    };
    rights::must(by, deed, &crate::people::Relation::none())
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
    must(&by, &C::blank(&by))?;
    let mut faults = Faults::default();
    let card = C::read(&form.fields, &mut faults).entered_by(&by);
    let mut alike = Vec::new();
    if faults.is_empty() {
        let mut act = history::begin(&app, by.clone(), &form.key).await?;
        let anyway = form.fields.get("anyway") == "yes";
        match enter(&mut act, card, anyway).await {
            Ok(Entered::Added(url)) => {
                let answer = Answer::to(url).tell(page.t, T::web_saved);
                return Ok(act.finish(answer).await?.into_response());
            }
            Ok(Entered::Alike(found)) => alike = found,
            Err(Error::Invalid(found)) => faults = found,
            Err(error) => return Err(error),
        }
    }
    let draft = Draft {
        fields: form.fields,
        faults,
        alike,
    };
    form_page::again::<C>(page, sections, draft, None)
}

/// Added, with its address; or cards that may be the same, which the form asks about first.
enum Entered {
    Added(String),
    Alike(Vec<Alike>),
}

async fn enter<C: Card>(act: &mut Act, card: C, anyway: bool) -> Result<Entered> {
    must(&act.by, &card)?;
    let card = card.filled(act.tx()).await?;
    if !anyway {
        let alike = card.alike(act.tx()).await?;
        if !alike.is_empty() {
            return Ok(Entered::Alike(alike));
        }
    }
    Ok(Entered::Added(add(act, &card).await?.url()))
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
    form.only(&names(&sections))?;
    let rev = form.rev()?;
    let mut faults = Faults::default();
    let card = C::read(&form.fields, &mut faults);
    let mut act = history::begin(&app, by.clone(), &form.key).await?;
    let stored = C::find(act.tx(), &code).await?.ok_or(Error::NotFound)?;
    must(&by, &stored.card)?;
    if faults.is_empty() {
        match write(&mut act, &stored, &card, (rev, &sections)).await {
            Ok(()) => {
                let answer = Answer::to(stored.url()).tell(page.t, T::web_saved);
                return Ok(act.finish(answer).await?.into_response());
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
    form_page::again(page, sections, draft, Some((&stored, rev)))
}

/// Writes the changed card and what changed; stale where somebody was faster.
async fn write<C: Card>(
    act: &mut Act,
    stored: &Stored<C>,
    card: &C,
    (rev, sections): (i32, &[Section]),
) -> Result<()> {
    let known = names(sections);
    let before = stored.fields_of(&known);
    let card = &card.clone().filled(act.tx()).await?;
    // As it would be stored, so that `60,000` and `60000` are no difference.
    let after = Stored {
        card: card.clone(),
        ..stored.clone()
    }
    .fields_of(&known);
    if !card.update(act, stored.id, rev).await? {
        let labels = labels(sections.iter().flat_map(|section| &section.fields));
        let (by, of) = (act.by.clone(), (stored.url(), labels));
        let theirs = (before, stored.version);
        return Err(meanwhile::stale(act.tx(), &by, &stored.thing(), &after, theirs, of).await?);
    }
    let changes = differences(known, &before, &after);
    if changes.is_empty() {
        return Ok(());
    }
    act.record(&stored.thing(), &Event::EntryChanged { changes })
        .await
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
        let of = (stored.version, stored.url());
        return Err(meanwhile::moved(act.tx(), &by, &stored.thing(), of, away).await?);
    }
    let (event, said): (_, fn(T) -> &'static str) = if away {
        (Event::EntryArchived, T::records_archived_done)
    } else {
        (Event::EntryRestored, T::records_restored_done)
    };
    act.record(&stored.thing(), &event).await?;
    act.finish(answer.tell(t, said)).await
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

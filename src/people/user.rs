//! User 用户: the page of one person for the administrator: names, roles, department, what she leads; what happened.

use super::access::Refusal;
use super::change::{self, Told};
use super::deputy::Deputy;
use super::draft::{self, Draft, FIELDS, FormView, changes, form_view, read, stored_fields};
use super::password::PersonStream;
use super::rights::{self, Deed};
use super::roster::Kept;
use super::staff::{Person, Standing};
use super::{Relation, appointments, deputy, roster, session, sql};
use crate::base::{By, DepartmentId, PersonId, Role, T};
use crate::history::{self, Act, Event, Stream, timeline};
use crate::web::stale::{Stale, Theirs};
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result, cookie};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "people/user.html")]
pub(super) struct UserPage {
    page: Page,
    person: Person,
    form: FormView,
    faults: Faults,
    naming: Fields,
    /// Shown once, in the answer to the act that made it.
    link: Option<String>,
    refused: Option<String>,
    kept: Kept,
    last_admin: bool,
    myself: bool,
    deputies: Vec<Deputy>,
    stand_ins: Vec<(String, String)>,
    timeline: Vec<(timeline::Entry, Vec<Told>)>,
}

impl UserPage {
    /// Address of an act on this person.
    fn at(&self, act: &str) -> String {
        format!("{}/{act}", self.person.url())
    }

    fn managers(&self) -> String {
        let names = match self.page.lang {
            crate::base::Lang::Zh => &self.kept.managers_zh,
            crate::base::Lang::En => &self.kept.managers_en,
        };
        names.join(self.page.t.web_list_comma())
    }

    fn kept_sentence(&self) -> String {
        Refusal::KeepsOrders(self.kept.clone()).sentence(self.page.t)
    }
}

/// What a drawing of the page says beside what is stored.
#[derive(Default)]
pub(super) struct Said {
    /// The form as typed, when it is drawn again.
    pub typed: Option<Fields>,
    /// The deputy's form as typed.
    pub naming: Option<Fields>,
    pub faults: Faults,
    pub link: Option<String>,
    pub refused: Option<String>,
}

pub(super) async fn draw(
    db: &mut PgConnection,
    mut page: Page,
    by: &By,
    id: PersonId,
    said: Said,
) -> Result<Html<String>> {
    let person = roster::find(db, id).await?.ok_or(Error::NotFound)?;
    // Pages drawn by a POST stand at the person's own address.
    page.here = person.url();
    let departments = appointments::departments(db, page.lang).await?;
    let leads = appointments::leads(db, id).await?;
    let kept = roster::kept(db, id).await?;
    let admins = roster::count_admins(db).await?;
    let fields = said.typed.unwrap_or_else(|| stored_fields(&person, &leads));
    let entries = timeline::read_person(db, &PersonStream(id).stream(), page.lang, 50).await?;
    let t = page.t;
    Ok(Html(
        UserPage {
            form: form_view(fields, &departments, &page),
            faults: said.faults,
            naming: said.naming.unwrap_or_default(),
            link: said.link,
            refused: said.refused,
            kept,
            last_admin: admins == 1
                && person.standing == Standing::Active
                && person.roles.has(Role::Admin),
            myself: by.person() == Some(id),
            deputies: appointments::deputies(db, id).await?,
            stand_ins: deputy::choices(db, id, page.lang).await?,
            timeline: entries
                .into_iter()
                .map(|entry| {
                    let told = change::told(&entry.changes, t);
                    (entry, told)
                })
                .collect(),
            page,
            person,
        }
        .render()?,
    ))
}

pub(super) fn parse(id: &str) -> Result<PersonId> {
    id.parse().map_err(|_| Error::NotFound)
}

pub(super) async fn show(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(id): Path<String>,
) -> Result<Html<String>> {
    rights::must(&by, Deed::ManagePeople, &Relation::none())?;
    let mut db = app.db.acquire().await?;
    draw(&mut db, page, &by, parse(&id)?, Said::default()).await
}

pub(super) async fn save(
    State(app): State<App>,
    by: By,
    page: Page,
    headers: HeaderMap,
    Path(id): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&FIELDS)?;
    let (id, rev) = (parse(&id)?, form.rev()?);
    let mut act = history::begin(&app, by.clone(), &form.key).await?;
    let old = cookie::read(&headers, cookie::name(app.config.behind_tls)).unwrap_or("");
    match write(&mut act, id, rev, &form.fields, &session::hash(old)).await {
        Ok(rotated) => {
            let still_here = by.person() != Some(id) || !form.fields.get("role_admin").is_empty();
            let url = if still_here {
                format!("/users/{id}")
            } else {
                "/me".to_owned()
            };
            let answer = Answer::to(url).tell(page.t, T::web_saved);
            let mut response = act.finish(answer).await?.into_response();
            if let Some(secret) = rotated {
                let fresh = cookie::secret(app.config.behind_tls, &secret);
                session::append(response.headers_mut(), &fresh);
            }
            Ok(response)
        }
        Err(Error::Invalid(faults)) => {
            drop(act);
            let mut db = app.db.acquire().await?;
            let said = Said {
                typed: Some(form.fields),
                faults,
                ..Said::default()
            };
            let html = draw(&mut db, page, &by, id, said).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(Error::Stale(_)) => {
            drop(act);
            let mut db = app.db.acquire().await?;
            Err(stale(&mut db, &page, id, &form.fields).await?)
        }
        Err(error) => Err(error),
    }
}

/// The act. Changed roles end her sessions; an administrator who changes her own goes on under a new secret, which is
/// handed back.
async fn write(
    act: &mut Act,
    id: PersonId,
    rev: i32,
    fields: &Fields,
    own_session: &[u8],
) -> Result<Option<String>> {
    rights::must(&act.by, Deed::ManagePeople, &Relation::none())?;
    let admins = roster::lock_admins(act.tx()).await?;
    let held = roster::lock(act.tx(), id).await?.ok_or(Error::NotFound)?;
    if held.version != rev {
        return Err(Error::Stale(Box::default()));
    }
    let lang = act.by.lang;
    let departments = appointments::departments(act.tx(), lang).await?;
    let known: Vec<DepartmentId> = departments.iter().map(|one| one.id).collect();
    let draft = read(fields, &known)?;
    keeps_what_it_needs(act, &held, &draft, &admins).await?;
    let leads = appointments::leads(act.tx(), id).await?;
    let changes = changes(&held, &leads, &draft, &departments);
    if changes.is_empty() {
        return Ok(None);
    }
    if !roster::save(act.tx(), (id, rev), &draft).await? {
        return Err(Error::Stale(Box::default()));
    }
    act.record(&PersonStream(id), &Event::PersonChanged { changes })
        .await?;
    if held.roles == draft.roles {
        return Ok(None);
    }
    if act.by.person() == Some(id) {
        let fresh = session::secret()?;
        sql::rotate_session(act.tx(), id, own_session, &session::hash(&fresh)).await?;
        return Ok(Some(fresh));
    }
    sql::close_sessions_of(act.tx(), id).await?;
    Ok(None)
}

/// A role cannot be taken from who still works in it.
async fn keeps_what_it_needs(
    act: &mut Act,
    held: &Person,
    draft: &Draft,
    admins: &[PersonId],
) -> Result<()> {
    let mut faults = Faults::default();
    let loses = |role: Role| held.roles.has(role) && !draft.roles.has(role);
    if loses(Role::Admin) && admins == [held.id] {
        faults.add("roles", T::people_last_admin);
    }
    if loses(Role::Salesperson) || loses(Role::OrderOperator) {
        let kept = roster::kept(act.tx(), held.id).await?;
        let (sells, operates) = (kept.sells, kept.operates);
        if loses(Role::Salesperson) && sells > 0 {
            faults.say("roles", move |t| t.people_still_sells(sells));
        }
        if loses(Role::OrderOperator) && operates > 0 {
            faults.say("roles", move |t| t.people_still_operates(operates));
        }
    }
    faults.check()
}

/// Both versions side by side.
async fn stale(db: &mut PgConnection, page: &Page, id: PersonId, mine: &Fields) -> Result<Error> {
    let person = roster::find(db, id).await?.ok_or(Error::NotFound)?;
    let leads = appointments::leads(db, id).await?;
    let last = timeline::read_person(db, &PersonStream(id).stream(), page.lang, 1).await?;
    let last = last.into_iter().next();
    let theirs = Theirs {
        fields: stored_fields(&person, &leads),
        rev: person.version,
        who: last
            .as_ref()
            .and_then(|entry| entry.who.clone())
            .unwrap_or_default(),
        at: last.map(|entry| entry.at),
    };
    let departments = appointments::departments(db, page.lang).await?;
    let stale =
        Stale::between(mine, theirs, person.url()).in_words(draft::words(&departments, page));
    Ok(Error::Stale(Box::new(stale)))
}

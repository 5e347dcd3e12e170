//! Department 部门: the part of the company an order belongs to; who leads it is said on the person.

use super::rights::{self, Deed};
use super::{Relation, appointments};
use crate::base::{By, DepartmentId, Lang, T};
use crate::history::event::Change;
use crate::history::{self, Act, Event, Stream, timeline};
use crate::web::stale::{Stale, Theirs};
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use sqlx::PgConnection;

/// A department with who is in it.
#[derive(Clone, Debug)]
pub struct Department {
    pub id: DepartmentId,
    pub name_zh: String,
    pub name_en: String,
    pub version: i32,
    pub members: i64,
    pub leads: Vec<String>,
}

impl Department {
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.name_zh,
            Lang::En => &self.name_en,
        }
    }

    pub fn other_name(&self, lang: Lang) -> &str {
        self.name(lang.other())
    }

    fn url(&self) -> String {
        format!("/departments/{}", self.id)
    }

    fn stored(&self) -> Fields {
        let mut fields = Fields::default();
        fields.set("name_zh", &self.name_zh);
        fields.set("name_en", &self.name_en);
        fields
    }
}

impl Stream for Department {
    fn stream(&self) -> String {
        stream(self.id)
    }
}

fn stream(id: DepartmentId) -> String {
    format!("department:{id}")
}

struct NewStream(DepartmentId);

impl Stream for NewStream {
    fn stream(&self) -> String {
        stream(self.0)
    }
}

/// The list, with the form of one department or of a new one beneath it.
#[derive(Template)]
#[template(path = "people/departments.html")]
pub(super) struct DepartmentsPage {
    page: Page,
    departments: Vec<Department>,
    edited: Option<Department>,
    fields: Fields,
    faults: Faults,
}

const FIELDS: [&str; 2] = ["name_zh", "name_en"];

/// The form as typed, when it is drawn again.
type Typed = (Fields, Faults);

async fn draw(
    db: &mut PgConnection,
    page: Page,
    edited: Option<DepartmentId>,
    typed: Option<Typed>,
) -> Result<Html<String>> {
    let departments = appointments::departments(db, page.lang).await?;
    let edited = match edited {
        Some(id) => Some(pick(&departments, id)?),
        None => None,
    };
    let (fields, faults) = typed.unwrap_or_else(|| {
        let stored = edited.as_ref().map(Department::stored);
        (stored.unwrap_or_default(), Faults::default())
    });
    Ok(Html(
        DepartmentsPage {
            page,
            departments,
            edited,
            fields,
            faults,
        }
        .render()?,
    ))
}

fn missing(name: &str) -> fn(T) -> &'static str {
    match name {
        "name_zh" => T::people_department_zh_missing,
        _ => T::people_department_en_missing,
    }
}

fn pick(departments: &[Department], id: DepartmentId) -> Result<Department> {
    let found = departments.iter().find(|one| one.id == id);
    found.cloned().ok_or(Error::NotFound)
}

fn parse(id: &str) -> Result<DepartmentId> {
    id.parse().map_err(|_| Error::NotFound)
}

pub(super) async fn list(State(app): State<App>, by: By, page: Page) -> Result<Html<String>> {
    rights::must(&by, Deed::ManagePeople, &Relation::none())?;
    let mut db = app.db.acquire().await?;
    draw(&mut db, page, None, None).await
}

pub(super) async fn edit(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(id): Path<String>,
) -> Result<Html<String>> {
    rights::must(&by, Deed::ManagePeople, &Relation::none())?;
    let mut db = app.db.acquire().await?;
    draw(&mut db, page, Some(parse(&id)?), None).await
}

fn read(fields: &Fields) -> Result<(String, String), Faults> {
    let mut faults = Faults::default();
    for name in FIELDS {
        if fields.get(name).is_empty() || fields.get(name).chars().count() > 60 {
            faults.add(name, missing(name));
        }
    }
    if faults.is_empty() {
        let own = |name| fields.get(name).to_owned();
        Ok((own("name_zh"), own("name_en")))
    } else {
        Err(faults)
    }
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    form: Keyed,
) -> Result<Response> {
    form.only(&FIELDS)?;
    let mut act = history::begin(&app, by, &form.key).await?;
    let opened = match read(&form.fields) {
        Ok((zh, en)) => open(&mut act, (&zh, &en)).await,
        Err(faults) => Err(faults.into()),
    };
    match opened {
        Ok(_) => {
            let answer = Answer::to("/departments").tell(page.t, T::people_department_opened);
            Ok(act.finish(answer).await?.into_response())
        }
        Err(Error::Invalid(faults)) => {
            drop(act);
            again(&app, page, None, (form.fields, faults)).await
        }
        Err(error) => Err(error),
    }
}

/// The act: names in both languages, each only once.
pub async fn open(act: &mut Act, (zh, en): (&str, &str)) -> Result<DepartmentId> {
    rights::must(&act.by, Deed::ManagePeople, &Relation::none())?;
    let id = DepartmentId::fresh(act.by.at);
    appointments::insert_department(act.tx(), id, (zh, en)).await?;
    let event = Event::DepartmentOpened {
        name: format!("{zh} {en}"),
    };
    act.record(&NewStream(id), &event).await?;
    Ok(id)
}

pub(super) async fn save(
    State(app): State<App>,
    by: By,
    mut page: Page,
    Path(id): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&FIELDS)?;
    let (id, rev) = (parse(&id)?, form.rev()?);
    let mut act = history::begin(&app, by, &form.key).await?;
    match write(&mut act, id, rev, &form.fields).await {
        Ok(()) => {
            let answer = Answer::to("/departments").tell(page.t, T::web_saved);
            Ok(act.finish(answer).await?.into_response())
        }
        Err(Error::Invalid(faults)) => {
            drop(act);
            page.here = format!("/departments/{id}");
            again(&app, page, Some(id), (form.fields, faults)).await
        }
        Err(Error::Stale(_)) => {
            drop(act);
            let mut db = app.db.acquire().await?;
            Err(stale(&mut db, &page, id, &form.fields).await?)
        }
        Err(error) => Err(error),
    }
}

async fn again(
    app: &App,
    page: Page,
    edited: Option<DepartmentId>,
    typed: Typed,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let html = draw(&mut db, page, edited, Some(typed)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

async fn write(act: &mut Act, id: DepartmentId, rev: i32, fields: &Fields) -> Result<()> {
    rights::must(&act.by, Deed::ManagePeople, &Relation::none())?;
    let lang = act.by.lang;
    let held = pick(&appointments::departments(act.tx(), lang).await?, id)?;
    if held.version != rev {
        return Err(Error::Stale(Box::default()));
    }
    let (zh, en) = read(fields)?;
    let changes: Vec<Change> = [
        Change::between("name_zh", &held.name_zh, &zh),
        Change::between("name_en", &held.name_en, &en),
    ]
    .into_iter()
    .flatten()
    .collect();
    if changes.is_empty() {
        return Ok(());
    }
    if !appointments::save_department(act.tx(), (id, rev), (&zh, &en)).await? {
        return Err(Error::Stale(Box::default()));
    }
    act.record(&held, &Event::DepartmentChanged { changes })
        .await
}

async fn stale(
    db: &mut PgConnection,
    page: &Page,
    id: DepartmentId,
    mine: &Fields,
) -> Result<Error> {
    let held = pick(&appointments::departments(db, page.lang).await?, id)?;
    let last = timeline::read(db, &stream(id), page.lang, None, 1).await?;
    let last = last.into_iter().next();
    let theirs = Theirs {
        fields: held.stored(),
        rev: held.version,
        who: last
            .as_ref()
            .and_then(|entry| entry.who.clone())
            .unwrap_or_default(),
        at: last.map(|entry| entry.at),
    };
    let own = |name: &str, word: &str| (name.to_owned(), word.to_owned());
    let words = vec![
        own("name_zh", page.t.people_department_name_zh()),
        own("name_en", page.t.people_department_name_en()),
    ];
    let stale = Stale::between(mine, theirs, held.url()).in_words(words);
    Ok(Error::Stale(Box::new(stale)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_department_has_a_name_in_both_languages() {
        let mut fields = Fields::default();
        fields.set("name_zh", " 欧洲部 ");
        let faults = read(&fields).unwrap_err();
        assert_eq!(faults.len(), 1);
        assert!(faults.of("name_en").is_some());
        fields.set("name_en", "Europe");
        assert_eq!(read(&fields).unwrap(), ("欧洲部".into(), "Europe".into()));
    }
}

//! Deputy 代理人: a manager who decides for another one between two days. The administrator names one for anybody, a
//! manager for herself.

use super::password::PersonStream;
use super::profile;
use super::rights::{self, Deed};
use super::staff::{Person, Standing};
use super::user::{Said, draw, parse};
use super::{Relation, appointments, roster};
use crate::base::{By, Lang, PersonId, Role, T, typed};
use crate::history::{self, Act, Event};
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result, Tell};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

/// One period; the names are the other person's: the deputy's, or on the deputy's own page the absent one's.
#[derive(Clone, Debug)]
pub struct Deputy {
    pub id: Uuid,
    pub absent: Uuid,
    pub deputy: Uuid,
    pub name_zh: String,
    pub name_en: String,
    pub from_day: NaiveDate,
    pub until_day: NaiveDate,
    pub withdrawn_at: Option<DateTime<Utc>>,
}

/// Where a period stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Running {
    Ahead,
    Now,
    Past,
    Withdrawn,
}

impl Deputy {
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.name_zh,
            Lang::En => &self.name_en,
        }
    }

    pub fn running(&self, today: NaiveDate) -> Running {
        if self.withdrawn_at.is_some() {
            Running::Withdrawn
        } else if self.until_day < today {
            Running::Past
        } else if self.from_day > today {
            Running::Ahead
        } else {
            Running::Now
        }
    }

    /// What is over stays as it was: it says who could decide then.
    pub fn can_end(&self, today: NaiveDate) -> bool {
        matches!(self.running(today), Running::Ahead | Running::Now)
    }
}

impl Running {
    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Ahead => t.people_deputy_ahead(),
            Self::Now => t.people_deputy_now(),
            Self::Past => t.people_deputy_past(),
            Self::Withdrawn => t.people_deputy_withdrawn(),
        }
    }

    pub const fn tone(self) -> &'static str {
        match self {
            Self::Ahead => "wait",
            Self::Now => "good",
            Self::Past => "grey",
            Self::Withdrawn => "void",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Only who decides can have somebody decide for her.
    NotAManager,
    AlreadyOver,
}

impl Tell for Refusal {
    fn tell(&self, t: T) -> String {
        match self {
            Self::NotAManager => t.people_deputy_not_a_manager().into(),
            Self::AlreadyOver => t.people_deputy_over().into(),
        }
    }
}

/// Who decides, and from when until when, both days included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Naming {
    pub deputy: PersonId,
    pub from: NaiveDate,
    pub until: NaiveDate,
}

pub(super) const FIELDS: [&str; 3] = ["deputy", "from", "until"];

/// Managers who could stand in for this one.
pub(super) async fn choices(
    db: &mut PgConnection,
    absent: PersonId,
    lang: Lang,
) -> Result<Vec<(String, String)>> {
    let managers = roster::managers(db).await?;
    Ok(managers
        .into_iter()
        .filter(|one| one.id != absent)
        .map(|one| (one.id.to_string(), one.name(lang).to_owned()))
        .collect())
}

fn read(fields: &Fields, able: &[PersonId], today: NaiveDate) -> Result<Naming, Faults> {
    let mut faults = Faults::default();
    let deputy: Option<PersonId> = fields.get("deputy").parse().ok();
    let deputy = deputy.filter(|one| able.contains(one));
    if deputy.is_none() {
        faults.add("deputy", T::people_deputy_missing);
    }
    let from = typed::day(fields.get("from"));
    if from.is_none() {
        faults.add("from", T::people_from_missing);
    }
    let until = typed::day(fields.get("until"));
    match (from, until) {
        (_, None) => faults.add("until", T::people_until_missing),
        (_, Some(until)) if until < today => faults.add("until", T::people_deputy_past_days),
        (Some(from), Some(until)) if until < from => {
            faults.add("until", T::people_deputy_backwards);
        }
        _ => {}
    }
    match (deputy, from, until) {
        (Some(deputy), Some(from), Some(until)) if faults.is_empty() => Ok(Naming {
            deputy,
            from,
            until,
        }),
        _ => Err(faults),
    }
}

/// The act: reads the form under the lock, so that who decides today is who may be named.
async fn create_from(act: &mut Act, absent: PersonId, form: &Keyed, page: &Page) -> Result<()> {
    let able = roster::managers(act.tx()).await?;
    let able: Vec<PersonId> = able.iter().map(|one| one.id).collect();
    let able: Vec<PersonId> = able.into_iter().filter(|one| *one != absent).collect();
    let naming = read(&form.fields, &able, page.today())?;
    name(act, absent, &naming).await
}

pub async fn name(act: &mut Act, absent: PersonId, naming: &Naming) -> Result<()> {
    let relation = Relation::to_colleague(&act.by, absent);
    rights::must(&act.by, Deed::AppointDeputy, &relation)?;
    let held = roster::lock(act.tx(), absent).await?;
    let held = held.ok_or(Error::NotFound)?;
    let deputy = roster::find(act.tx(), naming.deputy).await?;
    let deputy = deputy.ok_or(Error::NotFound)?;
    if !decides(&held) || !decides(&deputy) {
        return Err(Refusal::NotAManager.into());
    }
    let id = crate::base::fresh(act.by.at);
    appointments::insert_deputy(act.tx(), id, absent, naming).await?;
    let event = Event::DeputyNamed {
        deputy: deputy.both_names(),
        from: naming.from.to_string(),
        until: naming.until.to_string(),
    };
    act.record(&PersonStream(absent), &event).await
}

fn decides(person: &Person) -> bool {
    person.roles.has(Role::Manager) && person.standing != Standing::Disabled
}

/// The act: from this moment on she decides for nobody.
pub async fn withdraw(act: &mut Act, absent: PersonId, id: Uuid, today: NaiveDate) -> Result<()> {
    let relation = Relation::to_colleague(&act.by, absent);
    rights::must(&act.by, Deed::AppointDeputy, &relation)?;
    let held = appointments::lock_deputy(act.tx(), absent, id).await?;
    let held = held.ok_or(Error::NotFound)?;
    if !held.can_end(today) {
        return Err(Refusal::AlreadyOver.into());
    }
    let at = act.by.at;
    appointments::withdraw_deputy(act.tx(), id, at).await?;
    let event = Event::DeputyWithdrawn {
        deputy: format!("{} {}", held.name_zh, held.name_en),
    };
    act.record(&PersonStream(absent), &event).await
}

/// For anybody, by the administrator.
pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(id): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&FIELDS)?;
    let id = parse(&id)?;
    let mut act = history::begin(&app, by.clone(), &form.key).await?;
    match create_from(&mut act, id, &form, &page).await {
        Ok(()) => {
            let url = format!("/users/{id}#deputies");
            let answer = Answer::to(url).tell(page.t, T::people_deputy_named);
            Ok(act.finish(answer).await?.into_response())
        }
        Err(Error::Invalid(faults)) => {
            drop(act);
            let said = Said {
                naming: Some(form.fields),
                faults,
                ..Said::default()
            };
            let mut db = app.db.acquire().await?;
            let html = draw(&mut db, page, &by, id, said).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(error) => Err(error),
    }
}

pub(super) async fn create_withdrawn(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((id, deputy)): Path<(String, String)>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let (id, deputy) = (
        parse(&id)?,
        Uuid::parse_str(&deputy).map_err(|_| Error::NotFound)?,
    );
    let mut act = history::begin(&app, by, &form.key).await?;
    withdraw(&mut act, id, deputy, page.today()).await?;
    let answer = Answer::to(format!("/users/{id}#deputies"));
    act.finish(answer.tell(page.t, T::people_deputy_ended))
        .await
}

/// A manager's own.
pub(super) async fn create_own(
    State(app): State<App>,
    by: By,
    page: Page,
    headers: axum::http::HeaderMap,
    form: Keyed,
) -> Result<Response> {
    form.only(&FIELDS)?;
    let me = by.person().ok_or(Error::SignIn)?;
    let mut act = history::begin(&app, by.clone(), &form.key).await?;
    rights::must(&by, Deed::AppointDeputy, &Relation::to_colleague(&by, me))?;
    match create_from(&mut act, me, &form, &page).await {
        Ok(()) => {
            let answer = Answer::to("/me#deputies").tell(page.t, T::people_deputy_named);
            Ok(act.finish(answer).await?.into_response())
        }
        Err(Error::Invalid(faults)) => {
            drop(act);
            let html = profile::draw(&app, page, &by, &headers, (form.fields, faults)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(error) => Err(error),
    }
}

pub(super) async fn withdraw_own(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(deputy): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let deputy = Uuid::parse_str(&deputy).map_err(|_| Error::NotFound)?;
    let me = by.person().ok_or(Error::SignIn)?;
    let mut act = history::begin(&app, by, &form.key).await?;
    withdraw(&mut act, me, deputy, page.today()).await?;
    let answer = Answer::to("/me#deputies");
    act.finish(answer.tell(page.t, T::people_deputy_ended))
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn person(last: u128) -> PersonId {
        PersonId(Uuid::from_u128(last))
    }

    fn wrong(from: &str, until: &str) -> Vec<String> {
        let mut fields = Fields::default();
        fields.set("deputy", person(1).to_string());
        fields.set("from", from);
        fields.set("until", until);
        match read(&fields, &[person(1)], day("2026-11-23")) {
            Ok(_) => Vec::new(),
            Err(faults) => faults.iter().map(|fault| fault.field.clone()).collect(),
        }
    }

    #[test]
    fn a_period_has_two_days_in_order_and_is_not_over() {
        assert!(wrong("2026-11-23", "2026-11-23").is_empty());
        // Begun yesterday and forgotten to enter: still of use today.
        assert!(wrong("2026-11-22", "2026-11-30").is_empty());
        assert_eq!(wrong("2026-11-25", "2026-11-24"), ["until"]);
        assert_eq!(wrong("2026-11-01", "2026-11-22"), ["until"]);
        assert_eq!(wrong("", "2026-02-30"), ["from", "until"]);
    }

    #[test]
    fn only_who_may_decide_is_named() {
        let mut fields = Fields::default();
        fields.set("deputy", person(2).to_string());
        fields.set("from", "2026-11-23");
        fields.set("until", "2026-11-24");
        let faults = read(&fields, &[person(1)], day("2026-11-23")).unwrap_err();
        assert!(faults.of("deputy").is_some() && faults.len() == 1);
    }

    #[test]
    fn both_days_count_and_what_is_over_cannot_be_ended() {
        let mut period = Deputy {
            id: Uuid::nil(),
            absent: Uuid::nil(),
            deputy: Uuid::nil(),
            name_zh: String::new(),
            name_en: String::new(),
            from_day: day("2026-11-20"),
            until_day: day("2026-11-22"),
            withdrawn_at: None,
        };
        assert_eq!(period.running(day("2026-11-19")), Running::Ahead);
        assert_eq!(period.running(day("2026-11-20")), Running::Now);
        assert_eq!(period.running(day("2026-11-22")), Running::Now);
        assert!(!period.can_end(day("2026-11-23")));
        period.withdrawn_at = DateTime::from_timestamp(1_800_000_000, 0);
        assert_eq!(period.running(day("2026-11-20")), Running::Withdrawn);
    }
}

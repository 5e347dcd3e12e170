//! User 用户: the page of one person for the administrator: names, roles, department, what she leads; what happened.

use super::access::Refusal;
use super::change::{self, Told};
use super::department::Department;
use super::deputy::Deputy;
use super::password::PersonStream;
use super::rights::{self, Deed};
use super::roster::Kept;
use super::staff::{Person, Standing};
use super::{Relation, deputy, roster, session, set_up, sql};
use crate::base::{By, DepartmentId, PersonId, Role, Roles, T};
use crate::history::event::Change;
use crate::history::{self, Act, Event, Stream, timeline};
use crate::web::stale::{Stale, Theirs};
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result, cookie};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use sqlx::PgConnection;

/// What the form may carry; roles are boxes of their own, so that a refused form comes back box by box.
pub(super) const FIELDS: [&str; 10] = [
    "name_zh",
    "name_en",
    "email",
    "department",
    "leads[]",
    "role_salesperson",
    "role_order_operator",
    "role_manager",
    "role_finance",
    "role_admin",
];

/// A person as typed and read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub name_zh: String,
    pub name_en: String,
    pub email: String,
    pub roles: Roles,
    pub department: Option<DepartmentId>,
    pub leads: Vec<(DepartmentId, i16)>,
}

/// Reads the form: who trades belongs to a department, who leads one is a manager.
pub(super) fn read(fields: &Fields, departments: &[DepartmentId]) -> Result<Draft, Faults> {
    let mut faults = Faults::default();
    for name in ["name_zh", "name_en"] {
        if fields.get(name).is_empty() || fields.get(name).chars().count() > 120 {
            faults.add(name, |t| t.people_name_missing());
        }
    }
    let email = fields.get("email").to_lowercase();
    if !set_up::is_email(&email) {
        faults.add("email", |t| t.people_email_wrong());
    }
    let held = |role: &Role| !fields.get(&role_field(*role)).is_empty();
    let roles = Roles::new(Role::ALL.into_iter().filter(held));
    if roles.is_empty() {
        faults.add("roles", |t| t.people_role_missing());
    }
    let department: Option<DepartmentId> = fields.get("department").parse().ok();
    let department = department.filter(|own| departments.contains(own));
    if department.is_none() && roles.any_of(&[Role::Salesperson, Role::OrderOperator]) {
        faults.add("department", |t| t.people_department_missing());
    }
    let leads = read_leads(fields, departments);
    if !leads.is_empty() && !roles.has(Role::Manager) {
        faults.add("leads", |t| t.people_leads_need_manager());
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(Draft {
        name_zh: fields.get("name_zh").to_owned(),
        name_en: fields.get("name_en").to_owned(),
        email,
        roles,
        department,
        leads,
    })
}

fn read_leads(fields: &Fields, departments: &[DepartmentId]) -> Vec<(DepartmentId, i16)> {
    let mut leads: Vec<(DepartmentId, i16)> = departments
        .iter()
        .filter_map(|led| match fields.get(&lead_field(*led)) {
            "1" => Some((*led, 1)),
            "2" => Some((*led, 2)),
            _ => None,
        })
        .collect();
    leads.sort_by_key(|(led, _)| led.0);
    leads
}

fn role_field(role: Role) -> String {
    format!("role_{}", role.code())
}

fn lead_field(department: DepartmentId) -> String {
    format!("leads[{department}]")
}

/// The form as it is stored, to be drawn or compared with what was typed.
fn stored_fields(person: &Person, leads: &[(DepartmentId, i16)]) -> Fields {
    let mut fields = Fields::default();
    fields.set("name_zh", &person.name_zh);
    fields.set("name_en", &person.name_en);
    fields.set("email", &person.email);
    let department = person.department.map(|own| own.to_string());
    fields.set("department", department.unwrap_or_default());
    for role in person.roles.iter() {
        fields.set(&role_field(role), "yes");
    }
    for (led, level) in leads {
        fields.set(&lead_field(*led), level.to_string());
    }
    fields
}

/// One box of the roles.
pub(super) struct RoleBox {
    pub name: String,
    pub label: &'static str,
    pub hint: &'static str,
    pub on: bool,
}

/// How a person stands to one department.
pub(super) struct Lead {
    pub name: String,
    pub label: String,
    pub level: String,
}

/// The parts of the form that both pages show.
pub(super) struct FormView {
    pub fields: Fields,
    pub roles: Vec<RoleBox>,
    pub leads: Vec<Lead>,
    pub departments: Vec<(String, String)>,
}

pub(super) fn form_view(fields: Fields, departments: &[Department], page: &Page) -> FormView {
    let t = page.t;
    let roles = Role::ALL
        .into_iter()
        .map(|role| RoleBox {
            label: role.label(t),
            hint: sentence(role, t),
            on: !fields.get(&role_field(role)).is_empty(),
            name: role_field(role),
        })
        .collect();
    let leads = departments
        .iter()
        .map(|one| Lead {
            label: one.name(page.lang).to_owned(),
            level: fields.get(&lead_field(one.id)).to_owned(),
            name: lead_field(one.id),
        })
        .collect();
    let departments = departments
        .iter()
        .map(|one| (one.id.to_string(), one.name(page.lang).to_owned()))
        .collect();
    FormView {
        fields,
        roles,
        leads,
        departments,
    }
}

/// What a role may, in one sentence.
fn sentence(role: Role, t: T) -> &'static str {
    match role {
        Role::Salesperson => t.people_role_salesperson_does(),
        Role::OrderOperator => t.people_role_order_operator_does(),
        Role::Manager => t.people_role_manager_does(),
        Role::Finance => t.people_role_finance_does(),
        Role::Admin => t.people_role_admin_does(),
    }
}

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
    let departments = roster::departments(db, page.lang).await?;
    let leads = roster::leads(db, id).await?;
    let kept = roster::kept(db, id).await?;
    let admins = sql::count_admins(db).await?;
    let fields = said.typed.unwrap_or_else(|| stored_fields(&person, &leads));
    let entries = timeline::read(db, &PersonStream(id).stream(), page.lang, None, 50).await?;
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
            deputies: roster::deputies(db, id).await?,
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
            let still_here = by.person() != Some(id) || rotated.is_none();
            let url = if still_here {
                format!("/users/{id}")
            } else {
                "/me".to_owned()
            };
            let answer = Answer::to(url).tell(page.t, |t| t.web_saved());
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
    let departments = roster::departments(act.tx(), lang).await?;
    let known: Vec<DepartmentId> = departments.iter().map(|one| one.id).collect();
    let draft = read(fields, &known)?;
    keeps_what_it_needs(act, &held, &draft, &admins).await?;
    let leads = roster::leads(act.tx(), id).await?;
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
        faults.add("roles", |t| t.people_last_admin());
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

/// What is different, in words that are read later in either language.
fn changes(
    held: &Person,
    leads: &[(DepartmentId, i16)],
    draft: &Draft,
    departments: &[Department],
) -> Vec<Change> {
    let name = |id: DepartmentId| {
        let found = departments.iter().find(|one| one.id == id);
        found.map_or_else(|| id.to_string(), |one| one.name_zh.clone())
    };
    let led = |leads: &[(DepartmentId, i16)]| {
        let one = |(id, level): &(DepartmentId, i16)| format!("{} {level}", name(*id));
        leads.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    let own = |id: Option<DepartmentId>| id.map(name).unwrap_or_default();
    [
        Change::between("name_zh", &held.name_zh, &draft.name_zh),
        Change::between("name_en", &held.name_en, &draft.name_en),
        Change::between("email", &held.email, &draft.email),
        Change::between(
            "roles",
            &held.roles.codes().join(", "),
            &draft.roles.codes().join(", "),
        ),
        Change::between("department", &own(held.department), &own(draft.department)),
        Change::between("leads", &led(leads), &led(&draft.leads)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Both versions side by side.
async fn stale(db: &mut PgConnection, page: &Page, id: PersonId, mine: &Fields) -> Result<Error> {
    let person = roster::find(db, id).await?.ok_or(Error::NotFound)?;
    let leads = roster::leads(db, id).await?;
    let last = timeline::read(db, &PersonStream(id).stream(), page.lang, None, 1).await?;
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
    Ok(Error::Stale(Box::new(Stale::between(
        mine,
        theirs,
        person.url(),
    ))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn department(last: u128) -> DepartmentId {
        DepartmentId(uuid::Uuid::from_u128(last))
    }

    fn fields(more: &[(&str, &str)]) -> Fields {
        let mut fields = Fields::default();
        fields.set("name_zh", "江予宁");
        fields.set("name_en", "Jiang Yuning");
        fields.set("email", "Jiang@Hanyu.example");
        for (name, value) in more {
            fields.set(name, *value);
        }
        fields
    }

    fn wrong(more: &[(&str, &str)]) -> Vec<String> {
        let known = [department(1), department(2)];
        let faults = read(&fields(more), &known).unwrap_err();
        faults.iter().map(|fault| fault.field.clone()).collect()
    }

    #[test]
    fn a_manager_may_lead_departments_at_two_levels() {
        let (one, two) = (department(1), department(2));
        let typed = fields(&[
            ("role_manager", "yes"),
            (&lead_field(one), "1"),
            (&lead_field(two), "2"),
        ]);
        let draft = read(&typed, &[two, one]).unwrap();
        assert_eq!(draft.email, "jiang@hanyu.example");
        assert_eq!(draft.leads, [(one, 1), (two, 2)]);
        assert_eq!(draft.department, None);
    }

    #[test]
    fn who_trades_belongs_to_a_department() {
        assert_eq!(wrong(&[("role_salesperson", "yes")]), ["department"]);
        let unknown = department(9).to_string();
        let typed = [
            ("role_order_operator", "yes"),
            ("department", unknown.as_str()),
        ];
        assert_eq!(wrong(&typed), ["department"]);
    }

    #[test]
    fn who_leads_is_a_manager_and_everybody_has_a_role() {
        let led = lead_field(department(1));
        assert_eq!(wrong(&[("role_finance", "yes"), (&led, "2")]), ["leads"]);
        assert_eq!(wrong(&[]), ["roles"]);
    }

    #[test]
    fn names_and_address_are_asked_for() {
        let long = "长".repeat(121);
        let typed = [
            ("role_admin", "yes"),
            ("name_zh", long.as_str()),
            ("name_en", " "),
            ("email", "nobody"),
        ];
        assert_eq!(wrong(&typed), ["name_zh", "name_en", "email"]);
    }

    #[test]
    fn what_is_stored_is_read_back_as_it_was() {
        let one = department(1);
        let person = Person {
            id: PersonId(uuid::Uuid::nil()),
            email: "a@b.example".into(),
            name_zh: "沈".into(),
            name_en: "Shen".into(),
            roles: Roles::new([Role::Manager, Role::OrderOperator]),
            department: Some(one),
            standing: Standing::Active,
            version: 3,
        };
        let draft = read(&stored_fields(&person, &[(one, 2)]), &[one]).unwrap();
        assert_eq!(draft.roles, person.roles);
        assert!(changes(&person, &[(one, 2)], &draft, &[]).is_empty());
        let told = changes(&person, &[], &draft, &[]);
        assert_eq!(told.len(), 1);
        assert_eq!(
            told.first().map(|change| change.field.as_str()),
            Some("leads")
        );
    }
}

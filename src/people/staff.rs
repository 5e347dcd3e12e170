//! Staff 员工: colleagues as lists and choices show them, and the administrator's list of users.

use super::rights::{self, Deed};
use super::{Relation, roster};
use crate::base::{By, DepartmentId, Lang, PersonId, Role, Roles, T};
use crate::web::excel::{self, Cell, Sheet};
use crate::web::paging::Slice;
use crate::web::routes::percent;
use crate::web::{App, Page, Result};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, Response};
use serde::Deserialize;
use sqlx::PgConnection;

#[derive(Clone, Debug)]
pub struct Colleague {
    pub id: PersonId,
    pub email: String,
    pub name_zh: String,
    pub name_en: String,
    pub roles: Roles,
}

impl Colleague {
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.name_zh,
            Lang::En => &self.name_en,
        }
    }
}

/// Colleagues who may sign in, in the order they came.
pub async fn list_active(db: &mut PgConnection) -> Result<Vec<Colleague>> {
    roster::active(db).await
}

/// Whether somebody may sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Has a link but no password yet.
    Invited,
    Active,
    Disabled,
}

impl Standing {
    pub const ALL: [Self; 3] = [Self::Active, Self::Invited, Self::Disabled];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Active => "active",
            Self::Disabled => "disabled",
        }
    }

    /// A word we do not know lets nobody in.
    pub fn parse(text: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|standing| standing.code() == text)
            .unwrap_or(Self::Disabled)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Invited => t.people_standing_invited(),
            Self::Active => t.people_standing_active(),
            Self::Disabled => t.people_standing_disabled(),
        }
    }

    /// Tone of its badge.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Invited => "wait",
            Self::Active => "good",
            Self::Disabled => "grey",
        }
    }
}

/// A person as the administrator edits her.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: PersonId,
    pub email: String,
    pub name_zh: String,
    pub name_en: String,
    pub phone: String,
    /// What the house speaks with her.
    pub lang: Lang,
    pub roles: Roles,
    pub department: Option<DepartmentId>,
    pub standing: Standing,
    pub version: i32,
}

impl Person {
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.name_zh,
            Lang::En => &self.name_en,
        }
    }

    /// For what is kept and later read in either language.
    pub fn both_names(&self) -> String {
        format!("{} {}", self.name_zh, self.name_en)
    }

    pub fn url(&self) -> String {
        format!("/users/{}", self.id)
    }
}

/// One row of the list of users.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Listed {
    pub id: uuid::Uuid,
    pub email: String,
    pub name_zh: String,
    pub name_en: String,
    roles: Vec<String>,
    status: String,
    pub department: String,
    leads: Vec<String>,
}

impl Listed {
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.name_zh,
            Lang::En => &self.name_en,
        }
    }

    pub fn other_name(&self, lang: Lang) -> &str {
        self.name(lang.other())
    }

    pub fn roles(&self, t: T) -> String {
        labels(&Roles::from_codes(&self.roles), t)
    }

    pub fn leads(&self, t: T) -> String {
        self.leads.join(t.web_list_comma())
    }

    pub fn standing(&self) -> Standing {
        Standing::parse(&self.status)
    }
}

/// Roles as a person reads them.
pub fn labels(roles: &Roles, t: T) -> String {
    let words: Vec<&str> = roles.iter().map(|role| role.label(t)).collect();
    words.join(t.web_list_comma())
}

/// The filter as it stands in the address.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    after: String,
}

/// The filter as it is understood; what cannot be read filters nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    pub q: String,
    pub role: Option<Role>,
    pub standing: Option<Standing>,
    /// Without a state asked for: everybody who is not disabled.
    pub in_use: bool,
    pub after: Option<PersonId>,
}

impl Asked {
    fn filter(&self) -> Filter {
        let standing = Standing::ALL
            .into_iter()
            .find(|standing| standing.code() == self.state);
        Filter {
            q: self.q.trim().chars().take(100).collect(),
            role: Role::parse(&self.role),
            standing,
            in_use: self.state != "all",
            after: self.after.parse().ok(),
        }
    }

    /// The same filter as the query of an address, without the place in the list.
    fn query(&self) -> String {
        let pairs = [("q", &self.q), ("role", &self.role), ("state", &self.state)];
        let set = pairs.iter().filter(|(_, value)| !value.trim().is_empty());
        set.map(|(name, value)| format!("{name}={}", percent(value.trim())))
            .collect::<Vec<_>>()
            .join("&")
    }
}

#[derive(Template)]
#[template(path = "people/users.html")]
pub(super) struct UsersPage {
    page: Page,
    asked: Asked,
    users: Slice<Listed>,
}

impl UsersPage {
    fn role_choices(&self) -> Vec<(&'static str, &'static str)> {
        Role::ALL
            .iter()
            .map(|role| (role.code(), role.label(self.page.t)))
            .collect()
    }

    fn state_choices(&self) -> Vec<(&'static str, &'static str)> {
        let t = self.page.t;
        let mut choices = vec![("", t.people_standing_in_use())];
        choices.extend(Standing::ALL.iter().map(|one| (one.code(), one.label(t))));
        choices.push(("all", t.people_standing_all()));
        choices
    }

    fn filtered(&self) -> bool {
        !self.asked.query().is_empty()
    }

    fn excel_href(&self) -> String {
        format!("/users.xlsx?{}", self.asked.query())
    }

    fn first_href(&self) -> String {
        if self.asked.after.is_empty() {
            String::new()
        } else {
            format!("/users?{}", self.asked.query())
        }
    }

    fn next_href(&self) -> String {
        self.users.next.as_ref().map_or_else(String::new, |next| {
            format!("/users?{}&after={next}", self.asked.query())
        })
    }
}

pub(super) async fn list(
    State(app): State<App>,
    by: By,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Html<String>> {
    rights::must(&by, Deed::ManagePeople, &Relation::none())?;
    let mut db = app.db.acquire().await?;
    let rows = roster::list(&mut db, &asked.filter(), page.lang, 51).await?;
    let users = Slice::cut(rows, 50, |row| row.id.to_string());
    Ok(Html(UsersPage { page, asked, users }.render()?))
}

/// The same list as a workbook, up to five thousand rows.
pub(super) async fn export(
    State(app): State<App>,
    by: By,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    rights::must(&by, Deed::ManagePeople, &Relation::none())?;
    let filter = Filter {
        after: None,
        ..asked.filter()
    };
    let mut db = app.db.acquire().await?;
    let rows = roster::list(&mut db, &filter, page.lang, excel::SHORT + 1).await?;
    let t = page.t;
    let heads = [
        t.people_name_zh(),
        t.people_name_en(),
        t.people_email(),
        t.people_roles(),
        t.people_department(),
        t.people_leads(),
        t.people_standing(),
    ];
    let sheet = Sheet {
        name: t.web_nav_users().to_owned(),
        heads: heads.map(str::to_owned).into(),
        rows: rows.into_iter().map(|row| cells(row, t)).collect(),
        most: excel::SHORT,
    };
    excel::download("users.xlsx", &sheet, &about(&asked, &page, &by), t)
}

fn cells(row: Listed, t: T) -> Vec<Cell> {
    let (roles, leads) = (row.roles(t), row.leads(t));
    let standing = row.standing().label(t).to_owned();
    let texts = [
        row.name_zh,
        row.name_en,
        row.email,
        roles,
        row.department,
        leads,
        standing,
    ];
    texts.map(Cell::text).into()
}

/// What the workbook was filtered by, by whom, when.
fn about(asked: &Asked, page: &Page, by: &By) -> Vec<(String, String)> {
    let t = page.t;
    let who = by.staff().map_or("", |staff| staff.name(page.lang));
    let filter = asked.filter();
    let state = match filter.standing {
        Some(standing) => standing.label(t),
        None if filter.in_use => t.people_standing_in_use(),
        None => t.people_standing_all(),
    };
    [
        (t.web_search(), filter.q),
        (
            t.people_role(),
            filter
                .role
                .map(|role| role.label(t).to_owned())
                .unwrap_or_default(),
        ),
        (t.people_standing(), state.to_owned()),
        (t.people_audit_who(), who.to_owned()),
        (t.people_audit_when(), page.moment_iso(page.at)),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(q: &str, role: &str, state: &str, after: &str) -> Asked {
        let own = str::to_owned;
        Asked {
            q: own(q),
            role: own(role),
            state: own(state),
            after: own(after),
        }
    }

    #[test]
    fn without_a_filter_the_disabled_are_left_out() {
        let filter = asked("", "", "", "").filter();
        assert!(filter.in_use && filter.standing.is_none() && filter.role.is_none());
        assert!(!asked("", "", "all", "").filter().in_use);
        let disabled = asked("", "", "disabled", "").filter();
        assert_eq!(disabled.standing, Some(Standing::Disabled));
    }

    #[test]
    fn what_cannot_be_read_filters_nothing() {
        let filter = asked("  沈 ", "boss", "gone", "not-an-id").filter();
        assert_eq!(filter.q, "沈");
        assert!(filter.role.is_none() && filter.standing.is_none() && filter.after.is_none());
    }

    #[test]
    fn the_address_keeps_the_filter_and_drops_the_place() {
        let asked = asked("沈 &", "manager", "", "x");
        assert_eq!(asked.query(), "q=%E6%B2%88%20%26&role=manager");
    }

    #[test]
    fn an_unknown_standing_lets_nobody_in() {
        assert_eq!(Standing::parse("owner"), Standing::Disabled);
        for standing in Standing::ALL {
            assert_eq!(Standing::parse(standing.code()), standing);
        }
    }
}

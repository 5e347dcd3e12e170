//! Set-up 首次设置: the first administrator, let in by a one-time code printed at the first start. Afterwards the page
//! is gone.

use super::password::{self, PersonStream};
use super::{link_sql, roster, session, sql};
use crate::base::{By, EntityId, PersonId, Role, Roles, T};
use crate::history::{self, Event};
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use chrono::TimeDelta;
use rand::TryRngCore;

#[derive(Template)]
#[template(path = "people/set_up.html")]
pub(super) struct SetUpPage {
    pub page: Page,
    pub fields: Fields,
    pub faults: Faults,
}

const FIELDS: [&str; 8] = [
    "code",
    "company_zh",
    "company_en",
    "name_zh",
    "name_en",
    "email",
    "password",
    "again",
];

/// Makes a new code while nobody administers the house; printed at the terminal, kept only as its hash.
pub async fn offer_code(app: &App) -> Result<Option<String>> {
    let mut tx = app.db.begin().await?;
    if sql::anybody_administers(&mut tx).await? {
        return Ok(None);
    }
    let at = sql::moment(&mut tx, app.clock.fixed()).await?;
    // No letters that are read for one another.
    let signs: Vec<char> = "ABCDEFGHJKMNPQRSTUVWXYZ23456789".chars().collect();
    let mut random = rand::rngs::OsRng;
    let mut code = String::new();
    for place in 0..16 {
        if place > 0 && place % 4 == 0 {
            code.push('-');
        }
        let pick = random
            .try_next_u32()
            .map_err(|error| Error::Broken(anyhow::anyhow!("no randomness: {error}")))?;
        let index = usize::try_from(pick).unwrap_or(0) % signs.len();
        code.push(signs.get(index).copied().unwrap_or('A'));
    }
    link_sql::make_link(
        &mut tx,
        &session::hash(&code),
        "set_up",
        None,
        (at, at + TimeDelta::days(7)),
    )
    .await?;
    tx.commit().await?;
    Ok(Some(code))
}

pub(super) async fn show(State(app): State<App>, page: Page) -> Result<Html<String>> {
    still_open(&app).await?;
    Ok(Html(
        SetUpPage {
            page,
            fields: Fields::default(),
            faults: Faults::default(),
        }
        .render()?,
    ))
}

async fn still_open(app: &App) -> Result<()> {
    let mut db = app.db.acquire().await?;
    if sql::anybody_administers(&mut db).await? {
        Err(Error::NotFound)
    } else {
        Ok(())
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "one form, field by field, in the order of the page"
)]
pub(super) async fn create(State(app): State<App>, page: Page, form: Keyed) -> Result<Response> {
    still_open(&app).await?;
    form.only(&FIELDS)?;
    let fields = &form.fields;
    let mut faults = Faults::default();
    for name in ["company_zh", "company_en", "name_zh", "name_en"] {
        if fields.get(name).is_empty() || fields.get(name).chars().count() > 120 {
            faults.add(name, T::people_name_missing);
        }
    }
    if !is_email(fields.get("email")) {
        faults.add("email", T::people_email_wrong);
    }
    let own = [
        fields.get("name_zh"),
        fields.get("name_en"),
        fields.get("email"),
        fields.get("company_en"),
    ];
    faults.join(password::check_new(&form, &own));
    let code = fields.get("code").to_uppercase();
    let hash = session::hash(&code);
    let mut act = history::begin_house(&app, By::house(page.at)).await?;
    let link = link_sql::find_link(act.tx(), &hash, page.at).await?;
    if link.is_none_or(|link| link.purpose != "set_up") {
        faults.add("code", T::people_code_wrong);
    }
    if !faults.is_empty() {
        let html = SetUpPage {
            page,
            fields: form.fields,
            faults,
        }
        .render()?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response());
    }
    let kept = password::hash(fields.get("password").to_owned()).await?;
    let person = PersonId::fresh(page.at);
    let email = fields.get("email").to_lowercase();
    let roles = Roles::new([Role::Admin]);
    roster::insert_admin(
        act.tx(),
        person,
        &email,
        (fields.get("name_zh"), fields.get("name_en")),
        &kept,
        page.at,
    )
    .await?;
    let company = (fields.get("company_zh"), fields.get("company_en"));
    crate::parties::entity::insert_first(act.tx(), EntityId::fresh(page.at), company).await?;
    link_sql::use_link(act.tx(), &hash, page.at).await?;
    act.record(
        &PersonStream(person),
        &Event::PersonInvited {
            email,
            roles: roles.codes(),
        },
    )
    .await?;
    act.record(&PersonStream(person), &Event::PasswordSet)
        .await?;
    let answer = Answer::to("/sign-in").tell(page.t, T::people_set_up_done);
    Ok(act.finish(answer).await?.into_response())
}

/// Enough of an address to be typed right: one `@`, a dot behind it, nothing that would break a header.
pub(super) fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else {
        return false;
    };
    !name.is_empty()
        && text.len() <= 200
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !text.contains(|sign: char| {
            sign.is_whitespace() || sign.is_control() || ",;<>\"@".contains(sign) && sign != '@'
        })
        && !host.contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_name_and_a_host() {
        assert!(is_email("shen.xiaohe@hanyu.example"));
        for bad in [
            "",
            "shen",
            "@hanyu.example",
            "a@b",
            "a b@c.de",
            "a@b@c.de",
            "a@b.c,d@e.f",
            "a@.de",
            "a@de.",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}

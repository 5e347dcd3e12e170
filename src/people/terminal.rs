//! People from the terminal: add, reset, disable; for the house whose administrator cannot sign in.

use super::draft::Draft;
use super::{access, invitation, link_sql, session, sql};
use crate::base::{By, PersonId, Role, Roles};
use crate::history;
use crate::web::{Answer, App, Error, Result, Tell};
use chrono::TimeDelta;

#[derive(Debug)]
struct Wrong(&'static str);

impl Tell for Wrong {
    fn tell(&self, _: crate::base::T) -> String {
        self.0.to_owned()
    }
}

/// Adds a person and answers the link that sets her password. A department is given on her page.
pub async fn add(app: &App, email: &str, name: &str, role: &str) -> Result<String> {
    let (email, name) = (email.trim().to_lowercase(), name.trim());
    if !super::set_up::is_email(&email) {
        return Err(Error::refused(Wrong("the login must be an e-mail address")));
    }
    if name.is_empty() || name.chars().count() > 120 {
        return Err(Error::refused(Wrong(
            "the name must have 1 to 120 characters",
        )));
    }
    let role = Role::parse(role).ok_or_else(|| {
        Error::refused(Wrong(
            "the role must be salesperson, order_operator, manager, finance or admin",
        ))
    })?;
    let at = sql::moment(&mut *app.db.acquire().await?, app.clock.fixed()).await?;
    let mut act = history::begin_house(app, By::house(at)).await?;
    if sql::find_account(act.tx(), &email).await?.is_some() {
        return Err(Error::refused(Wrong("somebody has this address already")));
    }
    let draft = Draft {
        name_zh: name.to_owned(),
        name_en: name.to_owned(),
        email,
        phone: String::new(),
        lang: None,
        roles: Roles::new([role]),
        department: None,
        leads: Vec::new(),
    };
    let (_, link) = invitation::invite(app, &mut act, &draft).await?;
    act.finish(Answer::to("/")).await?;
    Ok(format!(
        "added; the password is set at {link} within 7 days"
    ))
}

/// Ends all sessions and the old password, and makes a link that sets a new one.
pub async fn reset(app: &App, email: &str) -> Result<String> {
    let (mut act, id) = found(app, email).await?;
    let link = access::reset(app, &mut act, id).await?;
    act.finish(Answer::to("/")).await?;
    Ok(format!("a new password is set at {link} within 7 days"))
}

pub async fn disable(app: &App, email: &str) -> Result<String> {
    let (mut act, id) = found(app, email).await?;
    access::disable(&mut act, id).await?;
    act.finish(Answer::to("/")).await?;
    Ok("disabled; all sessions are ended".to_owned())
}

async fn found(app: &App, email: &str) -> Result<(history::Act, PersonId)> {
    let at = sql::moment(&mut *app.db.acquire().await?, app.clock.fixed()).await?;
    let mut act = history::begin_house(app, By::house(at)).await?;
    let account = sql::find_account(act.tx(), &email.trim().to_lowercase()).await?;
    let account = account.ok_or_else(|| Error::refused(Wrong("nobody has this address")))?;
    Ok((act, account.id))
}

/// A one-time link for a person, good for seven days.
pub(super) async fn link(
    app: &App,
    act: &mut history::Act,
    person: PersonId,
    purpose: &str,
) -> Result<String> {
    let secret = session::secret()?;
    let at = act.by.at;
    link_sql::make_link(
        act.tx(),
        &session::hash(&secret),
        purpose,
        Some(person),
        (at, at + TimeDelta::days(7)),
    )
    .await?;
    Ok(format!(
        "{}/password/{secret}",
        app.config.base_url.trim_end_matches('/')
    ))
}

//! Access 停用/启用: letting a person in no more, letting her in again, and a new link for her password. The same acts
//! serve the administrator's page and the terminal.

use super::password::PersonStream;
use super::rights::{self, Deed};
use super::roster::{self, Kept};
use super::staff::Standing;
use super::user::{Said, draw, parse};
use super::{Relation, sql, terminal};
use crate::base::{By, PersonId, T};
use crate::history::{self, Act, Event};
use crate::web::{Answer, App, Error, Keyed, Page, Result, Tell};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Without an administrator nobody could let anybody in.
    LastAdmin,
    /// Orders would be left without the colleague they name.
    KeepsOrders(Kept),
    AlreadyDisabled,
    NotDisabled,
    /// A disabled person gets no link.
    Disabled,
    /// Ending one's own password would lock the administrator out of the page that shows the link.
    OwnReset,
}

impl Refusal {
    pub fn sentence(&self, t: T) -> String {
        match self {
            Self::LastAdmin => t.people_last_admin().into(),
            Self::KeepsOrders(kept) => {
                t.people_keeps_orders(kept.orders, kept.sells, kept.operates)
            }
            Self::AlreadyDisabled => t.people_already_disabled().into(),
            Self::NotDisabled => t.people_not_disabled().into(),
            Self::Disabled => t.people_reset_disabled().into(),
            Self::OwnReset => t.people_reset_own().into(),
        }
    }
}

impl Tell for Refusal {
    fn tell(&self, t: T) -> String {
        self.sentence(t)
    }
}

/// Whether she may be disabled now; in this order, because each next refusal is cheaper to cure.
fn may_disable(
    person: PersonId,
    standing: Standing,
    admins: &[PersonId],
    kept: &Kept,
) -> Result<(), Refusal> {
    if standing == Standing::Disabled {
        Err(Refusal::AlreadyDisabled)
    } else if admins == [person] {
        Err(Refusal::LastAdmin)
    } else if kept.orders > 0 {
        Err(Refusal::KeepsOrders(kept.clone()))
    } else {
        Ok(())
    }
}

/// The act: sessions and links end with it, on every replica.
pub async fn disable(act: &mut Act, id: PersonId) -> Result<()> {
    rights::must(&act.by, Deed::ManagePeople, &Relation::none())?;
    let admins = roster::lock_admins(act.tx()).await?;
    let held = roster::lock(act.tx(), id).await?.ok_or(Error::NotFound)?;
    let kept = roster::kept(act.tx(), id).await?;
    may_disable(id, held.standing, &admins, &kept)?;
    let at = act.by.at;
    roster::disable(act.tx(), id).await?;
    sql::close_sessions_of(act.tx(), id).await?;
    roster::end_links(act.tx(), id, at).await?;
    act.record(&PersonStream(id), &Event::PersonDisabled).await
}

/// The act: she comes back with the roles and the password she had.
pub async fn enable(act: &mut Act, id: PersonId) -> Result<()> {
    rights::must(&act.by, Deed::ManagePeople, &Relation::none())?;
    let held = roster::lock(act.tx(), id).await?.ok_or(Error::NotFound)?;
    if held.standing != Standing::Disabled {
        return Err(Refusal::NotDisabled.into());
    }
    roster::enable(act.tx(), id).await?;
    act.record(&PersonStream(id), &Event::PersonEnabled).await
}

/// The act: old password, sessions and wrong tries end; answers the link that sets a new password.
pub async fn reset(app: &App, act: &mut Act, id: PersonId) -> Result<String> {
    rights::must(&act.by, Deed::ManagePeople, &Relation::none())?;
    let held = roster::lock(act.tx(), id).await?.ok_or(Error::NotFound)?;
    if act.by.person() == Some(id) {
        return Err(Refusal::OwnReset.into());
    }
    let purpose = match held.standing {
        Standing::Disabled => return Err(Refusal::Disabled.into()),
        Standing::Invited => "invite",
        Standing::Active => "reset",
    };
    let at = act.by.at;
    sql::close_sessions_of(act.tx(), id).await?;
    roster::end_password(act.tx(), id).await?;
    roster::end_links(act.tx(), id, at).await?;
    sql::forget_failures(act.tx(), &format!("account:{}", held.email)).await?;
    act.record(&PersonStream(id), &Event::PasswordLinkMade)
        .await?;
    terminal::link(app, act, id, purpose).await
}

/// The answer is the page itself and no redirect: the link is on it this one time.
pub(super) async fn create_link(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(id): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&[])?;
    let id = parse(&id)?;
    let mut act = history::begin(&app, by.clone(), &form.key).await?;
    let mut said = Said::default();
    match reset(&app, &mut act, id).await {
        Ok(link) => {
            act.finish(Answer::to(format!("/users/{id}"))).await?;
            said.link = Some(link);
            let mut db = app.db.acquire().await?;
            Ok(draw(&mut db, page, &by, id, said).await?.into_response())
        }
        Err(error) => {
            drop(act);
            refused(&app, page, &by, id, error).await
        }
    }
}

pub(super) async fn create_disabled(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(id): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&[])?;
    let id = parse(&id)?;
    let mut act = history::begin(&app, by.clone(), &form.key).await?;
    if let Err(error) = disable(&mut act, id).await {
        drop(act);
        return refused(&app, page, &by, id, error).await;
    }
    let answer = Answer::to(format!("/users/{id}")).tell(page.t, T::people_disabled_done);
    Ok(act.finish(answer).await?.into_response())
}

pub(super) async fn create_enabled(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(id): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&[])?;
    let id = parse(&id)?;
    let mut act = history::begin(&app, by.clone(), &form.key).await?;
    if let Err(error) = enable(&mut act, id).await {
        drop(act);
        return refused(&app, page, &by, id, error).await;
    }
    let answer = Answer::to(format!("/users/{id}")).tell(page.t, T::people_enabled_done);
    Ok(act.finish(answer).await?.into_response())
}

/// A refusal on the person's own page, beside the way to cure it.
async fn refused(app: &App, page: Page, by: &By, id: PersonId, error: Error) -> Result<Response> {
    let Error::Refused(why) = error else {
        return Err(error);
    };
    let said = Said {
        refused: Some(why.tell(page.t)),
        ..Said::default()
    };
    let mut db = app.db.acquire().await?;
    let html = draw(&mut db, page, by, id, said).await?;
    Ok((StatusCode::CONFLICT, html).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(last: u128) -> PersonId {
        PersonId(uuid::Uuid::from_u128(last))
    }

    fn keeps(orders: i64) -> Kept {
        Kept {
            sells: orders,
            orders,
            ..Kept::default()
        }
    }

    #[test]
    fn the_last_administrator_stays() {
        let (one, two) = (person(1), person(2));
        let active = Standing::Active;
        assert_eq!(
            may_disable(one, active, &[one], &keeps(0)),
            Err(Refusal::LastAdmin)
        );
        assert_eq!(may_disable(one, active, &[one, two], &keeps(0)), Ok(()));
        assert_eq!(may_disable(two, active, &[one], &keeps(0)), Ok(()));
    }

    #[test]
    fn who_keeps_open_orders_stays_until_they_are_reassigned() {
        let refused = may_disable(person(1), Standing::Active, &[], &keeps(3)).unwrap_err();
        let said = refused.sentence(T(crate::base::Lang::En));
        assert!(said.contains('3'), "{said}");
        assert_eq!(
            may_disable(person(1), Standing::Invited, &[], &keeps(0)),
            Ok(())
        );
    }

    #[test]
    fn nobody_is_disabled_twice() {
        assert_eq!(
            may_disable(person(1), Standing::Disabled, &[], &keeps(1)),
            Err(Refusal::AlreadyDisabled)
        );
    }
}

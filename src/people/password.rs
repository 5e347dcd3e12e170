//! Passwords 密码: how they must be, how they are kept, and the pages of a one-time link.
//!
//! At least 15 characters while a password is the only factor, at most 256; every sign and every language counts; no
//! rules of composition, no forced change; nothing that is made of common words alone (`base::guessed`) or holds
//! the person's, the company's or the product's name (NIST 800-63B-4). Kept as argon2id, 19 MiB and two passes; two computed at a time.

use super::{link_sql, session, sql};
use crate::base::{By, PersonId, T, guessed};
use crate::history::{self, Event, Stream};
use crate::web::{Answer, App, Error, Faults, Keyed, Page, Result};
use anyhow::anyhow;
use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

const SHORTEST: usize = 15;
const LONGEST: usize = 256;

/// Two at a time: each takes 19 MiB and a good part of a core, and sign-ins must not slow down everybody's pages.
static AT_ONCE: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// What this program is called.
const PRODUCT: [&str; 2] = ["gendan", "跟单"];

/// A word of somebody's name counts from four letters on; two Chinese characters are a whole name.
fn counts(word: &str) -> bool {
    let han = |sign: char| matches!(sign, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}');
    let shortest = if word.chars().all(han) { 2 } else { 4 };
    word.chars().count() >= shortest
}

/// What is wrong with a new password; `own` are the person's names and address and the company's name.
pub fn weakness(password: &str, own: &[&str]) -> Option<fn(T) -> &'static str> {
    let length = password.chars().count();
    let lower = password.to_lowercase();
    if length < SHORTEST {
        Some(T::people_password_short)
    } else if length > LONGEST {
        Some(T::people_password_long)
    } else if guessed::is_common(&lower) {
        Some(T::people_password_common)
    } else if own
        .iter()
        .chain(&PRODUCT)
        .flat_map(|word| word.split(|sign: char| !sign.is_alphanumeric()))
        .map(str::to_lowercase)
        .any(|word| counts(&word) && lower.contains(&word))
    {
        Some(T::people_password_own_name)
    } else {
        None
    }
}

/// Hashes on a blocking thread, two at a time.
pub async fn hash(password: String) -> Result<String> {
    let _turn = AT_ONCE.acquire().await.map_err(|error| anyhow!(error))?;
    tokio::task::spawn_blocking(move || {
        Argon2::default()
            .hash_password(password.as_bytes())
            .map(|hash| hash.to_string())
            .map_err(|error| Error::Broken(anyhow!("hashing a password: {error}")))
    })
    .await
    .map_err(|error| anyhow!(error))?
}

/// Compares; without a stored hash the same work is done, so that an unknown address takes as long as a known one.
pub async fn fits(password: String, stored: Option<String>) -> Result<bool> {
    if password.chars().count() > LONGEST {
        return Ok(false);
    }
    let _turn = AT_ONCE.acquire().await.map_err(|error| anyhow!(error))?;
    let known = stored.is_some();
    let stored = stored.unwrap_or_else(|| NOBODY.clone());
    let fits = tokio::task::spawn_blocking(move || {
        PasswordHash::new(&stored).is_ok_and(|hash| {
            Argon2::default()
                .verify_password(password.as_bytes(), &hash)
                .is_ok()
        })
    })
    .await
    .map_err(|error| anyhow!(error))?;
    Ok(fits && known)
}

/// A hash that belongs to nobody.
static NOBODY: LazyLock<String> = LazyLock::new(|| {
    Argon2::default()
        .hash_password(b"nobody has this password")
        .map(|hash| hash.to_string())
        .unwrap_or_default()
});

/// A person's chain of events.
pub struct PersonStream(pub PersonId);

impl Stream for PersonStream {
    fn stream(&self) -> String {
        format!("person:{}", self.0)
    }
}

#[derive(Template)]
#[template(path = "people/password.html")]
pub struct PasswordPage {
    pub page: Page,
    pub name: String,
    pub email: String,
    pub action: String,
    pub faults: Faults,
}

pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Path(token): Path<String>,
) -> Result<Html<String>> {
    let mut tx = app.db.begin().await?;
    let link = link_sql::find_link(&mut tx, &session::hash(&token), page.at)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(Html(draw(page, &link, &token, Faults::default()).render()?))
}

fn draw(page: Page, link: &link_sql::OneTime, token: &str, faults: Faults) -> PasswordPage {
    let name = match page.lang {
        crate::base::Lang::Zh => link.name_zh.clone(),
        crate::base::Lang::En => link.name_en.clone(),
    };
    PasswordPage {
        name: name.unwrap_or_default(),
        email: link.email.clone().unwrap_or_default(),
        action: format!("/password/{token}"),
        page,
        faults,
    }
}

pub(super) async fn create(
    State(app): State<App>,
    page: Page,
    Path(token): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["password", "again"])?;
    let hash = session::hash(&token);
    let mut act = history::begin_house(&app, By::house(page.at)).await?;
    let link = link_sql::find_link(act.tx(), &hash, page.at)
        .await?
        .ok_or(Error::NotFound)?;
    let person = link.person.ok_or(Error::NotFound)?;
    let own = [
        link.name_en.as_deref(),
        link.name_zh.as_deref(),
        link.email.as_deref(),
        Some(&page.company),
    ];
    let faults = check_new(&form, &own.map(Option::unwrap_or_default));
    if !faults.is_empty() {
        let page = draw(page, &link, &token, faults);
        return Ok((
            axum::http::StatusCode::UNPROCESSABLE_ENTITY,
            Html(page.render()?),
        )
            .into_response());
    }
    let kept = self::hash(form.fields.get("password").to_owned()).await?;
    sql::set_password(act.tx(), person, &kept).await?;
    link_sql::use_link(act.tx(), &hash, page.at).await?;
    sql::close_sessions_of(act.tx(), person).await?;
    act.record(&PersonStream(person), &Event::PasswordSet)
        .await?;
    let answer = Answer::to("/sign-in").tell(page.t, T::people_password_is_set);
    Ok(act.finish(answer).await?.into_response())
}

/// The two fields of a new password.
pub(super) fn check_new(form: &Keyed, own: &[&str]) -> Faults {
    let mut faults = Faults::default();
    let password = form.fields.get("password");
    if let Some(weak) = weakness(password, own) {
        faults.add("password", weak);
    } else if password != form.fields.get("again") {
        faults.add("again", T::people_password_differs);
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_sentence_in_any_language_will_do() {
        for good in [
            "correct horse battery staple",
            "今天天气很好我们一起去东钱湖边走走",
            "éèàùçéèàùçéèàù!",
        ] {
            assert!(weakness(good, &["Shen Xiaohe"]).is_none(), "{good}");
        }
    }

    #[test]
    fn short_common_and_own_names_are_refused() {
        let own = ["Shen Xiaohe", "沈小禾", "shen@hanyu.example", "瀚屿进出口"];
        for bad in [
            "short",
            "my password is long",
            "xiaohe and her ships",
            "123456789012345",
            "我们在瀚屿进出口公司上班很多年了",
            "沈小禾在宁波的码头边看船来来去去",
            "gendan keeps our orders",
            "跟单员每天早上都要看一遍邮件和船期",
        ] {
            assert!(weakness(bad, &own).is_some(), "{bad}");
        }
        assert!(weakness(&"长".repeat(257), &[]).is_some());
    }

    #[test]
    fn what_is_made_of_common_words_alone_is_refused() {
        for bad in [
            "aaaaaaaaaaaaaaa",
            "abcabcabcabcabc",
            "8888 8888 8888 8888",
            "dragon-monkey-football",
            "Sunshine2026!Sunshine2026!",
            "woaizhongguo5201314",
            "我爱你我爱你一生一世一生一世吧",
            "1qaz2wsx3edc4rfv",
        ] {
            let said = weakness(bad, &[]).map(|said| said(T(crate::base::Lang::En)));
            assert!(said.is_some(), "{bad}");
        }
        for good in [
            "a dragon ate our football team",
            "我爱你就像老鼠爱大米一样说不完",
            "four boats left at dawn",
        ] {
            assert!(weakness(good, &[]).is_none(), "{good}");
        }
    }
}

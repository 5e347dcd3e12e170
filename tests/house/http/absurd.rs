//! Absurd input 胡填: every form of the house is filled in as nobody would; the answer is always a page in words, and what
//! is refused leaves nothing behind.

use crate::support::{Asked, Client, Control, Form, Kind, Reply, World, id};
use crate::walk::{ACTORS, Row, Walk, typed};
use axum::body::Body;

const NUMBERS: [&str; 12] = [
    "1e400",
    "-0",
    "999999999999999999999",
    "１２３",
    "1,2,3",
    "NaN",
    "",
    "-1",
    "0.00000000000000000001",
    "0x10",
    "79228162514264337593543950335",
    "１．５",
];
const DAYS: [&str; 8] = [
    "0000-00-00",
    "9999-12-31",
    "2026-02-30",
    "1700-01-01",
    "262143-12-31",
    "-0001-01-01",
    "2026-11-23T00:00",
    "",
];
/// Marks for what an address cannot hold as it is; the body gets the bytes.
const NUL: &str = "NUL-BYTE";
const BROKEN: &str = "BROKEN-BYTES";

fn absurdities(control: &Control) -> Vec<String> {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    match control.kind {
        Kind::Number => owned(&NUMBERS),
        Kind::Day => owned(&DAYS),
        Kind::Text => vec![
            "长".repeat(20_000),
            NUL.to_owned(),
            BROKEN.to_owned(),
            String::new(),
            "\u{202E}\u{FEFF}'\"<b>{{7*7}}\r\n%00".to_owned(),
        ],
        Kind::Choice | Kind::Radio | Kind::Check => vec![
            id("nothing of ours").to_string(),
            "no such choice".to_owned(),
            NUL.to_owned(),
        ],
        // A form that lost its version or names another thing.
        Kind::Hidden => vec![
            id("theirs").to_string(),
            "-2147483649".to_owned(),
            NUL.to_owned(),
        ],
        Kind::File | Kind::Button => Vec::new(),
    }
}

/// Sends it as it is, and with the bytes that no text holds.
async fn send(client: &Client, asked: &Asked, form: Form) -> Reply {
    let marked = form
        .0
        .iter()
        .any(|(_, value)| value == NUL || value == BROKEN);
    if !marked {
        return client.submit(asked, form).await;
    }
    let form = form
        .with("csrf", crate::support::token(&client.secret()))
        .with("key", crate::support::fresh_key());
    let body = serde_html_form::to_string(&form.0).unwrap();
    let body = body.replace(NUL, "a%00b").replace(BROKEN, "a%FF%FEb");
    let mut request = client.form(&asked.action, Form::default());
    *request.body_mut() = Body::from(body);
    client.send(request).await
}

/// What is wrong with an answer: no page, or no words.
fn fault(reply: &Reply) -> Option<String> {
    if reply.status >= 500 {
        return Some(format!("{}", reply.status));
    }
    let words = reply.texts("main").join("");
    let mute = reply.status >= 400 && words.trim().chars().count() < 4;
    mute.then(|| format!("{} without a word", reply.status))
}

/// What a refused form lost of everything that was not wrong.
fn lost(reply: &Reply, asked: &Asked, absurd: &str) -> Option<String> {
    if reply.status != 422 {
        return None;
    }
    let again = reply.asked();
    let again = again.iter().find(|form| form.action == asked.action)?;
    let shown = again.untouched();
    // Where the browser goes afterwards is nobody's typing, and a row that names no line of ours is no row.
    let own = ["csrf", "key", "rev", "back", absurd];
    let row = absurd.strip_suffix("[id]").unwrap_or(absurd);
    let gone: Vec<String> = asked
        .untouched()
        .0
        .into_iter()
        .filter(|(name, value)| !own.contains(&name.as_str()) && !value.trim().is_empty())
        .filter(|(name, _)| row == absurd || !name.starts_with(row))
        .filter(|(name, value)| {
            !shown
                .0
                .iter()
                .any(|(known, kept)| known == name && kept.trim() == value.trim())
        })
        .map(|(name, value)| format!("{name} = {:?}", value.chars().take(40).collect::<String>()))
        .collect();
    (!gone.is_empty()).then(|| format!("lost {}", gone.join(", ")))
}

/// Every so manieth absurdity of every field, so that a run stays short; all together were walked when this was written.
const EVERY: usize = 5;

/// Types into one field after the other; tells what went wrong.
async fn fill(w: &World, client: &Client, asked: &Asked, turn: &mut usize) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut before = w.everything().await;
    let kept = |control: &&Control| !["csrf", "key"].contains(&control.name.as_str());
    for control in asked.controls.iter().filter(kept) {
        let row = control.name.split(['[', ']']).nth(1).unwrap_or("0");
        if row != "0" {
            continue;
        }
        for value in absurdities(control) {
            *turn += 1;
            if !(*turn).is_multiple_of(EVERY) {
                continue;
            }
            let form = asked.untouched().with(&control.name, value.clone());
            let reply = send(client, asked, form).await;
            let short: String = value.chars().take(40).collect();
            let say =
                |what: String| format!("{} {} = {short:?}: {what}", asked.action, control.name);
            wrong.extend(fault(&reply).map(&say));
            wrong.extend(lost(&reply, asked, &control.name).map(&say));
            if reply.status == 303 || reply.status == 200 {
                before = w.everything().await;
            } else {
                let after = w.everything().await;
                if after != before {
                    wrong.push(say(format!("{} and something was written", reply.status)));
                    before = after;
                }
            }
        }
    }
    wrong
}

/// Who is shown the fullest page.
fn who(row: &Row) -> Vec<&'static str> {
    let seen = ACTORS.iter().zip(&row.answers);
    let mut logins: Vec<&str> = seen
        .filter(|((_, login), answer)| *answer == "200" && !login.is_empty())
        .map(|((_, login), _)| *login)
        .collect();
    logins.retain(|login| ["admin", "shen", "zhou", "gu", "xu"].contains(login));
    logins
}

#[tokio::test]
async fn no_form_of_the_house_breaks_on_absurd_input() {
    let mut walk = Walk::begin().await;
    let (mut wrong, mut turn, mut forms) = (Vec::new(), 0, Vec::<String>::new());
    for row in typed().iter().filter(|row| row.method == "GET") {
        let url = walk.address(row).await;
        for login in who(row) {
            let client = walk.client(login).await;
            for asked in client.get(&url).await.asked() {
                // The same form on another page, or of another order, is the same form.
                let plain: String = asked
                    .action
                    .chars()
                    .filter(|sign| !sign.is_ascii_digit())
                    .collect();
                if forms.contains(&plain) || ["/sign-out", "/language"].contains(&plain.as_str()) {
                    continue;
                }
                forms.push(plain);
                wrong.extend(fill(&walk.w, &client, &asked, &mut turn).await);
            }
        }
    }
    assert!(
        forms.len() > 80,
        "{} forms\n{}",
        forms.len(),
        forms.join("\n")
    );
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[tokio::test]
async fn no_list_breaks_on_an_absurd_filter() {
    let walk = Walk::begin().await;
    let client = walk.client("xu").await;
    let admin = walk.client("admin").await;
    let mut wrong = Vec::new();
    let rows = typed();
    let lists = rows
        .iter()
        .filter(|row| row.method == "GET" && !row.path.contains('{'));
    for row in lists {
        for query in [
            "q=%00&step=99999999999&sort=--due&after=%00",
            "after=9999-99-99~%F0%9F&page=-1&month=9999-99&day=0000-00-00",
            "q=%FF%FE&tab=%00&of=customer/%00&from=2026-02-30&until=262143-12-31",
            "after=1e400&before=NaN&who=%E2%80%AE&condition=x&customer=%27--&state=%00",
        ] {
            for client in [&client, &admin] {
                let reply = client.get(&format!("{}?{query}", row.path)).await;
                if let Some(fault) = fault(&reply) {
                    wrong.push(format!("{}?{query}: {fault}", row.path));
                }
            }
        }
        let long = format!("{}?q={}", row.path, "%E9%95%BF".repeat(700));
        wrong.extend(
            fault(&client.get(&long).await).map(|what| format!("{} long: {what}", row.path)),
        );
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

//! Doors 门: every address is tried by everybody, and answers what was typed by hand. An address nobody has thought
//! about fails, and so does a line whose address is gone.

use crate::support::{Client, Reply};
use crate::walk::{ACTORS, Row, Walk, typed};
use gendan::app;
use gendan::orders::open_items::ItemKind;

#[test]
fn every_address_has_a_typed_line_and_every_line_an_address() {
    let typed: Vec<String> = typed()
        .iter()
        .map(|row| format!("{} {}", row.method, row.path))
        .collect();
    let routes = app::routes();
    let built: Vec<String> = routes
        .list()
        .iter()
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    let untyped = built.iter().filter(|route| !typed.contains(route));
    let gone = typed.iter().filter(|row| !built.contains(row));
    let wrong: Vec<String> = untyped
        .map(|route| format!("{route}: say in expected/doors.txt who may stand there"))
        .chain(gone.map(|row| format!("{row}: typed, but there is no such address")))
        .collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
    let mut once = typed.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), typed.len(), "a line stands twice");
}

/// What came, in the words of the typed table.
fn answered(reply: &Reply) -> String {
    if reply.status == 303 && reply.location().starts_with("/sign-in") {
        return "in".to_owned();
    }
    reply.status.to_string()
}

fn fits(row: &Row, expected: &str, reply: &Reply) -> bool {
    let came = answered(reply);
    match expected {
        // Signing out leads to the same page as a closed door.
        "303" => reply.status == 303 && (came != "in" || row.path.starts_with("/sign-out")),
        "ok" => matches!(came.as_str(), "303" | "409" | "422" | "400" | "429" | "200"),
        exact => came == exact,
    }
}

async fn knock(client: &Client, row: &Row, url: &str) -> Reply {
    if row.method == "GET" {
        return client.get(url).await;
    }
    if client.secret().is_empty() {
        // A stranger's browser gets its secret with the first page it opens.
        client.get("/sign-in").await;
    }
    // With the version a page would have carried: without it a form is refused before anybody asks whose it is.
    client.post(url, [("rev", "1")]).await
}

#[tokio::test]
async fn everybody_is_answered_as_typed_at_every_address() {
    let mut walk = Walk::begin().await;
    walk.w
        .sql("update person set status = 'disabled' where email like 'fang@%'")
        .await;
    let mut wrong = Vec::new();
    for row in typed() {
        let url = walk.address(&row).await;
        let mut tries: Vec<(&str, &str, &String)> = ACTORS
            .iter()
            .zip(&row.answers)
            .map(|((actor, login), expected)| (*actor, *login, expected))
            .collect();
        tries.push(("disabled", "fang", &row.answers[0]));
        // Who is let in may change what the others ask for.
        tries.sort_by_key(|(_, _, expected)| *expected == "ok");
        for (actor, login, expected) in tries {
            let client = walk.client(login).await;
            let reply = knock(&client, &row, &url).await;
            if !fits(&row, expected, &reply) {
                wrong.push(format!(
                    "{} {} as {actor}: {expected} expected, {} came ({url}) {}",
                    row.method,
                    row.path,
                    answered(&reply),
                    reply.texts("h1, main p").join(" ")
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// Where an open item sends who does not do it: a page that everybody of the order may read.
#[test]
fn an_open_item_leads_nobody_to_a_closed_door() {
    let readers = ["sales_own", "op_own", "op_department", "mgr_led", "finance"];
    let rows = typed();
    let segments = |path: &str| -> Vec<String> {
        let path = path.split('#').next().unwrap_or("");
        path.split('/').map(str::to_owned).collect()
    };
    let mut wrong = Vec::new();
    for kind in ItemKind::ALL {
        let asked = segments(&kind.read_at("/orders/{number}", "{subject}"));
        let row = rows.iter().find(|row| {
            let door = segments(row.path.trim_end_matches("/{sequence}"));
            let fits = |(door, asked): (&String, &String)| {
                door == asked || door.starts_with('{') && asked.starts_with('{')
            };
            row.method == "GET" && door.len() == asked.len() && door.iter().zip(&asked).all(fits)
        });
        let Some(row) = row else {
            wrong.push(format!("{}: {} is nowhere", kind.code(), asked.join("/")));
            continue;
        };
        for ((actor, _), answer) in ACTORS.iter().zip(&row.answers) {
            if readers.contains(actor) && answer != "200" {
                wrong.push(format!(
                    "{}: {} is {answer} for {actor}",
                    kind.code(),
                    row.path
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

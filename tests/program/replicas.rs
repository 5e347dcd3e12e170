//! Replicas 副本: two processes of the program on one database, the second with `DATABASE_URL`. What one promises the other
//! keeps: one form is one act, numbers are drawn once, who is let out is out everywhere.

use crate::browser::{Browser, fresh_key};
use crate::house::{Answer, Ground, House, signal};
use std::collections::BTreeSet;
use std::thread;
use std::time::{Duration, Instant};

pub const PASSWORD: &str = "four-boats-at-dawn";

fn colleague(house: &House, login: &str) -> Browser {
    Browser::signed_in(house, &format!("{login}@hanyu.example"), PASSWORD)
}

/// What a second process needs to work on the database and the files of the first.
fn shared(first: &Ground) -> [(&'static str, String); 4] {
    [
        ("DATABASE_URL", first.database("gendan_app")),
        ("DATABASE_OWNER_URL", first.database("gendan_owner")),
        (
            "GENDAN_FILES",
            first.folder.join("files").display().to_string(),
        ),
        ("GENDAN_WORK", "no".to_owned()),
    ]
}

/// A receipt as finance types it from the bank's slip.
fn slip<'a>(account: &'a str, reference: &'a str) -> [(&'a str, &'a str); 5] {
    [
        ("account", account),
        ("received_on", "2025-11-03"),
        ("amount", "1000.00"),
        ("payer", "Alder & Wren Outfitters Ltd"),
        ("bank_reference", reference),
    ]
}

/// Many forms at once, every other one at the other process.
fn at_once(browsers: [&Browser; 2], forms: &[(String, String)], account: &str) -> Vec<Answer> {
    thread::scope(|scope| {
        let sent: Vec<_> = forms
            .iter()
            .enumerate()
            .map(|(turn, (reference, key))| {
                let browser = browsers[turn % 2];
                scope.spawn(move || browser.post_keyed("/receipts", &slip(account, reference), key))
            })
            .collect();
        sent.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

#[test]
#[expect(clippy::too_many_lines, reason = "a story told in its order")]
fn two_processes_on_one_database_act_as_one() {
    let (ground, own) = (Ground::new("replica-a"), Ground::new("replica-b"));
    let first = ground.open(&["demo"]);
    assert_eq!(ground.asked("show data_checksums"), "on");
    let settings = shared(&ground);
    let settings: Vec<(&str, &str)> = settings
        .iter()
        .map(|(key, value)| (*key, value.as_str()))
        .collect();
    let mut other = own.open_with(&["serve"], &settings);
    let mut here = colleague(&first, "xu");
    let there = here.before(&other);
    let page = here.get("/receipts/new").is(200);
    let account = page.choice("account");
    let rows = "select count(*) from receipt where bank_reference = ";

    // One form, sent twenty times over both: one receipt, one answer.
    let key = fresh_key();
    let same: Vec<_> = (0..20)
        .map(|_| ("ONE-FORM".to_owned(), key.clone()))
        .collect();
    let answers = at_once([&here, &there], &same, &account);
    let led: BTreeSet<&str> = answers.iter().map(|one| one.header("location")).collect();
    assert!(
        answers.iter().all(|one| one.status() == 303),
        "{}",
        answers[0].0
    );
    assert_eq!(led.len(), 1, "{led:?}");
    assert_eq!(ground.asked(&format!("{rows}'ONE-FORM'")), "1");

    // Twenty forms over both: twenty numbers, one after the other.
    let forms: Vec<_> = (0..20)
        .map(|n| (format!("MANY-{n}"), fresh_key()))
        .collect();
    let answers = at_once([&here, &there], &forms, &account);
    let numbers: BTreeSet<u32> = answers
        .iter()
        .chain([&answers[0]])
        .map(|one| {
            let place = one.header("location");
            let last = place.rsplit('-').next().unwrap();
            last.parse()
                .unwrap_or_else(|_| panic!("{place}\n{}", one.0))
        })
        .collect();
    assert_eq!(numbers.len(), 20);
    let (least, most) = (numbers.first().unwrap(), numbers.last().unwrap());
    assert_eq!(most - least, 19, "a hole in {numbers:?}");

    // Let out at the first, out at the second.
    let mut fang = colleague(&other, "fang");
    fang.get("/receipts").is(200);
    let mut admin = colleague(&first, "admin");
    let users = admin.get("/users").is(200);
    let id = ground.asked("select id from person where email = 'fang@hanyu.example'");
    assert!(users.has(&id));
    admin.post(&format!("/users/{id}/disabled"), &[]).is(303);
    let done = Instant::now();
    assert_eq!(
        fang.get("/receipts").is(303).header("location"),
        "/sign-in?next=%2Freceipts"
    );
    assert!(done.elapsed() < Duration::from_secs(1));

    // What the second answered is there when it is killed with the next breath.
    let answer = there.post_keyed("/receipts", &slip(&account, "LAST-WORDS"), &fresh_key());
    other.signal("KILL");
    assert_eq!(answer.is(303).status(), 303);
    assert!(!other.ended());
    assert_eq!(ground.asked(&format!("{rows}'LAST-WORDS'")), "1");
    here.get("/receipts").is(200);
    own.told(&["verify"], &settings)
        .is(true, &["everything is as it should be"]);
    assert!(first.close());
}

/// Addresses that stand for themselves, from the list of doors.
fn plain_addresses() -> Vec<&'static str> {
    include_str!("../house/expected/doors.txt")
        .lines()
        .filter_map(|line| line.strip_prefix("GET ")?.split(" | ").next())
        .filter(|path| !path.contains('{') && !path.contains(".xlsx"))
        .collect()
}

#[test]
fn a_demo_says_so_on_every_page_and_begins_again_when_told() {
    let ground = Ground::new("demo-fresh");
    let house = ground.open(&["demo"]);
    let mut pages = 0;
    for login in ["shen", "gu", "xu", "admin"] {
        let mut browser = colleague(&house, login);
        for path in plain_addresses() {
            let page = browser.get(path);
            let html = page.header("content-type").starts_with("text/html");
            // A piece of a page has no head.
            if html && page.has("<html") {
                pages += 1;
                assert!(page.has("class=\"ribbon\""), "{path} as {login}");
            }
        }
    }
    assert!(pages > 100, "{pages} pages");
    assert!(house.get("/sign-in").has("class=\"ribbon\""));
    let orders = "select count(*) from export_order";
    let many = ground.asked(orders);
    let mut admin = colleague(&house, "admin");
    let department = [("name_zh", "新部门"), ("name_en", "New department")];
    admin.post("/departments", &department).is(303);
    let added = "select count(*) from department where name_en = 'New department'";
    assert_eq!(ground.asked(added), "1");
    assert!(house.close());
    // Once more: what was done is still there; afresh: it is gone, and the orders are as at first.
    let house = ground.open(&["demo"]);
    assert_eq!(ground.asked(added), "1");
    assert!(house.close());
    let house = ground.open(&["demo", "--fresh"]);
    assert_eq!(
        (ground.asked(added), ground.asked(orders)),
        ("0".to_owned(), many)
    );
    colleague(&house, "shen").get("/").is(200);
    assert!(house.close());
    ground
        .told(&["serve", "--fresh"], &[])
        .is(false, &["--fresh"]);
}

/// An administrator, added at the terminal and let in through her link.
fn administrator(ground: &Ground, house: &House) -> Browser {
    let email = "wang@yongchuan.example";
    let add = ["user", "add", email, "--name", "王一", "--role", "admin"];
    let told = ground.told(&add, &[]).is(true, &["/password/"]);
    let link = told.text.split("/password/").nth(1).unwrap();
    let path = format!("/password/{}", link.split(' ').next().unwrap());
    let mut browser = Browser::at(house);
    browser.get(&path).is(200);
    let form = [("password", PASSWORD), ("again", PASSWORD)];
    browser.post(&path, &form).is(303);
    Browser::signed_in(house, email, PASSWORD)
}

/// Both die at once, the program and its server: what was answered is there (P1).
#[test]
fn a_write_that_was_answered_outlives_kill_9_of_program_and_server() {
    let ground = Ground::new("killed-write");
    let mut house = ground.open(&["serve"]);
    let mut admin = administrator(&ground, &house);
    let server = ground.server();
    for name in ["One", "Two", "Three"] {
        let department = [("name_zh", name), ("name_en", name)];
        admin.post("/departments", &department).is(303);
    }
    signal("KILL", &server);
    house.signal("KILL");
    assert!(!house.ended());
    let house = ground.open(&["serve"]);
    let kept = "select count(*) from department where name_en in ('One', 'Two', 'Three')";
    assert_eq!(ground.asked(kept), "3");
    assert!(house.close());
    ground
        .told(&["verify"], &[])
        .is(true, &["everything is as it should be"]);
}

/// What the accept loop refuses by itself carries the headers too, with https in front where that is set (P26, P27).
#[test]
fn what_is_refused_before_the_house_is_asked_carries_its_headers() {
    let ground = Ground::new("front");
    let https = [("GENDAN_BASE_URL", "https://gendan.example.com")];
    let house = ground.open_with(&["serve"], &https);
    let long = format!("/sign-in?q={}", "x".repeat(9_000));
    let many = "X-Many: x\r\n".repeat(120);
    for (request, status) in [
        (
            format!("GET {long} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"),
            414,
        ),
        (
            format!("GET / HTTP/1.1\r\nHost: h\r\n{many}Connection: close\r\n\r\n"),
            431,
        ),
        (
            "TRACE / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n".to_owned(),
            405,
        ),
    ] {
        let answer = house.ask(&request).is(status);
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{status}");
        assert_eq!(answer.header("cache-control"), "no-store", "{status}");
        assert_eq!(
            answer.header("x-content-type-options"),
            "nosniff",
            "{status}"
        );
        let strict = answer.header("strict-transport-security");
        assert!(strict.starts_with("max-age="), "{status}");
        assert_eq!(answer.header("server"), "", "{status}");
    }
    assert!(house.close());
}

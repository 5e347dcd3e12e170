//! Starting and ending: the first start, a second one beside it, kills, a server that goes away, a clean end.

use crate::house::{Ground, lives, signal};
use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::time::{Duration, Instant};

#[test]
#[expect(clippy::too_many_lines, reason = "a story told in its order")]
fn the_first_start_says_a_code_once_and_the_door_closes_behind_it() {
    let ground = Ground::new("first");
    let house = ground.open(&[]);
    let line = house
        .said
        .iter()
        .find(|line| line.contains("/set-up"))
        .unwrap();
    let code = line.rsplit(' ').next().unwrap().to_owned();
    assert!(code.len() >= 16, "{line}");
    assert_eq!(house.get("/").header("location"), "/sign-in");
    assert_eq!(house.get("/sign-in").header("location"), "/set-up");
    let page = house.get("/set-up");
    assert!(page.status() == 200 && !page.has(&code));
    let cookie = page
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let (csrf, key) = (page.field("csrf"), page.field("key"));
    let set_up = |code: &str, key: &str| {
        let body = format!(
            "company_zh=%E7%94%AC&company_en=Yong&name_zh=%E7%8E%8B&name_en=Wang&email=wang%40y.example\
             &password=four+boats+left+at+dawn&again=four+boats+left+at+dawn&code={code}&csrf={csrf}&key={key}"
        );
        house.ask(&format!(
            "POST /set-up HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            ground.port,
            body.len()
        ))
    };
    assert_eq!(set_up("AAAA-BBBB-CCCC-DDDD", &key).status(), 422);
    let done = set_up(&code, &key);
    assert_eq!(
        (done.status(), done.header("location")),
        (303, "/sign-in"),
        "{}",
        done.0
    );
    assert_eq!(house.get("/set-up").status(), 404);
    assert!(house.close());
    let again = ground.open(&["serve"]);
    assert!(
        !again.said.iter().any(|line| line.contains("code")),
        "{:?}",
        again.said
    );
    assert_eq!(again.get("/set-up").status(), 404);
    assert!(again.close());
}

#[test]
fn a_second_start_on_the_same_folder_is_refused_in_one_sentence() {
    let ground = Ground::new("second");
    let house = ground.open(&[]);
    let told = ground.told(&["serve"], &[("GENDAN_LISTEN", "127.0.0.1:0")]);
    let told = told.is(
        false,
        &[
            "is already open",
            &house.child.id().to_string(),
            "GENDAN_DATA",
        ],
    );
    assert_eq!(told.text.trim().lines().count(), 1, "{}", told.text);
    let taken = ground.told(&["demo"], &[]);
    assert!(!taken.good, "a demo opened the company's own house");
    assert_eq!(house.get("/readyz").status(), 200);
    assert!(house.close());
    ground.told(&["demo"], &[]).is(
        false,
        &["holds the company's own house", "a data folder of its own"],
    );
}

/// The server is stopped and started under the running program (P38): a page says so, and it comes back by itself.
#[test]
fn a_server_that_is_killed_is_started_again_and_meanwhile_a_page_says_so() {
    let ground = Ground::new("server");
    let mut house = ground.open(&[]);
    let first = ground.server();
    // Asleep it answers nobody; the program must not sleep with it.
    signal("STOP", &first);
    let began = Instant::now();
    let health = house.get("/healthz");
    assert_eq!(health.status(), 200);
    assert!(began.elapsed() < Duration::from_secs(1));
    signal("CONT", &first);
    signal("KILL", &first);
    house.hear("the database server ended unasked");
    house.hear("the database server runs again");
    let began = Instant::now();
    house.comes("/readyz", 200);
    assert!(
        began.elapsed() < Duration::from_secs(5),
        "{:?}",
        began.elapsed()
    );
    assert_ne!(ground.server(), first);
    assert_eq!(house.get("/sign-in").status(), 303);
    assert!(house.close());
}

#[test]
fn after_kill_9_the_next_start_finds_the_servers_old_life_and_ends_it() {
    let ground = Ground::new("kill");
    let mut house = ground.open(&[]);
    let old = ground.server();
    house.signal("KILL");
    assert!(!house.ended());
    assert!(lives(&old), "the server outlives the program");
    let next = ground.open(&[]);
    assert!(
        next.said
            .iter()
            .any(|line| line.contains("did not end in good order")),
        "{:?}",
        next.said
    );
    assert!(!lives(&old));
    assert_eq!(next.get("/readyz").status(), 200);
    assert!(next.close());
    ground
        .told(&["verify"], &[])
        .is(true, &["everything is as it should be"]);
}

#[test]
fn told_to_end_it_closes_its_server_and_leaves_nothing_running() {
    let ground = Ground::new("end");
    let mut house = ground.open(&[]);
    let server = ground.server();
    house.signal("TERM");
    house.hear("closed");
    assert!(house.ended());
    assert!(!lives(&server));
    assert!(
        !ground.folder.join("postgres/postmaster.pid").exists(),
        "it ended in good order"
    );
}

/// Only root can try this; anybody else's server runs as she does.
#[test]
fn root_runs_the_server_as_nobody_special_and_leaves_folders_of_others_alone() {
    let ground = Ground::new("root");
    if fs::metadata("/proc/self").unwrap().uid() != 0 {
        return;
    }
    let house = ground.open(&[]);
    let owner = fs::metadata(format!("/proc/{}", ground.server()))
        .unwrap()
        .uid();
    assert_ne!(owner, 0);
    assert_eq!(
        fs::metadata(ground.folder.join("postgres")).unwrap().uid(),
        owner
    );
    let secrets = fs::metadata(ground.folder.join("secrets")).unwrap();
    assert_eq!((secrets.uid(), secrets.mode() & 0o077), (0, 0));
    assert!(house.close());
    let others = Ground::new("others");
    fs::create_dir(&others.folder).unwrap();
    chown(&others.folder, Some(12_345), None).unwrap();
    others.told(&["serve"], &[]).is(false, &[]);
    assert_eq!(
        fs::read_dir(&others.folder).unwrap().count(),
        0,
        "nothing was left there"
    );
}

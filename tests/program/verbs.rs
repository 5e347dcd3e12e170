//! Verbs: what somebody does at the terminal beside a house that is open, and what is left when it is closed.

use crate::house::Ground;

#[test]
#[expect(clippy::too_many_lines, reason = "a story told in its order")]
fn people_are_added_reset_and_disabled_and_what_is_stored_is_verified() {
    let ground = Ground::new("verbs");
    // Before anybody has opened it.
    ground
        .told(&["migrate"], &[])
        .is(true, &["the tables are up to date"]);
    let house = ground.open(&[]);
    let add = [
        "user",
        "add",
        "wang@yongchuan.example",
        "--name",
        "王一",
        "--role",
        "admin",
    ];
    let told = ground.told(&add, &[]).is(true, &["/password/", "7 days"]);
    let path = told
        .text
        .split(&format!("127.0.0.1:{}", ground.port))
        .nth(1)
        .unwrap();
    let path = path.split(' ').next().unwrap();
    assert_eq!(house.get(path).status(), 200);
    ground
        .told(&add, &[])
        .is(false, &["somebody has this address already"]);
    let role = [
        "user",
        "add",
        "li@yongchuan.example",
        "--name",
        "李",
        "--role",
        "chief",
    ];
    ground.told(&role, &[]).is(false, &["the role must be"]);
    let name = ["user", "add", "wang", "--name", "王", "--role", "finance"];
    ground.told(&name, &[]).is(false, &["e-mail address"]);
    let reset = ["user", "reset", "wang@yongchuan.example"];
    ground.told(&reset, &[]).is(true, &["/password/"]);
    assert_eq!(
        house.get(path).status(),
        404,
        "the first link is used up by the second"
    );
    ground
        .told(&["user", "reset", "nobody@a.example"], &[])
        .is(false, &["nobody has this address"]);
    let second = [
        "user",
        "add",
        "zhao@yongchuan.example",
        "--name",
        "赵二",
        "--role",
        "finance",
    ];
    ground.told(&second, &[]).is(true, &[]);
    ground
        .told(&["user", "disable", "zhao@yongchuan.example"], &[])
        .is(true, &["disabled"]);
    ground
        .told(&["verify"], &[])
        .is(true, &["everything is as it should be"]);
    assert!(house.close());
    // And once more with nobody there: the verb opens and closes the house by itself.
    ground
        .told(&["verify"], &[])
        .is(true, &["everything is as it should be"]);
}

#[test]
fn who_works_the_jobs_in_a_process_of_its_own_stops_when_told() {
    let ground = Ground::new("work");
    let house = ground.open(&[]);
    let mut worker = ground.gendan(&["work"], &[]).spawn().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(600));
    assert!(worker.try_wait().unwrap().is_none(), "it works on");
    crate::house::signal("TERM", &worker.id().to_string());
    assert!(worker.wait().unwrap().success());
    assert_eq!(house.get("/readyz").status(), 200, "the house stays open");
    assert!(house.close());
}

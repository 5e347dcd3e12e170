//! Settings: every wrong one is named at once, and nothing is started.

use crate::house::Ground;

#[test]
fn wrong_settings_are_all_named_at_once_without_their_values() {
    let ground = Ground::new("wrong");
    let wrong = [
        ("GENDAN_LISTEN", "0.0.0.0:8026"),
        ("GENDAN_POOL", "1000"),
        ("GENDAN_ZONE", "Mars/Olympus"),
        ("GENDAN_COLOUR", "blue"),
        ("DATABASE_URL", "postgres://gendan:hushhush@"),
    ];
    for verb in ["serve", "check-config", "verify"] {
        let told = ground
            .told(&[verb], &wrong)
            .is(false, &["nothing was started", "GENDAN_BASE_URL"]);
        for (key, value) in &wrong[1..] {
            assert!(
                told.text.contains(key),
                "{verb}: {key} is not named\n{}",
                told.text
            );
            assert!(!told.text.contains(value), "{verb} repeats {key}");
        }
        assert!(!ground.folder.exists(), "{verb} made a folder");
    }
}

#[test]
fn a_demo_never_runs_on_a_server_of_ones_own_nor_for_other_machines() {
    let ground = Ground::new("demo");
    let server = [(
        "DATABASE_URL",
        "postgres://gendan_app:a-long-secret@127.0.0.1:1/gendan",
    )];
    ground
        .told(&["demo"], &server)
        .is(false, &["DATABASE_URL", "without `demo`"]);
    let open = [
        ("GENDAN_LISTEN", "0.0.0.0:0"),
        ("GENDAN_BASE_URL", "https://a.example"),
    ];
    ground
        .told(&["demo"], &open)
        .is(false, &["GENDAN_LISTEN", "this machine only"]);
    assert!(!ground.folder.exists());
}

#[test]
fn settings_in_order_are_said_to_be_so_and_a_server_that_is_not_there_is_named() {
    let ground = Ground::new("check");
    ground
        .told(&["check-config"], &[])
        .is(true, &["the settings are in order"]);
    let nowhere = [(
        "DATABASE_URL",
        "postgres://gendan_app:a-long-secret@127.0.0.1:1/gendan",
    )];
    let told = ground
        .told(&["check-config"], &nowhere)
        .is(false, &["DATABASE_URL"]);
    assert!(!told.text.contains("a-long-secret"));
}

//! Backup 备份: the two commands of the README, typed as they stand there, bring a house back (P41).

use crate::browser::Browser;
use crate::house::{Ground, Told};
use crate::replicas::PASSWORD;
use std::path::Path;
use std::process::Command;

/// The README's command that begins so, without the prompt.
fn command(word: &str) -> &'static str {
    let readme = include_str!("../../README.md");
    let mut commands = readme.lines().filter_map(|line| line.strip_prefix("    "));
    commands.find(|line| line.contains(word)).unwrap()
}

/// Types it in a folder, for this house.
fn typed(word: &str, folder: &Path, house: &Ground) -> Told {
    let line = command(word);
    let house = house.folder.display();
    let output = Command::new("bash")
        .args(["-c", &format!("D={house}; {line}")])
        .current_dir(folder)
        .output();
    Told::from(output.unwrap())
}

#[test]
fn the_commands_of_the_readme_bring_a_house_back() {
    let (old, new, shelf) = (
        Ground::new("backup-old"),
        Ground::new("backup-new"),
        Ground::new("backup-shelf"),
    );
    std::fs::create_dir(&shelf.folder).unwrap();
    let house = old.open(&["demo"]);
    let mut shen = Browser::signed_in(&house, "shen@hanyu.example", PASSWORD);
    let number = old.asked(
        "select o.number from export_order o join person p on p.id = o.operator
         where p.email = 'shen@hanyu.example' and o.condition = 'open' order by 1 limit 1",
    );
    let documents = format!("/orders/{number}/documents");
    shen.get(&documents).is(200);
    let fields = [("kind", "customer_order"), ("audience", "internal")];
    let paper = ("files", "PO.pdf", "%PDF-1.7\n%%EOF\n");
    shen.upload(&documents, &fields, paper).is(303);
    typed("pg_dump -h", &shelf.folder, &old).is(true, &[]);
    let counted =
        "select (select count(*) from event) || ' ' || (select count(*) from stored_file)";
    let held = old.asked(counted);
    assert!(house.close());

    // An empty house of the company, with a code nobody has used.
    let house = new.open(&["serve"]);
    assert_ne!(new.asked(counted), held);
    typed("pg_restore -h", &shelf.folder, &new).is(true, &[]);
    assert!(house.close());
    let house = new.open(&["serve"]);
    assert_eq!(new.asked(counted), held);
    assert!(!house.said.iter().any(|line| line.contains("code")));
    let mut shen = Browser::signed_in(&house, "shen@hanyu.example", PASSWORD);
    shen.get(&format!("/orders/{number}")).is(200);
    let file = new.asked("select id from stored_file where name = 'PO.pdf'");
    let paper = shen.get(&format!("/orders/{number}/files/{file}")).is(200);
    assert!(paper.has("%PDF-1.7"));
    new.told(&["verify"], &[])
        .is(true, &["everything is as it should be"]);
    assert!(house.close());
}

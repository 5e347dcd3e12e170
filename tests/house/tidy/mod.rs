//! Tidy 家规: the house rules that a compiler does not check. Each failure names the file and what to do about it.

mod arrows;
mod sizes;
mod source;
mod statements;
mod templates;
mod words;

use source::{File, root, rust};

/// Fails with every finding at once, so that one run shows the whole work.
fn none(findings: &[String]) {
    assert!(findings.is_empty(), "\n{}\n", findings.join("\n"));
}

#[test]
fn every_file_begins_by_saying_what_it_is() {
    let files = rust("src").into_iter().chain(rust("tests/house"));
    let mute: Vec<String> = files
        .filter(|file| !file.text.starts_with("//! "))
        .map(|file| format!("{}: begin with a line `//! what this is`", file.path))
        .collect();
    none(&mute);
}

#[test]
fn files_are_named_after_things_and_acts() {
    let banned = [
        "utils", "util", "helpers", "helper", "common", "types", "misc", "manager", "service",
    ];
    let found: Vec<String> = rust("src")
        .into_iter()
        .chain(rust("tests"))
        .filter(|file| {
            file.path
                .split(['/', '.'])
                .any(|part| banned.contains(&part))
        })
        .map(|file| format!("{}: name it after its thing or act", file.path))
        .collect();
    none(&found);
}

#[test]
fn the_example_of_settings_lists_every_key_and_no_other() {
    let text = std::fs::read_to_string(root().join(".env.example")).unwrap();
    let mut listed: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with("# "))
        .filter_map(|line| line.trim_start_matches('#').split_once('='))
        .map(|(key, _)| key)
        .collect();
    let mut known = gendan::config::KEYS.to_vec();
    listed.sort_unstable();
    known.sort_unstable();
    assert_eq!(listed, known);
}

#[test]
fn money_is_never_a_binary_fraction() {
    let found: Vec<String> = rust("src")
        .iter()
        .flat_map(|file| file.code_lines_with(&["f32", "f64"]))
        .map(|place| format!("{place}: use Decimal"))
        .collect();
    none(&found);
}

#[test]
fn nothing_stays_commented_out() {
    let found: Vec<String> = rust("src").iter().flat_map(commented_out).collect();
    none(&found);
}

/// Code behind `//`, and whole blocks between `/*` and `*/`.
fn commented_out(file: &File) -> Vec<String> {
    file.text
        .lines()
        .enumerate()
        .filter(|(_, line)| {
            let line = line.trim_start();
            let code = line.strip_prefix("//").is_some_and(|rest| {
                !rest.starts_with(['/', '!', ' ']) || rest.ends_with(';') && rest.contains("::")
            });
            code || line.starts_with("/*")
        })
        .map(|(place, _)| format!("{}:{}: delete it, history keeps it", file.path, place + 1))
        .collect()
}

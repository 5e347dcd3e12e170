//! Sizes 篇幅: a file that grows too long holds two nouns. Limits are raised by a commit that says why, or not at all.

use super::none;
use super::source::{File, files, rust};
use crate::support::say;
use std::collections::BTreeMap;

/// Lines of a file without and with the tests at its foot; of a template; of a folder.
const FILE: usize = 400;
const WITH_TESTS: usize = 600;
const TEMPLATE: usize = 120;
const FOLDER: usize = 4_000;

/// What is over its limit and is to be split next: the lines it has, which it may not grow beyond. A line here goes when
/// the file is split; a new one needs a reason in its commit.
const OWED: &[(&str, usize)] = &[
    // One line a deed; the currencies were the last to come.
    ("src/people/rights.rs", 426),
    // Parcels of papers came to those of samples: their questions and their statements are the next to move out.
    ("src/samples/parcel/ways.rs", 404),
    ("src/samples/sql.rs", 401),
    ("tests/house/http/samples.rs", 405),
    // Nine desks are read in one place each; the openings and the goods are the next to move out.
    ("src/orders", 6_970),
    // The factory's answers are a noun of their own.
    ("src/production/order", 5_570),
    // Who can do what was refused stands beside the table that refuses it.
    ("src/people", 5_100),
    ("src/proforma", 4_220),
    // The ways of goods that came back or were left behind are the next noun; each task asks who may do it.
    ("src/shipping/shipment", 4_300),
];

fn limit(path: &str, usual: usize) -> usize {
    let owed = OWED.iter().find(|(known, _)| *known == path);
    owed.map_or(usual, |(_, lines)| *lines)
}

#[test]
fn files_stay_short_enough_to_be_read_in_one_go() {
    let mut found = Vec::new();
    for file in rust("src").iter().chain(&rust("tests/house")) {
        let (body, whole) = (file.body().lines().count(), file.text.lines().count());
        if body > limit(&file.path, FILE) {
            found.push(format!(
                "{}: {body} lines without its tests, split by noun at {FILE}",
                file.path
            ));
        } else if whole > WITH_TESTS {
            found.push(format!(
                "{}: {whole} lines with its tests, at most {WITH_TESTS}",
                file.path
            ));
        }
    }
    none(&found);
}

#[test]
fn templates_stay_on_a_page() {
    let long: Vec<String> = files("templates", "html")
        .iter()
        .map(|file| (file, file.text.lines().count()))
        .filter(|(_, lines)| *lines > TEMPLATE)
        .map(|(file, lines)| {
            format!(
                "{}: {lines} lines, move a piece out at {TEMPLATE}",
                file.path
            )
        })
        .collect();
    none(&long);
}

#[test]
fn folders_hold_one_noun() {
    let mut sizes: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for file in rust("src") {
        let folder = file
            .path
            .rsplit_once('/')
            .map_or("src", |(folder, _)| folder);
        let size = sizes.entry(folder.to_owned()).or_default();
        size.0 += 1;
        size.1 += file.body().lines().count();
    }
    let large: Vec<String> = sizes
        .iter()
        .filter(|(name, (_, lines))| *lines > limit(name, FOLDER))
        .map(|(name, (count, lines))| {
            format!("{name}: {count} files, {lines} lines; its second noun moves out at {FOLDER}")
        })
        .collect();
    none(&large);
}

/// What the house looks like today, for the monthly reading: our bar is median 100, p90 300, largest 400.
#[test]
fn the_sizes_of_today_are_said() {
    let mut sizes: Vec<(usize, String)> = rust("src")
        .into_iter()
        .map(|file: File| (file.body().lines().count(), file.path))
        .collect();
    sizes.sort_unstable();
    let at = |part: usize| sizes[(sizes.len() - 1) * part / 100].0;
    let (most, path) = sizes.last().unwrap();
    say(&format!(
        "src: {} files, median {} lines, p90 {}, largest {most} ({path})",
        sizes.len(),
        at(50),
        at(90)
    ));
}

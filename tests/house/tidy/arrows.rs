//! Arrows 依赖: a folder knows only what stands below it; among the desks only an earlier one.

use super::none;
use super::source::{File, rust};

const GROUND: &[&str] = &[
    "base",
    "config",
    "web",
    "jobs",
    "documents",
    "grid",
    "intake",
];
const FIRST: &[&str] = &[
    "history", "people", "records", "parties", "catalog", "relay",
];
const RING: &[&str] = &["orders", "approvals"];
const DESKS: &[&str] = &[
    "samples",
    "proforma",
    "production",
    "shipping",
    "credits",
    "finance",
];
const ABOVE: &[&str] = &["plan", "desk", "portal", "notices", "demo"];
/// Join everything.
const ROOF: &[&str] = &["app", "work", "main", "lib"];

/// Arrows that point up and are to be turned: the set-up writes the first company card with the first administrator, and
/// moves above both when the company's desk is built.
const OWED: &[(&str, &str)] = &[("src/people/set_up.rs", "parties")];

/// What a folder may import; `None` where nobody has said.
fn below(folder: &str) -> Option<Vec<&'static str>> {
    let before = |list: &[&'static str]| -> Vec<&'static str> {
        list.iter()
            .copied()
            .take_while(|own| *own != folder)
            .collect()
    };
    let floors = |floors: &[&[&'static str]]| floors.concat();
    Some(match folder {
        "base" | "postgres" => vec![],
        // Readers of cells know no web, no database, no order.
        "config" | "grid" => vec!["base"],
        "intake" => vec!["base", "grid"],
        "web" => vec!["base", "config"],
        "jobs" | "documents" => vec!["base", "config", "web"],
        "history" => GROUND.to_vec(),
        "people" => floors(&[GROUND, &["history"]]),
        "records" => floors(&[GROUND, &["history", "people"]]),
        "parties" | "catalog" => floors(&[GROUND, &["history", "people", "records"]]),
        "relay" => floors(&[GROUND, &["history", "people", "parties"]]),
        "orders" => floors(&[GROUND, FIRST]),
        "approvals" => floors(&[GROUND, FIRST, &["orders"]]),
        desk if DESKS.contains(&desk) => floors(&[GROUND, FIRST, RING, &before(DESKS)]),
        // Tasks and views are written on the pages' own desk, and the demo tells those too.
        "demo" => floors(&[GROUND, FIRST, RING, DESKS, &["desk"]]),
        page if ABOVE.contains(&page) => floors(&[GROUND, FIRST, RING, DESKS]),
        roof if ROOF.contains(&roof) => {
            floors(&[GROUND, FIRST, RING, DESKS, ABOVE, ROOF, &["postgres"]])
        }
        _ => return None,
    })
}

/// Folders named after `crate::` in the code of a file, with the line.
fn named(file: &File) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (place, line) in file.body().lines().enumerate() {
        let code = line.split("//").next().unwrap_or("");
        for rest in code.split("crate::").skip(1) {
            let name: String = rest
                .chars()
                .take_while(|sign| sign.is_ascii_lowercase() || *sign == '_')
                .collect();
            if !name.is_empty() {
                found.push((place + 1, name));
            }
        }
    }
    found
}

#[test]
fn arrows_between_folders_point_down_only() {
    let mut wrong = Vec::new();
    for file in rust("src") {
        let folder = file.folder();
        let Some(allowed) = below(folder) else {
            wrong.push(format!(
                "{}: say in tidy/arrows.rs where `{folder}` stands",
                file.path
            ));
            continue;
        };
        for (line, name) in named(&file) {
            if OWED.contains(&(file.path.as_str(), name.as_str())) {
                continue;
            }
            if name != folder && !allowed.contains(&name.as_str()) {
                wrong.push(format!(
                    "{}:{line}: `{folder}` may not know `{name}`; what both need goes below both",
                    file.path
                ));
            }
        }
    }
    none(&wrong);
}

#[test]
fn an_arrow_that_points_up_is_seen() {
    let file = File {
        path: "src/orders/x.rs".to_owned(),
        text:
            "use crate::base::By;\n// crate::desk is spoken of only\nuse crate::proforma::Stage;\n"
                .to_owned(),
    };
    assert_eq!(
        named(&file),
        [(1, "base".to_owned()), (3, "proforma".to_owned())]
    );
    assert!(!below("orders").unwrap().contains(&"proforma"));
    assert!(below("production").unwrap().contains(&"proforma"));
    assert!(!below("proforma").unwrap().contains(&"production"));
}

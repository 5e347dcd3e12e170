//! Templates and words: nothing unused, nothing inline, nothing unescaped.

use super::none;
use super::source::{File, files, rust};
use std::collections::BTreeSet;

fn pages() -> Vec<File> {
    files("templates", "html")
}

#[test]
fn every_template_is_used() {
    let mut used: BTreeSet<String> = BTreeSet::new();
    for file in rust("src") {
        used.extend(file.strings().into_iter().map(|(_, text)| text));
    }
    for file in pages() {
        used.extend(file.text.split('"').map(str::to_owned));
    }
    let dead: Vec<String> = pages()
        .iter()
        .filter_map(|file| file.path.strip_prefix("templates/"))
        .filter(|path| !used.contains(*path))
        .map(|path| format!("templates/{path}: no page draws it, delete it"))
        .collect();
    none(&dead);
}

#[test]
fn every_word_is_said_somewhere() {
    let mut said: BTreeSet<String> = BTreeSet::new();
    for file in rust("src").iter().chain(&pages()) {
        let words = file
            .text
            .split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_');
        said.extend(words.map(str::to_owned));
    }
    let mut dead = Vec::new();
    for file in files("templates/words/en", "toml") {
        for line in file.text.lines() {
            if let Some((key, _)) = line.split_once(" = ")
                && !said.contains(key.trim())
            {
                dead.push(format!(
                    "{}: `{}` is said nowhere, delete it",
                    file.path,
                    key.trim()
                ));
            }
        }
    }
    none(&dead);
}

#[test]
fn nothing_is_printed_unescaped() {
    let found: Vec<String> = pages()
        .iter()
        .filter(|file| {
            let text: String = file.text.split_whitespace().collect();
            text.contains("|safe") || text.contains("{%autoescape") || text.contains("{%filter")
        })
        .map(|file| format!("{}: a text of people must be escaped", file.path))
        .collect();
    none(&found);
}

/// What the content policy would refuse: styles, scripts and handlers inside a page; and attributes without quotes.
fn inline(text: &str) -> Option<&'static str> {
    let tags = text
        .split('<')
        .skip(1)
        .map(|tag| tag.split('>').next().unwrap_or(tag));
    for tag in tags {
        let mut words = tag.split_whitespace();
        let name = words.next().unwrap_or("");
        if name == "style" {
            return Some("a style sheet inside the page");
        }
        if name == "script" && !tag.contains(" src=") {
            return Some("a script inside the page");
        }
        for word in words {
            let attribute = word.split('=').next().unwrap_or("");
            if attribute == "style" && word.contains('=') {
                return Some("a style attribute");
            }
            let handler = attribute.starts_with("on")
                && attribute.len() > 4
                && attribute.bytes().all(|byte| byte.is_ascii_lowercase());
            if handler && word.contains('=') {
                return Some("a handler attribute");
            }
            let bare = word
                .split_once("={{")
                .is_some_and(|(name, _)| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
            if bare {
                return Some("an attribute without quotes");
            }
        }
    }
    None
}

#[test]
fn pages_hold_no_script_style_or_handler_of_their_own() {
    let found: Vec<String> = pages()
        .iter()
        .filter_map(|file| inline(&file.text).map(|what| format!("{}: {what}", file.path)))
        .collect();
    none(&found);
}

#[test]
fn what_the_policy_refuses_is_seen() {
    for bad in [
        "<p style=\"color:red\">",
        "<style>a{}</style>",
        "<script>go()</script>",
        "<button onclick=\"go()\">",
        "<a href={{ url }}>",
    ] {
        assert!(inline(bad).is_some(), "{bad}");
    }
    assert_eq!(
        inline("<p class=\"one\">once = 1</p><script src=\"/x\"></script>"),
        None
    );
}

//! Arguments of words 词条的参数: a word takes its placeholders in the order in which the English text uses them first,
//! and all of them are texts to the compiler. Whoever turns the sentence round turns the arguments round under every
//! caller; so each call must say by its own names which argument is which.

use super::none;
use super::source::{File, files, rust};
use std::collections::BTreeMap;

/// Words with more than one placeholder, in the order of their arguments.
fn words() -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    for file in files("templates/words/en", "toml") {
        for (key, text) in file.text.lines().filter_map(|line| line.split_once(" = ")) {
            let names = placeholders(text);
            if names.len() > 1 {
                found.insert(key.to_owned(), names);
            }
        }
    }
    found
}

fn placeholders(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in text
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
    {
        if !names.iter().any(|known| known == name.0) {
            names.push(name.0.to_owned());
        }
    }
    names
}

fn is_part(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || sign == '_'
}

/// A call of a word: its line and its arguments as written.
struct Call<'a> {
    line: usize,
    word: &'a str,
    arguments: Vec<&'a str>,
}

/// Calls of these words in a source or a template, `.word(…)` or `T::word(t, …)`.
fn calls<'a>(text: &'a str, words: &BTreeMap<String, Vec<String>>) -> Vec<Call<'a>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find('(').map(|at| from + at) {
        from = open + 1;
        let before = &text[..open];
        let word = &before[before.trim_end_matches(is_part).len()..];
        if let Some(names) = words.get(word) {
            let mut arguments = arguments(&text[from..]);
            if arguments.len() == names.len() + 1 {
                arguments.remove(0);
            }
            found.push(Call {
                line: before.matches('\n').count() + 1,
                word,
                arguments,
            });
        }
    }
    found
}

/// What stands between an open bracket and its end, parted at its own commas.
fn arguments(text: &str) -> Vec<&str> {
    let (mut found, mut from, mut depth, mut quoted) = (Vec::new(), 0, 0_usize, false);
    let mut signs = text.char_indices();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '\\' if quoted => {
                signs.next();
            }
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth > 0 => depth -= 1,
            ',' | ')' if depth == 0 => {
                if !text[from..at].trim().is_empty() {
                    found.push(text[from..at].trim());
                }
                if sign == ')' {
                    break;
                }
                from = at + 1;
            }
            _ => {}
        }
    }
    found
}

/// Whether an argument speaks of a placeholder: `asked_at` of `at`, `order.number` of `number`, `rows.len()` of `n`.
fn speaks_of(argument: &str, name: &str) -> bool {
    let mut own = argument.split(|sign| !is_part(sign));
    own.any(|word| {
        word == name
            || word.split('_').any(|part| part == name)
            || name.split('_').any(|part| part == word)
            || name == "n" && ["len", "count", "number"].contains(&word)
    })
}

/// Two places whose arguments could be exchanged without anybody seeing it.
fn exchangeable(names: &[String], arguments: &[&str]) -> Option<(usize, usize)> {
    let speaks = |place: usize, of: usize| usize::from(speaks_of(arguments[place], &names[of]));
    (0..names.len())
        .flat_map(|one| (one + 1..names.len()).map(move |other| (one, other)))
        .find(|(one, other)| {
            speaks(*one, *one) + speaks(*other, *other)
                <= speaks(*one, *other) + speaks(*other, *one)
        })
}

fn wrong(file: &File, words: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let mut found = Vec::new();
    for call in calls(&file.text, words) {
        let (names, place) = (&words[call.word], format!("{}:{}", file.path, call.line));
        let word = call.word;
        if names.len() != call.arguments.len() {
            found.push(format!("{place}: `{word}` takes {}", names.join(", ")));
        } else if let Some((one, other)) = exchangeable(names, &call.arguments) {
            found.push(format!(
                "{place}: `{word}` takes {}; nothing shows that `{}` and `{}` stand in their places: name an argument \
                 after its placeholder, or the placeholder after its argument",
                names.join(", "),
                call.arguments[one],
                call.arguments[other]
            ));
        }
    }
    found
}

/// Planted once: the English text of `web_lines_cell` turned to `{name} in line {row}`. The build stayed green; this
/// turned red at all eight callers.
#[test]
fn no_two_arguments_of_a_word_can_be_exchanged_unseen() {
    let words = words();
    let found: Vec<String> = rust("src")
        .iter()
        .chain(&files("templates", "html"))
        .flat_map(|file| wrong(file, &words))
        .collect();
    none(&found);
}

#[test]
fn exchanged_arguments_are_seen() {
    let words = BTreeMap::from([("x_of".to_owned(), vec!["at".to_owned(), "who".to_owned()])]);
    let seen = |text: &str| {
        let file = File {
            path: "x".to_owned(),
            text: text.to_owned(),
        };
        wrong(&file, &words).len()
    };
    assert_eq!(seen("t.x_of(page.moment(card.asked_at), \"(\")"), 0);
    assert_eq!(seen("T::x_of(t, at, format!(\"{a}, {b}\"))"), 0);
    assert_eq!(seen("t.x_of(name, asked_at)"), 1);
    assert_eq!(seen("t.x_of(one, two)"), 1);
    assert_eq!(seen("t.x_of(at)"), 1);
}

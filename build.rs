//! Turns the word lists 词条 in `templates/words` into methods of `T`, one per key, so that a missing translation,
//! a misspelt key or a lost placeholder stops the build and never reaches a reader.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    error::Error,
    fmt::Write as _,
    fs,
    path::Path,
};

const ROOT: &str = "templates/words";
const LANGUAGES: [&str; 2] = ["zh-CN", "en"];

/// Words a placeholder cannot have, because it becomes the name of an argument.
const TAKEN: [&str; 14] = [
    "as", "for", "if", "in", "fn", "let", "loop", "match", "move", "ref", "self", "type", "use",
    "where",
];

/// The words of one language by key.
type Words = BTreeMap<String, String>;

fn main() -> Result<(), Box<dyn Error>> {
    // Named so that a new file is seen too: embedded files and migrations are read by macros at compile time.
    for watched in ["templates", "static", "migrations"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    let mut problems = Vec::new();
    let [zh, en] = LANGUAGES.map(|language| read(language, &mut problems));
    // A file that cannot be read would be reported again for every key it holds.
    let methods = if problems.is_empty() {
        methods(&zh, &en, &mut problems)?
    } else {
        String::new()
    };
    for problem in &problems {
        println!("cargo::error={problem}");
    }
    if problems.is_empty() {
        let folder = env::var_os("OUT_DIR").ok_or("cargo names no OUT_DIR")?;
        fs::write(Path::new(&folder).join("words.rs"), methods)?;
    }
    Ok(())
}

/// Reads every file of one language; each file speaks for the folder of `src` it is named after.
fn read(language: &str, problems: &mut Vec<String>) -> Words {
    let mut words = Words::new();
    let folder = Path::new(ROOT).join(language);
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(fault) => {
            problems.push(format!("{}: {fault}", folder.display()));
            return words;
        }
    };
    for path in entries.filter_map(|entry| entry.ok().map(|entry| entry.path())) {
        let desk = match (path.extension(), path.file_stem()) {
            (Some(kind), Some(stem)) if kind == "toml" => stem.to_string_lossy().into_owned(),
            _ => {
                problems.push(format!("{}: only .toml files belong here", path.display()));
                continue;
            }
        };
        let read = fs::read_to_string(&path).map_err(|fault| fault.to_string());
        let table = read.and_then(|text| text.parse::<toml::Table>().map_err(|f| f.to_string()));
        match table {
            Ok(table) => add(&path, &desk, table, &mut words, problems),
            Err(fault) => problems.push(format!("{}: {}", path.display(), one_line(&fault))),
        }
    }
    words
}

fn add(path: &Path, desk: &str, table: toml::Table, words: &mut Words, problems: &mut Vec<String>) {
    for (key, value) in table {
        let place = path.display();
        if !key.starts_with(&format!("{desk}_")) || !is_name(&key) {
            problems.push(format!(
                "{place}: the key `{key}` must begin with `{desk}_` and use only a-z, 0-9 and _"
            ));
        } else if let toml::Value::String(text) = value {
            words.insert(key, text);
        } else {
            problems.push(format!("{place}: `{key}` must be one line of text"));
        }
    }
}

fn methods(zh: &Words, en: &Words, problems: &mut Vec<String>) -> Result<String, Box<dyn Error>> {
    let mut code = String::from("impl T {\n");
    for key in zh.keys().chain(en.keys()).collect::<BTreeSet<_>>() {
        match (zh.get(key), en.get(key)) {
            (Some(zh), Some(en)) => match (placeholders(zh), placeholders(en)) {
                (Some(zh_names), Some(en_names)) if same(&zh_names, &en_names) => {
                    method(&mut code, key, (zh, en), &en_names)?;
                }
                (Some(zh_names), Some(en_names)) => problems.push(format!(
                    "words: `{key}` has other placeholders in zh-CN ({}) than in en ({})",
                    zh_names.join(", "),
                    en_names.join(", ")
                )),
                _ => problems.push(format!(
                    "words: `{key}` has a brace that is no placeholder; write {{name}} with a-z, 0-9 and _, and no word of Rust"
                )),
            },
            (None, _) => problems.push(format!("words: `{key}` is missing in zh-CN")),
            (_, None) => problems.push(format!("words: `{key}` is missing in en")),
        }
    }
    code.push_str("}\n");
    Ok(code)
}

/// Arguments stand in the order of the English text, so turning a sentence round turns its callers' arguments round:
/// `tests/house/tidy/words.rs` reads every call and refuses arguments that could be exchanged unseen.
fn method(
    code: &mut String,
    key: &str,
    (zh, en): (&str, &str),
    names: &[String],
) -> std::fmt::Result {
    writeln!(code, "    /// `{}`", one_line(en).replace('`', "'"))?;
    if names.is_empty() {
        return writeln!(
            code,
            "    pub fn {key}(self) -> &'static str {{ self.pick({zh:?}, {en:?}) }}"
        );
    }
    let mut arguments = String::new();
    for name in names {
        write!(arguments, ", {name}: impl fmt::Display")?;
    }
    writeln!(
        code,
        "    pub fn {key}(self{arguments}) -> String {{ self.say(format_args!({zh:?}), format_args!({en:?})) }}"
    )
}

/// The placeholders in the order of first use; `None` when a brace is left over.
fn placeholders(text: &str) -> Option<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, tail) = after.split_once('}')?;
        if before.contains('}') || !is_name(name) || TAKEN.contains(&name) {
            return None;
        }
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
        rest = tail;
    }
    (!rest.contains('}')).then_some(names)
}

fn same(left: &[String], right: &[String]) -> bool {
    left.iter().collect::<BTreeSet<_>>() == right.iter().collect::<BTreeSet<_>>()
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

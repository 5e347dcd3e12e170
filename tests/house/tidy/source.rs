//! What tidy reads: files, their code without comments and tests, and the texts they hold.

use std::path::{Path, PathBuf};

pub(super) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(super) struct File {
    /// From the project's folder, with `/`.
    pub path: String,
    pub text: String,
}

/// All files of a kind below a folder, by path.
pub(super) fn files(folder: &str, kind: &str) -> Vec<File> {
    let mut found = Vec::new();
    walk(&root().join(folder), kind, &mut found);
    found.sort();
    found
        .into_iter()
        .map(|path| File {
            text: std::fs::read_to_string(&path).unwrap(),
            path: path
                .strip_prefix(root())
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/"),
        })
        .collect()
}

fn walk(folder: &Path, kind: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default().to_owned();
        if path.is_dir() && name != "node_modules" {
            walk(&path, kind, found);
        } else if path.extension().is_some_and(|own| own == kind) {
            found.push(path);
        }
    }
}

pub(super) fn rust(folder: &str) -> Vec<File> {
    files(folder, "rs")
}

impl File {
    /// The file without the tests at its foot.
    pub fn body(&self) -> &str {
        let foot = self.text.find("\n#[cfg(test)]\nmod ");
        foot.map_or(&self.text[..], |at| &self.text[..at])
    }

    /// Folder of `src` the file belongs to; `main.rs` and its neighbours are folders of their own.
    pub fn folder(&self) -> &str {
        let inside = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let first = inside.split('/').next().unwrap_or(inside);
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// Places outside comments and tests where one of these words stands alone.
    pub fn code_lines_with(&self, words: &[&str]) -> Vec<String> {
        let lines = self.body().lines().enumerate();
        lines
            .filter(|(_, line)| {
                let code = line.split("//").next().unwrap_or("");
                code.split(|sign: char| !sign.is_alphanumeric() && sign != '_')
                    .any(|word| words.contains(&word))
            })
            .map(|(place, line)| format!("{}:{}: `{}`", self.path, place + 1, line.trim()))
            .collect()
    }

    /// Every string of the code with its line, comments and tests left out.
    pub fn strings(&self) -> Vec<(usize, String)> {
        let mut reader = Reader {
            rest: self.body(),
            line: 1,
        };
        let mut found = Vec::new();
        while let Some(string) = reader.next_string() {
            found.push(string);
        }
        found
    }
}

/// Finds strings in Rust text; knows comments, raw strings and character literals, and nothing else.
struct Reader<'a> {
    rest: &'a str,
    line: usize,
}

impl<'a> Reader<'a> {
    fn skip(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.line += taken.matches('\n').count();
        self.rest = rest;
        taken
    }

    fn next_string(&mut self) -> Option<(usize, String)> {
        loop {
            let sign = self.rest.chars().next()?;
            if self.rest.starts_with("//") {
                let end = self.rest.find('\n').unwrap_or(self.rest.len());
                self.skip(end);
            } else if self.rest.starts_with("/*") {
                let end = self.rest.find("*/").map_or(self.rest.len(), |at| at + 2);
                self.skip(end);
            } else if sign == '"' {
                return Some(self.plain());
            } else if self.rest.starts_with("r\"") || self.rest.starts_with("r#\"") {
                return Some(self.raw());
            } else if sign == '\'' {
                self.character();
            } else {
                self.skip(sign.len_utf8());
            }
        }
    }

    fn plain(&mut self) -> (usize, String) {
        let line = self.line;
        let mut end = 1;
        let bytes = self.rest.as_bytes();
        while end < bytes.len() && bytes[end] != b'"' {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        let text = self.skip((end + 1).min(self.rest.len()));
        (line, text.trim_matches('"').to_owned())
    }

    fn raw(&mut self) -> (usize, String) {
        let line = self.line;
        let hash = self.rest.starts_with("r#");
        let (head, close) = if hash { (3, "\"#") } else { (2, "\"") };
        let end = self.rest[head..]
            .find(close)
            .map_or(self.rest.len(), |at| head + at);
        let text = self.rest[head..end].to_owned();
        self.skip((end + close.len()).min(self.rest.len()));
        (line, text)
    }

    /// `'x'` and `'\n'` are passed over; a lifetime is one sign.
    fn character(&mut self) {
        let mut signs = self.rest.char_indices().skip(1);
        let first = signs.next().map(|(_, sign)| sign);
        if first == Some('\\') {
            let end = self.rest[2..]
                .find('\'')
                .map_or(self.rest.len(), |at| at + 3);
            self.skip(end.max(3).min(self.rest.len()));
        } else if let Some((at, '\'')) = signs.next() {
            self.skip(at + 1);
        } else {
            self.skip(1);
        }
    }
}

#[test]
fn strings_are_found_between_comments_characters_and_lifetimes() {
    let text = "fn a<'x>() { let b = '\"'; // \"no\"\n let c = \"yes \\\" one\"; let d = r#\"raw \"two\"\"#; }\n";
    let file = File {
        path: "src/x.rs".to_owned(),
        text: text.to_owned(),
    };
    let found = file.strings();
    assert_eq!(
        found,
        [
            (2, "yes \\\" one".to_owned()),
            (2, "raw \"two\"".to_owned())
        ]
    );
}

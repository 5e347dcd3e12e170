//! Words 词条: every visible string, in the reader's language.
//!
//! The methods of [`T`] are made by `build.rs` from `templates/words/{zh-CN,en}/<folder>.toml`: a key that is missing
//! in one language, or whose placeholders differ, does not compile.

use super::Lang;
use std::fmt;

/// Speaks one language: `t.web_save()`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct T(pub Lang);

impl T {
    fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self.0 {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    fn say(self, zh: fmt::Arguments<'_>, en: fmt::Arguments<'_>) -> String {
        match self.0 {
            Lang::Zh => fmt::format(zh),
            Lang::En => fmt::format(en),
        }
    }
}

include!(concat!(env!("OUT_DIR"), "/words.rs"));

//! Tongues 两种文字: what the house says once and everybody reads in the own language, stored as one text.

use super::{Lang, T};

/// Stands between the two; nobody can type it into a form of one line.
const BETWEEN: char = '\u{1f}';

/// The same sentence in both languages.
pub fn both(of: impl Fn(T) -> String) -> String {
    format!("{}{BETWEEN}{}", of(T(Lang::Zh)), of(T(Lang::En)))
}

/// What of it this reader reads; a text in one language is read by all.
pub fn own(t: T, text: &str) -> &str {
    match (text.split_once(BETWEEN), t.0) {
        (Some((zh, _)), Lang::Zh) => zh,
        (Some((_, en)), Lang::En) => en,
        (None, _) => text,
    }
}

/// The language that words are written in, as far as their signs tell.
pub fn written(words: &str) -> Lang {
    if words
        .chars()
        .any(|sign| ('\u{4E00}'..='\u{9FFF}').contains(&sign))
    {
        Lang::Zh
    } else {
        Lang::En
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reads_the_own_language_and_what_was_typed_as_it_was_typed() {
        let text = both(|t| t.web_save().to_owned());
        assert_eq!(own(T(Lang::Zh), &text), T(Lang::Zh).web_save());
        assert_eq!(own(T(Lang::En), &text), T(Lang::En).web_save());
        assert_eq!(own(T(Lang::En), "面料晚到"), "面料晚到");
    }
}

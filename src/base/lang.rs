//! Lang 语言: the language a reader has chosen. Documents and what people typed have their own.

use serde::{Deserialize, Serialize};

#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Lang {
    #[default]
    #[serde(rename = "zh-CN")]
    Zh,
    #[serde(rename = "en")]
    En,
}

impl Lang {
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The code for `<html lang>`, the cookie and the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The language's own name, as its speakers look for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Zh => "中文",
            Self::En => "English",
        }
    }

    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }

    /// Reads a code with or without a region: `zh`, `zh-CN`, `zh_TW`, `en-GB`.
    pub fn parse(text: &str) -> Option<Self> {
        let first = text.trim().split(['-', '_']).next()?;
        if first.eq_ignore_ascii_case("zh") {
            Some(Self::Zh)
        } else if first.eq_ignore_ascii_case("en") {
            Some(Self::En)
        } else {
            None
        }
    }

    /// The first language of an `Accept-Language` header that we speak, by its weight.
    pub fn accepted(header: &str) -> Option<Self> {
        let mut wishes: Vec<(u16, Self)> = header
            .split(',')
            .filter_map(|wish| {
                let (tag, rest) = wish.split_once(';').unwrap_or((wish, ""));
                Some((weight(rest), Self::parse(tag)?)).filter(|(weight, _)| *weight > 0)
            })
            .collect();
        wishes.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        wishes.first().map(|(_, lang)| *lang)
    }
}

/// `q=0.8` in thousandths; absent means one, unreadable means not wished.
fn weight(text: &str) -> u16 {
    let Some((_, value)) = text.split_once("q=") else {
        return 1000;
    };
    let (whole, part) = value.trim().split_once('.').unwrap_or((value.trim(), ""));
    let part: String = part.chars().chain("000".chars()).take(3).collect();
    match (whole.parse::<u16>(), part.parse::<u16>()) {
        (Ok(0), Ok(part)) => part,
        (Ok(1), _) => 1000,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_with_and_without_a_region() {
        for (text, lang) in [
            ("zh", Lang::Zh),
            ("zh-CN", Lang::Zh),
            ("ZH_tw", Lang::Zh),
            ("en-GB", Lang::En),
        ] {
            assert_eq!(Lang::parse(text), Some(lang), "{text}");
        }
        assert_eq!(Lang::parse("de"), None);
        assert_eq!(Lang::parse(""), None);
    }

    #[test]
    fn a_browser_gets_the_language_it_wishes_most() {
        assert_eq!(
            Lang::accepted("de-DE,de;q=0.9,en;q=0.8,zh;q=0.7"),
            Some(Lang::En)
        );
        assert_eq!(Lang::accepted("en;q=0.5, zh-CN;q=0.85"), Some(Lang::Zh));
        assert_eq!(Lang::accepted("en;q=0, zh"), Some(Lang::Zh));
        assert_eq!(Lang::accepted("fr"), None);
        assert_eq!(Lang::accepted(""), None);
    }

    #[test]
    fn the_other_language_of_the_other_is_the_first() {
        for lang in Lang::ALL {
            assert_eq!(lang.other().other(), lang);
            assert_eq!(Lang::parse(lang.code()), Some(lang));
        }
    }
}

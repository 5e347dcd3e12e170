//! Pinyin 拼音: what a name is found by. `启明制衣` answers to `启明`, `qiming`, `qmzy` and `zhiyi`.
//!
//! A character with several readings is kept under all of them, up to a bound: a long name of many such characters
//! would otherwise multiply into thousands of spellings. Names are searched as text made at save; a query becomes
//! patterns of the same text, one a word, all of which must match.

use super::typed::half_width;
use pinyin::{ToPinyin, ToPinyinMulti};
use std::collections::BTreeSet;

/// Spellings kept for one run of characters.
const MOST_SPELLINGS: usize = 32;

/// The first reading of each character, with spaces: `绍兴启明` is `shao xing qi ming`. Latin words stay, in small
/// letters. This is also what Chinese names are sorted by.
pub fn spelled(text: &str) -> String {
    let mut out = String::new();
    for sign in half_width(text).chars() {
        match sign.to_pinyin() {
            Some(reading) => {
                space(&mut out);
                out.push_str(reading.plain());
                out.push(' ');
            }
            None if sign.is_alphanumeric() => out.extend(sign.to_lowercase()),
            None => space(&mut out),
        }
    }
    out.trim().to_owned()
}

fn space(out: &mut String) {
    if !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
}

/// Whether the text has characters that are read in pinyin.
pub fn is_chinese(text: &str) -> bool {
    text.chars().any(|sign| sign.to_pinyin().is_some())
}

/// The text search looks in: every word of every name, and for Chinese runs all spellings from each character on.
pub fn search_text(names: &[&str]) -> String {
    let mut words = BTreeSet::new();
    for name in names {
        let name = half_width(name).to_lowercase();
        for run in name.split(|sign: char| !sign.is_alphanumeric()) {
            if run.is_empty() {
                continue;
            }
            words.insert(run.to_owned());
            spell_run(run, &mut words);
        }
    }
    let mut text = String::from(" ");
    for word in words {
        text.push_str(&word);
        text.push(' ');
    }
    text
}

/// A corrected spelling (`chong qing`) is found like one made by the table.
pub fn search_spelling(spelling: &str) -> String {
    let syllables: Vec<String> = spelling
        .to_lowercase()
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    let mut text = String::from(" ");
    for start in 0..syllables.len() {
        let tail: Vec<&str> = syllables.iter().skip(start).map(String::as_str).collect();
        let initials: String = tail.iter().filter_map(|part| part.chars().next()).collect();
        for word in [tail.concat(), initials] {
            text.push_str(&word);
            text.push(' ');
        }
    }
    text
}

/// Spellings of the run from each of its characters on, built from the last character to the first.
fn spell_run(run: &str, words: &mut BTreeSet<String>) {
    let mut full: BTreeSet<String> = BTreeSet::from([String::new()]);
    let mut short: BTreeSet<String> = full.clone();
    for sign in run.chars().rev() {
        let readings = readings(sign);
        if readings.is_empty() {
            full = full.iter().map(|tail| format!("{sign}{tail}")).collect();
            short = short.iter().map(|tail| format!("{sign}{tail}")).collect();
            continue;
        }
        let before = |tails: &BTreeSet<String>, heads: &[String]| -> BTreeSet<String> {
            heads
                .iter()
                .flat_map(|head| tails.iter().map(move |tail| format!("{head}{tail}")))
                .take(MOST_SPELLINGS)
                .collect()
        };
        full = before(&full, &readings);
        let mut heads: Vec<String> = readings
            .iter()
            .filter_map(|reading| reading.chars().next().map(String::from))
            .collect();
        heads.dedup();
        short = before(&short, &heads);
        words.extend(full.iter().cloned());
        words.extend(short.iter().cloned());
    }
}

/// All readings of a character without tones, the usual one first.
fn readings(sign: char) -> Vec<String> {
    let Some(usual) = sign.to_pinyin() else {
        return Vec::new();
    };
    let mut readings = vec![usual.plain().to_owned()];
    if let Some(all) = sign.to_pinyin_multi() {
        for reading in all {
            let plain = reading.plain().to_owned();
            if !readings.contains(&plain) {
                readings.push(plain);
            }
        }
    }
    readings
}

/// Patterns for `like`, all of which a search text must match: a Latin word at the beginning of a word, Chinese
/// characters anywhere.
pub fn patterns(query: &str) -> Vec<String> {
    let query = half_width(query).to_lowercase();
    query
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(8)
        .map(|word| {
            if is_chinese(word) {
                format!("%{word}%")
            } else {
                format!("% {word}%")
            }
        })
        .collect()
}

/// Words that only say what form a company has.
const FORMS: [&str; 29] = [
    "ab",
    "ag",
    "aps",
    "as",
    "bv",
    "co",
    "company",
    "corp",
    "corporation",
    "fze",
    "gmbh",
    "group",
    "inc",
    "kft",
    "kk",
    "limited",
    "llc",
    "lp",
    "ltd",
    "ltda",
    "nv",
    "oy",
    "plc",
    "pte",
    "pty",
    "sa",
    "sarl",
    "spa",
    "srl",
];

/// The words of a name that tell it from others, in small letters: `Nordhavn Living AB` is `nordhavn living`.
pub fn telling(name: &str) -> Vec<String> {
    let name = half_width(name).to_lowercase();
    let words: Vec<String> = name
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let told: Vec<String> = words
        .iter()
        .filter(|word| !FORMS.contains(&word.as_str()))
        .cloned()
        .collect();
    if told.is_empty() { words } else { told }
}

/// A piece of an address made from a name: `nordhavn-living`; Chinese characters are spelled without hyphens.
pub fn slug(name: &str) -> String {
    let latin: String = if is_chinese(name) {
        spelled(name).replace(' ', "")
    } else {
        name.to_owned()
    };
    let mut slug = String::new();
    for word in telling(&latin) {
        let word: String = word
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(40)
            .collect();
        if word.is_empty() || slug.len() + word.len() > 48 {
            continue;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word);
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(names: &[&str], query: &str) -> bool {
        let text = search_text(names);
        patterns(query).iter().all(|pattern| {
            let inner = pattern.trim_matches('%');
            text.contains(inner)
        })
    }

    #[test]
    fn a_chinese_name_is_found_by_characters_spelling_and_initials() {
        let name = ["绍兴启明制衣厂", "Shaoxing Qiming Garment"];
        for query in [
            "启明",
            "shaoxing",
            "qiming",
            "qmzy",
            "sxqm",
            "ｑｍ",
            "zhiyi",
            "qiming zhiyi",
            "garment",
            "启明 gar",
        ] {
            assert!(finds(&name, query), "{query}");
        }
        for query in ["iming", "zmq", "启衣"] {
            assert!(!finds(&name, query), "{query}");
        }
    }

    #[test]
    fn characters_with_two_readings_are_found_under_both() {
        for query in ["chongqing", "zhongqing", "changan", "cqca", "zqca"] {
            assert!(finds(&["重庆长安贸易"], query), "{query}");
        }
    }

    #[test]
    fn latin_names_are_found_by_the_beginnings_of_their_words() {
        assert!(finds(&["Alder & Wren Outfitters Ltd"], "al wr"));
        assert!(!finds(&["Alder & Wren Outfitters Ltd"], "ren"));
    }

    #[test]
    fn a_long_name_of_many_readings_stays_bounded() {
        let text = search_text(&["重长行乐重长行乐重长行乐重长行乐重长行乐重长行乐"]);
        assert!(text.len() < 200_000, "{}", text.len());
    }

    #[test]
    fn a_percent_sign_is_no_pattern() {
        assert_eq!(patterns("100%_a"), ["% 100%", "% a%"]);
        assert!(patterns(" % ").is_empty());
    }

    #[test]
    fn addresses_leave_out_the_form_of_the_company() {
        assert_eq!(slug("Nordhavn Living AB"), "nordhavn-living");
        assert_eq!(slug("Alder & Wren Outfitters Ltd"), "alder-wren-outfitters");
        assert_eq!(slug("绍兴启明"), "shaoxingqiming");
        assert_eq!(slug("Ltd"), "ltd");
        assert_eq!(slug("???"), "");
    }
}

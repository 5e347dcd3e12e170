//! Guessed 常见: words that whoever guesses passwords tries first.

use std::sync::LazyLock;

/// Beginnings that people reach for first; a password built on one is guessed first.
const BEGINNINGS: [&str; 9] = [
    "password",
    "passw0rd",
    "1234567890",
    "qwertyuiop",
    "letmein",
    "iloveyou",
    "administrator",
    "welcome",
    "woaini",
];

/// Words that stand alone in lists of leaked passwords, longest first.
static COMMON: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let lines = include_str!("common_passwords.txt").lines();
    let words = lines.filter(|line| !line.starts_with('#'));
    let mut words: Vec<&str> = words.flat_map(str::split_whitespace).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
});

/// Whether anybody who guesses would come to it soon: it begins as most do, repeats a few signs, or nothing is left of it
/// when the common words are taken out.
pub fn is_common(lower: &str) -> bool {
    if BEGINNINGS.iter().any(|common| lower.contains(common)) {
        return true;
    }
    let signs: Vec<char> = lower.chars().collect();
    let repeats = (1..=4).any(|step| {
        signs
            .iter()
            .zip(signs.iter().skip(step))
            .all(|(a, b)| a == b)
    });
    let left = COMMON
        .iter()
        .fold(lower.to_owned(), |left, word| left.replace(word, " "));
    repeats || left != lower && left.chars().filter(|sign| sign.is_alphabetic()).count() < 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_common_words_is_clean() {
        assert!(COMMON.len() >= 400, "{}", COMMON.len());
        let mut once = COMMON.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), COMMON.len(), "a word stands twice");
        for word in COMMON.iter() {
            assert_eq!(*word, word.to_lowercase());
            assert!(word.chars().count() >= 2, "{word}");
        }
    }
}

//! Payment words 付款方式: the codes of payment terms with their words, for every desk that offers a choice of them.

use super::T;

/// Whether this is the shape of a code of payment terms. The rule itself lies with the proforma desk; here only the
/// shape is asked, so that nothing carries a word nobody can read.
pub fn has_shape(code: &str) -> bool {
    let heads = ["TT_", "LC_", "DP_", "DA_", "OA_"];
    (4..=24).contains(&code.len())
        && heads.iter().any(|head| code.starts_with(head))
        && code
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

/// Usual payment terms with their words, and the one in use.
pub fn choices(t: T, held: &str) -> Vec<(String, String)> {
    let usual = [
        ("TT_30_70_COPY", t.base_terms_tt_30_70_copy()),
        ("TT_100_ADV", t.base_terms_tt_100_adv()),
        ("TT_50_50_BEFORE", t.base_terms_tt_50_50_before()),
        ("LC_SIGHT", t.base_terms_lc_sight()),
        ("LC_USANCE_30", t.base_terms_lc_usance_30()),
        ("LC_USANCE_60", t.base_terms_lc_usance_60()),
        ("LC_USANCE_90", t.base_terms_lc_usance_90()),
        ("TT_30_LC_70", t.base_terms_tt_30_lc_70()),
        ("DP_SIGHT", t.base_terms_dp_sight()),
        ("DA_60", t.base_terms_da_60()),
        ("OA_30", t.base_terms_oa_30()),
        ("OA_60", t.base_terms_oa_60()),
    ];
    let mut choices: Vec<(String, String)> = usual
        .iter()
        .map(|(code, word)| ((*code).to_owned(), (*word).to_owned()))
        .collect();
    if !held.is_empty() && !usual.iter().any(|(code, _)| *code == held) {
        choices.push((held.to_owned(), held.replace('_', " ")));
    }
    choices
}

/// The words of one code.
pub fn word(t: T, code: &str) -> String {
    choices(t, code)
        .into_iter()
        .find(|(known, _)| known == code)
        .map_or_else(|| code.to_owned(), |(_, word)| word)
}

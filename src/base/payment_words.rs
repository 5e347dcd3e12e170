//! Payment words 付款方式: the codes of payment terms with their words, for every desk that shows them.

use super::T;
use super::terms::Terms;

/// Whether this is the shape of what an order carries of its payment terms: a code, or a list written out. What a code
/// means is asked where it counts; here only that nothing carries a word nobody can read.
pub fn has_shape(code: &str) -> bool {
    let heads = ["TT_", "LC_", "DP_", "DA_", "OA_"];
    let code_like =
        (4..=24).contains(&code.len()) && heads.iter().any(|head| code.starts_with(head));
    code_like && is_code(code) || Terms::from_code(code).is_ok()
}

/// The shape of a card's own code, which a customer carries.
pub fn is_card(code: &str) -> bool {
    let heads = ["TT_", "LC_", "DP_", "DA_", "OA_", "PT_"];
    (4..=80).contains(&code.len())
        && heads.iter().any(|head| code.starts_with(head))
        && is_code(code)
}

fn is_code(code: &str) -> bool {
    code.bytes()
        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

/// The words of one code, or of a list written out.
pub fn word(t: T, code: &str) -> String {
    if let Some(usual) = usual(t, code) {
        return usual.to_owned();
    }
    let Ok(terms) = Terms::from_code(code) else {
        return code.replace('_', " ");
    };
    let parts: Vec<String> = terms.instalments().iter().map(|one| one.words(t)).collect();
    parts.join(" + ")
}

fn usual(t: T, code: &str) -> Option<&'static str> {
    Some(match code {
        "TT_30_70_COPY" => t.base_terms_tt_30_70_copy(),
        "TT_100_ADV" => t.base_terms_tt_100_adv(),
        "TT_50_50_BEFORE" => t.base_terms_tt_50_50_before(),
        "LC_SIGHT" => t.base_terms_lc_sight(),
        "LC_USANCE_30" => t.base_terms_lc_usance_30(),
        "LC_USANCE_60" => t.base_terms_lc_usance_60(),
        "LC_USANCE_90" => t.base_terms_lc_usance_90(),
        "TT_30_LC_70" => t.base_terms_tt_30_lc_70(),
        "DP_SIGHT" => t.base_terms_dp_sight(),
        "DA_60" => t.base_terms_da_60(),
        "OA_30" => t.base_terms_oa_30(),
        "OA_60" => t.base_terms_oa_60(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::Lang;
    use super::*;

    #[test]
    fn terms_of_ones_own_are_said_part_by_part() {
        let text = "MIX|30:DEPOSIT:BEFORE_PRODUCTION|70:OPEN_ACCOUNT:MATURITY:45:BL_DATE";
        assert_eq!(
            word(T(Lang::En), text),
            "T/T 30% before production + O/A 70% 45 days after B/L date"
        );
        assert_eq!(word(T(Lang::Zh), "OA_45"), "O/A 赊销 100% 提单日后 45 天");
        assert!(has_shape(text) && !has_shape("later") && !is_card("later"));
    }
}

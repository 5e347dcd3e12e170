//! Amounts in words 大写金额: `SAY US DOLLARS … ONLY` on English papers, 人民币…元整 on Chinese ones.

use super::Money;
use rust_decimal::prelude::ToPrimitive;

const SMALL: [&str; 20] = [
    "ZERO",
    "ONE",
    "TWO",
    "THREE",
    "FOUR",
    "FIVE",
    "SIX",
    "SEVEN",
    "EIGHT",
    "NINE",
    "TEN",
    "ELEVEN",
    "TWELVE",
    "THIRTEEN",
    "FOURTEEN",
    "FIFTEEN",
    "SIXTEEN",
    "SEVENTEEN",
    "EIGHTEEN",
    "NINETEEN",
];
const TENS: [&str; 10] = [
    "", "", "TWENTY", "THIRTY", "FORTY", "FIFTY", "SIXTY", "SEVENTY", "EIGHTY", "NINETY",
];
const GROUPS: [&str; 6] = [
    "",
    " THOUSAND",
    " MILLION",
    " BILLION",
    " TRILLION",
    " QUADRILLION",
];
const DIGITS: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];
const PLACES: [&str; 4] = ["", "拾", "佰", "仟"];
const WAN: [&str; 4] = ["", "万", "亿", "万亿"];

/// Whole units and the smallest units left over, e.g. 38,640.05 USD is (38640, 5). `None` when negative or beyond
/// what an invoice can hold.
fn units(money: Money) -> Option<(u64, u64)> {
    let amount = money.currency.round(money.amount);
    let whole = amount.trunc().to_u64()?;
    let mut rest = amount.fract();
    rest.set_scale(0).ok()?;
    Some((whole, rest.to_u64()?))
}

/// `SAY US DOLLARS THIRTY-EIGHT THOUSAND SIX HUNDRED AND FORTY ONLY`
pub fn in_english(money: Money) -> Option<String> {
    let (whole, rest) = units(money)?;
    let (major, minor) = names(money.currency.as_str());
    let major = major.map_or_else(|| money.currency.to_string(), str::to_owned);
    let mut text = format!("SAY {major} {}", cardinal(whole));
    if rest > 0 {
        text.push_str(" AND ");
        if let Some(minor) = minor {
            text.push_str(minor);
            text.push(' ');
            text.push_str(&cardinal(rest));
        } else {
            let places = money.currency.decimals();
            text.extend([rest.to_string(), format!("/{}", 10_u64.pow(places))]);
        }
    }
    text.push_str(" ONLY");
    Some(text)
}

fn names(code: &str) -> (Option<&'static str>, Option<&'static str>) {
    match code {
        "USD" => (Some("US DOLLARS"), Some("CENTS")),
        "EUR" => (Some("EUROS"), Some("CENTS")),
        "GBP" => (Some("POUNDS STERLING"), Some("PENCE")),
        "JPY" => (Some("JAPANESE YEN"), None),
        "CNY" => (Some("CHINESE YUAN"), Some("FEN")),
        "AUD" => (Some("AUSTRALIAN DOLLARS"), Some("CENTS")),
        "CAD" => (Some("CANADIAN DOLLARS"), Some("CENTS")),
        "HKD" => (Some("HONG KONG DOLLARS"), Some("CENTS")),
        "SGD" => (Some("SINGAPORE DOLLARS"), Some("CENTS")),
        "CHF" => (Some("SWISS FRANCS"), Some("RAPPEN")),
        "AED" => (Some("UAE DIRHAMS"), Some("FILS")),
        _ => (None, None),
    }
}

fn cardinal(number: u64) -> String {
    if number == 0 {
        return "ZERO".to_owned();
    }
    let mut groups = Vec::new();
    let mut left = number;
    for name in GROUPS {
        let group = left % 1000;
        if group > 0 {
            groups.push(format!("{}{name}", below_thousand(group)));
        }
        left /= 1000;
    }
    groups.reverse();
    groups.join(" ")
}

fn below_thousand(number: u64) -> String {
    let (hundreds, rest) = (number / 100, number % 100);
    let word = |n: u64| {
        SMALL
            .get(usize::try_from(n).unwrap_or(0))
            .copied()
            .unwrap_or("")
    };
    let tens = |n: u64| {
        TENS.get(usize::try_from(n).unwrap_or(0))
            .copied()
            .unwrap_or("")
    };
    let low = match rest {
        0 => String::new(),
        1..20 => word(rest).to_owned(),
        _ if rest.is_multiple_of(10) => tens(rest / 10).to_owned(),
        _ => format!("{}-{}", tens(rest / 10), word(rest % 10)),
    };
    match (hundreds, low.is_empty()) {
        (0, _) => low,
        (_, true) => format!("{} HUNDRED", word(hundreds)),
        (_, false) => format!("{} HUNDRED AND {low}", word(hundreds)),
    }
}

/// 叁万捌仟陆佰肆拾元整, as written on Chinese contracts and bank papers; two decimals (角, 分).
pub fn in_chinese(money: Money) -> Option<String> {
    let amount = super::Currency::CNY.round(money.amount);
    let (whole, cents) = units(Money::new(amount, super::Currency::CNY))?;
    let head = match money.currency.as_str() {
        "CNY" => "人民币".to_owned(),
        "USD" => "美元".to_owned(),
        "EUR" => "欧元".to_owned(),
        "GBP" => "英镑".to_owned(),
        "JPY" => "日元".to_owned(),
        other => other.to_owned(),
    };
    let digit = |n: u64| {
        DIGITS
            .get(usize::try_from(n).unwrap_or(0))
            .copied()
            .unwrap_or("")
    };
    let mut text = format!("{head}{}元", chinese_whole(whole));
    let (jiao, fen) = (cents / 10, cents % 10);
    match (jiao, fen) {
        (0, 0) => text.push('整'),
        (jiao, 0) => text.extend([digit(jiao), "角整"]),
        (0, fen) => text.extend(["零", digit(fen), "分"]),
        (jiao, fen) => text.extend([digit(jiao), "角", digit(fen), "分"]),
    }
    Some(text)
}

fn chinese_whole(number: u64) -> String {
    if number == 0 {
        return "零".to_owned();
    }
    let mut groups: Vec<u64> = Vec::new();
    let mut left = number;
    while left > 0 {
        groups.push(left % 10_000);
        left /= 10_000;
    }
    let mut text = String::new();
    let mut gap = false;
    for (place, group) in groups.iter().enumerate().rev() {
        if *group == 0 {
            gap = true;
            continue;
        }
        // A missing thousands place after a written group is spoken as one zero: 壹万零伍拾.
        if !text.is_empty() && (gap || *group < 1000) {
            text.push('零');
        }
        text.push_str(&chinese_group(*group));
        text.push_str(WAN.get(place).copied().unwrap_or(""));
        gap = false;
    }
    text
}

fn chinese_group(group: u64) -> String {
    let mut text = String::new();
    let mut zero = false;
    for place in (0..4_u32).rev() {
        let digit = group / 10_u64.pow(place) % 10;
        if digit == 0 {
            zero = !text.is_empty();
            continue;
        }
        if zero {
            text.push('零');
            zero = false;
        }
        text.push_str(
            DIGITS
                .get(usize::try_from(digit).unwrap_or(0))
                .copied()
                .unwrap_or(""),
        );
        text.push_str(
            PLACES
                .get(usize::try_from(place).unwrap_or(0))
                .copied()
                .unwrap_or(""),
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::Currency;
    use super::*;

    fn money(amount: &str, currency: &str) -> Money {
        Money::new(amount.parse().unwrap(), Currency::parse(currency).unwrap())
    }

    #[test]
    fn english_words_are_those_on_an_invoice() {
        let say = |amount, currency| in_english(money(amount, currency)).unwrap();
        assert_eq!(
            say("38640.00", "USD"),
            "SAY US DOLLARS THIRTY-EIGHT THOUSAND SIX HUNDRED AND FORTY ONLY"
        );
        assert_eq!(
            say("30863.05", "USD"),
            "SAY US DOLLARS THIRTY THOUSAND EIGHT HUNDRED AND SIXTY-THREE AND CENTS FIVE ONLY"
        );
        assert_eq!(say("1000000", "JPY"), "SAY JAPANESE YEN ONE MILLION ONLY");
        assert_eq!(say("0.10", "EUR"), "SAY EUROS ZERO AND CENTS TEN ONLY");
        assert_eq!(say("12.345", "KWD"), "SAY KWD TWELVE AND 345/1000 ONLY");
        assert_eq!(in_english(money("-1", "USD")), None);
    }

    #[test]
    fn chinese_words_put_one_zero_for_a_gap() {
        let say = |amount| in_chinese(money(amount, "CNY")).unwrap();
        assert_eq!(say("38640.00"), "人民币叁万捌仟陆佰肆拾元整");
        assert_eq!(say("10050.00"), "人民币壹万零伍拾元整");
        assert_eq!(say("100000001.05"), "人民币壹亿零壹元零伍分");
        assert_eq!(say("20004000.50"), "人民币贰仟万肆仟元伍角整");
        assert_eq!(say("107000.03"), "人民币壹拾万柒仟元零叁分");
    }
}

//! The form of a new order filled from a customer's sheet: its facts and lines as typed values.

use crate::intake::facts::Found;
use crate::intake::read::{Preview, PreviewLine};
use crate::web::Fields;

/// Lines and facts of a customer's sheet.
pub(super) fn fill(fields: &mut Fields, preview: &Preview) {
    let facts = &preview.facts;
    let text = |fact: &Option<Found<String>>| {
        fact.as_ref()
            .map(|fact| fact.value.clone())
            .unwrap_or_default()
    };
    fields.set("customer_reference", text(&facts.po_number));
    fields.set("packing", text(&facts.packing));
    fields.set("marks", text(&facts.shipping_mark));
    fields.set("currency", preview.currency.clone().unwrap_or_default());
    fields.set(
        "delivery_on",
        facts
            .delivery_day
            .as_ref()
            .map(|fact| fact.value.to_string())
            .unwrap_or_default(),
    );
    if let Some(terms) = &facts.delivery_terms {
        fields.set("incoterm", terms.value.incoterm.clone());
        fields.set("place", terms.value.place.clone().unwrap_or_default());
    }
    if let Some(said) = &facts.payment {
        fields.set("payment_said", said.value.clone());
        if let Some(code) = payment(&said.value) {
            fields.set("payment", code);
        }
    }
    if let Some(tolerance) = &facts.tolerance {
        fields.set(
            "tolerance",
            tolerance.value.over.max(tolerance.value.under).to_string(),
        );
    }
    for (row, line) in preview.lines.iter().enumerate() {
        fill_line(fields, row, line);
    }
}

/// The code of the terms a customer wrote; nothing where the words can be read in more than one way.
fn payment(said: &str) -> Option<&'static str> {
    let said = said.to_lowercase();
    let any = |words: &[&str]| words.iter().any(|word| said.contains(word));
    if any(&["l/c", "letter of credit", "信用证"]) {
        let usance = [
            ("30", "LC_USANCE_30"),
            ("60", "LC_USANCE_60"),
            ("90", "LC_USANCE_90"),
        ];
        if any(&["deposit", "定金", "t/t"]) {
            return (any(&["30%"]) && any(&["sight", "即期"])).then_some("TT_30_LC_70");
        }
        if any(&["sight", "即期"]) && !any(&["days", "天"]) {
            return Some("LC_SIGHT");
        }
        let mut days = usance.into_iter().filter(|(days, _)| said.contains(days));
        return days
            .next()
            .filter(|_| days.next().is_none())
            .map(|(_, code)| code);
    }
    if any(&["30%"]) && any(&["copy", "副本"]) {
        return Some("TT_30_70_COPY");
    }
    if any(&["50%"]) && any(&["before shipment", "出运前", "出货前"]) {
        return Some("TT_50_50_BEFORE");
    }
    (any(&["100%"]) && any(&["in advance", "预付", "前 t/t"])).then_some("TT_100_ADV")
}

fn fill_line(fields: &mut Fields, row: usize, line: &PreviewLine) {
    let mut put = |column: &str, value: Option<String>| {
        if let Some(value) = value {
            fields.set(&format!("lines[{row}][{column}]"), value);
        }
    };
    let described = [&line.description, &line.specification]
        .into_iter()
        .flatten()
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    let (english, chinese) = by_language(&described);
    let sizes = line
        .sizes
        .iter()
        .map(|(size, pieces)| format!("{size} {}", pieces.normalize()));
    let sizes = sizes.chain(
        line.size
            .clone()
            .zip(line.quantity)
            .map(|(size, pieces)| format!("{size} {}", pieces.normalize())),
    );
    put("style", line.item.clone());
    put("description", Some(english));
    put("description_zh", Some(chinese));
    put("colour", line.colour.clone());
    put("size", Some(sizes.collect::<Vec<_>>().join(", ")));
    put(
        "quantity",
        line.quantity.map(|figure| figure.normalize().to_string()),
    );
    put("unit", line.unit.clone());
    put("price", line.unit_price.map(|figure| figure.to_string()));
    put("hs_code", line.hs_code.clone());
    put("delivery", line.delivery.map(|day| day.to_string()));
    put("remark", line.remark.clone());
}

/// A bilingual description as its two names: what stands before the first Chinese character, and what begins there.
fn by_language(text: &str) -> (String, String) {
    let chinese = |sign: char| matches!(sign, '\u{3400}'..='\u{9FFF}');
    let cut = text.find(chinese).unwrap_or(text.len());
    let (english, rest) = text.split_at(cut);
    let tidy = |part: &str| {
        part.trim()
            .trim_end_matches([',', '/', '，'])
            .trim()
            .to_owned()
    };
    if english.trim().is_empty() && !rest.is_ascii() {
        return (String::new(), tidy(rest));
    }
    (tidy(english), tidy(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_customers_words_on_payment_choose_the_terms_or_nothing() {
        assert_eq!(
            payment("30% deposit by T/T, 70% against copy of B/L"),
            Some("TT_30_70_COPY")
        );
        assert_eq!(payment("Irrevocable L/C at sight"), Some("LC_SIGHT"));
        assert_eq!(payment("L/C 60 days after B/L date"), Some("LC_USANCE_60"));
        assert_eq!(payment("100% T/T in advance"), Some("TT_100_ADV"));
        assert_eq!(payment("30 days net"), None);
    }

    #[test]
    fn a_bilingual_description_is_two_names() {
        let pair = |english: &str, chinese: &str| (english.to_owned(), chinese.to_owned());
        assert_eq!(
            by_language("Men’s shirt, 120 g/m² 男式衬衫"),
            pair("Men’s shirt, 120 g/m²", "男式衬衫")
        );
        assert_eq!(by_language("LED 台灯"), pair("LED", "台灯"));
        assert_eq!(by_language("台灯 LED"), pair("", "台灯 LED"));
        assert_eq!(by_language("Lamp"), pair("Lamp", ""));
    }
}

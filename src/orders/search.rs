//! Search text of an order: everything it is looked for by, and its pairs of letters, so that two Chinese characters
//! are found as fast as six digits.

use super::act::OrderAct;
use super::lines::Line;
use crate::web::Result;
use std::collections::BTreeSet;

/// Rewrites what search looks in; called by every act that changes number, names, references or goods.
pub(super) async fn write(act: &mut OrderAct, lines: &[Line]) -> Result<()> {
    let order = act.order.clone();
    let customer = sqlx::query_scalar!(
        "select search from customer where id = $1",
        order.customer.0
    )
    .fetch_one(act.tx())
    .await?;
    let mut words: BTreeSet<String> = [
        order.number.as_str(),
        &order.title,
        &order.customer_reference,
        &customer,
    ]
    .into_iter()
    .map(str::to_lowercase)
    .collect();
    for line in lines {
        words.extend([
            line.item_no.to_lowercase(),
            line.description_en.to_lowercase(),
            line.description_zh.clone(),
        ]);
    }
    let text = words
        .into_iter()
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    sqlx::query!(
        "insert into order_search (order_id, text, grams) values ($1, $2, $3)
         on conflict (order_id) do update set text = excluded.text, grams = excluded.grams",
        order.id().0,
        text,
        &grams(&text),
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// Pairs of neighbouring letters of one word, lower-case; a single letter stands for itself.
pub fn grams(text: &str) -> Vec<String> {
    let mut pairs = BTreeSet::new();
    for word in text.to_lowercase().split_whitespace() {
        let letters: Vec<char> = word.chars().collect();
        if let [one] = letters.as_slice() {
            pairs.insert(one.to_string());
        }
        for pair in letters.windows(2) {
            pairs.insert(pair.iter().collect());
        }
    }
    pairs.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_chinese_characters_make_one_pair() {
        assert_eq!(grams("唛头"), ["唛头"]);
        assert_eq!(grams("HY26 a"), ["26", "a", "hy", "y2"]);
        assert!(grams("  ").is_empty());
    }
}

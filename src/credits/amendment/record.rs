//! Amendment 修改书: what it changes in the terms, and the record of it.

use super::stage::AmendmentStage;
use crate::base::T;
use crate::credits::terms::{self, Terms};
use crate::web::Faults;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Clone, Debug)]
pub struct Amendment {
    pub id: Uuid,
    pub sequence: i32,
    pub stage: AmendmentStage,
    pub received_on: NaiveDate,
    pub fields: Terms,
    pub changes: Vec<Changed>,
    pub words: String,
    pub version: i32,
}

/// One field of the credit before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    pub tag: String,
    pub from: String,
    pub to: String,
}

/// Fields of the message that say something about the amendment, not about the credit.
const OWN: [&str; 8] = ["26E", "30", "21", "22A", "23S", "71N", "rest", "72Z"];

/// The credit with the amendment in it.
pub fn applied(credit: &Terms, amendment: &Terms, faults: &mut Faults) -> Terms {
    let mut after = credit.clone();
    for (tag, text) in amendment.iter() {
        match tag {
            "32B" | "33B" => {}
            "45B" => after.set("45A", &lines(credit.get("45A"), text)),
            "46B" => after.set("46A", &lines(credit.get("46A"), text)),
            "47B" => after.set("47A", &lines(credit.get("47A"), text)),
            own if OWN.contains(&own) => {}
            _ => after.set(tag, text),
        }
    }
    let (more, less) = (amendment.get("32B"), amendment.get("33B"));
    if !more.is_empty() && !less.is_empty() {
        faults.add("f_33B", T::credits_fault_both_amounts);
    } else if !more.is_empty() || !less.is_empty() {
        let (tag, text) = if less.is_empty() {
            ("f_32B", more)
        } else {
            ("f_33B", less)
        };
        match changed_amount(credit.get("32B"), text, less.is_empty()) {
            Some(amount) => after.set("32B", &amount),
            None => faults.add(tag, T::credits_fault_money),
        }
    }
    after
}

fn changed_amount(held: &str, by: &str, raised: bool) -> Option<String> {
    let (currency, held) = terms::money(held)?;
    let (same, by) = terms::money(by)?;
    let after = if raised { held + by } else { held - by };
    (same == currency && after > Decimal::ZERO).then(|| {
        format!(
            "{currency} {}",
            crate::base::format::number(currency.round(after))
        )
    })
}

/// `/ADD/` lines are added, `/DELETE/` lines taken out, `/REPALL/` replaces all; words without a code are added.
fn lines(held: &str, change: &str) -> String {
    let mut lines: Vec<&str> = held.lines().collect();
    let mut adds = true;
    for line in change.lines() {
        let words = if let Some(words) = line.strip_prefix("/REPALL/") {
            lines.clear();
            adds = true;
            words
        } else if let Some(words) = line.strip_prefix("/ADD/") {
            adds = true;
            words
        } else if let Some(words) = line.strip_prefix("/DELETE/") {
            adds = false;
            words
        } else {
            line
        };
        if words.trim().is_empty() {
            continue;
        }
        if adds {
            lines.push(words);
        } else {
            lines.retain(|held| held.trim() != words.trim());
        }
    }
    lines.join("\n")
}

/// Field by field, what stands otherwise afterwards.
pub fn changes(before: &Terms, after: &Terms) -> Vec<Changed> {
    let mut tags: Vec<&str> = before
        .iter()
        .chain(after.iter())
        .map(|(tag, _)| tag)
        .collect();
    tags.sort_unstable();
    tags.dedup();
    tags.into_iter()
        .filter(|tag| before.get(tag) != after.get(tag))
        .map(|tag| Changed {
            tag: tag.to_owned(),
            from: before.get(tag).to_owned(),
            to: after.get(tag).to_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credits::field::{AMENDMENT, ISSUE};

    #[test]
    fn an_amendment_changes_only_what_it_names() {
        let credit = terms::split(
            ":32B:USD1000,\n:44C:261125\n:46A:+INVOICE\n+PACKING LIST",
            &ISSUE,
        );
        let change = terms::split(
            ":32B:USD50,\n:44C:261205\n:46B:/DELETE/+PACKING LIST\n/ADD/+CERTIFICATE",
            &AMENDMENT,
        );
        let mut faults = Faults::default();
        let after = applied(&credit, &change, &mut faults);
        assert!(faults.is_empty());
        assert_eq!(after.get("32B"), "USD 1,050.00");
        assert_eq!(after.get("44C"), "261205");
        assert_eq!(after.get("46A"), "+INVOICE\n+CERTIFICATE");
        assert_eq!(changes(&credit, &after).len(), 3);
    }

    #[test]
    fn both_amounts_or_another_currency_are_faults() {
        let credit = terms::split(":32B:USD1000,", &ISSUE);
        for text in [":32B:USD1,\n:33B:USD1,", ":32B:EUR1,", ":33B:USD1000,"] {
            let mut faults = Faults::default();
            applied(&credit, &terms::split(text, &AMENDMENT), &mut faults);
            assert!(!faults.is_empty(), "{text}");
        }
    }
}

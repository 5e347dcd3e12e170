//! Written out 自定条款: terms that follow no usual pattern, as one line that an order carries and anybody reads back.
//!
//! `MIX|30:DEPOSIT:BEFORE_PRODUCTION|70:BALANCE:MATURITY:45:BL_DATE`: the share in percent, the kind of money, its event,
//! then the days and the day they are counted from where there are any.

use super::{DueRule, Fault, Instalment, Part, Start, Terms, Trigger};
use rust_decimal::Decimal;

pub(super) const HEAD: &str = "MIX|";

impl Terms {
    /// What an order carries of these terms: their code, else the list written out.
    pub fn written(&self) -> String {
        self.code().unwrap_or_else(|| {
            let parts: Vec<String> = self.instalments().iter().map(write).collect();
            format!("{HEAD}{}", parts.join("|"))
        })
    }
}

fn write(one: &Instalment) -> String {
    let share = (one.share * Decimal::ONE_HUNDRED).normalize();
    let mut words = vec![
        share.to_string(),
        one.part.key().to_owned(),
        one.trigger.key().to_owned(),
    ];
    if one.due != DueRule::AT_ONCE {
        words.push(one.due.days.to_string());
        words.push(one.due.after.key().to_owned());
    }
    words.join(":").to_ascii_uppercase()
}

pub(super) fn read(list: &str) -> Result<Terms, Fault> {
    let parts: Option<Vec<Instalment>> = list.split('|').map(read_one).collect();
    Terms::new(parts.ok_or(Fault::UnknownCode)?)
}

fn read_one(text: &str) -> Option<Instalment> {
    let lower = text.to_ascii_lowercase();
    let mut words = lower.split(':');
    let share: Decimal = words.next()?.parse().ok()?;
    let part = known(Part::ALL, Part::key, words.next()?)?;
    let trigger = known(Trigger::ALL, Trigger::key, words.next()?)?;
    let due = match (words.next(), words.next(), words.next()) {
        (None, _, _) => DueRule::AT_ONCE,
        (Some(days), Some(after), None) => DueRule {
            days: days.parse().ok()?,
            after: known(Start::ALL, Start::key, after)?,
        },
        _ => return None,
    };
    let share = share / Decimal::ONE_HUNDRED;
    Some(Instalment {
        part,
        share,
        trigger,
        due,
    })
}

/// The one of them that is called so.
pub(super) fn known<K: Copy, const N: usize>(
    all: [K; N],
    key: fn(K) -> &'static str,
    word: &str,
) -> Option<K> {
    all.into_iter().find(|one| key(*one) == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_of_ones_own_are_written_out_and_read_back() {
        let text = "MIX|30:DEPOSIT:BEFORE_PRODUCTION|33.5:BALANCE:AGAINST_BL_COPY|36.5:OPEN_ACCOUNT:MATURITY:45:BL_DATE";
        let terms = Terms::from_code(text).unwrap();
        assert_eq!(terms.instalments().len(), 3);
        assert_eq!(terms.code(), None);
        assert_eq!(terms.written(), text);
        assert!(terms.needs_trust());
        let usual = Terms::from_code("MIX|30:DEPOSIT:BEFORE_PRODUCTION|70:BALANCE:AGAINST_BL_COPY");
        assert_eq!(usual.unwrap().written(), "TT_30_70_COPY");
    }

    #[test]
    fn what_is_no_whole_list_is_no_term() {
        for text in [
            "MIX|",
            "MIX|100",
            "MIX|100:DEPOSIT",
            "MIX|100:GOLD:PRESENTATION",
            "MIX|90:DEPOSIT:BEFORE_PRODUCTION",
            "MIX|100:OPEN_ACCOUNT:MATURITY:30",
            "MIX|100:OPEN_ACCOUNT:MATURITY:30:BL_DATE:MORE",
        ] {
            assert!(Terms::from_code(text).is_err(), "{text}");
        }
    }
}

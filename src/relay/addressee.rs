//! Addressee 收件方: to whom something is owed: a side, and of its factories or forwarders the one that is meant.

use super::ledger::Receipt;
use crate::base::{FactoryId, Party, T, tongues};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One factory, one forwarder, the customer; without a party the side as a whole, whoever belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Addressee {
    pub side: Party,
    pub party: Option<Uuid>,
}

impl From<Party> for Addressee {
    fn from(side: Party) -> Self {
        Self { side, party: None }
    }
}

impl From<FactoryId> for Addressee {
    fn from(factory: FactoryId) -> Self {
        Self {
            side: Party::Factory,
            party: Some(factory.0),
        }
    }
}

impl Addressee {
    /// `customer`, or `factory:0199…` as a form sends it.
    pub fn parse(text: &str) -> Option<Self> {
        let (side, party) = match text.split_once(':') {
            Some((side, party)) => (side, Some(party.parse().ok()?)),
            None => (text, None),
        };
        let side = Party::parse(side).filter(|side| Party::SIDES.contains(side))?;
        Some(Self { side, party })
    }

    pub fn code(self) -> String {
        match self.party {
            Some(party) => format!("{}:{party}", self.side.code()),
            None => self.side.code().to_owned(),
        }
    }

    /// The receipt is his.
    pub fn holds(self, receipt: &Receipt) -> bool {
        receipt.to_side == self.side.code() && (self.party.is_none() || self.party == receipt.party)
    }
}

/// `工厂`, or `工厂 启明制衣` where he has a name.
pub fn label(t: T, side: Party, name: &str) -> String {
    match tongues::own(t, name) {
        "" => side.label(t).to_owned(),
        name => format!("{} {name}", side.label(t)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_names_a_side_or_one_of_its_parties() {
        let one = Addressee::from(FactoryId(Uuid::from_u128(7)));
        assert_eq!(Addressee::parse(&one.code()), Some(one));
        let side = Addressee::from(Party::Customer);
        assert_eq!(Addressee::parse("customer"), Some(side));
        for wrong in ["", "manager", "factory:", "factory:7", "nobody:7"] {
            assert_eq!(Addressee::parse(wrong), None, "{wrong}");
        }
    }
}

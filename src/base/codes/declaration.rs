//! Customs declaration number 海关编号: office, year, direction, serial number; eighteen digits, no check digit.
//!
//! The pre-entry number 预录入编号 has the same shape. A line of a rebate claim 退税申报明细 names an item of a
//! declaration with twenty-one digits: the number, a nought, the item in two digits.

use super::{all_digits, piece, tidy};
use serde::{Deserialize, Serialize};

reasons! {
    /// Why this is no declaration number.
    Fault {
        Length = "length",
        Characters = "characters",
        Direction = "direction",
        Year = "year",
        Item = "item",
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    Export,
    Import,
}

impl Direction {
    pub fn key(self) -> &'static str {
        match self {
            Self::Export => "export",
            Self::Import => "import",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(into = "String")]
pub struct DeclarationNumber {
    text: String,
}

impl DeclarationNumber {
    /// No declaration is older than 2000 or younger than `this_year`.
    pub fn parse(text: &str, this_year: i32) -> Result<Self, Fault> {
        let text = tidy(text, &[]);
        if text.chars().count() != 18 {
            return Err(Fault::Length);
        }
        check(&text, this_year)?;
        Ok(Self { text })
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub fn customs_office(&self) -> &str {
        piece(&self.text, 0..4)
    }

    pub fn year(&self) -> i32 {
        year(&self.text)
    }

    pub fn direction(&self) -> Direction {
        match piece(&self.text, 8..9) {
            "0" => Direction::Export,
            _ => Direction::Import,
        }
    }

    pub fn serial(&self) -> &str {
        piece(&self.text, 9..18)
    }

    /// An import declaration cannot stand under an export order.
    pub fn is_export(&self) -> bool {
        self.direction() == Direction::Export
    }
}

impl std::fmt::Display for DeclarationNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<DeclarationNumber> for String {
    fn from(number: DeclarationNumber) -> Self {
        number.text
    }
}

/// One item of a declaration, as a rebate claim names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeclarationItem {
    declaration: DeclarationNumber,
    item: u8,
}

impl DeclarationItem {
    pub fn parse(text: &str, this_year: i32) -> Result<Self, Fault> {
        let text = tidy(text, &[]);
        if text.chars().count() != 21 {
            return Err(Fault::Length);
        }
        check(&text, this_year)?;
        let item = piece(&text, 19..21).parse().unwrap_or(0);
        if piece(&text, 18..19) != "0" || item == 0 {
            return Err(Fault::Item);
        }
        Ok(Self {
            declaration: DeclarationNumber {
                text: piece(&text, 0..18).to_owned(),
            },
            item,
        })
    }

    /// Nothing where the item cannot stand in two digits.
    pub fn of(declaration: DeclarationNumber, item: u8) -> Option<Self> {
        (1..=99)
            .contains(&item)
            .then_some(Self { declaration, item })
    }

    pub fn declaration(&self) -> &DeclarationNumber {
        &self.declaration
    }

    pub fn item(&self) -> u8 {
        self.item
    }
}

impl std::fmt::Display for DeclarationItem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}0{:02}", self.declaration, self.item)
    }
}

// The letters I and E in the ninth place belong to consolidated lists 集中申报清单, which are not declarations.
fn check(text: &str, this_year: i32) -> Result<(), Fault> {
    if !all_digits(text) {
        return Err(Fault::Characters);
    }
    if !matches!(piece(text, 8..9), "0" | "1") {
        return Err(Fault::Direction);
    }
    if !(2000..=this_year).contains(&year(text)) {
        return Err(Fault::Year);
    }
    Ok(())
}

fn year(text: &str) -> i32 {
    piece(text, 4..8).parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_says_its_office_year_and_direction() {
        let number = DeclarationNumber::parse("5304 2026 0 000001234", 2026).unwrap();
        assert_eq!(number.as_str(), "530420260000001234");
        assert_eq!((number.customs_office(), number.year()), ("5304", 2026));
        assert_eq!(number.serial(), "000001234");
        assert!(number.is_export());
        assert!(
            !DeclarationNumber::parse("530420261000001234", 2026)
                .unwrap()
                .is_export()
        );
    }

    #[test]
    fn the_first_failing_check_is_the_reason() {
        for (typed, fault) in [
            ("", Fault::Length),
            ("53042026000000123", Fault::Length),
            ("53042026E000001234", Fault::Characters),
            ("530420262000001234", Fault::Direction),
            ("530419990000001234", Fault::Year),
            ("530420270000001234", Fault::Year),
        ] {
            assert_eq!(DeclarationNumber::parse(typed, 2026), Err(fault), "{typed}");
        }
    }

    #[test]
    fn an_item_of_a_declaration_is_read_and_written_with_twenty_one_digits() {
        let item = DeclarationItem::parse("310420190101097816015", 2026).unwrap();
        assert_eq!(item.declaration().as_str(), "310420190101097816");
        assert_eq!(item.item(), 15);
        assert_eq!(item.to_string(), "310420190101097816015");
        let again = DeclarationItem::of(item.declaration().clone(), 7).unwrap();
        assert_eq!(again.to_string(), "310420190101097816007");
        assert_eq!(DeclarationItem::of(item.declaration().clone(), 0), None);
    }

    #[test]
    fn an_item_needs_its_nought_and_a_number_from_one() {
        let parse = |text| DeclarationItem::parse(text, 2026);
        assert_eq!(parse("310420190101097816115"), Err(Fault::Item));
        assert_eq!(parse("310420190101097816000"), Err(Fault::Item));
        assert_eq!(parse("310420190101097816"), Err(Fault::Length));
    }
}

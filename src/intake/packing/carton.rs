//! Cartons 箱: their numbers, sizes and short last ones, as factories write them.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::grid::number::half_width;

/// More cartons than this in one row are a slip of the pen.
const MOST_CARTONS: u32 = 100_000;

/// Length, width and height of a carton in centimetres.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartonSize {
    pub length: Decimal,
    pub width: Decimal,
    pub height: Decimal,
}

impl CartonSize {
    /// Cubic metres of one carton, unrounded.
    pub fn volume(&self) -> Option<Decimal> {
        self.length
            .checked_mul(self.width)?
            .checked_mul(self.height)?
            .checked_div(Decimal::from(1_000_000))
    }
}

/// A number of cartons, or a carton's number.
pub(super) fn whole(value: Decimal) -> Option<u32> {
    u32::try_from(value)
        .ok()
        .filter(|number| value.fract().is_zero() && (1..=MOST_CARTONS).contains(number))
}

/// `16-26`, `16~26`, `C/NO. 16 to 26`, `#7`.
pub(super) fn carton_range(text: &str) -> Option<(u32, u32)> {
    let text = half_width(text).to_lowercase();
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let (head, rest) = text.split_at(start);
    let head: String = head.chars().filter(|c| c.is_alphanumeric()).collect();
    if !matches!(
        head.as_str(),
        "" | "no" | "cno" | "ctn" | "ctnno" | "carton" | "cartonno" | "c" | "箱" | "箱号" | "第"
    ) {
        return None;
    }
    let rest = rest.trim().trim_end_matches(['箱', '号', '#']);
    let mut parts = rest
        .split(['-', '~', '–', '—', '至', '到', '_'])
        .flat_map(|part| part.split(" to "))
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let number = |part: &str| {
        part.trim_start_matches(['#', ' '])
            .parse::<u32>()
            .ok()
            .filter(|number| *number >= 1)
    };
    let from = number(parts.next()?)?;
    let to = parts.next().map_or(Some(from), number)?;
    (parts.next().is_none() && from <= to && to - from < MOST_CARTONS).then_some((from, to))
}

/// `末箱20件`, `尾箱 12 pcs`, `last carton 8 pcs`, `最后一箱12件`.
pub(super) fn last_carton(remark: &str) -> Option<Decimal> {
    const WORDS: [&str; 8] = [
        "末箱",
        "尾箱",
        "最后一箱",
        "last carton",
        "last ctn",
        "last box",
        "末件箱",
        "尾数箱",
    ];
    let text = half_width(remark).to_lowercase();
    let behind = WORDS.iter().find_map(|word| text.split_once(word))?.1;
    let start = behind.find(|c: char| c.is_ascii_digit()).filter(|start| {
        behind
            .get(..*start)
            .is_some_and(|gap| gap.chars().count() <= 6)
    })?;
    let digits: String = behind
        .get(start..)?
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    digits
        .parse()
        .ok()
        .filter(|pieces: &Decimal| *pieces > Decimal::ZERO)
}

/// `58*40*38`, `58×40×38 cm`, `580x400x380mm`.
pub(super) fn carton_size(text: &str, millimetres: bool) -> Option<CartonSize> {
    let text = half_width(text).to_lowercase();
    let millimetres = millimetres || text.contains("mm");
    let sides: Vec<Decimal> = text
        .split(['*', '×', 'x', '✕', '✖'])
        .map(|side| {
            side.trim()
                .trim_end_matches(['c', 'm', ' '])
                .trim()
                .parse::<Decimal>()
                .ok()
        })
        .collect::<Option<_>>()?;
    let ten = Decimal::TEN;
    let side = |value: Decimal| {
        if millimetres {
            value.checked_div(ten)
        } else {
            Some(value)
        }
    };
    match sides.as_slice() {
        [length, width, height] if sides.iter().all(|side| *side > Decimal::ZERO) => {
            Some(CartonSize {
                length: side(*length)?,
                width: side(*width)?,
                height: side(*height)?,
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carton_numbers_last_cartons_and_sizes_are_read_as_factories_write_them() {
        for (text, range) in [
            ("1-5", (1, 5)),
            ("16~26", (16, 26)),
            ("16—26", (16, 26)),
            ("3至5", (3, 5)),
            ("C/NO. 1-5", (1, 5)),
            ("#7", (7, 7)),
            ("7", (7, 7)),
            ("1 to 5", (1, 5)),
            ("１－５", (1, 5)),
            ("第8箱", (8, 8)),
        ] {
            assert_eq!(carton_range(text), Some(range), "{text}");
        }
        for bad in ["", "A-5", "5-1", "1-5-9", "0-3", "1,2,3", "1-9999999"] {
            assert_eq!(carton_range(bad), None, "{bad}");
        }
        for (text, pieces) in [
            ("末箱20件", 20),
            ("尾箱：12 pcs", 12),
            ("Last carton 8 pcs", 8),
            ("混装，最后一箱 6件", 6),
        ] {
            assert_eq!(last_carton(text), Some(pieces.into()), "{text}");
        }
        assert_eq!(last_carton("彩盒20件"), None);
        let size = |text, mm| {
            carton_size(text, mm).map(|size| {
                (
                    size.length.to_string(),
                    size.volume().unwrap().normalize().to_string(),
                )
            })
        };
        let expected = Some(("58".to_owned(), "0.08816".to_owned()));
        assert_eq!(size("58*40*38", false), expected);
        assert_eq!(size("58×40×38 cm", false), expected);
        assert_eq!(size("580X400X380mm", false), expected);
        assert_eq!(size("58*40", false), None);
    }
}

//! Span 起止: days from and to, as an address carries them: `2026-12-01..2026-12-31`, either side left open.

use crate::base::typed;
use chrono::NaiveDate;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::desk) struct Span {
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

impl Span {
    /// Takes the whole, or one side as its own field of a form; answers whether it meant anything.
    pub(super) fn take(&mut self, name: &str, value: &str) -> bool {
        let (from, until) = match name {
            "etd_from" => (value, ""),
            "etd_until" => ("", value),
            _ => value.split_once("..").unwrap_or((value, value)),
        };
        let sides = [(from, &mut self.from), (until, &mut self.until)];
        let mut known = true;
        for (text, side) in sides {
            if text.is_empty() {
                continue;
            }
            match typed::day(text) {
                Some(day) => *side = Some(day),
                None => known = false,
            }
        }
        known
    }

    pub(in crate::desk) fn text(self) -> String {
        if self == Self::default() {
            return String::new();
        }
        format!("{}..{}", side(self.from), side(self.until))
    }

    pub(in crate::desk) fn first(self) -> String {
        side(self.from)
    }

    pub(in crate::desk) fn last(self) -> String {
        side(self.until)
    }
}

fn side(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

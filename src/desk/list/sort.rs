//! Sort 排序: by what a list of orders is walked. Every key is a column of the order's own row, so that a page of a long
//! list costs what its rows cost; amount and last event are carried there by the end of each act.
//!
//! We chose to sort amounts by their figure in the order's own currency: a rate that is not the order's would move rows
//! from day to day. Where several currencies stand in one list the page says so. What a reader may not see of an amount
//! she may not learn from its place either, so to her that order has none.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) struct Sort {
    pub by: Key,
    pub descending: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) enum Key {
    Opened,
    Number,
    Delivery,
    Due,
    Amount,
    LastEvent,
}

impl Default for Sort {
    fn default() -> Self {
        Self {
            by: Key::Opened,
            descending: true,
        }
    }
}

impl Key {
    pub(in crate::desk) const ALL: [Self; 6] = [
        Self::Opened,
        Self::Number,
        Self::Delivery,
        Self::Due,
        Self::Amount,
        Self::LastEvent,
    ];

    pub(in crate::desk) const fn code(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Number => "number",
            Self::Delivery => "delivery",
            Self::Due => "due",
            Self::Amount => "amount",
            Self::LastEvent => "event",
        }
    }
}

impl Sort {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (descending, code) = text
            .strip_prefix('-')
            .map_or((false, text), |code| (true, code));
        let by = Key::ALL.into_iter().find(|key| key.code() == code)?;
        Some(Self { by, descending })
    }

    fn text(self) -> String {
        format!(
            "{}{}",
            if self.descending { "-" } else { "" },
            self.by.code()
        )
    }

    pub(super) fn unless_usual(self) -> String {
        if self == Self::default() {
            String::new()
        } else {
            self.text()
        }
    }
}

//! Page: what every page knows beside its own content: who reads, in which language, what hangs in the frame.
//!
//! Each page struct has a field `page: Page`; the layouts and the macros of `templates/parts` speak to it.

use super::{Faults, assets};
use crate::base::format::Plain;
use crate::base::{Lang, Money, T, format};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use rust_decimal::Decimal;

/// The one password of everybody in the demo, where nothing is anybody's.
pub const DEMO_PASSWORD: &str = "four-boats-at-dawn";

/// Light or dark; `Auto` follows the reader's system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    Auto,
    Light,
    Dark,
}

/// How high the rows of a list are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    Compact,
    #[default]
    Normal,
    Roomy,
}

macro_rules! codes {
    ($name:ident { $($variant:ident = $code:literal),+ }) => {
        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            pub fn parse(text: &str) -> Option<Self> {
                match text { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

codes!(Theme { Auto = "auto", Light = "light", Dark = "dark" });
codes!(Density { Compact = "compact", Normal = "normal", Roomy = "roomy" });

/// What the last act has to say on the page it leads to.
#[derive(Clone, Debug)]
pub struct Flash {
    pub kind: FlashKind,
    pub text: String,
    /// Where a POST takes the act back.
    pub undo: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlashKind {
    /// It is done: a toast, gone after twenty seconds.
    Done,
    /// Something to know; stays on the page.
    Note,
    /// Something went another way than asked; stays on the page.
    Warn,
}

/// The person in front of the page.
#[derive(Clone, Debug)]
pub struct Reader {
    pub name: String,
    pub initial: String,
    pub role_label: String,
}

impl Reader {
    pub fn new(name: impl Into<String>, role_label: impl Into<String>) -> Self {
        let name = name.into();
        let initial = name.chars().take(1).collect();
        Self {
            name,
            initial,
            role_label: role_label.into(),
        }
    }
}

/// Which part of the rail an entry stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Work,
    Data,
    House,
}

/// One entry of the rail 主导航. Entries without a right are left out, never greyed.
#[derive(Clone, Debug)]
pub struct Nav {
    pub href: &'static str,
    pub icon: &'static str,
    pub label: &'static str,
    pub count: Option<i64>,
    /// The count holds something late, and is shown even where the rail is folded.
    pub late: bool,
    pub current: bool,
    pub group: Group,
    /// The second key of the shortcut `g …`, empty for none.
    pub go: &'static str,
}

impl Nav {
    pub const fn new(
        group: Group,
        href: &'static str,
        icon: &'static str,
        label: &'static str,
    ) -> Self {
        Self {
            href,
            icon,
            label,
            count: None,
            late: false,
            current: false,
            group,
            go: "",
        }
    }

    #[must_use]
    pub const fn go(mut self, key: &'static str) -> Self {
        self.go = key;
        self
    }

    /// Nothing is shown for zero.
    #[must_use]
    pub const fn count(mut self, count: i64, late: bool) -> Self {
        self.count = if count > 0 { Some(count) } else { None };
        self.late = late;
        self
    }
}

/// One entry of the menu 新建 New.
#[derive(Clone, Debug)]
pub struct Start {
    pub href: &'static str,
    pub icon: &'static str,
    pub label: &'static str,
}

/// What the frame of every page shows.
#[derive(Clone, Debug)]
pub struct Page {
    pub t: T,
    pub lang: Lang,
    pub theme: Theme,
    pub density: Density,
    /// The house holds demo data: said on every page.
    pub demo: bool,
    pub company: String,
    /// Path and query of this page, where the language switch comes back to.
    pub here: String,
    pub csrf: String,
    pub flash: Option<Flash>,
    pub reader: Option<Reader>,
    pub starts: Vec<Start>,
    /// Unread notices; `None` hides the bell.
    pub bell: Option<i64>,
    /// Single-key shortcuts, which a person may switch off.
    pub shortcuts: bool,
    /// The moment of this request.
    pub at: DateTime<Utc>,
    pub zone: Tz,
    nav: Vec<Nav>,
}

impl Page {
    /// The frame before anybody has signed in.
    pub fn new(lang: Lang, at: DateTime<Utc>, zone: Tz) -> Self {
        Self {
            t: T(lang),
            lang,
            theme: Theme::default(),
            density: Density::default(),
            demo: false,
            company: String::new(),
            here: "/".to_owned(),
            csrf: String::new(),
            flash: None,
            reader: None,
            starts: Vec::new(),
            bell: None,
            shortcuts: true,
            at,
            zone,
            nav: Vec::new(),
        }
    }

    /// Hangs up the rail and marks the entry this page belongs to: the longest address that leads here.
    pub fn set_nav(&mut self, mut nav: Vec<Nav>) {
        let path = self.here.split('?').next().unwrap_or("/");
        let best = nav
            .iter()
            .filter(|entry| leads_to(entry.href, path))
            .map(|entry| entry.href)
            .max_by_key(|href| href.len());
        for entry in &mut nav {
            entry.current = Some(entry.href) == best;
        }
        self.nav = nav;
    }

    pub fn nav(&self) -> &[Nav] {
        &self.nav
    }

    pub fn nav_in(&self, group: Group) -> impl Iterator<Item = &Nav> {
        self.nav.iter().filter(move |entry| entry.group == group)
    }

    pub fn has_group(&self, group: Group) -> bool {
        self.nav_in(group).next().is_some()
    }

    /// The three places a thumb reaches: the first of the rail that are not views of another.
    pub fn dock(&self) -> impl Iterator<Item = &Nav> {
        let places = ["/", "/orders", "/approvals"];
        self.nav
            .iter()
            .filter(move |entry| places.contains(&entry.href))
    }

    /// A fresh one-time key for a form: the second arrival of the same key answers with the first result.
    pub fn key(&self) -> String {
        format!("{:032x}", rand::random::<u128>())
    }

    pub fn asset(&self, path: &str) -> String {
        assets::url(path)
    }

    /// The sprite that holds every sign and silhouette, without the part behind `#`.
    pub fn icons(&self) -> &'static str {
        assets::icons()
    }

    /// The sign that stands for a state; see the badge part.
    pub fn mark(&self, kind: &str) -> &'static str {
        match kind {
            "late" => "late",
            "due" => "due",
            "issue" => "problem",
            "doing" => "doing",
            "waiting" => "waiting",
            "skipped" => "skipped",
            "done" | "good" => "check",
            _ => "none",
        }
    }

    pub fn demo_password(&self) -> &'static str {
        DEMO_PASSWORD
    }

    /// The sign in a person's round picture: 沈 for 沈小禾, S for Shen Xiaohe.
    pub fn initial(&self, name: &str) -> String {
        name.chars().take(1).collect()
    }

    /// What is to be changed at a field, empty when it is right.
    pub fn fault(&self, faults: &Faults, field: &str) -> String {
        faults
            .of(field)
            .map_or_else(String::new, |fault| fault.text(self.t))
    }

    /// The colour family of a party or an audience, by its code.
    pub fn side(&self, code: &str) -> &'static str {
        match code {
            "us" => "us",
            "customer" => "cus",
            "factory" => "fac",
            "forwarder" => "fwd",
            _ => "int",
        }
    }

    /// The sign of a party, by its code; a colleague who decides otherwise.
    pub fn party_mark(&self, code: &str) -> &'static str {
        match code {
            "us" => "us",
            "customer" => "person",
            "factory" => "factory",
            "forwarder" => "ship",
            "bank" => "bank",
            "finance" | "tax_office" => "settle",
            _ => "approve",
        }
    }

    /// Whether a choice is the one made; a macro cannot compare texts of different types itself.
    pub fn same(&self, code: &str, value: &str) -> bool {
        code == value
    }

    pub fn today(&self) -> NaiveDate {
        format::local_day(self.at, self.zone)
    }

    /// The day a moment falls on where the house is.
    pub fn local_day(&self, at: impl Plain<DateTime<Utc>>) -> NaiveDate {
        format::local_day(at.plain(), self.zone)
    }

    pub fn day(&self, day: impl Plain<NaiveDate>) -> String {
        format::day_short(self.lang, day.plain(), self.today())
    }

    /// The day of a moment, in the company's zone.
    pub fn day_of(&self, at: impl Plain<DateTime<Utc>>) -> String {
        self.day(format::local_day(at.plain(), self.zone))
    }

    pub fn day_full(&self, day: impl Plain<NaiveDate>) -> String {
        format::day_full(self.lang, day.plain())
    }

    pub fn day_near(&self, day: impl Plain<NaiveDate>) -> String {
        format::day_near(self.lang, day.plain(), self.today())
    }

    pub fn due_day(&self, day: impl Plain<NaiveDate>) -> String {
        format::due_day(self.lang, day.plain(), self.today())
    }

    pub fn moment(&self, at: impl Plain<DateTime<Utc>>) -> String {
        format::moment(self.lang, at.plain(), self.zone, self.today())
    }

    pub fn moment_near(&self, at: impl Plain<DateTime<Utc>>) -> String {
        format::moment_near(self.lang, at.plain(), self.zone, self.today())
    }

    pub fn moment_iso(&self, at: impl Plain<DateTime<Utc>>) -> String {
        format::moment_iso(at.plain(), self.zone)
    }

    /// For `datetime` attributes that scripts read.
    pub fn moment_machine(&self, at: impl Plain<DateTime<Utc>>) -> String {
        at.plain().format("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    pub fn clock(&self, at: impl Plain<DateTime<Utc>>) -> String {
        format::clock(at.plain(), self.zone)
    }

    pub fn ago(&self, at: impl Plain<DateTime<Utc>>) -> String {
        format::ago(self.lang, at.plain(), self.at)
    }

    pub fn due(&self, due: impl Plain<DateTime<Utc>>) -> String {
        format::due(self.lang, due.plain(), self.at)
    }

    pub fn money(&self, money: impl Plain<Money>) -> String {
        format::money(self.lang, money.plain())
    }

    pub fn number(&self, figure: impl Plain<Decimal>) -> String {
        format::number(figure.plain())
    }

    pub fn quantity(&self, figure: impl Plain<Decimal>) -> String {
        format::quantity(figure.plain())
    }
}

/// Whether an address is the page or stands above it: `/orders` above `/orders/HY26-0171`, not above `/ordersheet`.
fn leads_to(href: &str, path: &str) -> bool {
    path == href
        || (href != "/"
            && path
                .strip_prefix(href)
                .is_some_and(|rest| rest.starts_with('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(here: &str) -> Page {
        let at = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        let mut page = Page::new(Lang::En, at, chrono_tz::Asia::Shanghai);
        page.here = here.to_owned();
        page.set_nav(vec![
            Nav::new(Group::Work, "/", "home", "Home"),
            Nav::new(Group::Work, "/orders", "orders", "Orders").count(0, true),
            Nav::new(Group::Work, "/orders/board", "board", "Board").count(4, true),
            Nav::new(Group::Data, "/customers", "person", "Customers"),
        ]);
        page
    }

    fn current(here: &str) -> Vec<&'static str> {
        let page = page(here);
        page.nav()
            .iter()
            .filter(|entry| entry.current)
            .map(|entry| entry.href)
            .collect()
    }

    #[test]
    fn the_rail_marks_the_nearest_address_above_the_page() {
        assert_eq!(current("/"), ["/"]);
        assert_eq!(current("/orders?step=6"), ["/orders"]);
        assert_eq!(current("/orders/HY26-0171"), ["/orders"]);
        assert_eq!(current("/orders/board"), ["/orders/board"]);
        assert_eq!(current("/ordersheet"), Vec::<&str>::new());
    }

    #[test]
    fn a_count_of_nothing_is_not_shown() {
        let page = page("/");
        let counts: Vec<Option<i64>> = page.nav().iter().map(|entry| entry.count).collect();
        assert_eq!(counts, [None, None, Some(4), None]);
        assert_eq!(page.nav_in(Group::Data).count(), 1);
    }

    #[test]
    fn every_form_gets_another_key() {
        let page = page("/");
        assert_ne!(page.key(), page.key());
        assert_eq!(page.key().len(), 32);
    }

    #[test]
    fn codes_are_read_back() {
        for theme in Theme::ALL {
            assert_eq!(Theme::parse(theme.code()), Some(*theme));
        }
        for density in Density::ALL {
            assert_eq!(Density::parse(density.code()), Some(*density));
        }
        assert_eq!(Theme::parse("pink"), None);
    }
}

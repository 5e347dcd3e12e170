//! Typed: what a form of this desk carried, read field by field as its kind says.

use super::asked::{Field, Kind};
use crate::base::{Channel, typed};
use crate::web::posted::Upload;
use crate::web::{Faults, Fields};
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone, Utc};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What was typed, read.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    texts: BTreeMap<&'static str, String>,
    days: BTreeMap<&'static str, NaiveDate>,
    moments: BTreeMap<&'static str, DateTime<Utc>>,
    figures: BTreeMap<&'static str, Decimal>,
    pub files: Vec<Upload>,
}

impl Typed {
    /// Nothing is read yet; these files came with it.
    pub(super) fn with(files: &[Upload]) -> Self {
        Self {
            files: files.to_vec(),
            ..Self::default()
        }
    }

    pub(super) fn take(
        &mut self,
        field: Field,
        fields: &Fields,
        (at, zone): (DateTime<Utc>, chrono_tz::Tz),
        faults: &mut Faults,
    ) {
        let (name, label) = (field.name, field.label);
        let text = fields.get(name);
        if text.is_empty() {
            if field.must {
                faults.say(name, move |t| t.shipping_field_missing(label(t)));
            }
            return;
        }
        if field.kind == Kind::Moment && matches!(moment(text, zone), Some(Err(Skipped))) {
            faults.say(name, move |t| {
                t.shipping_field_skipped(label(t), zone.name())
            });
            return;
        }
        let today = at.with_timezone(&zone).date_naive();
        let known_channel = name != "channel" || Channel::parse(text).is_some();
        if !self.reads(field, text, (today, zone)) || !known_channel {
            let past = field.kind == Kind::PastDay;
            faults.say(name, move |t| {
                if past {
                    t.shipping_field_not_past(label(t))
                } else {
                    t.shipping_field_unread(label(t))
                }
            });
        }
    }

    /// Keeps what the field holds, where it is what its kind says.
    fn reads(
        &mut self,
        field: Field,
        text: &str,
        (today, zone): (NaiveDate, chrono_tz::Tz),
    ) -> bool {
        let name = field.name;
        match field.kind {
            Kind::Line => self.keep(name, text, 200),
            Kind::Area => self.keep(name, text, 2_000),
            Kind::Check => self.keep(name, text, 3) && text == "yes",
            Kind::Pick => self.keep(name, text, 60),
            Kind::Port => self.keep(name, text, 80),
            Kind::Day | Kind::PastDay => typed::day(text)
                .filter(|day| field.kind == Kind::Day || *day <= today)
                .map(|day| self.days.insert(name, day))
                .is_some(),
            Kind::Moment => moment(text, zone)
                .and_then(Result::ok)
                .map(|moment| self.moments.insert(name, moment))
                .is_some(),
            Kind::Figure | Kind::Whole => typed::figure(text)
                .filter(|figure| *figure >= Decimal::ZERO && *figure <= Decimal::from(99_999_999))
                .filter(|figure| field.kind == Kind::Figure || figure.fract().is_zero())
                .filter(|figure| figure.normalize().scale() <= 3)
                .map(|figure| self.figures.insert(name, figure))
                .is_some(),
        }
    }

    fn keep(&mut self, name: &'static str, text: &str, most: usize) -> bool {
        self.texts.insert(name, text.to_owned());
        text.chars().count() <= most
    }

    pub fn text(&self, name: &str) -> &str {
        self.texts.get(name).map_or("", String::as_str)
    }

    pub fn on(&self, name: &str) -> bool {
        self.text(name) == "yes"
    }

    pub fn day(&self, name: &str) -> Option<NaiveDate> {
        self.days.get(name).copied()
    }

    pub fn moment(&self, name: &str) -> Option<DateTime<Utc>> {
        self.moments.get(name).copied()
    }

    pub fn figure(&self, name: &str) -> Option<Decimal> {
        self.figures.get(name).copied()
    }

    pub fn whole(&self, name: &str) -> Option<i32> {
        self.figure(name).and_then(|figure| figure.try_into().ok())
    }

    /// `Anna Lind (email)`, of who told it.
    pub fn told(&self) -> String {
        let (who, channel) = (self.text("who"), self.text("channel"));
        if who.is_empty() {
            return String::new();
        }
        let mut how: Vec<String> = Vec::new();
        if !channel.is_empty() {
            how.push(channel.to_owned());
        }
        how.extend(self.day("heard_on").map(|day| day.to_string()));
        how.extend(self.files.first().map(|file| file.name.clone()));
        let how = if how.is_empty() {
            String::new()
        } else {
            format!(" ({})", how.join(", "))
        };
        let said = match self.text("said") {
            "" => String::new(),
            said => format!(": {said}"),
        };
        format!("{who}{how}{said}")
    }
}

/// The clocks of the place went forward over this hour.
struct Skipped;

/// `2026-11-23T16:00` by the clocks of the place. An hour that comes twice in autumn is read as its first: a cut-off taken
/// an hour too early loses nothing.
fn moment(text: &str, zone: chrono_tz::Tz) -> Option<Result<DateTime<Utc>, Skipped>> {
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").ok()?;
    let moment = zone.from_local_datetime(&local).earliest();
    Some(
        moment
            .map(|moment| moment.with_timezone(&Utc))
            .ok_or(Skipped),
    )
}

/// A moment as the field shows it.
pub fn typed_moment(at: Option<DateTime<Utc>>, zone: chrono_tz::Tz) -> String {
    at.map(|at| at.with_timezone(&zone).format("%Y-%m-%dT%H:%M").to_string())
        .unwrap_or_default()
}

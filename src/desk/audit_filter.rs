//! What is looked for in the audit 查操作记录: whose acts, of which order, of which kind, from and to which day. It travels in
//! the address, so that a page, the next page and the workbook look for the same.

use crate::base::{OrderNumber, PersonId, typed};
use crate::history::timeline::Sought;
use crate::web::Page;
use crate::web::routes::percent;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    pub kind: String,
    pub person: String,
    pub order: String,
    pub from: String,
    pub until: String,
    pub before: String,
}

impl Asked {
    /// Nothing is looked for in particular.
    pub(super) fn is_plain(&self) -> bool {
        self.fields().iter().all(|(_, value)| value.is_empty())
    }

    fn fields(&self) -> [(&'static str, &str); 5] {
        [
            ("kind", self.kind.trim()),
            ("person", self.person.trim()),
            ("order", self.order.trim()),
            ("from", self.from.trim()),
            ("until", self.until.trim()),
        ]
    }

    /// The same without the place: what the next page and the workbook carry.
    pub(super) fn query(&self) -> String {
        let set = self.fields().into_iter();
        let set = set.filter(|(_, value)| !value.is_empty());
        let parts: Vec<String> = set
            .map(|(name, value)| format!("{name}={}", percent(value)))
            .collect();
        parts.join("&")
    }

    /// The page of this place; the first one where there is none.
    pub(super) fn at(&self, place: &str) -> String {
        let mut parts = vec![self.query()];
        if !place.is_empty() {
            parts.push(format!("before={}", percent(place)));
        }
        parts.retain(|part| !part.is_empty());
        if parts.is_empty() {
            "/audit".to_owned()
        } else {
            format!("/audit?{}", parts.join("&"))
        }
    }

    /// A day nobody can read is no filter; the field shows it as it was typed. A number that is no order's finds nothing.
    pub(super) fn sought(&self, page: &Page) -> Sought {
        let number = self.order.trim().to_ascii_uppercase();
        let order = OrderNumber::parse(&number).map_or(number, |order| order.to_string());
        let day = |text: &str| typed::day(text.trim());
        let begin = |day: Option<NaiveDate>| day.and_then(|day| midnight(day, page.zone));
        let last = day(&self.until).and_then(|day| day.succ_opt());
        Sought {
            person: self.person.trim().parse().ok().map(PersonId),
            order: Some(order).filter(|order| !order.is_empty()),
            from: begin(day(&self.from)),
            until: begin(last),
        }
    }
}

/// The first moment of a day where the company is.
fn midnight(day: NaiveDate, zone: chrono_tz::Tz) -> Option<DateTime<Utc>> {
    let local = day.and_time(NaiveTime::MIN);
    let moment = zone.from_local_datetime(&local).earliest()?;
    Some(moment.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_for_travels_with_the_place() {
        let asked = Asked {
            kind: "order".into(),
            order: " hy26-0001 ".into(),
            from: "2026-11-02".into(),
            ..Asked::default()
        };
        assert_eq!(asked.query(), "kind=order&order=hy26-0001&from=2026-11-02");
        assert!(asked.at("7.1.order:9").ends_with("&before=7.1.order%3A9"));
        assert!(!asked.is_plain());
        assert_eq!(Asked::default().at(""), "/audit");
        assert_eq!(Asked::default().at("x"), "/audit?before=x");
        assert!(Asked::default().is_plain());
    }

    #[test]
    fn a_day_begins_where_the_company_is() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 2).unwrap();
        let begun = midnight(day, chrono_tz::Asia::Shanghai).unwrap();
        assert_eq!(begun.to_rfc3339(), "2026-11-01T16:00:00+00:00");
    }
}

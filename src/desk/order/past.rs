//! What happened, as the order's pages say it: by day, in the colour of the party that spoke, and without figures that
//! the reader may not see.

use crate::base::{Audience, T, format};
use crate::history::event::Change;
use crate::history::sample_event::SampleEvent;
use crate::history::{Entry, Event};
use crate::orders::Order;
use crate::people::Deed;
use crate::web::Page;

/// One day of a timeline.
#[derive(Clone, Debug)]
pub(super) struct Day {
    pub heading: String,
    pub entries: Vec<Line>,
}

#[derive(Clone, Debug)]
pub(super) struct Line {
    pub seq: i64,
    /// Code of the party that spoke.
    pub side: &'static str,
    pub time: String,
    pub iso: String,
    pub text: String,
    pub audience: Option<Audience>,
    pub changes: Vec<Change>,
}

/// Groups entries, newest first, by the reader's days.
pub(super) fn days(entries: Vec<Entry>, order: &Order, page: &Page) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for entry in entries {
        let day = format::local_day(entry.at, page.zone);
        let heading = format::day_heading(page.lang, day, page.today());
        let line = line(entry, order, page);
        match days.last_mut().filter(|last| last.heading == heading) {
            Some(last) => last.entries.push(line),
            None => days.push(Day {
                heading,
                entries: vec![line],
            }),
        }
    }
    days
}

fn line(entry: Entry, order: &Order, page: &Page) -> Line {
    let t = page.t;
    let prices = order.reader_may(Deed::SeeCustomerPrices);
    let said = match &entry.event {
        Event::ProformaSubmitted { revision, .. } if !prices => t.desk_past_submitted(revision),
        _ => entry.text,
    };
    let text = match (entry.who, entry.on_behalf_of) {
        (Some(who), Some(manager)) => t.desk_past_for(who, manager, said),
        (Some(who), None) => t.desk_past_who(who, said),
        (None, _) => said,
    };
    let factory_prices = order.reader_may(Deed::SeeFactoryPrices);
    Line {
        seq: entry.seq,
        side: side(&entry.event),
        time: page.clock(entry.at),
        iso: page.moment_machine(entry.at),
        text,
        audience: match &entry.event {
            Event::FileStored { audience, .. } => Audience::parse(audience),
            _ => None,
        },
        changes: entry
            .changes
            .into_iter()
            .filter(|change| shown(&change.field, prices, factory_prices))
            .map(|change| named(change, page))
            .collect(),
    }
}

/// Whether a changed field may be shown: a price to who sees that price, a factory to who works with factories.
fn shown(field: &str, prices: bool, factory_prices: bool) -> bool {
    match field.rsplit('.').next().unwrap_or(field) {
        "price" | "exchange_cost" | "total" => prices,
        "factory" | "factory_price" => factory_prices,
        _ => true,
    }
}

fn named(change: Change, page: &Page) -> Change {
    let field = word(page.t, &change.field).unwrap_or_else(|| change.field.replace('_', " "));
    Change { field, ..change }
}

/// `lines.3.quantity` in the words of the sheet's head; none for a field of another desk.
pub(in crate::desk) fn word(t: T, field: &str) -> Option<String> {
    if let Some(of_note) = field.strip_prefix("sample.") {
        return Some(crate::samples::field_name(t, of_note).to_owned());
    }
    if let Some(of_line) = field.strip_prefix("lines.") {
        return Some(match of_line.split_once('.') {
            Some((place, column)) => {
                t.desk_past_cell(place, crate::orders::sheet::column_name(t, column))
            }
            None => t.desk_past_row(of_line),
        });
    }
    match field {
        "task.text" => Some(t.tasks_text().to_owned()),
        "task.due" => Some(t.tasks_day().to_owned()),
        _ => None,
    }
}

fn side(event: &Event) -> &'static str {
    let from = match event {
        Event::RelayHeard { from, .. }
        | Event::RelayAcknowledged { from, .. }
        | Event::RelayAnswered { from, .. } => from.as_str(),
        Event::ProformaConfirmed { .. }
        | Event::ProformaChangeRequested { .. }
        | Event::Sample(SampleEvent::SampleVerdictGiven { .. }) => "customer",
        Event::Sample(SampleEvent::SampleNoteAcknowledged { .. }) => "factory",
        _ => "us",
    };
    match from {
        "customer" => "customer",
        "factory" => "factory",
        "forwarder" => "forwarder",
        _ => "us",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_left_out_for_who_may_not_see_it() {
        assert!(shown("lines.1.quantity", false, false));
        assert!(!shown("lines.1.price", false, true));
        assert!(!shown("lines.1.factory_price", true, false));
        assert!(shown("lines.1.factory_price", true, true));
    }
}

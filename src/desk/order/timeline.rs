//! Page: the timeline 时间线 of an order with the ledger of its relays, where something heard is written down.

use super::ledger::{self, Card};
use super::past::{self, Day};
use crate::base::{By, Channel, OrderNumber, Party, T, tongues};
use crate::history::timeline as history;
use crate::orders::{self, Head, Order};
use crate::people::Deed;
use crate::relay::{self, Addressee};
use crate::web::{App, Error, Faults, Fields, Page, Result};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

/// Entries of one page.
const ENTRIES: i64 = 50;

#[derive(Template)]
#[template(path = "desk/timeline.html")]
struct TimelinePage {
    page: Page,
    head: Head,
    days: Vec<Day>,
    /// Where older entries begin; zero for none.
    older: i64,
    only: String,
    open: Vec<Card>,
    closed: Vec<Card>,
    again: Redrawn,
    hear_open: bool,
    /// Whom something heard can be told: the sides, and each factory where there are several.
    to: Vec<(String, String)>,
}

/// A refused form, drawn again as it was typed.
#[derive(Default)]
pub(super) struct Redrawn {
    /// The relay whose form it was; none for what was heard.
    relay: Option<i32>,
    fields: Fields,
    faults: Faults,
    hearing: bool,
}

impl Redrawn {
    pub(super) fn hearing(fields: Fields, faults: Faults) -> Self {
        Self {
            relay: None,
            fields,
            faults,
            hearing: true,
        }
    }

    pub(super) fn card(relay: i32, fields: Fields, faults: Faults) -> Self {
        Self {
            relay: Some(relay),
            fields,
            faults,
            hearing: false,
        }
    }
}

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    only: String,
    #[serde(default)]
    before: Option<i64>,
    #[serde(default)]
    hear: String,
}

impl TimelinePage {
    fn sides(&self) -> Vec<(&'static str, &'static str)> {
        Party::SIDES
            .into_iter()
            .map(|side| (side.code(), side.label(self.page.t)))
            .collect()
    }

    fn channels(&self) -> Vec<(&'static str, &'static str)> {
        Channel::ALL
            .into_iter()
            .map(|channel| (channel.code(), channel.label(self.page.t)))
            .collect()
    }

    fn filters(&self) -> [(&'static str, &'static str); 6] {
        [
            ("", self.page.t.desk_past_all()),
            ("relay", self.page.t.desk_kind_relay()),
            ("sample", self.page.t.desk_past_samples()),
            ("proforma", self.page.t.desk_past_papers()),
            ("order", self.page.t.desk_past_order()),
            ("file", self.page.t.desk_past_files()),
        ]
    }

    /// A value of the form for what was heard.
    fn typed(&self, name: &str) -> &str {
        if self.again.hearing {
            self.again.fields.get(name)
        } else {
            ""
        }
    }

    fn typed_or(&self, name: &str, usual: &'static str) -> &str {
        match self.typed(name) {
            "" => usual,
            typed => typed,
        }
    }

    /// What is to be changed at a field of the form for what was heard.
    fn fault(&self, name: &str) -> String {
        if self.again.hearing {
            self.page.fault(&self.again.faults, name)
        } else {
            String::new()
        }
    }

    fn relays_url(&self) -> String {
        format!("{}/relays", self.head.order.url())
    }

    fn timeline_url(&self) -> String {
        format!("{}/timeline", self.head.order.url())
    }

    fn ticked(&self, name: &str, value: &str) -> bool {
        self.again.hearing && self.again.fields.all(name).any(|typed| typed == value)
    }

    /// What was typed into the form of this relay.
    fn card_typed(&self, card: &Card, name: &str) -> &str {
        let to = Addressee::parse(self.again.fields.get("to"));
        let named = to.is_some_and(|to| {
            to.code() == card.to_code || (to.party.is_none() && to.side.code() == card.to)
        });
        let mine = named && self.again.relay == Some(card.number);
        if mine {
            self.again.fields.get(name)
        } else {
            ""
        }
    }

    /// The day typed into the form of this relay, today before anybody types.
    fn card_day(&self, card: &Card) -> String {
        match self.card_typed(card, "day") {
            "" => self.page.today().to_string(),
            day => day.to_owned(),
        }
    }

    /// Whether its receipt was refused: its form is drawn open then.
    fn refused(&self, card: &Card) -> bool {
        ["who", "channel", "words", "day"]
            .iter()
            .any(|name| !self.card_fault(card, name).is_empty())
    }

    fn card_fault(&self, card: &Card, name: &str) -> String {
        if self.again.relay == Some(card.number) {
            self.page.fault(&self.again.faults, name)
        } else {
            String::new()
        }
    }
}

/// What happens to samples and their parcels.
const SAMPLES: &[&str] = &[
    "sample_note_drafted",
    "sample_note_changed",
    "sample_note_submitted",
    "sample_note_withdrawn",
    "sample_note_revised",
    "sample_note_signed",
    "sample_note_returned",
    "sample_note_sent",
    "sample_note_acknowledged",
    "sample_received",
    "sample_note_voided",
    "sample_verdict_given",
    "parcel_packed",
    "parcel_changed",
    "parcel_dispatched",
    "tracking_number_passed_on",
    "parcel_delivered",
    "parcel_lost",
    "parcel_returned",
    "parcel_called_off",
];

/// Kinds of events that a filter shows.
#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
fn kinds(only: &str) -> Vec<String> {
    let kinds: &[&str] = match only {
        "relay" => &[
            "relay_heard",
            "relay_passed",
            "relay_acknowledged",
            "relay_answered",
            "relay_withdrawn",
        ],
        "sample" => SAMPLES,
        "proforma" => &[
            "proforma_drafted",
            "proforma_changed",
            "proforma_submitted",
            "proforma_withdrawn",
            "proforma_revised",
            "proforma_approved",
            "proforma_returned",
            "proforma_sent",
            "proforma_confirmed",
            "proforma_change_requested",
            "proforma_lapsed",
            "proforma_voided",
            "approval_reminded",
            "approval_handed_on",
        ],
        "order" => &[
            "order_opened",
            "order_changed",
            "lines_changed",
            "order_reassigned",
            "step_done",
            "steps_skipped",
            "step_reopened",
            "order_held",
            "order_resumed",
            "order_dropped",
        ],
        "file" => &["file_stored", "note_written"],
        _ => &[],
    };
    kinds.iter().map(|kind| (*kind).to_owned()).collect()
}

pub(super) async fn show(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>> {
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = orders::find(&mut db, &by, &number).await?;
    draw(&mut db, &order, page, asked, Redrawn::default()).await
}

/// A refused form: 422 to who may do this at all, else as the gate says.
pub(super) async fn again(
    app: &App,
    by: &By,
    page: Page,
    (number, deed): (&str, Deed),
    again: Redrawn,
) -> Result<Response> {
    let number = OrderNumber::parse(number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = orders::find(&mut db, by, &number).await?;
    order.must(by, deed)?;
    let html = draw(&mut db, &order, page, Asked::default(), again).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

async fn draw(
    db: &mut sqlx::PgConnection,
    order: &Order,
    page: Page,
    asked: Asked,
    again: Redrawn,
) -> Result<Html<String>> {
    let stream = format!("order:{}", order.id());
    let walk = (asked.before, ENTRIES + 1);
    let mut entries =
        history::read_kinds(db, &stream, page.lang, &kinds(&asked.only), walk).await?;
    let more = i64::try_from(entries.len()).is_ok_and(|len| len > ENTRIES);
    entries.truncate(usize::try_from(ENTRIES).unwrap_or(50));
    let earlier = entries.last().filter(|_| more).map_or(0, |entry| entry.seq);
    let cards = ledger::cards(db, order, &page).await?;
    let (closed, open) = cards.into_iter().partition(|card: &Card| card.closed);
    let head = Head::load(db, order, "timeline", &page).await?;
    Ok(Html(
        TimelinePage {
            days: past::days(entries, order, &page),
            hear_open: again.hearing || asked.hear == "yes",
            to: addressees(db, order, page.t).await?,
            only: asked.only,
            older: earlier,
            open,
            closed,
            again,
            head,
            page,
        }
        .render()?,
    ))
}

async fn addressees(
    db: &mut sqlx::PgConnection,
    order: &Order,
    t: T,
) -> Result<Vec<(String, String)>> {
    let mut makers = relay::sql::named_makers(db, order.id()).await?;
    if makers.len() < 2 {
        makers.clear();
    }
    let sides = Party::SIDES.into_iter().flat_map(|side| {
        let word = match side {
            Party::Factory if !makers.is_empty() => t.desk_to_every_factory(),
            _ => side.label(t),
        };
        let those = makers.iter().filter(move |(to, _)| to.side == side);
        let whole = (side.code().to_owned(), word.to_owned());
        std::iter::once(whole)
            .chain(those.map(move |(to, name)| (to.code(), tongues::own(t, name).to_owned())))
    });
    Ok(sides.collect())
}

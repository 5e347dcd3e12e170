//! The factory's answer 回执: recorded by a colleague with who, channel, day and evidence. It takes the order as it is, or
//! proposes another day, other quantities, other prices.

use super::counter::{Counter, Proposed};
use super::find::{self, Found};
use super::paper::{Answered, ProductionOrder};
use super::sources_sql;
use super::stage::Move;
use super::{deciding, fields, questions, stage_sql};
use crate::base::{Audience, By, Channel, format, typed};
use crate::history::Event;
use crate::history::event::Change;
use crate::history::production_event::ProductionEvent;
use crate::orders::{self, Order, OrderAct};
use crate::people::Deed;
use crate::production::owed;
use crate::proforma::content::Content as Ordered;
use crate::web::posted::Upload;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use chrono::{DateTime, NaiveDate, TimeZone, Utc};

const FIELDS: [&str; 7] = [
    "answer",
    "who",
    "channel",
    "day",
    "words",
    "delivery_on",
    "lines[]",
];

#[derive(Template)]
#[template(path = "production/answer.html")]
struct AnswerPage {
    page: Page,
    order: Order,
    paper: ProductionOrder,
    rows: Vec<AnswerRow>,
    channels: Vec<(String, String)>,
    fields: Fields,
    faults: Faults,
}

struct AnswerRow {
    id: String,
    name: String,
    unit: String,
    quantity: String,
    price: String,
    quantity_fault: String,
    price_fault: String,
}

impl AnswerPage {
    fn url(&self) -> String {
        format!("{}/production/{}", self.order.url(), self.paper.key)
    }
}

pub(super) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, paper)): Path<(String, String)>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let found = may(&mut db, &by, &number, &paper).await?;
    draw(page, found, None)
}

async fn may(db: &mut sqlx::PgConnection, by: &By, number: &str, paper: &str) -> Result<Found> {
    let found = find::find(db, by, number, paper).await?;
    found
        .order
        .must(by, Deed::RecordProductionAcknowledgement)?;
    found.paper.after(Move::Acknowledge)?;
    Ok(found)
}

/// The form as the paper stands: what is not typed over is as we ordered it.
fn stored(page: &Page, paper: &ProductionOrder) -> Fields {
    let mut fields = Fields::default();
    fields.set("day", page.today().to_string());
    let issued = paper.issued.as_ref();
    fields.set(
        "who",
        issued.map(|issued| issued.to.clone()).unwrap_or_default(),
    );
    let channel = issued.map(|issued| issued.channel.clone());
    fields.set("channel", channel.unwrap_or_default());
    let day = paper.wording.delivery_on.map(|day| day.to_string());
    fields.set("delivery_on", day.unwrap_or_default());
    for (row, given) in paper.lines.iter().enumerate() {
        let price = given.unit_price.map(|price| price.to_string());
        fields.set(&format!("lines[{row}][id]"), given.line.to_string());
        fields.set(
            &format!("lines[{row}][quantity]"),
            given.quantity.to_string(),
        );
        fields.set(&format!("lines[{row}][price]"), price.unwrap_or_default());
    }
    fields
}

fn draw(page: Page, found: Found, typed: Option<(Fields, Faults)>) -> Result<Html<String>> {
    let Found { order, paper, .. } = found;
    let (fields, faults) = typed.unwrap_or_else(|| (stored(&page, &paper), Faults::default()));
    let fault = |row: usize, column: &str| page.fault(&faults, &format!("lines[{row}][{column}]"));
    let lines = paper.lines.iter().zip(paper.line_names()).enumerate();
    let page = AnswerPage {
        rows: lines
            .map(|(row, (given, (name, unit)))| AnswerRow {
                id: given.line.to_string(),
                quantity: fields.cell("lines", row, "quantity").to_owned(),
                price: fields.cell("lines", row, "price").to_owned(),
                quantity_fault: fault(row, "quantity"),
                price_fault: fault(row, "price"),
                name,
                unit,
            })
            .collect(),
        channels: questions::channels(page.t),
        order,
        paper,
        fields,
        faults,
        page,
    };
    Ok(Html(page.render()?))
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, paper)): Path<(String, String)>,
    form: Keyed,
) -> Result<Response> {
    form.only(&FIELDS)?;
    match received(&app, by.clone(), &page, (&number, &paper), &form).await {
        Err(Error::Invalid(faults)) => {
            let mut db = app.db.acquire().await?;
            let found = may(&mut db, &by, &number, &paper).await?;
            let html = draw(page, found, Some((form.fields, faults)))?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        done => Ok(done?.into_response()),
    }
}

async fn received(
    app: &App,
    by: By,
    page: &Page,
    (number, paper): (&str, &str),
    form: &Keyed,
) -> Result<Answer> {
    let (mut act, paper) = find::begin(app, by, number, paper, &form.key).await?;
    act.must(Deed::RecordProductionAcknowledgement)?;
    paper.after(Move::Acknowledge)?;
    let zone = app.config.zone;
    let mut said = read(&form.fields, &form.files, &paper, (page.at, zone))?;
    if let Some(file) = form.files.first() {
        // A factory's answer names its prices, so it is shut to who may not see them.
        let kept =
            orders::keep_file(app, &mut act, file, "factory_quote", Audience::Internal).await?;
        said.answer.evidence = Some(kept.0);
    }
    let countered = said.counter.is_some();
    record(&mut act, &paper, &said).await?;
    let url = format!("{}/production/{}", act.order.url(), paper.key);
    let answer = if countered {
        Answer::to(url).tell(page.t, crate::base::T::production_counter_recorded)
    } else {
        Answer::to(url).tell(page.t, crate::base::T::production_acknowledged)
    };
    act.finish(answer).await
}

/// The factory's answer as typed: yes where it proposes nothing.
#[derive(Clone, Debug)]
pub struct Said {
    pub answer: Answered,
    pub counter: Option<Counter>,
}

/// An answer needs who, how, when and evidence: a file, or the factory's words.
fn read(
    fields: &Fields,
    files: &[Upload],
    paper: &ProductionOrder,
    (at, zone): (DateTime<Utc>, chrono_tz::Tz),
) -> Result<Said, Faults> {
    let mut faults = Faults::default();
    let (who, words) = (fields.get("who"), fields.get("words"));
    if who.is_empty() {
        faults.add("who", crate::base::T::production_who_missing);
    }
    let channel = Channel::parse(fields.get("channel"));
    if channel.is_none() {
        faults.add("channel", crate::base::T::production_channel_missing);
    }
    let today = at.with_timezone(&zone).date_naive();
    let day = typed::day(fields.get("day")).filter(|day| *day <= today);
    if day.is_none() {
        faults.add("day", crate::base::T::production_day_not_past);
    }
    if words.is_empty() && files.is_empty() {
        faults.add("evidence", crate::base::T::production_evidence_missing);
    }
    let counter = match fields.get("answer") {
        "acknowledged" => None,
        "counter" => Some(proposed(fields, paper, &mut faults)),
        _ => {
            faults.add("answer", crate::base::T::production_answer_missing);
            None
        }
    };
    let (Some(channel), Some(day), true) = (channel, day, faults.is_empty()) else {
        return Err(faults);
    };
    let answer = Answered {
        at: moment_of(day, at, zone),
        by: who.chars().take(120).collect(),
        channel: channel.code().to_owned(),
        words: words.chars().take(2_000).collect(),
        evidence: None,
    };
    Ok(Said { answer, counter })
}

/// What the factory proposes: the paper's own lines with what was typed over them.
fn proposed(fields: &Fields, paper: &ProductionOrder, faults: &mut Faults) -> Counter {
    let delivery_on = fields::day(fields, "delivery_on", faults);
    if delivery_on.is_none() && faults.of("delivery_on").is_none() {
        faults.add("delivery_on", crate::base::T::production_not_a_day);
    }
    let mut lines = Vec::new();
    for given in &paper.lines {
        let row = (0..fields.rows("lines"))
            .find(|row| fields.cell("lines", *row, "id") == given.line.to_string());
        let typed = |column: &str, faults: &mut Faults| {
            row.and_then(|row| fields::figure(fields, (row, column), faults))
        };
        lines.push(Proposed {
            line: given.line,
            quantity: typed("quantity", faults).unwrap_or_default(),
            unit_price: typed("price", faults),
        });
    }
    let counter = Counter { delivery_on, lines };
    if faults.is_empty() && !counter.differs_from(paper) {
        faults.add("answer", crate::base::T::production_counter_same);
    }
    let unpriced = |line: &Proposed| !line.quantity.is_zero() && line.unit_price.is_none();
    if counter.lines.iter().any(unpriced) {
        faults.add("answer", crate::base::T::production_counter_unpriced);
    }
    counter
}

/// An answer of today is of this moment; one of an earlier day is of that day's noon.
fn moment_of(day: NaiveDate, at: DateTime<Utc>, zone: chrono_tz::Tz) -> DateTime<Utc> {
    if day == at.with_timezone(&zone).date_naive() {
        return at;
    }
    day.and_hms_opt(12, 0, 0)
        .and_then(|noon| zone.from_local_datetime(&noon).earliest())
        .map_or(at, |noon| noon.with_timezone(&Utc))
}

/// The act: acknowledged, or something else proposed; the manager is asked at once where it needs her.
pub async fn record(act: &mut OrderAct, paper: &ProductionOrder, said: &Said) -> Result<()> {
    act.must_move()?;
    let (step, deed) = match said.counter {
        None => (Move::Acknowledge, Deed::RecordProductionAcknowledgement),
        Some(_) => (Move::CounterPropose, Deed::RecordCounterProposal),
    };
    act.must(deed)?;
    let stage = paper.after(step)?;
    let answer = &said.answer;
    stage_sql::note_answer(act, paper, answer, said.counter.as_ref()).await?;
    stage_sql::save_stage(act, paper, stage).await?;
    if let Some(relay) = paper.relay {
        owed::acknowledge(act, relay, &answer.by).await?;
    }
    let (paper_name, who, channel) = (paper.name(), answer.by.clone(), answer.channel.clone());
    let event = match &said.counter {
        None => ProductionEvent::ProductionOrderAcknowledged {
            paper: paper_name,
            who,
            channel,
        },
        Some(counter) => {
            let order = act.order.clone();
            let in_force = sources_sql::in_force(act.tx(), &order).await?;
            let ordered = in_force.as_ref().map(|found| &found.ordered);
            deciding::ask_where_needed(act, paper, counter, ordered).await?;
            ProductionEvent::ProductionCounterProposed {
                paper: paper_name,
                who,
                channel,
                changes: changes(paper, counter, ordered),
            }
        }
    };
    act.happened(&Event::Production(event)).await
}

/// What differs from the paper; prices under the name that pages hide from who may not see them.
pub(super) fn changes(
    paper: &ProductionOrder,
    counter: &Counter,
    ordered: Option<&Ordered>,
) -> Vec<Change> {
    let day = |day: Option<NaiveDate>| day.map(format::day_iso).unwrap_or_default();
    let mut found: Vec<Change> = Change::between(
        "delivery_on",
        &day(paper.wording.delivery_on),
        &day(counter.delivery_on),
    )
    .into_iter()
    .collect();
    if let Some(ordered) = ordered {
        found.extend(fields::of_lines(ordered, &paper.lines, &counter.accepted()));
    }
    found
}

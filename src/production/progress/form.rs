//! Recording progress 登记进度: what the factory said of each line and stage, with photos and the day it now expects the
//! goods. A day past the agreed one is a problem of the order and is owed to the customer.

use super::report::{self, Done, Report, Stage};
use super::sql;
use crate::base::{Audience, By, Channel, T, format, typed};
use crate::history::Event;
use crate::history::event::Change;
use crate::history::production_event::ProductionEvent;
use crate::orders::{self, Order, OrderAct};
use crate::people::Deed;
use crate::production::order::find::{self, Found};
use crate::production::order::paper::{ProductionOrder, Refusal};
use crate::production::order::{channels, note_expected};
use crate::production::slips;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;

const FIELDS: [&str; 6] = ["day", "expected_on", "who", "channel", "words", "at[]"];

#[derive(Template)]
#[template(path = "production/progress.html")]
struct ProgressPage {
    page: Page,
    order: Order,
    paper: ProductionOrder,
    stages: [Stage; 5],
    rows: Vec<ProgressRow>,
    channels: Vec<(String, String)>,
    fields: Fields,
    faults: Faults,
}

struct ProgressRow {
    id: String,
    name: String,
    unit: String,
    quantity: Decimal,
    cells: Vec<ProgressCell>,
}

struct ProgressCell {
    stage: Stage,
    value: String,
    fault: String,
}

impl ProgressPage {
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
    draw(&mut db, page, found, None).await
}

async fn may(db: &mut PgConnection, by: &By, number: &str, paper: &str) -> Result<Found> {
    let found = find::find(db, by, number, paper).await?;
    found.order.must(by, Deed::ReportProgress)?;
    takes(&found.paper)?;
    Ok(found)
}

/// Progress is told of what the factory has agreed to make and has not finished.
fn takes(paper: &ProductionOrder) -> Result<(), Refusal> {
    if paper.stage.takes_progress() {
        Ok(())
    } else {
        Err(Refusal::NotFromHere {
            paper: paper.name(),
            stage: paper.stage,
        })
    }
}

/// The form with what was last said, to be typed over.
fn stored(page: &Page, paper: &ProductionOrder, reports: &[Report]) -> Fields {
    let mut fields = Fields::default();
    let latest = report::latest(reports, paper.key.number);
    fields.set("day", page.today().to_string());
    let who = paper.answered.as_ref().map(|answer| answer.by.clone());
    fields.set("who", who.unwrap_or_default());
    fields.set("channel", Channel::Wechat.code());
    let expected = paper.expected_on.or(paper.wording.delivery_on);
    fields.set(
        "expected_on",
        expected.map(|day| day.to_string()).unwrap_or_default(),
    );
    for (row, given) in paper.lines.iter().enumerate() {
        for stage in Stage::ALL {
            let done = report::at(&latest, given.line, stage);
            let value = if done.is_zero() {
                String::new()
            } else {
                done.to_string()
            };
            fields.set(&format!("at[{row}][{}]", stage.code()), value);
        }
    }
    fields
}

async fn draw(
    db: &mut PgConnection,
    page: Page,
    found: Found,
    typed: Option<(Fields, Faults)>,
) -> Result<Html<String>> {
    let Found { order, paper, .. } = found;
    let reports = sql::list_for(db, &order).await?;
    let (fields, faults) =
        typed.unwrap_or_else(|| (stored(&page, &paper, &reports), Faults::default()));
    let cell = |row: usize, stage: Stage| ProgressCell {
        value: fields.cell("at", row, stage.code()).to_owned(),
        fault: page.fault(&faults, &format!("at[{row}][{}]", stage.code())),
        stage,
    };
    let lines = paper.lines.iter().zip(paper.line_names()).enumerate();
    let page = ProgressPage {
        rows: lines
            .map(|(row, (given, (name, unit)))| ProgressRow {
                id: given.line.to_string(),
                quantity: given.quantity,
                cells: Stage::ALL.map(|stage| cell(row, stage)).into(),
                name,
                unit,
            })
            .collect(),
        stages: Stage::ALL,
        channels: channels(page.t),
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
    match said(&app, by.clone(), &page, (&number, &paper), &form).await {
        Err(Error::Invalid(faults)) => {
            let mut db = app.db.acquire().await?;
            let found = may(&mut db, &by, &number, &paper).await?;
            let html = draw(&mut db, page, found, Some((form.fields, faults))).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        done => Ok(done?.into_response()),
    }
}

async fn said(
    app: &App,
    by: By,
    page: &Page,
    (number, paper): (&str, &str),
    form: &Keyed,
) -> Result<Answer> {
    let (mut act, paper) = find::begin(app, by, number, paper, &form.key).await?;
    act.must(Deed::ReportProgress)?;
    takes(&paper)?;
    let order = act.order.clone();
    let reports = sql::list_for(act.tx(), &order).await?;
    let latest = report::latest(&reports, paper.key.number);
    let when = (page.today(), page.at);
    let said = read(&form.fields, &form.files, (&paper, &latest), when)?;
    let mut photos = Vec::new();
    for file in &form.files {
        let kept = orders::keep_file(app, &mut act, file, "photo", Audience::Internal).await?;
        photos.push(kept);
    }
    record(&mut act, &paper, &said, &photos).await?;
    let url = format!("{}/production/{}", act.order.url(), paper.key);
    act.finish(Answer::to(url).tell(page.t, T::production_progress_recorded))
        .await
}

/// What was said, with the channel it came by.
#[derive(Clone, Debug)]
pub struct Said {
    pub report: Report,
    pub channel: Channel,
}

fn read(
    fields: &Fields,
    files: &[crate::web::posted::Upload],
    (paper, latest): (&ProductionOrder, &[Done]),
    (today, at): (NaiveDate, DateTime<Utc>),
) -> Result<Said, Faults> {
    let mut faults = Faults::default();
    let who = fields.get("who");
    if who.is_empty() {
        faults.add("who", T::production_who_missing);
    }
    let channel = Channel::parse(fields.get("channel"));
    if channel.is_none() {
        faults.add("channel", T::production_channel_missing);
    }
    let day = typed::day(fields.get("day")).filter(|day| *day <= today);
    if day.is_none() {
        faults.add("day", T::production_day_not_past);
    }
    let expected_on = typed::day(fields.get("expected_on"));
    if expected_on.is_none() && !fields.get("expected_on").is_empty() {
        faults.add("expected_on", T::production_not_a_day);
    }
    let words: String = fields.get("words").chars().take(1_000).collect();
    let done = figures(fields, (paper, latest), &words, &mut faults);
    let moved = expected_on.is_some_and(|day| Some(day) != paper.expected_on);
    if faults.is_empty() && done.is_empty() && !moved && words.is_empty() && files.is_empty() {
        faults.add("form", T::production_nothing_said);
    }
    let (Some(channel), Some(on_day), true) = (channel, day, faults.is_empty()) else {
        return Err(faults);
    };
    let report = Report {
        number: paper.key.number,
        who: who.chars().take(120).collect(),
        photos: Vec::new(),
        on_day,
        expected_on,
        words,
        at,
        done,
    };
    Ok(Said { report, channel })
}

/// The cells that say something new. More than is ordered, or less than was said before, needs words.
fn figures(
    fields: &Fields,
    (paper, latest): (&ProductionOrder, &[Done]),
    words: &str,
    faults: &mut Faults,
) -> Vec<Done> {
    let mut found = Vec::new();
    let mut strange = false;
    for (row, given) in paper.lines.iter().enumerate() {
        for stage in Stage::ALL {
            let text = fields.cell("at", row, stage.code());
            let before = report::at(latest, given.line, stage);
            if text.is_empty() && before.is_zero() {
                continue;
            }
            let quantity = typed::figure(if text.is_empty() { "0" } else { text })
                .filter(|figure| !figure.is_sign_negative() && figure.normalize().scale() <= 4);
            let Some(quantity) = quantity.map(|figure| figure.normalize()) else {
                let name = format!("at[{row}][{}]", stage.code());
                faults.say(&name, move |t| t.production_not_a_figure(row + 1));
                continue;
            };
            strange |= quantity > given.quantity || quantity < before;
            if quantity != before {
                found.push(Done {
                    line: given.line,
                    stage,
                    quantity,
                });
            }
        }
    }
    if strange && words.is_empty() {
        faults.add("words", T::production_progress_words_missing);
    }
    found
}

/// The act: the report is kept; a later day re-plans the order and is told.
pub async fn record(
    act: &mut OrderAct,
    paper: &ProductionOrder,
    said: &Said,
    photos: &[crate::base::FileId],
) -> Result<()> {
    act.must(Deed::ReportProgress)?;
    takes(paper)?;
    let report = &said.report;
    sql::insert(act, report, said.channel.code(), photos).await?;
    let day = |day: Option<NaiveDate>| day.map(format::day_iso).unwrap_or_default();
    let mut changes: Vec<Change> = Vec::new();
    if let Some(expected) = report.expected_on
        && paper.expected_on != Some(expected)
    {
        note_expected(act, paper, expected).await?;
        let from = day(paper.expected_on);
        changes.extend(Change::between("expected_on", &from, &day(Some(expected))));
        let promised = act.order.terms.delivery_on.or(paper.wording.delivery_on);
        if let Some(promised) = promised {
            let said = (said.channel.code().to_owned(), report.words.clone());
            slips::told(act, report.number, (expected, promised), &said).await?;
        }
    }
    changes.extend(of_figures(paper, report));
    let event = ProductionEvent::ProgressReported {
        paper: paper.name(),
        who: report.who.clone(),
        changes,
    };
    act.happened(&Event::Production(event)).await
}

/// One change a stage: how much of all lines has passed it now, as far as this report says.
fn of_figures(paper: &ProductionOrder, report: &Report) -> Vec<Change> {
    let places = paper.lines.iter().enumerate();
    places
        .flat_map(|(place, given)| {
            let own = report.done.iter().filter(|done| done.line == given.line);
            own.map(move |done| Change {
                field: format!("lines.{}.{}", place + 1, done.stage.code()),
                from: None,
                to: Some(format::quantity(done.quantity)),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::production::order::paper::sample;
    use crate::production::order::stage::Stage as Paper;

    fn form(cutting: &str, words: &str) -> Fields {
        Fields::new(
            [
                ("day", "2026-11-23"),
                ("who", "俞建平"),
                ("channel", "wechat"),
                ("words", words),
                ("at[0][cutting]", cutting),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec(),
        )
    }

    fn said(cutting: &str, words: &str, latest: &[Done]) -> Result<Said, Faults> {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let run = sample(Paper::InWork);
        let when = (today, DateTime::UNIX_EPOCH);
        read(&form(cutting, words), &[], (&run, latest), when)
    }

    #[test]
    fn only_what_is_new_is_a_figure_of_the_report() {
        let run = sample(Paper::InWork);
        let before = [Done {
            line: run.lines[0].line,
            stage: Stage::Cutting,
            quantity: Decimal::from(700),
        }];
        assert_eq!(said("900", "", &before).unwrap().report.done.len(), 1);
        assert!(said("700", "", &before).unwrap_err().of("form").is_some());
        assert!(
            said("700", "机器坏了", &before)
                .unwrap()
                .report
                .done
                .is_empty()
        );
    }

    #[test]
    fn more_than_ordered_or_less_than_before_needs_words() {
        assert!(said("1,201", "", &[]).unwrap_err().of("words").is_some());
        assert!(said("1,201", "多裁一件", &[]).is_ok());
        assert!(
            said("x", "", &[])
                .unwrap_err()
                .of("at[0][cutting]")
                .is_some()
        );
    }
}

//! The run 开工、完工: production starts, the goods are ready by line, the paper is closed.

use super::coverage;
use super::fields;
use super::find::{self, Found};
use super::paper::{Given, ProductionOrder};
use super::stage::Move;
use super::stage_sql;
use crate::base::tongues::both;
use crate::base::{By, Lang, LineId, Party, T, format};
use crate::history::Event;
use crate::history::production_event::ProductionEvent;
use crate::orders::{Order, OrderAct, Step};
use crate::people::Deed;
use crate::production::owed::{self, Owed};
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use rust_decimal::Decimal;

pub(super) async fn start(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, paper)): Path<(String, String)>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let (mut act, paper) = find::begin(&app, by, &number, &paper, &form.key).await?;
    begin_work(&mut act, &paper).await?;
    let url = format!("{}/production/{}", act.order.url(), paper.key);
    act.finish(Answer::to(url).tell(page.t, T::production_started))
        .await
}

/// The act: the factory works on it.
pub async fn begin_work(act: &mut OrderAct, paper: &ProductionOrder) -> Result<()> {
    act.must(Deed::StartProduction)?;
    act.must_move()?;
    let stage = paper.after(Move::Start)?;
    stage_sql::save_stage(act, paper, stage).await?;
    let event = ProductionEvent::ProductionStarted {
        paper: paper.name(),
    };
    act.happened(&Event::Production(event)).await
}

#[derive(Template)]
#[template(path = "production/ready.html")]
struct ReadyPage {
    page: Page,
    order: Order,
    paper: ProductionOrder,
    rows: Vec<ReadyRow>,
    fields: Fields,
    faults: Faults,
}

struct ReadyRow {
    id: String,
    name: String,
    unit: String,
    ordered: Decimal,
    ready: String,
    fault: String,
}

impl ReadyPage {
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
    let found = find::find(&mut db, &by, &number, &paper).await?;
    found.order.must(&by, Deed::ReportProductionReady)?;
    found.paper.after(Move::ReportReady)?;
    draw(page, found, None)
}

fn draw(page: Page, found: Found, typed: Option<(Fields, Faults)>) -> Result<Html<String>> {
    let Found { order, paper, .. } = found;
    let (fields, faults) = typed.unwrap_or_else(|| {
        let mut fields = Fields::default();
        for (row, given) in paper.lines.iter().enumerate() {
            let name = format!("lines[{row}][ready]");
            fields.set(&name, given.quantity.to_string());
        }
        (fields, Faults::default())
    });
    let named = paper.line_names();
    let page = ReadyPage {
        rows: paper
            .lines
            .iter()
            .zip(named)
            .enumerate()
            .map(|(row, (given, (name, unit)))| ReadyRow {
                id: given.line.to_string(),
                ordered: given.quantity,
                ready: fields.cell("lines", row, "ready").to_owned(),
                fault: page.fault(&faults, &format!("lines[{row}][ready]")),
                name,
                unit,
            })
            .collect(),
        order,
        paper,
        fields,
        faults,
        page,
    };
    Ok(Html(page.render()?))
}

pub(super) async fn ready(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, paper)): Path<(String, String)>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["lines[]", "words"])?;
    match said(&app, by.clone(), &page, (&number, &paper), &form).await {
        Err(Error::Invalid(faults)) => {
            let mut db = app.db.acquire().await?;
            let found = find::find(&mut db, &by, &number, &paper).await?;
            let html = draw(page, found, Some((form.fields, faults)))?;
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
    act.must(Deed::ReportProductionReady)?;
    paper.after(Move::ReportReady)?;
    let words: String = form.fields.get("words").chars().take(500).collect();
    let lines = read(&form.fields, &paper, &words)?;
    report_ready(&mut act, &paper, (&lines, &words)).await?;
    let url = format!("{}/production/{}", act.order.url(), paper.key);
    act.finish(Answer::to(url).tell(page.t, T::production_ready_said))
        .await
}

/// What is ready of each line; more or less than the tolerance allows needs words.
fn read(fields: &Fields, paper: &ProductionOrder, words: &str) -> Result<Vec<Given>, Faults> {
    let mut faults = Faults::default();
    let mut lines = Vec::new();
    for given in &paper.lines {
        let row = (0..fields.rows("lines"))
            .find(|row| fields.cell("lines", *row, "id") == given.line.to_string());
        let ready = row.and_then(|row| fields::figure(fields, (row, "ready"), &mut faults));
        if ready.is_none() && faults.is_empty() {
            let row = row.unwrap_or_default();
            faults.say(&format!("lines[{row}][ready]"), move |t| {
                t.production_not_a_figure(row + 1)
            });
        }
        lines.push(Given {
            ready,
            ..given.clone()
        });
    }
    if faults.is_empty() && words.is_empty() && outside(paper, &lines) {
        faults.add("words", T::production_ready_words_missing);
    }
    if faults.is_empty() {
        Ok(lines)
    } else {
        Err(faults)
    }
}

fn tolerance(paper: &ProductionOrder) -> Decimal {
    let content = paper.content.as_ref();
    content.map(|content| content.tolerance).unwrap_or_default()
}

/// Whether a line is ready in more or less than the contract allows.
fn outside(paper: &ProductionOrder, lines: &[Given]) -> bool {
    let tolerance = tolerance(paper);
    lines.iter().any(|given| {
        let ready = given.ready.unwrap_or_default();
        !coverage::within(ready, given.quantity, tolerance)
    })
}

/// The act: the goods are ready, line by line. What falls short or goes over is owed to the customer.
pub async fn report_ready(
    act: &mut OrderAct,
    paper: &ProductionOrder,
    (lines, words): (&[Given], &str),
) -> Result<()> {
    act.must(Deed::ReportProductionReady)?;
    act.must_move()?;
    let stage = paper.after(Move::ReportReady)?;
    stage_sql::note_ready(act, paper, lines).await?;
    stage_sql::save_stage(act, paper, stage).await?;
    if outside(paper, lines) {
        differs(act, paper, lines, words).await?;
    }
    let all: Decimal = lines.iter().filter_map(|given| given.ready).sum();
    let event = ProductionEvent::ProductionReady {
        paper: paper.name(),
        quantity: format::quantity(all),
    };
    act.happened(&Event::Production(event)).await
}

async fn differs(
    act: &mut OrderAct,
    paper: &ProductionOrder,
    lines: &[Given],
    words: &str,
) -> Result<()> {
    let t = owed::words_to(act, Party::Customer).await?;
    let said: Vec<String> = lines
        .iter()
        .filter(|given| given.ready != Some(given.quantity))
        .map(|given| {
            let ready = given.ready.unwrap_or_default();
            let (ready, of) = (format::quantity(ready), format::quantity(given.quantity));
            t.production_relay_ready(printed_name(paper, given.line, t), ready, of)
        })
        .collect();
    let owed = Owed {
        from: Party::Factory,
        to: Party::Customer.into(),
        subject: both(|t| t.production_relay_short().to_owned()),
        lines: said,
        said: words,
        heard: "",
        urgent: true,
        step: Step::Production,
        fact: None,
    };
    owed::owe(act, owed).await?;
    Ok(())
}

/// A line as the paper names it, in the reader's language where it has one.
fn printed_name(paper: &ProductionOrder, line: LineId, t: T) -> String {
    let content = paper.content.as_ref();
    let printed = content.and_then(|content| content.lines.iter().find(|own| own.line == line));
    let Some(printed) = printed else {
        return String::new();
    };
    let description = match t.0 {
        Lang::Zh => &printed.description_zh,
        Lang::En => &printed.description_en,
    };
    let words = [&printed.item_no, description, &printed.colour];
    let words: Vec<&str> = words
        .into_iter()
        .map(String::as_str)
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

pub(super) async fn close(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, paper)): Path<(String, String)>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let (mut act, paper) = find::begin(&app, by, &number, &paper, &form.key).await?;
    end(&mut act, &paper).await?;
    let url = format!("{}/production/{}", act.order.url(), paper.key);
    act.finish(Answer::to(url).tell(page.t, T::production_closed))
        .await
}

/// The act: nothing more is expected of the factory.
pub async fn end(act: &mut OrderAct, paper: &ProductionOrder) -> Result<()> {
    act.must(Deed::CloseProductionOrder)?;
    act.must_move()?;
    let stage = paper.after(Move::Close)?;
    stage_sql::save_stage(act, paper, stage).await?;
    let event = ProductionEvent::ProductionOrderClosed {
        paper: paper.name(),
    };
    act.happened(&Event::Production(event)).await
}

#[cfg(test)]
mod tests {
    use super::super::paper::sample as paper;
    use super::super::stage::Stage;
    use super::*;

    fn form(ready: &str) -> Fields {
        Fields::new(vec![
            ("lines[0][id]".into(), uuid::Uuid::nil().to_string()),
            ("lines[0][ready]".into(), ready.into()),
        ])
    }

    #[test]
    fn what_differs_needs_words_and_every_line_a_figure() {
        let run = paper(Stage::InWork);
        assert!(read(&form("1,200"), &run, "").is_ok());
        assert!(
            read(&form("1,100"), &run, "")
                .unwrap_err()
                .of("words")
                .is_some()
        );
        assert!(read(&form("1,100"), &run, "面料不够").is_ok());
        assert_eq!(read(&form(""), &run, "x").unwrap_err().len(), 1);
        assert_eq!(read(&form("x"), &run, "x").unwrap_err().len(), 1);
    }
}

//! Reporting: what went wrong, how badly, on which lines, in whose words, with photos.

use super::acts;
use super::show;
use super::sql::Reported;
use super::thing::{Kind, Severity};
use crate::base::{Audience, By, Channel, LineId, OrderNumber, Party, T, typed};
use crate::orders::lines::{self, Line};
use crate::orders::{self, Order};
use crate::people::Deed;
use crate::production::{asking, outside};
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use rust_decimal::Decimal;

const FIELDS: [&str; 10] = [
    "kind", "severity", "title", "from", "who", "channel", "words", "impact", "due", "lines[]",
];

#[derive(Template)]
#[template(path = "issues/new.html")]
struct NewPage {
    page: Page,
    order: Order,
    goods: Vec<Line>,
    kinds: Vec<(String, String)>,
    severities: Vec<(String, String)>,
    sides: Vec<(String, String)>,
    channels: Vec<(String, String)>,
    fields: Fields,
    faults: Faults,
}

impl NewPage {
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "the template hands its fields over by reference"
    )]
    fn typed(&self, row: &usize) -> &str {
        self.fields.cell("lines", *row, "quantity")
    }

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "the template hands its fields over by reference"
    )]
    fn wrong(&self, row: &usize) -> String {
        self.page
            .fault(&self.faults, &format!("lines[{row}][quantity]"))
    }
}

pub(super) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Response> {
    let mut fields = Fields::default();
    for (name, value) in [
        ("from", "factory"),
        ("severity", "major"),
        ("channel", "wechat"),
    ] {
        fields.set(name, value);
    }
    draw(&app, &by, page, &number, (fields, Faults::default())).await
}

async fn draw(
    app: &App,
    by: &By,
    page: Page,
    number: &str,
    (fields, faults): (Fields, Faults),
) -> Result<Response> {
    let number = OrderNumber::parse(number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = orders::find(&mut db, by, &number).await?;
    order.must(by, Deed::ReportIssue)?;
    let goods = lines::lines(&mut db, &order).await?;
    let t = page.t;
    let pair = |code: &str, word: &str| (code.to_owned(), word.to_owned());
    let refused = !faults.is_empty();
    let page = NewPage {
        kinds: Kind::ALL
            .map(|kind| pair(kind.code(), kind.label(t)))
            .to_vec(),
        severities: Severity::ALL
            .map(|known| pair(known.code(), known.label(t)))
            .to_vec(),
        sides: [Party::Factory, Party::Us, Party::Customer]
            .map(|side| pair(side.code(), side.label(t)))
            .to_vec(),
        channels: asking::channels(t),
        order,
        goods,
        fields,
        faults,
        page,
    };
    let html = Html(page.render()?);
    Ok(if refused {
        (StatusCode::UNPROCESSABLE_ENTITY, html).into_response()
    } else {
        html.into_response()
    })
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&FIELDS)?;
    let (reported, words) = match read(&form.fields, app.config.zone, by.at) {
        Ok(read) => read,
        Err(faults) => return draw(&app, &by, page, &number, (form.fields, faults)).await,
    };
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut act = orders::begin(&app, by, &number, &form.key).await?;
    act.must(Deed::ReportIssue)?;
    let files = outside::keep(&app, &mut act, &form.files, "issue", Audience::Internal).await?;
    let issue = acts::report(&mut act, &reported, &words, &files).await?;
    let answer = Answer::to(show::url(&act.order, issue)).tell(page.t, T::issues_reported);
    Ok(act.finish(answer).await?.into_response())
}

#[expect(
    clippy::too_many_lines,
    reason = "one form, field by field, in the order of the page"
)]
fn read(
    fields: &Fields,
    zone: chrono_tz::Tz,
    at: DateTime<Utc>,
) -> Result<(Reported, String), Faults> {
    let mut faults = Faults::default();
    let kind = Kind::parse(fields.get("kind"));
    if kind.is_none() {
        faults.add("kind", T::issues_kind_missing);
    }
    let severity = Severity::parse(fields.get("severity"));
    if severity.is_none() {
        faults.add("severity", T::issues_severity_missing);
    }
    let from = Party::parse(fields.get("from"))
        .filter(|side| [Party::Us, Party::Factory, Party::Customer].contains(side));
    if from.is_none() {
        faults.add("from", T::issues_from_missing);
    }
    let title = outside::text(fields, "title", 80, &mut faults, T::issues_what_missing);
    let words = outside::text(fields, "words", 4_000, &mut faults, T::issues_words_missing);
    let due_at = match due(fields.get("due"), zone) {
        Ok(due) if due.is_none_or(|due| due > at) => due,
        _ => {
            faults.add("due", T::issues_due_past);
            None
        }
    };
    let lines = affected(fields, &mut faults);
    let short = |name: &str, most: usize| fields.get(name).chars().take(most).collect::<String>();
    match (kind, severity, from) {
        (Some(kind), Some(severity), Some(from)) if faults.is_empty() => Ok((
            Reported {
                kind,
                severity,
                title,
                impact: short("impact", 400),
                who: short("who", 120),
                channel: Channel::parse(fields.get("channel"))
                    .map_or("", Channel::code)
                    .to_owned(),
                inspection: None,
                from,
                due_at,
                lines,
            },
            words,
        )),
        _ => Err(faults),
    }
}

/// Lines that are ticked, with how much of each where that is known.
fn affected(fields: &Fields, faults: &mut Faults) -> Vec<(LineId, Option<Decimal>)> {
    let mut lines = Vec::new();
    for row in 0..fields.rows("lines") {
        let much = fields.cell("lines", row, "quantity");
        let quantity = typed::figure(much).filter(|figure| *figure > Decimal::ZERO);
        if !much.is_empty() && quantity.is_none() {
            faults.add(&format!("lines[{row}][quantity]"), T::orders_not_a_figure);
        }
        let Ok(line) = fields.cell("lines", row, "id").parse() else {
            continue;
        };
        lines.push((line, quantity));
    }
    lines
}

/// `2026-11-23T16:00` where the house is; nothing typed is nothing said.
fn due(text: &str, zone: chrono_tz::Tz) -> Result<Option<DateTime<Utc>>, ()> {
    if text.is_empty() {
        return Ok(None);
    }
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").map_err(|_| ())?;
    let moment = zone.from_local_datetime(&local).earliest().ok_or(())?;
    Ok(Some(moment.with_timezone(&Utc)))
}

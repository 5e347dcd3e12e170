//! Recording of a verdict: the form with its points, and the act that keeps, tells and carries what was said.

use super::super::note::{Name, SampleNote};
use super::super::questions::{channel, channels, past_day, text, who};
use super::super::{factory_answers, parcel, rounds, show, telling};
use super::rule::{Point, Verdict};
use super::sql::{self, Said};
use crate::base::{Audience, By, FileId};
use crate::history::Event;
use crate::history::sample_event::SampleEvent;
use crate::orders::{self, Order, OrderAct, Step};
use crate::people::Deed;
use crate::web::{Answer, App, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use chrono::NaiveDate;

#[derive(Template)]
#[template(path = "samples/verdict.html")]
pub(super) struct VerdictPage {
    pub page: Page,
    pub order: Order,
    pub note: SampleNote,
    pub fields: Fields,
    pub faults: Faults,
    pub channels: Vec<(String, String)>,
    pub verdicts: Vec<(String, String)>,
}

impl VerdictPage {
    pub(super) fn url(&self) -> String {
        format!("{}/samples/{}", self.order.url(), self.note.name)
    }

    #[expect(clippy::unused_self, reason = "the template asks its page")]
    pub(super) fn points(&self) -> [Point; 8] {
        Point::ALL
    }

    #[expect(clippy::unused_self, reason = "the template asks its page")]
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "the template hands its fields over by reference"
    )]
    pub(super) fn field(&self, point: &Point, what: &str) -> String {
        format!("{}_{what}", point.code())
    }
}

fn draw(
    page: Page,
    order: Order,
    note: SampleNote,
    typed: Option<(Fields, Faults)>,
) -> Result<Response> {
    let (fields, faults) = typed.unwrap_or_else(|| {
        let mut fields = Fields::default();
        fields.set("day", page.today().to_string());
        (fields, Faults::default())
    });
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = VerdictPage {
        channels: channels(page.t),
        verdicts: Verdict::ALL
            .map(|verdict| (verdict.code().to_owned(), verdict.label(page.t).to_owned()))
            .to_vec(),
        page,
        order,
        note,
        fields,
        faults,
    };
    Ok((status, Html(page.render()?)).into_response())
}

pub(in crate::samples) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, note)): Path<(String, String)>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let (order, note) = show::find(&mut db, &by, &number, &note).await?;
    order.must(&by, Deed::RecordSampleVerdict)?;
    let all = sql::verdicts(&mut db, &order).await?;
    note.may_be_judged(all.iter().any(|said| said.note == note.id.0))?;
    draw(page, order, note, None)
}

/// What the customer said, as typed.
#[derive(Clone, Debug)]
pub struct Given {
    pub by: String,
    pub channel: String,
    pub on: NaiveDate,
    pub points: Vec<(Point, Verdict, String)>,
}

/// The whole is always judged, the other points where something was said of them; a comment or a no needs words.
fn read(form: &Keyed, today: NaiveDate) -> Result<Given, Faults> {
    let fields = &form.fields;
    let mut faults = Faults::default();
    let mut points = Vec::new();
    for point in Point::ALL {
        let name = format!("{}_verdict", point.code());
        let words_name = format!("{}_words", point.code());
        let words = text(fields, &words_name, 2_000, &mut faults);
        match Verdict::parse(fields.get(&name)) {
            Some(verdict) => {
                if verdict != Verdict::Approved && words.is_empty() {
                    faults.add(&words_name, crate::base::T::samples_comment_missing);
                }
                points.push((point, verdict, words));
            }
            None if point == Point::Overall => {
                faults.add(&name, crate::base::T::samples_verdict_missing);
            }
            None if !words.is_empty() => faults.add(&name, crate::base::T::samples_verdict_missing),
            None => {}
        }
    }
    let given = Given {
        by: who(fields, "who", &mut faults),
        channel: channel(fields, &mut faults),
        on: past_day(fields, "day", today, &mut faults),
        points,
    };
    let silent = given.points.iter().all(|(_, _, words)| words.is_empty());
    if silent && form.files.is_empty() {
        faults.add("evidence", crate::base::T::samples_evidence_missing);
    }
    if faults.is_empty() {
        Ok(given)
    } else {
        Err(faults)
    }
}

pub(in crate::samples) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, name)): Path<(String, String)>,
    form: Keyed,
) -> Result<Response> {
    let names: Vec<String> = Point::ALL
        .iter()
        .flat_map(|point| ["verdict", "words"].map(|what| format!("{}_{what}", point.code())))
        .collect();
    let known: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .chain(["who", "channel", "day"])
        .collect();
    form.only(&known)?;
    let given = match read(&form, page.today()) {
        Ok(given) => given,
        Err(faults) => {
            let mut db = app.db.acquire().await?;
            let (order, note) = show::find(&mut db, &by, &number, &name).await?;
            order.must(&by, Deed::RecordSampleVerdict)?;
            return draw(page, order, note, Some((form.fields, faults)));
        }
    };
    let (mut act, note) = show::begin(&app, by, &number, &name, &form.key).await?;
    act.must(Deed::RecordSampleVerdict)?;
    let evidence =
        factory_answers::evidence(&app, &mut act, &form, "customer_confirmation").await?;
    let next = record(&mut act, &note, &given, evidence).await?;
    let url = format!("{}/samples/{}", act.order.url(), next.unwrap_or(note.name));
    let answer = match next {
        Some(_) => {
            Answer::to(format!("{url}/edit")).tell(page.t, crate::base::T::samples_rejected_done)
        }
        None => Answer::to(url).tell(page.t, crate::base::T::samples_verdict_kept),
    };
    Ok(act.finish(answer).await?.into_response())
}

/// The act. Answers the round that a rejection opened.
#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
pub async fn record(
    act: &mut OrderAct,
    note: &SampleNote,
    given: &Given,
    evidence: Option<FileId>,
) -> Result<Option<Name>> {
    act.must(Deed::RecordSampleVerdict)?;
    act.must_move()?;
    let order = act.order.clone();
    let earlier = sql::verdicts(act.tx(), &order).await?;
    note.may_be_judged(earlier.iter().any(|said| said.note == note.id.0))?;
    let whole = Verdict::whole(given.points.iter().map(|(_, verdict, _)| *verdict))
        .unwrap_or(Verdict::Rejected);
    let label = note.name.label();
    for (point, verdict, words) in &given.points {
        // A comment of a round that is refused goes into the next round's note, not into the order.
        let carried = *verdict == Verdict::ApprovedWithComments && whole != Verdict::Rejected;
        let said = Said {
            note: note.id.0,
            point: *point,
            verdict: *verdict,
            words: words.clone(),
            by: given.by.clone(),
            channel: given.channel.clone(),
            on: given.on,
            carried,
        };
        sql::say(act, note.id, &said, evidence).await?;
        if carried {
            let point = point.label(crate::base::T(crate::base::Lang::Zh));
            let text = format!("{label} {point}: {words}");
            orders::write_remark(act, Audience::Factory, &text).await?;
        }
    }
    let words: Vec<&str> = given
        .points
        .iter()
        .map(|(_, _, words)| words.as_str())
        .filter(|words| !words.is_empty())
        .collect();
    let words = words.join(" / ");
    let event = SampleEvent::SampleVerdictGiven {
        note: label,
        verdict: whole.code().to_owned(),
        who: given.by.clone(),
        words: words.clone(),
    };
    act.happened(&Event::Sample(event)).await?;
    telling::verdict(act, note, (whole, given), &words).await?;
    // Who judges a sample has had its parcel, and the parcel's number.
    for parcel in parcel::sql::parcels(act.tx(), &order).await? {
        if parcel.holds(note.id.0) && parcel.passed.is_some() {
            telling::number_received(act, &parcel, &given.by).await?;
        }
    }
    if whole != Verdict::Rejected {
        return Ok(None);
    }
    // What the customer wants otherwise stands in the next round's note from its first moment.
    let t = crate::base::T(crate::base::Lang::Zh);
    let wishes: Vec<String> = given
        .points
        .iter()
        .filter(|(_, verdict, words)| *verdict != Verdict::Approved && !words.is_empty())
        .map(|(point, _, words)| format!("{}: {words}", point.label(t)))
        .collect();
    let name = rounds::open_next_round(act, note, &wishes).await?;
    orders::reopen_within(act, Step::SampleNote, &words).await?;
    Ok(Some(name))
}

//! What comes after the plan, as forms: the findings, the verdict, the waiver.

use super::acts;
use super::show::{self, Spot};
use super::stage::Move;
use super::thing::{InspectionReport, Record, Refusal};
use crate::base::{Audience, By, OrderNumber, T, typed};
use crate::orders::{self, Order, OrderAct};
use crate::people::Deed;
use crate::production::aql::Found;
use crate::production::asking::{Asking, Part};
use crate::production::outside;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use chrono::NaiveDate;
use rust_decimal::Decimal;

type Asked = (State<App>, By, Page, Path<Spot>);

async fn begin(
    app: &App,
    by: By,
    (number, inspection): &Spot,
    form: &Keyed,
    step: Move,
) -> Result<OrderAct> {
    let order = OrderNumber::parse(number).ok_or(Error::NotFound)?;
    let mut act = orders::begin(app, by, &order, &form.key).await?;
    let held = acts::find(&mut act, *inspection).await?;
    if step == Move::Waive {
        let (by, order) = (act.by.clone(), act.order.clone());
        acts::leave(act.tx(), &by, &order, &held).await?;
    } else {
        act.must(step.deed().of(held.hands()))?;
    }
    if form.rev.is_some_and(|rev| rev != held.version) {
        return Err(Refusal::Meanwhile {
            number: *inspection,
        }
        .into());
    }
    Ok(act)
}

#[derive(Template)]
#[template(path = "inspections/record.html")]
struct RecordPage {
    page: Page,
    order: Order,
    report: InspectionReport,
    fields: Fields,
    faults: Faults,
}

impl RecordPage {
    fn url(&self) -> String {
        show::url(&self.order, self.report.number)
    }

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "the template hands its fields over by reference"
    )]
    fn typed(&self, row: &usize, class: &str) -> &str {
        self.fields.cell("lines", *row, class)
    }

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "the template hands its fields over by reference"
    )]
    fn is_wrong(&self, row: &usize, class: &str) -> bool {
        self.faults.of(&format!("lines[{row}][{class}]")).is_some()
    }
}

pub(super) async fn ask_record((State(app), by, page, Path(spot)): Asked) -> Result<Response> {
    draw_record(&app, &by, page, &spot, None).await
}

async fn draw_record(
    app: &App,
    by: &By,
    page: Page,
    spot: &Spot,
    typed: Option<(Fields, Faults)>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let (order, report) = show::find(&mut db, by, spot).await?;
    order.must(by, Deed::RecordInspection)?;
    report.after(Move::Record)?;
    let (fields, faults) = typed.unwrap_or_else(|| {
        let mut fields = Fields::default();
        fields.set("on", page.today().to_string());
        (fields, Faults::default())
    });
    let refused = !faults.is_empty();
    let page = RecordPage {
        page,
        order,
        report,
        fields,
        faults,
    };
    let html = Html(page.render()?);
    Ok(if refused {
        (StatusCode::UNPROCESSABLE_ENTITY, html).into_response()
    } else {
        html.into_response()
    })
}

pub(super) async fn record(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(spot): Path<Spot>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["on", "packed", "findings", "countersigned", "lines[]"])?;
    let mut act = begin(&app, by.clone(), &spot, &form, Move::Record).await?;
    let report = acts::find(&mut act, spot.1).await?;
    let record = match read_record(&form.fields, &report, act.today()) {
        Ok(record) => record,
        Err(faults) => {
            drop(act);
            return draw_record(&app, &by, page, &spot, Some((form.fields, faults))).await;
        }
    };
    let audience = Audience::Internal;
    let files = outside::keep(&app, &mut act, &form.files, "inspection", audience).await?;
    acts::record(&mut act, spot.1, &record, &files).await?;
    done(act, page.t, spot.1, T::inspections_recorded).await
}

#[expect(
    clippy::too_many_lines,
    reason = "one form, field by field, in the order of the page"
)]
fn read_record(
    fields: &Fields,
    report: &InspectionReport,
    today: NaiveDate,
) -> Result<Record, Faults> {
    let mut faults = Faults::default();
    let done_on = typed::day(fields.get("on")).filter(|day| *day <= today);
    if done_on.is_none() {
        faults.add("on", T::inspections_day_not_past);
    }
    let packed = match fields.get("packed") {
        "" => None,
        text => {
            let share = typed::figure(text)
                .filter(|share| *share >= Decimal::ZERO && *share <= Decimal::ONE_HUNDRED);
            if share.is_none() {
                faults.add("packed", T::inspections_not_a_share);
            }
            share
        }
    };
    let mut found = Vec::new();
    for (row, lot) in report.lots.iter().enumerate() {
        let drawn = lot.sampling.to_draw();
        let mut count = |class: &str| {
            let text = fields.cell("lines", row, class);
            let count: Option<u32> = if text.is_empty() {
                Some(0)
            } else {
                text.parse().ok().filter(|count| *count <= drawn)
            };
            if count.is_none() {
                let name = format!("lines[{row}][{class}]");
                faults.say(&name, move |t| t.inspections_not_a_count(row + 1, drawn));
            }
            count.unwrap_or_default()
        };
        let one = Found {
            critical: count("critical"),
            major: count("major"),
            minor: count("minor"),
        };
        found.push((lot.line, one));
    }
    match done_on {
        Some(done_on) if faults.is_empty() => Ok(Record {
            findings: fields.get("findings").chars().take(4_000).collect(),
            countersigned: fields.get("countersigned").chars().take(120).collect(),
            done_on,
            packed,
            found,
        }),
        _ => Err(faults),
    }
}

async fn done(
    act: OrderAct,
    t: T,
    inspection: i32,
    words: fn(T) -> &'static str,
) -> Result<Response> {
    let url = show::url(&act.order, inspection);
    Ok(act
        .finish(Answer::to(url).tell(t, words))
        .await?
        .into_response())
}

/// The page that asks for a verdict or a waiver.
#[expect(clippy::too_many_lines, reason = "what one page shows, part by part")]
async fn draw(
    app: &App,
    by: &By,
    page: Page,
    spot: &Spot,
    waives: bool,
    typed: Option<(Fields, Faults)>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let (order, report) = show::find(&mut db, by, spot).await?;
    let t = page.t;
    let url = show::url(&order, report.number);
    let mut fields = Fields::default();
    if waives {
        let basis = acts::leave(&mut db, by, &order, &report).await?;
        fields.set("words", basis.asked_words().to_owned());
        report.after(Move::Waive)?;
    } else {
        order.must(by, Deed::JudgeInspection)?;
        report.after(Move::Fail)?;
    }
    let (fields, faults) = typed.unwrap_or((fields, Faults::default()));
    let (title, sentence, path) = if waives {
        (
            t.inspections_waive(),
            t.inspections_waive_sentence().to_owned(),
            "waiver",
        )
    } else {
        (t.inspections_judge(), judge_sentence(t, &report), "verdict")
    };
    Asking {
        title: title.to_owned(),
        verb: title.to_owned(),
        action: format!("{url}/{path}"),
        back: url,
        back_name: t.inspections_title_number(report.number),
        rev: report.version.to_string(),
        danger: waives,
        upload: false,
        parts: if waives {
            vec![Part::area("words", t.orders_reason())]
        } else {
            verdict_parts(t, &report)
        },
        sentence,
        fields,
        faults,
        order,
        page,
    }
    .draw()
}

/// What the numbers say, before a person says it.
fn judge_sentence(t: T, report: &InspectionReport) -> String {
    if report.rejected().is_empty() {
        t.inspections_sampling_accepts().to_owned()
    } else {
        t.inspections_sampling_says_no(report.rejected_text())
    }
}

fn verdict_parts(t: T, report: &InspectionReport) -> Vec<Part> {
    let mut verdicts = Vec::new();
    for (step, code, word) in [
        (Move::Pass, "passed", t.inspections_stage_passed()),
        (Move::Fail, "failed", t.inspections_stage_failed()),
        (Move::LeavePending, "pending", t.inspections_stage_pending()),
    ] {
        if report.stage.after(step).is_some() {
            verdicts.push((code.to_owned(), word.to_owned()));
        }
    }
    vec![
        Part::radios("verdict", t.inspections_verdict(), verdicts),
        Part::area("words", t.inspections_verdict_words())
            .hint(t.inspections_verdict_words_hint())
            .maybe(),
    ]
}

pub(super) async fn ask_verdict((State(app), by, page, Path(spot)): Asked) -> Result<Response> {
    draw(&app, &by, page, &spot, false, None).await
}

pub(super) async fn verdict(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(spot): Path<Spot>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["verdict", "words"])?;
    let words: String = form.fields.get("words").chars().take(2_000).collect();
    let step = match form.fields.get("verdict") {
        "passed" => Some(Move::Pass),
        "failed" => Some(Move::Fail),
        "pending" => Some(Move::LeavePending),
        _ => None,
    };
    let mut faults = Faults::default();
    if step.is_none() {
        faults.add("verdict", T::inspections_verdict_missing);
    }
    if words.is_empty() && step.is_some_and(|step| step != Move::Pass) {
        faults.add("words", T::inspections_verdict_words_missing);
    }
    let Some(step) = step.filter(|_| faults.is_empty()) else {
        let typed = Some((form.fields, faults));
        return draw(&app, &by, page, &spot, false, typed).await;
    };
    let mut act = begin(&app, by, &spot, &form, step).await?;
    let told = match acts::judge(&mut act, spot.1, step, &words).await? {
        Some(_) => T::inspections_judged_with_issue,
        None => T::inspections_judged,
    };
    done(act, page.t, spot.1, told).await
}

pub(super) async fn ask_waiver((State(app), by, page, Path(spot)): Asked) -> Result<Response> {
    draw(&app, &by, page, &spot, true, None).await
}

pub(super) async fn waiver(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(spot): Path<Spot>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["words"])?;
    let mut faults = Faults::default();
    let missing = T::orders_reason_missing;
    let reason = outside::text(&form.fields, "words", 1_000, &mut faults, missing);
    if !faults.is_empty() {
        return draw(&app, &by, page, &spot, true, Some((form.fields, faults))).await;
    }
    let mut act = begin(&app, by, &spot, &form, Move::Waive).await?;
    acts::waive(&mut act, spot.1, &reason).await?;
    done(act, page.t, spot.1, T::inspections_waived).await
}

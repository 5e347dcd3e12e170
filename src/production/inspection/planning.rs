//! Planning: which lines as lots of which size, by which level and limits, when and by whom; changed until it is made.

use super::acts;
use super::show::{self, Spot};
use super::stage::Move;
use super::thing::{InspectionReport, Kind, Plan, Refusal};
use crate::base::{By, OrderNumber, T, typed};
use crate::orders::lines::{self, Line};
use crate::orders::{self, Order};
use crate::people::Deed;
use crate::production::aql::{Aql, Level};
use crate::production::outside;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

const FIELDS: [&str; 8] = [
    "kind",
    "on",
    "inspector",
    "level",
    "major",
    "minor",
    "note",
    "lines[]",
];

#[derive(Template)]
#[template(path = "inspections/plan.html")]
struct PlanPage {
    page: Page,
    order: Order,
    goods: Vec<Line>,
    /// The inspection that is changed; none when a new one is planned.
    number: Option<i32>,
    rev: String,
    kinds: Vec<(String, String)>,
    levels: Vec<(String, String)>,
    limits: Vec<(String, String)>,
    fields: Fields,
    faults: Faults,
}

impl PlanPage {
    fn action(&self) -> String {
        match self.number {
            Some(number) => show::url(&self.order, number),
            None => format!("{}/inspections", self.order.url()),
        }
    }

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "the template hands its fields over by reference"
    )]
    fn typed(&self, row: &usize) -> &str {
        self.fields.cell("lines", *row, "lot")
    }

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "the template hands its fields over by reference"
    )]
    fn wrong(&self, row: &usize) -> String {
        self.page.fault(&self.faults, &format!("lines[{row}][lot]"))
    }
}

pub(super) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Response> {
    draw(&app, &by, page, (&number, None), None).await
}

pub(super) async fn edit(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, inspection)): Path<Spot>,
) -> Result<Response> {
    draw(&app, &by, page, (&number, Some(inspection)), None).await
}

#[expect(clippy::too_many_lines, reason = "what one page shows, part by part")]
async fn draw(
    app: &App,
    by: &By,
    page: Page,
    (number, inspection): (&str, Option<i32>),
    typed: Option<(Fields, Faults)>,
) -> Result<Response> {
    let parsed = OrderNumber::parse(number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = orders::find(&mut db, by, &parsed).await?;
    let held = match inspection {
        Some(inspection) => Some(
            show::find(&mut db, by, &(number.to_owned(), inspection))
                .await?
                .1,
        ),
        None => None,
    };
    order.must(by, Deed::PlanInspection)?;
    if let Some(report) = &held {
        report.after(Move::Edit)?;
    }
    let goods = lines::lines(&mut db, &order).await?;
    let (fields, faults) =
        typed.unwrap_or_else(|| (first(&goods, held.as_ref()), Faults::default()));
    let t = page.t;
    let pair = |code: &str, word: &str| (code.to_owned(), word.to_owned());
    let refused = !faults.is_empty();
    let page = PlanPage {
        kinds: Kind::ALL
            .map(|kind| pair(kind.code(), kind.label(t)))
            .to_vec(),
        levels: Level::ALL
            .map(|level| pair(level.key(), level.key()))
            .to_vec(),
        limits: Aql::ALL
            .map(|limit| pair(limit.key(), limit.key()))
            .to_vec(),
        number: inspection,
        rev: held
            .map(|report| report.version.to_string())
            .unwrap_or_default(),
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

/// Usual limits and whole lines as lots, or what is planned.
fn first(goods: &[Line], held: Option<&InspectionReport>) -> Fields {
    let mut fields = Fields::default();
    let Some(report) = held else {
        for (name, value) in [
            ("kind", "final"),
            ("level", "II"),
            ("major", "2.5"),
            ("minor", "4.0"),
        ] {
            fields.set(name, value);
        }
        for (row, line) in goods.iter().enumerate() {
            let lot = line.quantity.trunc().normalize().to_string();
            fields.set(&format!("lines[{row}][lot]"), lot);
        }
        return fields;
    };
    let values = [
        ("kind", report.kind.code().to_owned()),
        ("on", report.planned_on.to_string()),
        ("inspector", report.inspector.clone()),
        ("level", report.level.key().to_owned()),
        ("major", report.major.key().to_owned()),
        ("minor", report.minor.key().to_owned()),
        ("note", report.note.clone()),
    ];
    for (name, value) in values {
        fields.set(name, value);
    }
    for (row, line) in goods.iter().enumerate() {
        if let Some(lot) = report.lots.iter().find(|lot| lot.line == line.id) {
            fields.set(&format!("lines[{row}][lot]"), lot.lot.to_string());
        }
    }
    fields
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&FIELDS)?;
    let parsed = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut act = orders::begin(&app, by.clone(), &parsed, &form.key).await?;
    act.must(Deed::PlanInspection)?;
    let order = act.order.clone();
    let goods = lines::lines(act.tx(), &order).await?;
    let plan = match read(&form.fields, &goods, &order) {
        Ok(plan) => plan,
        Err(faults) => {
            drop(act);
            let typed = Some((form.fields, faults));
            return draw(&app, &by, page, (&number, None), typed).await;
        }
    };
    let inspection = acts::plan(&mut act, &plan).await?;
    let answer = Answer::to(show::url(&act.order, inspection));
    let answer = answer.tell(page.t, T::inspections_planned);
    Ok(act.finish(answer).await?.into_response())
}

pub(super) async fn save(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, inspection)): Path<Spot>,
    form: Keyed,
) -> Result<Response> {
    form.only(&FIELDS)?;
    let parsed = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut act = orders::begin(&app, by.clone(), &parsed, &form.key).await?;
    let held = acts::find(&mut act, inspection).await?;
    act.must(Deed::PlanInspection)?;
    if form.rev.is_some_and(|rev| rev != held.version) {
        return Err(Refusal::Meanwhile { number: inspection }.into());
    }
    let order = act.order.clone();
    let goods = lines::lines(act.tx(), &order).await?;
    let plan = match read(&form.fields, &goods, &order) {
        Ok(plan) => plan,
        Err(faults) => {
            drop(act);
            let typed = Some((form.fields, faults));
            return draw(&app, &by, page, (&number, Some(inspection)), typed).await;
        }
    };
    acts::edit(&mut act, inspection, &plan).await?;
    let answer = Answer::to(show::url(&act.order, inspection)).tell(page.t, T::web_saved);
    Ok(act.finish(answer).await?.into_response())
}

#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
fn read(fields: &Fields, goods: &[Line], order: &Order) -> Result<Plan, Faults> {
    let mut faults = Faults::default();
    let kind = Kind::parse(fields.get("kind"));
    if kind.is_none() {
        faults.add("kind", T::inspections_kind_missing);
    }
    let planned_on = typed::day(fields.get("on"));
    if planned_on.is_none() {
        faults.add("on", T::orders_not_a_day);
    }
    let missing = T::inspections_inspector_missing;
    let inspector = outside::text(fields, "inspector", 120, &mut faults, missing);
    let level = Level::parse(fields.get("level"));
    let (major, minor) = (
        Aql::parse(fields.get("major")),
        Aql::parse(fields.get("minor")),
    );
    if level.is_none() {
        faults.add("level", T::inspections_level_missing);
    }
    for (name, limit) in [("major", major), ("minor", minor)] {
        if limit.is_none() {
            faults.add(name, T::inspections_limit_missing);
        }
    }
    let lots = lots(fields, goods, order.terms.tolerance, &mut faults);
    match (kind, planned_on, level, major, minor) {
        (Some(kind), Some(planned_on), Some(level), Some(major), Some(minor))
            if faults.is_empty() =>
        {
            Ok(Plan {
                note: fields.get("note").chars().take(1_000).collect(),
                kind,
                planned_on,
                inspector,
                level,
                major,
                minor,
                lots,
            })
        }
        _ => Err(faults),
    }
}

/// A whole number of pieces, at most what is ordered and tolerated; lines without one are not inspected.
fn lots(
    fields: &Fields,
    goods: &[Line],
    tolerance: Decimal,
    faults: &mut Faults,
) -> Vec<(crate::base::LineId, u32)> {
    let mut lots = Vec::new();
    for (row, line) in goods.iter().enumerate() {
        let text = fields.cell("lines", row, "lot");
        if text.is_empty() {
            continue;
        }
        let most = line.quantity * (Decimal::ONE_HUNDRED + tolerance) / Decimal::ONE_HUNDRED;
        let lot = typed::figure(text)
            .filter(|figure| *figure > Decimal::ZERO && figure.fract().is_zero() && *figure <= most)
            .and_then(|figure| figure.to_u32());
        match lot {
            Some(lot) => lots.push((line.id, lot)),
            None => faults.add(&format!("lines[{row}][lot]"), T::inspections_not_a_lot),
        }
    }
    if lots.is_empty() && faults.is_empty() {
        faults.add("form", T::inspections_no_lot);
    }
    lots
}

//! Resale 转卖: goods that have left for a customer who will not have them are sold to somebody else. The manager notes to
//! whom and why, with what proves it; from then on they hold no cancellation of the order back.

pub(super) mod sql;

use crate::base::{Audience, By, T};
use crate::people::Deed;
use crate::shipping::asked::{Kind, Question, Setting, must};
use crate::shipping::shipment::plan::crumbs;
use crate::shipping::shipment::reading::{self, said, told};
use crate::shipping::shipment::record::{Refusal, Shipment};
use crate::shipping::shipment::stage::Stage;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};

fn question() -> Question {
    let question = Question::new(T::shipping_resale_title, T::shipping_resale_sentence);
    let fields = [
        must("buyer", Kind::Line, T::shipping_resale_buyer),
        must("reason", Kind::Area, T::shipping_reason),
    ];
    Question {
        evidence: true,
        ..question.with(&fields)
    }
}

/// Goods that have left and are not sold to somebody else yet.
pub(super) fn is_open(shipment: &Shipment, resold: bool) -> bool {
    matches!(shipment.stage, Stage::Departed | Stage::Arrived) && !resold
}

async fn draw(
    app: &App,
    by: &By,
    page: Page,
    number: &str,
    (fields, faults): (Fields, Faults),
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let seen = reading::find(&mut db, by, number).await?;
    seen.must(Deed::NoteResale)?;
    let shipment = &seen.shipment;
    let setting = Setting {
        crumbs: crumbs(&page, shipment),
        action: format!("{}/resale", shipment.url()),
        back: shipment.url(),
        rev: shipment.version,
        fields,
        choices: Vec::new(),
        warnings: Vec::new(),
    };
    question().draw(page, setting, faults)
}

pub(super) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Response> {
    let first = (Fields::default(), Faults::default());
    draw(&app, &by, page, &number, first).await
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    match note(&app, by.clone(), &number, &form).await {
        Ok(answer) => Ok(answer
            .tell(page.t, T::shipping_resale_noted)
            .into_response()),
        Err(Error::Invalid(faults)) => draw(&app, &by, page, &number, (form.fields, faults)).await,
        Err(error) => Err(error),
    }
}

/// The act: noted once, on goods that have left. A paper proves it.
async fn note(app: &App, by: By, number: &str, form: &Keyed) -> Result<Answer> {
    let (mut act, shipment) = reading::begin(app, by, number, &form.key).await?;
    act.must(Deed::NoteResale)?;
    let typed = question().read(form, act.by.at, act.zone())?;
    let resold = sql::of(act.tx(), shipment.id).await?.is_some();
    if !is_open(&shipment, resold) {
        return Err(Refusal::NothingToResell {
            shipment: shipment.number.clone(),
        }
        .into());
    }
    let Some(file) = form.files.first() else {
        return Err(Faults::one("evidence", T::shipping_resale_evidence).into());
    };
    let kept = act
        .keep_file(app, file, "correspondence", Audience::Internal)
        .await?;
    let resold = (typed.text("buyer"), typed.text("reason"));
    sql::insert(&mut act, shipment.id, resold, kept).await?;
    let words = format!("{} · {}", typed.text("buyer"), typed.text("reason"));
    told(&mut act, &shipment, said!(shipment, ShipmentResold, words)).await?;
    act.finish(Answer::to(shipment.url())).await
}

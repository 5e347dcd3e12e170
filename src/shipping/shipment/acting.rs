//! The pages of the acts on a shipment: ask with the form of the act, do it, draw it again with its faults.

use super::plan::crumbs;
use super::reading::{self, Seen, said, told};
use super::record::{CUSTOMS_SET, set_word};
use super::stage::Move;
use super::{acts, goods_sql, questions, release, sql};
use crate::base::{Audience, By, FileId, T};
use crate::catalog::named_port;
use crate::orders::JointAct;
use crate::people::Deed;
use crate::shipping::asked::{Kind, Question, Setting, Typed, may};
use crate::shipping::loading::packing::still_open;
use crate::shipping::stakes;
use crate::web::{Answer, App, Door, Error, Faults, Fields, Keyed, Page, Result, Routes};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use sqlx::PgConnection;

/// The two addresses of an act.
pub(in crate::shipping) fn routes(routes: Routes, path: &'static str, step: Move) -> Routes {
    routes
        .get(path, Door::Staff, move |app, by, page, path| {
            ask(step, app, by, page, path)
        })
        .upload(path, Door::Staff, move |app, by, page, path, form| {
            perform(step, app, by, page, path, form)
        })
}

async fn ask(
    step: Move,
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let seen = reading::find(&mut db, &by, &number).await?;
    let mut fields = questions::prefilled(step, &seen.shipment, &seen.orders, &page);
    if step == Move::GateInEarly && seen.whole {
        let basis =
            stakes::handing_over(&mut db, &by, &seen.orders, (&seen.shipment, step)).await?;
        fields.set("reason", basis.asked_words().to_owned());
    }
    draw(&mut db, page, &seen, step, (fields, Faults::default())).await
}

async fn draw(
    db: &mut PgConnection,
    page: Page,
    seen: &Seen,
    step: Move,
    (fields, faults): (Fields, Faults),
) -> Result<Response> {
    let shipment = &seen.shipment;
    seen.must_be_whole(Deed::PlanShipment)?;
    stakes::handing_over(db, &seen.by, &seen.orders, (shipment, step)).await?;
    shipment.after(step)?;
    let mut standings = Vec::new();
    for order in &seen.orders {
        let standing = goods_sql::standing(db, order, shipment.id).await?;
        standings.push((order.clone(), standing));
    }
    let choices = if step == Move::Ask {
        choices(db, &page).await?
    } else {
        Vec::new()
    };
    let setting = Setting {
        crumbs: crumbs(&page, shipment),
        action: format!("{}/{}", shipment.url(), questions::path(step)),
        back: shipment.url(),
        rev: shipment.version,
        fields,
        choices,
        warnings: questions::warnings(step, shipment, &standings, &page),
    };
    let zone = shipment.typing_zone(page.zone);
    let mut question = questions::question(step, shipment);
    if step == Move::ReleaseCustoms && release::has_declaration(db, shipment).await? {
        question.fields.retain(|field| field.name != "undeclared");
    }
    question
        .clock(shipment.loading_name(page.lang), zone)
        .draw(page, setting, faults)
}

/// Whom space is asked of, and between which ports.
async fn choices(
    db: &mut PgConnection,
    page: &Page,
) -> Result<Vec<(&'static str, Vec<(String, String)>)>> {
    let known = crate::parties::forwarder::choices(db, "").await?;
    let known = known.into_iter().map(|(id, name)| (id.to_string(), name));
    let ports = named_port::known(db).await?;
    let ports = named_port::offered(&ports, page.lang);
    Ok(vec![
        ("forwarder", known.collect()),
        ("loading_port", ports.clone()),
        ("discharge_port", ports),
    ])
}

async fn perform(
    step: Move,
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    match attempt(step, &app, by.clone(), &number, &form).await {
        Ok(answer) => Ok(answer.into_response()),
        Err(Error::Invalid(faults)) => {
            let mut db = app.db.acquire().await?;
            let seen = reading::find(&mut db, &by, &number).await?;
            draw(&mut db, page, &seen, step, (form.fields, faults)).await
        }
        Err(error) => Err(error),
    }
}

/// The act with its form, whoever filled it in.
pub(in crate::shipping) async fn attempt(
    step: Move,
    app: &App,
    by: By,
    number: &str,
    form: &Keyed,
) -> Result<Answer> {
    let t = T(by.lang);
    let (mut act, mut shipment) = reading::begin(app, by.clone(), number, &form.key).await?;
    let orders = act.orders.clone();
    stakes::handing_over(act.tx(), &by, &orders, (&shipment, step)).await?;
    shipment.after(step)?;
    let (at, zone) = (act.by.at, act.zone());
    let typed = questions::question(step, &shipment)
        .clock(String::new(), shipment.typing_zone(zone))
        .read(form, at, zone)?;
    if form.rev()? != shipment.version {
        return Err(Error::Stale(Box::default()));
    }
    keep(app, &mut act, &typed).await?;
    acts::apply(&mut act, &mut shipment, step, &typed).await?;
    // Days that are put right leave the stage as it was.
    let what = if step == Move::CorrectDate {
        t.web_saved()
    } else {
        shipment.stage.label(t)
    };
    let done = format!("{} · {what}", shipment.number);
    act.finish(Answer::to(shipment.url()).say(done)).await
}

/// What came as evidence of an outside party's word; answers the first of it.
pub(in crate::shipping) async fn keep(
    app: &App,
    act: &mut JointAct,
    typed: &Typed,
) -> Result<Option<FileId>> {
    let mut first = None;
    for file in &typed.files {
        let kept = act
            .keep_file(app, file, "correspondence", Audience::Internal)
            .await?;
        first = first.or(Some(kept));
    }
    Ok(first)
}

/// The customs set 报关资料, piece by piece as it is checked.
fn set_question() -> Question {
    Question::new(T::shipping_set_title, T::shipping_set_sentence).with(&[
        may("invoice", Kind::Check, T::shipping_set_invoice),
        may("packing_list", Kind::Check, T::shipping_set_packing_list),
        may("elements", Kind::Check, T::shipping_set_elements),
        may("contract", Kind::Check, T::shipping_set_contract),
        may(
            "power_of_attorney",
            Kind::Check,
            T::shipping_set_power_of_attorney,
        ),
    ])
}

pub(in crate::shipping) async fn ask_set(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let seen = reading::find(&mut db, &by, &number).await?;
    seen.must(Deed::PrepareShippingPapers)?;
    let shipment = &seen.shipment;
    still_open(shipment)?;
    let mut fields = Fields::default();
    for piece in &shipment.customs_set {
        fields.set(piece, "yes");
    }
    let setting = Setting {
        crumbs: crumbs(&page, shipment),
        action: format!("{}/customs-set", shipment.url()),
        back: shipment.url(),
        rev: shipment.version,
        fields,
        choices: Vec::new(),
        warnings: Vec::new(),
    };
    set_question().draw(page, setting, Faults::default())
}

pub(in crate::shipping) async fn check_set(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    let answer = attempt_set(&app, by, &number, &form).await?;
    Ok(answer.tell(page.t, T::web_saved))
}

/// The act: these pieces of the set are looked through.
pub(in crate::shipping) async fn attempt_set(
    app: &App,
    by: By,
    number: &str,
    form: &Keyed,
) -> Result<Answer> {
    let (mut act, mut shipment) = reading::begin(app, by, number, &form.key).await?;
    act.must(Deed::PrepareShippingPapers)?;
    act.must_move()?;
    still_open(&shipment)?;
    let typed = set_question().read(form, act.by.at, act.zone())?;
    if form.rev()? != shipment.version {
        return Err(Error::Stale(Box::default()));
    }
    let checked: Vec<&str> = CUSTOMS_SET
        .into_iter()
        .filter(|piece| typed.on(piece))
        .collect();
    if typed.on("elements") {
        release::every_code_is_known(&mut act, &shipment).await?;
    }
    let t = T(crate::base::Lang::Zh);
    let words: Vec<&str> = checked.iter().map(|piece| set_word(t, piece)).collect();
    shipment.stored.customs_set = checked.iter().map(|piece| (*piece).to_owned()).collect();
    let stage = shipment.stage;
    sql::save(&mut act, &shipment, stage).await?;
    let words = words.join(t.web_list_comma());
    told(
        &mut act,
        &shipment,
        said!(shipment, CustomsSetChecked, words),
    )
    .await?;
    act.finish(Answer::to(shipment.url())).await
}

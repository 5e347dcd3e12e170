//! Pages of the transport document: the form of each act.

use super::acts;
use super::comparison::Name;
use super::document::{Document, Refusal};
use super::questions::{self, path, question};
use super::sql;
use super::stage::Move;
use crate::approvals::exception::Basis;
use crate::base::{By, T};
use crate::people::Deed;
use crate::people::relation::InReach;
use crate::shipping::asked::{Setting, Typed};
use crate::shipping::shipment::acting::keep;
use crate::shipping::shipment::goods_sql;
use crate::shipping::shipment::plan::crumbs;
use crate::shipping::shipment::reading::{self, Seen};
use crate::shipping::shipment::record::Refusal as NotHere;
use crate::shipping::stakes;
use crate::web::{Answer, App, Door, Error, Faults, Fields, Keyed, Page, Result, Routes};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use sqlx::PgConnection;

/// The two addresses of an act on the document.
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
    draw(&mut db, page, &by, (&number, step), None).await
}

#[expect(clippy::too_many_lines, reason = "a form brings everything it shows")]
async fn draw(
    db: &mut PgConnection,
    page: Page,
    by: &By,
    (number, step): (&str, Move),
    typed: Option<(Fields, Faults)>,
) -> Result<Response> {
    let seen = reading::find(db, by, number).await?;
    let shipment = &seen.shipment;
    let document = sql::find(db, shipment.id).await?;
    seen.must_be_whole(Deed::CheckTransportDocument)?;
    let asked = (shipment, document.as_ref(), step);
    let basis = stakes::releasing(db, by, &seen.orders, asked).await?;
    if !shipment.is_booked() {
        return Err(NotHere::NotBooked.into());
    }
    match &document {
        Some(document) => document.after(step)?,
        None => acts::beginning(shipment, step)?,
    };
    let mut choices = vec![
        ("freight", questions::freights(page.t)),
        ("form", questions::forms(page.t)),
    ];
    if let (Move::WaiveDifference, Some(document)) = (step, &document) {
        let all = acts::fields(db, &InReach::of(by), shipment, document).await?;
        let open = all.iter().filter(|field| field.is_open());
        let named = open.map(|field| {
            (
                field.name.code().to_owned(),
                field.name.label(page.t).to_owned(),
            )
        });
        choices.push(("field", named.collect()));
    }
    let (fields, faults) = match typed {
        Some(typed) => typed,
        None => (
            prefilled(db, &seen, (document.as_ref(), &basis), step, &page).await?,
            Faults::default(),
        ),
    };
    let setting = Setting {
        crumbs: crumbs(&page, shipment),
        action: format!("{}/transport-document/{}", shipment.url(), path(step)),
        back: format!("{}/transport-document", shipment.url()),
        rev: document.map_or(shipment.version, |document| document.version),
        fields,
        choices,
        warnings: Vec::new(),
    };
    question(step, shipment.mode).draw(page, setting, faults)
}

/// What the form holds before anybody typed: the parties of the proforma invoice, the last draft.
#[expect(clippy::too_many_lines, reason = "one arm an act")]
async fn prefilled(
    db: &mut PgConnection,
    seen: &Seen,
    (document, basis): (Option<&Document>, &Basis),
    step: Move,
    page: &Page,
) -> Result<Fields> {
    let mut fields = Fields::default();
    fields.set("day", page.today().to_string());
    fields.set("who", seen.shipment.forwarder_name.clone());
    fields.set("channel", "email");
    let first = seen.orders.first().ok_or(Error::NotFound)?;
    match step {
        Move::SendInstructions => {
            if let Some(content) = sql::printed(db, first).await? {
                let seller = &content.seller;
                fields.set(
                    "shipper",
                    format!("{}\n{}", seller.name_en, seller.address_en),
                );
                let wording = &content.wording;
                let consignee = if wording.consignee.is_empty() {
                    wording.buyer.clone()
                } else {
                    wording.consignee.clone()
                };
                fields.set("consignee", consignee);
                fields.set("notify", wording.notify.clone());
            }
            fields.set("marks", first.terms.marks.clone());
            let goods = goods_sql::goods(db, &InReach::of(&seen.by), seen.shipment.id).await?;
            let mut names: Vec<String> = goods
                .iter()
                .map(|good| good.description_en.to_uppercase())
                .collect();
            names.dedup();
            fields.set("description", names.join("\n"));
            let collect = first.terms.incoterm.starts_with('F') || first.terms.incoterm == "EXW";
            fields.set("freight", if collect { "collect" } else { "prepaid" });
        }
        Move::ReceiveDraft => {
            let draft = document.map(|document| &document.draft);
            for name in Name::ALL {
                let value = draft.and_then(|draft| draft.get(name.code()));
                fields.set(name.code(), value.cloned().unwrap_or_default());
            }
        }
        Move::SendToCustomer | Move::Release => {
            let contacts = crate::parties::contact::of_customer(db, first.customer).await?;
            let name = contacts.first().map(|contact| contact.name.clone());
            fields.set("to", name.unwrap_or_default());
        }
        Move::Confirm | Move::AskCorrection => fields.set("who", ""),
        Move::Issue => {
            fields.set("form", "originals");
            fields.set("originals", "3");
        }
        Move::ReleaseEarly => fields.set("reason", basis.asked_words().to_owned()),
        Move::Check | Move::WaiveDifference | Move::Reset => {}
    }
    Ok(fields)
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
        Ok(answer) => Ok(answer.tell(page.t, T::web_saved).into_response()),
        Err(Error::Invalid(faults)) => {
            let mut db = app.db.acquire().await?;
            let typed = Some((form.fields, faults));
            draw(&mut db, page, &by, (&number, step), typed).await
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
    let (mut act, shipment) = reading::begin(app, by.clone(), number, &form.key).await?;
    let document = sql::find(act.tx(), shipment.id).await?;
    let orders = act.orders.clone();
    let asked = (&shipment, document.as_ref(), step);
    stakes::releasing(act.tx(), &by, &orders, asked).await?;
    let rev = if let Some(document) = &document {
        document.after(step)?;
        document.version
    } else {
        acts::beginning(&shipment, step)?;
        shipment.version
    };
    let typed = question(step, shipment.mode).read(form, act.by.at, act.zone())?;
    if form.rev()? != rev {
        return Err(Error::Stale(Box::default()));
    }
    let file = keep(app, &mut act, &typed).await?;
    let document = document.map(|mut one| {
        if step == Move::ReceiveDraft {
            one.draft_file = file.map(|file| file.0);
        }
        one
    });
    acts::apply(&mut act, &shipment, document, step, &typed).await?;
    act.finish(Answer::to(format!("{}/transport-document", shipment.url())))
        .await
}

/// Checking needs no form: the page shows what differs, the button says that it was read.
pub(in crate::shipping) async fn check(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let (mut act, shipment) = reading::begin(&app, by, &number, &form.key).await?;
    act.must(Deed::CheckTransportDocument)?;
    let document = sql::find(act.tx(), shipment.id)
        .await?
        .ok_or(Refusal::NoDocument)?;
    if form.rev()? != document.version {
        return Err(Error::Stale(Box::default()));
    }
    acts::apply(
        &mut act,
        &shipment,
        Some(document),
        Move::Check,
        &Typed::default(),
    )
    .await?;
    let url = format!("{}/transport-document", shipment.url());
    act.finish(Answer::to(url).tell(page.t, T::web_saved)).await
}

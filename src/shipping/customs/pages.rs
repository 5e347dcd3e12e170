//! Pages of the declarations: the list of a shipment, and the form of each act.

use super::declaration::{Declaration, Refusal};
use super::sql;
use super::stage::{Move, Stage};
use crate::base::codes::DeclarationNumber;
use crate::base::{By, Currency, T, id};
use crate::history::shipping_event::ShippingEvent;
use crate::orders::JointAct;
use crate::people::relation::InReach;
use crate::shipping::asked::{Field, Kind, Question, Setting, Typed, may, must};
use crate::shipping::shipment::acting::keep;
use crate::shipping::shipment::goods_sql;
use crate::shipping::shipment::plan::crumbs;
use crate::shipping::shipment::reading::{self, said, told};
use crate::shipping::shipment::record::{Refusal as NotHere, Shipment};
use crate::web::{Answer, App, Door, Error, Faults, Fields, Keyed, Page, Result, Routes};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use chrono::Datelike;
use sqlx::PgConnection;

/// Moves that have a form, with the last part of their address.
pub(super) const ASKED: [(Move, &str); 10] = [
    (Move::Edit, "edit"),
    (Move::SendToBroker, "sending"),
    (Move::Void, "void"),
    (Move::Declare, "number"),
    (Move::Inspect, "inspection"),
    (Move::Release, "release"),
    (Move::Clear, "clearance"),
    (Move::Amend, "amendment"),
    (Move::Revoke, "revocation"),
    (Move::ShutOut, "shut-out"),
];

fn path(step: Move) -> &'static str {
    ASKED
        .iter()
        .find(|(own, _)| *own == step)
        .map_or("edit", |(_, path)| path)
}

fn title(step: Move) -> fn(T) -> &'static str {
    match step {
        Move::Draft => T::shipping_declaration_draft_new,
        Move::Edit => T::shipping_declaration_edit,
        Move::SendToBroker => T::shipping_declaration_send,
        Move::Void => T::shipping_declaration_void_it,
        Move::Declare => T::shipping_declaration_declare,
        Move::Inspect => T::shipping_declaration_inspect,
        Move::Release => T::shipping_declaration_release,
        Move::Clear => T::shipping_declaration_clear,
        Move::Amend => T::shipping_declaration_amend,
        Move::Revoke => T::shipping_declaration_revoke,
        Move::ShutOut => T::shipping_declaration_shut_it_out,
    }
}

const WORDS: Field = must("words", Kind::Area, T::shipping_reason);
const DAY: Field = must("day", Kind::PastDay, T::shipping_day);

fn question(step: Move) -> Question {
    let asked = Question::new(title(step), T::shipping_sentence_none);
    match step {
        Move::Draft | Move::Edit => asked.with(&[
            may("broker", Kind::Line, T::shipping_broker),
            must("fob_amount", Kind::Figure, T::shipping_fob_amount),
            must("currency", Kind::Line, T::shipping_currency),
            must("elements", Kind::Area, T::shipping_elements),
        ]),
        Move::SendToBroker => asked.with(&[
            must("broker", Kind::Line, T::shipping_broker),
            must("channel", Kind::Pick, T::shipping_channel),
        ]),
        Move::Void => asked.with(&[WORDS]).dangerous(),
        Move::Declare => asked
            .with(&[
                must("number", Kind::Line, T::shipping_declaration_number),
                DAY,
            ])
            .told(),
        Move::Inspect => asked.with(&[WORDS]).told(),
        Move::Release => asked.with(&[DAY]).told(),
        Move::Clear => asked
            .with(&[
                DAY,
                must("exported_on", Kind::PastDay, T::shipping_exported_on),
            ])
            .told(),
        Move::Amend => asked
            .with(&[
                must("fob_amount", Kind::Figure, T::shipping_fob_amount),
                WORDS,
            ])
            .told(),
        Move::Revoke | Move::ShutOut => asked.with(&[WORDS]).told().dangerous(),
    }
}

#[derive(Template)]
#[template(path = "shipping/declarations.html")]
struct ListPage {
    page: Page,
    shipment: Shipment,
    crumbs: Vec<(String, String)>,
    rows: Vec<Row>,
    may_draft: bool,
    prices: bool,
}

impl ListPage {
    fn declared(&self, row: &Row, amount: &rust_decimal::Decimal) -> String {
        format!(
            "{} {}",
            row.one.currency,
            self.page.number(amount.normalize())
        )
    }
}

struct Row {
    one: Declaration,
    acts: Vec<(&'static str, String)>,
}

pub(in crate::shipping) async fn list(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let seen = reading::find(&mut db, &by, &number).await?;
    let shipment = seen.shipment.clone();
    let rows = sql::declarations(&mut db, shipment.id)
        .await?
        .into_iter()
        .map(|one| Row {
            acts: Move::ALL
                .into_iter()
                .filter(|step| {
                    one.stage.after(*step).is_some() && seen.may(step.deed().of(one.hands()))
                })
                .map(|step| {
                    let at = format!("{}/declarations/{}", shipment.url(), one.sequence);
                    (title(step)(page.t), format!("{at}/{}", path(step)))
                })
                .collect(),
            one,
        })
        .collect();
    let drawn = ListPage {
        may_draft: seen.may(Move::Draft.deed()) && shipment.is_booked(),
        prices: seen.sees(crate::people::Deed::SeeCustomerPrices),
        crumbs: crumbs(&page, &shipment),
        rows,
        shipment,
        page,
    };
    Ok(Html(drawn.render()?))
}

/// The first values of a declaration: what the shipment is invoiced at, and the goods with their codes.
async fn first_values(db: &mut PgConnection, by: &By, shipment: &Shipment) -> Result<Fields> {
    let goods = goods_sql::goods(db, &InReach::of(by), shipment.id).await?;
    let mut fields = Fields::default();
    let total: Option<rust_decimal::Decimal> = goods
        .iter()
        .map(|good| {
            crate::base::money::line_amount(good.quantity, good.unit_price?, shipment.currency)
        })
        .sum();
    let amount = total
        .map(|total| total.normalize().to_string())
        .unwrap_or_default();
    fields.set("fob_amount", amount);
    fields.set("currency", shipment.currency.as_str());
    fields.set("broker", shipment.forwarder_name.clone());
    let elements: Vec<String> = goods
        .iter()
        .map(|good| format!("{} {} {}", good.hs_code, good.item_no, good.description_zh))
        .collect();
    fields.set("elements", elements.join("\n"));
    Ok(fields)
}

fn as_typed(one: &Declaration, page: &Page) -> Fields {
    let mut fields = Fields::default();
    let amount = one
        .fob_amount
        .map(|amount| amount.normalize().to_string())
        .unwrap_or_default();
    fields.set("broker", one.broker.clone());
    fields.set("fob_amount", amount);
    fields.set("currency", one.currency.as_str());
    fields.set("elements", one.elements.clone());
    fields.set("day", page.today().to_string());
    fields.set("who", one.broker.clone());
    fields
}

/// The two addresses of an act on a declaration.
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
    Path((number, sequence)): Path<(String, i32)>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    draw(&mut db, page, &by, (&number, Some(sequence), step), None).await
}

pub(in crate::shipping) async fn blank(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    draw(&mut db, page, &by, (&number, None, Move::Draft), None).await
}

async fn draw(
    db: &mut PgConnection,
    page: Page,
    by: &By,
    (number, sequence, step): (&str, Option<i32>, Move),
    typed: Option<(Fields, Faults)>,
) -> Result<Response> {
    let seen = reading::find(db, by, number).await?;
    let shipment = &seen.shipment;
    let list = format!("{}/declarations", shipment.url());
    let (fields, rev, action) = match sequence {
        None => {
            seen.must(step.deed())?;
            if !shipment.is_booked() {
                return Err(NotHere::NotBooked.into());
            }
            (
                first_values(db, by, shipment).await?,
                shipment.version,
                format!("{list}/new"),
            )
        }
        Some(sequence) => {
            let one = pick(sql::declarations(db, shipment.id).await?, sequence)?;
            seen.must(step.deed().of(one.hands()))?;
            one.after(step)?;
            let action = format!("{list}/{sequence}/{}", path(step));
            (as_typed(&one, &page), one.version, action)
        }
    };
    let (fields, faults) = typed.unwrap_or_else(|| (fields, Faults::default()));
    let setting = Setting {
        crumbs: crumbs(&page, shipment),
        action,
        back: list,
        rev,
        fields,
        choices: Vec::new(),
        warnings: Vec::new(),
    };
    question(step).draw(page, setting, faults)
}

fn pick(all: Vec<Declaration>, sequence: i32) -> Result<Declaration> {
    all.into_iter()
        .find(|one| one.sequence == sequence)
        .ok_or(Error::NotFound)
}

async fn perform(
    step: Move,
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, sequence)): Path<(String, i32)>,
    form: Keyed,
) -> Result<Response> {
    answer(step, &app, by, page, (&number, Some(sequence)), form).await
}

pub(in crate::shipping) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    answer(Move::Draft, &app, by, page, (&number, None), form).await
}

async fn answer(
    step: Move,
    app: &App,
    by: By,
    page: Page,
    (number, sequence): (&str, Option<i32>),
    form: Keyed,
) -> Result<Response> {
    match attempt(step, app, by.clone(), (number, sequence), &form).await {
        Ok(answer) => Ok(answer.tell(page.t, T::web_saved).into_response()),
        Err(Error::Invalid(faults)) => {
            let mut db = app.db.acquire().await?;
            let typed = Some((form.fields, faults));
            draw(&mut db, page, &by, (number, sequence, step), typed).await
        }
        Err(error) => Err(error),
    }
}

async fn attempt(
    step: Move,
    app: &App,
    by: By,
    (number, sequence): (&str, Option<i32>),
    form: &Keyed,
) -> Result<Answer> {
    let (mut act, shipment) = reading::begin(app, by, number, &form.key).await?;
    let all = sql::declarations(act.tx(), shipment.id).await?;
    let last = all.last().map_or(0, |one| one.sequence);
    let one = match sequence {
        Some(sequence) => Some(pick(all, sequence)?),
        None => None,
    };
    let hands = one.as_ref().map(Declaration::hands).unwrap_or_default();
    act.must(step.deed().of(hands))?;
    act.must_move()?;
    if !shipment.is_booked() {
        return Err(NotHere::NotBooked.into());
    }
    if let Some(one) = &one {
        one.after(step)?;
    }
    let typed = question(step).read(form, act.by.at, act.zone())?;
    keep(app, &mut act, &typed).await?;
    match one {
        None => draft(&mut act, &shipment, last + 1, &typed).await?,
        Some(one) => {
            if form.rev()? != one.version {
                return Err(Error::Stale(Box::default()));
            }
            apply(&mut act, &shipment, one, step, &typed).await?;
        }
    }
    act.finish(Answer::to(format!("{}/declarations", shipment.url())))
        .await
}

/// The act: a new declaration of this shipment.
async fn draft(
    act: &mut JointAct,
    shipment: &Shipment,
    sequence: i32,
    typed: &Typed,
) -> Result<()> {
    let mut one = Declaration {
        id: id::fresh(act.by.at),
        sequence,
        stage: Stage::Draft,
        number: String::new(),
        exported_on: None,
        fob_amount: None,
        currency: shipment.currency,
        broker: String::new(),
        elements: String::new(),
        declared_on: None,
        released_on: None,
        cleared_on: None,
        words: String::new(),
        created_by: act.by.person().map(|person| person.0),
        version: 1,
    };
    write(&mut one, typed)?;
    sql::insert(act, shipment.id, &one).await?;
    told(act, shipment, said!(shipment, DeclarationDrafted, sequence)).await
}

/// What is declared, in its currency.
fn write(one: &mut Declaration, typed: &Typed) -> Result<(), Faults> {
    let Some(currency) = Currency::parse(&typed.text("currency").to_uppercase()) else {
        return Err(Faults::one("currency", T::shipping_currency_unread));
    };
    if typed
        .figure("fob_amount")
        .is_none_or(|amount| amount.is_zero())
    {
        return Err(Faults::one("fob_amount", T::shipping_figure_zero));
    }
    one.currency = currency;
    one.fob_amount = typed.figure("fob_amount");
    typed.text("broker").clone_into(&mut one.broker);
    typed.text("elements").clone_into(&mut one.elements);
    Ok(())
}

/// The act on one declaration.
async fn apply(
    act: &mut JointAct,
    shipment: &Shipment,
    mut one: Declaration,
    step: Move,
    typed: &Typed,
) -> Result<()> {
    let stage = one.after(step)?;
    let day = typed.day("day");
    match step {
        Move::Edit => write(&mut one, typed)?,
        Move::SendToBroker => {
            if one.elements.is_empty() || one.fob_amount.is_none() {
                return Err(Refusal::Incomplete.into());
            }
            typed.text("broker").clone_into(&mut one.broker);
        }
        Move::Declare => {
            let year = act.today().year();
            let number = DeclarationNumber::parse(typed.text("number"), year).ok();
            let Some(number) = number.filter(DeclarationNumber::is_export) else {
                return Err(Faults::one("number", T::shipping_declaration_number_unread).into());
            };
            number.as_str().clone_into(&mut one.number);
            one.declared_on = day;
        }
        Move::Release => one.released_on = day,
        Move::Clear => {
            if let (Some(released), Some(day)) = (one.released_on, day)
                && day < released
            {
                return Err(Refusal::ClearedBeforeRelease { day: released }.into());
            }
            one.cleared_on = day;
            one.exported_on = typed.day("exported_on");
        }
        Move::Amend => one.fob_amount = typed.figure("fob_amount"),
        Move::Draft | Move::Void | Move::Inspect | Move::Revoke | Move::ShutOut => {}
    }
    if !typed.text("words").is_empty() {
        typed.text("words").clone_into(&mut one.words);
    }
    sql::save(act, &one, stage).await?;
    told(act, shipment, event(shipment, &one, step, typed)).await
}

fn event(shipment: &Shipment, one: &Declaration, step: Move, typed: &Typed) -> ShippingEvent {
    let mut parts = vec![one.name()];
    parts.extend([typed.text("words").to_owned(), typed.told()]);
    parts.retain(|part| !part.is_empty());
    let words = parts.join(" · ");
    match step {
        Move::Draft => said!(shipment, DeclarationDrafted, words),
        Move::Edit => said!(shipment, DeclarationChanged, words),
        Move::SendToBroker => said!(shipment, DeclarationSent, words),
        Move::Void => said!(shipment, DeclarationVoided, words),
        Move::Declare => said!(shipment, DeclarationDeclared, words),
        Move::Inspect => said!(shipment, DeclarationInspected, words),
        Move::Release => said!(shipment, DeclarationReleased, words),
        Move::Clear => said!(shipment, DeclarationCleared, words),
        Move::Amend => said!(shipment, DeclarationAmended, words),
        Move::Revoke => said!(shipment, DeclarationRevoked, words),
        Move::ShutOut => said!(shipment, DeclarationShutOut, words),
    }
}

//! The acts on a declaration, without HTTP: what changes, and how it is told.

use super::declaration::{Declaration, Refusal};
use super::sql;
use super::stage::{Move, Stage};
use crate::base::codes::DeclarationNumber;
use crate::base::{Currency, T, id};
use crate::history::shipping_event::ShippingEvent;
use crate::orders::JointAct;
use crate::shipping::asked::Typed;
use crate::shipping::shipment::reading::{said, told};
use crate::shipping::shipment::record::Shipment;
use crate::web::{Faults, Result};
use chrono::Datelike;

/// The act: a new declaration of this shipment.
pub(super) async fn draft(
    act: &mut JointAct,
    shipment: &Shipment,
    sequence: i32,
    typed: &Typed,
) -> Result<()> {
    let mut one = Declaration {
        id: id::fresh(act.by.at),
        sequence,
        stage: Stage::Draft,
        since: act.by.at,
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
pub(super) async fn apply(
    act: &mut JointAct,
    shipment: &Shipment,
    mut one: Declaration,
    step: Move,
    typed: &Typed,
) -> Result<()> {
    let stage = one.after(step)?;
    one.still_of_its_vessel(step, shipment.left_behind_at)?;
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

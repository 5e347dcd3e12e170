//! The form of each act on a declaration, and what it holds before anybody typed.

use super::declaration::Declaration;
use super::stage::Move;
use crate::base::{By, T};
use crate::people::relation::InReach;
use crate::shipping::asked::{Field, Kind, Question, may, must};
use crate::shipping::shipment::goods_sql;
use crate::shipping::shipment::record::Shipment;
use crate::web::{Fields, Page, Result};
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

pub(super) fn path(step: Move) -> &'static str {
    ASKED
        .iter()
        .find(|(own, _)| *own == step)
        .map_or("edit", |(_, path)| path)
}

pub(super) fn title(step: Move) -> fn(T) -> &'static str {
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

pub(super) fn question(step: Move) -> Question {
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

/// The first values of a declaration: what the shipment is invoiced at, and the goods with their codes.
pub(super) async fn first_values(
    db: &mut PgConnection,
    by: &By,
    shipment: &Shipment,
) -> Result<Fields> {
    let goods = goods_sql::goods(db, &InReach::of(by), shipment.id).await?;
    let mut fields = Fields::default();
    let total: Option<rust_decimal::Decimal> = goods
        .iter()
        .map(|good| {
            crate::base::money::line_amount(good.quantity, good.unit_price?, shipment.currency)
        })
        .sum();
    let agreed = goods_sql::invoiced(db, &InReach::of(by), shipment.id).await?;
    let amount = Some(agreed.customs)
        .filter(|customs| !customs.is_zero())
        .or(total)
        .map(|amount| shipment.currency.round(amount).normalize().to_string())
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

pub(super) fn as_typed(one: &Declaration, page: &Page) -> Fields {
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

//! Papers of the customs set 单证: with the set the commercial invoice and the packing list of each order leave the house and
//! enter the register of issued papers, so that a later change knows them. A set that is sent again is their next revision.

use super::goods_sql::{self, Good};
use super::record::Shipment;
use crate::base::format;
use crate::documents::{self, Paper, register};
use crate::orders::{JointAct, Order};
use crate::people::relation::InReach;
use crate::web::Result;
use rust_decimal::Decimal;

/// Kinds of the register, and what follows the shipment's number.
const KINDS: [(&str, &str); 2] = [("commercial_invoice", "CI"), ("packing_list", "PL")];

pub(super) async fn issue(act: &mut JointAct, shipment: &Shipment) -> Result<()> {
    let reach = InReach::of(&act.by);
    let goods = goods_sql::goods(act.tx(), &reach, shipment.id).await?;
    for order in act.orders.clone() {
        let number = order.number.to_string();
        let own: Vec<&Good> = goods
            .iter()
            .filter(|good| good.order_number == number)
            .collect();
        for (kind, end) in KINDS {
            let newest = out(act, &order, (kind, end), shipment).await?;
            let fields = if kind == "packing_list" {
                packed(&order, &own)
            } else {
                invoiced(
                    &order,
                    &own,
                    goods_sql::standing(act.tx(), &order, shipment.id)
                        .await?
                        .here,
                )
            };
            let paper = Paper {
                kind,
                number: format!("{}-{end}", shipment.number),
                revision: newest + 1,
                fields,
            };
            let by = act.by.clone();
            documents::issue(act.tx(), order.id(), &by, &paper).await?;
        }
    }
    Ok(())
}

/// The booking is off: what was sent for it is in force no longer.
pub(super) async fn fall(act: &mut JointAct, shipment: &Shipment) -> Result<()> {
    for order in act.orders.clone() {
        for paper in KINDS {
            out(act, &order, paper, shipment).await?;
        }
    }
    Ok(())
}

/// Takes the newest revision out of force; answers its number, 0 where none was sent.
async fn out(
    act: &mut JointAct,
    order: &Order,
    (kind, end): (&'static str, &str),
    shipment: &Shipment,
) -> Result<i32> {
    let (at, number) = (act.by.at, format!("{}-{end}", shipment.number));
    let papers = register::papers(act.tx(), order.id()).await?;
    let sent = papers
        .iter()
        .filter(|paper| paper.kind == kind && paper.number == number);
    let newest = sent.map(|paper| paper.revision).max().unwrap_or(0);
    documents::supersede_paper(act.tx(), order.id(), (kind, &number), newest, at).await?;
    Ok(newest)
}

/// The cells of each line, under its path.
fn lines(
    goods: &[&Good],
    columns: impl Fn(&Good) -> Vec<(&'static str, String)>,
) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for good in goods {
        let mut cells = vec![
            ("item_no", good.item_no.clone()),
            ("description_en", good.description_en.clone()),
            ("colour", good.colour.clone()),
            ("quantity", format::quantity(good.quantity)),
            ("unit", good.unit.clone()),
        ];
        cells.extend(columns(good));
        let path = |column: &str| format!("lines.{}.{column}", good.order_line);
        all.extend(
            cells
                .into_iter()
                .map(|(column, value)| (path(column), value)),
        );
    }
    all
}

/// What the invoice prints.
fn invoiced(order: &Order, goods: &[&Good], total: Decimal) -> Vec<(String, String)> {
    let terms = &order.terms;
    let mut all = lines(goods, |good| {
        let price = good.unit_price.unwrap_or_default();
        let amount = terms.currency.round(price * good.quantity);
        vec![
            ("unit_price", price.normalize().to_string()),
            ("amount", amount.to_string()),
        ]
    });
    let terms = [
        // With the discount and the adjustment lines of the confirmed revision, as the customer is asked for it.
        (
            "total",
            format!("{} {}", terms.currency, terms.currency.round(total)),
        ),
        ("currency", terms.currency.to_string()),
        ("incoterm", terms.incoterm.clone()),
        ("place", terms.place.clone()),
        ("payment", terms.payment.clone()),
        ("marks", terms.marks.clone()),
    ];
    all.extend(terms.map(|(path, value)| (path.to_owned(), value)));
    all
}

/// What the packing list prints.
fn packed(order: &Order, goods: &[&Good]) -> Vec<(String, String)> {
    let mut all = lines(goods, |good| {
        let figure = |of: Option<Decimal>| of.unwrap_or_default().normalize().to_string();
        vec![
            ("cartons", good.cartons.unwrap_or(0).to_string()),
            ("gross_kg", figure(good.gross_kg)),
            ("net_kg", figure(good.net_kg)),
            ("cbm", figure(good.cbm)),
        ]
    });
    let terms = [
        ("packing", order.terms.packing.clone()),
        ("marks", order.terms.marks.clone()),
    ];
    all.extend(terms.map(|(path, value)| (path.to_owned(), value)));
    all
}

//! The proforma invoice as a workbook, from the content that was frozen: what the customer was sent, and nothing later.

use super::content::{Content, ContentLine};
use super::{Stage, sql};
use crate::base::Audience;
use crate::documents::Printed;
use crate::orders::Order;
use crate::people::Deed;
use crate::web::excel::{self, Cell, Sheet};
use crate::web::{Page, Result};
use sqlx::PgConnection;

/// Revisions the customer holds, as files; none for who may not see her prices.
pub async fn printed(db: &mut PgConnection, order: &Order, page: &Page) -> Result<Vec<Printed>> {
    if !order.reader_may(Deed::SeeCustomerPrices) {
        return Ok(Vec::new());
    }
    let mut printed = Vec::new();
    for invoice in sql::list_for(db, order).await? {
        let held = matches!(invoice.stage, Stage::Sent | Stage::Confirmed);
        if let (true, Some(content), Some(sent)) = (held, &invoice.content, &invoice.sent) {
            printed.push(Printed {
                name: format!("{}-r{}.xlsx", content.number, content.revision),
                kind: page.t.orders_tab_proforma(),
                audience: Audience::Customer,
                at: sent.at,
                bytes: excel::bytes(&sheet(content, page), &about(content, page), page.t)?,
            });
        }
    }
    Ok(printed)
}

fn sheet(content: &Content, page: &Page) -> Sheet {
    let t = page.t;
    let heads = [
        t.orders_column_item().to_owned(),
        t.orders_column_description().to_owned(),
        t.orders_column_colour().to_owned(),
        t.orders_column_quantity().to_owned(),
        t.orders_column_unit().to_owned(),
        format!("{} {}", t.orders_column_price(), content.currency),
        format!("{} {}", t.orders_column_amount(), content.currency),
    ];
    let row = |line: &ContentLine| {
        vec![
            Cell::text(&line.item_no),
            Cell::text(&line.description_en),
            Cell::text(&line.colour),
            Cell::Number(line.quantity),
            Cell::text(&line.unit),
            Cell::Number(line.unit_price),
            Cell::Number(line.amount),
        ]
    };
    Sheet {
        name: content.number.clone(),
        heads: heads.into(),
        rows: content.lines.iter().map(row).collect(),
        most: excel::WHOLE,
    }
}

/// The second sheet: the terms, and what is taken off and added.
#[expect(
    clippy::too_many_lines,
    reason = "one row for each term, in the order of the paper"
)]
fn about(content: &Content, page: &Page) -> Vec<(String, String)> {
    let (t, wording) = (page.t, &content.wording);
    let day = content.delivery_on.map(|day| day.to_string());
    let terms = [
        (t.proforma_field_dated(), wording.dated.to_string()),
        (
            t.proforma_field_valid_until(),
            wording.valid_until.to_string(),
        ),
        (t.proforma_field_buyer(), wording.buyer.clone()),
        (
            t.proforma_field_incoterm(),
            format!("{} {}", content.incoterm, content.place),
        ),
        (t.proforma_field_payment(), content.payment_word(t)),
        (
            t.proforma_field_loading_port(),
            wording.loading_port.clone(),
        ),
        (
            t.proforma_field_discharge_port(),
            wording.discharge_port.clone(),
        ),
        (t.proforma_field_delivery_on(), day.unwrap_or_default()),
        (
            t.orders_field_tolerance(),
            format!("± {}%", content.tolerance),
        ),
        (t.proforma_field_packing(), content.packing.clone()),
        (t.proforma_field_marks(), content.marks.clone()),
        (t.proforma_field_remarks(), wording.remarks.clone()),
        (t.proforma_field_discount(), content.discount.to_string()),
    ];
    let adjustments = wording.adjustments.iter();
    let mut about: Vec<(String, String)> = terms
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .chain(adjustments.map(|one| (one.name(t).to_owned(), one.amount.to_string())))
        .collect();
    about.push((
        t.proforma_field_total().to_owned(),
        page.money(content.money()),
    ));
    about
}

//! The production order as a workbook for the factory. The customer's prices are not in it, and the factory's own only
//! where the reader may see them.

use super::content::Content;
use super::find::{self, Found};
use super::{issuing, sql};
use crate::base::{Audience, By};
use crate::documents::Printed;
use crate::orders::Order;
use crate::orders::kinship::Sealed;
use crate::people::Deed;
use crate::web::excel::{self, Cell, Sheet, download as send};
use crate::web::{App, Page, Result};
use axum::extract::{Path, State};
use axum::response::Response;
use sqlx::PgConnection;

pub(super) async fn download(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, paper)): Path<(String, String)>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let Found {
        order,
        paper,
        papers,
    } = find::find(&mut db, &by, &number, &paper).await?;
    let content = if let Some(content) = paper.content.clone() {
        content
    } else {
        let checked = find::check(&mut db, &order, &paper, &papers).await?;
        issuing::content(&order, &paper, &checked)?
    };
    let sealed = crate::orders::kinship::sealed(&mut db, &order).await?;
    drop(db);
    let prices = order.may(&by, Deed::SeeFactoryPrices);
    let file = format!("{}-r{}.xlsx", content.number, content.revision);
    send(
        &file,
        &sheet(&content, &page, prices),
        &about(&content, &sealed, &page),
        page.t,
    )
}

/// Production orders in force, as files; none for who may not see the factory's prices.
pub async fn printed(db: &mut PgConnection, order: &Order, page: &Page) -> Result<Vec<Printed>> {
    if !order.reader_may(Deed::SeeFactoryPrices) {
        return Ok(Vec::new());
    }
    let sealed = crate::orders::kinship::sealed(db, order).await?;
    let mut printed = Vec::new();
    for paper in sql::list_for(db, order).await? {
        if let (true, Some(content), Some(issued)) =
            (paper.stage.in_force(), &paper.content, &paper.issued)
        {
            let about = about(content, &sealed, page);
            printed.push(Printed {
                name: format!("{}-r{}.xlsx", content.number, content.revision),
                kind: page.t.orders_tab_production(),
                audience: Audience::Factory,
                at: issued.at,
                bytes: excel::bytes(&sheet(content, page, true), &about, page.t)?,
            });
        }
    }
    Ok(printed)
}

fn sheet(content: &Content, page: &Page, prices: bool) -> Sheet {
    let t = page.t;
    let mut heads = vec![
        t.orders_column_item(),
        t.orders_column_description_zh(),
        t.orders_column_colour(),
        t.orders_column_sizes(),
        t.orders_column_quantity(),
        t.orders_column_unit(),
    ];
    if prices {
        heads.extend([t.production_price(), t.production_amount()]);
    }
    let row = |line: &super::content::ContentLine| {
        let mut cells = vec![
            Cell::text(&line.item_no),
            Cell::text(&line.description_zh),
            Cell::text(&line.colour),
            Cell::text(line.sizes_text()),
            Cell::Number(line.quantity),
            Cell::text(&line.unit),
        ];
        if prices {
            cells.extend([Cell::Number(line.unit_price), Cell::Number(line.amount)]);
        }
        cells
    };
    Sheet {
        name: content.number.clone(),
        heads: heads.into_iter().map(str::to_owned).collect(),
        rows: content.lines.iter().map(row).collect(),
        most: excel::WHOLE,
    }
}

/// The second sheet: who, by when, in which quality and packing.
fn about(content: &Content, sealed: &[Sealed], page: &Page) -> Vec<(String, String)> {
    let sealed: Vec<String> = sealed.iter().map(Sealed::name).collect();
    let (t, wording) = (page.t, &content.wording);
    let day = wording.delivery_on.map(|day| day.to_string());
    [
        (t.production_number(), content.number.clone()),
        (t.proforma_revision(), format!("r{}", content.revision)),
        (t.orders_column_factory(), content.factory.clone()),
        (t.production_delivery_on(), day.unwrap_or_default()),
        (t.production_place(), wording.place.clone()),
        (t.production_quality(), wording.quality.clone()),
        (t.production_materials(), wording.materials.clone()),
        (t.production_packing(), wording.packing.clone()),
        (t.production_marks(), wording.marks.clone()),
        (t.production_sealed(), sealed.join(", ")),
        (t.production_inspection(), wording.inspection.clone()),
        (t.production_remarks(), wording.remarks.clone()),
        (t.proforma_field_tolerance(), content.tolerance.to_string()),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::super::content::Content;
    use super::super::gate::tests::ordered;
    use super::super::paper::sample;
    use super::super::stage::Stage;
    use super::*;
    use crate::base::Lang;

    #[test]
    fn no_price_of_the_customer_is_in_it_and_the_factorys_only_where_it_may_be_seen() {
        let ordered = ordered("TT_30_70_COPY", &[(1, 1_200)]);
        let mut paper = sample(Stage::Draft);
        paper.lines[0].line = ordered.lines[0].line;
        let content = Content::of("HY26-0001-P1".into(), &paper, &ordered).unwrap();
        let at = chrono::DateTime::UNIX_EPOCH;
        let page = Page::new(Lang::En, at, chrono_tz::Asia::Shanghai);
        assert_eq!(sheet(&content, &page, true).rows[0].len(), 8);
        assert_eq!(sheet(&content, &page, false).rows[0].len(), 6);
        let text = serde_json::to_string(&content).unwrap();
        assert!(!text.contains("USD") && text.contains("28800"));
    }
}

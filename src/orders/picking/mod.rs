//! Picking 选产品: a product of the catalog is looked for beneath the goods and taken into the first empty row.
//!
//! The buttons of the sheet (more rows, paste, find, take) draw the form again with everything that was typed and save
//! nothing, so that all of it works without scripts.

use super::sheet;
use crate::base::rounding::half_up;
use crate::base::{CustomerId, typed};
use crate::catalog::product::{self, Product};
use crate::web::{Fields, Result};
use rust_decimal::Decimal;
use sqlx::PgConnection;

/// Fields of the sheet beside its cells.
pub const FIELDS: [&str; 4] = ["pasted", "product_q", "product", "product_quantity"];

/// What the picker shows.
#[derive(Clone, Debug)]
pub struct Picker {
    /// Whose own products are offered too.
    pub customer: String,
    pub q: String,
    pub quantity: String,
    pub found: Vec<(String, String)>,
}

pub async fn picker(
    db: &mut PgConnection,
    fields: &Fields,
    customer: Option<CustomerId>,
) -> Result<Picker> {
    let q = fields.get("product_q").to_owned();
    let found = if q.is_empty() {
        Vec::new()
    } else {
        product::offered(db, &q, customer).await?
    };
    Ok(Picker {
        customer: customer.map(|id| id.to_string()).unwrap_or_default(),
        quantity: fields.get("product_quantity").to_owned(),
        found,
        q,
    })
}

/// Whether a button of the sheet was pressed.
pub fn is_asked(fields: &Fields) -> bool {
    matches!(
        fields.get("act"),
        "add_rows" | "paste" | "find_product" | "pick_product"
    )
}

/// Does what the button says to the typed fields.
pub async fn apply(
    db: &mut PgConnection,
    fields: &mut Fields,
    customer: Option<CustomerId>,
) -> Result<()> {
    match fields.get("act") {
        "find_product" => return Ok(()),
        "pick_product" => {
            let code = fields.get("product").to_owned();
            if let Some(product) = product::offered_one(db, &code, customer).await? {
                fill(fields, &product);
            }
            return Ok(());
        }
        "paste" => sheet::paste(fields),
        _ => {}
    }
    more_rows(fields, 5);
    Ok(())
}

/// Adds empty rows by naming the last of them.
fn more_rows(fields: &mut Fields, more: usize) {
    let last = fields.rows("lines") + more;
    if last <= crate::orders::lines::MOST {
        fields.set(&format!("lines[{}][unit]", last.saturating_sub(1)), "");
    }
}

/// The product in the first row that says nothing yet.
fn fill(fields: &mut Fields, product: &Product) {
    let row = first_empty(fields);
    let quantity =
        typed::figure(fields.get("product_quantity")).filter(|quantity| *quantity > Decimal::ZERO);
    let mut cells = vec![
        ("style", product.item_no.clone()),
        ("description", product.name_en.clone()),
        ("description_zh", product.name_zh.clone()),
        ("unit", product.unit.clone()),
        ("hs_code", product.hs_code.clone()),
    ];
    if let Some(quantity) = quantity {
        cells.push(("quantity", quantity.normalize().to_string()));
        cells.extend(packed(product, quantity));
    }
    for (column, value) in cells {
        fields.set(&format!("lines[{row}][{column}]"), value);
    }
    fields.set("product_quantity", "");
}

/// Cartons, weights and volume of so many, each carton counted as full.
fn packed(product: &Product, quantity: Decimal) -> Vec<(&'static str, String)> {
    let Some(cartons) = product
        .per_carton
        .filter(|each| *each > Decimal::ZERO)
        .and_then(|each| quantity.checked_div(each))
        .map(|cartons| cartons.ceil())
    else {
        return Vec::new();
    };
    let [length, width, height] = product.carton;
    let volume = length
        .zip(width)
        .zip(height)
        .map(|((length, width), height)| length * width * height / Decimal::from(1_000_000));
    let of_all = |each: Option<Decimal>| {
        let all = each.and_then(|each| each.checked_mul(cartons))?;
        Some(half_up(all, 3).normalize().to_string())
    };
    [
        ("cartons", Some(cartons.normalize().to_string())),
        ("gross_weight", of_all(product.gross)),
        ("net_weight", of_all(product.net)),
        ("volume", of_all(volume)),
    ]
    .into_iter()
    .filter_map(|(column, value)| Some((column, value?)))
    .collect()
}

fn first_empty(fields: &Fields) -> usize {
    let says = |row: usize| {
        sheet::COLUMNS
            .iter()
            .filter(|column| !matches!(**column, "id" | "unit" | "remark_for"))
            .any(|column| !fields.cell("lines", row, column).is_empty())
    };
    let rows = fields.rows("lines");
    (0..rows).find(|row| !says(*row)).unwrap_or(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_goes_into_the_first_empty_row_with_its_packing() {
        let d = |text: &str| text.parse::<Decimal>().ok();
        let product = Product {
            item_no: "LS-01".into(),
            name_en: "Linen shirt".into(),
            unit: "pcs".into(),
            per_carton: d("12"),
            carton: [d("60"), d("40"), d("35")],
            gross: d("14.5"),
            ..Product::default()
        };
        let mut fields = Fields::default();
        fields.set("lines[0][style]", "A1");
        fields.set("lines[2][unit]", "pcs");
        fields.set("product_quantity", "1,195");
        fill(&mut fields, &product);
        let cell = |column| fields.cell("lines", 1, column);
        assert_eq!((cell("style"), cell("quantity")), ("LS-01", "1195"));
        assert_eq!(
            (cell("cartons"), cell("gross_weight"), cell("volume")),
            ("100", "1450", "8.4")
        );
        assert_eq!(cell("net_weight"), "");
    }
}

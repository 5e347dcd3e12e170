//! The line sheet 货物表 as it is typed: cells to lines, every fault with its row and column.

use super::lines::{Line, SizeCell};
use crate::base::{Audience, LineId, T, typed};
use crate::web::{Faults, Fields};
use chrono::NaiveDate;
use rust_decimal::Decimal;

pub use super::pasted::paste;

/// Columns of the sheet as they are typed, in the order of the page.
pub const COLUMNS: [&str; 19] = [
    "id",
    "style",
    "description",
    "description_zh",
    "colour",
    "size",
    "quantity",
    "unit",
    "price",
    "factory",
    "factory_price",
    "hs_code",
    "cartons",
    "gross_weight",
    "net_weight",
    "volume",
    "delivery",
    "remark",
    "remark_for",
];

/// No cell is larger, and no line costs more: what a thousand lines come to still fits its column.
const LARGEST: u64 = 100_000_000;
const LARGEST_AMOUNT: u64 = 50_000_000_000;

/// Reads the sheet. Empty rows are passed over; every fault names its row and column.
pub fn read_sheet(fields: &Fields, new_id: impl Fn() -> LineId) -> (Vec<Line>, Faults) {
    let (mut lines, mut faults) = (Vec::new(), Faults::default());
    for row in 0..fields.rows("lines") {
        let cell = |column: &'static str| fields.cell("lines", row, column);
        let typed = COLUMNS
            .iter()
            .filter(|column| !matches!(**column, "id" | "unit" | "remark_for"))
            .any(|column| !cell(column).is_empty());
        if typed {
            lines.push(read_row(&cell, row, &mut faults, &new_id));
        }
    }
    if lines.len() > super::lines::MOST {
        faults.add("lines", T::orders_too_many_lines);
    }
    (lines, faults)
}

fn read_row<'a>(
    cell: &impl Fn(&'static str) -> &'a str,
    row: usize,
    faults: &mut Faults,
    new_id: &impl Fn() -> LineId,
) -> Line {
    let mut reader = Row {
        cell,
        at: row,
        faults,
    };
    let sizes = reader.sizes();
    let quantity = reader.quantity(&sizes);
    let unit_price = reader.price("price", quantity);
    let factory_price = reader.price("factory_price", quantity);
    let mut names = ["style", "description", "description_zh"].into_iter();
    if names.all(|name| cell(name).is_empty()) {
        reader.fault("description", T::orders_line_needs_name);
    }
    let unit = Some(cell("unit")).filter(|unit| !unit.is_empty());
    Line {
        id: cell("id").parse().unwrap_or_else(|_| new_id()),
        item_no: reader.text("style", 60),
        description_en: reader.text("description", 500),
        description_zh: reader.text("description_zh", 500),
        colour: reader.text("colour", 60),
        sizes,
        quantity,
        unit: unit.unwrap_or("pcs").chars().take(12).collect(),
        unit_price,
        factory: cell("factory").parse().ok(),
        factory_price,
        hs_code: reader.hs_code(),
        cartons: reader
            .figure("cartons", 0)
            .and_then(|figure| i32::try_from(figure.trunc().mantissa()).ok()),
        gross_kg: reader.figure("gross_weight", 3),
        net_kg: reader.figure("net_weight", 3),
        cbm: reader.figure("volume", 3),
        delivery_on: reader.day("delivery"),
        remark: reader.text("remark", 500),
        remark_for: Audience::parse(cell("remark_for")).unwrap_or_default(),
    }
}

struct Row<'f, C> {
    cell: &'f C,
    at: usize,
    faults: &'f mut Faults,
}

impl<'a, C: Fn(&'static str) -> &'a str> Row<'_, C> {
    fn fault(&mut self, column: &'static str, words: fn(T) -> &'static str) {
        let place = self.at + 1;
        self.faults
            .say(&format!("lines[{}][{column}]", self.at), move |t| {
                t.orders_line_fault(place, column_name(t, column), words(t))
            });
    }

    fn text(&mut self, column: &'static str, most: usize) -> String {
        let text = (self.cell)(column);
        if text.chars().count() > most {
            self.fault(column, T::orders_text_too_long);
        }
        text.chars().take(most).collect()
    }

    /// A figure of zero or more with at most `decimals` behind the point.
    fn figure(&mut self, column: &'static str, decimals: u32) -> Option<Decimal> {
        let text = (self.cell)(column);
        if text.is_empty() {
            return None;
        }
        match typed::figure(text) {
            None => self.fault(column, T::orders_not_a_figure),
            Some(figure) if figure < Decimal::ZERO => self.fault(column, T::orders_below_zero),
            Some(figure) if figure > Decimal::from(LARGEST) => {
                self.fault(column, T::orders_too_large);
            }
            Some(figure) if figure.normalize().scale() > decimals => {
                self.fault(column, T::orders_too_fine);
            }
            Some(figure) => return Some(figure),
        }
        None
    }

    /// A price whose amount still adds up with those of all other lines.
    fn price(&mut self, column: &'static str, quantity: Decimal) -> Option<Decimal> {
        let price = self.figure(column, 6)?;
        let amount = price.checked_mul(quantity);
        if amount.is_none_or(|amount| amount > Decimal::from(LARGEST_AMOUNT)) {
            self.fault(column, T::orders_too_large);
            return None;
        }
        Some(price)
    }

    fn day(&mut self, column: &'static str) -> Option<NaiveDate> {
        let text = (self.cell)(column);
        if text.is_empty() {
            return None;
        }
        let day = typed::day(text);
        if day.is_none() {
            self.fault(column, T::orders_not_a_day);
        }
        day
    }

    fn hs_code(&mut self) -> String {
        let text = (self.cell)("hs_code");
        if text.is_empty() {
            return String::new();
        }
        if let Ok(code) = crate::base::codes::HsCode::parse(text) {
            code.as_str().to_owned()
        } else {
            self.fault("hs_code", T::orders_not_an_hs_code);
            String::new()
        }
    }

    /// `S 120, M 240`: sizes with quantities; any separator people use between them.
    fn sizes(&mut self) -> Vec<SizeCell> {
        let text = typed::half_width((self.cell)("size"));
        let mut cells = Vec::new();
        for part in text
            .split([',', ';', '·', '\n'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            let read = part
                .rsplit_once([' ', ':', '=', '/'])
                .and_then(|(size, quantity)| Some((size.trim(), typed::figure(quantity)?)))
                .filter(|(size, quantity)| !size.is_empty() && *quantity > Decimal::ZERO);
            if let Some((size, quantity)) = read {
                cells.push(SizeCell {
                    size: size.to_owned(),
                    quantity,
                });
            } else {
                self.fault("size", T::orders_not_sizes);
                return Vec::new();
            }
        }
        cells
    }

    /// The quantity typed, or the sum of the sizes; when both are there they must agree.
    fn quantity(&mut self, sizes: &[SizeCell]) -> Decimal {
        let sum: Decimal = sizes.iter().map(|cell| cell.quantity).sum();
        let typed = self.figure("quantity", 3);
        match typed {
            Some(quantity) if !sizes.is_empty() && quantity != sum => {
                self.fault("quantity", T::orders_sizes_differ);
                quantity
            }
            Some(quantity) if quantity > Decimal::ZERO => quantity,
            Some(_) => {
                self.fault("quantity", T::orders_needs_quantity);
                Decimal::ONE
            }
            None if sum > Decimal::from(LARGEST) => {
                self.fault("size", T::orders_too_large);
                Decimal::ONE
            }
            None if sum > Decimal::ZERO => sum,
            None => {
                if (self.cell)("quantity").is_empty() {
                    self.fault("quantity", T::orders_needs_quantity);
                }
                Decimal::ONE
            }
        }
    }
}

/// The head of a column, in the reader's language.
pub fn column_name(t: T, column: &str) -> &'static str {
    match column {
        "style" => t.orders_column_item(),
        "description" => t.orders_column_description(),
        "description_zh" => t.orders_column_description_zh(),
        "colour" => t.orders_column_colour(),
        "size" => t.orders_column_sizes(),
        "quantity" => t.orders_column_quantity(),
        "unit" => t.orders_column_unit(),
        "price" => t.orders_column_price(),
        "factory" => t.orders_column_factory(),
        "factory_price" => t.orders_column_factory_price(),
        "hs_code" => t.orders_column_hs_code(),
        "cartons" => t.orders_column_cartons(),
        "gross_weight" => t.orders_column_gross(),
        "net_weight" => t.orders_column_net(),
        "volume" => t.orders_column_volume(),
        "delivery" => t.orders_column_delivery(),
        "remark_for" => t.orders_column_remark_for(),
        _ => t.orders_column_remark(),
    }
}

/// The sheet as it is stored, as fields of a form.
pub fn put(fields: &mut Fields, goods: &[Line]) {
    for (row, line) in goods.iter().enumerate() {
        fields.set(&format!("lines[{row}][id]"), line.id.to_string());
        for (column, value) in super::lines::printed(line) {
            fields.set(
                &format!("lines[{row}][{column}]"),
                value.replace(" · ", ", "),
            );
        }
    }
}

/// One row of the sheet as the page draws it.
#[derive(Clone, Debug, Default)]
pub struct SheetRow {
    pub row: usize,
    pub id: String,
    pub item: String,
    pub description: String,
    pub description_zh: String,
    pub colour: String,
    pub sizes: String,
    pub quantity: String,
    pub unit: String,
    pub price: String,
    pub amount: String,
    pub factory: String,
    pub factory_price: String,
    pub hs_code: String,
    pub cartons: String,
    pub gross: String,
    pub net: String,
    pub volume: String,
    pub delivery: String,
    pub remark: String,
    pub remark_for: String,
}

/// Rows as typed and some empty ones under them.
pub fn rows(fields: &Fields, spare: usize, factory_prices: bool) -> Vec<SheetRow> {
    let typed = fields.rows("lines");
    let cell = |row: usize, column: &str| fields.cell("lines", row, column).to_owned();
    let hidden = |text: String| if factory_prices { text } else { String::new() };
    (0..(typed + spare).min(super::lines::MOST))
        .map(|row| {
            let (quantity, price) = (cell(row, "quantity"), cell(row, "price"));
            let amount = typed::figure(&quantity)
                .zip(typed::figure(&price))
                .and_then(|(q, p)| q.checked_mul(p));
            SheetRow {
                row,
                id: cell(row, "id"),
                item: cell(row, "style"),
                description: cell(row, "description"),
                description_zh: cell(row, "description_zh"),
                colour: cell(row, "colour"),
                sizes: cell(row, "size"),
                unit: cell(row, "unit"),
                amount: amount
                    .map(|amount| crate::base::format::fixed(amount, 2))
                    .unwrap_or_default(),
                quantity,
                price,
                factory: hidden(cell(row, "factory")),
                factory_price: hidden(cell(row, "factory_price")),
                hs_code: cell(row, "hs_code"),
                cartons: cell(row, "cartons"),
                gross: cell(row, "gross_weight"),
                net: cell(row, "net_weight"),
                volume: cell(row, "volume"),
                delivery: cell(row, "delivery"),
                remark: cell(row, "remark"),
                remark_for: cell(row, "remark_for"),
            }
        })
        .collect()
}

/// Sums at the foot of the sheet, as far as the cells can be read.
#[derive(Clone, Debug, Default)]
pub struct Sums {
    pub quantity: String,
    pub amount: String,
    pub cartons: String,
    pub gross: String,
    pub net: String,
    pub volume: String,
}

pub fn sums(fields: &Fields, decimals: u32) -> Sums {
    let column = |column: &str| -> Decimal {
        (0..fields.rows("lines"))
            .filter_map(|row| typed::figure(fields.cell("lines", row, column)))
            .sum()
    };
    let amount: Decimal = (0..fields.rows("lines"))
        .filter_map(|row| {
            let quantity = typed::figure(fields.cell("lines", row, "quantity"))?;
            let amount =
                quantity.checked_mul(typed::figure(fields.cell("lines", row, "price"))?)?;
            Some(crate::base::rounding::half_up(amount, decimals))
        })
        .sum();
    let format = crate::base::format::fixed;
    Sums {
        quantity: format(column("quantity"), 0),
        amount: format(amount, decimals),
        cartons: format(column("cartons"), 0),
        gross: format(column("gross_weight"), 1),
        net: format(column("net_weight"), 1),
        volume: format(column("volume"), 2),
    }
}

/// The fault of one cell, in the reader's language; empty when it is right.
pub fn cell_fault(faults: &Faults, t: T, row: usize, column: &str) -> String {
    faults
        .of(&format!("lines[{row}][{column}]"))
        .map(|fault| fault.text(t))
        .unwrap_or_default()
}

/// Columns that who typed cannot see stay as they are stored.
pub fn keep_hidden(typed: &mut [Line], stored: &[Line], factory_prices: bool) {
    if factory_prices {
        return;
    }
    for line in typed {
        let held = stored.iter().find(|held| held.id == line.id);
        line.factory = held.and_then(|held| held.factory);
        line.factory_price = held.and_then(|held| held.factory_price);
    }
}

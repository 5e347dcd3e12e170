//! Content: everything a production order prints, as one snapshot. Frozen at issue; its hash says that it is unchanged.
//!
//! The customer's prices are not among it, so that no page, file or message of the factory can show one.

use super::paper::{Lacking, ProductionOrder, Wording};
use crate::base::{Currency, LineId, Money, format, money};
use crate::orders::lines::SizeCell;
use crate::proforma::content::{Content as Ordered, ContentLine as OrderedLine};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// `HY26-0001-P1`
    pub number: String,
    pub revision: i32,
    /// Of the proforma invoice that orders the goods.
    pub proforma: i32,
    pub factory: String,
    pub wording: Wording,
    /// More-or-less 溢短装, percent either way.
    pub tolerance: Decimal,
    pub lines: Vec<ContentLine>,
    /// CNY incl. VAT.
    pub total: Decimal,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentLine {
    pub line: LineId,
    pub item_no: String,
    pub description_zh: String,
    pub description_en: String,
    pub colour: String,
    /// Of the whole ordered line; empty where this factory makes a part of it.
    pub sizes: Vec<SizeCell>,
    pub quantity: Decimal,
    pub unit: String,
    pub unit_price: Decimal,
    pub amount: Decimal,
}

impl Content {
    /// The snapshot of a draft, or what it lacks.
    pub fn of(
        number: String,
        paper: &ProductionOrder,
        ordered: &Ordered,
    ) -> Result<Self, Vec<Lacking>> {
        let named = |id: LineId| ordered.lines.iter().find(|line| line.line == id);
        let lacks = paper.lacks(|id| named(id).map(OrderedLine::name));
        if !lacks.is_empty() {
            return Err(lacks);
        }
        let lines: Vec<ContentLine> = ordered
            .lines
            .iter()
            .filter_map(|line| printed_line(line, paper))
            .collect();
        Ok(Self {
            number,
            revision: paper.key.revision,
            proforma: ordered.revision,
            factory: paper.factory_name.clone(),
            wording: paper.wording.clone(),
            tolerance: ordered.tolerance,
            total: lines.iter().map(|line| line.amount).sum(),
            lines,
        })
    }

    /// SHA-256 of the snapshot; the fields stand in one order, so the same content has the same hash.
    pub fn hash(&self) -> Result<Vec<u8>, serde_json::Error> {
        Ok(Sha256::digest(serde_json::to_vec(self)?).to_vec())
    }

    pub fn money(&self) -> Money {
        Money::new(self.total, Currency::CNY)
    }

    pub fn quantity(&self) -> Decimal {
        self.lines.iter().map(|line| line.quantity).sum()
    }

    /// Every printed field as path and value, for the register of issued papers; the paths are those of the proforma
    /// invoice wherever both print the same, so that one change marks both.
    pub fn printed(&self) -> Vec<(String, String)> {
        let wording = &self.wording;
        let day = wording.delivery_on.map(|day| day.to_string());
        let mut all: Vec<(String, String)> = [
            ("delivery_on", day.unwrap_or_default()),
            ("tolerance", self.tolerance.to_string()),
            ("delivery_place", wording.place.clone()),
            ("quality", wording.quality.clone()),
            ("materials", wording.materials.clone()),
            ("packing", wording.packing.clone()),
            ("marks", wording.marks.clone()),
            ("inspection", wording.inspection.clone()),
            ("factory_remarks", wording.remarks.clone()),
        ]
        .into_iter()
        .map(|(path, value)| (path.to_owned(), value))
        .collect();
        for line in &self.lines {
            let cells = line.printed().into_iter();
            all.extend(
                cells.map(|(column, value)| (format!("lines.{}.{column}", line.line), value)),
            );
        }
        all
    }
}

fn printed_line(line: &OrderedLine, paper: &ProductionOrder) -> Option<ContentLine> {
    let given = paper.lines.iter().find(|given| given.line == line.line)?;
    let unit_price = given.unit_price?;
    Some(ContentLine {
        line: line.line,
        item_no: line.item_no.clone(),
        description_zh: line.description_zh.clone(),
        description_en: line.description_en.clone(),
        colour: line.colour.clone(),
        sizes: if given.quantity == line.quantity {
            line.sizes.clone()
        } else {
            Vec::new()
        },
        quantity: given.quantity,
        unit: line.unit.clone(),
        unit_price,
        amount: money::line_amount(given.quantity, unit_price, Currency::CNY)?,
    })
}

impl ContentLine {
    pub fn sizes_text(&self) -> String {
        let cells: Vec<String> = self
            .sizes
            .iter()
            .map(|cell| format!("{} {}", cell.size, cell.quantity.normalize()))
            .collect();
        cells.join(" · ")
    }

    /// The unit price with at least two decimals.
    pub fn price_text(&self) -> String {
        format::unit_price(self.unit_price, Currency::CNY)
    }

    fn printed(&self) -> [(&'static str, String); 8] {
        [
            ("item_no", self.item_no.clone()),
            ("description_zh", self.description_zh.clone()),
            ("description_en", self.description_en.clone()),
            ("colour", self.colour.clone()),
            ("sizes", self.sizes_text()),
            ("quantity", format::quantity(self.quantity)),
            ("unit", self.unit.clone()),
            ("factory_price", self.price_text()),
        ]
    }
}

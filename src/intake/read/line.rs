//! One line 行: the cells of one row, each read, the doubtful ones settled by each other.
//!
//! A quantity, price or amount with two readings is taken when exactly one combination satisfies quantity × price =
//! amount (or when the sizes add up to it). Everything else with two readings is asked.

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::grid::Place;
use crate::grid::number::Sort;
use crate::intake::facts::DayCell;
use crate::intake::field::{self, Field};
use crate::intake::{RemarkKind, Remarks, Severity};

use super::PreviewLine;
use super::sheet::{Number, Sheet};

/// The money and pieces of a row while they are being settled.
struct Sums {
    quantity: Option<Number>,
    price: Option<Number>,
    amount: Option<Number>,
    by_sizes: Option<Decimal>,
    decimals: u32,
}

/// Reads one row as a line.
pub(super) fn read(sheet: &Sheet<'_>, row: u32, remarks: &mut Remarks) -> PreviewLine {
    let sizes = sizes(sheet, row, remarks);
    let unread = sizes.is_none();
    let sizes = sizes.unwrap_or_default();
    let mut sums = Sums::of(sheet, row, total(&sizes).filter(|_| !unread));
    sums.settle_by_sizes(remarks);
    sums.settle_by_amount(remarks);
    for number in [&sums.quantity, &sums.price].into_iter().flatten() {
        number.say(remarks);
    }
    let delivery = delivery(sheet, row, remarks);
    let line = line(sheet, row, sizes, &sums, delivery);
    let places = Places { sheet, row };
    places.check_goods(&line, &sums, unread, remarks);
    places.check_figures(&line, &sums, remarks);
    check_amount(&line, &sums, remarks);
    line
}

fn line(
    sheet: &Sheet<'_>,
    row: u32,
    sizes: Vec<(String, Decimal)>,
    sums: &Sums,
    delivery: Option<NaiveDate>,
) -> PreviewLine {
    let (quantity, unit_price) = (sums.pieces(), sums.price.as_ref().and_then(Number::only));
    PreviewLine {
        row: row + 1,
        position: sheet.text(row, &Field::Position),
        item: sheet.text(row, &Field::Item),
        description: sheet.text(row, &Field::Description),
        specification: sheet.text(row, &Field::Specification),
        colour: sheet.text(row, &Field::Colour),
        size: sheet.text(row, &Field::Size),
        sizes,
        quantity,
        unit: unit(sheet, row, sums),
        unit_price,
        currency: sums.currency().map(str::to_owned),
        amount: quantity
            .zip(unit_price)
            .and_then(|(pieces, price)| amount(pieces, price, sheet.decimals)),
        amount_stated: sums.amount.as_ref().and_then(Number::only),
        delivery,
        hs_code: sheet.text(row, &Field::HsCode),
        barcode: sheet.text(row, &Field::Barcode),
        remark: sheet.text(row, &Field::Remark),
    }
}

/// From its own column, else from the figure itself, else from the head over the quantities.
fn unit(sheet: &Sheet<'_>, row: u32, sums: &Sums) -> Option<String> {
    let own = sheet.text(row, &Field::Unit).or_else(|| sums.unit());
    own.or_else(|| field::unit_of(&sheet.mapping.find(&Field::Quantity)?.header))
}

impl Sums {
    fn of(sheet: &Sheet<'_>, row: u32, by_sizes: Option<Decimal>) -> Self {
        let number = |field: Field, sort| {
            sheet
                .place(row, &field)
                .and_then(|at| sheet.number(at, &field, sort))
        };
        Self {
            quantity: number(Field::Quantity, Sort::Quantity),
            price: number(Field::UnitPrice, Sort::Price),
            amount: number(Field::Amount, Sort::Amount),
            by_sizes,
            decimals: sheet.decimals,
        }
    }

    /// The quantity as stated, or where no cell states one, the sizes together.
    fn pieces(&self) -> Option<Decimal> {
        match &self.quantity {
            Some(number) => number.only(),
            None => self.by_sizes,
        }
    }

    fn unit(&self) -> Option<String> {
        let numbers = [&self.quantity, &self.price].into_iter().flatten();
        numbers
            .flat_map(|number| &number.readings)
            .find_map(|figure| figure.unit.clone())
    }

    fn currency(&self) -> Option<&'static str> {
        [&self.price, &self.amount]
            .into_iter()
            .flatten()
            .find_map(Number::currency)
    }

    fn settle_by_sizes(&mut self, remarks: &mut Remarks) {
        let Some(number) = self.quantity.as_mut().filter(|number| number.is_doubtful()) else {
            return;
        };
        if let Some(read) = self
            .by_sizes
            .filter(|sum| number.values().any(|value| value == *sum))
        {
            number.keep(read);
            let text = number.text.clone();
            remarks.noted(number.at, RemarkKind::ProvenBySizes { text, read });
        }
    }

    /// Takes the one combination of readings that makes quantity × price = amount.
    fn settle_by_amount(&mut self, remarks: &mut Remarks) {
        let &[(quantity, price, amount)] = self.fits().as_slice() else {
            return;
        };
        let cells = [
            (&mut self.quantity, quantity),
            (&mut self.price, price),
            (&mut self.amount, amount),
        ];
        for (number, read) in cells {
            if let Some(number) = number.as_mut().filter(|number| number.is_doubtful()) {
                number.keep(read);
                let (field, text) = (number.field.clone(), number.text.clone());
                let kind = RemarkKind::ProvenByAmount {
                    field,
                    text,
                    read,
                    quantity,
                    price,
                    amount,
                };
                remarks.noted(number.at, kind);
            }
        }
    }

    /// All combinations of quantity, price and amount that agree.
    fn fits(&self) -> Vec<(Decimal, Decimal, Decimal)> {
        let quantities: Vec<Decimal> = match &self.quantity {
            Some(number) => number.values().collect(),
            None => self.by_sizes.into_iter().collect(),
        };
        let (Some(price), Some(stated)) = (&self.price, &self.amount) else {
            return Vec::new();
        };
        let mut fits = Vec::new();
        for quantity in quantities {
            for price in price.values() {
                let agreeing = stated
                    .values()
                    .filter(|stated| agrees(quantity, price, *stated, self.decimals));
                fits.extend(agreeing.map(|stated| (quantity, price, stated)));
            }
        }
        fits
    }
}

fn delivery(sheet: &Sheet<'_>, row: u32, remarks: &mut Remarks) -> Option<NaiveDate> {
    let at = sheet.place(row, &Field::Delivery)?;
    let cell = sheet.shown(at);
    if cell.is_empty() {
        return None;
    }
    DayCell {
        cell,
        at,
        hints: sheet.hints,
        after: sheet.order_day,
    }
    .read(Severity::Blocks, remarks)
}

/// The filled sizes; `None` when one of them cannot be read, so that no sum is made of the rest.
fn sizes(sheet: &Sheet<'_>, row: u32, remarks: &mut Remarks) -> Option<Vec<(String, Decimal)>> {
    let mut sizes = Vec::new();
    let mut whole = true;
    for (index, size) in sheet.mapping.sizes() {
        let field = Field::SizeQuantity(size.to_owned());
        let Some(number) = sheet.number(Place::new(row, index), &field, Sort::Quantity) else {
            continue;
        };
        number.say(remarks);
        match number.only() {
            Some(value) if value.is_sign_negative() && !value.is_zero() => {
                remarks.blocks(number.at, RemarkKind::NotPositive { field, value });
                whole = false;
            }
            Some(value) if value.is_zero() => {}
            Some(value) => sizes.push((size.to_owned(), value)),
            None => whole = false,
        }
    }
    whole.then_some(sizes)
}

fn total(sizes: &[(String, Decimal)]) -> Option<Decimal> {
    let sum = sizes
        .iter()
        .try_fold(Decimal::ZERO, |sum, (_, value)| sum.checked_add(*value))?;
    (!sizes.is_empty()).then_some(sum)
}

/// Nought proves nothing: every reading of the price fits it.
fn agrees(quantity: Decimal, price: Decimal, stated: Decimal, decimals: u32) -> bool {
    !stated.is_zero()
        && amount(quantity, price, decimals).is_some_and(|computed| {
            computed == stated || quantity.checked_mul(price) == Some(stated)
        })
}

pub(super) fn amount(quantity: Decimal, price: Decimal, decimals: u32) -> Option<Decimal> {
    let exact = quantity.checked_mul(price)?;
    Some(exact.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero))
}

/// Where the remarks of one row belong.
struct Places<'a> {
    sheet: &'a Sheet<'a>,
    row: u32,
}

impl Places<'_> {
    /// The cell of a field; where it has no column, the first size or the first cell of the row.
    fn at(&self, field: &Field) -> Place {
        let first = self
            .sheet
            .mapping
            .sizes()
            .next()
            .map_or(0, |(index, _)| index);
        self.sheet
            .place(self.row, field)
            .unwrap_or_else(|| Place::new(self.row, first))
    }

    fn check_goods(
        &self,
        line: &PreviewLine,
        sums: &Sums,
        unread_sizes: bool,
        remarks: &mut Remarks,
    ) {
        if line.item.is_none() && line.description.is_none() {
            remarks.blocks(self.at(&Field::Item), RemarkKind::ItemMissing);
        }
        if sums.quantity.is_none() && sums.by_sizes.is_none() && !unread_sizes {
            remarks.blocks(self.at(&Field::Quantity), RemarkKind::QuantityMissing);
        }
        if sums.price.is_none() {
            remarks.asked(self.at(&Field::UnitPrice), RemarkKind::PriceMissing);
        }
    }

    fn check_figures(&self, line: &PreviewLine, sums: &Sums, remarks: &mut Remarks) {
        if let Some(stated) = line.quantity {
            let at = self.at(&Field::Quantity);
            check_quantity(stated, line.unit.as_deref(), at, remarks);
            if let Some(sum) = sums.by_sizes.filter(|sum| *sum != stated) {
                remarks.blocks(at, RemarkKind::SizesDiffer { sum, stated });
            }
        }
        let Some(value) = line.unit_price else { return };
        let at = self.at(&Field::UnitPrice);
        if value <= Decimal::ZERO {
            let field = Field::UnitPrice;
            remarks.blocks(at, RemarkKind::NotPositive { field, value });
        }
        if value.normalize().scale() > 4 {
            remarks.blocks(at, RemarkKind::TooManyDecimals { value });
        }
    }
}

/// An amount that hangs on a price still being asked says nothing new.
fn check_amount(line: &PreviewLine, sums: &Sums, remarks: &mut Remarks) {
    let (Some(number), Some(computed)) = (&sums.amount, line.amount) else {
        return;
    };
    let (quantity, price) = (
        line.quantity.unwrap_or_default(),
        line.unit_price.unwrap_or_default(),
    );
    match number.only() {
        Some(stated) if !agrees(quantity, price, stated, sums.decimals) => {
            remarks.asked(number.at, RemarkKind::AmountDiffers { computed, stated });
        }
        Some(_) => {}
        None => number.say(remarks),
    }
}

fn check_quantity(value: Decimal, unit: Option<&str>, at: Place, remarks: &mut Remarks) {
    if value <= Decimal::ZERO {
        let field = Field::Quantity;
        remarks.blocks(at, RemarkKind::NotPositive { field, value });
    }
    let counted = unit.is_none_or(field::is_piece);
    if counted && !value.fract().is_zero() {
        remarks.asked(at, RemarkKind::FractionOfPiece { value });
    }
}

//! What is said about a customer's sheet, in the reader's language: one sentence for each kind of remark.

use super::lines::price_text;
use crate::base::T;
use crate::intake::RemarkKind as K;
use crate::intake::field::Field;

/// A column's content as the page names it.
pub(super) fn field(t: T, field: &Field) -> String {
    match field {
        Field::Position => t.orders_sheet_field_position().into(),
        Field::Item => t.orders_column_item().into(),
        Field::Description => t.orders_column_description().into(),
        Field::Specification => t.orders_sheet_field_specification().into(),
        Field::Colour => t.orders_column_colour().into(),
        Field::Size => t.orders_sheet_field_size().into(),
        Field::SizeQuantity(size) => t.orders_sheet_field_size_quantity(size),
        Field::Quantity => t.orders_column_quantity().into(),
        Field::Unit => t.orders_column_unit().into(),
        Field::UnitPrice => t.orders_column_price().into(),
        Field::Amount => t.orders_column_amount().into(),
        Field::Delivery => t.orders_column_delivery().into(),
        Field::HsCode => t.orders_column_hs_code().into(),
        Field::Barcode => t.orders_sheet_field_barcode().into(),
        Field::Remark => t.orders_column_remark().into(),
        Field::CartonNumber | Field::CartonSize => t.orders_sheet_field_carton().into(),
        Field::Cartons | Field::PerCarton => t.orders_column_cartons().into(),
        Field::GrossWeight(_) => t.orders_column_gross().into(),
        Field::NetWeight(_) => t.orders_column_net().into(),
        Field::Volume(_) => t.orders_column_volume().into(),
        Field::Ignored => t.orders_sheet_field_ignored().into(),
    }
}

pub(super) fn tell(t: T, kind: &K) -> String {
    match kind {
        K::NoHeader => t.orders_said_no_header().into(),
        K::NoLines => t.orders_said_no_lines().into(),
        K::ColumnMissing { field: missing } => t.orders_said_column_missing(field(t, missing)),
        K::ColumnUnknown { header } => t.orders_said_column_unknown(header),
        K::ColumnTwice {
            field: twice,
            header,
        } => t.orders_said_column_twice(header, field(t, twice)),
        K::OtherSheets { names } => t.orders_said_other_sheets(names.join(t.web_list_comma())),
        K::Unreadable { field: of, text } => t.orders_said_unreadable(text, field(t, of)),
        K::FormulaUnreadable { formula, .. } => t.orders_said_formula(formula),
        K::ItemMissing => t.orders_said_item_missing().into(),
        K::QuantityMissing => t.orders_said_quantity_missing().into(),
        K::PriceMissing => t.orders_said_price_missing().into(),
        K::UnitMissing => t.orders_said_unit_missing().into(),
        K::SameAsRow { row } => t.orders_said_same_as_row(row),
        K::TextRow { text } => t.orders_said_text_row(text),
        K::RepeatedHeader => t.orders_said_repeated_header().into(),
        K::CustomerUnknown { name } => t.orders_said_customer_unknown(name),
        K::SupplierUnknown { name } => t.orders_said_supplier_unknown(name),
        _ => of_figures(t, kind),
    }
}

#[expect(clippy::too_many_lines, reason = "one sentence a kind of remark")]
fn of_figures(t: T, kind: &K) -> String {
    match kind {
        K::TwoReadings {
            text,
            decimal,
            grouped,
            ..
        } => t.orders_said_two_readings(text, price_text(*decimal), grouped),
        K::ProvenByAmount {
            text,
            read,
            quantity,
            price,
            amount,
            ..
        } => t.orders_said_proven_by_amount(
            text,
            price_text(*read),
            quantity.normalize(),
            price_text(*price),
            crate::base::format::fixed(*amount, 2),
        ),
        K::ProvenBySizes { text, read } => t.orders_said_proven_by_sizes(text, read.normalize()),
        K::CommaColumn { field: of } => t.orders_said_comma_column(field(t, of)),
        K::SizesDiffer { sum, stated } => {
            t.orders_said_sizes_differ(sum.normalize(), stated.normalize())
        }
        K::AmountDiffers { computed, stated } => t.orders_said_amount_differs(computed, stated),
        K::TotalDiffers {
            field: of,
            computed,
            stated,
        } => t.orders_said_total_differs(field(t, of), computed, stated),
        K::NotPositive { field: of, value } => t.orders_said_not_positive(field(t, of), value),
        K::TooManyDecimals { value } => t.orders_said_decimals(value),
        K::FractionOfPiece { value } => t.orders_said_fraction(value),
        K::CurrencyMissing { taken: Some(taken) } => t.orders_said_currency_taken(taken),
        K::CurrencyMissing { taken: None } => t.orders_said_currency_missing().into(),
        K::CurrencyOther { found, usual } => t.orders_said_currency_other(found, usual),
        K::CurrencyMixed { found } => t.orders_said_currency_mixed(found.join(", ")),
        K::DayTwoReadings {
            text,
            day_first,
            month_first,
        } => t.orders_said_day_two(text, day_first, month_first),
        K::DayByCountry {
            text,
            read,
            country,
        } => t.orders_said_day_by_country(text, read, country),
        K::YearAssumed { text, read } => t.orders_said_year_assumed(text, read),
        _ => of_cartons(t, kind),
    }
}

fn of_cartons(t: T, kind: &K) -> String {
    match kind {
        K::CartonsDiffer { by_number, stated } => {
            t.orders_said_cartons_differ(by_number, stated.normalize())
        }
        K::PiecesDiffer { computed, stated } => {
            t.orders_said_pieces_differ(computed.normalize(), stated.normalize())
        }
        K::ShortLastAssumed { pieces } => t.orders_said_short_last(pieces.normalize()),
        K::NumberWasDate { from, to } => t.orders_said_number_was_date(from, to),
        K::CartonsMissing { from, to } => t.orders_said_cartons_missing(from, to),
        K::CartonsTwice { from, to } => t.orders_said_cartons_twice(from, to),
        K::PerCartonAssumed { header } => t.orders_said_per_carton(header),
        K::MixedCarton { from, to } => t.orders_said_mixed_carton(from, to),
        _ => String::new(),
    }
}

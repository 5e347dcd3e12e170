//! The editor's fields: wording and lines as they are typed, read and compared.

use super::paper::{Given, ProductionOrder, Wording};
use crate::base::{LineId, format, typed};
use crate::history::event::Change;
use crate::proforma::content::Content as Ordered;
use crate::web::{Faults, Fields};
use rust_decimal::Decimal;

/// Free texts of the form with the most signs each may have.
pub(super) const TEXTS: [&str; 7] = [
    "place",
    "quality",
    "materials",
    "packing",
    "marks",
    "inspection",
    "remarks",
];
const MOST_SIGNS: usize = 4_000;

/// Every field the editor sends.
pub(super) fn known() -> Vec<&'static str> {
    TEXTS
        .into_iter()
        .chain(["delivery_on", "lines[]", "act"])
        .collect()
}

fn texts(wording: &Wording) -> [&str; 7] {
    [
        &wording.place,
        &wording.quality,
        &wording.materials,
        &wording.packing,
        &wording.marks,
        &wording.inspection,
        &wording.remarks,
    ]
}

/// The form as it is stored: a row for each ordered line, empty where this factory has none of it.
pub(super) fn stored(paper: &ProductionOrder, ordered: Option<&Ordered>) -> Fields {
    let mut fields = Fields::default();
    let day = paper.wording.delivery_on.map(|day| day.to_string());
    fields.set("delivery_on", day.unwrap_or_default());
    for (name, text) in TEXTS.iter().zip(texts(&paper.wording)) {
        fields.set(name, text);
    }
    let lines = ordered.map(|ordered| ordered.lines.as_slice());
    for (row, line) in lines.unwrap_or_default().iter().enumerate() {
        let given = paper.lines.iter().find(|given| given.line == line.line);
        let price = given.and_then(|given| given.unit_price);
        fields.set(&format!("lines[{row}][id]"), line.line.to_string());
        fields.set(
            &format!("lines[{row}][quantity]"),
            given
                .map(|given| given.quantity.to_string())
                .unwrap_or_default(),
        );
        fields.set(
            &format!("lines[{row}][price]"),
            price.map(|price| price.to_string()).unwrap_or_default(),
        );
    }
    fields
}

/// Wording and lines as typed. A row without a quantity is not given to this factory.
pub(super) fn read(
    fields: &Fields,
    ordered: &Ordered,
    faults: &mut Faults,
) -> (Wording, Vec<Given>) {
    let text = |name: &str| -> String { fields.get(name).chars().take(MOST_SIGNS).collect() };
    let wording = Wording {
        delivery_on: day(fields, "delivery_on", faults),
        place: text("place"),
        quality: text("quality"),
        materials: text("materials"),
        packing: text("packing"),
        marks: text("marks"),
        inspection: text("inspection"),
        remarks: text("remarks"),
    };
    (wording, lines(fields, ordered, faults))
}

pub(super) fn day(fields: &Fields, name: &str, faults: &mut Faults) -> Option<chrono::NaiveDate> {
    let text = fields.get(name);
    let day = typed::day(text);
    if day.is_none() && !text.is_empty() {
        faults.add(name, crate::base::T::production_not_a_day);
    }
    day
}

/// Rows by the ids they carry; an id that is not ordered is nobody's line and is left out.
pub(super) fn lines(fields: &Fields, ordered: &Ordered, faults: &mut Faults) -> Vec<Given> {
    let mut found: Vec<Given> = Vec::new();
    for row in 0..fields.rows("lines") {
        let Ok(line) = fields.cell("lines", row, "id").parse::<LineId>() else {
            continue;
        };
        let known = ordered.lines.iter().any(|own| own.line == line);
        if !known || found.iter().any(|given| given.line == line) {
            continue;
        }
        let quantity = figure(fields, (row, "quantity"), faults);
        let unit_price = figure(fields, (row, "price"), faults);
        if let Some(quantity) = quantity.filter(|quantity| *quantity > Decimal::ZERO) {
            found.push(Given {
                line,
                quantity,
                unit_price,
                ready: None,
            });
        }
    }
    found
}

/// A quantity or a price: not negative, four decimals at most.
pub(super) fn figure(
    fields: &Fields,
    (row, column): (usize, &str),
    faults: &mut Faults,
) -> Option<Decimal> {
    let text = fields.cell("lines", row, column);
    if text.is_empty() {
        return None;
    }
    let figure = typed::figure(text)
        .filter(|figure| *figure >= Decimal::ZERO && *figure <= Decimal::from(99_999_999))
        .filter(|figure| figure.normalize().scale() <= 4);
    if figure.is_none() {
        faults.say(&format!("lines[{row}][{column}]"), move |t| {
            t.production_not_a_figure(row + 1)
        });
    }
    figure.map(|figure| figure.normalize())
}

/// What changed, for the event; prices under the name that pages hide from who may not see them.
pub(super) fn changes(
    ordered: &Ordered,
    before: &ProductionOrder,
    (wording, lines): (&Wording, &[Given]),
) -> Vec<Change> {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let mut changes: Vec<Change> = Change::between(
        "delivery_on",
        &day(before.wording.delivery_on),
        &day(wording.delivery_on),
    )
    .into_iter()
    .collect();
    let pairs = texts(&before.wording).into_iter().zip(texts(wording));
    changes.extend(
        TEXTS
            .iter()
            .zip(pairs)
            .filter_map(|(name, (from, to))| Change::between(name, from, to)),
    );
    changes.extend(of_lines(ordered, &before.lines, lines));
    changes
}

pub(super) fn of_lines(ordered: &Ordered, before: &[Given], after: &[Given]) -> Vec<Change> {
    let mut changes = Vec::new();
    let of = |lines: &[Given], id: LineId| lines.iter().find(|given| given.line == id).cloned();
    let quantity = |given: &Option<Given>| {
        let quantity = given.as_ref().map(|given| given.quantity);
        quantity.map(format::quantity).unwrap_or_default()
    };
    let price = |given: &Option<Given>| {
        let price = given.as_ref().and_then(|given| given.unit_price);
        price.map(|price| price.to_string()).unwrap_or_default()
    };
    for (place, line) in ordered.lines.iter().enumerate() {
        let (was, is) = (of(before, line.line), of(after, line.line));
        let name = |column: &str| format!("lines.{}.{column}", place + 1);
        changes.extend(Change::between(
            &name("quantity"),
            &quantity(&was),
            &quantity(&is),
        ));
        changes.extend(Change::between(
            &name("factory_price"),
            &price(&was),
            &price(&is),
        ));
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::super::gate::tests::ordered;
    use super::super::paper::sample as paper;
    use super::super::stage::Stage;
    use super::*;
    use uuid::Uuid;

    fn form(quantity: &str, price: &str) -> Fields {
        Fields::new(vec![
            ("lines[0][id]".into(), Uuid::from_u128(1).to_string()),
            ("lines[0][quantity]".into(), quantity.into()),
            ("lines[0][price]".into(), price.into()),
            ("lines[1][id]".into(), Uuid::from_u128(99).to_string()),
            ("lines[1][quantity]".into(), "5".into()),
        ])
    }

    #[test]
    fn a_row_without_quantity_and_a_line_nobody_ordered_are_left_out() {
        let ordered = ordered("TT_30_70_COPY", &[(1, 1_200)]);
        let mut faults = Faults::default();
        assert!(lines(&form("", "24"), &ordered, &mut faults).is_empty());
        let read = lines(&form("1,200", "24.10"), &ordered, &mut faults);
        assert!(faults.is_empty());
        assert_eq!(read.len(), 1);
        assert_eq!(read[0].unit_price, Some(Decimal::new(241, 1)));
        lines(&form("-1", "x"), &ordered, &mut faults);
        assert_eq!(faults.len(), 2);
    }

    #[test]
    fn what_is_stored_is_read_back_and_a_change_names_its_column() {
        let ordered = ordered("TT_30_70_COPY", &[(1, 1_200)]);
        let mut held = paper(Stage::Draft);
        held.lines[0].line = ordered.lines[0].line;
        let mut faults = Faults::default();
        let (wording, mut lines) = read(&stored(&held, Some(&ordered)), &ordered, &mut faults);
        assert!(changes(&ordered, &held, (&wording, &lines)).is_empty());
        lines[0].unit_price = Some(Decimal::from(25));
        let found = changes(&ordered, &held, (&wording, &lines));
        assert_eq!(found[0].field, "lines.1.factory_price");
    }
}

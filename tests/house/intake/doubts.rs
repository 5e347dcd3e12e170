//! What is read for a reason that is shown, asked, or pointed at by row and column.

use super::{at, blocking, hints, number, pasted, read, shown};
use gendan::grid::file;
use gendan::intake::columns::has_table;
use gendan::intake::field::Field;
use gendan::intake::{Hints, RemarkKind};

#[test]
fn a_german_csv_with_decimal_commas_is_read_by_its_columns() {
    let text = "Artikelnr;Bezeichnung;Menge;Einheit;Einzelpreis EUR;Betrag EUR\nA1;Lampe;1.200;Stk;6,40;7.680,00\nA2;Schirm;50;Stk;12,50;625,00\nGesamt;;;;;8.305,00\n";
    let order = read(
        &file::read("po.csv", text.as_bytes(), has_table).unwrap(),
        &Hints {
            currency: None,
            ..hints("DE")
        },
    );
    assert_eq!(
        (order.quantity, order.amount),
        (number("1250"), number("8305"))
    );
    assert_eq!(order.totals[0].agrees, Some(true));
    assert_eq!(order.currency.as_deref(), Some("EUR"));
    assert_eq!(blocking(&order), Vec::<&RemarkKind>::new());
    assert!(order.remarks.iter().any(|remark| matches!(
        remark.kind,
        RemarkKind::CommaColumn {
            field: Field::UnitPrice
        }
    )));
    assert!(matches!(
        at(&order.remarks, "C2")[..],
        [RemarkKind::ProvenByAmount {
            field: Field::Quantity,
            ..
        }]
    ));
}

#[test]
fn faults_are_pointed_at_by_row_and_column_and_nothing_is_half_imported() {
    let order = pasted(
        "款号\t数量\t单位\t单价(USD)\t金额\nA\t1,200 只\t\t2.50\t3,000.00\nB\tTBA\t只\t2.50\t\nC\t5\t只\t1.23456\t\n\
         D\t-5\t只\t0\t\nE\t10\t只\t2\t25\n\t7\t只\t1\t7\n合计\t1234\t\t\t9\n",
    );
    let not_positive = |field, value| RemarkKind::NotPositive {
        field,
        value: number(value),
    };
    let tba = "TBA".to_owned();
    for (place, expected) in [
        (
            "B3",
            RemarkKind::Unreadable {
                field: Field::Quantity,
                text: tba,
            },
        ),
        (
            "D4",
            RemarkKind::TooManyDecimals {
                value: number("1.23456"),
            },
        ),
        ("B5", not_positive(Field::Quantity, "-5")),
        ("D5", not_positive(Field::UnitPrice, "0")),
        (
            "E6",
            RemarkKind::AmountDiffers {
                computed: number("20"),
                stated: number("25"),
            },
        ),
        ("A7", RemarkKind::ItemMissing),
    ] {
        assert_eq!(at(&order.remarks, place), [&expected], "{place}");
    }
}

#[test]
fn a_formula_that_cannot_be_worked_out_is_asked() {
    let order = pasted("款号\t数量\t单位\t单价(USD)\nA\t5\t只\t=VLOOKUP(A1,B1:C9,2)\n");
    let (field, formula) = (Field::UnitPrice, "=VLOOKUP(A1,B1:C9,2)".to_owned());
    assert_eq!(
        blocking(&order),
        [&RemarkKind::FormulaUnreadable { field, formula }]
    );
    assert!(!order.is_importable());
}

#[test]
fn units_and_full_width_digits_are_read_inside_a_quantity() {
    let order = pasted(
        "款号\t数量\t单位\t单价(USD)\nA\t1,200 只\t\t2.50\nF\t１２\t只\t２．５\nG\t1.2万\t只\t1\n",
    );
    let read: Vec<String> = order.lines.iter().map(shown).collect();
    assert_eq!(
        read,
        [
            "2: A, ; ; 1200 × 2.5 = 3000 (?)",
            "3: F, ; ; 12 × 2.5 = 30 (?)",
            "4: G, ; ; 12000 × 1 = 12000 (?)"
        ]
    );
    assert_eq!(order.lines[0].unit.as_deref(), Some("只"));
    assert!(order.is_importable());
}

#[test]
fn totals_are_compared_and_subtotals_are_no_lines() {
    let order = pasted(
        "Item\tQty\tUnit\tPrice USD\tAmount\nA\t10\tpcs\t1\t10\nB\t20\tpcs\t1\t20\nSubtotal\t30\t\t\t30\nC\t5\tpcs\t2\t10\nSubtotal\t5\t\t\t10\nGrand Total\t36\t\t\t40\nBank: ABC\nAccount:\t12345\n",
    );
    assert_eq!(order.lines.len(), 3);
    assert_eq!(
        order
            .totals
            .iter()
            .map(|total| total.agrees)
            .collect::<Vec<_>>(),
        [Some(true), Some(true), Some(false)]
    );
    assert_eq!(
        at(&order.remarks, "B7"),
        [&RemarkKind::TotalDiffers {
            field: Field::Quantity,
            computed: number("35"),
            stated: number("36")
        }]
    );
    assert!(
        order
            .facts
            .notes
            .iter()
            .any(|note| note.value == "Account: 12345")
    );
}

#[test]
fn sizes_quantities_and_repeated_rows_are_compared() {
    let order = pasted(
        "Style\tColor\tS\tM\tL\tTotal\tUnit\tPrice USD\nA\tred\t1\t2\t3\t6\tpcs\t1\nA\tred\t1\t2\t3\t7\tpcs\t1\nStyle\tColor\tS\tM\tL\tTotal\tUnit\tPrice USD\nB\tred\t\t-\t4\t\tpcs\t1\nC\tred\t\t\t\t\tpcs\t1\n",
    );
    assert_eq!(order.lines.len(), 4);
    assert_eq!(
        at(&order.remarks, "F3"),
        [&RemarkKind::SizesDiffer {
            sum: number("6"),
            stated: number("7")
        }]
    );
    assert_eq!(
        at(&order.remarks, "A3"),
        [&RemarkKind::SameAsRow { row: 2 }]
    );
    assert_eq!(at(&order.remarks, "A4"), [&RemarkKind::RepeatedHeader]);
    assert_eq!(order.lines[2].quantity, Some(number("4")));
    assert_eq!(at(&order.remarks, "F6"), [&RemarkKind::QuantityMissing]);
}

#[test]
fn a_row_or_column_that_is_left_out_is_pointed_at() {
    let order = pasted(
        "Item\tColour\tQty (pcs)\tPrice USD\tMystery\nA\tred\t5\t1\t7\nB\tred\t\t\t\nSummer range\t\t\t\t\nTotal\t\t5\t\t\n\t\t9\t\t\n",
    );
    assert_eq!(order.lines.len(), 2);
    assert_eq!(order.lines[0].unit.as_deref(), Some("pcs"));
    assert_eq!(
        at(&order.remarks, "E1"),
        [&RemarkKind::ColumnUnknown {
            header: "Mystery".to_owned()
        }]
    );
    assert_eq!(at(&order.remarks, "C3"), [&RemarkKind::QuantityMissing]);
    assert_eq!(
        at(&order.remarks, "A4"),
        [&RemarkKind::TextRow {
            text: "Summer range".to_owned()
        }]
    );
    assert_eq!(
        at(&order.remarks, "C6"),
        [&RemarkKind::TextRow {
            text: "9".to_owned()
        }]
    );
}

#[test]
fn currencies_that_differ_block_and_missing_ones_are_asked() {
    let mixed = pasted("Item\tQty\tUnit\tPrice USD\nA\t10\tpcs\t€ 1.50\n");
    assert!(blocking(&mixed).contains(&&RemarkKind::CurrencyMixed {
        found: vec!["EUR".to_owned(), "USD".to_owned()]
    }));
    let missing = pasted("Item\tQty\tUnit\tPrice\nA\t10\tpcs\t1.50\n");
    assert!(missing.remarks.iter().any(|remark| remark.kind
        == RemarkKind::CurrencyMissing {
            taken: Some("USD".to_owned())
        }));
    let other = pasted("Item\tQty\tUnit\tPrice EUR\nA\t10\tpcs\t1.50\n");
    assert!(
        other
            .remarks
            .iter()
            .any(|remark| matches!(remark.kind, RemarkKind::CurrencyOther { .. }))
    );
}

#[test]
fn a_sheet_without_a_table_blocks() {
    let order = pasted("just\tsome\nwords\there\n");
    assert_eq!(
        blocking(&order),
        [&RemarkKind::NoHeader, &RemarkKind::NoLines]
    );
}

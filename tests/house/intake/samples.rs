//! Three files as they were sent: a garment order, a lamp order in GB18030, a factory's packing list.

use super::{at, blocking, hints, number, read, sample, shown};
use gendan::grid::Origin;
use gendan::intake::columns::Mapping;
use gendan::intake::facts::Found;
use gendan::intake::field::Field;
use gendan::intake::packing::{self, CartonRun};
use gendan::intake::{Hints, RemarkKind};
use rust_decimal::Decimal;

#[test]
fn the_garment_order_comes_in_whole() {
    let order = read(&sample("customer-po-garments.xlsx"), &hints("DE"));
    let lines: Vec<String> = order.lines.iter().map(shown).collect();
    assert_eq!(
        lines,
        [
            "9: HT-2701, Navy 19-4027; S 120 M 240 L 260 XL 180 XXL 60; 860 × 7.85 = 6751 (6751)",
            "10: HT-2701, Écru 11-0809; S 100 M 200 L 220 XL 150 XXL 50; 720 × 7.85 = 5652 (5652)",
            "11: HT-2744, White; S 150 M 300 L 320 XL 240 XXL 90; 1100 × 6.4 = 7040 (7040)",
            "13: HT-2744, Sky blue; S 150 M 300 L 320 XL 240 XXL 90; 1100 × 6.4 = 7040 (7040)",
            "14: HT-2790, Mustard; S 80 M 160 L 160 XL 80; 480 × 9.125 = 4380 (4380)",
        ]
    );
    assert_eq!(order.size_cells(), 24);
    assert_eq!(
        (order.quantity, order.amount),
        (number("4260"), number("30863.00"))
    );
    assert_eq!(order.currency.as_deref(), Some("USD"));
    let total = &order.totals[0];
    assert_eq!(
        (order.totals.len(), total.row, total.amount),
        (1, 15, Some(number("30863")))
    );
    assert_eq!(total.agrees, Some(true));
    assert_eq!(blocking(&order), Vec::<&RemarkKind>::new());
    assert!(order.is_importable());
    let first = &order.lines[0];
    assert_eq!(
        (first.position.as_deref(), first.unit.as_deref()),
        (Some("10"), Some("PCS"))
    );
    assert!(
        first
            .description
            .as_deref()
            .unwrap()
            .ends_with("\n女式针织开衫")
    );
}

#[test]
fn the_garment_order_says_what_it_took_for_granted() {
    let order = read(&sample("customer-po-garments.xlsx"), &hints("DE"));
    let proof = RemarkKind::ProvenByAmount {
        field: Field::UnitPrice,
        text: "6,40".to_owned(),
        read: number("6.40"),
        quantity: number("1100"),
        price: number("6.40"),
        amount: number("7040"),
    };
    assert_eq!(at(&order.remarks, "K13"), [&proof]);
    let day = RemarkKind::DayByCountry {
        text: "05.10.2026".to_owned(),
        read: "2026-10-05".parse().unwrap(),
        country: "DE".to_owned(),
    };
    assert_eq!(at(&order.remarks, "F2"), [&day]);
    let name = "Ningbo Qiaoliang Import & Export Co., Ltd.".to_owned();
    assert_eq!(
        at(&order.remarks, "B3"),
        [&RemarkKind::SupplierUnknown { name }]
    );
    assert_eq!(order.remarks.len(), 3, "{:?}", order.remarks);
    let other = Hints {
        customer_names: vec!["Nordhavn AB".to_owned()],
        ..hints("DE")
    };
    let order = read(&sample("customer-po-garments.xlsx"), &other);
    let name = "Hanse Textilkontor GmbH".to_owned();
    assert_eq!(
        at(&order.remarks, "A1"),
        [&RemarkKind::CustomerUnknown { name }]
    );
    assert!(order.is_importable());
}

#[test]
fn the_garment_order_gives_its_terms() {
    let facts = read(&sample("customer-po-garments.xlsx"), &hints("DE")).facts;
    let found =
        |fact: &Option<Found<String>>| fact.as_ref().map(|found| found.value.clone()).unwrap();
    assert_eq!(found(&facts.customer), "Hanse Textilkontor GmbH");
    assert_eq!(found(&facts.po_number), "4500123987");
    assert_eq!(
        found(&facts.payment),
        "30% deposit by T/T, 70% against copy of B/L"
    );
    assert_eq!(found(&facts.ship_to), "Hamburg (DEHAM)");
    assert!(found(&facts.packing).starts_with("1 pc/polybag"));
    assert_eq!(
        found(&facts.shipping_mark),
        "HTK / PO 4500123987 / HAMBURG / C/NO. 1-UP"
    );
    let day = |fact: &Option<Found<chrono::NaiveDate>>| {
        fact.as_ref().map(|found| found.value.to_string()).unwrap()
    };
    assert_eq!(
        (day(&facts.order_day), day(&facts.delivery_day)),
        ("2026-10-05".to_owned(), "2027-01-22".to_owned())
    );
    let terms = &facts.delivery_terms.as_ref().unwrap().value;
    assert_eq!(
        (
            terms.incoterm.as_str(),
            terms.place.as_deref(),
            terms.edition
        ),
        ("FOB", Some("Ningbo"), Some(2020))
    );
    assert_eq!(facts.tolerance.as_ref().unwrap().value.under, number("3"));
    assert_eq!(facts.notes.len(), 2);
}

#[test]
fn without_a_country_the_date_is_asked_and_an_answer_settles_it() {
    let mut grid = sample("customer-po-garments.xlsx");
    let unknown = Hints {
        country: None,
        ..hints("DE")
    };
    let order = read(&grid, &unknown);
    assert!(matches!(
        at(&order.remarks, "F2")[..],
        [RemarkKind::DayTwoReadings { .. }]
    ));
    assert!(!order.is_importable());
    grid.correct("F2".parse().unwrap(), "2026-10-05");
    let order = read(&grid, &unknown);
    assert_eq!(
        order.facts.order_day.as_ref().unwrap().value.to_string(),
        "2026-10-05"
    );
    assert!(order.is_importable());
}

#[test]
fn a_price_that_no_amount_proves_is_asked() {
    let mut grid = sample("customer-po-garments.xlsx");
    grid.correct("L13".parse().unwrap(), "");
    let order = read(&grid, &hints("DE"));
    assert!(
        matches!(at(&order.remarks, "K13")[..], [RemarkKind::TwoReadings { decimal, grouped, .. }] if *decimal == number("6.4") && *grouped == number("640"))
    );
    assert_eq!(
        (order.lines[3].unit_price, order.is_importable()),
        (None, false)
    );
    grid.correct("K13".parse().unwrap(), "6.40");
    assert_eq!(read(&grid, &hints("DE")).amount, number("30863"));
}

#[test]
fn the_lamp_order_in_gb18030_comes_in_whole() {
    let grid = sample("customer-po-lamps-gb18030.csv");
    assert_eq!(
        grid.origin,
        Origin::Csv {
            encoding: "GB18030",
            separator: ','
        }
    );
    let order = read(&grid, &hints("CN"));
    assert_eq!(order.lines.len(), 4);
    assert_eq!(
        (order.quantity, order.amount),
        (number("9000"), number("49980.00"))
    );
    assert_eq!(order.currency.as_deref(), Some("USD"));
    let days: Vec<String> = order
        .lines
        .iter()
        .map(|line| line.delivery.unwrap().to_string())
        .collect();
    assert_eq!(
        days,
        ["2027-01-15", "2027-01-15", "2027-01-20", "2027-01-15"]
    );
    let lamp = &order.lines[0];
    assert_eq!(
        (lamp.item.as_deref(), lamp.description.as_deref()),
        (Some("LP-40W"), Some("LED面板灯"))
    );
    assert_eq!(
        lamp.specification.as_deref(),
        Some("600×600mm 40W 4000K 白框")
    );
    assert_eq!(
        (lamp.unit.as_deref(), lamp.remark.as_deref()),
        (Some("只"), Some("UGR<19，需CE/RoHS"))
    );
    assert_eq!(order.lines[3].unit.as_deref(), Some("个"));
    assert_eq!(order.remarks, []);
    assert!(order.is_importable());
}

#[test]
fn the_factory_packing_list_comes_in_whole() {
    let grid = sample("factory-packing-list.xlsx");
    let list = packing::preview(&grid, &Mapping::guess(&grid), &hints("CN"));
    let runs: Vec<String> = list.runs.iter().map(run_shown).collect();
    assert_eq!(
        runs,
        [
            "1-5 HT-2701 Navy S: 5 × 24 = 120, 13.2/11.6 kg",
            "6-15 HT-2701 Navy M: 10 × 24 = 240, 13.6/12 kg",
            "16-26 HT-2701 Navy L: 11 × 24 = 260, last 20, 13.9/12.3 kg",
            "27-34 HT-2701 Navy XL: 8 × 24 = 180, last 12, 14.1/12.5 kg",
            "35-37 HT-2701 Navy XXL: 3 × 24 = 60, last 12, 14.4/12.8 kg",
            "38-50 HT-2744 White M: 13 × 24 = 300, last 12, 9.8/8.4 kg",
            "51-64 HT-2744 White L: 14 × 24 = 320, last 8, 9.9/8.5 kg",
        ]
    );
    assert_eq!(
        (list.cartons, list.pieces, list.short_last_cartons()),
        (64, number("1480"), 5)
    );
    assert_eq!((list.totals.len(), list.totals[0].agrees), (1, Some(true)));
    assert_eq!(
        list.runs[5].carton_size.unwrap().volume(),
        Some(number("0.072"))
    );
    assert_eq!(list.runs[2].carton_size, list.runs[0].carton_size);
    assert_eq!(list.factory.as_deref(), Some("绍兴恒织服饰有限公司"));
    assert_eq!(list.order_number.as_deref(), Some("4500123987"));
    assert_eq!(
        list.day.map(|day| day.to_string()).as_deref(),
        Some("2027-01-12")
    );
    assert_eq!(list.remarks, []);
    assert!(list.is_importable());
}

fn run_shown(run: &CartonRun) -> String {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let figure = |value: Option<Decimal>| value.map_or("?".to_owned(), |value| value.to_string());
    let goods = [text(&run.item), text(&run.colour), text(&run.size)].join(" ");
    let last = run
        .last_carton
        .map_or(String::new(), |last| format!("last {last}, "));
    let weights = format!("{}/{} kg", figure(run.gross_weight), figure(run.net_weight));
    let (from, to) = (run.from.unwrap_or(0), run.to.unwrap_or(0));
    let pieces = format!(
        "{} × {} = {}",
        run.cartons,
        figure(run.per_carton),
        figure(run.pieces)
    );
    format!("{from}-{to} {goods}: {pieces}, {last}{weights}")
}

//! Files that mean harm to the order reader, or that are simply wrong: refused with a reason, never half read.

use gendan::grid::file::{self, Refusal};
use gendan::grid::{Kind, Place};
use gendan::intake::Hints;
use gendan::intake::columns::{Mapping, has_table};
use gendan::intake::read::preview;
use rust_decimal::Decimal;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in parts {
        writer.start_file(*name, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const TYPES: &[u8] = br#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>"#;
const PACKAGE: &[u8] = br#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &[u8] = br#"<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Order" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const LINKS: &[u8] = br#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

fn workbook(rows: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let sheet = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    );
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", PACKAGE),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", LINKS),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    parts.extend_from_slice(more);
    archive(&parts)
}

const CELL: &str = r#"<row r="1"><c r="A1"><v>1</v></c></row>"#;

fn refused(bytes: &[u8]) -> Option<Refusal> {
    file::read("order.xlsx", bytes, has_table).err()
}

#[test]
fn a_plain_workbook_made_for_these_tests_is_read() {
    let grid = file::read("order.xlsx", &workbook(CELL, &[]), has_table).unwrap();
    assert_eq!(
        (grid.sheet.as_str(), grid.cell(Place::new(0, 0)).kind),
        ("Order", Kind::Number(Decimal::ONE))
    );
}

#[test]
fn archive_bombs_are_refused_before_they_unfold() {
    let zeros = vec![0_u8; 20 * 1024 * 1024];
    assert_eq!(
        refused(&workbook(CELL, &[("xl/media/a.bin", &zeros)])),
        Some(Refusal::PackedTooTightly)
    );
    // A part that packs just well enough for the ratio, copied packed as it is until it unfolds too far.
    let mut seed = 1_u32;
    let mut noisy = vec![0_u8; 4 * 1024 * 1024];
    for block in noisy.chunks_mut(64) {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        block[..4].copy_from_slice(&seed.to_le_bytes());
    }
    let one = archive(&[("xl/media/0.bin", &noisy)]);
    let mut source = ZipArchive::new(Cursor::new(one)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for copy in 0..26 {
        writer
            .raw_copy_file_rename(
                source.by_index_raw(0).unwrap(),
                format!("xl/media/{copy}.bin"),
            )
            .unwrap();
    }
    let bomb = writer.finish().unwrap().into_inner();
    assert!(bomb.len() < file::MAX_BYTES, "{}", bomb.len());
    assert_eq!(refused(&bomb), Some(Refusal::TooLargeUnpacked));
    let names: Vec<String> = (0..1_001)
        .map(|part| format!("xl/media/{part}.bin"))
        .collect();
    let parts: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), b"x".as_slice()))
        .collect();
    assert_eq!(
        refused(&workbook(CELL, &parts)),
        Some(Refusal::TooManyParts)
    );
}

#[test]
fn macros_links_entities_and_forged_counts_are_refused() {
    for (name, content, refusal) in [
        ("xl/vbaProject.bin", b"x".as_slice(), Refusal::Macros),
        (
            "xl/externalLinks/externalLink1.xml",
            b"<x/>",
            Refusal::ExternalLinks,
        ),
        (
            "xl/drawings/a.xml",
            b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>",
            Refusal::Hostile,
        ),
        (
            "xl/sharedStrings.xml",
            b"<sst uniqueCount=\"9999999999999\"><si><t>x</t></si></sst>",
            Refusal::Damaged,
        ),
        ("../evil.xml", b"<x/>", Refusal::Hostile),
        ("xl/a.xml", b"\xff\xfe<\x00x\x00", Refusal::Damaged),
    ] {
        assert_eq!(
            refused(&workbook(CELL, &[(name, content)])),
            Some(refusal),
            "{name}"
        );
    }
    assert_eq!(
        file::read("order.xlsm", &workbook(CELL, &[]), has_table).err(),
        Some(Refusal::Macros)
    );
}

#[test]
fn symbolic_links_are_refused() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer
        .add_symlink(
            "xl/workbook.xml",
            "/etc/passwd",
            SimpleFileOptions::default(),
        )
        .unwrap();
    assert_eq!(
        refused(&writer.finish().unwrap().into_inner()),
        Some(Refusal::Hostile)
    );
}

/// Rows with one number each, all in the same column.
fn rows(count: u32, column: &str) -> String {
    let row = |row: u32| format!(r#"<row r="{row}"><c r="{column}{row}"><v>1</v></c></row>"#);
    (1..=count).map(row).collect::<Vec<_>>().concat()
}

#[test]
fn sheets_too_long_too_wide_or_too_far_away_are_refused() {
    assert!(file::read("order.xlsx", &workbook(&rows(50_000, "A"), &[]), has_table).is_ok());
    assert_eq!(
        refused(&workbook(&rows(50_001, "A"), &[])),
        Some(Refusal::TooManyRows)
    );
    let far = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    assert_eq!(refused(&workbook(far, &[])), Some(Refusal::TooManyRows));
    let wide = r#"<row r="1"><c r="XFD1"><v>1</v></c></row>"#;
    assert_eq!(refused(&workbook(wide, &[])), Some(Refusal::TooManyColumns));
    assert_eq!(
        refused(&workbook(&rows(5_000, "IV"), &[])),
        Some(Refusal::TooManyCells)
    );
}

#[test]
fn forged_references_damage_nothing() {
    for rows in [
        r#"<row r="1"><c r="A99999999999"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="ZZZZZZZZZZZZ1"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="A0"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="A1" t="s"><v>99</v></c></row>"#,
        r#"<row r="1"><c r="A1" t="n"><v>abc</v></c></row>"#,
        r#"<row r="1"><c r="A1"><v>1"#,
    ] {
        assert!(
            file::read("order.xlsx", &workbook(rows, &[]), has_table).is_err(),
            "{rows}"
        );
    }
    // A shared formula with a huge index is read without room being made for all the others.
    let shared = r#"<row r="1"><c r="A1"><v>2</v></c><c r="B1"><f t="shared" si="999999999999" ref="B1:B2">A1*3</f></c></row><row r="2"><c r="A2"><v>5</v></c><c r="B2"><f t="shared" si="999999999999"/></c></row>"#;
    let grid = file::read("order.xlsx", &workbook(shared, &[]), has_table).unwrap();
    let kinds = [0, 1].map(|row| grid.cell(Place::new(row, 1)).kind);
    assert_eq!(
        kinds,
        [
            Kind::Number(Decimal::from(6)),
            Kind::Number(Decimal::from(15))
        ]
    );
}

#[test]
fn wrong_and_broken_files_are_refused_with_a_reason() {
    assert_eq!(refused(b""), Some(Refusal::Empty));
    assert_eq!(
        refused(b"%PDF-1.7"),
        Some(Refusal::NotWhatItSays {
            extension: "xlsx".to_owned()
        })
    );
    assert_eq!(
        refused(&archive(&[("word/document.xml", b"<x/>")])),
        Some(Refusal::Damaged)
    );
    assert_eq!(refused(&workbook("", &[])), Some(Refusal::Empty));
    assert_eq!(
        file::read("old.xls", b"\xd0\xcf\x11\xe0rest", has_table).err(),
        Some(Refusal::OldExcel)
    );
    let encrypted: Vec<u8> = [0xd0, 0xcf, 0x11, 0xe0]
        .into_iter()
        .chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    assert_eq!(refused(&encrypted), Some(Refusal::Protected));
    let broken = [
        "款号,数量\n台灯,5\n".as_bytes(),
        &[0xe5, 0x8f],
        "落地灯,6\n".as_bytes(),
    ]
    .concat();
    assert_eq!(
        file::read("po.csv", &broken, has_table).err(),
        Some(Refusal::Encoding { line: 3 })
    );
    let half = &workbook(CELL, &[])[..400];
    assert_eq!(refused(half), Some(Refusal::Damaged));
}

#[test]
fn no_cut_or_flipped_byte_of_a_sample_stops_the_reader() {
    let path = format!(
        "{}/tests/samples/customer-po-garments.xlsx",
        env!("CARGO_MANIFEST_DIR")
    );
    let bytes = std::fs::read(path).unwrap();
    for step in (0..bytes.len()).step_by(97) {
        let mut flipped = bytes.clone();
        flipped[step] ^= 0x55;
        for file in [&flipped, &bytes[..step].to_vec()] {
            if let Ok(grid) = file::read("po.xlsx", file, has_table) {
                preview(&grid, &Mapping::guess(&grid), &Hints::default());
            }
        }
    }
}

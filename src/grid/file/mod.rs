//! File 文件: from the bytes a customer sent to a `Grid`, or to the reason why not.
//!
//! Workbooks go through `workbook`, which checks the archive before anything is parsed. Text files are decoded as
//! UTF-8, UTF-16 or GB18030 and cut by comma, semicolon or tab. A file is read whole or refused whole.

use super::{Grid, Origin};

mod archive;
mod text;
mod workbook;

use text::Lines;

pub const MAX_BYTES: usize = 10 * 1024 * 1024;
pub const MAX_ROWS: u32 = 50_000;
pub const MAX_COLUMNS: u32 = 256;
/// Fifty thousand rows of twenty columns; what keeps memory in bounds when rows are few but wide.
pub const MAX_CELLS: usize = 1_000_000;

/// Why a file is not read. Each names the way out when the caller puts it in words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("empty file")]
    Empty,
    #[error("larger than {MAX_BYTES} bytes")]
    TooLarge,
    #[error("unpacks to more than an archive may")]
    TooLargeUnpacked,
    #[error("packed too tightly to be a sheet")]
    PackedTooTightly,
    #[error("too many parts in the archive")]
    TooManyParts,
    #[error("more than {MAX_ROWS} rows")]
    TooManyRows,
    #[error("more than {MAX_COLUMNS} columns")]
    TooManyColumns,
    #[error("more than {MAX_CELLS} cells")]
    TooManyCells,
    #[error("contains macros")]
    Macros,
    #[error("contains links to other workbooks")]
    ExternalLinks,
    #[error("contains document type definitions or symbolic links")]
    Hostile,
    #[error("protected by a password")]
    Protected,
    /// `.xls` of Excel 97: to be saved as `.xlsx`.
    #[error("an old Excel file")]
    OldExcel,
    /// The ending is not one that is read here.
    #[error("a file of type {extension}")]
    WrongType { extension: String },
    /// The content is not what the ending says.
    #[error("content is not {extension}")]
    NotWhatItSays { extension: String },
    #[error("damaged")]
    Damaged,
    /// No encoding fits; the line is where the first undecodable byte stands.
    #[error("undecodable text in line {line}")]
    Encoding { line: usize },
    /// A quotation mark opens a cell and never closes it.
    #[error("unclosed quotation mark in line {line}")]
    Quote { line: usize },
    #[error("no sheet of that name")]
    NoSuchSheet,
}

/// Which sheet of a workbook is read.
#[derive(Clone, Copy)]
enum Wanted<'a> {
    Named(&'a str),
    /// The first that the caller takes for a table, else the first with any content.
    First(fn(&Grid) -> bool),
}

/// Reads a file; of a workbook the first visible sheet that `is_table` recognises, else the first with any content.
/// What makes a table is the caller's to know: here a sheet is cells only.
pub fn read(name: &str, bytes: &[u8], is_table: fn(&Grid) -> bool) -> Result<Grid, Refusal> {
    open(name, bytes, Wanted::First(is_table))
}

/// Reads a named sheet of a workbook; the name is ignored for text files.
pub fn read_sheet(name: &str, bytes: &[u8], sheet: &str) -> Result<Grid, Refusal> {
    open(name, bytes, Wanted::Named(sheet))
}

fn open(name: &str, bytes: &[u8], wanted: Wanted<'_>) -> Result<Grid, Refusal> {
    let extension = name
        .rsplit_once('.')
        .map(|(_, end)| end.trim().to_ascii_lowercase())
        .unwrap_or_default();
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    let packed = bytes.starts_with(b"PK");
    let compound = bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]);
    let grid = match extension.as_str() {
        "xlsx" if packed => workbook::read(bytes, wanted)?,
        "xlsx" if compound && workbook::is_encrypted(bytes) => return Err(Refusal::Protected),
        "xlsx" | "xls" if compound => return Err(Refusal::OldExcel),
        "xls" => return Err(Refusal::OldExcel),
        "xlsm" | "xltm" | "xlam" => return Err(Refusal::Macros),
        "csv" | "tsv" | "txt" if !packed && !compound => text::read(bytes)?,
        "xlsx" | "csv" | "tsv" | "txt" => return Err(Refusal::NotWhatItSays { extension }),
        _ => return Err(Refusal::WrongType { extension }),
    };
    if grid.is_blank() {
        Err(Refusal::Empty)
    } else {
        Ok(grid)
    }
}

/// Rows copied from Excel or WPS: cells by tab, quoted where they hold line breaks.
pub fn paste(text: &str) -> Result<Grid, Refusal> {
    if text.len() > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    let rows = Lines::new(text, '\t').all(MAX_ROWS)?;
    let grid = Grid::new(Origin::Paste, rows, Vec::new());
    if grid.is_blank() {
        Err(Refusal::Empty)
    } else {
        Ok(grid)
    }
}

#[cfg(test)]
mod tests {
    use super::{read as read_file, *};
    use crate::grid::{Kind, Place};
    use encoding_rs::GB18030;

    fn read(name: &str, bytes: &[u8]) -> Result<Grid, Refusal> {
        read_file(name, bytes, |_| true)
    }

    fn cells(grid: &Grid) -> Vec<Vec<String>> {
        (0..grid.height())
            .map(|row| {
                (0..grid.width())
                    .map(|column| grid.cell(Place::new(row, column)).text.clone())
                    .collect()
            })
            .collect()
    }

    #[test]
    fn one_table_reads_alike_in_every_encoding() {
        let table = "款号,品名\r\nLP-40W,面板灯\r\n";
        let utf16 = |swap: bool, mark: bool| -> Vec<u8> {
            let units = table.encode_utf16();
            let start: Vec<u16> = if mark { vec![0xfeff] } else { Vec::new() };
            start
                .into_iter()
                .chain(units)
                .flat_map(|unit| {
                    if swap {
                        unit.to_be_bytes()
                    } else {
                        unit.to_le_bytes()
                    }
                })
                .collect()
        };
        let gb = GB18030.encode(table).0.into_owned();
        let marked = [&[0xef, 0xbb, 0xbf], table.as_bytes()].concat();
        for bytes in [
            table.as_bytes().to_vec(),
            marked,
            gb,
            utf16(false, true),
            utf16(true, true),
            utf16(false, false),
            utf16(true, false),
        ] {
            let grid = read("a.csv", &bytes).unwrap();
            assert_eq!(
                cells(&grid),
                [["款号", "品名"], ["LP-40W", "面板灯"]],
                "{:?}",
                grid.origin
            );
        }
    }

    #[test]
    fn the_separator_is_found_and_quoted_cells_keep_theirs() {
        for (text, separator) in [
            ("a;b;c\n1;6,40;2\n", ';'),
            ("a,b,c\n1,\"6,40\",2\n", ','),
            ("a\tb\tc\n1\t6,40\t2\n", '\t'),
            ("sep=;\na;b;c\n1;6,40;2\n", ';'),
        ] {
            let grid = read("a.csv", text.as_bytes()).unwrap();
            assert_eq!(
                grid.origin,
                Origin::Csv {
                    encoding: "UTF-8",
                    separator
                }
            );
            assert_eq!(cells(&grid), [["a", "b", "c"], ["1", "6,40", "2"]]);
        }
    }

    #[test]
    fn a_paste_keeps_line_breaks_empty_cells_and_ragged_rows() {
        let grid = paste("A\t\"two\r\nlines \"\"quoted\"\"\"\t\r\n\r\nB\t\t3\n").unwrap();
        assert_eq!(
            cells(&grid),
            [
                ["A", "two\nlines \"quoted\"", ""],
                ["", "", ""],
                ["B", "", "3"]
            ]
        );
        assert_eq!(
            paste("x\t=1+1").unwrap().cell(Place::new(0, 1)).kind,
            Kind::Number(2.into())
        );
        assert_eq!(paste(" \n\t\n").err(), Some(Refusal::Empty));
    }

    #[test]
    fn a_broken_text_is_refused_with_its_line() {
        let broken = [
            "款号,品名\n灯,面板灯\n".as_bytes(),
            &[0xe4, 0xbd, b','],
            "台灯\n".as_bytes(),
        ]
        .concat();
        assert_eq!(
            read("a.csv", &broken).err(),
            Some(Refusal::Encoding { line: 3 })
        );
        let european = "Farbe,Größe\n\u{c9}cru,38\nBl\u{e4}ulich,40\n"
            .chars()
            .map(|c| c as u8)
            .collect::<Vec<u8>>();
        assert_eq!(
            read("a.csv", &european).err(),
            Some(Refusal::Encoding { line: 1 })
        );
        assert_eq!(
            read("a.csv", b"a,b\n1,\"2\n3,4\n").err(),
            Some(Refusal::Quote { line: 2 })
        );
    }

    #[test]
    fn what_is_not_a_table_is_refused_with_a_reason() {
        let wrong = |extension: &str| Refusal::NotWhatItSays {
            extension: extension.to_owned(),
        };
        for (name, bytes, refusal) in [
            ("a.csv", b"".as_slice(), Refusal::Empty),
            ("a.csv", b"\n ,\n", Refusal::Empty),
            ("a.csv", b"PK\x03\x04", wrong("csv")),
            ("a.xlsx", b"a,b\n1,2\n", wrong("xlsx")),
            ("a.csv", b"%PDF-1.4\x00\x01\x02\x03", wrong("csv")),
            ("a.xls", b"\xd0\xcf\x11\xe0", Refusal::OldExcel),
            ("a.xlsx", b"\xd0\xcf\x11\xe0", Refusal::OldExcel),
            ("a.xlsm", b"PK\x03\x04", Refusal::Macros),
            (
                "a.pdf",
                b"%PDF",
                Refusal::WrongType {
                    extension: "pdf".to_owned(),
                },
            ),
            (
                "noname",
                b"x",
                Refusal::WrongType {
                    extension: String::new(),
                },
            ),
            ("a.xlsx", b"PK\x03\x04rubbish", Refusal::Damaged),
        ] {
            assert_eq!(read(name, bytes).err(), Some(refusal), "{name}");
        }
    }

    #[test]
    fn what_is_too_large_is_refused() {
        assert_eq!(
            read("a.csv", &vec![b'a'; MAX_BYTES + 1]).err(),
            Some(Refusal::TooLarge)
        );
        assert_eq!(
            read("a.csv", "a\n".repeat(50_001).as_bytes()).err(),
            Some(Refusal::TooManyRows)
        );
        assert!(read("a.csv", "a\n".repeat(50_000).as_bytes()).is_ok());
        assert_eq!(
            read("a.csv", ",".repeat(300).replace(',', "1,").as_bytes()).err(),
            Some(Refusal::TooManyColumns)
        );
    }
}

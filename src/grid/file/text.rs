//! Text files 文本: bytes decoded, and separated text cut into rows.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use super::{MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Refusal};
use crate::grid::{Cell, Grid, Origin};

pub(super) fn read(bytes: &[u8]) -> Result<Grid, Refusal> {
    let (text, encoding) = decode(bytes)?;
    let (text, separator) = match text.lines().next().map(str::trim).and_then(said_separator) {
        // Excel's own first line `sep=;` speaks for itself and is no row of the table.
        Some(said) => (text.split_once('\n').map_or("", |(_, rest)| rest), said),
        None => (text.as_str(), separator(&text)),
    };
    let rows = Lines::new(text, separator).all(MAX_ROWS)?;
    Ok(Grid::new(
        Origin::Csv {
            encoding,
            separator,
        },
        rows,
        Vec::new(),
    ))
}

fn said_separator(line: &str) -> Option<char> {
    let mut rest = line.strip_prefix("sep=")?.chars();
    rest.next()
        .filter(|c| matches!(c, ',' | ';' | '\t') && rest.next().is_none())
}

/// The text and the name of its encoding.
fn decode(bytes: &[u8]) -> Result<(String, &'static str), Refusal> {
    let wide = match (bytes, zeros(bytes)) {
        ([0xff, 0xfe, ..], _) | (_, Some(1)) => Some((UTF_16LE, "UTF-16LE")),
        ([0xfe, 0xff, ..], _) | (_, Some(0)) => Some((UTF_16BE, "UTF-16BE")),
        _ => None,
    };
    if let Some((encoding, name)) = wide {
        let (text, broken) = encoding.decode_with_bom_removal(bytes);
        return if broken {
            Err(Refusal::Encoding {
                line: line_of(&text),
            })
        } else {
            checked(&text, name)
        };
    }
    let bare = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    let error = match std::str::from_utf8(bare) {
        Ok(text) => return checked(text, "UTF-8"),
        Err(error) => error,
    };
    let head = bare.get(..error.valid_up_to()).unwrap_or_default();
    let line = head.split(|byte| *byte == b'\n').count();
    if bare.len() != bytes.len() || is_broken_utf8(bare) || !looks_chinese(bare) {
        return Err(Refusal::Encoding { line });
    }
    match GB18030.decode_without_bom_handling_and_without_replacement(bare) {
        Some(text) => checked(&text, "GB18030"),
        None => Err(Refusal::Encoding { line }),
    }
}

fn line_of(text: &str) -> usize {
    text.split('\u{fffd}')
        .next()
        .unwrap_or_default()
        .split('\n')
        .count()
}

/// A text with control characters is some other kind of file under a text file's name.
fn checked(text: &str, encoding: &'static str) -> Result<(String, &'static str), Refusal> {
    if text
        .chars()
        .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{1a}'))
    {
        return Err(Refusal::NotWhatItSays {
            extension: "csv".to_owned(),
        });
    }
    Ok((text.to_owned(), encoding))
}

/// UTF-16 without its mark shows by zeros in every other byte: 0 when they stand first, 1 when second.
fn zeros(bytes: &[u8]) -> Option<usize> {
    let head = bytes.get(..bytes.len().min(2_000)).unwrap_or_default();
    let count = |parity: usize| {
        head.iter()
            .skip(parity)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd) = (count(0), count(1));
    let many = head.len() / 8 + 1;
    match (even, odd) {
        (0, odd) if odd >= many => Some(1),
        (even, 0) if even >= many => Some(0),
        _ => None,
    }
}

/// Mostly good UTF-8 with a few bad bytes. Read as GB18030 it would come in as Chinese nonsense without complaint.
fn is_broken_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 4
}

/// Chinese text lies almost wholly in the old GB 2312 block (both bytes high). A European file in one-byte letters
/// also decodes as GB18030, with a letter swallowed behind each accent; there the second byte is mostly low.
fn looks_chinese(bytes: &[u8]) -> bool {
    let (mut pairs, mut inside) = (0_usize, 0_usize);
    let mut rest = bytes.iter();
    while let Some(first) = rest.next() {
        if *first < 0x80 {
            continue;
        }
        pairs += 1;
        match rest.next() {
            Some(0xa1..=0xfe) => inside += 1,
            // Four-byte characters: the next two bytes belong to it.
            Some(b'0'..=b'9') => {
                inside += usize::from(rest.next().is_some_and(|byte| *byte >= 0x81));
                rest.next();
            }
            _ => {}
        }
    }
    inside * 10 >= pairs * 7
}

/// The separator that cuts the first lines into the most cells of an even number.
fn separator(text: &str) -> char {
    let mut best = (0, ',');
    for candidate in [',', ';', '\t'] {
        let widths: Vec<usize> = Lines::new(text, candidate)
            .take(40)
            .flatten()
            .map(|row| row.len())
            .collect();
        let score = widths
            .iter()
            .filter(|width| **width > 1)
            .map(|width| widths.iter().filter(|other| *other == width).count() * (width - 1))
            .max()
            .unwrap_or(0);
        if score > best.0 {
            best = (score, candidate);
        }
    }
    best.1
}

/// The rows of a separated text, one at a time.
pub(super) struct Lines<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    separator: char,
    line: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str, separator: char) -> Self {
        Self {
            rest: text.chars().peekable(),
            separator,
            line: 1,
        }
    }

    pub(super) fn all(self, most: u32) -> Result<Vec<Vec<Cell>>, Refusal> {
        let mut rows = Vec::new();
        let mut cells = 0;
        for row in self {
            let row = row?;
            cells += row.len();
            if row.len() > MAX_COLUMNS as usize {
                return Err(Refusal::TooManyColumns);
            }
            if cells > MAX_CELLS {
                return Err(Refusal::TooManyCells);
            }
            if rows.len() >= most as usize {
                return Err(Refusal::TooManyRows);
            }
            rows.push(row);
        }
        Ok(rows)
    }

    fn quoted(&mut self) -> Result<String, Refusal> {
        let opened = self.line;
        let mut text = String::new();
        loop {
            match self.rest.next() {
                Some('"') if self.rest.peek() == Some(&'"') => {
                    self.rest.next();
                    text.push('"');
                }
                Some('"') => return Ok(text),
                // Inside a cell one kind of line break is enough.
                Some('\r') if self.rest.peek() == Some(&'\n') => {}
                Some(c) => {
                    self.line += usize::from(c == '\n');
                    text.push(c);
                }
                None => return Err(Refusal::Quote { line: opened }),
            }
        }
    }

    /// One cell; `true` when the row ends behind it.
    fn cell(&mut self) -> Result<(Cell, bool), Refusal> {
        let mut text = String::new();
        if self.rest.peek() == Some(&'"') {
            self.rest.next();
            text = self.quoted()?;
        }
        loop {
            match self.rest.next() {
                Some('\r') if self.rest.peek() == Some(&'\n') => {}
                None => return Ok((Cell::typed(&text), true)),
                Some('\n' | '\r') => {
                    self.line += 1;
                    return Ok((Cell::typed(&text), true));
                }
                Some(c) if c == self.separator => return Ok((Cell::typed(&text), false)),
                Some(c) => text.push(c),
            }
        }
    }
}

impl Iterator for Lines<'_> {
    type Item = Result<Vec<Cell>, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        // DOS programs end a text with this sign.
        if matches!(self.rest.peek(), None | Some('\u{1a}')) {
            return None;
        }
        let mut row = Vec::new();
        loop {
            match self.cell() {
                Ok((cell, last)) => {
                    // A row wider than allowed is refused by the reader of all rows; its rest need not be kept.
                    if row.len() <= MAX_COLUMNS as usize {
                        row.push(cell);
                    }
                    if last {
                        break;
                    }
                }
                Err(refusal) => return Some(Err(refusal)),
            }
        }
        while row.last().is_some_and(Cell::is_empty) {
            row.pop();
        }
        Some(Ok(row))
    }
}

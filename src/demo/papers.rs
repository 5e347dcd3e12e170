//! Papers of the demo: one page in Latin letters that says what it stands for, and a plain swatch. Each is a whole file
//! that any reader opens, made here so that the demo brings no file of anybody's.

use crate::web::posted::Upload;

/// One page of a customer's paper.
pub(super) fn page(name: &str, lines: &[&str]) -> Upload {
    upload(name, pdf(lines))
}

/// A picture of one colour: red, green, blue.
pub(super) fn swatch(name: &str, colour: [u8; 3]) -> Upload {
    upload(name, png(colour))
}

fn upload(name: &str, bytes: Vec<u8>) -> Upload {
    Upload {
        field: "files".to_owned(),
        name: name.to_owned(),
        bytes: bytes.into(),
    }
}

const HEAD: &str = "%PDF-1.4\n";

fn pdf(lines: &[&str]) -> Vec<u8> {
    let lines: Vec<String> = lines
        .iter()
        .map(|line| format!("0 -26 Td ({}) Tj ", printable(line)))
        .collect();
    let text = format!(
        "BT /F1 28 Tf 64 740 Td (SAMPLE DATA) Tj /F1 14 Tf {}ET",
        lines.concat()
    );
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let bodies: Vec<String> = (1..)
        .zip(&objects)
        .map(|(number, object)| format!("{number} 0 obj\n{object}\nendobj\n"))
        .collect();
    let mut at = HEAD.len();
    let mut rows = Vec::new();
    for body in &bodies {
        // Each row of the table has twenty bytes, its line end among them.
        rows.push(format!("{at:010} 00000 n \n"));
        at += body.len();
    }
    let size = bodies.len() + 1;
    let table = format!("xref\n0 {size}\n0000000000 65535 f \n{}", rows.concat());
    let end = format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n");
    [HEAD, &bodies.concat(), &table, &end].concat().into_bytes()
}

/// What the page's font can print; brackets would end its text.
fn printable(line: &str) -> String {
    line.chars()
        .filter(|sign| sign.is_ascii_graphic() || *sign == ' ')
        .filter(|sign| !matches!(sign, '(' | ')' | '\\'))
        .collect()
}

/// Pixels on each side; all of a swatch fits into one stored block of 65,535 bytes.
const SIDE: u16 = 96;

fn png(colour: [u8; 3]) -> Vec<u8> {
    let mut row = vec![0_u8];
    row.extend(colour.repeat(usize::from(SIDE)));
    let pixels = row.repeat(usize::from(SIDE));
    let side = u32::from(SIDE).to_be_bytes();
    // Eight bits a colour, three colours, nothing packed or interlaced.
    let head = [side.as_slice(), &side, &[8, 2, 0, 0, 0]].concat();
    let parts = [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(*b"IHDR", &head),
        chunk(*b"IDAT", &stored(&pixels)),
        chunk(*b"IEND", &[]),
    ];
    parts.concat()
}

fn chunk(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap_or_default();
    let named = [kind.as_slice(), data].concat();
    let mut whole = length.to_be_bytes().to_vec();
    whole.extend(&named);
    whole.extend(crc(&named).to_be_bytes());
    whole
}

/// One block as it is, in the frame that a picture's reader unpacks.
fn stored(data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap_or_default();
    let mut whole: Vec<u8> = vec![0x78, 0x01, 1];
    whole.extend(length.to_le_bytes());
    whole.extend((!length).to_le_bytes());
    whole.extend(data);
    whole.extend(adler(data).to_be_bytes());
    whole
}

fn crc(bytes: &[u8]) -> u32 {
    let bit = |sum: u32| {
        if sum & 1 == 1 {
            (sum >> 1) ^ 0xEDB8_8320
        } else {
            sum >> 1
        }
    };
    let step = |sum: u32, byte: &u8| (0..8).fold(sum ^ u32::from(*byte), |sum, _| bit(sum));
    !bytes.iter().fold(u32::MAX, step)
}

fn adler(bytes: &[u8]) -> u32 {
    let step = |(low, high): (u32, u32), byte: &u8| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    };
    let (low, high) = bytes.iter().fold((1, 0), step);
    (high << 16) | low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sums_are_those_of_the_formats() {
        assert_eq!(crc(b"IEND"), 0xAE42_6082);
        assert_eq!(adler(b"Wikipedia"), 0x11E6_0398);
    }

    #[test]
    fn a_swatch_unpacks_to_its_rows() {
        use std::io::Read;
        let picture = png([200, 30, 60]);
        let from = picture.windows(4).position(|kind| kind == b"IDAT").unwrap();
        let mut pixels = Vec::new();
        flate2::read::ZlibDecoder::new(&picture[from + 4..])
            .read_to_end(&mut pixels)
            .unwrap();
        let side = usize::from(SIDE);
        assert_eq!(pixels.len(), side * (side * 3 + 1));
        assert_eq!(pixels[..4], [0, 200, 30, 60]);
    }

    #[test]
    fn a_page_says_where_its_objects_lie() {
        let page = String::from_utf8(pdf(&["PO 88213 (first)"])).unwrap();
        let start = page.split("startxref\n").nth(1).unwrap();
        let at: usize = start.lines().next().unwrap().parse().unwrap();
        assert!(page[at..].starts_with("xref\n0 6\n"));
        let third = page[at..].lines().nth(5).unwrap();
        let object: usize = third[..10].parse().unwrap();
        assert!(page[object..].starts_with("3 0 obj\n"));
        assert!(page.contains("(SAMPLE DATA)") && page.contains("(PO 88213 first)"));
    }
}

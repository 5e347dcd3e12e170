//! Archive 压缩包: a workbook's parts counted and looked through before anything is parsed.
//!
//! Every part is unpacked once without being kept, so that sizes are counted and not believed. Refused as well is what
//! makes the parser reserve memory by a number from the file (`uniqueCount`) and what would hide it (other encodings
//! than UTF-8).

use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

use super::Refusal;

const MAX_UNPACKED: u64 = 100 * 1024 * 1024;
const MAX_RATIO: u64 = 100;
/// Below this a part may be packed as tightly as it likes: blank styles of a few kilobytes shrink a hundredfold.
const SMALL: u64 = 1024 * 1024;
const MAX_PARTS: usize = 1_000;
const MAX_SHARED_TEXTS: u64 = 1_000_000;
/// The parser reserves room for this many texts before it has read one.
const COUNT: &[u8] = b"iqueCount";

pub(super) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    if archive.len() > MAX_PARTS {
        return Err(Refusal::TooManyParts);
    }
    let mut unpacked = 0;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Refusal::Protected,
            _ => Refusal::Damaged,
        })?;
        check_name(part.name())?;
        if part.is_symlink() {
            return Err(Refusal::Hostile);
        }
        let packed = part.compressed_size();
        let watch = Watch::over(part.name(), MAX_UNPACKED - unpacked);
        let size = watch.unpack(part)?;
        if size > SMALL && size / packed.max(1) > MAX_RATIO {
            return Err(Refusal::PackedTooTightly);
        }
        unpacked += size;
    }
    let whole = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if unpacked > SMALL && unpacked / whole.max(1) > MAX_RATIO {
        return Err(Refusal::PackedTooTightly);
    }
    Ok(())
}

fn check_name(name: &str) -> Result<(), Refusal> {
    let name = name.replace('\\', "/").to_ascii_lowercase();
    if name.contains("vbaproject") || name.contains("/macrosheets/") {
        return Err(Refusal::Macros);
    }
    if name.contains("externallinks/") {
        return Err(Refusal::ExternalLinks);
    }
    if name.starts_with('/') || name.split('/').any(|step| step == "..") {
        return Err(Refusal::Hostile);
    }
    Ok(())
}

/// What one part may hold.
struct Watch {
    bytes: u64,
    tags: usize,
    /// The list of all parts' types, which names macros even where the part itself has another name.
    is_list: bool,
}

impl Watch {
    /// Sheets are read cell by cell; of the parts around them the parser keeps something for each tag, for a style
    /// several hundred bytes.
    fn over(name: &str, bytes: u64) -> Self {
        let name = name.to_ascii_lowercase();
        let kept = [".rels", "styles.xml", "workbook.xml"]
            .iter()
            .any(|end| name.ends_with(end));
        let tags = match name.ends_with("sharedstrings.xml") {
            true => 2_000_000,
            false if kept => 300_000,
            false => usize::MAX,
        };
        Self {
            bytes,
            tags,
            is_list: name == "[content_types].xml",
        }
    }

    /// Unpacks the part piece by piece, counts it and looks for what does not belong into a sheet.
    fn unpack(&self, mut part: impl Read) -> Result<u64, Refusal> {
        const OVERLAP: usize = 64;
        let (mut size, mut tags) = (0, 0);
        let mut window = Vec::new();
        let mut piece = vec![0; 64 * 1024];
        loop {
            let read = part.read(&mut piece).map_err(|_| Refusal::Damaged)?;
            let fresh = piece.get(..read).unwrap_or_default();
            if read == 0 {
                return Ok(size);
            }
            if size == 0 {
                check_encoding(fresh)?;
            }
            size += u64::try_from(read).unwrap_or(u64::MAX);
            tags = fresh
                .iter()
                .fold(tags, |tags, byte| tags + usize::from(*byte == b'<'));
            if size > self.bytes || tags > self.tags {
                return Err(Refusal::TooLargeUnpacked);
            }
            window.extend_from_slice(fresh);
            check_words(&window)?;
            if self.is_list
                && [b"macroEnabled".as_slice(), b"vbaProject"]
                    .iter()
                    .any(|word| find(&window, word).is_some())
            {
                return Err(Refusal::Macros);
            }
            window.drain(..window.len().saturating_sub(OVERLAP));
        }
    }
}

/// Office programs write UTF-8. In another encoding the words below could not be found.
fn check_encoding(head: &[u8]) -> Result<(), Refusal> {
    let xml = head
        .iter()
        .take(64)
        .find(|byte| !byte.is_ascii_whitespace())
        == Some(&b'<');
    if matches!(
        head,
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, b'<', ..] | [b'<', 0, ..]
    ) {
        return Err(Refusal::Damaged);
    }
    let start = String::from_utf8_lossy(head.get(..head.len().min(200)).unwrap_or_default())
        .to_ascii_lowercase();
    let declaration = start.split("?>").next().unwrap_or_default();
    if (xml || start.starts_with('\u{feff}'))
        && declaration.contains("<?xml")
        && declaration.contains("encoding")
    {
        let utf8 = declaration.contains("utf-8") || declaration.contains("us-ascii");
        return if utf8 { Ok(()) } else { Err(Refusal::Damaged) };
    }
    Ok(())
}

fn check_words(window: &[u8]) -> Result<(), Refusal> {
    // The second sign of each word is rare in a sheet, the first one is not.
    if find(window, b"<!DOCTYPE")
        .or_else(|| find(window, b"<!ENTITY"))
        .is_some()
    {
        return Err(Refusal::Hostile);
    }
    let mut rest = window;
    while let Some(at) = find(rest, COUNT) {
        rest = rest.get(at + COUNT.len()..).unwrap_or_default();
        check_count(rest)?;
    }
    Ok(())
}

/// What follows `uniqueCount`, of which only the end is looked for. Spaces there are allowed in XML and written by nobody; they would hide the number.
fn check_count(rest: &[u8]) -> Result<(), Refusal> {
    let digits = match rest {
        [b'=', b'"' | b'\'', digits @ ..] => digits,
        [b'=' | b' ' | b'\t' | b'\r' | b'\n', _, ..] => return Err(Refusal::Damaged),
        _ => return Ok(()),
    };
    let digits = digits.iter().take_while(|byte| byte.is_ascii_digit());
    let count = digits.fold(0_u64, |count, digit| {
        count
            .saturating_mul(10)
            .saturating_add(u64::from(digit - b'0'))
    });
    if count > MAX_SHARED_TEXTS {
        Err(Refusal::Damaged)
    } else {
        Ok(())
    }
}

/// Finds a word by its second sign.
fn find(window: &[u8], word: &[u8]) -> Option<usize> {
    let second = *word.get(1)?;
    let mut from = 0;
    loop {
        let at = from
            + window
                .get(from..)?
                .iter()
                .position(|byte| *byte == second)?;
        let start = at.checked_sub(1);
        if start
            .and_then(|start| window.get(start..))
            .is_some_and(|rest| rest.starts_with(word))
        {
            return start;
        }
        from = at + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unpack(name: &str, bytes: u64, content: &[u8]) -> Result<u64, Refusal> {
        Watch::over(name, bytes).unpack(content)
    }

    #[test]
    fn forbidden_words_are_found_across_pieces() {
        let mut text = vec![b' '; 64 * 1024 - 4];
        text.extend_from_slice(b"<!DOCTYPE x>");
        assert_eq!(unpack("a.xml", MAX_UNPACKED, &text), Err(Refusal::Hostile));
        let forged = b"<sst uniqueCount=\"99999999999999\">";
        assert_eq!(unpack("a.xml", 100, forged), Err(Refusal::Damaged));
        assert_eq!(unpack("a.xml", 100, b"<sst uniqueCount=\"12\">"), Ok(22));
        let hidden = b"<!-- uniqueCount=\"1\" --><sst uniqueCount = \"99999999999999\">";
        assert_eq!(unpack("a.xml", 100, hidden), Err(Refusal::Damaged));
        let wide = b"<?xml version='1.0' encoding='UTF-16'?>";
        assert_eq!(unpack("a.xml", 100, wide), Err(Refusal::Damaged));
        assert_eq!(
            unpack("a.bin", 100, &[0; 200]),
            Err(Refusal::TooLargeUnpacked)
        );
        let list = b"<Override ContentType=\"application/vnd.ms-office.vbaProject\"/>";
        assert_eq!(
            unpack("[Content_Types].xml", 100, list),
            Err(Refusal::Macros)
        );
        assert_eq!(unpack("a.xml", 100, list), Ok(62));
        let styles = b"<xf/>".repeat(300_001);
        assert_eq!(
            unpack("xl/styles.xml", MAX_UNPACKED, &styles),
            Err(Refusal::TooLargeUnpacked)
        );
    }

    #[test]
    fn parts_that_do_not_belong_are_refused_by_name() {
        assert_eq!(check_name("xl/vbaProject.bin"), Err(Refusal::Macros));
        assert_eq!(
            check_name("xl/externalLinks/externalLink1.xml"),
            Err(Refusal::ExternalLinks)
        );
        assert_eq!(check_name("xl\\..\\..\\etc/passwd"), Err(Refusal::Hostile));
        assert_eq!(check_name("xl/worksheets/sheet1.xml"), Ok(()));
    }
}

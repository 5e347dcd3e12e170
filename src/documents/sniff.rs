//! What a file is: by its bytes and by its ending, which must agree. A list of kinds that trade needs; all else is
//! refused, and what a browser could run is never among them.

/// A kind of file we keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    pub extension: &'static str,
    pub media: &'static str,
    /// May be shown in the page; everything else is only ever downloaded.
    pub inline: bool,
    /// Drawings and archives may be larger.
    pub large: bool,
}

const fn kind(extension: &'static str, media: &'static str, inline: bool, large: bool) -> Kind {
    Kind {
        extension,
        media,
        inline,
        large,
    }
}

pub const KINDS: [Kind; 14] = [
    kind("pdf", "application/pdf", true, false),
    kind("jpg", "image/jpeg", true, false),
    kind("jpeg", "image/jpeg", true, false),
    kind("png", "image/png", true, false),
    kind("webp", "image/webp", true, false),
    kind("heic", "image/heic", false, false),
    kind(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        false,
        false,
    ),
    kind("xls", "application/vnd.ms-excel", false, false),
    kind(
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        false,
        false,
    ),
    kind("csv", "text/csv; charset=utf-8", false, false),
    kind("txt", "text/plain; charset=utf-8", false, false),
    kind("zip", "application/zip", false, true),
    kind("dwg", "image/vnd.dwg", false, true),
    kind("ai", "application/postscript", false, true),
];

/// Why a file is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    Empty,
    /// Its ending is not on the list, or it has none.
    Ending(String),
    /// Its bytes are not what its ending says.
    Disguised(String),
    TooLarge {
        limit_mb: usize,
    },
    Name,
}

/// The kind, when ending and bytes agree and the size is within its limit.
pub fn sniff(name: &str, bytes: &[u8]) -> Result<Kind, Fault> {
    if bytes.is_empty() {
        return Err(Fault::Empty);
    }
    let extension = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase())
        .unwrap_or_default();
    let kind = KINDS
        .into_iter()
        .find(|kind| kind.extension == extension)
        .ok_or(Fault::Ending(extension))?;
    let limit_mb = if kind.large { 50 } else { 20 };
    if bytes.len() > limit_mb << 20 {
        return Err(Fault::TooLarge { limit_mb });
    }
    if fits(kind.extension, bytes) {
        Ok(kind)
    } else {
        Err(Fault::Disguised(kind.extension.to_owned()))
    }
}

fn fits(extension: &str, bytes: &[u8]) -> bool {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    let at = |from: usize, magic: &[u8]| {
        bytes
            .get(from..)
            .is_some_and(|rest| rest.starts_with(magic))
    };
    match extension {
        "pdf" => starts(b"%PDF-"),
        "jpg" | "jpeg" => starts(b"\xFF\xD8\xFF"),
        "png" => starts(b"\x89PNG\r\n\x1a\n"),
        "webp" => starts(b"RIFF") && at(8, b"WEBP"),
        "heic" => {
            at(4, b"ftyp")
                && [&b"heic"[..], b"heix", b"mif1", b"msf1", b"hevc"]
                    .iter()
                    .any(|brand| at(8, brand))
        }
        "xlsx" | "docx" => {
            starts(b"PK\x03\x04")
                && holds(
                    bytes,
                    if extension == "xlsx" {
                        b"xl/"
                    } else {
                        b"word/"
                    },
                )
        }
        "zip" => starts(b"PK\x03\x04") || starts(b"PK\x05\x06"),
        "xls" => starts(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
        "dwg" => starts(b"AC10"),
        "ai" => starts(b"%PDF-") || starts(b"%!PS"),
        _ => is_text(bytes),
    }
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

/// Text of any code page, without the signs that only programs contain, and not a page a browser would draw.
fn is_text(bytes: &[u8]) -> bool {
    let wide = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    if !wide && bytes.contains(&0) {
        return false;
    }
    let head: Vec<u8> = bytes.iter().take(512).map(u8::to_ascii_lowercase).collect();
    ![
        &b"<html"[..],
        b"<!doctype",
        b"<script",
        b"<svg",
        b"<?xml",
        b"#!/",
        b"%!ps",
        b"%pdf",
    ]
    .iter()
    .any(|sign| holds(&head, sign))
}

/// The name as it is kept and shown: the last part of a path, without control signs, at most 120 letters, its ending
/// kept.
pub fn clean_name(name: &str) -> Result<String, Fault> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or("");
    let clean: String = last
        .chars()
        .filter(|sign| !sign.is_control() && !matches!(sign, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '"' | '<' | '>' | '|' | ':' | '*' | '?'))
        .collect();
    let clean = clean.trim_matches([' ', '.']).to_owned();
    let (stem, ending) = clean.rsplit_once('.').ok_or(Fault::Name)?;
    let device =
        ["con", "prn", "aux", "nul", "com1", "lpt1"].contains(&stem.to_ascii_lowercase().as_str());
    if stem.is_empty() || device {
        return Err(Fault::Name);
    }
    let stem: String = stem.chars().take(120).collect();
    Ok(format!("{stem}.{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ending_and_bytes_must_agree() {
        assert_eq!(
            sniff("scan.pdf", b"%PDF-1.7 x").unwrap().media,
            "application/pdf"
        );
        assert_eq!(
            sniff("a.PNG", b"\x89PNG\r\n\x1a\n..").unwrap().extension,
            "png"
        );
        assert_eq!(
            sniff("photo.jpg", b"<html><script>"),
            Err(Fault::Disguised("jpg".into()))
        );
        assert_eq!(sniff("list.csv", b"a;b\n1;2").unwrap().extension, "csv");
    }

    #[test]
    fn what_a_browser_or_a_shell_could_run_is_refused() {
        for (name, bytes) in [
            ("a.html", &b"<html>"[..]),
            ("a.svg", b"<svg onload=x>"),
            ("a.exe", b"MZ"),
            ("a.js", b"alert(1)"),
            ("a.pdf.exe", b"%PDF-"),
            ("noending", b"text"),
            ("a.txt", b"<!DOCTYPE html>"),
            ("a.csv", b"<svg/>"),
            ("a.txt", b"\x7fELF\0\0"),
            ("a.xlsx", b"PK\x03\x04 word/"),
            ("a.sh", b"#!/bin/sh"),
            ("a.pdf", b""),
        ] {
            assert!(sniff(name, bytes).is_err(), "{name}");
        }
    }

    #[test]
    fn a_name_loses_its_path_and_its_tricks() {
        assert_eq!(clean_name("../../etc/水单.pdf").unwrap(), "水单.pdf");
        assert_eq!(clean_name("C:\\x\\a\u{202E}fdp.pdf").unwrap(), "afdp.pdf");
        assert_eq!(
            clean_name(&format!("{}.pdf", "长".repeat(300)))
                .unwrap()
                .chars()
                .count(),
            124
        );
        for bad in ["", "...", "con.pdf", ".pdf", "a"] {
            assert!(clean_name(bad).is_err(), "{bad}");
        }
    }
}

//! Dossier 整套资料: our own papers of an order and its files in one archive, numbered, with an index in front. What a
//! reader may not open is not in her archive.

use super::file_kind::{self, FileKind};
use crate::base::{Audience, By, OrderNumber, T, hex};
use crate::documents::files as stored;
use crate::documents::leaving::send;
use crate::documents::{Printed, StoredFile};
use crate::orders::{self, Order};
use crate::web::{App, Error, Page, Result, Tell};
use crate::{production, proforma};
use anyhow::Context;
use axum::extract::{Path, State};
use axum::response::Response;
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The archive is made in memory, so there is an end to it.
const MOST_MB: i64 = 200;

#[derive(Debug)]
struct TooLarge;

impl Tell for TooLarge {
    fn tell(&self, t: T) -> String {
        t.desk_dossier_too_large(MOST_MB)
    }
}

pub(super) async fn download(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Response> {
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let (papers, files) = {
        let mut db = app.db.acquire().await?;
        let order = orders::find(&mut db, &by, &number).await?;
        let mut papers = proforma::printed(&mut db, &order, &page).await?;
        papers.extend(production::printed(&mut db, &order, &page).await?);
        let files = stored::list_for(&mut db, order.id()).await?;
        (papers, opened(files, &order)?)
    };
    let mut parts: Vec<Part> = papers.into_iter().map(Part::from).collect();
    for file in files {
        parts.push(Part {
            bytes: stored::read(&app, &file).await?,
            name: format!("{}_{}", file.kind, file.name),
            kind: file_kind::label(page.t, &file.kind),
            audience: file.audience,
            at: file.at,
            hash: hex(&file.sha256),
        });
    }
    let mut entries = vec![("00_index.csv".to_owned(), index(&parts, &page).into_bytes())];
    let numbered = (1..).zip(parts);
    entries.extend(numbered.map(|(place, part)| (part.entry(place), part.bytes)));
    let bytes = tokio::task::spawn_blocking(move || archive(entries))
        .await
        .context("making an archive")??;
    Ok(send(
        "attachment",
        "application/zip",
        &format!("{number}.zip"),
        bytes,
    ))
}

/// One entry of the archive.
struct Part {
    name: String,
    kind: &'static str,
    audience: Audience,
    at: DateTime<Utc>,
    hash: String,
    bytes: Vec<u8>,
}

impl Part {
    fn entry(&self, place: usize) -> String {
        format!("{place:02}_{}", self.name)
    }
}

impl From<Printed> for Part {
    fn from(paper: Printed) -> Self {
        Self {
            hash: hex(&Sha256::digest(&paper.bytes)),
            name: paper.name,
            kind: paper.kind,
            audience: paper.audience,
            at: paper.at,
            bytes: paper.bytes,
        }
    }
}

/// The files this reader may open, by kind and then by age.
fn opened(files: Vec<StoredFile>, order: &Order) -> Result<Vec<StoredFile>> {
    let mut files: Vec<StoredFile> = files
        .into_iter()
        .filter(|file| file_kind::opens(order, &file.kind))
        .collect();
    if files.iter().map(|file| file.size).sum::<i64>() > MOST_MB << 20 {
        return Err(Error::refused(TooLarge));
    }
    let place = |file: &StoredFile| {
        FileKind::ALL
            .iter()
            .position(|kind| kind.code() == file.kind)
    };
    files.sort_by_key(|file| (place(file).unwrap_or(usize::MAX), file.at));
    Ok(files)
}

/// The index as a table that a spreadsheet reads: with the mark that says UTF-8, and no cell that is a formula.
fn index(parts: &[Part], page: &Page) -> String {
    let t = page.t;
    let heads = [
        t.desk_file_name(),
        t.desk_file_kind(),
        t.desk_file_audience(),
        t.desk_file_when(),
        "SHA-256",
    ];
    let mut text = format!("\u{FEFF}{}\r\n", heads.map(cell).join(","));
    for (place, part) in (1..).zip(parts) {
        let row = [
            cell(&part.entry(place)),
            cell(part.kind),
            cell(part.audience.label(t)),
            cell(&page.moment_iso(part.at)),
            cell(&part.hash),
        ];
        text.push_str(&row.join(","));
        text.push_str("\r\n");
    }
    text
}

fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@']) {
        "'"
    } else {
        ""
    };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

/// Pictures and PDFs are compressed already; packing them again would only cost time.
fn archive(parts: Vec<(String, Vec<u8>)>) -> anyhow::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .unix_permissions(0o644);
    for (name, bytes) in parts {
        zip.start_file(name, options)?;
        zip.write_all(&bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_holds_its_parts_by_their_names() {
        let parts = vec![
            ("00_index.csv".to_owned(), b"x".to_vec()),
            ("01_照片.jpg".to_owned(), vec![1, 2]),
        ];
        let mut zip = zip::ZipArchive::new(Cursor::new(archive(parts).unwrap())).unwrap();
        assert_eq!(zip.len(), 2);
        assert_eq!(zip.by_name("01_照片.jpg").unwrap().size(), 2);
    }

    #[test]
    fn no_cell_of_the_index_is_a_formula() {
        assert_eq!(cell("=1+1"), "\"'=1+1\"");
        assert_eq!(cell("a\"b"), "\"a\"\"b\"");
    }
}

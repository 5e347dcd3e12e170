//! Dossier 整套资料: the files of an order in one archive, numbered by kind, with an index in front.

use super::file_kind::{self, FileKind};
use crate::base::{By, OrderNumber, T, hex};
use crate::documents::StoredFile;
use crate::documents::files as stored;
use crate::documents::leaving::send;
use crate::orders;
use crate::web::{App, Error, Page, Result, Tell};
use anyhow::Context;
use axum::extract::{Path, State};
use axum::response::Response;
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
    let (order, files) = {
        let mut db = app.db.acquire().await?;
        let order = orders::find(&mut db, &by, &number).await?;
        let files = stored::list_for(&mut db, order.id()).await?;
        (order, files)
    };
    let mut files: Vec<StoredFile> = files
        .into_iter()
        .filter(|file| file_kind::opens(&order, &file.kind))
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
    let mut parts = vec![("00_index.csv".to_owned(), index(&files, &page).into_bytes())];
    for (place, file) in (1..).zip(&files) {
        parts.push((name(place, file), stored::read(&app, file).await?));
    }
    let bytes = tokio::task::spawn_blocking(move || archive(parts))
        .await
        .context("making an archive")??;
    Ok(send(
        "attachment",
        "application/zip",
        &format!("{number}.zip"),
        bytes,
    ))
}

fn name(place: usize, file: &StoredFile) -> String {
    format!("{place:02}_{}_{}", file.kind, file.name)
}

/// The index as a table that a spreadsheet reads: with the mark that says UTF-8, and no cell that is a formula.
fn index(files: &[StoredFile], page: &Page) -> String {
    let t = page.t;
    let heads = [
        t.desk_file_name(),
        t.desk_file_kind(),
        t.desk_file_audience(),
        t.desk_file_when(),
        "SHA-256",
    ];
    let mut text = format!("\u{FEFF}{}\r\n", heads.map(cell).join(","));
    for (place, file) in (1..).zip(files) {
        let hash = hex(&file.sha256);
        let row = [
            cell(&name(place, file)),
            cell(file_kind::label(t, &file.kind)),
            cell(file.audience.label(t)),
            cell(&page.moment_iso(file.at)),
            cell(&hash),
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

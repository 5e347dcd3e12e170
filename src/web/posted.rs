//! What a POST carries: read once, within its limits, its token checked, before any handler sees it.
//!
//! Two locks against foreign forms: the browser must say that the request comes from our own pages
//! (`Sec-Fetch-Site`, else `Origin`), and the form must carry the token that belongs to this session.

use super::Fields;
use super::error::Error;
use super::seed::Seed;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// What a route lets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Load {
    Nothing,
    Form,
    Files,
}

impl Load {
    /// The limit as it is said.
    pub const fn said(self) -> &'static str {
        match self {
            Self::Nothing => "0",
            Self::Form => "2 MB",
            Self::Files => "20 MB",
        }
    }

    /// Promises of the door: a form 2 MB; a form with a file 20 MB and a little for its other fields.
    const fn limit(self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Form => 2 << 20,
            Self::Files => 21 << 20,
        }
    }
}

/// The fields and files of a sent form.
#[derive(Clone, Debug, Default)]
pub struct Posted {
    pub fields: Fields,
    pub files: Vec<Upload>,
    /// SHA-256 of all that was sent but the token: tells a repetition from another form under the same key.
    pub digest: [u8; 32],
}

#[derive(Clone, Debug)]
pub struct Upload {
    pub field: String,
    pub name: String,
    pub bytes: Bytes,
}

/// Reads and checks; the request goes on with `Arc<Posted>` in its extensions and an empty body.
pub async fn receive(load: Load, request: Request) -> Result<Request, Error> {
    let (mut parts, body) = request.into_parts();
    let seed = parts
        .extensions
        .get::<Seed>()
        .cloned()
        .ok_or(Error::Foreign)?;
    from_our_own_pages(&seed.base_url, &parts.headers)?;
    let kind = parts
        .headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("")
        .to_owned();
    let bytes = collect(body, load).await?;
    let mut posted = if kind.starts_with("multipart/form-data") && load == Load::Files {
        multipart(&kind, bytes).await?
    } else if kind.starts_with("application/x-www-form-urlencoded") || bytes.is_empty() {
        urlencoded(&bytes)?
    } else {
        return Err(Error::TooMuch(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    };
    if seed.csrf.is_empty() || posted.fields.get("csrf") != seed.csrf {
        return Err(Error::Foreign);
    }
    posted.digest = digest(&posted);
    parts.extensions.insert(Arc::new(posted));
    Ok(Request::from_parts(parts, Body::empty()))
}

/// `Sec-Fetch-Site` cannot be set by a page; where a browser does not send it, `Origin` must be our own host.
fn from_our_own_pages(base_url: &str, headers: &HeaderMap) -> Result<(), Error> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return if site == "same-origin" {
            Ok(())
        } else {
            Err(Error::Foreign)
        };
    }
    let Some(origin) = text("origin") else {
        return Err(Error::Foreign);
    };
    let host = text("host").unwrap_or("");
    let ours = origin == base_url.trim_end_matches('/')
        || (!host.is_empty()
            && origin
                .split_once("://")
                .is_some_and(|(_, rest)| rest == host));
    if ours { Ok(()) } else { Err(Error::Foreign) }
}

async fn collect(body: Body, load: Load) -> Result<Bytes, Error> {
    match Limited::new(body, load.limit()).collect().await {
        Ok(whole) => Ok(whole.to_bytes()),
        Err(error) if error.downcast_ref::<LengthLimitError>().is_some() => {
            Err(Error::TooLarge(load))
        }
        Err(error) => {
            tracing::debug!(%error, "a body ended early");
            Err(Error::TooMuch(StatusCode::REQUEST_TIMEOUT))
        }
    }
}

fn urlencoded(bytes: &[u8]) -> Result<Posted, Error> {
    // The parser would put a replacement sign for a broken byte, and a name with a hole in it would be saved.
    let text = std::str::from_utf8(bytes).map_err(|_| Error::Garbled("utf-8"))?;
    let pairs: Vec<(String, String)> =
        serde_html_form::from_str(text).map_err(|_| Error::Garbled("form"))?;
    let pairs = pairs
        .into_iter()
        .map(|(name, value)| {
            if name.contains('\u{FFFD}') || value.contains('\u{FFFD}') {
                return Err(Error::Garbled("utf-8"));
            }
            Ok((name, tidy(&value)))
        })
        .collect::<Result<Vec<_>, Error>>()?;
    if pairs.len() > 20_000 {
        return Err(Error::TooLarge(Load::Form));
    }
    Ok(Posted {
        fields: Fields::new(pairs),
        ..Posted::default()
    })
}

async fn multipart(kind: &str, bytes: Bytes) -> Result<Posted, Error> {
    let boundary = multer::parse_boundary(kind).map_err(|_| Error::Garbled("boundary"))?;
    let stream = http_body_util::BodyDataStream::new(http_body_util::Full::new(bytes));
    let mut form = multer::Multipart::new(stream, boundary);
    let (mut fields, mut files) = (Vec::new(), Vec::new());
    while let Some(part) = form
        .next_field()
        .await
        .map_err(|_| Error::Garbled("multipart"))?
    {
        let field = part.name().unwrap_or("").to_owned();
        if let Some(name) = part.file_name().map(str::to_owned) {
            let bytes = part
                .bytes()
                .await
                .map_err(|_| Error::Garbled("multipart"))?;
            // A file input left empty is sent as a file without name and bytes.
            if !name.is_empty() || !bytes.is_empty() {
                files.push(Upload { field, name, bytes });
            }
        } else {
            let text = part.text().await.map_err(|_| Error::Garbled("multipart"))?;
            fields.push((field, tidy(&text)));
        }
    }
    Ok(Posted {
        fields: Fields::new(fields),
        files,
        digest: [0; 32],
    })
}

/// Browsers send CRLF; PostgreSQL cannot hold NUL, and other control signs are never typed on purpose.
fn tidy(value: &str) -> String {
    value
        .replace("\r\n", "\n")
        .chars()
        .filter(|sign| !sign.is_control() || matches!(sign, '\n' | '\t'))
        .collect()
}

fn digest(posted: &Posted) -> [u8; 32] {
    let mut hash = Sha256::new();
    for (name, value) in posted.fields.iter().filter(|(name, _)| *name != "csrf") {
        hash.update(name.len().to_be_bytes());
        hash.update(name);
        hash.update(value.len().to_be_bytes());
        hash.update(value);
    }
    for file in &posted.files {
        hash.update(&file.name);
        hash.update(Sha256::digest(&file.bytes));
    }
    hash.finalize().into()
}

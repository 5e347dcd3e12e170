//! Files 附件: bytes under their hash in a folder of our own, the truth about them in the database.
//!
//! The bytes are on the disk, synced, before the row commits: there is no row without bytes. A file is never
//! overwritten; the same bytes are kept once. What no row points at is swept after a day.

use super::sniff::{self, Fault, Kind};
use crate::base::{Audience, By, FileId, OrderId, T, hex};
use crate::web::posted::Upload;
use crate::web::{App, Error, Result, Tell};
use anyhow::Context;
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use std::path::{Path, PathBuf};

/// Files an order may have.
const PER_ORDER: i64 = 200;

#[derive(Clone, Debug)]
pub enum Refusal {
    Fault(String, Fault),
    OrderFull,
}

impl Tell for Refusal {
    fn tell(&self, t: T) -> String {
        match self {
            Self::OrderFull => t.documents_order_full(PER_ORDER),
            Self::Fault(name, fault) => match fault {
                Fault::Empty => t.documents_empty(name),
                Fault::Ending(ending) => t.documents_ending(name, ending),
                Fault::Disguised(ending) => t.documents_disguised(name, ending),
                Fault::TooLarge { limit_mb } => t.documents_too_large(name, limit_mb),
                Fault::Name => t.documents_bad_name().to_owned(),
            },
        }
    }
}

/// What was kept.
#[derive(Clone, Debug)]
pub struct Kept {
    pub id: FileId,
    pub name: String,
}

#[derive(Clone, Debug)]
pub struct StoredFile {
    pub id: FileId,
    pub kind: String,
    pub name: String,
    pub media: String,
    pub size: i64,
    pub sha256: Vec<u8>,
    pub audience: Audience,
    pub at: DateTime<Utc>,
    pub who_zh: Option<String>,
    pub who_en: Option<String>,
}

/// Checks, writes the bytes, then the row. `kind` is what it is for: `customer_order`, evidence …
pub async fn store(
    app: &App,
    db: &mut PgConnection,
    (order, by): (Option<OrderId>, &By),
    file: &Upload,
    kind: &str,
    audience: Audience,
) -> Result<Kept> {
    let fault = |fault| Error::refused(Refusal::Fault(file.name.chars().take(80).collect(), fault));
    let name = sniff::clean_name(&file.name).map_err(fault)?;
    let found: Kind = sniff::sniff(&name, &file.bytes).map_err(fault)?;
    if let Some(order) = order {
        let held = sqlx::query_scalar!(
            r#"select count(*) as "count!" from stored_file where order_id = $1"#,
            order.0
        )
        .fetch_one(&mut *db)
        .await?;
        if held >= PER_ORDER {
            return Err(Error::refused(Refusal::OrderFull));
        }
    }
    let hash = Sha256::digest(&file.bytes).to_vec();
    write(&app.files, &hash, file.bytes.to_vec()).await?;
    let id = FileId::fresh(by.at);
    sqlx::query!(
        "insert into stored_file (id, order_id, kind, name, media, size, sha256, audience, source, at, person)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 'uploaded', $9, $10)",
        id.0,
        order.map(|id| id.0),
        kind,
        name,
        found.media,
        i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
        hash,
        audience.code(),
        by.at,
        by.person().map(|id| id.0),
    )
    .execute(db)
    .await?;
    Ok(Kept { id, name })
}

/// `ab/abcdef…`: the folder of the first byte keeps any one folder small.
fn place(root: &Path, hash: &[u8]) -> PathBuf {
    let folder = hex(hash.get(..1).unwrap_or_default());
    root.join(folder).join(hex(hash))
}

async fn write(root: &Path, hash: &[u8], bytes: Vec<u8>) -> Result<()> {
    let target = place(root, hash);
    let written = tokio::task::spawn_blocking(move || write_synced(&target, &bytes)).await;
    written.context("writing a file")??;
    Ok(())
}

/// A temporary file, synced, renamed, its folder synced: after a power cut the file is whole or not there.
fn write_synced(target: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    use std::io::Write;
    if target.exists() {
        return Ok(());
    }
    let folder = target.parent().context("a file's folder")?;
    std::fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
    let random: u64 = rand::random();
    let draft = folder.join(format!(".{random:016x}"));
    let mut file = std::fs::File::create_new(&draft)
        .with_context(|| format!("creating {}", draft.display()))?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&draft, target)?;
    std::fs::File::open(folder)?.sync_all()?;
    Ok(())
}

/// The bytes of a stored file; its hash is checked on the way out.
pub async fn read(app: &App, file: &StoredFile) -> Result<Vec<u8>> {
    let place = place(&app.files, &file.sha256);
    let bytes = tokio::fs::read(&place)
        .await
        .with_context(|| format!("file {} is missing", file.id))?;
    if Sha256::digest(&bytes).to_vec() != file.sha256 {
        return Err(Error::Broken(anyhow::anyhow!(
            "file {} is not what was stored",
            file.id
        )));
    }
    Ok(bytes)
}

struct Row {
    id: uuid::Uuid,
    kind: String,
    name: String,
    media: String,
    size: i64,
    sha256: Vec<u8>,
    audience: String,
    at: DateTime<Utc>,
    who_zh: Option<String>,
    who_en: Option<String>,
}

impl Row {
    fn file(self) -> StoredFile {
        StoredFile {
            id: FileId(self.id),
            audience: Audience::parse(&self.audience).unwrap_or_default(),
            kind: self.kind,
            name: self.name,
            media: self.media,
            size: self.size,
            sha256: self.sha256,
            at: self.at,
            who_zh: self.who_zh,
            who_en: self.who_en,
        }
    }
}

/// Files of one order, newest first.
pub async fn list_for(db: &mut PgConnection, order: OrderId) -> Result<Vec<StoredFile>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select f.id, f.kind, f.name, f.media, f.size, f.sha256, f.audience, f.at, p.name_zh as "who_zh?",
               p.name_en as "who_en?"
           from stored_file f left join person p on p.id = f.person
           where f.order_id = $1 order by f.at desc, f.id desc limit 200"#,
        order.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Row::file).collect())
}

/// One file of this order.
pub async fn find(db: &mut PgConnection, order: OrderId, id: FileId) -> Result<Option<StoredFile>> {
    let row = sqlx::query_as!(
        Row,
        r#"select f.id, f.kind, f.name, f.media, f.size, f.sha256, f.audience, f.at, p.name_zh as "who_zh?",
               p.name_en as "who_en?"
           from stored_file f left join person p on p.id = f.person
           where f.order_id = $1 and f.id = $2"#,
        order.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(Row::file))
}

/// One file that belongs to no order yet.
pub async fn find_loose(db: &mut PgConnection, id: FileId) -> Result<Option<StoredFile>> {
    let row = sqlx::query_as!(
        Row,
        r#"select f.id, f.kind, f.name, f.media, f.size, f.sha256, f.audience, f.at, p.name_zh as "who_zh?",
               p.name_en as "who_en?"
           from stored_file f left join person p on p.id = f.person
           where f.order_id is null and f.id = $1"#,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(Row::file))
}

/// Gives a file that came before its order to the order that was opened from it.
pub async fn give_to(db: &mut PgConnection, file: FileId, order: OrderId) -> Result<()> {
    sqlx::query!(
        "update stored_file set order_id = $2 where id = $1 and order_id is null",
        file.0,
        order.0
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Rows whose bytes are missing or not what was stored; read by `verify`.
pub async fn damaged(app: &App, db: &mut PgConnection) -> Result<Vec<FileId>> {
    let rows = sqlx::query!("select id, sha256 from stored_file order by id")
        .fetch_all(db)
        .await?;
    let mut damaged = Vec::new();
    for row in rows {
        let bytes = tokio::fs::read(place(&app.files, &row.sha256)).await;
        if !bytes.is_ok_and(|bytes| Sha256::digest(&bytes).to_vec() == row.sha256) {
            damaged.push(FileId(row.id));
        }
    }
    Ok(damaged)
}

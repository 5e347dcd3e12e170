//! Statements of the files that are attached to a round.

use crate::base::{FileId, SampleNoteId};
use crate::orders::OrderAct;
use crate::web::Result;
use uuid::Uuid;

pub(super) async fn attach(act: &mut OrderAct, note: SampleNoteId, file: FileId) -> Result<()> {
    sqlx::query!(
        "insert into sample_file (note, file) values ($1, $2)",
        note.0,
        file.0,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// Takes files off the round; they stay in the order's file.
pub(super) async fn take_off(act: &mut OrderAct, note: SampleNoteId, files: &[Uuid]) -> Result<()> {
    sqlx::query!(
        "delete from sample_file where note = $1 and file = any($2)",
        note.0,
        files,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

/// The next round shows what this one showed.
pub(super) async fn carry(act: &mut OrderAct, from: SampleNoteId, to: SampleNoteId) -> Result<()> {
    sqlx::query!(
        "insert into sample_file (note, file) select $2, f.file from sample_file f where f.note = $1",
        from.0,
        to.0,
    )
    .execute(act.tx())
    .await?;
    Ok(())
}

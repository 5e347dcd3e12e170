//! The acts of this desk without HTTP: for jobs, for the demo, and for the links of outside parties to come.

pub use super::approval::decide;
pub use super::confirmation::{Given, record};
pub use super::draft::begin_revision;
pub use super::invoice::{Answered, ProformaInvoice as Paper};
pub use super::sending::send;
pub use super::submission::submit;

use super::invoice::Draft;
use super::{show, sql};
use crate::orders::OrderAct;
use crate::people::Deed;
use crate::web::{Error, Result};

/// The revision as it stands inside this act.
pub async fn paper(act: &mut OrderAct, revision: i32) -> Result<Paper> {
    show::in_act(act, revision).await
}

/// Writes the two ports into a draft.
pub async fn set_ports(
    act: &mut OrderAct,
    revision: i32,
    (loading, discharge): (&str, &str),
) -> Result<()> {
    act.must(Deed::DraftProforma)?;
    let paper = paper(act, revision).await?;
    let mut wording = paper.draft.wording.clone();
    loading.clone_into(&mut wording.loading_port);
    discharge.clone_into(&mut wording.discharge_port);
    let draft = Draft {
        wording,
        ..paper.draft.clone()
    };
    if sql::save_draft(act, paper.id, paper.version, &draft).await? {
        Ok(())
    } else {
        Err(Error::Stale(Box::default()))
    }
}

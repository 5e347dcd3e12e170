//! The acts on a change order without HTTP. Answers are collected in any order; what they are about was fixed when it was
//! raised, and applying writes exactly that.

use super::fields::{Asks, paths};
use super::revisions;
use super::sql::{self, End, Wish};
use super::stage::{Move, Stage};
use super::telling::{asked_lines, owe, told};
use super::thing::{ChangeOrder, Lack, Refusal, hash};
use crate::approvals::{self, Decision, Outcome};
use crate::base::{FileId, LineId, Party};
use crate::documents;
use crate::history::{Event, IssueEvent};
use crate::orders::OrderAct;
use crate::orders::amending;
use crate::orders::facts::PaperStage;
use crate::orders::lines;
use crate::people::Deed;
use crate::production::outside::Said;
use crate::production::owing;
use crate::proforma::acts::begin_revision;
use crate::web::{Error, Result};

pub const SUBJECT: &str = "change_order";

/// The change order as it stands inside this act.
pub async fn find(act: &mut OrderAct, number: i32) -> Result<ChangeOrder> {
    let order = act.order.clone();
    sql::read(act.tx(), &order, Some(number))
        .await?
        .into_iter()
        .next()
        .ok_or(Error::NotFound)
}

async fn gate(act: &mut OrderAct, number: i32, step: Move) -> Result<(ChangeOrder, Stage)> {
    let change = find(act, number).await?;
    act.must(step.deed())?;
    act.must_move()?;
    let stage = change.after(step)?;
    Ok((change, stage))
}

/// Raises it: what changes is fixed with its hash, the questions it asks are put to manager, customer and factory.
#[expect(
    clippy::too_many_lines,
    reason = "the questions of a change in the order they are put"
)]
pub async fn raise(act: &mut OrderAct, wish: &Wish) -> Result<i32> {
    act.must(Deed::RaiseChangeOrder)?;
    act.must_move()?;
    if act.facts().await?.proforma.confirmed.is_none() {
        return Err(Refusal::NotConfirmed.into());
    }
    let (order, at) = (act.order.clone(), act.by.at);
    let others = sql::read(act.tx(), &order, None).await?;
    let taken = others.iter().find(|other| {
        other.stage == Stage::Raised
            && other.cells.iter().any(|cell| {
                wish.cells
                    .iter()
                    .any(|own| own.line == cell.line && own.field == cell.field)
            })
    });
    if let Some(other) = taken {
        return Err(Refusal::Overlaps {
            number: other.number,
        }
        .into());
    }
    amending::check(act.tx(), &order, &wish.cells, at).await?;
    let asks = Asks::all(&wish.cells);
    let goods = lines::lines(act.tx(), &order).await?;
    let asked = asked_lines(&goods, &wish.cells);
    let hash = hash(&wish.cells)?;
    let issue = match wish.issue {
        Some(number) => Some(sql::issue_id(act, number).await?.ok_or(Error::NotFound)?),
        None => None,
    };
    let (id, number) = sql::insert(act, wish, issue, (asks, &hash, &asked)).await?;
    let change = find(act, number).await?;
    let customer = if asks.customer {
        Some(owe(act, &change, &goods, Party::Customer).await?)
    } else {
        None
    };
    let factory = if asked.is_empty() {
        None
    } else {
        Some(owe(act, &change, &goods, Party::Factory).await?)
    };
    sql::note_relays(act, id, customer, factory).await?;
    if asks.manager {
        approvals::ask(act, &content(&change)?, 1).await?;
    }
    let changes = wish.cells.iter().map(|cell| told(&goods, cell)).collect();
    act.happened(&Event::Issue(IssueEvent::ChangeOrderRaised {
        number,
        changes,
    }))
    .await?;
    Ok(number)
}

/// What the manager's yes belongs to: the fields as they stand now, not the hash they were once stored with.
fn content(change: &ChangeOrder) -> Result<approvals::Content> {
    Ok(approvals::Content {
        subject: SUBJECT,
        id: change.id,
        revision: change.number,
        hash: hash(&change.cells)?,
        authors: vec![change.raised_by],
        summary: serde_json::json!({ "changes": change.cells.len() }),
    })
}

/// The manager's yes, or her no, which ends it.
pub async fn decide(act: &mut OrderAct, number: i32, decision: &Decision) -> Result<Outcome> {
    let change = find(act, number).await?;
    act.must(Deed::ApproveChangeOrder.of(change.hands()))?;
    act.must_move()?;
    change.after(Move::Approve)?;
    let asked = content(&change)?;
    let outcome = approvals::answer(act, Deed::ApproveChangeOrder, &asked, 1, decision).await?;
    match &outcome {
        Outcome::Approved { .. } | Outcome::Waiting { .. } => {
            sql::touch(act, &change).await?;
            sql::note_approval(act, change.id).await?;
            act.happened(&Event::Issue(IssueEvent::ChangeOrderApproved { number }))
                .await?;
        }
        Outcome::Returned { words } => {
            let said = Said {
                words: words.clone(),
                ..Said::default()
            };
            ended(act, &change, (Stage::Refused, "manager"), &said).await?;
        }
    }
    Ok(outcome)
}

/// The customer agrees, as a colleague recorded it.
pub async fn agree(
    act: &mut OrderAct,
    number: i32,
    said: &Said,
    evidence: Option<FileId>,
) -> Result<()> {
    let (change, _) = gate(act, number, Move::Agree).await?;
    if !change.asks.customer || change.agreed.is_some() {
        return Err(Refusal::NotAsked.into());
    }
    let by = (&*said.who, &*said.channel, &*said.words);
    owing::answered(act, change.customer_relay, Party::Customer.into(), None, by).await?;
    sql::touch(act, &change).await?;
    sql::note_agreement(act, change.id, said, evidence).await?;
    act.happened(&Event::Issue(IssueEvent::ChangeOrderAgreed {
        number,
        who: said.who.clone(),
        channel: said.channel.clone(),
    }))
    .await
}

/// The factory acknowledges one line.
pub async fn acknowledge_line(
    act: &mut OrderAct,
    number: i32,
    line: i32,
    said: &Said,
    evidence: Option<FileId>,
) -> Result<()> {
    let (change, _) = gate(act, number, Move::AcknowledgeLine).await?;
    let open = change
        .lines
        .iter()
        .any(|asked| asked.line == line && asked.acknowledged.is_none());
    if !open {
        return Err(Refusal::NotAsked.into());
    }
    let by = (&*said.who, &*said.channel, &*said.words);
    owing::answered(
        act,
        change.factory_relay,
        Party::Factory.into(),
        Some(line),
        by,
    )
    .await?;
    sql::touch(act, &change).await?;
    sql::note_acknowledgement(act, change.id, line, said, evidence).await?;
    act.happened(&Event::Issue(IssueEvent::ChangeOrderLineAcknowledged {
        number,
        line,
        who: said.who.clone(),
    }))
    .await
}

/// The customer or the factory will not have it.
pub async fn refuse(act: &mut OrderAct, number: i32, by: Party, said: &Said) -> Result<()> {
    let (change, stage) = gate(act, number, Move::Refuse).await?;
    let asked = match by {
        Party::Customer => change.asks.customer,
        Party::Factory => !change.lines.is_empty(),
        _ => false,
    };
    if !asked {
        return Err(Refusal::NotAsked.into());
    }
    ended(act, &change, (stage, by.code()), said).await
}

pub async fn withdraw(act: &mut OrderAct, number: i32, reason: &str) -> Result<()> {
    let (change, stage) = gate(act, number, Move::Withdraw).await?;
    let said = Said {
        words: reason.to_owned(),
        ..Said::default()
    };
    ended(act, &change, (stage, ""), &said).await
}

/// The order is called off: what was to change in it is withdrawn.
pub async fn call_off(act: &mut OrderAct, reason: &str) -> Result<()> {
    let order = act.order.clone();
    for change in sql::read(act.tx(), &order, None).await? {
        if let Ok(stage) = change.after(Move::Withdraw) {
            let said = Said {
                words: reason.to_owned(),
                ..Said::default()
            };
            ended(act, &change, (stage, ""), &said).await?;
        }
    }
    Ok(())
}

/// It ends without being applied: what it asked of anybody falls with it.
async fn ended(
    act: &mut OrderAct,
    change: &ChangeOrder,
    (stage, by): (Stage, &str),
    said: &Said,
) -> Result<()> {
    approvals::set_aside(act, SUBJECT, change.id).await?;
    owing::fall(act, change.customer_relay, &said.words).await?;
    owing::fall(act, change.factory_relay, &said.words).await?;
    sql::touch(act, change).await?;
    let end = End {
        stage,
        refused_by: by,
        refused_who: &said.who,
        refused_on: said.on.filter(|_| !by.is_empty()),
        words: &said.words,
    };
    sql::end(act, change.id, &end).await?;
    let (number, words) = (change.number, said.words.clone());
    let event = if stage == Stage::Withdrawn {
        IssueEvent::ChangeOrderWithdrawn {
            number,
            reason: words,
        }
    } else {
        IssueEvent::ChangeOrderRefused {
            number,
            by: by.to_owned(),
            words,
        }
    };
    act.happened(&Event::Issue(event)).await
}

/// Applies it: goods and terms are written, the papers that print a changed field are stale, the next revision of the
/// proforma invoice is begun, and of each order to a factory that makes what has changed. Answers the stale papers.
#[expect(
    clippy::too_many_lines,
    reason = "what an application does, in its order"
)]
pub async fn apply(act: &mut OrderAct, number: i32) -> Result<Vec<String>> {
    let (change, stage) = gate(act, number, Move::Apply).await?;
    let lacks: Vec<Lack> = change.lacks();
    if !lacks.is_empty() {
        return Err(Refusal::Lacks(lacks).into());
    }
    let open = act.facts().await?.proforma.open;
    if change.asks.proforma
        && let Some(paper) = &open
        && matches!(
            paper.stage,
            PaperStage::Submitted | PaperStage::Approved | PaperStage::Sent
        )
    {
        return Err(Refusal::ProformaUnderWay {
            revision: paper.revision,
        }
        .into());
    }
    amending::amend(act, &change.cells).await?;
    let mut changed: Vec<String> = change.cells.iter().flat_map(paths).collect();
    changed.sort();
    changed.dedup();
    let (order, at) = (act.order.id(), act.by.at);
    let by_what = format!("change_order:{number}");
    let papers = documents::mark_stale(act.tx(), order, &changed, &by_what, at).await?;
    let drafting =
        open.is_some_and(|paper| matches!(paper.stage, PaperStage::Draft | PaperStage::Returned));
    if change.asks.proforma && !drafting {
        begin_revision(act).await?;
    }
    let asked: Vec<LineId> = change.lines.iter().map(|line| line.order_line).collect();
    sql::note_production(act, change.id, &asked).await?;
    revisions::open(act, &change).await?;
    sql::touch(act, &change).await?;
    let end = End {
        stage,
        refused_by: "",
        refused_who: "",
        refused_on: None,
        words: "",
    };
    sql::end(act, change.id, &end).await?;
    act.happened(&Event::Issue(IssueEvent::ChangeOrderApplied {
        number,
        papers: papers.clone(),
    }))
    .await?;
    Ok(papers)
}

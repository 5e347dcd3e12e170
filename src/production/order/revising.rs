//! Revising 改单: our own next revision. A higher price, a higher amount or a later day than the revision in force has is
//! the manager's yes, as it is where the factory proposes them: what was agreed once cannot be given away by a new paper.

use super::content::Content;
use super::counter::{Asks, Counter};
use super::find;
use super::paper::{Key, ProductionOrder};
use super::stage::{Move, Stage};
use super::stage_sql;
use crate::approvals::{self, Decision, Outcome};
use crate::base::{Currency, Money, T};
use crate::history::Event;
use crate::history::production_event::ProductionEvent;
use crate::orders::OrderAct;
use crate::people::Deed;
use crate::proforma::content::Content as Ordered;
use crate::web::Result;
use rust_decimal::Decimal;

pub(super) const SUBJECT: &str = "production_revision";

/// The revision in force whose place the draft is to take.
pub(super) fn replaced<'a>(
    draft: &ProductionOrder,
    papers: &'a [ProductionOrder],
) -> Option<&'a ProductionOrder> {
    let of_number =
        |other: &&ProductionOrder| other.key.number == draft.key.number && other.stage.in_force();
    papers
        .iter()
        .find(of_number)
        .filter(|_| draft.stage == Stage::Draft)
}

fn amount(paper: &ProductionOrder) -> Decimal {
    let lines = paper.lines.iter();
    lines
        .filter_map(|given| Some(given.quantity * given.unit_price?))
        .sum()
}

/// Whether the customer has confirmed other quantities since the revision in force was issued: what they cost more has
/// been decided with them.
fn amended(base: &ProductionOrder, ordered: &Ordered) -> bool {
    let since = base
        .content
        .as_ref()
        .map(|content: &Content| content.proforma);
    since.is_some_and(|revision| revision < ordered.revision)
}

/// What the draft asks of the manager, against the revision in force.
pub(super) fn asks(draft: &ProductionOrder, papers: &[ProductionOrder], ordered: &Ordered) -> Asks {
    let Some(base) = replaced(draft, papers) else {
        return Asks::default();
    };
    let asks = Counter::of(draft).asks(base, ordered.delivery_on);
    Asks {
        higher_amount: amount(draft) > amount(base) && !amended(base, ordered),
        // A later day that has been agreed once is not asked again.
        later_day: asks.later_day && draft.wording.delivery_on > base.wording.delivery_on,
        ..asks
    }
}

/// The same, as long as the manager has not said yes to this very draft.
pub(super) fn unanswered(
    draft: &ProductionOrder,
    papers: &[ProductionOrder],
    ordered: &Ordered,
) -> Result<Asks> {
    let asks = asks(draft, papers, ordered);
    let said = asks.manager() && draft.approved_hash == Some(Counter::of(draft).hash()?);
    Ok(if said { Asks::default() } else { asks })
}

/// Each reason as a check that is not passed.
pub(super) fn told(t: T, asks: Asks) -> impl Iterator<Item = (&'static str, String)> {
    [
        (asks.higher_price, t.production_revision_dearer()),
        (
            asks.higher_amount && !asks.higher_price,
            t.production_revision_more(),
        ),
        (asks.later_day, t.production_revision_later()),
    ]
    .into_iter()
    .filter(|(asked, _)| *asked)
    .map(|(_, sentence)| ("no", sentence.to_owned()))
}

fn asked(draft: &ProductionOrder) -> Result<approvals::Content> {
    let total = Money::new(amount(draft), Currency::CNY);
    Ok(approvals::Content {
        subject: SUBJECT,
        id: draft.id.0,
        revision: draft.key.number,
        hash: Counter::of(draft).hash()?,
        authors: draft.authors(),
        summary: serde_json::json!({
            "currency": total.currency, "total": total.currency.round(total.amount),
        }),
    })
}

/// Asks the manager where the draft as it now stands needs her; what was asked of an earlier wording of it falls.
pub(super) async fn ask_where_needed(
    act: &mut OrderAct,
    key: Key,
    ordered: &Ordered,
) -> Result<()> {
    let papers = find::in_act(act).await?;
    let draft = find::again(act, key).await?;
    let asks = unanswered(&draft, &papers, ordered)?;
    let content = asked(&draft)?;
    match approvals::open_for(act.tx(), SUBJECT, draft.id.0).await? {
        Some(open) if asks.manager() && open.content_hash == content.hash => return Ok(()),
        Some(_) => approvals::set_aside(act, SUBJECT, draft.id.0).await?,
        None => {}
    }
    if asks.manager() {
        approvals::ask(act, &content, 1).await?;
    }
    Ok(())
}

/// The act of the manager: yes to the draft as it was shown, or back with words.
pub async fn decide(
    act: &mut OrderAct,
    draft: &ProductionOrder,
    decision: &Decision,
) -> Result<Outcome> {
    let deed = Deed::ApproveCounterProposal;
    act.must(deed.of(draft.hands()))?;
    act.must_move()?;
    draft.after(Move::ApproveRevision)?;
    let asked = asked(draft)?;
    let outcome = approvals::answer(act, deed, &asked, 1, decision).await?;
    let paper = draft.name();
    let event = match &outcome {
        Outcome::Returned { words } => ProductionEvent::ProductionRevisionReturned {
            paper,
            words: words.clone(),
        },
        Outcome::Approved { .. } | Outcome::Waiting { .. } => {
            stage_sql::note_approval(act, draft, &asked.hash).await?;
            ProductionEvent::ProductionRevisionApproved { paper }
        }
    };
    act.happened(&Event::Production(event))
        .await
        .map(|()| outcome)
}

//! The acts on a transport document, without HTTP: guards first, then what changes, then what others must be told.

use super::comparison::{self, Field, Name};
use super::document::{Document, Refusal, Values};
use super::sql;
use super::stage::{Move, Stage};
use crate::approvals::exception::{self, Kind};
use crate::base::tongues::both;
use crate::base::{Party, T, id};
use crate::history::shipping_event::ShippingEvent;
use crate::orders::JointAct;
use crate::people::relation::InReach;
use crate::proforma::terms::Hold;
use crate::shipping::asked::Typed;
use crate::shipping::loading::{self, Sums};
use crate::shipping::money;
use crate::shipping::owed::{self, Owed, words_to};
use crate::shipping::shipment::goods_sql;
use crate::shipping::shipment::reading::{said, told};
use crate::shipping::shipment::record::{Refusal as NotHere, Shipment};
use crate::shipping::stakes;
use crate::web::{Error, Faults, Result};
use sqlx::PgConnection;

/// Every field of the draft beside the shipment's own data.
pub(super) async fn fields(
    db: &mut PgConnection,
    reach: &InReach,
    shipment: &Shipment,
    document: &Document,
) -> Result<Vec<Field>> {
    let goods = goods_sql::goods(db, reach, shipment.id).await?;
    let containers = loading::sql::containers(db, shipment.id).await?;
    let sums = Sums::of(&goods, &containers);
    let ours = comparison::ours(&document.instructions, shipment, (&sums, &containers));
    Ok(comparison::compare(
        &ours,
        &document.draft,
        &document.waivers,
    ))
}

/// Begins one: with the instructions, or by courier with the waybill itself.
async fn begin(act: &mut JointAct, shipment: &Shipment) -> Result<Document> {
    let person = act.by.person().ok_or(Error::SignIn)?;
    let one = Document {
        id: id::fresh(act.by.at),
        stage: Stage::InstructionsSent,
        instructions: Values::new(),
        draft: Values::new(),
        draft_revision: 0,
        waivers: Values::new(),
        instructions_sent_at: None,
        copy_sent_at: None,
        answered_on: None,
        answered_by: String::new(),
        answer_words: String::new(),
        number: String::new(),
        issued_on: None,
        form: String::new(),
        originals: None,
        released_at: None,
        early_reason: String::new(),
        draft_file: None,
        created_by: person.0,
        edited_by: Vec::new(),
        version: 1,
    };
    sql::insert(act, shipment.id, &one).await?;
    Ok(one)
}

/// Guards the act, does it and tells it. The orders are held; the shipment was read under their locks.
pub(super) async fn apply(
    act: &mut JointAct,
    shipment: &Shipment,
    held: Option<Document>,
    step: Move,
    typed: &Typed,
) -> Result<()> {
    act.must_move()?;
    if !shipment.is_booked() {
        return Err(NotHere::NotBooked.into());
    }
    let (mut document, stage) = if let Some(document) = held {
        let stage = document.after(step)?;
        (document, stage)
    } else {
        let stage = beginning(shipment, step)?;
        (begin(act, shipment).await?, stage)
    };
    guard(act, shipment, &document, step).await?;
    let (by, orders) = (act.by.clone(), act.orders.clone());
    let asked = (shipment, Some(&document), step);
    let basis = stakes::releasing(act.tx(), &by, &orders, asked).await?;
    let early = (step == Move::ReleaseEarly, typed.text("reason"));
    let leave = stakes::leave(act, &basis, early).await?;
    let event = change(act, (shipment, &leave), &mut document, step, typed).await?;
    sql::save(act, &document, stage).await?;
    told(act, shipment, event).await?;
    tell_others(act, shipment, &document, step, typed).await
}

/// What a document can begin with: instructions where there will be a draft, else the waybill.
pub(super) fn beginning(shipment: &Shipment, step: Move) -> Result<Stage, Refusal> {
    match step {
        Move::SendInstructions if shipment.mode.has_draft() => Ok(Stage::InstructionsSent),
        Move::SendInstructions => Err(Refusal::NoDraftByCourier),
        Move::Issue if !shipment.mode.has_draft() => Ok(Stage::Issued),
        _ => Err(Refusal::NoDocument),
    }
}

async fn guard(
    act: &mut JointAct,
    shipment: &Shipment,
    document: &Document,
    step: Move,
) -> Result<()> {
    match step {
        Move::SendToCustomer => {
            let reach = InReach::of(&act.by);
            let all = fields(act.tx(), &reach, shipment, document).await?;
            let open: Vec<Name> = all
                .iter()
                .filter(|field| field.is_open())
                .map(|field| field.name)
                .collect();
            if open.is_empty() {
                Ok(())
            } else {
                Err(Refusal::Differences(open).into())
            }
        }
        Move::Release | Move::ReleaseEarly => money_is_in(act, shipment, step).await,
        _ => Ok(()),
    }
}

/// Section 5 of the lifecycle: the balance first; what goes through a bank is never given to the customer.
async fn money_is_in(act: &mut JointAct, shipment: &Shipment, step: Move) -> Result<()> {
    for order in act.orders.clone() {
        let standing = goods_sql::standing(act.tx(), &order, shipment.id).await?;
        // A waybill is in the customer's hands with the goods.
        if !shipment.mode.holds_goods() && money::through_bank(&standing) {
            continue;
        }
        match money::hold_at_release(&order, &standing) {
            None => {}
            Some(Hold::BankHandlesDocuments) => {
                return Err(Refusal::BankHandles {
                    order: order.number.to_string(),
                }
                .into());
            }
            Some(_) if step == Move::ReleaseEarly => {}
            Some(hold) => {
                let refusal = NotHere::BalanceNotIn {
                    missing: money::missing(T(act.by.lang), &order, hold),
                    order: order.number.to_string(),
                };
                let gate = (Kind::EarlyRelease, shipment.number.as_str());
                return Err(exception::askable(refusal.into(), &act.by, &order, gate));
            }
        }
    }
    Ok(())
}

fn values(typed: &Typed) -> Values {
    Name::ALL
        .into_iter()
        .filter_map(|name| {
            let code = name.code();
            let figure = typed.figure(code).map(|it| it.normalize().to_string());
            let day = typed.day(code).map(|day| day.to_string());
            let value = figure
                .or(day)
                .unwrap_or_else(|| typed.text(code).to_owned());
            (!value.is_empty()).then(|| (name.code().to_owned(), value))
        })
        .collect()
}

/// Writes what was typed into the document, and says it.
#[expect(clippy::too_many_lines, reason = "one arm an act")]
async fn change(
    act: &mut JointAct,
    (shipment, leave): (&Shipment, &str),
    document: &mut Document,
    step: Move,
    typed: &Typed,
) -> Result<ShippingEvent> {
    let (at, teller) = (act.by.at, typed.told());
    Ok(match step {
        Move::SendInstructions => {
            document.instructions = values(typed);
            document.instructions_sent_at = Some(at);
            said!(shipment, InstructionsSent, shipment.forwarder_name)
        }
        Move::ReceiveDraft => {
            let draft = values(typed);
            // A verdict stands while its field says the same.
            let before = std::mem::replace(&mut document.draft, draft);
            let now = document.draft.clone();
            document
                .waivers
                .retain(|name, _| before.get(name) == now.get(name));
            document.draft_revision += 1;
            let words = format!("r{} · {teller}", document.draft_revision);
            said!(shipment, TransportDraftReceived, words)
        }
        Move::Check => {
            let reach = InReach::of(&act.by);
            let all = fields(act.tx(), &reach, shipment, document).await?;
            let open = all.iter().filter(|field| field.is_open()).count();
            let words = format!("{}/{}", all.len() - open, all.len());
            said!(shipment, TransportDraftChecked, words)
        }
        Move::WaiveDifference => {
            let reach = InReach::of(&act.by);
            let name = Name::parse(typed.text("field"));
            let all = fields(act.tx(), &reach, shipment, document).await?;
            let field = all
                .iter()
                .find(|field| Some(field.name) == name && field.is_open())
                .ok_or(Refusal::NoDifference)?;
            let reason = typed.text("reason").to_owned();
            let words = format!("{} · {reason}", field.name.code());
            document
                .waivers
                .insert(field.name.code().to_owned(), reason);
            said!(shipment, TransportDifferenceWaived, words)
        }
        Move::SendToCustomer => {
            document.copy_sent_at = Some(at);
            said!(shipment, TransportDraftSent, typed.text("to"))
        }
        Move::Confirm | Move::AskCorrection => {
            document.answered_on = typed.day("day");
            typed.text("who").clone_into(&mut document.answered_by);
            let words = if step == Move::Confirm {
                "said"
            } else {
                "words"
            };
            typed.text(words).clone_into(&mut document.answer_words);
            if step == Move::Confirm {
                said!(shipment, TransportDraftConfirmed, teller)
            } else {
                said!(shipment, TransportCorrectionAsked, document.answer_words)
            }
        }
        // Never asked by a form: it is part of another act.
        Move::Reset => return Err(Error::NotFound),
        Move::Issue => {
            issue(shipment, document, typed)?;
            said!(shipment, TransportDocumentIssued, document.number)
        }
        Move::Release => {
            document.released_at = Some(at);
            said!(shipment, TransportDocumentReleased, typed.text("to"))
        }
        Move::ReleaseEarly => {
            document.released_at = Some(at);
            leave.clone_into(&mut document.early_reason);
            said!(
                shipment,
                TransportDocumentReleasedEarly,
                document.early_reason
            )
        }
    })
}

fn issue(shipment: &Shipment, document: &mut Document, typed: &Typed) -> Result<(), Faults> {
    let form = if shipment.mode.holds_goods() {
        typed.text("form")
    } else {
        "waybill"
    };
    let originals = typed
        .whole("originals")
        .and_then(|count| count.try_into().ok());
    let fits = match form {
        "originals" => originals.is_some_and(|count: i16| (1..=9).contains(&count)),
        "telex" | "waybill" => true,
        _ => return Err(Faults::one("form", T::shipping_form_missing)),
    };
    if !fits {
        return Err(Faults::one("originals", T::shipping_originals_missing));
    }
    typed.text("number").clone_into(&mut document.number);
    document.issued_on = typed.day("day");
    form.clone_into(&mut document.form);
    document.originals = originals.filter(|_| form == "originals");
    Ok(())
}

/// The customer is asked about the draft and answers by the act; his correction goes to the forwarder; the copy or the
/// number of what was issued is owed to the customer.
#[expect(clippy::too_many_lines, reason = "one arm an act")]
async fn tell_others(
    act: &mut JointAct,
    shipment: &Shipment,
    document: &Document,
    step: Move,
    typed: &Typed,
) -> Result<()> {
    let key = format!("{}/r{}", shipment.number, document.draft_revision);
    let base = |kind, to: Party| Owed {
        kind,
        key: key.clone(),
        step: 8,
        from: Party::Us,
        to,
        subject: String::new(),
        lines: Vec::new(),
        answer_asked: false,
        passed: None,
        before: None,
    };
    match step {
        Move::SendToCustomer => {
            let t = words_to(act, Party::Customer).await?;
            let mut news = base("transport_draft", Party::Customer);
            news.from = Party::Forwarder;
            news.subject = both(|t| t.shipping_tell_draft(shipment.number.clone()));
            news.lines =
                vec![t.shipping_tell_draft_line(shipment.conveyance(), document.draft_revision)];
            news.answer_asked = true;
            news.passed = Some(typed.text("channel").to_owned());
            owed::owe(act, &news).await
        }
        Move::Confirm | Move::AskCorrection => {
            answered(act, &key, document).await?;
            if step == Move::Confirm {
                return Ok(());
            }
            let mut news = base("transport_correction", Party::Forwarder);
            news.from = Party::Customer;
            news.subject = both(|t| t.shipping_tell_correction(shipment.number.clone()));
            news.lines = vec![document.answer_words.clone()];
            owed::owe(act, &news).await
        }
        Move::ReceiveDraft => {
            // The next draft is the forwarder's answer to what the customer wanted corrected.
            let news = ("transport_correction", shipment.number.as_str());
            let said = (Party::Forwarder, typed.text("who"), "");
            owed::answered(act, news, said).await
        }
        Move::Issue => {
            let t = words_to(act, Party::Customer).await?;
            // Originals stay here until they are paid for: what he gets first is the copy.
            let number = || shipment.number.clone();
            let (kind, subject) = if document.form == "originals" {
                ("transport_copy", both(|t| t.shipping_tell_copy(number())))
            } else {
                (
                    "waybill_number",
                    both(|t| t.shipping_tell_waybill(number())),
                )
            };
            let mut news = base(kind, Party::Customer);
            news.key.clone_from(&shipment.number);
            news.from = Party::Forwarder;
            news.subject = subject;
            news.lines = vec![
                t.shipping_tell_waybill_line(shipment.carrier.clone(), document.number.clone()),
            ];
            owed::owe(act, &news).await
        }
        _ => Ok(()),
    }
}

async fn answered(act: &mut JointAct, key: &str, document: &Document) -> Result<()> {
    let words = if document.answer_words.is_empty() {
        "OK"
    } else {
        document.answer_words.as_str()
    };
    let said = (Party::Customer, document.answered_by.as_str(), words);
    owed::answered(act, ("transport_draft", key), said).await
}

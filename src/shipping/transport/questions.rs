//! The form of each act on a transport document.

use super::comparison::Name;
use super::stage::Move;
use crate::base::T;
use crate::shipping::asked::{Field, Kind, Question, may, must};
use crate::shipping::shipment::Mode;

/// Moves that have a form, with the last part of their address.
pub(super) const ASKED: [(Move, &str); 9] = [
    (Move::SendInstructions, "instructions"),
    (Move::ReceiveDraft, "draft"),
    (Move::WaiveDifference, "waiver"),
    (Move::SendToCustomer, "sending"),
    (Move::Confirm, "confirmation"),
    (Move::AskCorrection, "correction"),
    (Move::Issue, "issue"),
    (Move::Release, "release"),
    (Move::ReleaseEarly, "early-release"),
];

pub(super) fn path(step: Move) -> &'static str {
    ASKED
        .iter()
        .find(|(own, _)| *own == step)
        .map_or("check", |(_, path)| path)
}

pub(super) fn title(step: Move) -> fn(T) -> &'static str {
    match step {
        Move::SendInstructions => T::shipping_document_send_instructions,
        Move::ReceiveDraft => T::shipping_document_receive_draft,
        Move::Check => T::shipping_document_check,
        Move::WaiveDifference => T::shipping_document_waive,
        Move::SendToCustomer => T::shipping_document_send,
        Move::Confirm => T::shipping_document_confirm,
        Move::AskCorrection => T::shipping_document_correction,
        Move::Reset => T::shipping_transport_instructions_sent,
        Move::Issue => T::shipping_document_issue,
        Move::Release => T::shipping_document_release,
        Move::ReleaseEarly => T::shipping_document_release_early,
    }
}

fn sentence(step: Move) -> fn(T) -> &'static str {
    match step {
        Move::SendInstructions => T::shipping_sentence_instructions,
        Move::ReceiveDraft => T::shipping_sentence_draft,
        Move::WaiveDifference => T::shipping_sentence_waive,
        Move::SendToCustomer => T::shipping_sentence_send_draft,
        Move::Release => T::shipping_sentence_release,
        Move::ReleaseEarly => T::shipping_sentence_release_early,
        Move::Check | Move::Confirm | Move::AskCorrection | Move::Reset | Move::Issue => {
            T::shipping_sentence_none
        }
    }
}

/// Texts that the instructions give; figures and containers come from packing and loading.
const GIVEN: [Field; 9] = [
    must("shipper", Kind::Area, T::shipping_shipper),
    must("consignee", Kind::Area, T::shipping_consignee),
    may("notify", Kind::Area, T::shipping_notify),
    may("marks", Kind::Area, T::shipping_marks),
    must("description", Kind::Area, T::shipping_description),
    must("freight", Kind::Pick, T::shipping_freight),
    may("originals", Kind::Whole, T::shipping_originals),
    may("clauses", Kind::Area, T::shipping_clauses),
    may("issue_place", Kind::Line, T::shipping_issue_place),
];

/// Every field of the draft, as it stands there.
fn drafted(mode: Mode) -> Vec<Field> {
    Name::ALL
        .into_iter()
        .filter(|name| *name != Name::Containers || mode.has_containers())
        .map(|name| {
            let kind = match name {
                Name::Shipper
                | Name::Consignee
                | Name::Notify
                | Name::Marks
                | Name::Clauses
                | Name::Description => Kind::Area,
                Name::Cartons | Name::GrossKg | Name::Cbm => Kind::Figure,
                Name::Originals => Kind::Whole,
                Name::OnBoard => Kind::Day,
                Name::Freight => Kind::Pick,
                Name::Vessel
                | Name::LoadingPort
                | Name::DischargePort
                | Name::PlaceOfDelivery
                | Name::IssuePlace
                | Name::Containers => Kind::Line,
            };
            // What the draft leaves out is a difference, not a fault of the form.
            may(name.code(), kind, name.word())
        })
        .collect()
}

const DAY: Field = must("day", Kind::PastDay, T::shipping_day);

#[expect(clippy::too_many_lines, reason = "one arm an act")]
#[expect(clippy::match_same_arms, reason = "one arm for each case")]
pub(super) fn question(step: Move, mode: Mode) -> Question {
    let asked = Question::new(title(step), sentence(step));
    match step {
        Move::SendInstructions => {
            asked
                .with(&GIVEN)
                .with(&[must("channel", Kind::Pick, T::shipping_channel)])
        }
        Move::ReceiveDraft => asked.with(&drafted(mode)).told(),
        Move::Check | Move::Reset => asked,
        Move::WaiveDifference => asked.with(&[
            must("field", Kind::Pick, T::shipping_field),
            must("reason", Kind::Area, T::shipping_reason),
        ]),
        Move::SendToCustomer => asked.with(&[
            must("to", Kind::Line, T::shipping_to_whom),
            must("channel", Kind::Pick, T::shipping_channel),
        ]),
        Move::Confirm => asked.with(&[DAY]).their_word(),
        Move::AskCorrection => asked
            .with(&[DAY, must("words", Kind::Area, T::shipping_correction_words)])
            .told(),
        Move::Issue => {
            let asked = asked.with(&[
                must("number", Kind::Line, T::shipping_document_number),
                must("day", Kind::PastDay, T::shipping_issued_on),
            ]);
            let asked = if mode.holds_goods() {
                asked.with(&[
                    must("form", Kind::Pick, T::shipping_form),
                    may("originals", Kind::Whole, T::shipping_originals),
                ])
            } else {
                asked
            };
            asked.told()
        }
        Move::Release => asked.with(&[
            must("to", Kind::Line, T::shipping_to_whom),
            must("channel", Kind::Pick, T::shipping_channel),
        ]),
        Move::ReleaseEarly => asked
            .with(&[must("reason", Kind::Area, T::shipping_reason)])
            .dangerous(),
    }
}

pub(super) fn freights(t: T) -> Vec<(String, String)> {
    vec![
        (
            "prepaid".to_owned(),
            t.shipping_freight_prepaid().to_owned(),
        ),
        (
            "collect".to_owned(),
            t.shipping_freight_collect().to_owned(),
        ),
    ]
}

pub(super) fn forms(t: T) -> Vec<(String, String)> {
    vec![
        ("originals".to_owned(), t.shipping_form_paper().to_owned()),
        ("telex".to_owned(), t.shipping_form_telex().to_owned()),
        ("waybill".to_owned(), t.shipping_form_waybill().to_owned()),
    ]
}

//! The ledger 传达台账 as a page draws it: one box a relay and addressee, with its four stations.

use crate::base::{FileId, RelayId, T};
use crate::orders::{Opened, Order};
use crate::people::Deed;
use crate::relay::{self, Addressee, Move, Relay, Stage};
use crate::web::{Page, Result};
use sqlx::PgConnection;

/// One relay on its way to one addressee.
#[derive(Clone, Debug)]
pub(super) struct Card {
    pub number: i32,
    pub url: String,
    pub late: bool,
    pub from: &'static str,
    pub from_word: &'static str,
    pub to: &'static str,
    /// The side, and of several factories the one.
    pub to_code: String,
    pub to_word: String,
    pub kind: &'static str,
    pub word: String,
    pub subject: String,
    pub said: String,
    pub said_lang: String,
    pub urgent: bool,
    pub channel: String,
    pub lines: Vec<CardLine>,
    pub answers: Vec<(String, Option<FileId>)>,
    pub withdrawn: String,
    /// Without its address where the reader may not open it.
    pub files: Vec<(Option<FileId>, String)>,
    pub stations: Vec<Station>,
    pub closed: bool,
    /// Which of its addressees, from nought.
    place: usize,
    pub can: Can,
}

#[derive(Clone, Debug)]
pub(super) struct CardLine {
    pub line: i32,
    pub text: String,
    /// By whom, how, in which words and when; empty until then.
    pub acknowledged: String,
    pub paper: Option<FileId>,
}

#[derive(Clone, Debug)]
pub(super) struct Station {
    pub class: &'static str,
    pub name: &'static str,
    pub at: String,
}

/// What this reader may do with it now.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one answer a form")]
pub(super) struct Can {
    pub pass_on: bool,
    pub acknowledge: bool,
    pub answer: bool,
    pub withdraw: bool,
}

impl Card {
    /// `relay-3`, as open items and answers lead to it; the second addressee has an anchor of its own.
    pub(super) fn anchor(&self) -> String {
        match self.place {
            0 => format!("relay-{}", self.number),
            place => format!("relay-{}-{}", self.number, place + 1),
        }
    }
}

pub(super) async fn cards(db: &mut PgConnection, order: &Order, page: &Page) -> Result<Vec<Card>> {
    let relays = relay::sql::list_for(db, order.id()).await?;
    let files = relay::sql::files_for(db, order.id()).await?;
    let opened = Opened::of(db, order).await?;
    let mut cards: Vec<Card> = relays
        .iter()
        .flat_map(|relay| {
            let (files, opened) = (&files, &opened);
            relay
                .addressees()
                .into_iter()
                .map(move |to| card(relay, to, order, (page, files, opened)))
        })
        .collect();
    // What is owed first, then what is waited for, then what is closed; newest first within.
    cards.sort_by_key(|card| (card.closed, card.kind == "waiting", !card.late));
    Ok(cards)
}

fn card(
    relay: &Relay,
    to: Addressee,
    order: &Order,
    (page, files, opened): (&Page, &[(RelayId, FileId, String)], &Opened),
) -> Card {
    let t = page.t;
    let stage = relay.stage_of(to);
    let late = stage == Stage::Heard && relay.due_at < page.at;
    let (kind, word) = state(relay, stage, late, page);
    Card {
        can: can(relay, stage, order),
        url: format!("{}/relays/{}", order.url(), relay.number),
        number: relay.number,
        from: relay.from.code(),
        from_word: relay.from.label(t),
        to: to.side.code(),
        to_code: to.code(),
        to_word: relay.label_of(to, t),
        subject: crate::base::tongues::own(t, &relay.subject).to_owned(),
        said: relay.words.clone(),
        said_lang: relay.words_lang.clone(),
        urgent: relay.urgent,
        channel: channel(&relay.heard_channel, t),
        lines: lines(relay, to, page, opened),
        answers: answers(relay, to, page, opened),
        withdrawn: relay.withdrawn_reason.clone(),
        files: files
            .iter()
            .filter(|(of, _, _)| *of == relay.id)
            .map(|(_, file, name)| (opening(Some(*file), opened), name.clone()))
            .collect(),
        stations: stations(relay, to, (stage, late), page),
        place: relay
            .addressees()
            .iter()
            .position(|other| *other == to)
            .unwrap_or_default(),
        closed: stage >= Stage::Closed,
        late,
        kind,
        word,
    }
}

/// The mark of the box and its word.
fn state(relay: &Relay, stage: Stage, late: bool, page: &Page) -> (&'static str, String) {
    let t = page.t;
    match stage {
        Stage::Heard if late => ("late", page.due(relay.due_at)),
        Stage::Heard => ("due", page.moment_near(relay.due_at)),
        Stage::Closed | Stage::Answered => ("done", stage.label(t).to_owned()),
        Stage::Withdrawn => ("skipped", stage.label(t).to_owned()),
        Stage::PassedOn | Stage::Seen => ("waiting", t.desk_waits_receipt().to_owned()),
        Stage::Acknowledged => ("waiting", t.desk_waits_answer().to_owned()),
    }
}

fn can(relay: &Relay, stage: Stage, order: &Order) -> Can {
    let may = |step: Move| {
        stage.after(step).is_some() && step.deed().is_some_and(|deed: Deed| order.reader_may(deed))
    };
    let nobody_closed = relay
        .addressees()
        .into_iter()
        .all(|side| relay.stage_of(side).after(Move::Withdraw).is_some());
    Can {
        pass_on: may(Move::PassOn),
        acknowledge: may(Move::AcknowledgeLine),
        answer: may(Move::Answer),
        withdraw: nobody_closed && !relay.holds_a_step() && may(Move::Withdraw),
    }
}

pub(super) fn channel(code: &str, t: T) -> String {
    crate::base::Channel::parse(code)
        .map_or_else(String::new, |channel| channel.label(t).to_owned())
}

/// The paper, where the reader may open it.
fn opening(paper: Option<FileId>, opened: &Opened) -> Option<FileId> {
    paper.filter(|file| opened.has(*file))
}

fn lines(relay: &Relay, to: Addressee, page: &Page, opened: &Opened) -> Vec<CardLine> {
    let of = |line: i32| relay.receipts_of(to).find(|receipt| receipt.line == line);
    (1..)
        .zip(&relay.lines)
        .filter(|(line, _)| of(*line).is_some())
        .map(|(line, text)| CardLine {
            line,
            text: text.clone(),
            paper: opening(of(line).and_then(|receipt| receipt.acknowledgement), opened),
            acknowledged: of(line)
                .and_then(|receipt| acknowledged(receipt, page))
                .unwrap_or_default(),
        })
        .collect()
}

/// `俞建平 · 微信 · 收到 · 11-23`; the moment it was written down where nobody said a day.
fn acknowledged(receipt: &relay::Receipt, page: &Page) -> Option<String> {
    let at = receipt.acknowledged_at?;
    let how = channel(&receipt.acknowledged_channel, page.t);
    let when = receipt
        .acknowledged_on
        .map_or_else(|| page.moment(at), |day| page.day(day));
    let all = [
        &receipt.acknowledged_by,
        &how,
        &receipt.acknowledged_words,
        &when,
    ];
    let said: Vec<&str> = all
        .into_iter()
        .filter(|text| !text.is_empty())
        .map(String::as_str)
        .collect();
    Some(said.join(" · "))
}

fn answers(
    relay: &Relay,
    to: Addressee,
    page: &Page,
    opened: &Opened,
) -> Vec<(String, Option<FileId>)> {
    let mut answers: Vec<(String, Option<FileId>)> = relay
        .receipts_of(to)
        .filter(|receipt| receipt.answered_at.is_some())
        .map(|receipt| {
            let how = channel(&receipt.answered_channel, page.t);
            let day = receipt.answered_on.map(|day| page.day(day));
            let mut said = vec![receipt.answer.clone(), how];
            said.extend(day);
            said.retain(|text| !text.is_empty());
            (said.join(" · "), opening(receipt.answer_evidence, opened))
        })
        .collect();
    answers.dedup();
    answers
}

/// Heard, passed on, seen, acknowledged (or answered): what is behind, where it stands, what lies ahead.
fn stations(
    relay: &Relay,
    to: Addressee,
    (stage, late): (Stage, bool),
    page: &Page,
) -> Vec<Station> {
    let reached = match stage {
        Stage::Heard => 1,
        Stage::PassedOn => 2,
        Stage::Seen | Stage::Acknowledged => 3,
        Stage::Answered | Stage::Closed => 4,
        Stage::Withdrawn => 5,
    };
    (0..)
        .zip(named_stations(relay, to, stage, page))
        .map(|(place, (name, at))| Station {
            class: match place {
                _ if reached == 5 => "",
                place if place < reached => "on",
                place if place == reached && late => "now late",
                place if place == reached => "now",
                _ => "",
            },
            name,
            at,
        })
        .collect()
}

/// The four stations with their moments; empty until they are reached.
fn named_stations(
    relay: &Relay,
    to: Addressee,
    stage: Stage,
    page: &Page,
) -> [(&'static str, String); 4] {
    let t = page.t;
    let newest = |of: fn(&relay::Receipt) -> Option<chrono::DateTime<chrono::Utc>>| {
        let newest = relay.receipts_of(to).filter_map(of).max();
        newest.map(|at| page.moment(at)).unwrap_or_default()
    };
    let passed = if stage == Stage::Heard {
        (t.desk_not_passed_yet(), page.due(relay.due_at))
    } else {
        let at = newest(|receipt| receipt.passed_at);
        (t.relay_stage_passed_on(), at)
    };
    let last = if relay.answer_asked {
        let at = newest(|receipt| receipt.answered_at);
        (t.relay_stage_answered(), at)
    } else {
        let at = newest(|receipt| receipt.acknowledged_at);
        (t.relay_stage_acknowledged(), at)
    };
    let seen = newest(|receipt| receipt.seen_at);
    [
        (t.relay_stage_heard(), page.moment(relay.heard_at)),
        passed,
        (t.relay_stage_seen(), seen),
        last,
    ]
}

//! Pages: the samples and parcels of an order, and one round in three cards: note, parcel, verdict.

use super::content::{Attached, Content, in_words};
use super::note::{Name, SampleNote, kind_word, payer_word};
use super::parcel::sql as parcel_sql;
use super::parcel::stage::ParcelMove;
use super::parcel::{self, Parcel};
use super::sql;
use super::stage::{Move, Stage};
use super::verdict::rule::Verdict;
use super::verdict::sql::{self as verdict_sql, Said};
use crate::approvals::{self, History};
use crate::base::{By, Channel, OrderNumber, T};
use crate::orders::{self, Head, Order, OrderAct};
use crate::people::Deed;
use crate::web::{App, Error, FormKey, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;
use sqlx::PgConnection;

/// The order and one round of one sample, for reading.
pub(super) async fn find(
    db: &mut PgConnection,
    by: &By,
    number: &str,
    note: &str,
) -> Result<(Order, SampleNote)> {
    let number = OrderNumber::parse(number).ok_or(Error::NotFound)?;
    let order = orders::find(db, by, &number).await?;
    let note = pick(sql::list_for(db, &order).await?, note)?;
    Ok((order, note))
}

/// An act on one round: the order locked, the round read under the lock.
pub(super) async fn begin(
    app: &App,
    by: By,
    number: &str,
    note: &str,
    key: &FormKey,
) -> Result<(OrderAct, SampleNote)> {
    let number = OrderNumber::parse(number).ok_or(Error::NotFound)?;
    let mut act = orders::begin(app, by, &number, key).await?;
    let note = in_act(&mut act, note).await?;
    Ok((act, note))
}

pub(super) async fn in_act(act: &mut OrderAct, note: &str) -> Result<SampleNote> {
    let order = act.order.clone();
    pick(sql::list_for(act.tx(), &order).await?, note)
}

/// By its name `2-1`; the inbox of approvals knows only its id.
fn pick(all: Vec<SampleNote>, wanted: &str) -> Result<SampleNote> {
    let name = Name::parse(wanted);
    let id = uuid::Uuid::parse_str(wanted).ok();
    all.into_iter()
        .find(|note| name == Some(note.name) || id == Some(note.id.0))
        .ok_or(Error::NotFound)
}

pub(super) async fn find_parcel(
    db: &mut PgConnection,
    by: &By,
    number: &str,
    parcel: i32,
) -> Result<(Order, Parcel)> {
    let number = OrderNumber::parse(number).ok_or(Error::NotFound)?;
    let order = orders::find(db, by, &number).await?;
    let all = parcel_sql::parcels(db, &order).await?;
    let found = all.into_iter().find(|one| one.number == parcel);
    Ok((order, found.ok_or(Error::NotFound)?))
}

pub(super) async fn begin_parcel(
    app: &App,
    by: By,
    number: &str,
    parcel: i32,
    key: &FormKey,
) -> Result<(OrderAct, Parcel)> {
    let number = OrderNumber::parse(number).ok_or(Error::NotFound)?;
    let mut act = orders::begin(app, by, &number, key).await?;
    let order = act.order.clone();
    let all = parcel_sql::parcels(act.tx(), &order).await?;
    let found = all.into_iter().find(|one| one.number == parcel);
    Ok((act, found.ok_or(Error::NotFound)?))
}

/// A parcel with what this reader may do with it.
pub(super) struct ParcelCard {
    pub parcel: Parcel,
    order: Order,
    by: By,
}

impl ParcelCard {
    fn of(order: &Order, by: &By, parcel: Parcel) -> Self {
        Self {
            parcel,
            order: order.clone(),
            by: by.clone(),
        }
    }

    fn may(&self, step: ParcelMove) -> bool {
        self.order.condition.moves()
            && self.parcel.stage.after(step).is_some()
            && self.order.may(&self.by, step.deed())
    }

    /// The next acts: path and word, the first one is the main one.
    pub(super) fn acts(&self, t: T) -> Vec<(&'static str, &'static str)> {
        [
            (ParcelMove::Dispatch, "dispatch", t.samples_dispatch_verb()),
            (
                ParcelMove::PassOnNumber,
                "passing-on",
                t.samples_pass_on_verb(),
            ),
            (ParcelMove::Deliver, "delivery", t.samples_delivery_verb()),
            (ParcelMove::Edit, "edit", t.samples_edit()),
            (ParcelMove::Return, "return", t.samples_return_verb()),
            (ParcelMove::Lose, "loss", t.samples_loss_verb()),
        ]
        .into_iter()
        .filter(|(step, _, _)| self.may(*step))
        .map(|(_, path, word)| (path, word))
        .collect()
    }

    pub(super) fn url(&self) -> String {
        format!("{}/parcels/{}", self.order.url(), self.parcel.number)
    }

    pub(super) fn kind(&self, t: T) -> &'static str {
        parcel::kind_word(t, &self.parcel.packing.kind)
    }

    pub(super) fn courier(&self, t: T) -> &str {
        self.parcel.courier_word(t)
    }

    pub(super) fn payer(&self, t: T) -> &'static str {
        payer_word(t, &self.parcel.packing.cost_payer)
    }

    pub(super) fn channel(&self, t: T) -> &'static str {
        let passed = self.parcel.passed.as_ref();
        channel_word(t, passed.map_or("", |passed| &passed.channel))
    }
}

fn channel_word(t: T, code: &str) -> &'static str {
    Channel::parse(code).map_or("", |channel| channel.label(t))
}

/// One round as the list shows it.
pub(super) struct Listed {
    pub note: SampleNote,
    pub verdict: Option<Verdict>,
    /// The parcel it left in.
    pub parcel: String,
}

#[derive(Template)]
#[template(path = "samples/list.html")]
pub(super) struct ListPage {
    pub page: Page,
    pub head: Head,
    pub notes: Vec<Listed>,
    pub parcels: Vec<ParcelCard>,
    pub may_draft: bool,
    pub may_skip: bool,
    pub may_pack: bool,
}

impl ListPage {
    pub(super) fn kind(&self, note: &SampleNote) -> &'static str {
        kind_word(self.page.t, &note.draft.kind)
    }
}

pub(super) async fn list(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = orders::find(&mut db, &by, &number).await?;
    let parcels = parcel_sql::parcels(&mut db, &order).await?;
    let said = verdict_sql::verdicts(&mut db, &order).await?;
    let notes = sql::list_for(&mut db, &order).await?;
    let head = Head::load(&mut db, &order, "samples", &page).await?;
    let moves = order.condition.moves();
    let page = ListPage {
        may_draft: moves && order.may(&by, Deed::DraftSampleNote),
        may_pack: moves && order.may(&by, Deed::PackParcel),
        may_skip: moves && head.samples_untouched() && order.may(&by, Deed::SkipSamples),
        notes: notes
            .into_iter()
            .map(|note| Listed {
                verdict: whole(&said, &note),
                parcel: parcels
                    .iter()
                    .find(|parcel| parcel.holds(note.id.0))
                    .map(|parcel| parcel.waybill.clone())
                    .unwrap_or_default(),
                note,
            })
            .collect(),
        parcels: parcels
            .into_iter()
            .map(|parcel| ParcelCard::of(&order, &by, parcel))
            .collect(),
        page,
        head,
    };
    Ok(Html(page.render()?))
}

fn whole(said: &[Said], note: &SampleNote) -> Option<Verdict> {
    let points = said.iter().filter(|said| said.note == note.id.0);
    Verdict::whole(points.map(|said| said.verdict))
}

#[derive(Template)]
#[template(path = "samples/one.html")]
pub(super) struct OnePage {
    pub page: Page,
    pub head: Head,
    pub note: SampleNote,
    pub content: Content,
    pub parcels: Vec<ParcelCard>,
    pub said: Vec<Said>,
    pub verdict: Option<Verdict>,
    pub rounds: Vec<Name>,
    pub history: Vec<History>,
    pub can: Can,
}

impl OnePage {
    pub(super) fn url(&self) -> String {
        format!("{}/samples/{}", self.head.order.url(), self.note.name)
    }

    pub(super) fn printed(&self) -> Vec<(&'static str, String)> {
        in_words(self.page.t, &self.content)
    }

    pub(super) fn files(&self) -> &[Attached] {
        &self.content.files
    }

    pub(super) fn channel(&self, code: &str) -> &'static str {
        channel_word(self.page.t, code)
    }
}

/// What this reader may do with the round now; the same questions the gates ask.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one answer a button")]
pub(super) struct Can {
    pub edit: bool,
    pub withdraw: bool,
    pub decide: bool,
    pub revise: bool,
    pub send: bool,
    pub acknowledge: bool,
    pub receive: bool,
    pub pack: bool,
    pub judge: bool,
    pub next_round: bool,
    pub void: bool,
}

impl Can {
    fn of(order: &Order, by: &By, note: &SampleNote, judged: bool) -> Self {
        let may = |step: Move| {
            order.condition.moves()
                && note.stage.after(step).is_some()
                && order.may(by, step.deed().of(note.hands()))
        };
        let in_hand = order.condition.moves() && note.stage == Stage::Received;
        Self {
            edit: may(Move::Edit),
            withdraw: may(Move::Withdraw),
            decide: may(Move::Sign),
            revise: may(Move::Revise),
            send: may(Move::Send),
            acknowledge: may(Move::Acknowledge),
            receive: may(Move::Receive),
            pack: in_hand && order.may(by, Deed::PackParcel),
            judge: in_hand && !judged && order.may(by, Deed::RecordSampleVerdict),
            next_round: may(Move::OpenNextRound),
            void: may(Move::Void),
        }
    }
}

pub(super) async fn one(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, note)): Path<(String, String)>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, note) = find(&mut db, &by, &number, &note).await?;
    let all = sql::list_for(&mut db, &order).await?;
    let rounds = all
        .iter()
        .filter(|other| other.name.sample == note.name.sample && other.name != note.name)
        .map(|other| other.name)
        .collect();
    let said = verdict_sql::verdicts(&mut db, &order).await?;
    let verdict = whole(&said, &note);
    let parcels = parcel_sql::parcels(&mut db, &order).await?.into_iter();
    let page = OnePage {
        history: approvals::history(&mut db, super::submission::SUBJECT, order.id())
            .await?
            .into_iter()
            .filter(|one| one.subject_id == note.id.0)
            .collect(),
        parcels: parcels
            .filter(|parcel| parcel.holds(note.id.0))
            .map(|parcel| ParcelCard::of(&order, &by, parcel))
            .collect(),
        said: said
            .into_iter()
            .filter(|said| said.note == note.id.0)
            .collect(),
        content: match &note.content {
            Some(frozen) if note.stage != Stage::Draft => frozen.clone(),
            _ => Content::of(&order, &note),
        },
        can: Can::of(&order, &by, &note, verdict.is_some()),
        head: Head::load(&mut db, &order, "samples", &page).await?,
        verdict,
        rounds,
        page,
        note,
    };
    Ok(Html(page.render()?))
}

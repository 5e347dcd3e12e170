//! Packing 装箱寄样: a parcel is packed, and edited until it leaves.

use super::super::note::{Refusal, SampleNote, payer_word};
use super::super::questions::{Entry, FormPage, again, choices, one_of, text};
use super::super::stage::Stage;
use super::super::{show, sql as note_sql};
use super::sql;
use super::stage::ParcelMove;
use super::{KINDS, PAYERS, Packing, Parcel, kind_word};
use crate::base::{By, OrderNumber};
use crate::history::Event;
use crate::history::sample_event::SampleEvent;
use crate::orders::{self, Order, OrderAct};
use crate::people::Deed;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sqlx::PgConnection;

const FIELDS: [&str; 6] = [
    "kind",
    "recipient",
    "contents",
    "cost_payer",
    "freight_account",
    "notes",
];

/// From which round's page the parcel is packed.
#[derive(Deserialize)]
pub(in crate::samples) struct From {
    #[serde(default)]
    note: String,
}

/// The form of a new parcel, or of one that is packed already.
#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
async fn question(
    db: &mut PgConnection,
    page: Page,
    order: &Order,
    parcel: Option<&Parcel>,
    (fields, faults): (Fields, Faults),
) -> Result<FormPage> {
    let t = page.t;
    let all = note_sql::list_for(db, order).await?;
    let held = |note: &&SampleNote| {
        note.stage == Stage::Received || parcel.is_some_and(|parcel| parcel.holds(note.id.0))
    };
    let notes: Vec<(String, String)> = all
        .iter()
        .filter(held)
        .map(|note| {
            let label = format!("{} · {}", note.name.label(), note.draft.styles);
            (note.id.0.to_string(), label)
        })
        .collect();
    let url = order.url();
    let mut entries = vec![
        Entry::new("radios", "kind", t.samples_parcel_kind(), &fields)
            .of(choices(&KINDS, t, kind_word)),
        Entry::new("area", "recipient", t.samples_parcel_recipient(), &fields)
            .hint(t.samples_parcel_recipient_hint()),
        Entry::new("area", "contents", t.samples_parcel_contents(), &fields),
        Entry::new(
            "radios",
            "cost_payer",
            t.samples_parcel_cost_payer(),
            &fields,
        )
        .of(choices(&PAYERS, t, payer_word)),
        Entry::new(
            "text",
            "freight_account",
            t.samples_parcel_account(),
            &fields,
        )
        .optional(),
    ];
    if !notes.is_empty() {
        let ticks = Entry::new("checks", "notes", t.samples_parcel_notes(), &fields).of(notes);
        entries.insert(1, ticks);
    }
    Ok(FormPage {
        title: match parcel {
            Some(parcel) => t.samples_parcel_title(parcel.number),
            None => t.samples_pack().to_owned(),
        },
        sentence: t.samples_pack_sentence().to_owned(),
        verb: t.web_save().to_owned(),
        action: match parcel {
            Some(parcel) => format!("{url}/parcels/{}", parcel.number),
            None => format!("{url}/parcels"),
        },
        back: format!("{url}/samples"),
        rev: parcel
            .map(|parcel| parcel.version.to_string())
            .unwrap_or_default(),
        danger: false,
        entries,
        order: order.clone(),
        page,
        faults,
    })
}

pub(in crate::samples) async fn blank(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    Query(from): Query<From>,
) -> Result<Response> {
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = orders::find(&mut db, &by, &number).await?;
    order.must(&by, Deed::PackParcel)?;
    let mut fields = Fields::default();
    fields.set("kind", "samples");
    fields.set("cost_payer", "us");
    let contacts = crate::parties::contact::of_customer(&mut db, order.customer).await?;
    let first = contacts.first().map(|contact| contact.name.clone());
    let recipient = [first.unwrap_or_default(), order.customer_name.clone()];
    fields.set("recipient", recipient.join("\n").trim().to_owned());
    let all = note_sql::list_for(&mut db, &order).await?;
    if let Some(note) = all.iter().find(|note| note.name.to_string() == from.note) {
        fields.set("notes", note.id.0.to_string());
        let contents = format!("{} × {}", note.draft.styles, note.draft.for_customer);
        fields.set("contents", contents);
    }
    let typed = (fields, Faults::default());
    question(&mut db, page, &order, None, typed).await?.answer()
}

pub(in crate::samples) async fn edit(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, parcel)): Path<(String, i32)>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let (order, parcel) = show::find_parcel(&mut db, &by, &number, parcel).await?;
    order.must(&by, Deed::PackParcel)?;
    parcel.after(ParcelMove::Edit)?;
    let p = &parcel.packing;
    let mut pairs: Vec<(String, String)> = [
        ("kind", &p.kind),
        ("recipient", &p.recipient),
        ("contents", &p.contents),
        ("cost_payer", &p.cost_payer),
        ("freight_account", &p.freight_account),
    ]
    .map(|(name, value)| (name.to_owned(), value.clone()))
    .to_vec();
    pairs.extend(
        p.notes
            .iter()
            .map(|note| ("notes".to_owned(), note.to_string())),
    );
    let typed = (Fields::new(pairs), Faults::default());
    question(&mut db, page, &order, Some(&parcel), typed)
        .await?
        .answer()
}

fn read(fields: &Fields) -> Result<Packing> {
    let mut faults = Faults::default();
    let packing = Packing {
        kind: one_of(fields, "kind", &KINDS, &mut faults),
        recipient: text(fields, "recipient", 1_000, &mut faults),
        contents: text(fields, "contents", 2_000, &mut faults),
        cost_payer: one_of(fields, "cost_payer", &PAYERS, &mut faults),
        freight_account: text(fields, "freight_account", 60, &mut faults),
        notes: fields
            .all("notes")
            .filter_map(|id| id.parse().ok())
            .collect(),
    };
    if packing.recipient.is_empty() {
        faults.add("recipient", crate::base::T::samples_recipient_missing);
    }
    if packing.contents.is_empty() {
        faults.add("contents", crate::base::T::samples_contents_missing);
    }
    if packing.kind == "samples" && packing.notes.is_empty() {
        faults.add("notes", crate::base::T::samples_notes_missing);
    }
    faults.check()?;
    Ok(packing)
}

pub(in crate::samples) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&FIELDS)?;
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let packing = match read(&form.fields) {
        Ok(packing) => packing,
        Err(error) => {
            let mut db = app.db.acquire().await?;
            let order = orders::find(&mut db, &by, &number).await?;
            order.must(&by, Deed::PackParcel)?;
            let typed = (form.fields, again(error)?);
            return question(&mut db, page, &order, None, typed).await?.answer();
        }
    };
    let mut act = orders::begin(&app, by, &number, &form.key).await?;
    let parcel = pack(&mut act, &packing).await?;
    let answer = Answer::to(format!("{}/samples#parcel-{parcel}", act.order.url()));
    let answer = answer.tell(page.t, crate::base::T::samples_packed);
    Ok(act.finish(answer).await?.into_response())
}

/// The act: a parcel under the next number of the order. Samples in it are in hand.
pub async fn pack(act: &mut OrderAct, packing: &Packing) -> Result<i32> {
    act.must(Deed::PackParcel)?;
    act.must_move()?;
    in_hand(act, packing).await?;
    let number = sql::insert(act, packing).await?;
    act.happened(&Event::Sample(SampleEvent::ParcelPacked { number }))
        .await?;
    Ok(number)
}

/// Guard: what is packed has come in from the factory.
async fn in_hand(act: &mut OrderAct, packing: &Packing) -> Result<()> {
    let order = act.order.clone();
    let all = note_sql::list_for(act.tx(), &order).await?;
    for id in &packing.notes {
        let note = all
            .iter()
            .find(|note| note.id.0 == *id)
            .ok_or(Error::Garbled("notes"))?;
        if note.received.is_none() {
            return Err(Refusal::NotReceived { name: note.name }.into());
        }
    }
    Ok(())
}

pub(in crate::samples) async fn save(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, parcel)): Path<(String, i32)>,
    form: Keyed,
) -> Result<Response> {
    form.only(&FIELDS)?;
    let packing = match read(&form.fields) {
        Ok(packing) => packing,
        Err(error) => {
            let mut db = app.db.acquire().await?;
            let (order, parcel) = show::find_parcel(&mut db, &by, &number, parcel).await?;
            order.must(&by, Deed::PackParcel)?;
            let typed = (form.fields, again(error)?);
            return question(&mut db, page, &order, Some(&parcel), typed)
                .await?
                .answer();
        }
    };
    let (mut act, parcel) = show::begin_parcel(&app, by, &number, parcel, &form.key).await?;
    act.must(Deed::PackParcel)?;
    act.must_move()?;
    parcel.after(ParcelMove::Edit)?;
    if form.rev()? != parcel.version {
        return Err(Error::refused(crate::approvals::Refusal::ContentChanged));
    }
    in_hand(&mut act, &packing).await?;
    sql::save(&mut act, &parcel, &packing).await?;
    let event = SampleEvent::ParcelChanged {
        number: parcel.number,
    };
    act.happened(&Event::Sample(event)).await?;
    let answer = Answer::to(format!(
        "{}/samples#parcel-{}",
        act.order.url(),
        parcel.number
    ));
    let answer = answer.tell(page.t, crate::base::T::web_saved);
    Ok(act.finish(answer).await?.into_response())
}

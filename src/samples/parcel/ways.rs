//! Ways of a parcel: it leaves with a courier's number, the number is passed on, and it is delivered, lost or comes back.

use super::super::note::Refusal;
use super::super::questions::{Entry, FormPage, channel, channels, past_day, text, who};
use super::super::{show, telling};
use super::sql;
use super::stage::ParcelMove;
use super::{Parcel, tidy_number};
use crate::base::codes::Carrier;
use crate::base::{By, T};
use crate::catalog::courier::{self, Courier};
use crate::history::Event;
use crate::history::sample_event::SampleEvent;
use crate::orders::{Order, OrderAct};
use crate::people::Deed;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use sqlx::PgConnection;

/// The four questions, each with its path, its move and its words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Dispatch,
    PassOn,
    End(ParcelMove),
}

impl Way {
    const fn step(self) -> ParcelMove {
        match self {
            Self::Dispatch => ParcelMove::Dispatch,
            Self::PassOn => ParcelMove::PassOnNumber,
            Self::End(step) => step,
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Self::Dispatch => "dispatch",
            Self::PassOn => "passing-on",
            Self::End(ParcelMove::Lose) => "loss",
            Self::End(ParcelMove::Return) => "return",
            Self::End(_) => "delivery",
        }
    }

    fn words(self, t: T, parcel: &Parcel) -> (String, String, &'static str) {
        let number = parcel.number;
        match self {
            Self::Dispatch => (
                t.samples_dispatch_question(number),
                t.samples_dispatch_sentence().to_owned(),
                t.samples_dispatch_verb(),
            ),
            Self::PassOn => (
                t.samples_pass_on_question(number),
                t.samples_pass_on_text(parcel.courier_word(t), &parcel.waybill),
                t.samples_pass_on_verb(),
            ),
            Self::End(ParcelMove::Lose) => (
                t.samples_loss_question(number),
                t.samples_loss_sentence().to_owned(),
                t.samples_loss_verb(),
            ),
            Self::End(ParcelMove::Return) => (
                t.samples_return_question(number),
                t.samples_return_sentence().to_owned(),
                t.samples_return_verb(),
            ),
            Self::End(_) => (
                t.samples_delivery_question(number),
                t.samples_delivery_sentence().to_owned(),
                t.samples_delivery_verb(),
            ),
        }
    }

    fn entries(self, t: T, fields: &Fields, couriers: &[Courier]) -> Vec<Entry> {
        match self {
            Self::Dispatch => vec![
                Entry::new("radios", "courier", t.samples_courier(), fields).of(couriers
                    .iter()
                    .map(|one| (one.code.clone(), one.name(t).to_owned()))
                    .collect()),
                Entry::new("text", "waybill", t.samples_waybill(), fields)
                    .hint(t.samples_waybill_hint()),
                Entry::new("date", "day", t.samples_dispatched_on(), fields),
            ],
            Self::PassOn => vec![
                Entry::new("text", "to", t.samples_to_whom(), fields),
                Entry::new("radios", "channel", t.samples_channel(), fields).of(channels(t)),
            ],
            Self::End(ParcelMove::Deliver) => vec![
                Entry::new("date", "day", t.samples_day(), fields),
                Entry::new("text", "words", t.samples_signed_for_by(), fields).optional(),
            ],
            Self::End(_) => vec![
                Entry::new("date", "day", t.samples_day(), fields),
                Entry::new("area", "words", t.samples_what_happened(), fields),
            ],
        }
    }
}

fn question(
    page: Page,
    order: &Order,
    parcel: &Parcel,
    (way, couriers): (Way, &[Courier]),
    typed: (Fields, Faults),
) -> FormPage {
    let (title, sentence, verb) = way.words(page.t, parcel);
    FormPage {
        title,
        sentence,
        verb: verb.to_owned(),
        action: format!("{}/parcels/{}/{}", order.url(), parcel.number, way.path()),
        back: format!("{}/samples#parcel-{}", order.url(), parcel.number),
        rev: String::new(),
        danger: matches!(way, Way::End(ParcelMove::Lose)),
        entries: way.entries(page.t, &typed.0, couriers),
        order: order.clone(),
        page,
        faults: typed.1,
    }
}

async fn ask(
    app: App,
    by: By,
    page: Page,
    (number, parcel): (String, i32),
    way: Way,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let (order, parcel) = show::find_parcel(&mut db, &by, &number, parcel).await?;
    order.must(&by, way.step().deed())?;
    parcel.after(way.step())?;
    let mut fields = Fields::default();
    fields.set("day", page.today().to_string());
    let couriers = couriers(&mut db, way).await?;
    if let Some(first) = couriers.first() {
        fields.set("courier", &first.code);
    }
    if way == Way::PassOn {
        let contacts = crate::parties::contact::of_customer(&mut db, order.customer).await?;
        let first = contacts.first();
        fields.set(
            "to",
            first
                .map(|contact| contact.name.clone())
                .unwrap_or_default(),
        );
        fields.set(
            "channel",
            first.map_or("email", |contact| contact.channel.code()),
        );
    }
    let asked = (fields, Faults::default());
    question(page, &order, &parcel, (way, &couriers), asked).answer()
}

/// Who may be chosen, where the question asks for it.
async fn couriers(db: &mut PgConnection, way: Way) -> Result<Vec<Courier>> {
    if way == Way::Dispatch {
        courier::list(db).await
    } else {
        Ok(Vec::new())
    }
}

/// What was typed, read by the question it answers.
enum Typed {
    Dispatched(String, String, NaiveDate),
    PassedOn(String, String),
    Ended(ParcelMove, NaiveDate, String),
}

fn read(
    (way, couriers): (Way, &[Courier]),
    fields: &Fields,
    today: NaiveDate,
) -> Result<Typed, Faults> {
    let mut faults = Faults::default();
    let f = &mut faults;
    let typed = match way {
        Way::Dispatch => {
            let chosen = fields.get("courier");
            let chosen = couriers.iter().find(|one| one.code == chosen);
            if chosen.is_none() {
                f.add("courier", T::samples_choose);
            }
            let carrier = chosen.map_or(Carrier::Other, Courier::carrier);
            let code = chosen.map(|one| one.code.clone()).unwrap_or_default();
            let number = tidy_number(carrier, fields.get("waybill"));
            if number.is_none() {
                f.add("waybill", T::samples_waybill_missing);
            }
            let day = past_day(fields, "day", today, f);
            Typed::Dispatched(code, number.unwrap_or_default(), day)
        }
        Way::PassOn => Typed::PassedOn(who(fields, "to", f), channel(fields, f)),
        Way::End(step) => {
            let words = text(fields, "words", 1_000, f);
            if words.is_empty() && step != ParcelMove::Deliver {
                f.add("words", T::samples_what_happened_missing);
            }
            Typed::Ended(step, past_day(fields, "day", today, f), words)
        }
    };
    if faults.is_empty() {
        Ok(typed)
    } else {
        Err(faults)
    }
}

async fn answered(
    app: App,
    by: By,
    page: Page,
    (number, parcel): (String, i32),
    form: Keyed,
    way: Way,
) -> Result<Response> {
    form.only(&["courier", "waybill", "day", "to", "channel", "words"])?;
    let mut db = app.db.acquire().await?;
    let offered = couriers(&mut db, way).await?;
    let typed = match read((way, &offered), &form.fields, page.today()) {
        Ok(typed) => typed,
        Err(faults) => {
            let (order, parcel) = show::find_parcel(&mut db, &by, &number, parcel).await?;
            order.must(&by, way.step().deed())?;
            let typed = (form.fields, faults);
            return question(page, &order, &parcel, (way, &offered), typed).answer();
        }
    };
    drop(db);
    let (mut act, parcel) = show::begin_parcel(&app, by, &number, parcel, &form.key).await?;
    let doubt = go(&mut act, &parcel, &typed).await?;
    let answer = Answer::to(format!(
        "{}/samples#parcel-{}",
        act.order.url(),
        parcel.number
    ));
    let answer = if doubt {
        answer.tell(page.t, T::samples_waybill_doubt)
    } else {
        answer.tell(page.t, T::web_saved)
    };
    Ok(act.finish(answer).await?.into_response())
}

/// The act. Answers whether the courier's number looks mistyped: it is kept all the same.
async fn go(act: &mut OrderAct, parcel: &Parcel, typed: &Typed) -> Result<bool> {
    match typed {
        Typed::Dispatched(courier, waybill, day) => {
            dispatch_parcel(act, parcel, (courier, waybill, *day)).await
        }
        Typed::PassedOn(to, channel) => {
            pass_number_on(act, parcel, to, channel).await?;
            Ok(false)
        }
        Typed::Ended(step, day, words) => {
            end(act, parcel, *step, (*day, words)).await?;
            Ok(false)
        }
    }
}

/// A parcel of samples leaves with a sample in it.
pub async fn dispatch_parcel(
    act: &mut OrderAct,
    parcel: &Parcel,
    (courier, waybill, day): (&str, &str, NaiveDate),
) -> Result<bool> {
    act.must(Deed::DispatchParcel)?;
    act.must_move()?;
    parcel.after(ParcelMove::Dispatch)?;
    if parcel.packing.kind == "samples" && parcel.packing.notes.is_empty() {
        return Err(Refusal::NothingInIt {
            number: parcel.number,
        }
        .into());
    }
    let carrier = courier::by_code(act.tx(), courier)
        .await?
        .ok_or_else(|| Error::from(Faults::one("courier", T::samples_choose)))?;
    sql::dispatch(act, parcel, (courier, waybill, day)).await?;
    let event = SampleEvent::ParcelDispatched {
        number: parcel.number,
        courier: courier.to_owned(),
        waybill: waybill.to_owned(),
    };
    act.happened(&Event::Sample(event)).await?;
    let left = Parcel {
        courier: Some(carrier),
        waybill: waybill.to_owned(),
        ..parcel.clone()
    };
    telling::number_owed(act, &left).await?;
    Ok(left.doubt())
}

/// The number is with who waits for the parcel: when, to whom, by which channel.
pub async fn pass_number_on(
    act: &mut OrderAct,
    parcel: &Parcel,
    to: &str,
    channel: &str,
) -> Result<()> {
    act.must(Deed::PassOnTrackingNumber)?;
    act.must_move()?;
    parcel.after(ParcelMove::PassOnNumber)?;
    mark_told(act, parcel, to, channel).await?;
    telling::number_told(act, parcel, channel).await
}

async fn mark_told(act: &mut OrderAct, parcel: &Parcel, to: &str, channel: &str) -> Result<()> {
    sql::pass_on(act, parcel, to, channel).await?;
    let event = SampleEvent::TrackingNumberPassedOn {
        number: parcel.number,
        to: to.to_owned(),
        channel: channel.to_owned(),
    };
    act.happened(&Event::Sample(event)).await
}

/// The relay of a parcel's number was passed on in the ledger: the parcel's number is with the customer. The ledger's
/// own deed was asked.
pub async fn number_told_in_ledger(act: &mut OrderAct, key: &str, channel: &str) -> Result<()> {
    let order = act.order.clone();
    let all = sql::parcels(act.tx(), &order).await?;
    let parcel = all.iter().find(|parcel| parcel.number.to_string() == key);
    match parcel {
        Some(parcel) if parcel.after(ParcelMove::PassOnNumber).is_ok() => {
            let to = order.customer_name.clone();
            mark_told(act, parcel, &to, channel).await
        }
        _ => Ok(()),
    }
}

pub async fn end(
    act: &mut OrderAct,
    parcel: &Parcel,
    step: ParcelMove,
    (day, words): (NaiveDate, &str),
) -> Result<()> {
    act.must(step.deed())?;
    act.must_move()?;
    let stage = parcel.after(step)?;
    sql::end(act, parcel, stage, (day, words)).await?;
    if step == ParcelMove::Deliver {
        telling::number_received(act, parcel, words).await?;
    } else {
        telling::mishap(act, parcel, words).await?;
    }
    let number = parcel.number;
    let words = words.to_owned();
    let event = match step {
        ParcelMove::Lose => SampleEvent::ParcelLost { number, words },
        ParcelMove::Return => SampleEvent::ParcelReturned { number, words },
        _ => SampleEvent::ParcelDelivered {
            number,
            on: day.to_string(),
        },
    };
    act.happened(&Event::Sample(event)).await
}

/// One question is two handlers: asked and answered.
macro_rules! ways {
    ($($ask:ident, $answer:ident: $way:expr;)+) => {$(
        pub(in crate::samples) async fn $ask(
            State(app): State<App>,
            by: By,
            page: Page,
            Path(path): Path<(String, i32)>,
        ) -> Result<Response> {
            ask(app, by, page, path, $way).await
        }

        pub(in crate::samples) async fn $answer(
            State(app): State<App>,
            by: By,
            page: Page,
            Path(path): Path<(String, i32)>,
            form: Keyed,
        ) -> Result<Response> {
            answered(app, by, page, path, form, $way).await
        }
    )+};
}

ways! {
    ask_dispatch, dispatch: Way::Dispatch;
    ask_passing_on, pass_on: Way::PassOn;
    ask_delivery, deliver: Way::End(ParcelMove::Deliver);
    ask_loss, lose: Way::End(ParcelMove::Lose);
    ask_return, come_back: Way::End(ParcelMove::Return);
}

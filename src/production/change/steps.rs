//! The acts on a change order as forms: the answers, and its end.

use super::acts;
use super::show::{self, Spot};
use super::stage::Move;
use super::thing::Refusal;
use crate::approvals::{self, Outcome};
use crate::base::{Audience, By, OrderNumber, Party, T};
use crate::orders::{self, OrderAct};
use crate::people::Deed;
use crate::production::asking::{self, Asking, Part};
use crate::production::outside::{self, Said};
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};

type Asked = (State<App>, By, Page, Path<Spot>);

/// The order locked, and nobody has changed the change order since the page was read.
async fn begin(
    app: &App,
    by: By,
    (number, change): &Spot,
    form: &Keyed,
    step: Move,
) -> Result<OrderAct> {
    let order = OrderNumber::parse(number).ok_or(Error::NotFound)?;
    let mut act = orders::begin(app, by, &order, &form.key).await?;
    let held = acts::find(&mut act, *change).await?;
    act.must(step.deed())?;
    if form.rev.is_some_and(|rev| rev != held.version) {
        return Err(Refusal::Meanwhile { number: *change }.into());
    }
    Ok(act)
}

async fn done(act: OrderAct, t: T, change: i32, words: fn(T) -> &'static str) -> Result<Response> {
    let url = show::url(&act.order, change);
    Ok(act
        .finish(Answer::to(url).tell(t, words))
        .await?
        .into_response())
}

/// The page that asks for what a move needs; `line` is the line that is acknowledged.
#[expect(clippy::too_many_lines, reason = "what one page shows, part by part")]
async fn draw(
    app: &App,
    by: &By,
    page: Page,
    spot: &Spot,
    (step, line): (Move, i32),
    typed: Option<(Fields, Faults)>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let (order, change) = show::find(&mut db, by, spot).await?;
    order.must(by, step.deed())?;
    change.after(step)?;
    let t = page.t;
    let url = show::url(&order, change.number);
    let (title, sentence, verb, path) = match step {
        Move::Agree => (
            t.changes_agree().to_owned(),
            t.changes_agree_sentence(),
            t.web_save(),
            "agreement".to_owned(),
        ),
        Move::AcknowledgeLine => (
            t.changes_acknowledge_line(line),
            t.changes_acknowledge_sentence(),
            t.web_save(),
            format!("lines/{line}/acknowledgement"),
        ),
        Move::Refuse => (
            t.changes_refuse().to_owned(),
            t.changes_refuse_sentence(),
            t.changes_refuse(),
            "refusal".to_owned(),
        ),
        _ => (
            t.changes_withdraw().to_owned(),
            t.changes_withdraw_sentence(),
            t.changes_withdraw(),
            "withdrawal".to_owned(),
        ),
    };
    Asking {
        sentence: sentence.to_owned(),
        verb: verb.to_owned(),
        action: format!("{url}/{path}"),
        back: url,
        back_name: t.changes_title_number(change.number),
        rev: change.version.to_string(),
        danger: matches!(step, Move::Refuse | Move::Withdraw),
        upload: step != Move::Withdraw,
        parts: parts(t, step),
        fields: typed
            .as_ref()
            .map_or_else(|| asking::said_today(&page), |(fields, _)| fields.clone()),
        faults: typed.map(|(_, faults)| faults).unwrap_or_default(),
        title,
        order,
        page,
    }
    .draw()
}

fn parts(t: T, step: Move) -> Vec<Part> {
    let pair = |side: Party| (side.code().to_owned(), side.label(t).to_owned());
    match step {
        Move::Refuse => {
            let mut parts = vec![Part::radios(
                "by",
                t.changes_refused_by(),
                [Party::Customer, Party::Factory].map(pair).to_vec(),
            )];
            parts.extend(asking::recorded(t));
            parts
        }
        Move::Withdraw => vec![Part::area("words", t.orders_reason())],
        _ => asking::recorded(t),
    }
}

pub(super) async fn ask_approval((State(app), by, page, Path(spot)): Asked) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    show::draw(&mut db, page, &by, &spot, None).await
}

pub(super) async fn approval(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(spot): Path<Spot>,
    form: Keyed,
) -> Result<Response> {
    let decision = match approvals::answer_form(&form) {
        Ok(decision) => decision,
        Err(Error::Invalid(faults)) => {
            let mut db = app.db.acquire().await?;
            let (order, change) = show::find(&mut db, &by, &spot).await?;
            order.must(&by, Deed::ApproveChangeOrder.of(change.hands()))?;
            return show::draw(&mut db, page, &by, &spot, Some((form.fields, faults))).await;
        }
        Err(error) => return Err(error),
    };
    let order = OrderNumber::parse(&spot.0).ok_or(Error::NotFound)?;
    let mut act = orders::begin(&app, by, &order, &form.key).await?;
    let told = match acts::decide(&mut act, spot.1, &decision).await? {
        Outcome::Returned { .. } => T::changes_refused,
        Outcome::Approved { .. } | Outcome::Waiting { .. } => T::changes_approved,
    };
    done(act, page.t, spot.1, told).await
}

pub(super) async fn ask_agreement((State(app), by, page, Path(spot)): Asked) -> Result<Response> {
    draw(&app, &by, page, &spot, (Move::Agree, 0), None).await
}

pub(super) async fn agreement(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(spot): Path<Spot>,
    form: Keyed,
) -> Result<Response> {
    form.only(&outside::FIELDS)?;
    let mut faults = Faults::default();
    let said: Said = outside::read(&form.fields, &form.files, page.today(), &mut faults);
    if !faults.is_empty() {
        let typed = Some((form.fields, faults));
        return draw(&app, &by, page, &spot, (Move::Agree, 0), typed).await;
    }
    let mut act = begin(&app, by, &spot, &form, Move::Agree).await?;
    let kept = outside::keep(
        &app,
        &mut act,
        &form.files,
        "customer_confirmation",
        Audience::Internal,
    )
    .await?;
    acts::agree(&mut act, spot.1, &said, kept.first().copied()).await?;
    done(act, page.t, spot.1, T::changes_agreed).await
}

pub(super) async fn ask_acknowledgement(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, change, line)): Path<(String, i32, i32)>,
) -> Result<Response> {
    let step = (Move::AcknowledgeLine, line);
    draw(&app, &by, page, &(number, change), step, None).await
}

pub(super) async fn acknowledgement(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, change, line)): Path<(String, i32, i32)>,
    form: Keyed,
) -> Result<Response> {
    form.only(&outside::FIELDS)?;
    let spot = (number, change);
    let mut faults = Faults::default();
    let said: Said = outside::read(&form.fields, &form.files, page.today(), &mut faults);
    if !faults.is_empty() {
        let typed = Some((form.fields, faults));
        let step = (Move::AcknowledgeLine, line);
        return draw(&app, &by, page, &spot, step, typed).await;
    }
    let mut act = begin(&app, by, &spot, &form, Move::AcknowledgeLine).await?;
    let kept = outside::keep(
        &app,
        &mut act,
        &form.files,
        "correspondence",
        Audience::Internal,
    )
    .await?;
    acts::acknowledge_line(&mut act, change, line, &said, kept.first().copied()).await?;
    done(act, page.t, change, T::changes_acknowledged).await
}

pub(super) async fn ask_refusal((State(app), by, page, Path(spot)): Asked) -> Result<Response> {
    draw(&app, &by, page, &spot, (Move::Refuse, 0), None).await
}

pub(super) async fn refusal(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(spot): Path<Spot>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["by", "who", "channel", "day", "words"])?;
    let mut faults = Faults::default();
    let said: Said = outside::read(&form.fields, &form.files, page.today(), &mut faults);
    let side = Party::parse(form.fields.get("by"))
        .filter(|side| [Party::Customer, Party::Factory].contains(side));
    if side.is_none() {
        faults.add("by", T::changes_refused_by_missing);
    }
    let Some(side) = side.filter(|_| faults.is_empty()) else {
        let typed = Some((form.fields, faults));
        return draw(&app, &by, page, &spot, (Move::Refuse, 0), typed).await;
    };
    let mut act = begin(&app, by, &spot, &form, Move::Refuse).await?;
    outside::keep(
        &app,
        &mut act,
        &form.files,
        "correspondence",
        Audience::Internal,
    )
    .await?;
    acts::refuse(&mut act, spot.1, side, &said).await?;
    done(act, page.t, spot.1, T::changes_refused).await
}

pub(super) async fn ask_withdrawal((State(app), by, page, Path(spot)): Asked) -> Result<Response> {
    draw(&app, &by, page, &spot, (Move::Withdraw, 0), None).await
}

pub(super) async fn withdrawal(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(spot): Path<Spot>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["words"])?;
    let mut faults = Faults::default();
    let missing = T::orders_reason_missing;
    let reason = outside::text(&form.fields, "words", 1_000, &mut faults, missing);
    if !faults.is_empty() {
        let typed = Some((form.fields, faults));
        return draw(&app, &by, page, &spot, (Move::Withdraw, 0), typed).await;
    }
    let mut act = begin(&app, by, &spot, &form, Move::Withdraw).await?;
    acts::withdraw(&mut act, spot.1, &reason).await?;
    done(act, page.t, spot.1, T::changes_withdrawn).await
}

pub(super) async fn application(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(spot): Path<Spot>,
    form: Keyed,
) -> Result<Response> {
    form.only(&[])?;
    let mut act = begin(&app, by, &spot, &form, Move::Apply).await?;
    acts::apply(&mut act, spot.1).await?;
    done(act, page.t, spot.1, T::changes_applied).await
}

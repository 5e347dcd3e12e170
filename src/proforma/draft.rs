//! Draft: a revision is begun, and its wording, terms and goods are edited together until it is handed in.

use super::carrying::carried_over;
use super::invoice::{Draft, ProformaInvoice, Refusal, Wording};
use super::stage::{Move, Stage};
use super::{adjustment, editor_page, show, sources_sql, sql, wording};
use crate::base::{By, LineId, OrderNumber, ProformaId, T};
use crate::catalog::named_port;
use crate::history::Event;
use crate::orders::{self, Order, OrderAct, lines, picking, sheet, terms};
use crate::people::Deed;
use crate::web::stale::{Stale, Theirs};
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use chrono::Days;
use rust_decimal::Decimal;

/// Begins a revision: the first one, the next after a wish or a lapse, or an amendment beside a confirmed one.
pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut act = orders::begin(&app, by, &number, &form.key).await?;
    let revision = begin_revision(&mut act).await?;
    let url = format!("{}/proforma/{revision}/edit", act.order.url());
    act.finish(Answer::to(url).tell(page.t, T::proforma_begun))
        .await
}

/// The act: opens the next revision with the wording of the last one.
pub async fn begin_revision(act: &mut OrderAct) -> Result<i32> {
    act.must_move()?;
    let order = act.order.clone();
    let all = sql::list_for(act.tx(), &order).await?;
    let newest = all.first();
    if let Some(open) = all
        .iter()
        .find(|paper| paper.stage.is_open() && !is_followed(paper.stage))
    {
        return Err(Refusal::AlreadyOpen {
            revision: open.revision(),
            stage: open.stage,
        }
        .into());
    }
    let step = match newest.map(|paper| paper.stage) {
        None | Some(Stage::Void | Stage::Superseded) => Move::Draft,
        Some(Stage::Confirmed) => Move::Amend,
        Some(_) => Move::OpenNextRevision,
    };
    act.must(step.deed().ok_or(Error::Forbidden)?)?;
    let revision = newest.map_or(1, |paper| paper.revision() + 1);
    if let Some(last) = newest.filter(|paper| is_followed(paper.stage)) {
        let stage = last.after(Move::OpenNextRevision)?;
        sql::save_stage(act, last, stage).await?;
    }
    let draft = first_wording(act, newest, revision).await?;
    sql::insert(act, ProformaId::fresh(act.by.at), &draft).await?;
    act.happened(&Event::ProformaDrafted { revision }).await?;
    Ok(revision)
}

/// Stages whose next revision takes their place when it opens.
fn is_followed(stage: Stage) -> bool {
    matches!(stage, Stage::ChangeRequested | Stage::Lapsed)
}

/// The wording of the last revision under today's date; of a first one, what the customer's record says.
#[expect(clippy::too_many_lines, reason = "one line a field of the first draft")]
async fn first_wording(
    act: &mut OrderAct,
    last: Option<&ProformaInvoice>,
    revision: i32,
) -> Result<Draft> {
    let today = act.today();
    let valid_until = today.checked_add_days(Days::new(14)).unwrap_or(today);
    if let Some(last) = last {
        let wording = Wording {
            dated: today,
            valid_until,
            ..last.draft.wording.clone()
        };
        return Ok(Draft {
            revision,
            account: last.draft.account,
            wording,
        });
    }
    let order = act.order.clone();
    let goods = lines::lines(act.tx(), &order).await?;
    let (discount_percent, discount_reason, adjustments) =
        match sources_sql::split_from(act.tx(), &order).await? {
            Some(first) => carried_over(&first, &goods),
            None => (Decimal::ZERO, String::new(), Vec::new()),
        };
    let buyer = sources_sql::buyer(act.tx(), &order).await?;
    let accounts = sources_sql::accounts(act.tx(), &order).await?;
    let ours = |text: &str| text.to_owned();
    Ok(Draft {
        revision,
        account: accounts.first().and_then(|(id, _)| id.parse().ok()),
        wording: Wording {
            paper_lang: buyer.paper_lang,
            dated: today,
            valid_until,
            buyer: buyer.text,
            consignee: buyer.consignee,
            notify: buyer.notify,
            loading_port: if order.terms.incoterm.starts_with('F') {
                order.terms.place.clone()
            } else {
                String::new()
            },
            discharge_port: if order.terms.incoterm.starts_with('C') {
                order.terms.place.clone()
            } else {
                String::new()
            },
            partial_shipment: ours("allowed"),
            transhipment: ours("allowed"),
            delivery: String::new(),
            insurance: String::new(),
            documents: String::new(),
            inspection: String::new(),
            remarks: String::new(),
            discount_percent,
            discount_reason,
            adjustments,
        },
    })
}

/// Takes a returned revision up again, with the manager's words on top.
pub(super) async fn revise(
    State(app): State<App>,
    by: By,
    Path((number, revision)): Path<(String, i32)>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let (mut act, paper) = show::begin(&app, by, &number, revision, &form.key).await?;
    act.must(Deed::ReviseReturned.of(paper.hands()))?;
    act.must_move()?;
    let stage = paper.after(Move::Revise)?;
    sql::save_stage(&mut act, &paper, stage).await?;
    act.happened(&Event::ProformaRevised { revision }).await?;
    let url = format!("{}/proforma/{revision}/edit", act.order.url());
    act.finish(Answer::to(url)).await
}

pub(super) async fn edit(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, revision)): Path<(String, i32)>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, paper) = show::find(&mut db, &by, &number, revision).await?;
    order.must(&by, Deed::DraftProforma)?;
    paper.after(Move::Edit)?;
    let goods = lines::lines(&mut db, &order).await?;
    let fields = typed_fields(&order, &paper, &goods);
    editor_page::draw(
        &mut db,
        page,
        &by,
        (order, paper),
        (fields, Faults::default()),
    )
    .await
}

/// The form as it is stored, to be drawn or compared with what was typed.
pub(super) fn typed_fields(
    order: &Order,
    paper: &ProformaInvoice,
    goods: &[lines::Line],
) -> Fields {
    let mut fields = Fields::default();
    let w = &paper.draft.wording;
    let account = paper
        .draft
        .account
        .map(|id| id.to_string())
        .unwrap_or_default();
    let values = [
        w.paper_lang.clone(),
        account,
        w.dated.to_string(),
        w.valid_until.to_string(),
        w.buyer.clone(),
        w.consignee.clone(),
        w.notify.clone(),
        w.loading_port.clone(),
        w.discharge_port.clone(),
        w.partial_shipment.clone(),
        w.transhipment.clone(),
        w.delivery.clone(),
        w.insurance.clone(),
        w.documents.clone(),
        w.inspection.clone(),
        w.remarks.clone(),
        w.discount_percent.normalize().to_string(),
        w.discount_reason.clone(),
    ];
    for (name, value) in wording::FIELDS.iter().zip(values) {
        fields.set(name, value);
    }
    adjustment::put(&mut fields, &w.adjustments);
    terms::put(&mut fields, &order.terms);
    sheet::put(&mut fields, goods);
    fields.set("lines_rev", order.lines_version.to_string());
    fields.set("terms_rev", order.version.to_string());
    fields
}

/// Saves the draft; with `act=submit` hands it in within the same act.
pub(super) async fn save(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, revision)): Path<(String, i32)>,
    form: Keyed,
) -> Result<Response> {
    let known: Vec<&str> = wording::FIELDS
        .iter()
        .chain(terms::FIELDS.iter())
        .copied()
        .chain(["lines[]", "adjust[]", "lines_rev", "terms_rev", "act"])
        .chain(picking::FIELDS)
        .collect();
    form.only(&known)?;
    if picking::is_asked(&form.fields) {
        return more_rows(&app, by, page, &number, revision, &form).await;
    }
    let (mut act, paper) = show::begin(&app, by.clone(), &number, revision, &form.key).await?;
    match write(&mut act, &paper, &form).await {
        Ok(()) => {}
        Err(Error::Invalid(faults)) => {
            drop(act);
            let mut db = app.db.acquire().await?;
            let (order, paper) = show::find(&mut db, &by, &number, revision).await?;
            let html = editor_page::draw(&mut db, page, &by, (order, paper), (form.fields, faults))
                .await?;
            return Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, html).into_response());
        }
        Err(Error::Stale(_)) => {
            drop(act);
            return Err(stale(&app, &by, &number, revision, &form).await?);
        }
        Err(error) => return Err(error),
    }
    let url = format!("{}/proforma/{revision}", act.order.url());
    let answer = if form.fields.get("act") == "submit" {
        super::submission::submit(&mut act, revision).await?;
        Answer::to(url).tell(page.t, T::proforma_submitted)
    } else {
        Answer::to(format!("{url}/edit")).tell(page.t, T::web_saved)
    };
    Ok(act.finish(answer).await?.into_response())
}

/// The act: wording, terms and goods, each where its version is still the one read.
#[expect(
    clippy::too_many_lines,
    reason = "one form, field by field, in the order of the page"
)]
#[expect(clippy::similar_names, reason = "both are the trade's words")]
pub(super) async fn write(act: &mut OrderAct, paper: &ProformaInvoice, form: &Keyed) -> Result<()> {
    act.must(Deed::DraftProforma)?;
    act.must_move()?;
    paper.after(Move::Edit)?;
    let at = act.by.at;
    let (mut goods, mut faults) = sheet::read_sheet(&form.fields, || LineId::fresh(at));
    let mut wording = wording::read(&form.fields, &mut faults);
    let ports = named_port::known(act.tx()).await?;
    for place in [&mut wording.loading_port, &mut wording.discharge_port] {
        *place = named_port::printed(&ports, place);
    }
    let agreed = terms::read(&form.fields, &mut faults);
    faults.check()?;
    let draft = Draft {
        revision: paper.revision(),
        account: form.fields.get("account").parse().ok(),
        wording,
    };
    let rev_of = |name: &str| {
        form.fields
            .get(name)
            .parse::<i32>()
            .map_err(|_| Error::Garbled("rev"))
    };
    let (lines_rev, terms_rev) = (rev_of("lines_rev")?, rev_of("terms_rev")?);
    let held = act.order.clone();
    if let Some(account) = draft.account
        && !sources_sql::is_ours(act.tx(), &held, account).await?
    {
        return Err(Error::Invalid(Faults::one("account", |t| {
            t.proforma_lacks_account()
        })));
    }
    let stored = lines::lines(act.tx(), &held).await?;
    let sees = held.may(&act.by, Deed::SeeFactoryPrices);
    sheet::keep_hidden(&mut goods, &stored, sees);
    if lines_rev != act.order.lines_version
        || terms_rev != act.order.version
        || form.rev()? != paper.version
    {
        return Err(Error::Stale(Box::default()));
    }
    let changed = !lines::differences(&stored, &goods).is_empty()
        || !terms::differences(&held.terms, &agreed).is_empty();
    let all = sql::list_for(act.tx(), &held).await?;
    if changed && all.iter().any(|other| other.stage == Stage::Confirmed) {
        return Err(Refusal::ByChangeOrder.into());
    }
    lines::save(act, lines_rev, &goods).await?;
    terms::save(act, terms_rev, &agreed).await?;
    if !sql::save_draft(act, paper.id, paper.version, &draft).await? {
        return Err(Error::Stale(Box::default()));
    }
    let changes = wording::changes(&paper.draft, &draft);
    if !changes.is_empty() {
        act.happened(&Event::ProformaChanged {
            revision: paper.revision(),
            changes,
        })
        .await?;
    }
    Ok(())
}

/// Without scripts: five more rows, or the rows of the paste field, drawn again and nothing saved.
async fn more_rows(
    app: &App,
    by: By,
    page: Page,
    number: &str,
    revision: i32,
    form: &Keyed,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let (order, paper) = show::find(&mut db, &by, number, revision).await?;
    order.must(&by, Deed::DraftProforma)?;
    let mut fields = form.fields.clone();
    picking::apply(&mut db, &mut fields, Some(order.customer)).await?;
    Ok(editor_page::draw(
        &mut db,
        page,
        &by,
        (order, paper),
        (fields, Faults::default()),
    )
    .await?
    .into_response())
}

/// Both versions, field by field, so that nothing typed is lost.
async fn stale(app: &App, by: &By, number: &str, revision: i32, form: &Keyed) -> Result<Error> {
    let mut db = app.db.acquire().await?;
    let (order, paper) = show::find(&mut db, by, number, revision).await?;
    let goods = lines::lines(&mut db, &order).await?;
    let theirs = typed_fields(&order, &paper, &goods);
    let action = format!("{}/proforma/{revision}", order.url());
    let entry = crate::history::timeline::read(
        &mut db,
        &crate::history::Stream::stream(&order),
        by.lang,
        None,
        1,
    )
    .await?;
    let who = entry.into_iter().next();
    Ok(Error::Stale(Box::new(Stale::between(
        &form.fields,
        Theirs {
            fields: theirs,
            rev: paper.version,
            who: who
                .as_ref()
                .and_then(|entry| entry.who.clone())
                .unwrap_or_default(),
            at: who.map(|entry| entry.at),
        },
        action,
    ))))
}

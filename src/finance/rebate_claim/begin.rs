//! The claims of one shipment: those there are, and a new one over declarations that no claim holds.

use super::claim::Claim;
use super::stage::{Move, Stage};
use super::{Refusal, sql, url};
use crate::base::{By, T};
use crate::finance::export::{self, Declaration, Shipment};
use crate::finance::question::{Kind as Ask, Question, read_words};
use crate::finance::rebate::ExportDeadlines;
use crate::history::Event;
use crate::history::rebate_event::RebateEvent;
use crate::orders::{self, Head, JointAct, Order};
use crate::people::Deed;
use crate::web::{Answer, App, Faults, Fields, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use uuid::Uuid;

type Address = Path<(String, String)>;

#[derive(Template)]
#[template(path = "finance/claims.html")]
pub(super) struct ClaimsPage {
    pub page: Page,
    pub head: Head,
    pub shipment: Shipment,
    pub claims: Vec<Claim>,
    pub free: Vec<Declaration>,
    pub deadlines: Option<ExportDeadlines>,
    pub may_collect: bool,
    pub may_end: bool,
}

impl ClaimsPage {
    pub(super) fn at(&self) -> String {
        at(self.head.order.number.as_str(), &self.shipment.number)
    }

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "the template hands its fields over by reference"
    )]
    pub(super) fn claim_url(&self, sequence: &i32) -> String {
        url(
            self.head.order.number.as_str(),
            &self.shipment.number,
            *sequence,
        )
    }

    pub(super) fn amount(&self, claim: &Claim) -> String {
        self.page.number(claim.total().refund)
    }
}

fn at(number: &str, shipment: &str) -> String {
    format!("/orders/{number}/rebates/{shipment}")
}

/// Declarations that no claim holds; a rejected claim holds nothing.
fn free(shipment: &Shipment, claims: &[Claim]) -> Vec<Declaration> {
    let held = |id: &Uuid| {
        claims
            .iter()
            .any(|claim| claim.stage != Stage::Rejected && claim.declarations.contains(id))
    };
    shipment
        .declarations
        .iter()
        .filter(|one| !held(&one.id))
        .cloned()
        .collect()
}

/// A claim may begin while a declaration is free, or where the shipment has none and nobody has said so.
fn may_begin(shipment: &Shipment, claims: &[Claim]) -> bool {
    let nothing = claims.iter().all(|claim| claim.stage == Stage::Rejected);
    !free(shipment, claims).is_empty() || shipment.declarations.is_empty() && nothing
}

pub(super) async fn show(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, shipment)): Address,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, shipment) = export::find(&mut db, &by, (&number, &shipment)).await?;
    order.must(&by, Deed::SeeRebate)?;
    let claims = sql::claims(&mut db, shipment.id).await?;
    let open = shipment.departed() && may_begin(&shipment, &claims);
    let html = ClaimsPage {
        may_collect: open && order.may(&by, Deed::CollectRebate),
        may_end: open && order.may(&by, Deed::DeclareRebateNotApplicable),
        head: Head::load(&mut db, &order, "finance", &page).await?,
        free: free(&shipment, &claims),
        deadlines: shipment
            .exported_on()
            .and_then(|day| ExportDeadlines::of(day, None)),
        page,
        shipment,
        claims,
    };
    Ok(Html(html.render()?))
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, shipment)): Address,
    form: Keyed,
) -> Result<Answer> {
    form.only(&["declaration"])?;
    let (mut act, _, shipment) = export::begin(&app, by, (&number, &shipment), &form.key).await?;
    act.must(Deed::CollectRebate)?;
    let chosen: Vec<Uuid> = form
        .fields
        .all("declaration")
        .filter_map(|id| Uuid::parse_str(id).ok())
        .collect();
    let sequence = open(&mut act, &shipment, Stage::Collecting, (&chosen, "")).await?;
    let answer = Answer::to(url(&number, &shipment.number, sequence));
    act.finish(answer.tell(page.t, T::rebate_claim_begun)).await
}

/// The same without a page: a claim of every free declaration.
pub(in crate::finance) async fn begin(act: &mut JointAct, shipment: &Shipment) -> Result<i32> {
    act.must(Deed::CollectRebate)?;
    open(act, shipment, Stage::Collecting, (&[], "")).await
}

/// The act: a claim of the chosen declarations, or of every free one where none is named.
async fn open(
    act: &mut JointAct,
    shipment: &Shipment,
    stage: Stage,
    (chosen, reason): (&[Uuid], &str),
) -> Result<i32> {
    orders::recorded(act, false).await?;
    if !shipment.departed() {
        return Err(Refusal::NotDeparted.into());
    }
    let claims = sql::claims(act.tx(), shipment.id).await?;
    if !may_begin(shipment, &claims) {
        return Err(Refusal::Claimed.into());
    }
    let free: Vec<Uuid> = free(shipment, &claims).iter().map(|one| one.id).collect();
    if chosen.iter().any(|id| !free.contains(id)) {
        return Err(Refusal::Claimed.into());
    }
    let held = if chosen.is_empty() { &free } else { chosen };
    let sequence = sql::insert(act, shipment, stage, held, reason).await?;
    let claim = format!("{}/{sequence}", shipment.number);
    let event = if stage == Stage::Collecting {
        RebateEvent::RebateCollected {
            claim,
            what: names(shipment, held),
        }
    } else {
        RebateEvent::RebateEnded {
            claim,
            how: stage.code().to_owned(),
            words: reason.to_owned(),
        }
    };
    act.happened(&Event::Rebate(event)).await?;
    Ok(sequence)
}

fn names(shipment: &Shipment, held: &[Uuid]) -> String {
    let own = shipment.declarations.iter();
    let names: Vec<String> = own
        .filter(|one| held.contains(&one.id))
        .map(Declaration::name)
        .collect();
    names.join(", ")
}

fn question(page: &Page, order: &Order, shipment: &Shipment) -> Question {
    let t = page.t;
    let at = at(order.number.as_str(), &shipment.number);
    Question::new(
        t.rebate_not_applicable_question(&shipment.number),
        Move::DeclareNotApplicable.verb(t),
        &format!("{at}/not-applicable"),
        &at,
    )
    .sentence(t.rebate_not_applicable_sentence().to_owned())
    .ask(Ask::Area, "words", t.rebate_field_end_reason())
}

pub(super) async fn ask_not_applicable(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, shipment)): Address,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, shipment) = export::find(&mut db, &by, (&number, &shipment)).await?;
    order.must(&by, Deed::DeclareRebateNotApplicable)?;
    question(&page, &order, &shipment).draw(page, order, Fields::default())
}

pub(super) async fn not_applicable(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, shipment)): Address,
    form: Keyed,
) -> Result<Response> {
    form.only(&["words"])?;
    let (mut act, order, shipment) =
        export::begin(&app, by, (&number, &shipment), &form.key).await?;
    act.must(Deed::DeclareRebateNotApplicable)?;
    let mut faults = Faults::default();
    let words = read_words(&form.fields, "words", &mut faults);
    if !faults.is_empty() {
        return question(&page, &order, &shipment).again(page, order, form.fields, faults);
    }
    let sequence = open(&mut act, &shipment, Stage::NotApplicable, (&[], &words)).await?;
    let answer = Answer::to(url(&number, &shipment.number, sequence));
    Ok(act
        .finish(answer.tell(page.t, T::web_saved))
        .await?
        .into_response())
}

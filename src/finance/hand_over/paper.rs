//! Papers 退单: what comes back after a shipment, and the act that records one: when, from whom, the file.

use super::stage::Move;
use super::{Refusal, show, sql};
use crate::base::{Audience, By, T, typed};
use crate::finance::export::{self, Shipment};
use crate::finance::question::{Kind as Ask, Question, read_day};
use crate::history::Event;
use crate::history::rebate_event::RebateEvent;
use crate::orders::{JointAct, Order};
use crate::people::Deed;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use chrono::NaiveDate;
use uuid::Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 报关单
    Declaration,
    /// 核销单
    VerificationForm,
    /// 提单副本
    TransportDocument,
    Invoice,
    PackingList,
    /// 银行水单
    BankSlip,
}

impl Kind {
    pub const ALL: [Self; 6] = [
        Self::Declaration,
        Self::VerificationForm,
        Self::TransportDocument,
        Self::Invoice,
        Self::PackingList,
        Self::BankSlip,
    ];

    /// The list of a shipment by the regime of its exports.
    pub fn of(shipment: &Shipment) -> Vec<Self> {
        let form = shipment.has_paper_form();
        Self::ALL
            .into_iter()
            .filter(|kind| form || *kind != Self::VerificationForm)
            .collect()
    }

    pub const fn code(self) -> &'static str {
        match self {
            Self::Declaration => "declaration",
            Self::VerificationForm => "verification_form",
            Self::TransportDocument => "transport_document",
            Self::Invoice => "invoice",
            Self::PackingList => "packing_list",
            Self::BankSlip => "bank_slip",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Declaration => t.rebate_paper_declaration(),
            Self::VerificationForm => t.rebate_paper_verification_form(),
            Self::TransportDocument => t.rebate_paper_transport_document(),
            Self::Invoice => t.rebate_paper_invoice(),
            Self::PackingList => t.rebate_paper_packing_list(),
            Self::BankSlip => t.rebate_paper_bank_slip(),
        }
    }
}

/// A paper that came back, as typed.
#[derive(Clone, Debug)]
pub struct Given {
    pub kind: Kind,
    pub on: NaiveDate,
    pub from: String,
}

fn question(page: &Page, order: &Order, shipment: &Shipment, kind: Kind) -> Question {
    let t = page.t;
    let at = show::url(order.number.as_str(), &shipment.number);
    Question::new(
        t.rebate_paper_question(kind.label(t)),
        t.web_save(),
        &format!("{at}/papers/{}", kind.code()),
        &at,
    )
    .sentence(t.rebate_paper_sentence(&shipment.number))
    .ask(Ask::Day, "on", t.rebate_field_returned_on())
    .ask(Ask::Text, "from", t.rebate_field_returned_from())
    .may(Ask::File, "file", t.rebate_field_file())
}

fn kind_of(shipment: &Shipment, code: &str) -> Result<Kind> {
    Kind::parse(code)
        .filter(|kind| Kind::of(shipment).contains(kind))
        .ok_or(Error::NotFound)
}

pub(super) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, shipment, kind)): Path<(String, String, String)>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, shipment) = export::find(&mut db, &by, (&number, &shipment)).await?;
    order.must(&by, Deed::RecordReturnedPaper)?;
    let kind = kind_of(&shipment, &kind)?;
    let held = sql::find(&mut db, &shipment).await?;
    held.after(Move::RecordReturn)?;
    let mut fields = Fields::default();
    let before = held.paper(kind);
    let day = before.map_or_else(|| page.today(), |paper| paper.on);
    fields.set("on", day.to_string());
    fields.set(
        "from",
        before.map(|paper| paper.from.clone()).unwrap_or_default(),
    );
    question(&page, &order, &shipment, kind).draw(page, order, fields)
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, shipment, kind)): Path<(String, String, String)>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["on", "from"])?;
    let (mut act, order, shipment) =
        export::begin(&app, by, (&number, &shipment), &form.key).await?;
    act.must(Deed::RecordReturnedPaper)?;
    let kind = kind_of(&shipment, &kind)?;
    let given = match read(kind, &form.fields, act.today()) {
        Ok(given) => given,
        Err(faults) => {
            return question(&page, &order, &shipment, kind).again(
                page,
                order,
                form.fields,
                faults,
            );
        }
    };
    let file = match form.files.first() {
        Some(file) => Some(
            act.keep_file(&app, file, kind.code(), Audience::Internal)
                .await?
                .0,
        ),
        None => None,
    };
    record(&mut act, &shipment, &given, file).await?;
    let answer = Answer::to(show::url(&number, &shipment.number));
    Ok(act
        .finish(answer.tell(page.t, T::rebate_paper_recorded))
        .await?
        .into_response())
}

fn read(kind: Kind, fields: &Fields, today: NaiveDate) -> std::result::Result<Given, Faults> {
    let mut faults = Faults::default();
    let on = read_day(fields, "on", today, &mut faults);
    let from: String = fields.get("from").chars().take(200).collect();
    if from.is_empty() {
        faults.add("from", T::rebate_from_whom_missing);
    }
    if faults.is_empty() {
        Ok(Given {
            kind,
            on: on.or_else(|| typed::day(fields.get("on"))).unwrap_or(today),
            from,
        })
    } else {
        Err(faults)
    }
}

/// The act: one paper is back. Recording it again corrects it, as long as finance has not got it.
pub async fn record(
    act: &mut JointAct,
    shipment: &Shipment,
    given: &Given,
    file: Option<Uuid>,
) -> Result<()> {
    act.must(Deed::RecordReturnedPaper)?;
    act.must_move()?;
    if !shipment.departed() {
        return Err(Refusal::NotDeparted.into());
    }
    let held = sql::find(act.tx(), shipment).await?;
    let stage = held.after(Move::RecordReturn)?;
    let id = sql::save_stage(act, shipment, &held, stage).await?;
    sql::put_paper(act, id, given, file).await?;
    act.happened(&Event::Rebate(RebateEvent::PaperReturned {
        shipment: shipment.number.clone(),
        paper: given.kind.code().to_owned(),
        from: given.from.clone(),
    }))
    .await
}

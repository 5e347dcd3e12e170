//! Issuing 下单: a complete draft behind an open gate goes to the factory. The content is frozen, the paper enters the
//! register of issued papers, and the relay that carries it waits for the factory's yes.

use super::content::Content;
use super::find::{self, Checked, Found};
use super::paper::{Issued, Key, ProductionOrder, Refusal};
use super::questions::{self, Question};
use super::stage::Move;
use super::{revising, sources_sql, stage_sql};
use crate::approvals;
use crate::approvals::exception::{self, Kind};
use crate::base::tongues::both;
use crate::base::{By, Channel, Lang, Party, T};
use crate::documents::{self, Paper};
use crate::history::Event;
use crate::history::production_event::ProductionEvent;
use crate::orders::{Order, OrderAct, Step};
use crate::people::Deed;
use crate::production::owed::{self, Owed};
use crate::production::owing;
use crate::proforma::content::Content as Ordered;
use crate::web::{Answer, App, Error, Faults, Fields, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use sqlx::PgConnection;

/// Kind of the paper in the register.
pub(super) const KIND: &str = "production_order";

pub(super) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, paper)): Path<(String, String)>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let found = find::find(&mut db, &by, &number, &paper).await?;
    found.order.must(&by, Deed::IssueProductionOrder)?;
    found.paper.after(Move::Issue)?;
    let asked = question(&mut db, page.t, &by, &found).await?;
    let mut fields = Fields::default();
    let first = asked.sending.as_ref().and_then(|names| names.first());
    fields.set("to", first.cloned().unwrap_or_default());
    fields.set("channel", Channel::Wechat.code());
    let typed = (fields, Faults::default());
    questions::draw(page, &found.order, &found.paper, asked, typed)
}

async fn question(db: &mut PgConnection, t: T, by: &By, found: &Found) -> Result<Question> {
    let Found {
        order,
        paper,
        papers,
    } = found;
    let checked = find::check(db, order, paper, papers).await?;
    let sees = order.may(by, Deed::SeeCustomerPrices);
    let mut checks = complete(t, content(order, paper, &checked));
    match checked.held(paper, papers) {
        None if checked.holds.is_empty() => {
            checks.push(("ok", t.production_check_gate().into()));
        }
        None => checks.push(("mind", t.production_check_overridden().into())),
        Some(held) => checks.extend(held.0.iter().map(|hold| ("no", hold.tell(t, sees)))),
    }
    let beside = if checks.iter().any(|(kind, _)| *kind == "no") {
        let key = paper.key.to_string();
        let asked = (Kind::ProductionGate, paper.id.0, key.as_str());
        exception::beside(db, t, by, std::slice::from_ref(order), asked).await?
    } else {
        None
    };
    match checked.over(paper) {
        [] => {}
        lines => checks.push(("no", t.production_too_much(lines.join(t.web_list_comma())))),
    }
    checks.extend(revising::told(t, checked.asks));
    Ok(Question {
        question: t.production_issue_question(paper.name(), &paper.factory_name),
        sentence: t.production_issue_sentence().into(),
        verb: t.production_issue_verb(),
        path: "issue",
        danger: false,
        words: None,
        sending: Some(sources_sql::contacts(db, paper.factory).await?),
        checks,
        beside,
    })
}

/// Whether the paper says all that the factory must know.
fn complete<C>(t: T, content: std::result::Result<C, Refusal>) -> Vec<(&'static str, String)> {
    match content {
        Ok(_) => vec![("ok", t.production_check_complete().into())],
        Err(Refusal::NotComplete(lacks)) => lacks.iter().map(|lack| ("no", lack.tell(t))).collect(),
        Err(refusal) => vec![("no", crate::web::Tell::tell(&refusal, t))],
    }
}

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, paper)): Path<(String, String)>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["to", "channel"])?;
    let to: String = form.fields.get("to").chars().take(200).collect();
    let channel = Channel::parse(form.fields.get("channel"));
    let (Some(channel), false) = (channel, to.is_empty()) else {
        let mut faults = Faults::default();
        if to.is_empty() {
            faults.add("to", T::production_to_missing);
        }
        if channel.is_none() {
            faults.add("channel", T::production_channel_missing);
        }
        let mut db = app.db.acquire().await?;
        let found = find::find(&mut db, &by, &number, &paper).await?;
        found.order.must(&by, Deed::IssueProductionOrder)?;
        found.paper.after(Move::Issue)?;
        let asked = question(&mut db, page.t, &by, &found).await?;
        let typed = (form.fields, faults);
        return questions::again(page, &found.order, &found.paper, asked, typed);
    };
    let (mut act, paper) = find::begin(&app, by, &number, &paper, &form.key).await?;
    if form.rev.is_some_and(|rev| rev != paper.version) {
        return Err(approvals::Refusal::ContentChanged.into());
    }
    issue(&mut act, paper.key, &to, channel).await?;
    let url = format!("{}/production/{}", act.order.url(), paper.key);
    let answer = Answer::to(url).tell(page.t, T::production_issued);
    Ok(act.finish(answer).await?.into_response())
}

/// The act: only a complete paper leaves, behind an open gate, for no more than is ordered.
pub async fn issue(act: &mut OrderAct, key: Key, to: &str, channel: Channel) -> Result<()> {
    act.must(Deed::IssueProductionOrder)?;
    act.must_move()?;
    let papers = find::in_act(act).await?;
    let paper = find::again(act, key).await?;
    let stage = paper.after(Move::Issue)?;
    let order = act.order.clone();
    let checked = find::check(act.tx(), &order, &paper, &papers).await?;
    let content = content(&order, &paper, &checked)?;
    let shut = match checked.over(&paper) {
        [] => checked.held(&paper, &papers).map(Error::from),
        lines => Some(Refusal::TooMuch(lines.to_vec()).into()),
    };
    if let Some(refusal) = shut {
        return Err(askable(act, &order, &paper, refusal));
    }
    if checked.asks.manager() {
        return Err(Refusal::RevisionAsksManager.into());
    }
    supersede_the_last(act, &paper, &papers).await?;
    approvals::set_aside(act, super::terms::SUBJECT, paper.id.0).await?;
    approvals::set_aside(act, revising::SUBJECT, paper.id.0).await?;
    let relay = owed::hand(act, to_make(&paper, &content), channel).await?;
    let issued = Issued {
        at: act.by.at,
        to: to.to_owned(),
        channel: channel.code().to_owned(),
    };
    stage_sql::note_issue(act, &paper, &content, &issued, relay).await?;
    stage_sql::save_stage(act, &paper, stage).await?;
    register(act, &content).await?;
    let event = ProductionEvent::ProductionOrderIssued {
        paper: paper.name(),
        to: issued.to,
        channel: issued.channel,
    };
    act.happened(&Event::Production(event)).await
}

/// Who may not open the gate herself is shown where she asks for it.
fn askable(act: &OrderAct, order: &Order, paper: &ProductionOrder, refusal: Error) -> Error {
    let key = paper.key.to_string();
    exception::askable(refusal, &act.by, order, (Kind::ProductionGate, &key))
}

/// What it prints, or the refusal that names everything that is missing.
pub(super) fn content(
    order: &Order,
    paper: &ProductionOrder,
    checked: &Checked,
) -> std::result::Result<Content, Refusal> {
    let ordered: &Ordered = match &checked.in_force {
        Some(in_force) => &in_force.ordered,
        None => return Err(Refusal::NotOrdered),
    };
    let number = paper_number(order, paper);
    Content::of(number, paper, ordered).map_err(Refusal::NotComplete)
}

/// `HY26-0001-P1`
pub(super) fn paper_number(order: &Order, paper: &ProductionOrder) -> String {
    format!("{}-P{}", order.number, paper.key.number)
}

async fn register(act: &mut OrderAct, content: &Content) -> Result<()> {
    let (order, by) = (act.order.id(), act.by.clone());
    let issued = Paper {
        kind: KIND,
        number: content.number.clone(),
        revision: content.revision,
        fields: content.printed(),
    };
    documents::issue(act.tx(), order, &by, &issued).await
}

/// The relay to the factory: what it is to make by when; no price, because the timeline is read by sales too.
fn to_make(paper: &ProductionOrder, content: &Content) -> Owed<'static> {
    let t = T(Lang::Zh);
    let mut lines: Vec<String> = content
        .lines
        .iter()
        .map(|line| {
            let name = format!("{} {} {}", line.item_no, line.description_zh, line.colour);
            let quantity = crate::base::format::quantity(line.quantity);
            t.production_relay_line(name.trim(), quantity, &line.unit)
        })
        .collect();
    lines.extend(
        content
            .wording
            .delivery_on
            .map(|day| t.production_relay_day(day)),
    );
    Owed {
        from: Party::Us,
        to: paper.factory.into(),
        subject: both(|t| t.production_relay_issued(&paper.factory_name, paper.name())),
        lines,
        said: "",
        heard: "",
        urgent: false,
        step: Step::ProductionOrder,
        fact: None,
    }
}

/// The revision in force until now gives way.
async fn supersede_the_last(
    act: &mut OrderAct,
    paper: &ProductionOrder,
    papers: &[ProductionOrder],
) -> Result<()> {
    let last = papers
        .iter()
        .find(|other| other.key.number == paper.key.number && other.stage.in_force());
    let Some(last) = last else {
        return Ok(());
    };
    let stage = last.after(Move::Supersede)?;
    approvals::set_aside(act, super::deciding::SUBJECT, last.id.0).await?;
    stage_sql::save_stage(act, last, stage).await?;
    take_from_register(act, last).await?;
    let newer = T(Lang::Zh).production_newer_stands(paper.name());
    owing::fall(act, last.relay, &newer).await?;
    let event = ProductionEvent::ProductionOrderSuperseded { paper: last.name() };
    act.happened(&Event::Production(event)).await
}

/// The paper is no longer in force.
pub(super) async fn take_from_register(act: &mut OrderAct, paper: &ProductionOrder) -> Result<()> {
    let (order, at) = (act.order.id(), act.by.at);
    let number = paper_number(&act.order, paper);
    let revision = paper.key.revision;
    documents::supersede_paper(act.tx(), order, (KIND, &number), revision, at).await
}

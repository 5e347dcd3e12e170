//! Opinion 意见: asked of a colleague by who must decide; given from the colleague's own list; it stands with the decision.

use super::sql::{self, Opinion};
use super::{Found, begin, choices, find, pick, title, words};
use crate::approvals::Refusal;
use crate::base::{By, OrderNumber, PersonId, T, fresh};
use crate::history::Event;
use crate::history::approval_event::ApprovalEvent;
use crate::orders::{self, Order};
use crate::people::Deed;
use crate::web::barred::Barred;
use crate::web::{Answer, App, Error, Faults, Keyed, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "approvals/ask_opinion.html")]
struct AskPage {
    page: Page,
    order: Order,
    approval: String,
    title: String,
    people: Vec<(String, String)>,
    who: String,
    question: String,
    faults: Faults,
}

pub(in crate::approvals) async fn ask(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(id): Path<String>,
) -> Found {
    draw(&app, &by, page, &id, None).await
}

async fn draw(
    app: &App,
    by: &By,
    page: Page,
    id: &str,
    typed: Option<(&Keyed, Faults)>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    let (order, place, open) = find(&mut db, by, id, Deed::AskOpinion).await?;
    let people = sql::within_reach(&mut db, &order, by.person(), page.today()).await?;
    let get = |name: &str| {
        typed
            .as_ref()
            .map(|(form, _)| form.fields.get(name).to_owned())
            .unwrap_or_default()
    };
    let (who, question) = (get("who"), get("question"));
    let faults = typed.map(|(_, faults)| faults).unwrap_or_default();
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = AskPage {
        people: choices(page.t, &people),
        title: title(&page, &place),
        approval: open.id.to_string(),
        order,
        who,
        question,
        faults,
        page,
    };
    Ok((status, Html(page.render()?)).into_response())
}

pub(in crate::approvals) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(id): Path<String>,
    form: Keyed,
) -> Found {
    form.only(&["who", "question"])?;
    let (mut act, open) = begin(&app, by.clone(), &id, &form, Deed::AskOpinion).await?;
    let (order, today) = (act.order.clone(), act.today());
    let people = sql::within_reach(act.tx(), &order, by.person(), today).await?;
    let mut faults = Faults::default();
    let who = pick(&people, form.fields.get("who"));
    if who.is_none() {
        faults.add("who", T::approvals_opinion_whom);
    }
    let missing = T::approvals_opinion_question_missing;
    let question = words(&form, "question", missing, &mut faults);
    let Some(who) = who.filter(|_| faults.is_empty()) else {
        drop(act);
        return draw(&app, &by, page, &id, Some((&form, faults))).await;
    };
    let (person, at) = (by.person().ok_or(Error::SignIn)?, act.by.at);
    let asked = (fresh(at), person, who.id);
    if !sql::ask(act.tx(), &open, asked, (&question, at)).await? {
        return Err(Refusal::OpinionAsked.into());
    }
    let event = ApprovalEvent::OpinionAsked {
        who: who.name_zh.clone(),
        question,
    };
    act.happened(&Event::Approval(event)).await?;
    let answer = Answer::to(format!("/approvals/{}", open.id));
    Ok(act
        .finish(answer.tell(page.t, T::approvals_opinion_asked))
        .await?
        .into_response())
}

#[derive(Template)]
#[template(path = "approvals/opinion.html")]
struct OpinionPage {
    page: Page,
    order: Order,
    opinion: Opinion,
    may_answer: bool,
    words: String,
    faults: Faults,
}

impl OpinionPage {
    fn zh(&self) -> bool {
        self.page.lang == crate::base::Lang::Zh
    }

    fn asker(&self) -> &str {
        if self.zh() {
            &self.opinion.asker_zh
        } else {
            &self.opinion.asker_en
        }
    }

    fn colleague(&self) -> &str {
        if self.zh() {
            &self.opinion.asked_zh
        } else {
            &self.opinion.asked_en
        }
    }
}

fn may_answer(by: &By, order: &Order, opinion: &Opinion) -> bool {
    order.may(by, Deed::ReadOrder) && by.person().map(|id| id.0) == Some(opinion.asked_of)
}

fn parse(number: &str, opinion: &str) -> Result<(OrderNumber, Uuid)> {
    let number = OrderNumber::parse(number).ok_or(Error::NotFound)?;
    Ok((number, opinion.parse().map_err(|_| Error::NotFound)?))
}

pub(in crate::approvals) async fn show(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, opinion)): Path<(String, String)>,
) -> Result<Html<String>> {
    let (number, id) = parse(&number, &opinion)?;
    let mut db = app.db.acquire().await?;
    let order = orders::find(&mut db, &by, &number).await?;
    let opinion = sql::opinion(&mut db, &order, id)
        .await?
        .ok_or(Error::NotFound)?;
    let page = OpinionPage {
        may_answer: opinion.open
            && opinion.answered_at.is_none()
            && may_answer(&by, &order, &opinion),
        words: String::new(),
        faults: Faults::default(),
        order,
        opinion,
        page,
    };
    Ok(Html(page.render()?))
}

#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
pub(in crate::approvals) async fn answer(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, opinion)): Path<(String, String)>,
    form: Keyed,
) -> Found {
    form.only(&["words"])?;
    let (number, id) = parse(&number, &opinion)?;
    let mut act = orders::begin(&app, by.clone(), &number, &form.key).await?;
    let order = act.order.clone();
    let opinion = sql::opinion(act.tx(), &order, id)
        .await?
        .ok_or(Error::NotFound)?;
    if !may_answer(&by, &order, &opinion) {
        let barred = Barred::to_all_but(PersonId(opinion.asked_of));
        return Err(Error::Barred(Box::new(barred)));
    }
    if !opinion.open {
        return Err(Refusal::NotAsked.into());
    }
    let mut faults = Faults::default();
    let missing = T::approvals_opinion_words_missing;
    let words = words(&form, "words", missing, &mut faults);
    if !faults.is_empty() {
        let page = OpinionPage {
            page,
            order,
            opinion,
            may_answer: true,
            words,
            faults,
        };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response());
    }
    let at = act.by.at;
    if !sql::answer(act.tx(), id, (&words, at)).await? {
        return Err(Refusal::OpinionGiven.into());
    }
    let event = ApprovalEvent::OpinionGiven { words };
    act.happened(&Event::Approval(event)).await?;
    let answer = Answer::to(format!("{}/opinions/{id}", order.url()));
    Ok(act
        .finish(answer.tell(page.t, T::approvals_opinion_given))
        .await?
        .into_response())
}

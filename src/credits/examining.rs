//! Examining 审证: the credit is compared with the order, findings are recorded, settled or waived by name, and without
//! an open one it is declared workable.

use super::comparison::{self, Verdict};
use super::credit::{self, LetterOfCredit, Refusal};
use super::examination_sql::{self as findings, Found};
use super::finding::{Finding, Severity, State as FindingState};
use super::held;
use super::question::{self, Input, Kind, Question};
use super::stage::{Move, Stage};
use super::{field, sql};
use crate::base::{By, T};
use crate::history::credit_event::CreditEvent;
use crate::orders::OrderAct;
use crate::people::Deed;
use crate::web::{Answer, App, Error, Faults, Keyed, Page, Result};
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};

pub(super) async fn create(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let (mut act, credit) = held::begin(&app, by, &number, (&form, Deed::ExamineCredit)).await?;
    examine(&mut act, &credit).await?;
    let answer = Answer::to(format!("{}#findings", credit.url()));
    let answer = answer.tell(page.t, T::credits_examined_done);
    act.finish(answer).await
}

/// The act: every field of the comparison that differs is a finding; one that agrees now is settled by itself.
pub(super) async fn examine(act: &mut OrderAct, credit: &LetterOfCredit) -> Result<()> {
    act.must(Deed::ExamineCredit)?;
    act.must_move()?;
    let stage = credit.after(Move::Examine)?;
    let ours = findings::ours(act.tx(), credit.id).await?;
    let known = credit.terms.known(&mut Faults::default());
    let rows = comparison::rows(&credit.terms, &known, &ours);
    findings::reopen(act, credit.id).await?;
    let held_findings = findings::findings(act.tx(), credit.id).await?;
    let mut open = held_findings.iter().filter(|one| one.is_open()).count();
    for row in &rows {
        let differs = row.verdict == Verdict::Differs;
        let of_row = |one: &&Finding| one.compared && one.tag == row.tag;
        let last = held_findings.iter().rfind(of_row);
        match last {
            Some(one) if !differs && one.is_open() => {
                findings::settle(act, one.id, FindingState::Settled, "").await?;
                open -= 1;
            }
            // What was waived as it stands stays waived.
            Some(one) if differs && (one.is_open() || one.theirs == row.theirs) => {}
            _ if differs => {
                findings::insert(act, credit.id, &Found::from(row)).await?;
                open += 1;
            }
            _ => {}
        }
    }
    sql::save_stage(act, credit, stage).await?;
    let event = CreditEvent::CreditExamined {
        credit: credit.number.clone(),
        findings: open,
    };
    held::happened(act, credit, event).await
}

fn new_finding(page: &Page, credit: &LetterOfCredit) -> Question {
    let t = page.t;
    let tags = field::ISSUE
        .iter()
        .map(|field| {
            (
                field.tag.to_owned(),
                format!("{} {}", field.tag, (field.label)(t)),
            )
        })
        .collect();
    let severities = Severity::ALL
        .map(|one| (one.code().to_owned(), one.label(t).to_owned()))
        .to_vec();
    Question {
        title: t.credits_finding_new().to_owned(),
        sentence: t.credits_finding_sentence().to_owned(),
        verb: t.credits_finding_record(),
        action: format!("{}/findings", credit.url()),
        back: (credit.number.clone(), credit.url()),
        rev: credit.version,
        danger: false,
        points: Vec::new(),
        file: None,
        inputs: vec![
            Input::new("tag", t.credits_finding_tag(), Kind::Choice(tags)).value("45A"),
            Input::new("theirs", t.credits_theirs(), Kind::Area),
            Input::new("ours", t.credits_ours(), Kind::Area),
            Input::new("severity", t.credits_severity(), Kind::Choice(severities)),
            Input::new("ask", t.credits_ask(), Kind::Area).hint(t.credits_ask_hint()),
        ],
    }
}

pub(super) async fn ask_finding(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, credit) = held::find(&mut db, &by, &number).await?;
    order.must(&by, Deed::ExamineCredit)?;
    must_be_examined(&credit)?;
    new_finding(&page, &credit).draw(page)
}

/// Findings are recorded and settled while the credit is on the examiner's table.
fn must_be_examined(credit: &LetterOfCredit) -> Result<()> {
    if credit.stage == Stage::Examined {
        Ok(())
    } else {
        Err(Refusal::NotFromHere {
            number: credit.number.clone(),
            stage: credit.stage,
        }
        .into())
    }
}

pub(super) async fn create_finding(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Response> {
    form.only(&["tag", "theirs", "ours", "severity", "ask"])?;
    let mut db = app.db.acquire().await?;
    let (order, held) = held::find(&mut db, &by, &number).await?;
    order.must(&by, Deed::ExamineCredit)?;
    drop(db);
    let mut faults = Faults::default();
    let tag = form.fields.get("tag");
    if !field::ISSUE.iter().any(|field| field.tag == tag) {
        faults.add("tag", T::credits_fault_tag);
    }
    let found = Found {
        tag: tag.to_owned(),
        compared: false,
        theirs: form.fields.get("theirs").chars().take(2_000).collect(),
        ours: question::words(&form.fields, "ours", T::credits_fault_ours, &mut faults),
        ask: question::words(&form.fields, "ask", T::credits_fault_ask, &mut faults),
        severity: Severity::parse(form.fields.get("severity")).unwrap_or(Severity::Discrepancy),
    };
    if !faults.is_empty() {
        return new_finding(&page, &held).again(page, &form.fields, faults);
    }
    let (mut act, credit) = held::begin(&app, by, &number, (&form, Deed::ExamineCredit)).await?;
    note(&mut act, &credit, found).await?;
    let answer = Answer::to(format!("{}#findings", credit.url())).tell(page.t, T::web_saved);
    Ok(act.finish(answer).await?.into_response())
}

/// The act: what a person found and the comparison cannot see.
pub(super) async fn note(act: &mut OrderAct, credit: &LetterOfCredit, found: Found) -> Result<()> {
    act.must(Deed::ExamineCredit)?;
    act.must_move()?;
    must_be_examined(credit)?;
    findings::insert(act, credit.id, &found).await?;
    sql::touch(act, credit).await?;
    let event = CreditEvent::CreditFindingRecorded {
        credit: credit.number.clone(),
        tag: found.tag,
    };
    held::happened(act, credit, event).await
}

/// Both ways to be done with a finding: settled without an amendment, or waived by name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Settle,
    Waive,
}

impl Way {
    const fn deed(self) -> Deed {
        match self {
            Self::Settle => Deed::ExamineCredit,
            Self::Waive => Deed::DeclareCreditWorkable,
        }
    }

    fn question(self, page: &Page, credit: &LetterOfCredit, finding: &Finding) -> Question {
        let t = page.t;
        let (title, sentence, verb, path) = match self {
            Self::Settle => (
                t.credits_settle_question(&finding.tag),
                t.credits_settle_sentence(),
                t.credits_settle(),
                "settlement",
            ),
            Self::Waive => (
                t.credits_waive_question(&finding.tag),
                t.credits_waive_sentence(),
                t.credits_waive(),
                "waiver",
            ),
        };
        Question {
            title,
            sentence: sentence.to_owned(),
            verb,
            action: format!("{}/findings/{}/{path}", credit.url(), finding.sequence),
            back: (credit.number.clone(), credit.url()),
            rev: credit.version,
            danger: false,
            points: vec![finding.ask.clone()],
            file: None,
            inputs: vec![Input::new("words", t.orders_reason(), Kind::Area)],
        }
    }
}

async fn ask_way(
    app: &App,
    by: &By,
    page: Page,
    (number, sequence): (&str, i32),
    way: Way,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, credit) = held::find(&mut db, by, number).await?;
    let all = findings::findings(&mut db, credit.id).await?;
    let finding = pick(&all, sequence)?;
    order.must(by, way.deed())?;
    must_be_examined(&credit)?;
    way.question(&page, &credit, finding).draw(page)
}

fn pick(all: &[Finding], sequence: i32) -> Result<&Finding> {
    all.iter()
        .find(|one| one.sequence == sequence)
        .ok_or(Error::NotFound)
}

async fn done_with(
    app: &App,
    by: By,
    page: Page,
    (number, sequence): (&str, i32),
    (way, form): (Way, Keyed),
) -> Result<Response> {
    form.only(&["words"])?;
    let mut db = app.db.acquire().await?;
    let (order, held) = held::find(&mut db, &by, number).await?;
    let all = findings::findings(&mut db, held.id).await?;
    let finding = pick(&all, sequence)?;
    order.must(&by, way.deed())?;
    drop(db);
    let mut faults = Faults::default();
    let words = question::words(&form.fields, "words", T::orders_reason_missing, &mut faults);
    if !faults.is_empty() {
        let question = way.question(&page, &held, finding);
        return question.again(page, &form.fields, faults);
    }
    let (mut act, credit) = held::begin(app, by, number, (&form, way.deed())).await?;
    end(&mut act, &credit, sequence, (way, &words)).await?;
    let answer = Answer::to(format!("{}#findings", credit.url())).tell(page.t, T::web_saved);
    Ok(act.finish(answer).await?.into_response())
}

/// The act: one finding is done with, in these words.
pub(super) async fn end(
    act: &mut OrderAct,
    credit: &LetterOfCredit,
    sequence: i32,
    (way, words): (Way, &str),
) -> Result<()> {
    act.must(way.deed())?;
    act.must_move()?;
    must_be_examined(credit)?;
    let all = findings::findings(act.tx(), credit.id).await?;
    let finding = pick(&all, sequence)?;
    if !finding.is_open() {
        return Err(Refusal::FindingSettled.into());
    }
    let ours = findings::ours(act.tx(), credit.id).await?;
    // No deed of a manager is named for it, so a foreign currency is mended by the bank and by nobody here.
    if finding.tag == "32B" && ours.currency != credit.currency() {
        return Err(Refusal::OtherCurrency.into());
    }
    let (credit_no, tag, words) = (credit.number.clone(), finding.tag.clone(), words.to_owned());
    let (state, event) = match way {
        Way::Settle => (
            FindingState::Settled,
            CreditEvent::CreditFindingSettled {
                credit: credit_no,
                tag,
                words: words.clone(),
            },
        ),
        Way::Waive => (
            FindingState::Waived,
            CreditEvent::CreditFindingWaived {
                credit: credit_no,
                tag,
                words: words.clone(),
            },
        ),
    };
    findings::settle(act, finding.id, state, &words).await?;
    sql::touch(act, credit).await?;
    held::happened(act, credit, event).await
}

pub(super) async fn ask_settlement(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, sequence)): Path<(String, i32)>,
) -> Result<Html<String>> {
    ask_way(&app, &by, page, (&number, sequence), Way::Settle).await
}

pub(super) async fn settle(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, sequence)): Path<(String, i32)>,
    form: Keyed,
) -> Result<Response> {
    done_with(&app, by, page, (&number, sequence), (Way::Settle, form)).await
}

pub(super) async fn ask_waiver(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, sequence)): Path<(String, i32)>,
) -> Result<Html<String>> {
    ask_way(&app, &by, page, (&number, sequence), Way::Waive).await
}

pub(super) async fn waive(
    State(app): State<App>,
    by: By,
    page: Page,
    Path((number, sequence)): Path<(String, i32)>,
    form: Keyed,
) -> Result<Response> {
    done_with(&app, by, page, (&number, sequence), (Way::Waive, form)).await
}

pub(super) async fn declare_workable(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
    form: Keyed,
) -> Result<Answer> {
    form.only(&[])?;
    let (mut act, credit) =
        held::begin(&app, by, &number, (&form, Deed::DeclareCreditWorkable)).await?;
    workable(&mut act, &credit).await?;
    let answer = Answer::to(credit.url()).tell(page.t, T::credits_workable_done);
    act.finish(answer).await
}

/// The act: nothing stands open, goods may be made and shipped under it.
pub(super) async fn workable(act: &mut OrderAct, credit: &LetterOfCredit) -> Result<()> {
    act.must(Deed::DeclareCreditWorkable)?;
    act.must_move()?;
    let stage = credit.after(Move::DeclareWorkable)?;
    let all = findings::findings(act.tx(), credit.id).await?;
    credit::may_be_workable(&all)?;
    sql::note_workable(act, credit.id).await?;
    sql::save_stage(act, credit, stage).await?;
    let event = CreditEvent::CreditWorkable {
        credit: credit.number.clone(),
    };
    held::happened(act, credit, event).await
}

//! The acts on an issue without HTTP: for the pages, for the demo, and for the links of outside parties to come. Each asks
//! right, order and table of arrows first, and writes its relay and its event in the same act.

use super::sql::{self, Reported};
use super::stage::{Move, Stage};
use super::thing::{Agreed, Issue, Refusal, Severity};
use super::thread_sql::{self, Saying};
use super::told;
use crate::base::{Audience, FileId, Party};
use crate::history::{Event, IssueEvent};
use crate::orders::{self, OrderAct, Step};
use crate::people::Deed;
use crate::production::outside::Said;
use crate::production::owing::{self, Owed};
use crate::relay;
use crate::web::{Error, Result};

/// The issue as it stands inside this act.
pub async fn find(act: &mut OrderAct, number: i32) -> Result<Issue> {
    let order = act.order.clone();
    sql::read(act.tx(), &order, Some(number))
        .await?
        .into_iter()
        .next()
        .ok_or(Error::NotFound)
}

/// Right, order and arrow; a claim is a late fact and may move on a closed order too.
async fn gate(act: &mut OrderAct, number: i32, step: Move) -> Result<(Issue, Stage)> {
    let issue = find(act, number).await?;
    act.must(step.deed())?;
    if !issue.is_claim() {
        act.must_move()?;
    }
    let stage = issue.after(step)?;
    Ok((issue, stage))
}

/// Writes down what went wrong, with what was said about it.
pub async fn report(
    act: &mut OrderAct,
    reported: &Reported,
    words: &str,
    files: &[FileId],
) -> Result<i32> {
    act.must(Deed::ReportIssue)?;
    open(act, reported, words, files).await
}

/// The same where it follows from another act, as a failed inspection does.
pub(in crate::production) async fn open(
    act: &mut OrderAct,
    reported: &Reported,
    words: &str,
    files: &[FileId],
) -> Result<i32> {
    if reported.kind == super::thing::Kind::Claim {
        if !sql::has_sailed(act).await? {
            return Err(Refusal::NotSailed.into());
        }
        let order = act.order.clone();
        orders::comes_late(act, &order).await?;
    } else {
        act.must_move()?;
    }
    let calendar = orders::owing::calendar(act).await?;
    let due_at = reported
        .due_at
        .unwrap_or_else(|| reported.severity.due(&calendar, act.by.at));
    let id = crate::base::fresh(act.by.at);
    let number = sql::insert(act, id, reported, due_at).await?;
    let saying = Saying {
        audience: stream_of(reported.from),
        from: reported.from,
        who: reported.who.clone(),
        channel: reported.channel.clone(),
        on: (reported.from != Party::Us).then(|| act.today()),
        words: words.to_owned(),
        lang: owing::lang_of(words),
        relay: None,
    };
    let (message, _) = thread_sql::insert(act, id, &saying).await?;
    thread_sql::attach(act, id, Some(message), files).await?;
    act.happened(&Event::Issue(IssueEvent::IssueReported {
        number,
        title: reported.title.clone(),
        severity: reported.severity.code().to_owned(),
    }))
    .await?;
    Ok(number)
}

/// The stream in which a side's words stand.
pub fn stream_of(side: Party) -> Audience {
    match side {
        Party::Factory => Audience::Factory,
        Party::Customer => Audience::Customer,
        _ => Audience::Internal,
    }
}

pub async fn hand_to_sales(act: &mut OrderAct, number: i32) -> Result<()> {
    let (issue, stage) = gate(act, number, Move::HandToSales).await?;
    sql::save_stage(act, &issue, stage).await?;
    act.happened(&Event::Issue(IssueEvent::IssueHandedToSales { number }))
        .await
}

/// Puts the question to the customer: a relay that wants an answer, and the same words in the customer's stream.
pub async fn ask_customer(act: &mut OrderAct, number: i32, question: &str) -> Result<()> {
    let (issue, stage) = gate(act, number, Move::AskCustomer).await?;
    let owed = Owed {
        from: if issue.from == Party::Customer {
            Party::Us
        } else {
            issue.from
        },
        to: vec![Party::Customer.into()],
        makers: Vec::new(),
        subject: issue.title.clone(),
        words: question.to_owned(),
        lang: owing::lang_of(question),
        lines: Vec::new(),
        urgent: issue.severity == Severity::LineStop,
        answer_asked: true,
        step: step_of(&issue),
    };
    let (relay, _) = owing::owe(act, owed).await?;
    let saying = Saying {
        audience: Audience::Customer,
        from: Party::Us,
        who: String::new(),
        channel: String::new(),
        on: None,
        words: question.to_owned(),
        lang: owing::lang_of(question),
        relay: Some(relay),
    };
    thread_sql::insert(act, issue.id, &saying).await?;
    // What the factory said up to here has gone across with the question.
    thread_sql::note_crossed(act, issue.id, relay).await?;
    sql::note_question(act, issue.id, relay).await?;
    sql::save_stage(act, &issue, stage).await?;
    act.happened(&Event::Issue(IssueEvent::IssueAskedOfCustomer {
        number,
        words: question.to_owned(),
    }))
    .await
}

/// What is owed about a claim holds no step of production.
fn step_of(issue: &Issue) -> Step {
    if issue.is_claim() {
        Step::Settlement
    } else {
        Step::Production
    }
}

/// Sets down the result: the customer has answered, or is not concerned.
pub async fn agree(
    act: &mut OrderAct,
    number: i32,
    agreed: &Agreed,
    files: &[FileId],
) -> Result<()> {
    let (issue, stage) = gate(act, number, Move::Agree).await?;
    let agreed = Agreed {
        customer_concerned: issue.stage == Stage::WithCustomer,
        ..agreed.clone()
    };
    if agreed.customer_concerned {
        let said = (&*agreed.who, &*agreed.channel, &*agreed.words);
        owing::answered(act, issue.question, Party::Customer.into(), None, said).await?;
        if !agreed.words.is_empty() || !files.is_empty() {
            let words = if agreed.words.is_empty() {
                &agreed.result
            } else {
                &agreed.words
            };
            let saying = Saying {
                audience: Audience::Customer,
                from: Party::Customer,
                who: agreed.who.clone(),
                channel: agreed.channel.clone(),
                on: Some(agreed.on),
                words: words.clone(),
                lang: owing::lang_of(words),
                relay: None,
            };
            let (message, _) = thread_sql::insert(act, issue.id, &saying).await?;
            thread_sql::attach(act, issue.id, Some(message), files).await?;
        }
    }
    sql::note_result(act, issue.id, &agreed).await?;
    sql::save_stage(act, &issue, stage).await?;
    act.happened(&Event::Issue(IssueEvent::IssueAgreed {
        number,
        result: agreed.result,
        bearer: agreed.bearer.code().to_owned(),
    }))
    .await
}

/// Owes the workshop the result; each line of it is acknowledged.
pub async fn convey(act: &mut OrderAct, number: i32, words: &str) -> Result<()> {
    let (issue, stage) = gate(act, number, Move::Convey).await?;
    let asked = issue
        .agreed
        .as_ref()
        .is_some_and(|agreed| agreed.customer_concerned);
    let owed = Owed {
        from: if asked { Party::Customer } else { Party::Us },
        to: makers(act, &issue).await?,
        makers: Vec::new(),
        subject: issue.title.clone(),
        words: words.to_owned(),
        lang: owing::lang_of(words),
        lines: lines_of(words),
        urgent: issue.severity == Severity::LineStop,
        answer_asked: false,
        step: step_of(&issue),
    };
    let (relay, _) = owing::owe(act, owed).await?;
    let saying = Saying {
        audience: Audience::Factory,
        from: Party::Us,
        who: String::new(),
        channel: String::new(),
        on: None,
        words: words.to_owned(),
        lang: owing::lang_of(words),
        relay: Some(relay),
    };
    thread_sql::insert(act, issue.id, &saying).await?;
    sql::note_conveyance(act, issue.id, relay).await?;
    sql::save_stage(act, &issue, stage).await?;
    act.happened(&Event::Issue(IssueEvent::IssueConveyed {
        number,
        words: words.to_owned(),
    }))
    .await
}

/// The factories it concerns: those of its lines, or all of the order's.
pub(super) async fn makers(act: &mut OrderAct, issue: &Issue) -> Result<Vec<relay::Addressee>> {
    let lines: Vec<_> = issue.lines.iter().map(|affected| affected.line).collect();
    let order = act.order.id();
    relay::sql::makers(act.tx(), order, &lines).await
}

/// One line of text is one line to be acknowledged.
fn lines_of(words: &str) -> Vec<String> {
    words
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| line.chars().take(500).collect())
        .take(40)
        .collect()
}

/// A factory has said that it will do so; the last of those it was conveyed to moves the issue on.
pub async fn acknowledge(
    act: &mut OrderAct,
    number: i32,
    (named, said): (Option<relay::Addressee>, &Said),
    files: &[FileId],
) -> Result<()> {
    let (issue, stage) = gate(act, number, Move::Acknowledge).await?;
    let order = act.order.clone();
    let told = told::told(act.tx(), &order, &issue).await?;
    let to = told::whose(&told, named).ok_or(Refusal::WhichFactory)?;
    let by = (&*said.who, &*said.channel, &*said.words);
    owing::answered(act, issue.conveyance, to, None, by).await?;
    thread_sql::attach(act, issue.id, None, files).await?;
    sql::note_acknowledgement(act, issue.id, said).await?;
    if told.iter().any(|one| one.is_open() && one.to != to) {
        sql::touch(act, &issue).await?;
    } else {
        sql::save_stage(act, &issue, stage).await?;
    }
    let several = told.len() > 1;
    let factory = told.into_iter().find(|one| several && one.to == to);
    act.happened(&Event::Issue(IssueEvent::IssueAcknowledged {
        number,
        who: said.who.clone(),
        channel: said.channel.clone(),
        factory: factory.map_or_else(String::new, |one| one.name),
    }))
    .await
}

pub async fn resolve(act: &mut OrderAct, number: i32, words: &str) -> Result<()> {
    let (issue, stage) = gate(act, number, Move::Resolve).await?;
    sql::note_resolution(act, issue.id, words).await?;
    sql::save_stage(act, &issue, stage).await?;
    act.happened(&Event::Issue(IssueEvent::IssueResolved {
        number,
        words: words.to_owned(),
    }))
    .await
}

/// Closed when nothing that came of it is still on its way.
pub async fn close(act: &mut OrderAct, number: i32) -> Result<()> {
    let (issue, stage) = gate(act, number, Move::Close).await?;
    if let Some(change) = sql::open_change(act, issue.id).await? {
        return Err(Refusal::ChangeOpen { number, change }.into());
    }
    sql::save_stage(act, &issue, stage).await?;
    act.happened(&Event::Issue(IssueEvent::IssueClosed { number }))
        .await
}

/// The order is called off: what nobody needs a result of any more is dropped by the house, wherever it stands. A claim is
/// about goods that have left and goes on.
pub async fn call_off(act: &mut OrderAct, reason: &str) -> Result<()> {
    let order = act.order.clone();
    for issue in sql::read(act.tx(), &order, None).await? {
        if issue.stage.is_open() && !issue.is_claim() {
            fall(act, &issue, Stage::Dropped, reason).await?;
        }
    }
    Ok(())
}

/// It ends without a result; what was owed because of it is owed no longer.
async fn fall(act: &mut OrderAct, issue: &Issue, stage: Stage, reason: &str) -> Result<()> {
    owing::fall(act, issue.question, reason).await?;
    owing::fall(act, issue.conveyance, reason).await?;
    sql::note_drop(act, issue.id, reason).await?;
    sql::save_stage(act, issue, stage).await?;
    act.happened(&Event::Issue(IssueEvent::IssueDropped {
        number: issue.number,
        reason: reason.to_owned(),
    }))
    .await
}

pub async fn drop_issue(act: &mut OrderAct, number: i32, reason: &str) -> Result<()> {
    let (issue, stage) = gate(act, number, Move::Drop).await?;
    fall(act, &issue, stage, reason).await
}

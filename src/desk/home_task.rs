//! Task 待办行: one open item as the worklist shows it, whose move it is, and the form that says it was passed on.

use super::groups;
use super::home::Asked;
use super::sql::ItemRow;
use crate::base::{By, DepartmentId, Party, Role, format};
use crate::orders::open_items::ItemKind;
use crate::web::Page;
use chrono::{DateTime, Days, Utc};

/// One row.
#[derive(Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "in which groups it falls, each asked on its own"
)]
pub(super) struct Task {
    pub number: String,
    pub customer: String,
    pub title: String,
    pub group: &'static str,
    pub kind_label: &'static str,
    pub sign: &'static str,
    pub badge: &'static str,
    pub word: String,
    pub spoken: String,
    pub text: String,
    pub href: String,
    pub party: Option<Party>,
    pub late: bool,
    pub today: bool,
    pub week: bool,
    pub approval: bool,
    pub since: DateTime<Utc>,
    pub pass: Option<Pass>,
}

/// The form in the row: told whom, by which channel.
#[derive(Clone)]
pub(super) struct Pass {
    pub action: String,
    pub id: String,
    pub words: String,
    pub words_lang: String,
    pub side: String,
    pub to: String,
    pub to_label: &'static str,
    /// Where the row opens without scripts.
    pub open_href: String,
    pub open: bool,
}

pub(super) fn holds(by: &By, role: Role) -> bool {
    by.staff().is_some_and(|staff| staff.roles.has(role))
}

/// Whether the next move is the reader's, or her team's where she looks at the team.
pub(super) fn is_ours(row: &ItemRow, by: &By, team: bool) -> bool {
    let me = by.person().map(|person| person.0);
    match Party::parse(&row.waiting) {
        Some(Party::Us) => team || Some(row.owner) == me,
        Some(Party::Manager) => by
            .staff()
            .is_some_and(|staff| staff.leads(DepartmentId(row.department))),
        Some(Party::Finance) => holds(by, Role::Finance),
        _ => false,
    }
}

/// A kind the code does not know any more has no row; the next act on its order rewrites it.
pub(super) fn task(row: &ItemRow, by: &By, page: &Page, asked: &Asked) -> Option<Task> {
    let t = page.t;
    let kind = ItemKind::parse(&row.kind)?;
    let day = format::local_day(row.due_at, page.zone);
    let (late, today) = (row.due_at < page.at, day == page.today());
    let week_ends = format::monday(page.today()) + Days::new(6);
    let party = Party::parse(&row.waiting).filter(|party| *party != Party::Us);
    let badge = match (row.problem, late, today) {
        (true, _, _) => "issue",
        (_, true, _) => "late",
        (_, _, true) => "due",
        _ => "none",
    };
    let word = if late {
        page.due(row.due_at)
    } else if today {
        t.desk_before(page.clock(row.due_at))
    } else {
        page.day_near(day)
    };
    Some(Task {
        number: row.number.clone(),
        customer: row.customer.clone(),
        title: row.title.clone(),
        group: kind.group(),
        kind_label: groups::label(kind.group(), t),
        sign: groups::sign(kind.group()),
        badge,
        word,
        spoken: page.moment_iso(row.due_at),
        text: kind.tell(t, &row.subject, row.quoted.as_deref().unwrap_or_default()),
        href: href(kind, row, by),
        late,
        today,
        week: day <= week_ends,
        approval: row.waiting == Party::Manager.code(),
        party,
        since: row.since,
        pass: pass(row, kind, page, asked),
    })
}

/// Where she does it or notes it; where she reads about it, when it is another's.
fn href(kind: ItemKind, row: &ItemRow, by: &By) -> String {
    let order = format!("/orders/{}", row.number);
    let hers = match Party::parse(&row.waiting) {
        Some(Party::Manager | Party::Finance) => is_ours(row, by, false),
        _ => by.person().map(|person| person.0) == Some(row.owner),
    };
    if hers {
        kind.href(&order, &row.subject)
    } else {
        kind.read_at(&order, &row.subject)
    }
}

fn pass(row: &ItemRow, kind: ItemKind, page: &Page, asked: &Asked) -> Option<Pass> {
    if kind != ItemKind::PassOn {
        return None;
    }
    let to = Party::parse(row.to_side.as_deref()?)?;
    let name = format!("{}:{}", row.number, row.subject);
    let who = if asked.who == "team" { "who=team&" } else { "" };
    Some(Pass {
        action: format!("/orders/{}/relays/{}/passed", row.number, row.subject),
        id: format!("said-{}-{}", row.number, row.subject),
        words: row.words.clone().unwrap_or_default(),
        words_lang: row.words_lang.clone().unwrap_or_default(),
        side: row.from_side.clone().unwrap_or_default(),
        to: to.code().to_owned(),
        to_label: to.label(page.t),
        open_href: format!("/?{who}open={name}#{}-{}", row.number, row.subject),
        open: asked.open == name,
    })
}

/// The relay that was heard first stands open, unless another is asked for.
pub(super) fn open_the_first(tasks: &mut [Task], asked: &Asked) {
    let passes = tasks.iter_mut().filter(|task| task.pass.is_some());
    if asked.open.is_empty()
        && let Some(first) = passes
            .min_by_key(|task| task.since)
            .and_then(|task| task.pass.as_mut())
    {
        first.open = true;
    }
}

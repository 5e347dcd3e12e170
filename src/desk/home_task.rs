//! Task 待办行: one open item or task by hand as the worklist shows it, whose move it is, and the form that says it was
//! passed on.

use super::groups;
use super::home::Asked;
use super::later;
use super::sql::ItemRow;
use super::task::sql::TaskRow;
use crate::base::{By, DepartmentId, Lang, Party, Role, format};
use crate::orders::open_items::ItemKind;
use crate::relay::{self, Addressee};
use crate::web::Page;
use chrono::{DateTime, Days, NaiveDate, Utc};

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
    pub due_at: DateTime<Utc>,
    pub pass: Option<Pass>,
    /// What forms call it.
    pub row: String,
    /// Until when the reader has put it off.
    pub later: Option<DateTime<Utc>>,
    /// A task by hand, with what its button needs.
    pub hand: Option<Hand>,
}

/// What only a task by hand shows.
#[derive(Clone)]
pub(super) struct Hand {
    /// Where one click ends it.
    pub done: String,
    pub version: i32,
    /// Who does it, where that is not the reader.
    pub owner: String,
    /// She keeps it: the button is hers.
    pub keeps: bool,
}

impl Task {
    /// Where it is put off, or brought back.
    pub(super) fn address(&self, act: &str) -> String {
        later::address(&self.row, act)
    }

    pub(super) fn until(&self, page: &Page) -> String {
        self.later
            .map(|at| page.moment_near(at))
            .unwrap_or_default()
    }
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
    pub to_label: String,
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
    let when = When::of(row.due_at, page);
    let party = Party::parse(&row.waiting).filter(|party| *party != Party::Us);
    Some(Task {
        number: row.number.clone(),
        customer: row.customer.clone(),
        title: row.title.clone(),
        group: kind.group(),
        kind_label: groups::label(kind.group(), t),
        sign: groups::sign(kind.group()),
        badge: when.badge(row.problem),
        word: when.word(row.due_at, page),
        spoken: page.moment_iso(row.due_at),
        text: kind.tell(t, &row.subject, row.quoted.as_deref().unwrap_or_default()),
        href: href(kind, row, by),
        late: when.late,
        today: when.today,
        week: when.week,
        approval: row.waiting == Party::Manager.code(),
        party,
        since: row.since,
        due_at: row.due_at,
        pass: pass(row, kind, page, asked),
        row: format!("{}:{}:{}", row.number, row.kind, row.subject),
        later: row.later,
        hand: None,
    })
}

/// A task by hand as a row among the others.
pub(super) fn hand(row: &TaskRow, by: &By, page: &Page) -> Task {
    let when = When::of(row.due_at, page);
    Task {
        number: row.number.clone().unwrap_or_default(),
        customer: row.customer.clone().unwrap_or_else(|| from(row, by, page)),
        title: row.title.clone().unwrap_or_default(),
        group: groups::TASK,
        kind_label: groups::label(groups::TASK, page.t),
        sign: groups::sign(groups::TASK),
        badge: when.badge(false),
        word: if when.today && row.no_hour && !when.late {
            page.t.desk_group_today().to_owned()
        } else {
            when.word(row.due_at, page)
        },
        spoken: page.moment_iso(row.due_at),
        text: row.text.clone(),
        href: format!("/tasks/{}", row.id),
        party: None,
        late: when.late,
        today: when.today,
        week: when.week,
        approval: false,
        since: row.created_at,
        due_at: row.due_at,
        pass: None,
        row: format!("task:{}:{}", row.id, row.version),
        later: row.later,
        hand: Some(button(row, by, page)),
    }
}

fn button(row: &TaskRow, by: &By, page: &Page) -> Hand {
    let me = by.person().map(|person| person.0);
    let mine = Some(row.owner) == me;
    Hand {
        done: format!("/tasks/{}/done", row.id),
        version: row.version,
        owner: if mine {
            String::new()
        } else {
            name(page, &row.owner_zh, &row.owner_en)
        },
        keeps: mine || Some(row.giver) == me,
    }
}

/// Who gave it, where that is a third person to who reads or does it.
fn from(row: &TaskRow, by: &By, page: &Page) -> String {
    let me = by.person().map(|person| person.0);
    if row.giver == row.owner || Some(row.giver) == me {
        return String::new();
    }
    page.t.tasks_from(name(page, &row.giver_zh, &row.giver_en))
}

fn name(page: &Page, zh: &str, en: &str) -> String {
    match page.lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => en.to_owned(),
    }
}

/// In which group of time a row falls.
#[derive(Clone, Copy)]
struct When {
    late: bool,
    today: bool,
    week: bool,
    day: NaiveDate,
}

impl When {
    fn of(due_at: DateTime<Utc>, page: &Page) -> Self {
        let day = format::local_day(due_at, page.zone);
        let week_ends = format::monday(page.today()) + Days::new(6);
        Self {
            late: due_at < page.at,
            today: day == page.today(),
            week: day <= week_ends,
            day,
        }
    }

    fn badge(self, problem: bool) -> &'static str {
        match (problem, self.late, self.today) {
            (true, _, _) => "issue",
            (_, true, _) => "late",
            (_, _, true) => "due",
            _ => "none",
        }
    }

    fn word(self, due_at: DateTime<Utc>, page: &Page) -> String {
        if self.late {
            page.due(due_at)
        } else if self.today {
            page.t.desk_before(page.clock(due_at))
        } else {
            page.day_near(self.day)
        }
    }
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
    let to = Addressee::parse(row.to_whom.as_deref()?)?;
    let to_name = row.to_name.as_deref().unwrap_or_default();
    let name = format!("{}:{}", row.number, row.subject);
    let who = if asked.who == "team" { "who=team&" } else { "" };
    Some(Pass {
        action: format!("/orders/{}/relays/{}/passed", row.number, row.subject),
        id: format!("said-{}-{}", row.number, row.subject),
        words: row.words.clone().unwrap_or_default(),
        words_lang: row.words_lang.clone().unwrap_or_default(),
        side: row.from_side.clone().unwrap_or_default(),
        to: to.code(),
        to_label: relay::addressee::label(page.t, to.side, to_name),
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

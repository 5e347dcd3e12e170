//! Home 待办: what to do, in order. The rows are open items 未了事项 as the acts left them; nothing is computed here
//! but whose move it is and into which group of time it falls.

use super::groups;
use super::list::filter::trades;
use super::sql::{self, ItemRow, Watch};
use crate::base::{By, Channel, DepartmentId, Party, Role, T, format};
use crate::orders::open_items::ItemKind;
use crate::web::{App, Page, Result};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use chrono::Days;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "desk/home.html")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "what a page shows, each on its own"
)]
pub(super) struct HomePage {
    page: Page,
    team: bool,
    tabs: Vec<Tab>,
    groups: Vec<Group>,
    /// What waits for others, and how much for whom.
    others: Vec<Task>,
    waits: Vec<(Party, usize)>,
    todo: usize,
    owed: usize,
    watch: Watch,
    /// A manager's view: what stands at risk.
    leads: bool,
    may_open: bool,
    admin: bool,
    /// More stands open than one page shows.
    cut: bool,
}

struct Tab {
    label: &'static str,
    href: String,
    count: usize,
    hot: bool,
    current: bool,
}

struct Group {
    /// late, due or empty.
    class: &'static str,
    sign: &'static str,
    label: &'static str,
    tasks: Vec<Task>,
}

/// One row.
#[derive(Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "in which groups it falls, each asked on its own"
)]
struct Task {
    number: String,
    customer: String,
    title: String,
    group: &'static str,
    kind_label: &'static str,
    sign: &'static str,
    badge: &'static str,
    word: String,
    spoken: String,
    text: String,
    href: String,
    party: Option<Party>,
    late: bool,
    today: bool,
    week: bool,
    approval: bool,
    pass: Option<Pass>,
}

/// The form in the row: told whom, by which channel.
#[derive(Clone)]
struct Pass {
    action: String,
    id: String,
    words: String,
    words_lang: String,
    side: String,
    to: String,
    to_label: &'static str,
    /// Where the row opens without scripts.
    open_href: String,
    open: bool,
}

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    who: String,
    #[serde(default)]
    kind: String,
    /// `HY26-0171:3`: the relay whose form is open.
    #[serde(default)]
    open: String,
}

impl HomePage {
    fn lede(&self) -> String {
        self.page
            .t
            .desk_home_lede(self.todo, self.owed, self.others.len())
    }

    fn channels(&self) -> Vec<(&'static str, &'static str)> {
        Channel::ALL
            .into_iter()
            .map(|channel| (channel.code(), channel.label(self.page.t)))
            .collect()
    }

    /// Nothing has been begun: the first three steps.
    fn first_day(&self) -> bool {
        let set_up = self.watch.any_customer && self.watch.any_factory && self.admin;
        !self.watch.any_order && self.todo == 0 && self.others.is_empty() && !set_up
    }
}

pub(super) async fn show(
    State(app): State<App>,
    by: By,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Html<String>> {
    let team = asked.who == "team";
    let mut db = app.db.acquire().await?;
    let (led, finance) = (led(&by), holds(&by, Role::Finance));
    let rows = if team {
        sql::team(&mut db, &by).await?
    } else {
        sql::mine(&mut db, &by, &led, finance).await?
    };
    let watch = sql::watch(&mut db, &by).await?;
    let cut = i64::try_from(rows.len()).is_ok_and(|len| len >= sql::MOST);
    let (mut ours, others) = sort(&rows, &by, &page, &asked);
    let waits = counted(&others);
    let (todo, owed) = (
        ours.len(),
        ours.iter().filter(|task| task.pass.is_some()).count(),
    );
    let tabs = tabs(&ours, &asked, page.t);
    ours.retain(|task| asked.kind.is_empty() || task.group == asked.kind);
    Ok(Html(
        HomePage {
            groups: groups(ours, page.t, !led.is_empty()),
            leads: !led.is_empty() || finance,
            may_open: trades(&by),
            admin: holds(&by, Role::Admin),
            team,
            tabs,
            others,
            waits,
            todo,
            owed,
            watch,
            cut,
            page,
        }
        .render()?,
    ))
}

/// What is the reader's to do, and what waits for others.
fn sort(rows: &[ItemRow], by: &By, page: &Page, asked: &Asked) -> (Vec<Task>, Vec<Task>) {
    let (mut ours, mut others) = (Vec::new(), Vec::new());
    for row in rows {
        let task = task(row, by, page, asked);
        if is_ours(row, by, asked.who == "team") {
            // Whose move it is goes without saying in one's own list.
            ours.extend(task.map(|task| Task {
                party: None,
                ..task
            }));
        } else {
            others.extend(task);
        }
    }
    open_the_first(&mut ours, asked);
    (ours, others)
}

fn holds(by: &By, role: Role) -> bool {
    by.staff().is_some_and(|staff| staff.roles.has(role))
}

/// Departments she decides for, herself or as a deputy.
fn led(by: &By) -> Vec<uuid::Uuid> {
    let Some(staff) = by.staff().filter(|staff| staff.roles.has(Role::Manager)) else {
        return Vec::new();
    };
    let own = staff.leads.iter().map(|department| department.0);
    let deputy = staff.stands_in.iter().map(|(department, _)| department.0);
    own.chain(deputy).collect()
}

/// Whether the next move is the reader's, or her team's where she looks at the team.
fn is_ours(row: &ItemRow, by: &By, team: bool) -> bool {
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
fn task(row: &ItemRow, by: &By, page: &Page, asked: &Asked) -> Option<Task> {
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

/// The relay that is due first stands open, unless another is asked for.
fn open_the_first(tasks: &mut [Task], asked: &Asked) {
    if asked.open.is_empty()
        && let Some(first) = tasks.iter_mut().find_map(|task| task.pass.as_mut())
    {
        first.open = true;
    }
}

fn counted(others: &[Task]) -> Vec<(Party, usize)> {
    let mut waits: Vec<(Party, usize)> = Vec::new();
    for party in others.iter().map(|task| task.party.unwrap_or(Party::Us)) {
        match waits.iter_mut().find(|(known, _)| *known == party) {
            Some((_, count)) => *count += 1,
            None => waits.push((party, 1)),
        }
    }
    waits.sort_unstable();
    waits
}

fn tabs(tasks: &[Task], asked: &Asked, t: T) -> Vec<Tab> {
    let href = |kind: &str| {
        let who = if asked.who == "team" { "who=team" } else { "" };
        match (kind, who) {
            ("", "") => "/".to_owned(),
            ("", who) => format!("/?{who}"),
            (kind, "") => format!("/?kind={kind}"),
            (kind, who) => format!("/?{who}&kind={kind}"),
        }
    };
    let mut tabs = vec![Tab {
        label: t.desk_kind_all(),
        href: href(""),
        count: tasks.len(),
        hot: false,
        current: asked.kind.is_empty(),
    }];
    for kind in groups::ALL.iter().copied() {
        let count = tasks.iter().filter(|task| task.group == kind).count();
        if count > 0 || asked.kind == kind {
            tabs.push(Tab {
                label: groups::label(kind, t),
                href: href(kind),
                count,
                hot: kind == "relay" && count > 0,
                current: asked.kind == kind,
            });
        }
    }
    tabs
}

/// By time; a manager's decisions stand before everything else.
fn groups(tasks: Vec<Task>, t: T, decides: bool) -> Vec<Group> {
    let group = |class, sign, label| Group {
        class,
        sign,
        label,
        tasks: Vec::new(),
    };
    let mut groups = [
        group("", "approve", t.desk_group_decide()),
        group("late", "late", t.desk_group_late()),
        group("due", "due", t.desk_group_today()),
        group("", "none", t.desk_group_week()),
        group("", "clock", t.desk_group_later()),
    ];
    for task in tasks {
        let place = match &task {
            task if decides && task.approval => 0,
            task if task.late => 1,
            task if task.today => 2,
            task if task.week => 3,
            _ => 4,
        };
        if let Some(group) = groups.get_mut(place) {
            group.tasks.push(task);
        }
    }
    groups
        .into_iter()
        .filter(|group| !group.tasks.is_empty())
        .collect()
}

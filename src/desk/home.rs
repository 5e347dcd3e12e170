//! Home 待办: what to do, in order. The rows are open items 未了事项 as the acts left them, and tasks by hand; nothing is
//! computed here but whose move it is and into which group of time it falls.

use super::groups;
use super::home_money::MoneyDesk;
use super::home_passing::{self, Passing};
use super::home_risks::{self, Risk};
use super::home_task::{Task, hand, holds, is_ours, open_the_first, task};
use super::list::filter::trades;
use super::list::may_reassign;
use super::sql::{self, Begun, ItemRow};
use super::task::giving::choices;
use super::task::sql::{self as task_sql, TaskRow};
use crate::base::{By, Channel, Party, Role, T};
use crate::people;
use crate::web::{App, Page, Result};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use serde::Deserialize;
use sqlx::PgConnection;

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
    /// What she has put off, soonest back first.
    snoozed: Vec<Task>,
    /// What waits for others, and how much for whom.
    others: Vec<Task>,
    waits: Vec<(Party, usize)>,
    /// The same, of every kind.
    waiting: usize,
    todo: usize,
    owed: usize,
    begun: Begun,
    /// One kind of work is asked for: what waits for others is shown at once.
    narrowed: bool,
    /// A manager's view: what stands at risk.
    risks: Vec<Risk>,
    /// The same view: how long passing on takes each operator.
    passing: Vec<Passing>,
    /// Finance's: the queues, and what lies in them too long.
    money: Option<MoneyDesk>,
    may_open: bool,
    admin: bool,
    /// Colleagues to whom rows can be handed on; none where no row of hers could be.
    people: Vec<(String, String)>,
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

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    pub who: String,
    #[serde(default)]
    pub kind: String,
    /// Anything: only what is overdue.
    #[serde(default)]
    pub late: String,
    /// `HY26-0171:3`: the relay whose form is open.
    #[serde(default)]
    pub open: String,
}

impl HomePage {
    fn lede(&self) -> String {
        self.page
            .t
            .desk_home_lede(self.todo, self.owed, self.waiting)
    }

    fn channels(&self) -> Vec<(&'static str, &'static str)> {
        Channel::ALL
            .into_iter()
            .map(|channel| (channel.code(), channel.label(self.page.t)))
            .collect()
    }

    /// Nothing has been begun: the first three steps.
    fn first_day(&self) -> bool {
        let set_up = self.begun.customer && self.begun.factory && self.admin;
        !self.begun.order
            && self.money.is_none()
            && self.todo == 0
            && self.waiting == 0
            && self.snoozed.is_empty()
            && !set_up
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
    let led = led(&by);
    let (sorted, cut) = work(&mut db, &by, &page, (&asked, &led)).await?;
    let begun = sql::begun(&mut db, &by).await?;
    let risks = home_risks::load(&mut db, &by, &page, &led).await?;
    let passing = home_passing::load(&mut db, &by, &page, &led).await?;
    let money = MoneyDesk::of(&mut db, &by, &page).await?;
    let people = colleagues(&mut db, &by, &page, sorted.has_tasks()).await?;
    let (waiting, todo) = (sorted.others.len(), sorted.ours.len());
    let tabs = tabs(&sorted.ours, &asked, page.t);
    let owed = sorted.owed();
    let sorted = sorted.narrowed(&asked);
    Ok(Html(
        HomePage {
            groups: groups(sorted.ours, page.t, !led.is_empty()),
            money,
            may_open: trades(&by),
            admin: holds(&by, Role::Admin),
            team,
            tabs,
            waits: counted(&sorted.others),
            others: sorted.others,
            snoozed: sorted.snoozed,
            people,
            waiting,
            todo,
            owed,
            begun,
            narrowed: !(asked.kind.is_empty() && asked.late.is_empty()),
            risks,
            passing,
            cut,
            page,
        }
        .render()?,
    ))
}

/// All rows of this home, and whether more stand open than one page shows.
async fn work(
    db: &mut PgConnection,
    by: &By,
    page: &Page,
    (asked, led): (&Asked, &[uuid::Uuid]),
) -> Result<(Sorted, bool)> {
    let team = asked.who == "team";
    let rows = rows(db, by, team, led).await?;
    let departments = if team { led } else { &[] };
    let hands = task_sql::open(db, by, departments, sql::MOST).await?;
    let full = |len: usize| i64::try_from(len).is_ok_and(|len| len >= sql::MOST);
    let cut = full(rows.len()) || full(hands.len());
    Ok((sort((&rows, &hands), by, page, asked), cut))
}

async fn rows(
    db: &mut PgConnection,
    by: &By,
    team: bool,
    led: &[uuid::Uuid],
) -> Result<Vec<ItemRow>> {
    if team {
        sql::team(db, by).await
    } else {
        sql::mine(db, by, led, holds(by, Role::Finance)).await
    }
}

/// What is the reader's to do, what waits for others, and what she has put off.
#[derive(Default)]
struct Sorted {
    ours: Vec<Task>,
    others: Vec<Task>,
    snoozed: Vec<Task>,
}

impl Sorted {
    fn has_tasks(&self) -> bool {
        let mut all = self.ours.iter().chain(&self.others).chain(&self.snoozed);
        all.any(|task| task.hand.is_some())
    }

    /// What is to be passed on.
    fn owed(&self) -> usize {
        let relays = self.ours.iter().filter(|task| task.pass.is_some());
        relays.count()
    }

    /// Only what is asked for.
    fn narrowed(mut self, asked: &Asked) -> Self {
        for tasks in [&mut self.ours, &mut self.others, &mut self.snoozed] {
            tasks.retain(|task| asked.kind.is_empty() || task.group == asked.kind);
            tasks.retain(|task| asked.late.is_empty() || task.late);
        }
        self
    }
}

fn sort((rows, hands): (&[ItemRow], &[TaskRow]), by: &By, page: &Page, asked: &Asked) -> Sorted {
    let team = asked.who == "team";
    let me = by.person().map(|person| person.0);
    let mut sorted = Sorted::default();
    let items = rows
        .iter()
        .filter_map(|row| Some((task(row, by, page, asked)?, is_ours(row, by, team))));
    let by_hand = hands
        .iter()
        .map(|row| (hand(row, by, page), team || Some(row.owner) == me));
    for (task, is_ours) in items.chain(by_hand) {
        // Nothing that one has put off is hidden from who looks at the team.
        if task.later.is_some() && !team {
            sorted.snoozed.push(task);
        } else if is_ours {
            // Whose move it is goes without saying in one's own list.
            sorted.ours.push(Task {
                party: None,
                ..task
            });
        } else {
            sorted.others.push(task);
        }
    }
    sorted.ours.sort_by_key(|task| task.due_at);
    sorted.others.sort_by_key(|task| task.due_at);
    sorted.snoozed.sort_by_key(|task| task.later);
    open_the_first(&mut sorted.ours, asked);
    sorted
}

/// To whom rows can be handed on: tasks by hand by whoever has one, rows of orders by who leads them.
async fn colleagues(
    db: &mut PgConnection,
    by: &By,
    page: &Page,
    has_tasks: bool,
) -> Result<Vec<(String, String)>> {
    if !has_tasks && !may_reassign(by) {
        return Ok(Vec::new());
    }
    let staff = people::list_active(db).await?;
    Ok(choices(&staff, by, page))
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

/// By time. A manager's decisions stand before everything else; then what one side has said and the other does not know,
/// oldest first: nobody else will carry it over.
fn groups(tasks: Vec<Task>, t: T, decides: bool) -> Vec<Group> {
    let group = |class, sign, label| Group {
        class,
        sign,
        label,
        tasks: Vec::new(),
    };
    let mut groups = [
        group("", "approve", t.desk_group_decide()),
        group("", "relay", t.desk_group_relay()),
        group("late", "late", t.desk_group_late()),
        group("due", "due", t.desk_group_today()),
        group("", "none", t.desk_group_week()),
        group("", "clock", t.desk_group_later()),
    ];
    for task in tasks {
        let place = match &task {
            task if decides && task.approval => 0,
            task if task.pass.is_some() => 1,
            task if task.late => 2,
            task if task.today => 3,
            task if task.week => 4,
            _ => 5,
        };
        if let Some(group) = groups.get_mut(place) {
            group.tasks.push(task);
        }
    }
    if let Some(relays) = groups.get_mut(1) {
        relays.tasks.sort_by_key(|task| task.since);
    }
    groups
        .into_iter()
        .filter(|group| !group.tasks.is_empty())
        .collect()
}

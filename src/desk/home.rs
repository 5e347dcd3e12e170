//! Home 待办: what to do, in order. The rows are open items 未了事项 as the acts left them; nothing is computed here
//! but whose move it is and into which group of time it falls.

use super::groups;
use super::home_money::MoneyDesk;
use super::home_task::{Task, holds, is_ours, open_the_first, task};
use super::list::filter::trades;
use super::sql::{self, ItemRow, Watch};
use crate::base::{By, Channel, Party, Role, T};
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
    /// What waits for others, and how much for whom.
    others: Vec<Task>,
    waits: Vec<(Party, usize)>,
    /// The same, of every kind.
    waiting: usize,
    todo: usize,
    owed: usize,
    watch: Watch,
    /// A manager's view: what stands at risk.
    leads: bool,
    /// Finance's: the queues, and what lies in them too long.
    money: Option<MoneyDesk>,
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

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    pub who: String,
    #[serde(default)]
    pub kind: String,
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
        let set_up = self.watch.any_customer && self.watch.any_factory && self.admin;
        !self.watch.any_order
            && self.money.is_none()
            && self.todo == 0
            && self.waiting == 0
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
    let rows = rows(&mut db, &by, team, &led).await?;
    let watch = sql::watch(&mut db, &by, page.today()).await?;
    let money = MoneyDesk::of(&mut db, &by, &page).await?;
    let cut = i64::try_from(rows.len()).is_ok_and(|len| len >= sql::MOST);
    let (mut ours, mut others) = sort(&rows, &by, &page, &asked);
    let waiting = others.len();
    let todo = ours.len();
    let owed = ours.iter().filter(|task| task.pass.is_some()).count();
    let tabs = tabs(&ours, &asked, page.t);
    for tasks in [&mut ours, &mut others] {
        tasks.retain(|task| asked.kind.is_empty() || task.group == asked.kind);
    }
    Ok(Html(
        HomePage {
            groups: groups(ours, page.t, !led.is_empty()),
            leads: !led.is_empty(),
            money,
            may_open: trades(&by),
            admin: holds(&by, Role::Admin),
            team,
            tabs,
            waits: counted(&others),
            others,
            waiting,
            todo,
            owed,
            watch,
            cut,
            page,
        }
        .render()?,
    ))
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

//! Audit 操作记录: who changed what, and when, newest first. Read-only.
//!
//! The administrator reads people, parties and settings; finance the money and her own acts; a manager the orders of
//! the departments she decides for.

use super::audit_filter::Asked;
use super::order::past_word;
use super::sql;
use crate::base::{By, Role, T};
use crate::history::event::Change;
use crate::history::timeline::{self, Audited, Entry, Place, Scope};
use crate::people::change::{self, Told};
use crate::people::relation::InReach;
use crate::people::rights::{self, Deed};
use crate::people::{Asked as Ask, Relation};
use crate::web::excel::{self, Cell, Sheet};
use crate::web::paging::Slice;
use crate::web::{App, Door, Page, Result, Routes};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, Response};
use sqlx::PgConnection;

const READERS: Door = Door::Only(&[Role::Admin, Role::Manager, Role::Finance]);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/audit", READERS, show)
        .get("/audit.xlsx", READERS, export)
        .never_kept()
}

/// Kinds of things as the filter offers them; some gather several kinds of streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Order,
    Person,
    Department,
    Customer,
    Factory,
    Forwarder,
    Entity,
    Catalog,
    Rate,
    Account,
    Money,
    Setting,
    /// What finance did herself, whatever it changed.
    Own,
}

impl Kind {
    const ALL: [Self; 13] = [
        Self::Order,
        Self::Person,
        Self::Department,
        Self::Customer,
        Self::Factory,
        Self::Forwarder,
        Self::Entity,
        Self::Catalog,
        Self::Rate,
        Self::Account,
        Self::Money,
        Self::Setting,
        Self::Own,
    ];

    const fn code(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Person => "person",
            Self::Department => "department",
            Self::Customer => "customer",
            Self::Factory => "factory",
            Self::Forwarder => "forwarder",
            Self::Entity => "entity",
            Self::Catalog => "catalog",
            Self::Rate => "rate",
            Self::Account => "account",
            Self::Money => "money",
            Self::Setting => "setting",
            Self::Own => "own",
        }
    }

    /// First words of its streams.
    const fn streams(self) -> &'static [&'static str] {
        match self {
            Self::Order => &["order"],
            Self::Person => &["person"],
            Self::Department => &["department"],
            Self::Customer => &["customer"],
            Self::Factory => &["factory"],
            Self::Forwarder => &["forwarder"],
            Self::Entity => &["entity"],
            Self::Catalog => &[
                "product",
                "port",
                "payment_term",
                "courier",
                "unit",
                "currency",
            ],
            Self::Rate => &["rate"],
            Self::Account => &["account", "bank", "payee"],
            Self::Money => &["receipt", "payable", "credit"],
            Self::Setting => &["setting"],
            Self::Own => &[],
        }
    }

    const fn readers(self) -> &'static [Role] {
        match self {
            Self::Order => &[Role::Manager],
            Self::Person
            | Self::Department
            | Self::Customer
            | Self::Factory
            | Self::Forwarder
            | Self::Entity
            | Self::Catalog
            | Self::Setting => &[Role::Admin],
            Self::Rate => &[Role::Admin, Role::Finance],
            Self::Account | Self::Money | Self::Own => &[Role::Finance],
        }
    }

    fn label(self, t: T) -> &'static str {
        match self {
            Self::Order => t.people_audit_kind_order(),
            Self::Person => t.people_audit_kind_person(),
            Self::Department => t.people_audit_kind_department(),
            Self::Customer => t.people_audit_kind_customer(),
            Self::Factory => t.people_audit_kind_factory(),
            Self::Forwarder => t.people_audit_kind_forwarder(),
            Self::Entity => t.people_audit_kind_entity(),
            Self::Catalog => t.people_audit_kind_catalog(),
            Self::Rate => t.people_audit_kind_rate(),
            Self::Account => t.people_audit_kind_account(),
            Self::Money => t.people_audit_kind_money(),
            Self::Setting => t.people_audit_kind_setting(),
            Self::Own => t.people_audit_own(),
        }
    }

    /// The kind a stream belongs to.
    fn of(stream: &str) -> Option<Self> {
        let first = stream.split(':').next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|kind| kind.streams().contains(&first))
    }
}

/// Streams with a chain of their own that no kind names: a shipment's acts stand on its orders' streams too, and are
/// read there.
const TOLD_ELSEWHERE: [&str; 1] = ["shipment"];

/// Whether the audit accounts for a stream; one that nobody has thought of is read by nobody.
pub fn accounts_for(stream: &str) -> bool {
    let first = stream.split(':').next().unwrap_or_default();
    Kind::of(stream).is_some() || TOLD_ELSEWHERE.contains(&first)
}

/// Kinds this reader may read, in the order of the filter.
fn readable(by: &By) -> Vec<Kind> {
    let Some(staff) = by.staff() else {
        return Vec::new();
    };
    Kind::ALL
        .into_iter()
        .filter(|kind| staff.roles.any_of(kind.readers()))
        .collect()
}

/// What is read: one kind when it was asked for and may be read, else all that may be.
fn scope(by: &By, wanted: &str) -> Scope {
    let mut kinds = readable(by);
    if let Some(one) = kinds.iter().copied().find(|kind| kind.code() == wanted) {
        kinds = vec![one];
    }
    let streams = kinds.iter().flat_map(|kind| kind.streams());
    Scope {
        kinds: streams.map(|first| (*first).to_owned()).collect(),
        departments: InReach::led(by),
        own: by.person().filter(|_| kinds.contains(&Kind::Own)),
    }
}

/// One entry as it is shown.
struct Line {
    kind: String,
    subject: String,
    /// Empty where there is no page, or none for this reader.
    href: String,
    entry: Entry,
    told: Vec<Told>,
}

#[derive(Template)]
#[template(path = "desk/audit.html")]
struct AuditPage {
    page: Page,
    asked: Asked,
    kinds: Vec<(&'static str, &'static str)>,
    people: Vec<(String, String)>,
    /// Whether anything of an order can be among it.
    by_order: bool,
    lines: Vec<Line>,
    first: String,
    next: String,
}

impl AuditPage {
    fn excel(&self) -> String {
        format!("/audit.xlsx?{}", self.asked.query())
    }
}

async fn read(
    db: &mut PgConnection,
    by: &By,
    page: &Page,
    asked: &Asked,
    most: i64,
) -> Result<Vec<Audited>> {
    let led = InReach::led(by);
    rights::must(by, Ask::from(Deed::ReadAudit), &Relation::to_led(&led))?;
    let before = Place::parse(&asked.before).unwrap_or_else(Place::newest);
    let (scope, sought) = (scope(by, &asked.kind), asked.sought(page));
    timeline::audit(db, &scope, &sought, &before, page.lang, most).await
}

async fn show(
    State(app): State<App>,
    by: By,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let rows = read(&mut db, &by, &page, &asked, 51).await?;
    let slice = Slice::cut(rows, 50, |row| row.place().key());
    let readable = readable(&by);
    let kinds: Vec<_> = readable
        .iter()
        .map(|kind| (kind.code(), kind.label(page.t)))
        .collect();
    let orders = [Kind::Order, Kind::Money, Kind::Own];
    let html = AuditPage {
        first: if asked.before.is_empty() {
            String::new()
        } else {
            asked.at("")
        },
        next: slice.next.map_or_else(String::new, |next| asked.at(&next)),
        lines: slice
            .rows
            .into_iter()
            .map(|row| line(row, &by, page.t))
            .collect(),
        by_order: readable.iter().any(|kind| orders.contains(kind)),
        people: sql::everybody(&mut db, page.lang).await?,
        asked,
        kinds,
        page,
    };
    Ok(Html(html.render()?))
}

fn line(row: Audited, by: &By, t: T) -> Line {
    let kind = Kind::of(&row.stream);
    let parts = row.stream.split_once(':').unwrap_or((&row.stream, ""));
    Line {
        href: href(parts, row.code.as_deref(), by),
        subject: row.subject.or(row.code).unwrap_or_default(),
        kind: kind.map_or_else(|| parts.0.to_owned(), |kind| kind.label(t).to_owned()),
        told: change::told(&in_words(&row.entry.changes, t), t),
        entry: row.entry,
    }
}

/// Fields of lines, notes and tasks by the words of the order's own timeline.
fn in_words(changes: &[Change], t: T) -> Vec<Change> {
    let named = |change: &Change| Change {
        field: past_word(t, &change.field).unwrap_or_else(|| change.field.clone()),
        ..change.clone()
    };
    changes.iter().map(named).collect()
}

fn href((first, id): (&str, &str), code: Option<&str>, by: &By) -> String {
    let kind = Kind::of(first);
    let admin = by.staff().is_some_and(|staff| staff.roles.has(Role::Admin));
    match (kind, code) {
        (Some(Kind::Person), _) if admin => format!("/users/{id}"),
        (Some(Kind::Department), _) if admin => format!("/departments/{id}"),
        (Some(Kind::Order), Some(number)) => format!("/orders/{number}"),
        (Some(Kind::Customer), Some(code)) => format!("/customers/{code}"),
        (Some(Kind::Factory), Some(code)) => format!("/factories/{code}"),
        (Some(Kind::Forwarder), Some(code)) => format!("/forwarders/{code}"),
        (Some(Kind::Entity), _) if admin => "/company".to_owned(),
        // Who reads the money here knows every receipt, payable and credit.
        (Some(Kind::Money), Some(code)) => match first {
            "receipt" => format!("/receipts/{code}"),
            "payable" => format!("/payables/{code}"),
            _ => format!("/credits/{code}"),
        },
        _ => String::new(),
    }
}

/// The same as a workbook, up to five thousand entries.
async fn export(
    State(app): State<App>,
    by: By,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let t = page.t;
    let mut db = app.db.acquire().await?;
    let rows = read(&mut db, &by, &page, &asked, excel::SHORT + 1).await?;
    let people = sql::everybody(&mut db, page.lang).await?;
    drop(db);
    let heads = [
        t.people_audit_when(),
        t.people_audit_who(),
        t.people_audit_kind(),
        t.people_audit_about(),
        t.people_audit_what(),
        t.web_diff_change(),
    ];
    let sheet = Sheet {
        name: t.web_nav_audit().to_owned(),
        heads: heads.map(str::to_owned).into(),
        rows: rows
            .into_iter()
            .map(|row| cells(line(row, &by, t), &page))
            .collect(),
        most: excel::SHORT,
    };
    let about = about(&by, &page, &asked, people);
    excel::download("audit.xlsx", &sheet, &about, t)
}

/// What the workbook holds: what was looked for, by whom and when.
fn about(
    by: &By,
    page: &Page,
    asked: &Asked,
    people: Vec<(String, String)>,
) -> [(String, String); 7] {
    let t = page.t;
    let wanted = readable(by)
        .into_iter()
        .find(|kind| kind.code() == asked.kind)
        .map_or(t.people_audit_all_kinds(), |kind| kind.label(t));
    let person = people.into_iter().find(|(id, _)| *id == asked.person);
    let who = by.staff().map_or("", |staff| staff.name(page.lang));
    [
        (t.people_audit_kind(), wanted.to_owned()),
        (
            t.people_audit_person(),
            person.map_or_else(String::new, |(_, name)| name),
        ),
        (t.people_audit_order(), asked.order.clone()),
        (t.people_audit_from(), asked.from.clone()),
        (t.people_audit_until(), asked.until.clone()),
        (t.people_audit_who(), who.to_owned()),
        (t.people_audit_when(), page.moment_iso(page.at)),
    ]
    .map(|(name, value)| (name.to_owned(), value))
}

fn cells(line: Line, page: &Page) -> Vec<Cell> {
    let changes: Vec<String> = line
        .told
        .iter()
        .map(|one| format!("{}: {} → {}", one.field, one.from, one.to))
        .collect();
    let who = who(&line.entry, page.t);
    vec![
        Cell::text(page.moment_iso(line.entry.at)),
        Cell::text(who),
        Cell::text(line.kind),
        Cell::text(line.subject),
        Cell::text(line.entry.text),
        Cell::text(changes.join("\n")),
    ]
}

/// `许安`, `江予宁 (for 顾明川)`, or the house itself.
fn who(entry: &Entry, t: T) -> String {
    let name = entry.who.as_deref().unwrap_or(t.people_house());
    match &entry.on_behalf_of {
        Some(absent) => format!("{name} ({})", t.people_for_whom(absent)),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{DepartmentId, Lang, PersonId, Roles, Staff, Who};
    use uuid::Uuid;

    fn by(roles: &[Role], leads: &[u128]) -> By {
        let led = |last: &u128| DepartmentId(Uuid::from_u128(*last));
        By {
            who: Who::Staff(Staff {
                id: PersonId(Uuid::from_u128(1)),
                name_zh: String::new(),
                name_en: String::new(),
                roles: Roles::new(roles.iter().copied()),
                department: Some(DepartmentId(Uuid::from_u128(99))),
                leads: leads.iter().map(led).collect(),
                stands_in: Vec::new(),
            }),
            at: chrono::DateTime::UNIX_EPOCH,
            lang: Lang::Zh,
        }
    }

    #[test]
    fn the_administrator_reads_no_order_and_no_money() {
        let scope = scope(&by(&[Role::Admin], &[]), "");
        for hidden in ["order", "receipt", "payee", "account", "bank"] {
            assert!(!scope.kinds.iter().any(|kind| kind == hidden), "{hidden}");
        }
        assert!(scope.kinds.iter().any(|kind| kind == "person"));
        assert_eq!(scope.own, None);
    }

    #[test]
    fn a_manager_reads_orders_of_the_departments_she_leads_only() {
        // Being an operator of another department gives no audit of it.
        let reader = by(&[Role::Manager, Role::OrderOperator], &[7]);
        let scope = scope(&reader, "");
        assert_eq!(scope.kinds, ["order"]);
        assert_eq!(scope.departments, [Uuid::from_u128(7)]);
    }

    #[test]
    fn finance_reads_the_money_and_her_own_acts() {
        let reader = by(&[Role::Finance], &[]);
        let all = scope(&reader, "");
        assert!(all.kinds.iter().any(|kind| kind == "payee"));
        assert!(
            !all.kinds
                .iter()
                .any(|kind| kind == "order" || kind == "person")
        );
        assert_eq!(all.own, reader.person());
        let money = scope(&reader, "money");
        assert_eq!(money.own, None);
        assert!(scope(&reader, "own").kinds.is_empty());
    }

    #[test]
    fn a_kind_that_is_not_hers_is_not_read_by_asking_for_it() {
        let reader = by(&[Role::Admin], &[]);
        assert_eq!(scope(&reader, "order"), scope(&reader, ""));
        assert_eq!(scope(&reader, "person").kinds, ["person"]);
        assert!(scope(&by(&[Role::Salesperson], &[]), "").kinds.is_empty());
    }

    #[test]
    fn every_stream_belongs_to_one_kind() {
        let mut seen = Vec::new();
        for kind in Kind::ALL {
            for first in kind.streams() {
                assert!(!seen.contains(first), "{first}");
                assert_eq!(Kind::of(&format!("{first}:1")), Some(kind));
                seen.push(*first);
            }
        }
    }
}

//! Pages: the shipments of the house that one may know, and those of one order.

use super::list_sql::{self, Filter, Row};
use super::mode::Mode;
use super::stage::Stage;
use crate::base::{By, OrderNumber, Role, T};
use crate::orders::{self, Head};
use crate::people::Deed;
use crate::web::barred::Barred;
use crate::web::excel::{self, Cell, Sheet};
use crate::web::paging::{self, Slice};
use crate::web::routes::percent;
use crate::web::{App, Error, Page, Result};
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::{Html, Response};

#[derive(Template)]
#[template(path = "shipping/list.html")]
struct ListPage {
    page: Page,
    filter: Filter,
    rows: Vec<Row>,
    stages: Vec<(String, String)>,
    modes: Vec<(String, String)>,
    /// Late customs sets by forwarder.
    late: Vec<(String, i64)>,
    next: String,
}

impl ListPage {
    fn late_count(&self) -> i64 {
        self.late.iter().map(|(_, count)| count).sum()
    }

    fn unfiltered(&self) -> bool {
        let filter = &self.filter;
        let words = [&filter.text, &filter.stage, &filter.mode];
        words.iter().all(|word| word.is_empty()) && !filter.late
    }
}

#[derive(Template)]
#[template(path = "shipping/of_order.html")]
struct OrderPage {
    page: Page,
    head: Head,
    rows: Vec<Row>,
    may_plan: bool,
}

impl ListPage {
    fn excel(&self) -> String {
        format!("/shipments.xlsx?{}", self.filter.query())
    }
}

impl Row {
    fn tone(&self) -> &'static str {
        Stage::parse(&self.stage).map_or("", Stage::tone)
    }

    fn stage_word(&self, page: &Page) -> &'static str {
        Stage::parse(&self.stage).map_or("", |stage| stage.label(page.t))
    }

    fn mode_word(&self, page: &Page) -> &'static str {
        Mode::parse(&self.mode).map_or("", |mode| mode.label(page.t))
    }
}

fn read(query: &str) -> (Filter, usize) {
    let pairs: Vec<(String, String)> = serde_html_form::from_str(query).unwrap_or_default();
    let get = |name: &str| {
        pairs
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.trim().chars().take(60).collect::<String>())
            .unwrap_or_default()
    };
    let stage = get("stage");
    let known = stage == "under_way" || Stage::parse(&stage).is_some();
    let filter = Filter {
        text: get("q").replace(['%', '_', '\\'], ""),
        stage: if known { stage } else { String::new() },
        mode: Mode::parse(&get("mode")).map_or("", Mode::code).to_owned(),
        late: get("late") == "yes",
        after: get("after"),
    };
    (filter, paging::size(&get("size")))
}

/// The stages a list can be narrowed to, those under way before each of them.
fn stages(t: T) -> Vec<(String, String)> {
    let mut stages = vec![("under_way".to_owned(), t.shipping_under_way().to_owned())];
    let each = Stage::ALL.iter();
    stages.extend(each.map(|stage| (stage.code().to_owned(), stage.label(t).to_owned())));
    stages
}

fn may_list(by: &By) -> Result<()> {
    let trades = by
        .staff()
        .is_some_and(|staff| staff.roles.any_of(&Role::TRADES));
    if trades {
        Ok(())
    } else {
        Err(Error::Barred(Box::new(Barred::of(&Role::TRADES))))
    }
}

impl Filter {
    fn query(&self) -> String {
        let words = [
            ("q", self.text.as_str()),
            ("stage", &self.stage),
            ("mode", &self.mode),
            ("late", if self.late { "yes" } else { "" }),
        ];
        let words = words.map(|(name, value)| format!("{name}={}", percent(value)));
        words.join("&")
    }
}

/// The same list as a workbook.
pub(in crate::shipping) async fn workbook(
    State(app): State<App>,
    by: By,
    page: Page,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    may_list(&by)?;
    let (filter, _) = read(&query.unwrap_or_default());
    let filter = Filter {
        after: String::new(),
        ..filter
    };
    let mut db = app.db.acquire().await?;
    let rows = list_sql::rows(&mut db, &by, &filter, excel::MOST + 1).await?;
    let t = page.t;
    let sheet = Sheet {
        name: t.shipping_title().to_owned(),
        heads: heads(t).map(str::to_owned).into(),
        rows: rows.into_iter().map(|row| cells(row, &page)).collect(),
        most: excel::MOST,
    };
    let stages = stages(t);
    let stage = stages.iter().find(|(code, _)| *code == filter.stage);
    let mode = Mode::parse(&filter.mode).map_or("", |mode| mode.label(t));
    let about = [
        (t.shipping_search(), filter.text.as_str()),
        (t.shipping_stage(), stage.map_or("", |(_, word)| word)),
        (t.shipping_mode(), mode),
        (
            t.shipping_was_late(),
            if filter.late { t.records_yes() } else { "" },
        ),
    ];
    let file = format!("shipments_{}.xlsx", page.today());
    excel::download(&file, &sheet, &excel::taken(&by, &page, &about), t)
}

fn heads(t: T) -> [&'static str; 12] {
    [
        t.shipping_shipment(),
        t.shipping_stage(),
        t.shipping_customer(),
        t.shipping_order(),
        t.shipping_mode(),
        t.shipping_forwarder(),
        t.shipping_vessel_voyage(),
        t.shipping_route(),
        "ETD",
        "ETA",
        t.shipping_next_cutoff(),
        t.shipping_was_late(),
    ]
}

fn cells(row: Row, page: &Page) -> Vec<Cell> {
    let late = if row.late { page.t.records_yes() } else { "" };
    let cutoff = row.cutoff.map(|at| page.moment_iso(at));
    vec![
        Cell::text(row.number.clone()),
        Cell::text(row.stage_word(page)),
        Cell::text(row.customer.clone()),
        Cell::text(row.orders.join(", ")),
        Cell::text(row.mode_word(page)),
        Cell::text(row.forwarder),
        Cell::text(row.vessel),
        Cell::text(row.ports),
        Cell::day(row.etd),
        Cell::day(row.eta),
        Cell::text(cutoff.unwrap_or_default()),
        Cell::text(late),
    ]
}

pub(in crate::shipping) async fn list(
    State(app): State<App>,
    by: By,
    page: Page,
    RawQuery(query): RawQuery,
) -> Result<Html<String>> {
    may_list(&by)?;
    let (filter, size) = read(&query.unwrap_or_default());
    let mut db = app.db.acquire().await?;
    let limit = i64::try_from(size + 1).unwrap_or(i64::MAX);
    let rows = list_sql::rows(&mut db, &by, &filter, limit).await?;
    let late = list_sql::late(&mut db, &by).await?;
    let slice = Slice::cut(rows, size, |row| row.number.clone());
    let stages = stages(page.t);
    let next = slice
        .next
        .map(|after| format!("/shipments?{}&after={}", filter.query(), percent(&after)));
    let drawn = ListPage {
        modes: Mode::choices(page.t),
        next: next.unwrap_or_default(),
        rows: slice.rows,
        late,
        stages,
        filter,
        page,
    };
    Ok(Html(drawn.render()?))
}

pub(in crate::shipping) async fn of_order(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = orders::find(&mut db, &by, &number).await?;
    let own = list_sql::of_order(&mut db, &order).await?;
    let filter = Filter {
        text: order.number.to_string(),
        ..Filter::default()
    };
    let mut rows = list_sql::rows(&mut db, &by, &filter, 200).await?;
    rows.retain(|row| own.contains(&row.number));
    let head = Head::load(&mut db, &order, "shipments", &page).await?;
    let drawn = OrderPage {
        may_plan: order.condition.moves() && order.may(&by, Deed::PlanShipment),
        page,
        head,
        rows,
    };
    Ok(Html(drawn.render()?))
}

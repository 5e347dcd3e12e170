//! Pages: the shipments of the house that one may know, and those of one order.

use super::list_sql::{self, Filter, Row};
use super::mode::Mode;
use super::stage::Stage;
use crate::base::{By, OrderNumber};
use crate::orders::{self, Head};
use crate::people::Deed;
use crate::web::paging::{self, Slice};
use crate::web::{App, Error, Page, Result};
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::Html;

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

impl Filter {
    /// The address of the page that begins after this number.
    fn from(&self, after: &str) -> String {
        let query = [
            ("q", self.text.as_str()),
            ("stage", &self.stage),
            ("mode", &self.mode),
            ("late", if self.late { "yes" } else { "" }),
            ("after", after),
        ];
        serde_html_form::to_string(query)
            .map(|query| format!("/shipments?{query}"))
            .unwrap_or_default()
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

pub(in crate::shipping) async fn list(
    State(app): State<App>,
    by: By,
    page: Page,
    RawQuery(query): RawQuery,
) -> Result<Html<String>> {
    let trades = by
        .staff()
        .is_some_and(|staff| staff.roles.any_of(&crate::base::Role::TRADES));
    if !trades {
        return Err(Error::Forbidden);
    }
    let (filter, size) = read(&query.unwrap_or_default());
    let mut db = app.db.acquire().await?;
    let limit = i64::try_from(size + 1).unwrap_or(i64::MAX);
    let rows = list_sql::rows(&mut db, &by, &filter, limit).await?;
    let late = list_sql::late(&mut db, &by).await?;
    let slice = Slice::cut(rows, size, |row| row.number.clone());
    let mut stages = vec![(
        "under_way".to_owned(),
        page.t.shipping_under_way().to_owned(),
    )];
    stages.extend(
        Stage::ALL
            .iter()
            .map(|stage| (stage.code().to_owned(), stage.label(page.t).to_owned())),
    );
    let next = slice.next.map(|after| filter.from(&after));
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

//! Pages: the change orders of an order, and one of them with its difference, its answers and what it makes stale.

use super::acts::SUBJECT;
use super::fields::{Asks, paths};
use super::sql;
use super::stage::{Move, Stage};
use super::thing::{Asked, ChangeOrder};
use crate::approvals::{self, History, Open};
use crate::base::{By, OrderNumber, Party};
use crate::documents::register;
use crate::orders::amending::{Cell, name_of};
use crate::orders::lines::{self, Line};
use crate::orders::{self, Head, Order};
use crate::people::Deed;
use crate::relay::addressee;
use crate::web::{App, Error, Faults, Fields, Page, Result};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sqlx::PgConnection;

/// Where a change order is, as its address says.
pub(super) type Spot = (String, i32);

/// Where a change order is read.
pub(super) fn url(order: &Order, change: i32) -> String {
    format!("{}/changes/{change}", order.url())
}

/// The order and one change order, for reading.
pub(super) async fn find(
    db: &mut PgConnection,
    by: &By,
    (number, change): &Spot,
) -> Result<(Order, ChangeOrder)> {
    let number = OrderNumber::parse(number).ok_or(Error::NotFound)?;
    let order = orders::find(db, by, &number).await?;
    let change = sql::read(db, &order, Some(*change))
        .await?
        .into_iter()
        .next()
        .ok_or(Error::NotFound)?;
    Ok((order, change))
}

#[derive(Template)]
#[template(path = "changes/list.html")]
struct ListPage {
    page: Page,
    head: Head,
    changes: Vec<ChangeOrder>,
    may_raise: bool,
}

pub(super) async fn list(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let number = OrderNumber::parse(&number).ok_or(Error::NotFound)?;
    let mut db = app.db.acquire().await?;
    let order = orders::find(&mut db, &by, &number).await?;
    let page = ListPage {
        changes: sql::read(&mut db, &order, None).await?,
        may_raise: order.condition.moves() && order.may(&by, Deed::RaiseChangeOrder),
        head: Head::load(&mut db, &order, "issues", &page).await?,
        page,
    };
    Ok(Html(page.render()?))
}

/// One row of the difference.
struct Row {
    name: String,
    before: String,
    after: String,
    kind: String,
    lead: bool,
    figure: bool,
    same: bool,
}

/// What this reader may do now; the same questions the gates ask.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one answer a button")]
struct Can {
    decide: bool,
    agree: bool,
    acknowledge: bool,
    refuse: bool,
    apply: bool,
    withdraw: bool,
}

impl Can {
    fn of(order: &Order, by: &By, change: &ChangeOrder, open: Option<&Open>) -> Self {
        let may = |step: Move| {
            order.condition.moves()
                && change.stage.after(step).is_some()
                && order.may(by, step.deed())
        };
        Self {
            decide: order.condition.moves()
                && open
                    .is_some_and(|open| order.may(by, Deed::ApproveChangeOrder.of(open.hands()))),
            agree: may(Move::Agree) && change.asks.customer && change.agreed.is_none(),
            acknowledge: may(Move::AcknowledgeLine),
            refuse: may(Move::Refuse) && (change.asks.customer || !change.lines.is_empty()),
            apply: may(Move::Apply) && change.lacks().is_empty(),
            withdraw: may(Move::Withdraw),
        }
    }
}

#[derive(Template)]
#[template(path = "changes/one.html")]
struct OnePage {
    page: Page,
    order: Order,
    change: ChangeOrder,
    rows: Vec<Row>,
    /// Papers it makes or made outdated.
    papers: Vec<String>,
    history: Vec<History>,
    can: Can,
    shown: String,
    words: String,
    faults: Faults,
}

impl OnePage {
    fn url(&self) -> String {
        url(&self.order, self.change.number)
    }

    fn channel_word(&self, code: &str) -> String {
        crate::base::Channel::parse(code)
            .map(|channel| channel.label(self.page.t).to_owned())
            .unwrap_or_default()
    }

    fn maker(&self, asked: &Asked) -> String {
        addressee::label(self.page.t, Party::Factory, &asked.factory)
    }

    fn may_acknowledge(&self, asked: &Asked) -> bool {
        self.can.acknowledge && asked.acknowledged.is_none()
    }

    fn is_open(&self) -> bool {
        self.change.stage == Stage::Raised
    }
}

pub(super) async fn one(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(spot): Path<Spot>,
) -> Result<Response> {
    let mut db = app.db.acquire().await?;
    draw(&mut db, page, &by, &spot, None).await
}

/// The page; drawn again with the manager's words where her answer was refused.
#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
pub(super) async fn draw(
    db: &mut PgConnection,
    page: Page,
    by: &By,
    spot: &Spot,
    typed: Option<(Fields, Faults)>,
) -> Result<Response> {
    let (order, change) = find(db, by, spot).await?;
    let open = approvals::open_for(db, SUBJECT, change.id).await?;
    let goods = lines::lines(db, &order).await?;
    let prices = order.may(by, Deed::SeeCustomerPrices);
    let changed: Vec<String> = change.cells.iter().flat_map(paths).collect();
    let papers = if change.stage == Stage::Raised {
        register::printing(db, order.id(), &changed).await?
    } else {
        made_stale(db, &order, change.number).await?
    };
    let (words, faults) = typed
        .map(|(fields, faults)| (fields.get("words").to_owned(), faults))
        .unwrap_or_default();
    let refused = !faults.is_empty();
    let history = approvals::history(db, SUBJECT, order.id()).await?;
    let page = OnePage {
        rows: change
            .cells
            .iter()
            .map(|cell| row(&page, &goods, cell, prices))
            .collect(),
        history: history
            .into_iter()
            .filter(|one| one.revision == change.number)
            .collect(),
        can: Can::of(&order, by, &change, open.as_ref()),
        shown: open
            .map(|open| BASE64_URL_SAFE_NO_PAD.encode(&open.content_hash))
            .unwrap_or_default(),
        papers,
        words,
        faults,
        order,
        change,
        page,
    };
    let html = Html(page.render()?);
    Ok(if refused {
        (StatusCode::UNPROCESSABLE_ENTITY, html).into_response()
    } else {
        html.into_response()
    })
}

async fn made_stale(db: &mut PgConnection, order: &Order, number: i32) -> Result<Vec<String>> {
    let by_what = format!("change_order:{number}");
    let papers = register::papers(db, order.id()).await?;
    Ok(papers
        .iter()
        .filter(|paper| paper.stale_by == by_what)
        .map(register::Issued::name)
        .collect())
}

/// Old and new of one cell; a price is drawn only for who may see it.
fn row(page: &Page, goods: &[Line], cell: &Cell, prices: bool) -> Row {
    let t = page.t;
    let field = name_of(t, cell.line.is_some(), &cell.field);
    let place = cell
        .line
        .and_then(|line| goods.iter().position(|held| held.id == line));
    let name = match place.and_then(|place| Some((place, goods.get(place)?))) {
        Some((place, line)) => {
            let called = [line.item_no.as_str(), line.colour.as_str()].join(" ");
            format!(
                "{} · {field}",
                t.proforma_line_name(place + 1, called.trim().to_owned())
            )
        }
        None => field.to_owned(),
    };
    let hidden = cell.field == "price" && !prices;
    let shown = |value: &str| {
        if hidden {
            return t.changes_hidden().to_owned();
        }
        if cell.field == "payment" {
            return crate::base::payment_words::word(t, value);
        }
        value.to_owned()
    };
    Row {
        name,
        before: shown(&cell.old),
        after: shown(&cell.new),
        kind: asked_words(page, cell),
        lead: false,
        figure: matches!(cell.field.as_str(), "quantity" | "price" | "cartons"),
        same: false,
    }
}

/// Whose answer this field asks for.
fn asked_words(page: &Page, cell: &Cell) -> String {
    let (t, asks) = (page.t, Asks::of(cell));
    let mut who = Vec::new();
    if asks.manager {
        who.push(t.base_party_manager());
    }
    if asks.customer {
        who.push(t.base_party_customer());
    }
    if asks.factory {
        who.push(t.base_party_factory());
    }
    who.join(t.web_list_comma())
}

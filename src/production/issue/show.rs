//! Pages: the issues of an order, and one issue with its two streams and what was agreed between them.

use super::questions::Spot;
use super::stage::Move;
use super::thing::{Issue, Message};
use super::thread::deed;
use super::told::{Told, told};
use super::{sql, thread_sql};
use crate::base::{Audience, By, FileId, OrderNumber, Party};
use crate::orders::{self, Head, Opened, Order};
use crate::people::Deed;
use crate::production::asking;
use crate::web::{App, Error, Faults, Fields, Page, Result};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;
use sqlx::PgConnection;

/// Where an issue is read.
pub(super) fn url(order: &Order, issue: i32) -> String {
    format!("{}/issues/{issue}", order.url())
}

/// The order and one issue, for reading.
pub(super) async fn find(
    db: &mut PgConnection,
    by: &By,
    (number, issue): &Spot,
) -> Result<(Order, Issue)> {
    let number = OrderNumber::parse(number).ok_or(Error::NotFound)?;
    let order = orders::find(db, by, &number).await?;
    let issue = sql::read(db, &order, Some(*issue))
        .await?
        .into_iter()
        .next()
        .ok_or(Error::NotFound)?;
    Ok((order, issue))
}

#[derive(Template)]
#[template(path = "issues/list.html")]
struct ListPage {
    page: Page,
    head: Head,
    issues: Vec<Issue>,
    may_report: bool,
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
        issues: sql::read(&mut db, &order, None).await?,
        may_report: order.may(&by, Deed::ReportIssue),
        head: Head::load(&mut db, &order, "issues", &page).await?,
        page,
    };
    Ok(Html(page.render()?))
}

/// What this reader may do with the issue now; the same questions the gates ask.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one answer a button")]
struct Can {
    hand_to_sales: bool,
    ask_customer: bool,
    agree: bool,
    convey: bool,
    acknowledge: bool,
    resolve: bool,
    close: bool,
    drop: bool,
    change: bool,
    write: bool,
    note: bool,
}

impl Can {
    fn of(order: &Order, by: &By, issue: &Issue) -> Self {
        let may = |step: Move| {
            (order.condition.moves() || issue.is_claim())
                && issue.stage.after(step).is_some()
                && order.may(by, step.deed())
        };
        Self {
            hand_to_sales: may(Move::HandToSales),
            ask_customer: may(Move::AskCustomer),
            agree: may(Move::Agree),
            convey: may(Move::Convey),
            acknowledge: may(Move::Acknowledge),
            resolve: may(Move::Resolve),
            close: may(Move::Close),
            drop: may(Move::Drop),
            change: order.condition.moves()
                && issue.stage.is_open()
                && !issue.stage.wants_a_result()
                && order.may(by, Deed::RaiseChangeOrder),
            write: order.may(by, deed(Audience::Factory)),
            note: order.may(by, deed(Audience::Internal)),
        }
    }
}

/// A change order that came of the issue.
pub(super) struct Came {
    pub number: i32,
    pub stage: crate::production::change::Stage,
}

#[derive(Template)]
#[template(path = "issues/one.html")]
struct OnePage {
    page: Page,
    order: Order,
    issue: Issue,
    factory: Vec<Message>,
    customer: Vec<Message>,
    inside: Vec<Message>,
    changes: Vec<Came>,
    /// The factories the result was conveyed to, each with what it has said.
    told: Vec<Told>,
    opened: Opened,
    can: Can,
    prices: bool,
    late: bool,
    factories: String,
    channels: Vec<(String, String)>,
    /// Which of the three columns a phone shows.
    here: &'static str,
    again: Again,
}

/// What was written in a stream and refused.
#[derive(Default)]
pub(super) struct Again {
    audience: &'static str,
    fields: Fields,
    faults: Faults,
}

impl Again {
    pub(super) fn of(audience: Audience, fields: Fields, faults: Faults) -> Self {
        Self {
            audience: audience.code(),
            fields,
            faults,
        }
    }
}

impl OnePage {
    fn url(&self) -> String {
        url(&self.order, self.issue.number)
    }

    /// What stands in a field of a stream's form: what was refused, else today for the day.
    fn typed(&self, to: &str, name: &str) -> String {
        if self.again.audience == to {
            self.again.fields.get(name).to_owned()
        } else if name == "day" {
            self.page.today().to_string()
        } else {
            String::new()
        }
    }

    fn fault(&self, to: &str, name: &str) -> String {
        if self.again.audience == to {
            self.page.fault(&self.again.faults, name)
        } else {
            String::new()
        }
    }

    /// The id of a field: the refused form's are those that the list of its faults leads to.
    fn spot(&self, to: &str, name: &str) -> String {
        if self.again.audience == to {
            format!("f-{name}")
        } else {
            format!("w-{to}-{name}")
        }
    }

    /// What a side said and the other does not know yet.
    fn may_cross(&self, message: &Message) -> bool {
        self.can.write && super::thread::other_side(message).is_ok()
    }

    #[expect(clippy::unused_self, reason = "the template asks its page")]
    fn is_ours(&self, message: &Message) -> bool {
        message.from == Party::Us
    }

    fn to_word(&self, message: &Message) -> &'static str {
        if message.from == Party::Factory {
            self.page.t.issues_put_to_customer()
        } else {
            self.page.t.issues_put_to_factory()
        }
    }

    #[expect(clippy::unused_self, reason = "the template asks its page")]
    fn to_lang(&self, message: &Message) -> &'static str {
        if message.from == Party::Factory {
            "en"
        } else {
            "zh-CN"
        }
    }

    fn opens(&self, file: &FileId) -> bool {
        self.opened.has(*file)
    }

    fn channel_word(&self, code: &str) -> String {
        crate::base::Channel::parse(code)
            .map(|channel| channel.label(self.page.t).to_owned())
            .unwrap_or_default()
    }

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "the template hands its fields over by reference"
    )]
    fn relay_href(&self, number: &i32) -> String {
        format!("{}/timeline#relay-{number}", self.order.url())
    }

    #[expect(clippy::unused_self, reason = "the template asks its page")]
    fn is_picture(&self, media: &str) -> bool {
        media.starts_with("image/") && media != "image/heic"
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Column {
    side: String,
}

pub(super) async fn one(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(spot): Path<Spot>,
    Query(asked): Query<Column>,
) -> Result<Html<String>> {
    draw(
        &app,
        page,
        &by,
        &spot,
        (asked.side.as_str(), Again::default()),
    )
    .await
}

/// The page once more with what was typed and what was missing.
pub(super) async fn again(
    app: &App,
    page: Page,
    by: &By,
    spot: &Spot,
    again: Again,
) -> Result<Response> {
    let html = draw(app, page, by, spot, (again.audience, again)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

async fn draw(
    app: &App,
    page: Page,
    by: &By,
    spot: &Spot,
    (side, again): (&str, Again),
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let (order, issue) = find(&mut db, by, spot).await?;
    let said = thread_sql::messages(&mut db, &order, &issue).await?;
    let changes = super::list_sql::changes_of(&mut db, &order, &issue).await?;
    let head = Head::load(&mut db, &order, "issues", &page).await?;
    let told = told(&mut db, &order, &issue).await?;
    let of = |audience: Audience| -> Vec<Message> {
        said.iter()
            .filter(|message| message.audience == audience)
            .cloned()
            .collect()
    };
    let page = OnePage {
        factory: of(Audience::Factory),
        customer: of(Audience::Customer),
        inside: of(Audience::Internal),
        opened: Opened::of(&mut db, &order).await?,
        can: Can::of(&order, by, &issue),
        prices: order.may(by, Deed::SeeCustomerPrices),
        late: issue.stage.is_open() && issue.due_at < page.at,
        factories: head.factories.join(page.t.web_list_comma()),
        channels: asking::channels(page.t),
        here: match side {
            "customer" => "customer",
            "result" => "result",
            _ => "factory",
        },
        again,
        changes,
        told,
        order,
        issue,
        page,
    };
    Ok(Html(page.render()?))
}

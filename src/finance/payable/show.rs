//! Pages: one payable, and the list of them with its workbook.

use super::payment_sql::{self, Paid};
use super::record::{Account, Payable};
use super::sql;
use super::stage::{Move, Stage};
use crate::base::By;
use crate::finance::listing::{self, Listed};
use crate::orders::Order;
use crate::people::Deed;
use crate::records::Happened;
use crate::web::excel::{self, Cell, Sheet};
use crate::web::{App, Page, Result};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, Response};
use sqlx::PgConnection;

/// What this reader may do with the payable now; the same questions the gates ask.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one answer a button")]
pub(super) struct Can {
    pub edit: bool,
    pub ask: bool,
    pub withdraw: bool,
    pub decide: bool,
    pub revise: bool,
    pub pay: bool,
    pub reverse: bool,
    pub note_invoice: bool,
    pub void: bool,
}

impl Can {
    fn of(order: &Order, by: &By, payable: &Payable, account_changed: bool) -> Self {
        let may = |step: Move| {
            payable.stage.after(step).is_some()
                && order.may(by, step.deed().of(payable.hands(by.person())))
        };
        Self {
            edit: may(Move::Edit),
            ask: may(Move::Ask) && (payable.stage != Stage::Approved || account_changed),
            withdraw: may(Move::Withdraw),
            decide: may(Move::Approve) && !account_changed,
            revise: may(Move::Revise),
            pay: may(Move::Pay) && !account_changed,
            reverse: may(Move::Reverse),
            note_invoice: payable.lacks_invoice() && may(Move::NoteInvoice),
            void: may(Move::Void),
        }
    }
}

#[derive(Template)]
#[template(path = "payable/one.html")]
pub(super) struct OnePage {
    pub page: Page,
    pub payable: Payable,
    pub order: Order,
    pub can: Can,
    pub paid: Vec<Paid>,
    pub accounts: Vec<Account>,
    pub account_changed: bool,
    pub sees_accounts: bool,
    pub happened: Happened,
}

impl OnePage {
    pub(super) fn ask_verb(&self) -> &'static str {
        if self.payable.stage == Stage::Approved {
            self.page.t.payable_ask_anew()
        } else {
            self.page.t.payable_ask()
        }
    }
}

pub(super) async fn one(
    State(app): State<App>,
    by: By,
    page: Page,
    Path(number): Path<String>,
) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let payable = sql::find(&mut db, &by, &number).await?;
    let order = crate::orders::find(&mut db, &by, &payable.order).await?;
    order.must(&by, Deed::SeeFactoryPrices)?;
    let (accounts, account_changed) = accounts(&mut db, (&order, &by), &payable).await?;
    let page = OnePage {
        can: Can::of(&order, &by, &payable, account_changed),
        paid: payment_sql::paid(&mut db, payable.id).await?,
        sees_accounts: order.may(&by, Deed::SeePayeeAccounts),
        accounts,
        account_changed,
        happened: Happened::read(&mut db, &payable.thing(), &page, &[]).await?,
        order,
        payable,
        page,
    };
    Ok(Html(page.render()?))
}

/// The accounts it may go to, for who may read them; and whether another one stands there than was asked for.
pub(super) async fn accounts(
    db: &mut PgConnection,
    (order, by): (&Order, &By),
    payable: &Payable,
) -> Result<(Vec<Account>, bool)> {
    let now = payment_sql::accounts(db, payable).await?;
    let changed =
        matches!(payable.stage, Stage::Asked | Stage::Approved) && !payable.still_asked(&now)?;
    let seen = order.may(by, Deed::SeePayeeAccounts);
    Ok((if seen { now } else { Vec::new() }, changed))
}

/// What waits: all that is open, or one stage.
pub(super) const STATES: [&str; 6] = ["", "open", "asked", "approved", "returned", "paid"];

#[derive(Template)]
#[template(path = "payable/list.html")]
pub(super) struct ListPage {
    pub page: Page,
    pub payables: Vec<Payable>,
    pub asked: Listed,
    pub next: String,
    pub may_ask: bool,
}

impl ListPage {
    pub(super) fn tabs(&self) -> [(String, &'static str, bool); 6] {
        let t = self.page.t;
        let mut words = [
            t.receipt_all(),
            t.payable_open(),
            t.payable_stage_asked(),
            t.payable_stage_approved(),
            t.payable_stage_returned(),
            t.payable_stage_paid(),
        ]
        .into_iter();
        STATES.map(|state| {
            (
                self.asked.with("/payables", ("state", state)),
                words.next().unwrap_or_default(),
                self.asked.state == state,
            )
        })
    }

    pub(super) fn excel(&self) -> String {
        self.asked.with("/payables.xlsx", ("after", ""))
    }
}

pub(super) async fn list(
    State(app): State<App>,
    by: By,
    page: Page,
    Query(asked): Query<Listed>,
) -> Result<Html<String>> {
    let asked = asked.known(&STATES);
    let mut db = app.db.acquire().await?;
    let rows = sql::rows(&mut db, &by, &asked, listing::SIZE + 1).await?;
    let (payables, next) = listing::cut(rows, |payable: &Payable| {
        let key = listing::key(payable.claim.due_on, &payable.number);
        asked.with_key("/payables", &key)
    });
    let page = ListPage {
        may_ask: crate::finance::reach::may_ask(&by).is_ok(),
        payables,
        asked,
        next,
        page,
    };
    Ok(Html(page.render()?))
}

pub(super) async fn workbook(
    State(app): State<App>,
    by: By,
    page: Page,
    Query(asked): Query<Listed>,
) -> Result<Response> {
    let asked = Listed {
        after: String::new(),
        ..asked.known(&STATES)
    };
    let mut db = app.db.acquire().await?;
    let rows = sql::rows(&mut db, &by, &asked, excel::SHORT + 1).await?;
    let t = page.t;
    let heads = [
        t.receipt_column_number(),
        t.payment_order(),
        t.payable_kind(),
        t.payable_payee(),
        t.receipt_column_currency(),
        t.receipt_column_amount(),
        t.payable_due(),
        t.payment_state(),
        t.payable_vat_invoice(),
    ];
    let sheet = Sheet {
        name: t.payable_title().to_owned(),
        heads: heads.into_iter().map(str::to_owned).collect(),
        rows: rows.into_iter().map(|row| cells(row, &page)).collect(),
        most: excel::SHORT,
    };
    let file = format!("payables-{}.xlsx", page.today());
    excel::download(&file, &sheet, &listing::about(&by, &page, &asked), t)
}

fn cells(payable: Payable, page: &Page) -> Vec<Cell> {
    let invoice = payable.invoice().to_owned();
    vec![
        Cell::text(payable.number.clone()),
        Cell::text(payable.order.to_string()),
        Cell::text(payable.claim.kind_word(page.t)),
        Cell::text(payable.claim.payee),
        Cell::text(payable.claim.currency.as_str()),
        Cell::Number(payable.claim.amount),
        Cell::Day(payable.claim.due_on),
        Cell::text(payable.stage.label(page.t)),
        Cell::text(invoice),
    ]
}

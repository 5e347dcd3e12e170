//! The company's own page 公司资料: legal entities, bank accounts, and the way to settings and rates.

use super::account::BankAccount;
use super::entity::Entity;
use super::sql;
use crate::base::{By, Role, T};
use crate::people::{Deed, Relation};
use crate::records::acts::may;
use crate::records::{Card, Panel, PanelRow};
use crate::web::{App, Page, Result};
use askama::Template;
use axum::extract::State;
use axum::response::Html;
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "parties/company.html")]
pub(super) struct CompanyPage {
    pub page: Page,
    pub panels: Vec<Panel>,
    /// Where settings are kept, for the administrator.
    pub settings: bool,
}

pub(super) async fn show(State(app): State<App>, by: By, page: Page) -> Result<Html<String>> {
    let mut db = app.db.acquire().await?;
    let may_add = may(&by, &Entity::default());
    let mut panels = vec![entities(&mut db, page.t, may_add).await?];
    if super::owner::allowed(&by, Deed::SeeOurAccounts, &Relation::none()) {
        let may_add = may(&by, &BankAccount::default());
        panels.push(accounts(&mut db, page.t, may_add).await?);
    }
    let settings = by.staff().is_some_and(|staff| staff.roles.has(Role::Admin));
    let html = CompanyPage {
        page,
        panels,
        settings,
    };
    Ok(Html(html.render()?))
}

async fn entities(db: &mut PgConnection, t: T, may_add: bool) -> Result<Panel> {
    let words = Entity::words(t);
    let row = |(archived, one): (bool, Entity)| PanelRow {
        href: Some(format!("{}/{}", Entity::PLACE, one.prefix)),
        archived,
        cells: vec![one.name_zh, one.name_en, one.prefix, one.credit_code],
    };
    Ok(Panel {
        id: "entities",
        title: words.title,
        heads: vec![
            t.records_name(),
            t.records_other_name(),
            t.parties_prefix(),
            t.parties_credit_code(),
        ],
        rows: sql::entities(db).await?.into_iter().map(row).collect(),
        never: words.never,
        add: may_add.then(|| (format!("{}/new", Entity::PLACE), words.new)),
    })
}

async fn accounts(db: &mut PgConnection, t: T, may_add: bool) -> Result<Panel> {
    let words = BankAccount::words(t);
    let row = |(id, archived, one): (Uuid, bool, BankAccount)| PanelRow {
        href: Some(format!("{}/{id}", BankAccount::PLACE)),
        archived,
        cells: vec![one.name, one.currency, one.bank, one.account],
    };
    Ok(Panel {
        id: "accounts",
        title: words.title,
        heads: vec![
            t.records_name(),
            t.parties_currency(),
            t.parties_bank(),
            t.parties_account(),
        ],
        rows: sql::accounts(db).await?.into_iter().map(row).collect(),
        never: words.never,
        add: may_add.then(|| (format!("{}/new", BankAccount::PLACE), words.new)),
    })
}

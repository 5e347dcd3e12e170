//! The company's own page 公司资料: legal entities, bank accounts, and the way to settings and rates.

use super::account::BankAccount;
use super::entity::Entity;
use super::sql;
use crate::base::{By, Role};
use crate::people::{Deed, Relation};
use crate::records::acts::may;
use crate::records::{Card, Panel, PanelRow};
use crate::web::{App, Page, Result};
use askama::Template;
use axum::extract::State;
use axum::response::Html;

#[derive(Template)]
#[template(path = "parties/company.html")]
pub struct CompanyPage {
    pub page: Page,
    pub panels: Vec<Panel>,
    /// Where settings are kept, for the administrator.
    pub settings: bool,
}

pub(super) async fn show(State(app): State<App>, by: By, page: Page) -> Result<Html<String>> {
    let t = page.t;
    let mut db = app.db.acquire().await?;
    let words = Entity::words(t);
    let may_add = may(&by, &Entity::default());
    let mut panels = vec![Panel {
        id: "entities",
        title: words.title,
        heads: vec![
            t.records_name(),
            t.records_other_name(),
            t.parties_prefix(),
            t.parties_credit_code(),
        ],
        rows: sql::entities(&mut db)
            .await?
            .into_iter()
            .map(|(archived, entity)| PanelRow {
                href: Some(format!("{}/{}", Entity::PLACE, entity.prefix)),
                archived,
                cells: vec![
                    entity.name_zh,
                    entity.name_en,
                    entity.prefix,
                    entity.credit_code,
                ],
            })
            .collect(),
        never: words.never,
        add: may_add.then(|| (format!("{}/new", Entity::PLACE), words.new)),
    }];
    if super::owner::allowed(&by, Deed::SeeOurAccounts, &Relation::none()) {
        let words = BankAccount::words(t);
        panels.push(Panel {
            id: "accounts",
            title: words.title,
            heads: vec![
                t.records_name(),
                t.parties_currency(),
                t.parties_bank(),
                t.parties_account(),
            ],
            rows: sql::accounts(&mut db)
                .await?
                .into_iter()
                .map(|(id, archived, account)| PanelRow {
                    href: Some(format!("{}/{id}", BankAccount::PLACE)),
                    archived,
                    cells: vec![
                        account.name,
                        account.currency,
                        account.bank,
                        account.account,
                    ],
                })
                .collect(),
            never: words.never,
            add: Some((format!("{}/new", BankAccount::PLACE), words.new)),
        });
    }
    let settings = by.staff().is_some_and(|staff| staff.roles.has(Role::Admin));
    let html = CompanyPage {
        panels,
        settings,
        page,
    };
    Ok(Html(html.render()?))
}

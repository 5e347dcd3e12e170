//! A walk through all addresses: each with an order, a revision, a question in the state it asks for. The doors test,
//! the pages test and the test that reading changes nothing go the same way.

use crate::support::{Client, Placed, World, id};
use gendan::proforma::Stage;
use std::collections::BTreeMap;

/// Columns of `expected/doors.txt` and who stands for them.
pub const ACTORS: [(&str, &str); 10] = [
    ("stranger", ""),
    ("admin", "admin"),
    ("sales_own", "zhou"),
    ("sales_other", "he"),
    ("op_own", "shen"),
    ("op_department", "tang"),
    ("op_other", "lu"),
    ("mgr_led", "gu"),
    ("mgr_other", "jiang"),
    ("finance", "xu"),
];

/// One typed line.
pub struct Row {
    pub method: String,
    pub path: String,
    /// In the order of `ACTORS`.
    pub answers: Vec<String>,
}

pub fn typed() -> Vec<Row> {
    include_str!("expected/doors.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let mut cells = line.split(" | ").map(str::trim);
            let (method, path) = cells.next().unwrap().split_once(' ').unwrap();
            let answers: Vec<String> = cells.map(str::to_owned).collect();
            assert_eq!(answers.len(), ACTORS.len(), "{line}");
            Row {
                method: method.to_owned(),
                path: path.to_owned(),
                answers,
            }
        })
        .collect()
}

/// The stage an address of a proforma invoice asks for.
fn stage(method: &str, path: &str) -> Stage {
    match (method, path.rsplit('/').next().unwrap_or("")) {
        (_, "edit" | "submission" | "void") | ("POST", "{revision}") => Stage::Draft,
        (_, "revision") => Stage::Returned,
        (_, "sending") => Stage::Approved,
        (_, "confirmation") => Stage::Sent,
        _ => Stage::Submitted,
    }
}

pub struct Walk {
    pub w: World,
    ready: BTreeMap<&'static str, (Placed, i32)>,
}

impl Walk {
    pub async fn begin() -> Self {
        Self {
            w: World::new().await,
            ready: BTreeMap::new(),
        }
    }

    pub async fn client(&self, login: &str) -> Client {
        if login.is_empty() {
            self.w.stranger()
        } else {
            self.w.as_(login).await
        }
    }

    /// The address with real things in it; a form gets an order of its own, because it may change it.
    pub async fn address(&mut self, row: &Row) -> String {
        let path = row.path.as_str();
        if path.starts_with("/orders/{number}/proforma")
            && row.method == "POST"
            && !path.contains("{revision}")
        {
            return path.replace("{number}", &self.w.order().await.number);
        }
        if path.starts_with("/orders/intake/") {
            return self.intake().await;
        }
        let needs = path.contains("/proforma") || path.starts_with("/approvals/{id}");
        if path.contains("{number}") && !needs {
            return path.replace("{number}", &self.w.order().await.number);
        }
        if !needs {
            return Self::plain(path);
        }
        let (order, revision) = self.proforma(row).await;
        let approval = self.question(&order).await;
        path.replace("{number}", &order.number)
            .replace("{revision}", &revision.to_string())
            .replace("{id}", &approval)
    }

    async fn proforma(&mut self, row: &Row) -> (Placed, i32) {
        let stage = stage(&row.method, &row.path);
        if row.method == "GET"
            && let Some(held) = self.ready.get(stage.code())
        {
            return held.clone();
        }
        let order = self.w.order().await;
        let revision = self.w.proforma_at(&order, stage).await;
        if row.method == "GET" {
            self.ready.insert(stage.code(), (order.clone(), revision));
        }
        (order, revision)
    }

    /// A sheet that 沈小禾 has pasted and not yet used.
    async fn intake(&self) -> String {
        let sheet = "Item\tDescription\tQty\tUnit price\nLS-01\tLinen shirt\t1200\t5.20\n";
        let form = [("customer", "nordhavn-living"), ("pasted", sheet)];
        let reply = self.w.as_("shen").await.post("/orders/intake", form).await;
        reply.is(303).location().to_owned()
    }

    async fn question(&self, order: &Placed) -> String {
        let all: Vec<uuid::Uuid> = self
            .w
            .ask_all(&format!(
                "select id from approval where order_id = '{}'",
                order.id
            ))
            .await;
        all.first().map(ToString::to_string).unwrap_or_default()
    }

    /// Addresses of what is no order: a colleague, a department, a customer.
    fn plain(path: &str) -> String {
        let id = match path.split('/').nth(1).unwrap_or("") {
            "users" => id("tang").to_string(),
            "departments" => id("eu").to_string(),
            _ => String::new(),
        };
        let code = match path.split('/').nth(1).unwrap_or("") {
            "customers" => "nordhavn-living",
            "factories" => "qiming",
            _ => "",
        };
        if path == gendan::web::assets::PATH {
            return gendan::web::assets::url("js/app.js");
        }
        path.replace("{token}", "no-such-token")
            .replace("{id}", &id)
            .replace("{code}", code)
    }
}

//! A walk through all addresses: each with an order, a revision, a question in the state it asks for. The doors test,
//! the pages test and the test that reading changes nothing go the same way.

use crate::support::{Client, Placed, StepSix, World, id};
use crate::walk_desks;
use gendan::production;
use gendan::proforma::Stage;
use std::collections::BTreeMap;
use uuid::Uuid;

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

/// The stage an address of a shipment asks for, and the acts that come before it.
pub struct Walk {
    pub w: World,
    pub ready: BTreeMap<&'static str, (Placed, i32)>,
    pub produced: BTreeMap<&'static str, (Placed, String)>,
    pub step_six: Option<StepSix>,
    furnished: bool,
    /// By stage and what was done before.
    pub shipments: BTreeMap<String, String>,
    /// Shipments that were sent on this walk.
    pub sets: usize,
}

impl Walk {
    pub async fn begin() -> Self {
        Self {
            w: World::new().await,
            ready: BTreeMap::new(),
            produced: BTreeMap::new(),
            step_six: None,
            furnished: false,
            shipments: BTreeMap::new(),
            sets: 0,
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
    #[expect(clippy::too_many_lines, reason = "a story told in its order")]
    pub async fn address(&mut self, row: &Row) -> String {
        let path = row.path.as_str();
        if path.starts_with("/orders/{number}/proforma")
            && row.method == "POST"
            && !path.contains("{revision}")
        {
            return path.replace("{number}", &self.w.order().await.number);
        }
        if path.contains("/exceptions/") {
            return self.exception(path).await;
        }
        if path.contains("/opinions/") {
            let order = self.w.order().await;
            self.w.proforma_at(&order, Stage::Submitted).await;
            return self.w.ask_opinion(&order, "shen").await;
        }
        if path.contains("/shipments/{shipment}") {
            return self.shipment(&row.method, path).await;
        }
        if let Some(rest) = path.strip_prefix("/orders/{number}/production") {
            return self.production(&row.method, rest).await;
        }
        if path.starts_with("/credits/") || path.starts_with("/presentations/") {
            return self.credit(row).await;
        }
        if path.starts_with("/tasks/{id}") || path.starts_with("/home/") {
            return self.by_hand(path).await;
        }
        if path.starts_with("/orders/intake/") {
            return self.intake().await;
        }
        if path.starts_with("/receipts/") {
            return self.receipt(path).await;
        }
        if path.starts_with("/payables/{number}") {
            let order = self.w.order().await;
            let number = self
                .w
                .payable_at(
                    &order,
                    "1200.00",
                    walk_desks::payable_stage(&row.method, path),
                )
                .await;
            return path.replace("{number}", &number);
        }
        if path.contains("{relay}") {
            return path.replace("/orders/{number}/relays/{relay}", &self.relay().await);
        }
        let six = ["/issues", "/changes", "/inspections", "/papers"];
        if path.contains("{number}")
            && !path.contains("{shipment}")
            && six.iter().any(|part| path.contains(part))
        {
            if self.step_six.is_none() {
                self.step_six = Some(self.w.step_six().await);
            }
            return self
                .step_six
                .as_ref()
                .map(|six| six.address(path))
                .unwrap_or_default();
        }
        if path.contains("/files/{id}") {
            return path.replace("/orders/{number}/files/{id}", &self.file().await);
        }
        if path.contains("/samples") || path.contains("/parcels") {
            return self.sample(row).await;
        }
        if path.contains("{shipment}") {
            return self.step_nine(path).await;
        }
        let needs = path.contains("/proforma") || path.starts_with("/approvals/{id}");
        if path.contains("{number}") && !needs {
            return path.replace("{number}", &self.w.order().await.number);
        }
        if !needs {
            return self.plain(path).await;
        }
        let (order, revision) = self.proforma(row).await;
        let approval = self.question(&order).await;
        path.replace("{number}", &order.number)
            .replace("{revision}", &revision.to_string())
            .replace("{id}", &approval)
    }

    /// A draft whose deposit is not in; asked of the manager where the address is of a question.
    async fn exception(&mut self, path: &str) -> String {
        let order = self.w.ordered().await;
        let key = self
            .w
            .production_at(&order, production::order::Stage::Draft)
            .await;
        if path.contains("{gate}") {
            return path
                .replace("{number}", &order.number)
                .replace("{gate}", "production-gate")
                .replace("{thing}", &key);
        }
        let asked = self
            .w
            .ask_exception(&order, "production-gate", &key)
            .await
            .is(303);
        let id = asked.location().rsplit('/').next().unwrap_or("").to_owned();
        path.replace("{number}", &order.number)
            .replace("{exception}", &id)
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
        let all: Vec<Uuid> = self
            .w
            .ask_all(&format!(
                "select id from approval where order_id = '{}'",
                order.id
            ))
            .await;
        all.first().map(ToString::to_string).unwrap_or_default()
    }

    /// Something the factory has said that the customer does not know yet.
    async fn relay(&self) -> String {
        let url = self.w.order().await.url();
        let said = [
            ("from", "factory"),
            ("to", "customer"),
            ("words", "B 缸偏浅"),
            ("channel", "wechat"),
        ];
        let shen = self.w.as_("shen").await;
        let reply = shen.post(&format!("{url}/relays"), said).await.is(303);
        let number = reply.location().rsplit("#relay-").next().unwrap_or("");
        format!("{url}/relays/{number}")
    }

    /// What the customer wrote, with prices in it, as a file of an order.
    async fn file(&self) -> String {
        let order = self.w.order().await;
        let fields = [("kind", "customer_order"), ("audience", "internal")];
        let paper = ("files", "PO 88213.pdf", &b"%PDF-1.7\n%%EOF\n"[..]);
        let shen = self.w.as_("shen").await;
        shen.upload(&format!("{}/documents", order.url()), fields, paper)
            .await
            .is(303);
        let file = format!(
            "select id from stored_file where order_id = '{}' and kind = 'customer_order'",
            order.id
        );
        format!("{}/files/{}", order.url(), self.w.ask::<Uuid>(&file).await)
    }

    /// Addresses of what is no order, each with something of its own behind it: a form may put it away, and no order of
    /// this walk stands on it.
    async fn plain(&mut self, path: &str) -> String {
        if path == gendan::web::assets::PATH {
            return gendan::web::assets::url("js/app.js");
        }
        if !self.furnished {
            self.w.sql(&people_of_the_walk()).await;
            self.w.sql(&cards_of_the_walk()).await;
            self.furnished = true;
        }
        // A second company would make every opening of an order ask for which one.
        if path.starts_with("/company/") {
            self.w.sql(&company_of_the_walk()).await;
        }
        let of = match path.split('/').nth(1).unwrap_or("") {
            "contacts" => "?of=customer/door",
            "payees" => "?of=factory/door",
            _ => "",
        };
        let of = if path.contains("{id}") { "" } else { of };
        let named = path
            .replace("{token}", "no-such-token")
            .replace("{id}", &thing(path).to_string())
            .replace("{code}", &code(path))
            .replace("{list}", "currencies.xlsx")
            .replace("{deputy}", &deputy(path).to_string())
            .replace("{day}", "2026-12-25");
        format!("{named}{of}")
    }
}

/// What `{id}` stands for.
fn thing(path: &str) -> Uuid {
    id(match path.split('/').nth(1).unwrap_or("") {
        "users" => "spare",
        "departments" => "eu",
        "orders" => "door-view",
        _ => "door",
    })
}

/// What `{code}` stands for.
fn code(path: &str) -> String {
    if path.starts_with("/company/accounts") {
        return id("door").to_string();
    }
    match path.split('/').nth(1).unwrap_or("") {
        "company" | "couriers" => "DOOR",
        "ports" => "CNDOR",
        "currencies" => "DOR",
        "payment-terms" => "DA_60",
        _ => "door",
    }
    .to_owned()
}

/// Whose deputy `{deputy}` is: 顾明川's own, or that of the colleague the administrator looks at.
fn deputy(path: &str) -> Uuid {
    id(if path.starts_with("/me/") {
        "gu-away"
    } else {
        "spare-away"
    })
}

/// A manager nobody works with, two absences of next year, a view that 沈小禾 keeps.
fn people_of_the_walk() -> String {
    let (spare, gu, jiang, shen) = (id("spare"), id("gu"), id("jiang"), id("shen"));
    format!(
        "insert into person (id, email, name_zh, name_en, roles, status, password_hash, created_at) values
             ('{spare}', 'spare@hanyu.example', '白露', 'Bai Lu', array['manager'], 'active', 'none', '2026-01-05T01:00:00Z');
         insert into deputy (id, absent, deputy, from_day, until_day) values
             ('{}', '{gu}', '{jiang}', '2027-03-01', '2027-03-05'), ('{}', '{spare}', '{jiang}', '2027-03-01', '2027-03-05');
         insert into saved_view (id, person, name, query, at) values
             ('{}', '{shen}', 'FOB', 'q=FOB', '2026-11-02T01:00:00Z');",
        id("gu-away"),
        id("spare-away"),
        id("door-view"),
    )
}

/// One card of each kind; the customer is 周岚's.
fn cards_of_the_walk() -> String {
    let (door, zhou) = (id("door"), id("zhou"));
    format!(
        "insert into customer (id, code, name_en, country, search, salesperson)
             values ('{door}', 'door', 'Door Lamps AB', 'SE', 'door lamps ab', '{zhou}');
         insert into factory (id, code, name_zh, search) values ('{door}', 'door', '门灯厂', '门灯厂');
         insert into forwarder (id, code, name_zh, search) values ('{door}', 'door', '门运', '门运');
         insert into contact (id, customer, name) values ('{door}', '{door}', 'Anna Lind');
         insert into payee_account (id, factory, bank, account, holder)
             values ('{door}', '{door}', '甬屿银行', '3301550199', '门灯厂');
         insert into product (id, code, item_no, name_en, search, unit)
             values ('{door}', 'door', 'DL-01', 'Door lamp', 'dl-01 door lamp', 'pcs');
         insert into port (id, code, name_en, name_zh, zone, search)
             values ('{door}', 'CNDOR', 'Doorport', '门港', 'Asia/Shanghai', 'cndor doorport');
         insert into courier (id, code, name_zh, name_en, search, place)
             values ('{door}', 'DOOR', '门递', 'Door Express', 'door express', 90);
         insert into unit (id, code, name_zh, name_en, search, place) values ('{door}', 'door', '扇', 'doors', 'doors', 90);
         insert into currency (id, code, name_zh, name_en, search, place)
             values ('{door}', 'DOR', '门元', 'Door crowns', 'dor door crowns', 90);
         insert into bank (id, code, name_zh, name_en, country, search)
             values ('{door}', 'door', '门屿银行', 'Door Bank', 'CN', 'door bank');
         insert into rebate_rate (id, hs_code, from_day, vat_rate, rebate_rate, treatment)
             values ('{door}', '9405190000', '2026-01-01', 13, 13, 'refund');"
    )
}

fn company_of_the_walk() -> String {
    let door = id("door");
    format!(
        "insert into legal_entity (id, prefix, name_zh, name_en) values ('{door}', 'DOOR', '门屿公司', 'Door Co., Ltd.')
             on conflict do nothing;
         insert into bank_account (id, entity, name, currency, beneficiary, bank, account)
             values ('{door}', '{door}', '门屿美元户', 'USD', 'Door Co., Ltd.', 'Yongyu Bank (Demo)', '3301550188')
             on conflict do nothing;"
    )
}

//! A walk through all addresses: each with an order, a revision, a question in the state it asks for. The doors test,
//! the pages test and the test that reading changes nothing go the same way.

use crate::support::{Client, Form, Placed, StepSix, World, id, slip};
use gendan::finance::payable::stage::Stage as PayableStage;
use gendan::production::order as production;
use gendan::proforma::Stage;
use gendan::samples::{ParcelStage, Stage as SampleStage};
use gendan::shipping::shipment::Stage as ShipmentStage;
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

/// The stage an address of a sample note asks for.
fn sample_stage(method: &str, path: &str) -> SampleStage {
    match (method, path.rsplit('/').next().unwrap_or("")) {
        (_, "edit" | "submission" | "void") | ("POST", "{note}") => SampleStage::Draft,
        (_, "revision") => SampleStage::Returned,
        (_, "sending") => SampleStage::Signed,
        (_, "acknowledgement" | "round") => SampleStage::Sent,
        (_, "receipt") => SampleStage::Acknowledged,
        (_, "verdict") => SampleStage::Received,
        _ => SampleStage::Submitted,
    }
}

/// The stage an address of a parcel asks for.
fn parcel_stage(path: &str) -> ParcelStage {
    match path.rsplit('/').next().unwrap_or("") {
        "passing-on" => ParcelStage::Dispatched,
        "delivery" | "loss" | "return" => ParcelStage::NumberPassedOn,
        _ => ParcelStage::Packed,
    }
}

/// The stage an address of a shipment asks for, and the acts that come before it.
#[expect(clippy::too_many_lines, reason = "one arm an address")]
fn shipment_needs(act: &str) -> (ShipmentStage, Vec<&'static str>) {
    use ShipmentStage as S;
    const DECLARED: [&str; 3] = [
        "declarations/new",
        "declarations/1/sending",
        "declarations/1/number",
    ];
    const PAPERS: [&str; 8] = [
        "packing-list",
        "loading",
        "transport-document/instructions",
        "transport-document/draft",
        "transport-document/check",
        "transport-document/sending",
        "transport-document/confirmation",
        "transport-document/issue",
    ];
    let last = act.rsplit('/').next().unwrap_or("");
    let (stage, before): (S, Vec<&'static str>) = match act {
        "edit" | "booking-request" | "cancellation" | "packing-list" | "packing-list/import" => {
            (S::Planned, vec![])
        }
        "booking" => (S::Asked, vec![]),
        "rebooking" => (S::Warned, vec![]),
        "gate-in" | "early-gate-in" => (S::DocumentsSent, vec![]),
        "customs-release" | "shut-out" => (S::GatedIn, vec![]),
        "departure" => (S::CustomsReleased, vec![]),
        "arrival" | "dates" => (S::Departed, vec![]),
        "loading/{container}" => (S::Booked, vec!["loading"]),
        "transport-document/draft" => (S::Booked, PAPERS[..3].to_vec()),
        "transport-document/check" => (S::Booked, PAPERS[..4].to_vec()),
        "transport-document/waiver" | "transport-document/sending" => {
            (S::Booked, PAPERS[..5].to_vec())
        }
        "transport-document/confirmation" | "transport-document/correction" => {
            (S::Booked, PAPERS[..6].to_vec())
        }
        "transport-document/issue" => (S::Booked, PAPERS[..7].to_vec()),
        "transport-document/release" | "transport-document/early-release" => {
            (S::Booked, PAPERS.to_vec())
        }
        _ => (S::Booked, vec![]),
    };
    if !act.contains("{sequence}") {
        return (stage, before);
    }
    let before = match last {
        "edit" | "sending" | "void" => DECLARED[..1].to_vec(),
        "number" => DECLARED[..2].to_vec(),
        "inspection" | "release" => DECLARED.to_vec(),
        _ => [&DECLARED[..], &["declarations/1/release"]].concat(),
    };
    (S::Booked, before)
}

/// The stage an address of a production order asks for.
fn production_stage(method: &str, rest: &str) -> production::Stage {
    use production::Stage as S;
    match (method, rest.rsplit('/').next().unwrap_or("")) {
        (_, "edit" | "override" | "issue" | "terms" | "void") | ("POST", "{paper}") => S::Draft,
        (_, "acceptance" | "decision" | "decline") => S::CounterProposed,
        (_, "start") => S::Acknowledged,
        (_, "ready" | "progress") => S::InWork,
        (_, "closing") => S::Ready,
        _ => S::Issued,
    }
}

/// The stage an address of a payable asks for.
fn payable_stage(method: &str, path: &str) -> PayableStage {
    match (method, path.rsplit('/').next().unwrap_or("")) {
        (_, "edit" | "submission") | ("POST", "{number}") => PayableStage::Draft,
        (_, "revision") => PayableStage::Returned,
        (_, "payment" | "void") => PayableStage::Approved,
        (_, "reversal") => PayableStage::Paid,
        _ => PayableStage::Asked,
    }
}

pub struct Walk {
    pub w: World,
    ready: BTreeMap<&'static str, (Placed, i32)>,
    produced: BTreeMap<&'static str, (Placed, String)>,
    step_six: Option<StepSix>,
    furnished: bool,
    /// By stage and what was done before.
    shipments: BTreeMap<String, String>,
    /// Shipments that were sent on this walk.
    sets: usize,
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
    pub async fn address(&mut self, row: &Row) -> String {
        let path = row.path.as_str();
        if path.starts_with("/orders/{number}/proforma")
            && row.method == "POST"
            && !path.contains("{revision}")
        {
            return path.replace("{number}", &self.w.order().await.number);
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
                .payable_at(&order, "1200.00", payable_stage(&row.method, path))
                .await;
            return path.replace("{number}", &number);
        }
        if path.contains("{relay}") {
            return path.replace("/orders/{number}/relays/{relay}", &self.relay().await);
        }
        let six = ["/issues", "/changes", "/inspections", "/papers"];
        if path.contains("{number}") && six.iter().any(|part| path.contains(part)) {
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

    /// An order to a factory in the stage its address asks for.
    async fn production(&mut self, method: &str, rest: &str) -> String {
        let stage = production_stage(method, rest);
        let held = self.produced.get(stage.code()).filter(|_| method == "GET");
        let (order, key) = match held {
            Some(held) => held.clone(),
            None => {
                let order = self.w.ordered().await;
                let key = if rest.is_empty() {
                    String::new()
                } else {
                    self.w.production_at(&order, stage).await
                };
                if method == "GET" && !rest.is_empty() {
                    self.produced
                        .insert(stage.code(), (order.clone(), key.clone()));
                }
                (order, key)
            }
        };
        format!(
            "{}/production{}",
            order.url(),
            rest.replace("{paper}", &key)
        )
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

    /// A shipment in the stage that the address asks for; pages that only read share one.
    async fn shipment(&mut self, method: &str, path: &str) -> String {
        let act = path.strip_prefix("/shipments/{shipment}").unwrap_or("");
        let act = act.trim_start_matches('/');
        let reads = method == "GET" && !act.contains("{container}") && !act.contains("{sequence}");
        let (stage, before) = shipment_needs(act);
        let name = format!("{stage:?} {}", before.join(" "));
        let known = self.shipments.get(&name).filter(|_| reads).cloned();
        let number = match known {
            Some(number) => number,
            None => {
                let order = self.w.ready_order().await;
                let number = self.w.shipment_at(&order, stage).await;
                for act in before {
                    self.w.ship(&number, act).await.is(303);
                }
                if reads {
                    self.shipments.insert(name, number.clone());
                }
                number
            }
        };
        path.replace("{shipment}", &number)
            .replace("{container}", "CSQU3054383")
            .replace("{sequence}", "1")
    }

    /// A shipment of step 9 in the state its address asks for.
    async fn step_nine(&self, path: &str) -> String {
        let w = &self.w;
        let order = w.order().await;
        let paper_form = path.ends_with("/form");
        let day = if paper_form {
            "2012-05-10"
        } else {
            "2026-10-16"
        };
        let shipment = w.left(&order, day).await;
        if path.contains("/handing-over") || path.contains("/sending-back") {
            w.paper_back(&order, &shipment, "declaration").await;
        }
        if path.contains("/sending-back") {
            w.papers_given(&order, &shipment).await;
        }
        if path.contains("/explanation") {
            let money = w.money_in(&order, "12000").await;
            w.matched(&order, &shipment, (money, "12000")).await.is(303);
        }
        if path.contains("/rebates/{shipment}/{sequence}") {
            w.claim_begun(&order, &shipment).await;
        }
        let mut invoice = id("door");
        if path.contains("{invoice}") {
            invoice = w.vat_invoice(&shipment).await;
        }
        path.replace("{number}", &order.number)
            .replace("{shipment}", &shipment)
            .replace("{sequence}", "1")
            .replace("{kind}", "invoice")
            .replace("{step}", "declare_not_applicable")
            .replace("{invoice}", &invoice.to_string())
    }

    /// A sheet that 沈小禾 has pasted and not yet used.
    async fn intake(&self) -> String {
        let sheet = "Item\tDescription\tQty\tUnit price\nLS-01\tLinen shirt\t1200\t5.20\n";
        let form = [("customer", "nordhavn-living"), ("pasted", sheet)];
        let reply = self.w.as_("shen").await.post("/orders/intake", form).await;
        reply.is(303).location().to_owned()
    }

    /// An order of its own for each address of the sample desk.
    async fn sample(&self, row: &Row) -> String {
        let order = self.w.order().await;
        let path = row.path.replace("{number}", &order.number);
        if path.contains("{parcel}") {
            let note = self.w.sample_at(&order, SampleStage::Received).await;
            let stage = parcel_stage(&path);
            let parcel = self.w.parcel_at(&order, &note, stage).await;
            return path.replace("{parcel}", &parcel.to_string());
        }
        if path.contains("{note}") {
            let stage = sample_stage(&row.method, &path);
            let note = self.w.sample_at(&order, stage).await;
            return path.replace("{note}", &note);
        }
        path
    }

    /// A receipt with its slip, part of it held by an order of 沈小禾 and settled, as the address asks for it.
    async fn receipt(&self, path: &str) -> String {
        let xu = self.w.as_("xu").await;
        if path.starts_with("/receipts/import/") {
            let list = "日期,贷方金额,对方户名,流水号\n2026-11-20,100.00,NORDHAVN LIVING AB,FT77\n";
            let file = ("list", "bank.csv", list.as_bytes());
            let form = Form::default().with("account", id("usd").to_string());
            let reply = xu.upload("/receipts/import", form, file).await.is(303);
            let import = reply.location().rsplit('/').next().unwrap_or("").to_owned();
            return path.replace("{id}", &import);
        }
        if !path.contains("{number}") {
            return path.to_owned();
        }
        let order = self.w.order().await;
        let form = slip("1000.00", &format!("FT{}", rand::random::<u32>()));
        let file = ("slip", "slip.pdf", &b"%PDF-1.7\n%%EOF\n"[..]);
        let reply = xu.upload("/receipts", form, file).await.is(303);
        let number = reply.location().rsplit('/').next().unwrap_or("").to_owned();
        self.w
            .allocate(&number, &order, "deposit", "400.00")
            .await
            .is(303);
        let path = path.replace("{number}", &number);
        if path.contains("/settlements/") {
            self.w.settle(&number, "100.00", "7.1").await.is(303);
            let row = "select id from settlement order by at desc, id desc limit 1";
            return path.replace("{id}", &self.w.ask::<Uuid>(row).await.to_string());
        }
        let allocation = self.w.allocation(&number).await.to_string();
        if path.ends_with("/question") || path.ends_with("/approval") {
            // until the desk of orders has the act that cancels one
            self.w
                .sql(&format!(
                    "update export_order set condition = 'cancelling' where id = '{}'",
                    order.id
                ))
                .await;
        }
        if path.ends_with("/approval") {
            let url = format!("/receipts/{number}/allocations/{allocation}/question");
            xu.post(&url, [("plan", "refund")]).await.is(303);
        }
        path.replace("{id}", &allocation)
    }

    /// A credit or a set of documents in the state its address asks for, of an order of its own.
    async fn credit(&mut self, row: &Row) -> String {
        self.sets += 1;
        crate::credit_walk::address(&self.w, &row.path, self.sets).await
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
        "company" => "DOOR",
        "ports" => "CNDOR",
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

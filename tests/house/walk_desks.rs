//! The walk through the desks: papers, parcels, shipments, money and sets of documents in the stage an address asks for.

use crate::support::{Form, id, slip};
use crate::walk::{Row, Walk};
use gendan::finance::payable::stage::Stage as PayableStage;
use gendan::production::order as production;
use gendan::samples::{ParcelStage, Stage as SampleStage};
use gendan::shipping::shipment::Stage as ShipmentStage;
use uuid::Uuid;

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

#[expect(clippy::too_many_lines, reason = "a story told in its order")]
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
        "customs-release" => (
            S::GatedIn,
            [&DECLARED[..], &["declarations/1/release"]].concat(),
        ),
        "shut-out" => (S::GatedIn, vec![]),
        "departure" => (S::CustomsReleased, vec![]),
        "arrival" | "dates" => (S::Departed, vec![]),
        "loading/{container}" | "loading/{container}/removal" => (S::Booked, vec!["loading"]),
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
pub fn payable_stage(method: &str, path: &str) -> PayableStage {
    match (method, path.rsplit('/').next().unwrap_or("")) {
        (_, "edit" | "submission") | ("POST", "{number}") => PayableStage::Draft,
        (_, "revision") => PayableStage::Returned,
        (_, "payment" | "void") => PayableStage::Approved,
        (_, "reversal") => PayableStage::Paid,
        _ => PayableStage::Asked,
    }
}

impl Walk {
    /// A task that 沈小禾 has written for herself; a row of her home, and where she takes back that she put it off.
    pub async fn by_hand(&self, path: &str) -> String {
        let shen = self.w.as_("shen").await;
        if path.starts_with("/tasks/") {
            let form = [
                ("text", "问面料"),
                ("day", "2026-11-27"),
                ("owner", "shen@hanyu.example"),
            ];
            shen.post("/tasks", form).await.is(303);
            let untouched = format!(
                "select id from hand_task where state = 'open' and version = 1 and owner = '{}' limit 1",
                id("shen")
            );
            let task: Uuid = self.w.ask(&untouched).await;
            return path.replace("{id}", &task.to_string());
        }
        if path.starts_with("/home/acts/") {
            return path.replace("{act}", &self.handed_on().await.to_string());
        }
        let row = format!("{}:start_sample:", self.w.order().await.number);
        if !path.contains("{act}") {
            return path.replace("{row}", &row);
        }
        let url = format!("/home/rows/{row}/snooze");
        shen.post(&url, [("until", "tomorrow")]).await.is(303);
        let act: Uuid = self.w.ask("select act from snooze limit 1").await;
        path.replace("{act}", &act.to_string())
    }

    /// The act in which 沈小禾 handed a task on.
    async fn handed_on(&self) -> Uuid {
        let shen = self.w.as_("shen").await;
        let form = [
            ("text", "问里料"),
            ("day", "2026-11-27"),
            ("owner", "shen@hanyu.example"),
        ];
        shen.post("/tasks", form).await.is(303);
        let written = format!(
            "select id from hand_task where owner = '{}' and text = '问里料' and version = 1",
            id("shen")
        );
        let task: Uuid = self.w.ask(&written).await;
        let to = [("rev", "1"), ("owner", "tang@hanyu.example")];
        shen.post(&format!("/tasks/{task}/owner"), to).await.is(303);
        let act = format!(
            "select act from event where kind = 'task_handed_on' and payload -> 'passed' ->> 'task' = '{task}'"
        );
        self.w.ask(&act).await
    }

    /// An order to a factory in the stage its address asks for.
    #[expect(clippy::single_match_else, reason = "both arms are told as a story")]
    pub async fn production(&mut self, method: &str, rest: &str) -> String {
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

    /// A shipment in the stage that the address asks for; pages that only read share one.
    #[expect(clippy::single_match_else, reason = "both arms are told as a story")]
    pub async fn shipment(&mut self, method: &str, path: &str) -> String {
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
    pub async fn step_nine(&self, path: &str) -> String {
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

    /// An order of its own for each address of the sample desk.
    pub async fn sample(&self, row: &Row) -> String {
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
    #[expect(clippy::too_many_lines, reason = "a story told in its order")]
    pub async fn receipt(&self, path: &str) -> String {
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
            let row = format!(
                "select s.id from settlement s join receipt r on r.id = s.receipt where r.number = '{number}'"
            );
            return path.replace("{id}", &self.w.ask::<Uuid>(&row).await.to_string());
        }
        let allocation = self.w.allocation(&number).await.to_string();
        if path.ends_with("/question") || path.ends_with("/approval") {
            let cancel = format!("{}/cancellation", order.url());
            let gu = self.w.as_("gu").await;
            gu.post(&cancel, [("reason", "客户停业")]).await.is(303);
        }
        if path.ends_with("/approval") {
            let url = format!("/receipts/{number}/allocations/{allocation}/question");
            xu.post(&url, [("plan", "refund")]).await.is(303);
        }
        path.replace("{id}", &allocation)
    }

    /// A credit or a set of documents in the state its address asks for, of an order of its own.
    pub async fn credit(&mut self, row: &Row) -> String {
        self.sets += 1;
        crate::credit_walk::address(&self.w, &row.path, self.sets).await
    }
}

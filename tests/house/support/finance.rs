//! Money in a wanted state, made by the forms that make it in the house: 许安 records, allocates and settles.

use super::builders::Placed;
use super::client::{Form, Reply};
use super::people::id;
use super::world::World;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use gendan::base::{By, Lang, Who};
use gendan::finance::payable::stage::Stage;
use uuid::Uuid;

/// The form of a receipt of this amount under this reference.
pub fn slip(amount: &str, reference: &str) -> Form {
    Form::from([
        ("received_on", "2026-11-21"),
        ("amount", amount),
        ("charges", "20"),
        ("payer", "NORDHAVN LIVING AB"),
        ("customer", "nordhavn-living"),
        ("bank_reference", reference),
        ("message", "deposit"),
    ])
    .with("account", id("usd").to_string())
}

/// The form of a payable of this amount to the factory 启明制衣.
pub fn claim(order: &Placed, amount: &str) -> Form {
    Form::from([
        ("kind", "factory"),
        ("payee", "qiming"),
        ("currency", "CNY"),
        ("amount", amount),
        ("due_on", "2026-12-10"),
        ("invoice_owed", "yes"),
        ("words", "面料款"),
    ])
    .with("order", order.number.clone())
}

impl World {
    /// A receipt of 许安's; answers its number.
    pub async fn receipt(&self, amount: &str) -> String {
        let reference = format!("FT{:08}", rand::random::<u32>());
        let reply = self
            .as_("xu")
            .await
            .post("/receipts", slip(amount, &reference))
            .await
            .is(303);
        last_part(&reply)
    }

    pub async fn allocate(&self, receipt: &str, order: &Placed, part: &str, amount: &str) -> Reply {
        let form =
            Form::from([("part", part), ("amount", amount)]).with("order", order.number.clone());
        let url = format!("/receipts/{receipt}/allocations");
        self.as_("xu").await.post(&url, form).await
    }

    /// The newest allocation of the receipt that nothing undoes.
    pub async fn allocation(&self, receipt: &str) -> Uuid {
        self.ask(&format!(
            "select a.id from receipt_allocation a join receipt r on r.id = a.receipt where r.number = '{receipt}'
             and a.undoes is null and not exists (select from receipt_allocation u where u.undoes = a.id)
             order by a.at desc, a.id desc limit 1"
        ))
        .await
    }

    pub async fn settle(&self, receipt: &str, amount: &str, rate: &str) -> Reply {
        let form = Form::from([
            ("amount", amount),
            ("rate", rate),
            ("bank", "甬屿银行"),
            ("settled_on", "2026-11-23"),
        ]);
        let url = format!("/receipts/{receipt}/settlement");
        self.as_("xu").await.post(&url, form).await
    }

    /// A payable of the order's operator, brought to this stage; answers its number.
    #[expect(clippy::too_many_lines, reason = "a story told in its order")]
    pub async fn payable_at(&self, order: &Placed, amount: &str, stage: Stage) -> String {
        let operator = self.as_(order.wanted.operator).await;
        let reply = operator
            .post("/payables", claim(order, amount))
            .await
            .is(303);
        let number = last_part(&reply);
        let url = format!("/payables/{number}");
        let xu = self.as_("xu").await;
        let approve = || self.decide_payable(&number, order.wanted.manager, "approved");
        match stage {
            Stage::Asked => {}
            Stage::Draft => {
                operator
                    .post(&format!("{url}/withdrawal"), [])
                    .await
                    .is(303);
            }
            Stage::Returned => {
                self.decide_payable(&number, order.wanted.manager, "returned")
                    .await
                    .is(303);
            }
            Stage::Approved => {
                approve().await.is(303);
            }
            Stage::Paid | Stage::Reversed => {
                approve().await.is(303);
                xu.post(&format!("{url}/payment"), paid()).await.is(303);
                if stage == Stage::Reversed {
                    let form = [("words", "付错了")];
                    xu.post(&format!("{url}/reversal"), form).await.is(303);
                }
            }
            Stage::Void => {
                approve().await.is(303);
                let form = [("words", "不付了")];
                let manager = self.as_(order.wanted.manager).await;
                manager.post(&format!("{url}/void"), form).await.is(303);
            }
        }
        number
    }

    pub async fn decide_payable(&self, number: &str, login: &str, verdict: &str) -> Reply {
        let url = format!("/payables/{number}/approval");
        let form = self.verdict_on("payable", number, verdict).await;
        self.as_(login).await.post(&url, form).await
    }

    /// The decision's form with the content that is asked about now.
    pub async fn verdict_on(&self, name: &str, number: &str, verdict: &str) -> Form {
        let hash: Vec<Vec<u8>> = self
            .ask_all(&format!(
                "select content_hash from approval where summary ->> '{name}' = '{number}' and state = 'open'"
            ))
            .await;
        let shown = hash
            .first()
            .map(|hash| BASE64_URL_SAFE_NO_PAD.encode(hash))
            .unwrap_or_default();
        Form::from([("verdict", verdict), ("words", "看过了")]).with("shown", shown)
    }

    /// Whether everything invoiced of the order is in and settled, as its facts say.
    pub async fn matched_money(&self, order: &Placed) -> bool {
        let by = By {
            who: Who::House,
            at: self.now(),
            lang: Lang::Zh,
        };
        let mut act = gendan::orders::begin_house(&self.app, by, &order.order_number())
            .await
            .unwrap();
        act.facts().await.unwrap().finance.matched
    }

    /// Nothing that is stored disagrees with what it follows from.
    pub async fn adds_up(&self) {
        let found = gendan::app::verify(&self.app).await.unwrap();
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}

/// What 许安 types when she pays.
pub fn paid() -> Form {
    Form::from([
        ("bank", "甬屿人民币户"),
        ("bank_reference", "CN2026112301"),
        ("paid_on", "2026-11-23"),
    ])
}

fn last_part(reply: &Reply) -> String {
    reply.location().rsplit('/').next().unwrap_or("").to_owned()
}

//! Builders of production: an order whose proforma invoice is confirmed, and an order to its factory in a wanted stage,
//! made by the forms that make them in the house.

use super::builders::Placed;
use super::client::{Form, Reply};
use super::people::id;
use super::world::World;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use gendan::production::order::Stage;
use gendan::proforma;
use uuid::Uuid;

/// 30 % of the order that the builders make: 2 × 1,200 pieces at 5.20.
pub const DEPOSIT: &str = "3744.00";

impl Placed {
    pub fn production(&self) -> String {
        format!("{}/production", self.url())
    }

    pub fn paper(&self, key: &str) -> String {
        format!("{}/production/{key}", self.url())
    }
}

impl World {
    /// An order of 周岚 and 沈小禾 whose proforma invoice the customer has confirmed, past the sample steps.
    pub async fn ordered(&self) -> Placed {
        let order = self.order().await;
        self.confirm(&order).await;
        order
    }

    pub async fn confirm(&self, order: &Placed) {
        let gu = self.as_(order.wanted.manager).await;
        gu.post(&format!("{}/skipping", order.url()), [("reason", "翻单")])
            .await
            .is(303);
        self.proforma_at(order, proforma::Stage::Confirmed).await;
    }

    /// Money of the customer on the order.
    // until the desk finance has its acts
    pub async fn money(&self, order: &Placed, amount: &str) {
        let (receipt, xu, at) = (
            Uuid::from_u128(rand::random()),
            id("xu"),
            self.now().to_rfc3339(),
        );
        self.sql(&format!(
            "insert into receipt (id, number, received_on, currency, amount)
                 values ('{receipt}', '{receipt}', '2026-11-23', 'USD', {amount});
             insert into receipt_allocation (id, receipt, order_id, kind, amount, at, person)
                 values ('{}', '{receipt}', '{}', 'deposit', {amount}, '{at}', '{xu}');",
            Uuid::from_u128(rand::random()),
            order.id,
        ))
        .await;
    }

    /// Drafts the order to the factory of the lines and brings it to this stage; answers its key.
    pub async fn production_at(&self, order: &Placed, stage: Stage) -> String {
        let shen = self.as_(order.wanted.operator).await;
        let reply = shen.post(&order.production(), []).await.is(303);
        let key = reply
            .location()
            .trim_end_matches("/edit")
            .rsplit('/')
            .next()
            .unwrap()
            .to_owned();
        self.write_paper(order, &key).await.is(303);
        if stage != Stage::Draft && stage != Stage::Void {
            self.money(order, DEPOSIT).await;
        }
        for act in path_to(stage) {
            self.produce(order, &key, act).await.is(303);
        }
        key
    }

    /// Saves the draft as its page gives it, with the quality and packing every paper needs.
    pub async fn write_paper(&self, order: &Placed, key: &str) -> Reply {
        let shen = self.as_(order.wanted.operator).await;
        let form = self.paper_form(order, key).await;
        shen.post(&order.paper(key), form).await
    }

    pub async fn paper_form(&self, order: &Placed, key: &str) -> Form {
        let shen = self.as_(order.wanted.operator).await;
        let page = shen
            .get(&format!("{}/edit", order.paper(key)))
            .await
            .is(200);
        page.form(&order.paper(key))
            .with("quality", "确认样 S1 r2；缝份 1 cm")
            .with("packing", "20 件一箱")
            .with("act", "save")
    }

    /// One act on a paper, by the person whose act it is.
    pub async fn produce(&self, order: &Placed, key: &str, act: &str) -> Reply {
        let url = format!("{}/{act}", order.paper(key));
        let rev = self.paper_version(order, key).await;
        let (who, form) = match act {
            "issue" => (
                order.wanted.operator,
                Form::from([("to", "俞建平"), ("channel", "wechat")]).with("rev", rev),
            ),
            "answer" => (order.wanted.operator, self.answer(order, key, &[]).await),
            "counter" => {
                let dearer = [("answer", "counter"), ("lines[0][price]", "24.00")];
                (
                    order.wanted.operator,
                    self.answer(order, key, &dearer).await,
                )
            }
            "ready" => {
                let page = self.as_(order.wanted.operator).await.get(&url).await;
                let form = if page.status == 200 {
                    page.form(&url)
                } else {
                    Form::default()
                };
                (order.wanted.operator, form)
            }
            "decline" => (order.wanted.operator, Form::from([("words", "按原单做")])),
            "override" | "void" => (
                order.wanted.manager,
                Form::from([("words", "老客户，先做")]).with("rev", rev),
            ),
            "decision" | "terms" => (
                order.wanted.manager,
                self.verdict(order, act, "approved").await,
            ),
            "progress" => (order.wanted.operator, self.progress(order, key, &[]).await),
            _ => (order.wanted.operator, Form::default()),
        };
        let url = url.replace("/counter", "/answer");
        self.as_(who).await.post(&url, form).await
    }

    /// The factory's answer as the page gives the form, with these fields typed over.
    pub async fn answer(&self, order: &Placed, key: &str, typed: &[(&str, &str)]) -> Form {
        let url = format!("{}/answer", order.paper(key));
        let page = self.as_(order.wanted.operator).await.get(&url).await;
        let mut form = if page.status == 200 {
            page.form(&url)
        } else {
            Form::from([
                ("who", "俞建平"),
                ("channel", "wechat"),
                ("day", "2026-11-23"),
            ])
        };
        form = form
            .with("answer", "acknowledged")
            .with("words", "收到，照单做");
        for (name, value) in typed {
            form = form.with(name, *value);
        }
        form
    }

    /// What the factory says of its progress, with these fields typed over.
    pub async fn progress(&self, order: &Placed, key: &str, typed: &[(&str, &str)]) -> Form {
        let url = format!("{}/progress", order.paper(key));
        let page = self.as_(order.wanted.operator).await.get(&url).await;
        let mut form = if page.status == 200 {
            page.form(&url)
        } else {
            Form::from([
                ("who", "俞建平"),
                ("channel", "wechat"),
                ("day", "2026-11-23"),
            ])
        };
        form = form.with("at[0][material]", "1200");
        for (name, value) in typed {
            form = form.with(name, *value);
        }
        form
    }

    /// The manager's decision with the content that is asked about now.
    pub async fn verdict(&self, order: &Placed, act: &str, verdict: &str) -> Form {
        let subjects = if act == "terms" {
            "'production_terms'"
        } else {
            "'production_counter', 'production_revision'"
        };
        let hash: Vec<Vec<u8>> = self
            .ask_all(&format!(
                "select content_hash from approval where order_id = '{}' and subject in ({subjects})
                     and state = 'open'",
                order.id
            ))
            .await;
        let shown = hash.first().map(|hash| BASE64_URL_SAFE_NO_PAD.encode(hash));
        Form::from([("verdict", verdict), ("words", "看过了")])
            .with("shown", shown.unwrap_or_default())
    }

    async fn paper_version(&self, order: &Placed, key: &str) -> String {
        self.of_paper::<i32>(order, key, "version")
            .await
            .to_string()
    }

    pub async fn paper_stage(&self, order: &Placed, key: &str) -> String {
        self.of_paper(order, key, "stage").await
    }

    /// One column of a paper.
    pub async fn of_paper<T>(&self, order: &Placed, key: &str, column: &str) -> T
    where
        T: for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>,
    {
        let (number, revision) = key.split_once('-').unwrap();
        self.ask(&format!(
            "select {column} from production_order where order_id = '{}' and number = {number} and revision = {revision}",
            order.id
        ))
        .await
    }
}

/// The acts that lead from a saved draft to a stage.
fn path_to(stage: Stage) -> &'static [&'static str] {
    match stage {
        Stage::Draft => &[],
        Stage::Issued => &["issue"],
        Stage::Acknowledged => &["issue", "answer"],
        Stage::CounterProposed => &["issue", "counter"],
        Stage::Accepted => &["issue", "counter", "decision"],
        Stage::Declined => &["issue", "counter", "decline"],
        Stage::InWork => &["issue", "answer", "start"],
        Stage::Ready => &["issue", "answer", "start", "ready"],
        Stage::Closed => &["issue", "answer", "start", "ready", "closing"],
        Stage::Void => &["void"],
        Stage::Superseded => panic!("reached by the next revision"),
    }
}

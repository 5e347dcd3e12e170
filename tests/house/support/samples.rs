//! Builders of samples: a sample note and a parcel in a wanted stage, made by the forms that make them in the house.

use super::builders::Placed;
use super::client::{Form, Reply};
use super::people::id;
use super::world::World;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use gendan::samples::{ParcelStage, Stage};

impl Placed {
    pub fn sample(&self, note: &str) -> String {
        format!("{}/samples/{note}", self.url())
    }

    pub fn parcel(&self, parcel: i32) -> String {
        format!("{}/parcels/{parcel}", self.url())
    }
}

impl World {
    /// Begins a sample note of the order and brings it to this stage; answers its name.
    pub async fn sample_at(&self, order: &Placed, stage: Stage) -> String {
        let operator = self.as_(order.wanted.operator).await;
        let begun = operator
            .post(&format!("{}/samples", order.url()), [])
            .await
            .is(303);
        let place = begun.location().strip_suffix("/edit").unwrap();
        let note = place.rsplit('/').next().unwrap().to_owned();
        let form = self.sample_form(order, &note).await;
        operator.post(&order.sample(&note), form).await.is(303);
        for act in path_to(stage) {
            self.act_on_sample(order, &note, act).await.is(303);
        }
        note
    }

    /// The editor's form as the page of this moment would send it.
    pub async fn sample_form(&self, order: &Placed, note: &str) -> Form {
        Form::from([
            ("kind", "development"),
            ("styles", "LS-01; LS-02"),
            ("description", "亚麻衬衫"),
            ("material", "100% linen, 160 g"),
            ("size_chart", "chest 56 ± 1\nlength 72 ± 1"),
            ("colour", "white"),
            ("for_customer", "2"),
            ("for_file", "1"),
            ("for_factory", "1"),
            ("fee_payer", "none"),
            ("required_on", "2026-12-04"),
            ("details", "Shell buttons\nNo logo on the pocket"),
        ])
        .with("factory", id("qiming").to_string())
        .with("rev", self.sample_version(order, note).await)
    }

    async fn sample_version(&self, order: &Placed, note: &str) -> String {
        let version = self
            .ask::<i32>(&self.of_sample(order, note, "version"))
            .await;
        version.to_string()
    }

    pub async fn sample_stage(&self, order: &Placed, note: &str) -> String {
        self.ask(&self.of_sample(order, note, "stage")).await
    }

    #[expect(clippy::unused_self, reason = "the template asks its page")]
    fn of_sample(&self, order: &Placed, note: &str, column: &str) -> String {
        format!(
            "select {column} from sample_note where order_id = '{}' and sample || '-' || round = '{note}'",
            order.id
        )
    }

    /// The manager's form with the content that is asked about now.
    pub async fn sample_decision(&self, order: &Placed, note: &str, verdict: &str) -> Form {
        let hash: Option<Vec<u8>> = self.ask(&self.of_sample(order, note, "content_hash")).await;
        Form::from([("verdict", verdict), ("words", "尺寸表再写细一点")]).with(
            "shown",
            BASE64_URL_SAFE_NO_PAD.encode(hash.unwrap_or_default()),
        )
    }

    /// One act on a round, by the person whose act it is.
    #[expect(clippy::too_many_lines, reason = "a story told in its order")]
    pub async fn act_on_sample(&self, order: &Placed, note: &str, act: &str) -> Reply {
        let url = order.sample(note);
        let (operator, manager) = (order.wanted.operator, order.wanted.manager);
        let told = [
            ("who", "王师傅"),
            ("channel", "wechat"),
            ("day", "2026-11-23"),
            ("words", "收到，照做"),
        ];
        let (path, who, form) = match act {
            "sign" => {
                let form = self.sample_decision(order, note, "approved").await;
                ("signature", manager, form)
            }
            "return" => {
                let form = self.sample_decision(order, note, "returned").await;
                ("signature", manager, form)
            }
            "void" => {
                let rev = self.sample_version(order, note).await;
                (
                    "void",
                    manager,
                    Form::from([("reason", "wrong factory")]).with("rev", rev),
                )
            }
            "sending" => (
                act,
                operator,
                Form::from([("to", "王师傅"), ("channel", "wechat")]),
            ),
            "acknowledgement" => (act, operator, Form::from(told)),
            "receipt" => (
                act,
                operator,
                Form::from([("day", "2026-11-23"), ("quantity", "3")]),
            ),
            _ => (act, operator, Form::default()),
        };
        self.as_(who)
            .await
            .post(&format!("{url}/{path}"), form)
            .await
    }

    /// Packs a parcel with this round in it and brings it to this stage; answers its number.
    pub async fn parcel_at(&self, order: &Placed, note: &str, stage: ParcelStage) -> i32 {
        let operator = self.as_(order.wanted.operator).await;
        let id: uuid::Uuid = self.ask(&self.of_sample(order, note, "id")).await;
        let form = Form::from([
            ("kind", "samples"),
            ("recipient", "Anna Lind, Nordhavn Living AB"),
            ("contents", "2 linen shirts"),
            ("cost_payer", "us"),
        ])
        .with("notes", id.to_string());
        operator
            .post(&format!("{}/parcels", order.url()), form)
            .await
            .is(303);
        let parcel = self
            .ask::<i32>(&format!(
                "select max(number) from parcel where order_id = '{}'",
                order.id
            ))
            .await;
        let acts = match stage {
            ParcelStage::Packed => &[][..],
            ParcelStage::Dispatched => &["dispatch"],
            ParcelStage::NumberPassedOn => &["dispatch", "passing-on"],
            ParcelStage::Delivered => &["dispatch", "passing-on", "delivery"],
            ParcelStage::Lost => &["dispatch", "passing-on", "loss"],
            ParcelStage::Returned => &["dispatch", "passing-on", "return"],
            ParcelStage::CalledOff => panic!("called off with its order"),
        };
        for act in acts {
            self.act_on_parcel(order, parcel, act).await.is(303);
        }
        parcel
    }

    pub async fn act_on_parcel(&self, order: &Placed, parcel: i32, act: &str) -> Reply {
        let form = match act {
            "dispatch" => Form::from([
                ("courier", "DHL"),
                ("waybill", "7389 1051 146"),
                ("day", "2026-11-23"),
            ]),
            "passing-on" => Form::from([("to", "Anna Lind"), ("channel", "email")]),
            _ => Form::from([("day", "2026-11-23"), ("words", "courier's own report")]),
        };
        let operator = self.as_(order.wanted.operator).await;
        operator
            .post(&format!("{}/{act}", order.parcel(parcel)), form)
            .await
    }

    /// What the customer said of the whole; a comment where it is more than yes.
    pub async fn judge(&self, order: &Placed, note: &str, verdict: &str, words: &str) -> Reply {
        let form = Form::from([
            ("who", "Anna Lind"),
            ("channel", "email"),
            ("day", "2026-11-23"),
            ("overall_verdict", verdict),
            ("overall_words", words),
        ]);
        let operator = self.as_(order.wanted.operator).await;
        operator
            .post(&format!("{}/verdict", order.sample(note)), form)
            .await
    }

    /// Passes on to the factory everything that is owed to it.
    pub async fn tell_factory(&self, order: &Placed) {
        let owed: Vec<i32> = self
            .ask_all(&format!(
                "select distinct r.number from relay r join relay_receipt t on t.relay = r.id
                 where r.order_id = '{}' and t.to_side = 'factory' and t.passed_at is null",
                order.id
            ))
            .await;
        let operator = self.as_(order.wanted.operator).await;
        for number in owed {
            let url = format!("{}/relays/{number}/passed", order.url());
            let form = Form::from([("to", "factory"), ("channel", "wechat")]);
            operator.post(&url, form).await.is(303);
        }
    }

    pub async fn step_of(&self, order: &Placed) -> i16 {
        self.ask(&format!(
            "select step from export_order where id = '{}'",
            order.id
        ))
        .await
    }
}

/// The acts that lead from a saved draft to a stage.
fn path_to(stage: Stage) -> &'static [&'static str] {
    match stage {
        Stage::Draft => &[],
        Stage::Submitted => &["submission"],
        Stage::Returned => &["submission", "return"],
        Stage::Signed => &["submission", "sign"],
        Stage::Sent => &["submission", "sign", "sending"],
        Stage::Acknowledged => &["submission", "sign", "sending", "acknowledgement"],
        Stage::Received => &[
            "submission",
            "sign",
            "sending",
            "acknowledgement",
            "receipt",
        ],
        Stage::Superseded => &["submission", "sign", "sending", "round"],
        Stage::Void => &["void"],
    }
}

//! Credits for tests: an order whose customer pays by letter of credit, and the credit in a wanted stage.

use super::builders::{Placed, Wanted};
use super::client::{Form, Reply, fresh_key};
use super::people::id;
use super::world::World;
use gendan::credits::Stage;
use gendan::history;
use gendan::orders;
use gendan::web::{Answer, FormKey};
use uuid::Uuid;

/// As the bank writes it, for the two lines of an order of 1,200 at 5.20 each.
pub const MESSAGE: &str = ":52A:SKARGARD BANK (DEMO)\n:40A:IRREVOCABLE\n:20:SB-88123\n:31C:261120\n:40E:UCP LATEST VERSION\n\
    :31D:270228NINGBO, CHINA\n:50:NORDHAVN LIVING AB\nGOTHENBURG\n:59:NINGBO HANYU IMPORT AND EXPORT (DEMO) CO., LTD.\nNINGBO\n\
    :32B:USD12480,00\n:41D:ANY BANK\nBY NEGOTIATION\n:42C:AT SIGHT\n:43P:ALLOWED\n:43T:ALLOWED\n:44E:NINGBO, CHINA\n\
    :44F:GOTHENBURG, SWEDEN\n:44C:270131\n:45A:LINEN SHIRTS FOB NINGBO\n:46A:+COMMERCIAL INVOICE IN 3 ORIGINALS\n\
    +PACKING LIST IN 2 ORIGINALS\n:48:21\n:49:WITHOUT";

impl World {
    /// An order whose customer pays by these terms.
    pub async fn order_paid_by(&self, wanted: Wanted, payment: &str) -> Placed {
        let key = FormKey {
            route: "/orders".to_owned(),
            key: Uuid::parse_str(&fresh_key()).unwrap(),
            digest: [0; 32],
        };
        let by = self.by(wanted.operator);
        let act = history::begin(&self.app, by, &key).await.unwrap();
        let mut opening = self.opening(&wanted);
        payment.clone_into(&mut opening.terms.payment);
        let act = orders::open(act, self.app.config.zone, &opening)
            .await
            .unwrap();
        let (number, id) = (act.order.number.to_string(), act.order.id().0);
        let answer = Answer::to(act.order.url());
        act.finish(answer).await.unwrap();
        Placed { number, id, wanted }
    }

    /// A credit over one order, brought to this stage by the acts; answers our number.
    pub async fn credit_at(&self, order: &Placed, stage: Stage) -> String {
        let form = [
            ("amount", "12480"),
            ("issuing_bank", "Skargard Bank (Demo)"),
        ];
        let shen = self.as_(order.wanted.operator).await;
        let reply = shen
            .post(&format!("{}/credit", order.url()), form)
            .await
            .is(303);
        let credit = reply.location().trim_start_matches("/credits/").to_owned();
        for act in path_to(stage) {
            self.credit_act(order, &credit, act).await.is(303);
        }
        credit
    }

    /// One act on a credit, by the operator of its order.
    pub async fn credit_act(&self, order: &Placed, credit: &str, act: &str) -> Reply {
        let (name, form) = match act {
            "receipt" => (act, message(MESSAGE)),
            "wrong-receipt" => {
                let wrong = MESSAGE.replace("AT SIGHT", "60 DAYS AFTER SIGHT");
                ("receipt", message(&wrong))
            }
            "amendment-refusal" | "cancellation" => (act, Form::from([("words", "bank says no")])),
            "amendments" => (act, amendment("f_42C", "AT SIGHT")),
            _ => (act, Form::default()),
        };
        let url = format!("/credits/{credit}/{name}");
        self.seen_post(order.wanted.operator, &url, form).await
    }

    /// A form of a credit or a set of documents, as it stands at this moment.
    pub async fn seen_post(&self, login: &str, url: &str, form: impl Into<Form>) -> Reply {
        let form = form.into().with("rev", self.version_at(url).await);
        self.as_(login).await.post(url, form).await
    }

    async fn version_at(&self, url: &str) -> String {
        let parts: Vec<&str> = url.split('/').collect();
        let version: i32 = match parts.as_slice() {
            [_, "credits", number, ..] => {
                self.ask(&format!(
                    "select version from letter_of_credit where number = '{number}'"
                ))
                .await
            }
            [_, "presentations", shipment, sequence, ..] => {
                self.ask(&format!(
                    "select p.version from presentation p join shipment s on s.id = p.shipment
                     where s.number = '{shipment}' and p.sequence = {sequence}"
                ))
                .await
            }
            _ => panic!("{url} is no address of a credit or a set"),
        };
        version.to_string()
    }

    pub async fn credit_stage(&self, credit: &str) -> String {
        self.ask(&format!(
            "select stage from letter_of_credit where number = '{credit}'"
        ))
        .await
    }

    /// A shipment with all goods of an order, on board on this day.
    // until the desk shipping has its acts
    pub async fn shipped(&self, order: &Placed, number: &str, on_board: &str) -> String {
        let shipment = id(number);
        self.sql(&format!(
            "insert into shipment (id, number, customer, department, mode, stage, currency, etd, on_board_on, created_at)
                 select '{shipment}', '{number}', o.customer, o.department, 'sea_fcl', 'departed', 'USD', '{on_board}',
                     '{on_board}', o.opened_at from export_order o where o.id = '{0}';
             insert into shipment_line (id, shipment, order_line, quantity)
                 select l.id, '{shipment}', l.id, l.quantity from order_line l where l.order_id = '{0}'",
            order.id
        ))
        .await;
        number.to_owned()
    }
}

/// The form of an amendment of one field.
pub fn amendment(field: &str, words: &str) -> Form {
    Form::from([("day", "2026-11-23"), ("act", "receive")]).with(field, words)
}

/// The form of a receipt with these fields.
pub fn message(text: &str) -> Form {
    let mut form = Form::from([("day", "2026-11-23"), ("act", "receive")]);
    let terms = gendan::credits::terms::split(text, &gendan::credits::field::ISSUE);
    for (tag, words) in terms.iter() {
        form = form.with(&format!("f_{tag}"), words);
    }
    form
}

/// The acts that lead from expected to a stage.
fn path_to(stage: Stage) -> &'static [&'static str] {
    match stage {
        Stage::Expected => &[],
        Stage::Received => &["receipt"],
        Stage::Examined => &["receipt", "examination"],
        Stage::AmendmentAsked => &["wrong-receipt", "examination", "amendment-request"],
        Stage::Refused => &[
            "wrong-receipt",
            "examination",
            "amendment-request",
            "amendment-refusal",
        ],
        Stage::Amended => &[
            "wrong-receipt",
            "examination",
            "amendment-request",
            "amendments",
            "amendments/1/acceptance",
        ],
        Stage::Workable => &["receipt", "examination", "workable"],
        Stage::Cancelled => &["cancellation"],
        Stage::Drawn | Stage::Exhausted | Stage::Expired => {
            panic!("reached by a shipment or by a date")
        }
    }
}

//! Exceptions 放行: asked by the operator before a gate that is shut, decided by the manager.

use super::builders::Placed;
use super::client::{Form, Reply};
use super::world::World;

impl World {
    /// The operator asks for this gate to be opened.
    pub async fn ask_exception(&self, order: &Placed, gate: &str, thing: &str) -> Reply {
        let url = format!("{}/exceptions/new/{gate}/{thing}", order.url());
        let operator = self.as_(order.wanted.operator).await;
        let form = operator.get(&url).await.is(200).form(&url);
        let form = form.with("words", "客户本周五付清，船不等人");
        operator.post(&url, form).await
    }

    /// The manager's form of the decision, as her page gives it.
    pub async fn exception_form(&self, url: &str, login: &str, verdict: &str) -> Form {
        let page = self.as_(login).await.get(url).await.is(200);
        let decision = format!("{url}/decision");
        let form = if page.attributes("form", "action").contains(&decision) {
            page.form(&decision)
        } else {
            Form::default()
        };
        form.with("verdict", verdict).with("words", "老客户，放")
    }

    pub async fn decide_exception(&self, url: &str, login: &str, verdict: &str) -> Reply {
        let form = self.exception_form(url, login, verdict).await;
        let client = self.as_(login).await;
        client.post(&format!("{url}/decision"), form).await
    }

    /// The manager asks this colleague for an opinion on the order's open question; answers where it is given.
    pub async fn ask_opinion(&self, order: &Placed, login: &str) -> String {
        let question: uuid::Uuid = self
            .ask(&format!(
                "select id from approval where order_id = '{}' and state = 'open'",
                order.id
            ))
            .await;
        let url = format!("/approvals/{question}/opinion");
        let gu = self.as_(order.wanted.manager).await;
        let form = gu.get(&url).await.is(200).form(&url);
        let form = form
            .with("who", super::people::id(login).to_string())
            .with("question", "这个折扣合适吗");
        gu.post(&url, form).await.is(303);
        let opinion: uuid::Uuid = self
            .ask(&format!(
                "select id from approval_opinion where approval = '{question}' and answered_at is null"
            ))
            .await;
        format!("{}/opinions/{opinion}", order.url())
    }

    /// Asked and granted; answers where it is read.
    pub async fn granted(&self, order: &Placed, gate: &str, thing: &str) -> String {
        let asked = self.ask_exception(order, gate, thing).await.is(303);
        let url = asked.location().to_owned();
        self.decide_exception(&url, order.wanted.manager, "approved")
            .await
            .is(303);
        url
    }
}

//! Builders of step 6: issues, change orders and inspections in a wanted state, made through the forms that make them.

use super::builders::Placed;
use super::client::{Form, Reply};
use super::world::World;
use gendan::proforma::Stage;
use uuid::Uuid;

/// An order in production with something in each state that an address asks for.
pub struct StepSix {
    order: Placed,
    stale: Placed,
    paper: Uuid,
}

impl StepSix {
    /// The address with real things in it.
    pub fn address(&self, path: &str) -> String {
        let issue = match path.rsplit('/').next().unwrap_or("") {
            "question" | "agreement" | "drop" => "2",
            "conveyance" => "3",
            "acknowledgement" => "4",
            "resolution" => "5",
            "closing" => "6",
            _ => "1",
        };
        let inspection = match path.rsplit('/').next().unwrap_or("") {
            "verdict" | "waiver" => "2",
            _ => "1",
        };
        let order = if path.contains("{paper}") {
            &self.stale
        } else {
            &self.order
        };
        path.replace("{number}", &order.number)
            .replace("{issue}", issue)
            .replace("{message}", "1")
            .replace("{change}", "1")
            .replace("{line}", "1")
            .replace("{inspection}", inspection)
            .replace("{paper}", &self.paper.to_string())
    }
}

impl World {
    /// An order whose proforma invoice the customer has confirmed.
    pub async fn confirmed(&self) -> Placed {
        let order = self.order().await;
        self.proforma_at(&order, Stage::Confirmed).await;
        order
    }

    /// Reports an issue of the factory; `with` changes what the form says.
    pub async fn report(&self, order: &Placed, with: &[(&str, &str)]) -> i32 {
        self.try_report(order, with).await.is(303);
        self.ask(&format!(
            "select max(number) from issue where order_id = '{}'",
            order.id
        ))
        .await
    }

    pub async fn try_report(&self, order: &Placed, with: &[(&str, &str)]) -> Reply {
        let mut form = Form::from([
            ("kind", "shade"),
            ("severity", "major"),
            ("from", "factory"),
            ("who", "俞建平"),
            ("channel", "wechat"),
            ("title", "B 缸色差"),
            ("words", "B缸偏浅，重染要8天"),
        ]);
        for (name, value) in with {
            form = form.with(name, *value);
        }
        let shen = self.as_(order.wanted.operator).await;
        shen.post(&format!("{}/issues", order.url()), form).await
    }

    /// One act on an issue, by the colleague whose act it is.
    pub async fn step(&self, order: &Placed, issue: i32, act: &str) -> Reply {
        let said = [
            ("who", "Anna Lind"),
            ("channel", "email"),
            ("words", "ok, go on"),
        ];
        let (login, form) = match act {
            "question" => (
                order.wanted.salesperson,
                Form::from([("words", "Lot B is lighter. Do you accept it?")]),
            ),
            "agreement" => (
                order.wanted.salesperson,
                Form::from(said)
                    .with("result", "收下 B 缸\n单独装箱")
                    .with("bearer", "factory")
                    .with("amount", "772.80")
                    .with("currency", "USD"),
            ),
            "drop" => (
                order.wanted.salesperson,
                Form::from([("words", "不是问题")]),
            ),
            "conveyance" => (
                order.wanted.operator,
                Form::from([("words", "收下 B 缸\n单独装箱")]),
            ),
            "acknowledgement" => (order.wanted.operator, Form::from(said)),
            "resolution" => (order.wanted.operator, Form::from([("words", "已分开装箱")])),
            _ => (order.wanted.operator, Form::default()),
        };
        let url = format!("{}/issues/{issue}/{act}", order.url());
        self.as_(login).await.post(&url, form).await
    }

    /// A new issue brought to this stage; the customer is not asked.
    pub async fn issue_at(&self, order: &Placed, stage: &str) -> i32 {
        let issue = self.report(order, &[]).await;
        let acts = [
            ("with_sales", "sales"),
            ("agreed", "agreement"),
            ("conveyed", "conveyance"),
            ("acknowledged", "acknowledgement"),
            ("resolved", "resolution"),
            ("closed", "closing"),
        ];
        if stage == "reported" {
            return issue;
        }
        for (reached, act) in acts {
            self.step(order, issue, act).await.is(303);
            if reached == stage {
                break;
            }
        }
        issue
    }

    /// Raises a change order from the form as the page gives it, with these cells typed over.
    pub async fn raise(&self, order: &Placed, cells: &[(&str, &str)]) -> i32 {
        self.try_raise(order, cells).await.is(303);
        self.ask(&format!(
            "select max(number) from change_order where order_id = '{}'",
            order.id
        ))
        .await
    }

    pub async fn try_raise(&self, order: &Placed, cells: &[(&str, &str)]) -> Reply {
        let shen = self.as_(order.wanted.operator).await;
        let action = format!("{}/changes", order.url());
        let page = shen.get(&format!("{action}/new")).await.is(200);
        let mut form = page
            .form(&action)
            .with("wished_by", "customer")
            .with("reason", "客户来信要求");
        for (name, value) in cells {
            form = form.with(name, *value);
        }
        shen.post(&action, form).await
    }

    /// One act on a change order, by the colleague whose act it is.
    pub async fn change(&self, order: &Placed, change: i32, act: &str) -> Reply {
        let said = Form::from([
            ("who", "Anna Lind"),
            ("channel", "email"),
            ("words", "agreed"),
        ]);
        let (login, form) = match act {
            "approval" | "no" => {
                let verdict = if act == "no" { "returned" } else { "approved" };
                (
                    order.wanted.manager,
                    self.decision(order, change, verdict).await,
                )
            }
            "withdrawal" => (order.wanted.operator, Form::from([("words", "不改了")])),
            "application" => (order.wanted.operator, Form::default()),
            "refusal" => (order.wanted.operator, said.with("by", "factory")),
            _ => (order.wanted.operator, said),
        };
        let path = if act == "no" { "approval" } else { act };
        let url = format!("{}/changes/{change}/{path}", order.url());
        self.as_(login).await.post(&url, form).await
    }

    /// Every answer a change order asks for, and its application.
    pub async fn apply(&self, order: &Placed, change: i32) {
        let missing: Vec<bool> = self
            .ask(&format!(
                "select array[asks_manager, asks_customer] from change_order where order_id = '{}' and number = {change}",
                order.id
            ))
            .await;
        if missing[0] {
            self.change(order, change, "approval").await.is(303);
        }
        if missing[1] {
            self.change(order, change, "agreement").await.is(303);
        }
        let lines: Vec<i32> = self
            .ask_all(&format!(
                "select k.line from change_order_line k join change_order c on c.id = k.change_order
                 where c.order_id = '{}' and c.number = {change} order by 1",
                order.id
            ))
            .await;
        for line in lines {
            let act = format!("lines/{line}/acknowledgement");
            self.change(order, change, &act).await.is(303);
        }
        self.change(order, change, "application").await.is(303);
    }

    /// Plans an inspection of both lines.
    pub async fn plan_inspection(&self, order: &Placed, kind: &str) -> Reply {
        let form = Form::from([
            ("kind", kind),
            ("on", "2026-11-25"),
            ("inspector", "李质"),
            ("level", "II"),
            ("major", "2.5"),
            ("minor", "4.0"),
            ("lines[0][lot]", "1200"),
            ("lines[1][lot]", "1200"),
        ]);
        let shen = self.as_(order.wanted.operator).await;
        shen.post(&format!("{}/inspections", order.url()), form)
            .await
    }

    /// Records so many major defects in the first lot.
    pub async fn record_inspection(&self, order: &Placed, number: i32, major: &str) -> Reply {
        let form = Form::from([
            ("on", "2026-11-23"),
            ("packed", "80"),
            ("lines[0][major]", major),
            ("findings", "线头多"),
        ]);
        let url = format!("{}/inspections/{number}/record", order.url());
        self.as_(order.wanted.operator).await.post(&url, form).await
    }

    pub async fn judge_inspection(&self, order: &Placed, number: i32, verdict: &str) -> Reply {
        let url = format!("{}/inspections/{number}/verdict", order.url());
        let form = [("verdict", verdict), ("words", "看过了")];
        self.as_(order.wanted.operator).await.post(&url, form).await
    }

    /// One order with an issue, a change order and an inspection in each state that an address asks for, and another with
    /// an outdated paper.
    pub async fn step_six(&self) -> StepSix {
        let order = self.confirmed().await;
        for stage in [
            "reported",
            "with_sales",
            "agreed",
            "conveyed",
            "acknowledged",
            "resolved",
        ] {
            self.issue_at(&order, stage).await;
        }
        self.raise(&order, &[("lines[0][quantity]", "1300")]).await;
        for number in [1, 2] {
            self.plan_inspection(&order, "final").await.is(303);
            if number == 2 {
                self.record_inspection(&order, 2, "0").await.is(303);
            }
        }
        let stale = self.confirmed().await;
        let change = self.raise(&stale, &[("packing", "20 pcs a carton")]).await;
        self.apply(&stale, change).await;
        let paper = self
            .ask(&format!(
                "select id from issued_paper where order_id = '{}' and stale_since is not null",
                stale.id
            ))
            .await;
        StepSix {
            order,
            stale,
            paper,
        }
    }
}

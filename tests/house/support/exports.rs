//! Exports: shipments that have left, money that came in, and claims, in a wanted state for the papers of step 9.

use super::builders::Placed;
use super::client::{Form, Reply};
use super::people::id;
use super::world::World;
use uuid::Uuid;

impl World {
    /// All goods of an order left under one declaration of this day; answers the shipment's number.
    // until the desk shipping has its acts
    pub async fn left(&self, order: &Placed, exported: &str) -> String {
        let number = format!("S-{}", order.number);
        let (shipment, declaration) = (
            Uuid::from_u128(rand::random()),
            Uuid::from_u128(rand::random()),
        );
        let customer = id(order.wanted.customer);
        self.sql(&format!(
            "insert into shipment (id, number, customer, department, mode, stage, currency, on_board_on, created_at)
                 select '{shipment}', '{number}', '{customer}', o.department, 'sea_fcl', 'departed', 'USD', '{exported}',
                     '2026-11-02T01:00:00Z' from export_order o where o.id = '{}';
             insert into shipment_line (id, shipment, order_line, quantity)
                 select gen_random_uuid(), '{shipment}', l.id, l.quantity from order_line l where l.order_id = '{}';
             insert into customs_declaration (id, shipment, sequence, stage, number, exported_on, fob_amount, currency)
                 values ('{declaration}', '{shipment}', 1, 'cleared', '31042026{:010}', '{exported}', 12480, 'USD');
             insert into rebate_rate (id, hs_code, from_day, vat_rate, rebate_rate, treatment)
                 values (gen_random_uuid(), '6205209099', '2010-01-01', 13, 13, 'refund') on conflict do nothing;",
            order.id,
            order.id,
            shipment.as_u128() % 9_999_999_999,
        ))
        .await;
        number
    }

    /// Money of the customer allocated to the order.
    pub async fn money_in(&self, order: &Placed, amount: &str) -> Uuid {
        let receipt = self.receipt(amount).await;
        self.allocate(&receipt, order, "balance", amount)
            .await
            .is(303);
        self.allocation(&receipt).await
    }

    /// One act at an address below the order, with the version the thing has now.
    pub async fn step_nine(&self, login: &str, url: &str, form: impl Into<Form>) -> Reply {
        self.as_(login).await.post(url, form).await
    }

    /// One paper is back, recorded by the operator.
    pub async fn paper_back(&self, order: &Placed, shipment: &str, paper: &str) {
        let url = format!("{}/hand-overs/{shipment}/papers/{paper}", order.url());
        let form = [("on", "2026-11-20"), ("from", "海桥货代")];
        self.step_nine(order.wanted.operator, &url, form)
            .await
            .is(303);
    }

    pub async fn hand_over_version(&self, shipment: &str) -> String {
        let version: Vec<i32> = self
            .ask_all(&format!(
                "select h.version from hand_over h join shipment s on s.id = h.shipment where s.number = '{shipment}'"
            ))
            .await;
        version.first().copied().unwrap_or(0).to_string()
    }

    /// The operator hands over what is back, with a reason for what is not.
    pub async fn papers_given(&self, order: &Placed, shipment: &str) {
        let url = format!("{}/hand-overs/{shipment}/handing-over", order.url());
        let rev = self.hand_over_version(shipment).await;
        let form = Form::from([("reason", "银行水单月底才有")]).with("rev", rev);
        self.step_nine(order.wanted.operator, &url, form)
            .await
            .is(303);
    }

    /// Finance lays this much money against the first declaration.
    pub async fn matched(
        &self,
        order: &Placed,
        shipment: &str,
        (money, part): (Uuid, &str),
    ) -> Reply {
        let url = format!("{}/verifications/{shipment}/1/matching", order.url());
        let rev: Vec<i32> = self
            .ask_all(&format!(
                "select m.version from verification_matching m join customs_declaration d on d.id = m.declaration
                 join shipment s on s.id = d.shipment where s.number = '{shipment}'"
            ))
            .await;
        let form = Form::from([("declared", "12480"), ("money[0][amount]", part)])
            .with("money[0][id]", money.to_string())
            .with("rev", rev.first().copied().unwrap_or(0).to_string());
        self.step_nine("xu", &url, form).await
    }

    /// Finance begins a claim of the shipment.
    pub async fn claim_begun(&self, order: &Placed, shipment: &str) -> String {
        let url = format!("{}/rebates/{shipment}", order.url());
        let reply = self.step_nine("xu", &url, []).await.is(303);
        reply.location().to_owned()
    }

    /// An invoice of the factory lies in the newest claim of the shipment.
    pub async fn vat_invoice(&self, shipment: &str) -> Uuid {
        let invoice = Uuid::from_u128(rand::random());
        self.sql(&format!(
            "insert into rebate_invoice (id, claim, number, supplier, dated, hs_code, quantity, unit, gross, vat_rate,
                 rebate_rate, treatment, at, person)
             select '{invoice}', r.id, '{invoice}', '启明制衣', '2026-10-20', '6205209099', 2400, 'pcs', 56280, 13, 13,
                 'refund', '2026-11-20T02:00:00Z', '{}' from rebate_claim r join shipment s on s.id = r.shipment
             where s.number = '{shipment}' order by r.sequence desc limit 1",
            id("xu"),
        ))
        .await;
        invoice
    }

    pub async fn claim_version(&self, shipment: &str) -> String {
        self.ask::<i32>(&format!(
            "select r.version from rebate_claim r join shipment s on s.id = r.shipment where s.number = '{shipment}'
             order by r.sequence desc limit 1"
        ))
        .await
        .to_string()
    }

    /// An act on the newest claim of the shipment, by finance.
    pub async fn claim_act(
        &self,
        claim: &str,
        shipment: &str,
        act: &str,
        form: impl Into<Form>,
    ) -> Reply {
        let form = form.into().with("rev", self.claim_version(shipment).await);
        self.step_nine("xu", &format!("{claim}/{act}"), form).await
    }
}

//! Step 9: the papers come back and go to finance 交接, verification 核销, rebate 退税, the factory is paid, and the end.

use super::Story;

/// Papers of an export of today, as the list of the hand-over names them.
const PAPERS: [&str; 5] = [
    "declaration",
    "transport_document",
    "invoice",
    "packing_list",
    "bank_slip",
];

impl Story {
    /// The operator records that every paper is back.
    pub async fn papers_come_back(&self, shipment: &str) {
        let page = format!("hand-overs/{shipment}");
        for kind in PAPERS {
            let url = format!("{page}/papers/{kind}");
            self.does("shen", (&page, &url), &[("from", "海翎国际货运")])
                .await;
        }
    }

    /// An act on the hand-over.
    pub async fn hand_over(&self, who: &str, shipment: &str, act: &str, typed: &[(&str, &str)]) {
        let page = format!("hand-overs/{shipment}");
        self.does(who, (&page, &format!("{page}/{act}")), typed)
            .await;
    }

    /// 许安 lays the money that came in against the declaration.
    pub async fn matches(&self, shipment: &str, typed: &[(&str, &str)]) {
        let page = format!("verifications/{shipment}/1");
        self.does("xu", (&page, &format!("{page}/matching")), typed)
            .await;
    }

    /// Asked by the operator, approved by the manager, paid by finance.
    pub async fn pays_factory(&self, factory: &str, amount: &str) {
        let typed = [
            ("kind", "factory"),
            ("payee", factory),
            ("currency", "CNY"),
            ("amount", amount),
            ("due_on", "2027-03-31"),
        ];
        let asked = self
            .does("shen", ("payments", "/payables/new"), &typed)
            .await;
        let page = asked.location().to_owned();
        let yes = [("verdict", "approved"), ("words", "")];
        self.does("gu", (&page, &format!("{page}/approval")), &yes)
            .await;
        let typed = [("bank", "甬屿人民币户"), ("bank_reference", amount)];
        self.does("xu", (&page, &format!("{page}/payment")), &typed)
            .await;
    }

    /// The rate that the tax office gives for a code.
    pub async fn knows_rebate_rate(&self, code: &str) {
        let typed = [
            ("hs_code", code),
            ("from", "2020-01-01"),
            ("vat_rate", "13"),
            ("rebate_rate", "13"),
        ];
        self.does("xu", ("/rates", "/rates/rebate"), &typed).await;
    }

    /// A claim begins; answers its page.
    pub async fn begins_rebate(&self, shipment: &str) -> String {
        let page = format!("rebates/{shipment}");
        let begun = self.does("xu", (&page, &page), &[]).await;
        begun.location().to_owned()
    }

    pub async fn lays_in_invoice(&self, claim: &str, typed: &[(&str, &str)]) {
        self.does("xu", (claim, &format!("{claim}/invoices")), typed)
            .await;
    }

    pub async fn files_set(&self, claim: &str) {
        let typed = [
            ("place[contracts]", "柜 3 / 2027-03"),
            ("place[transport]", "柜 3 / 2027-03"),
            ("reason[delegation]", "自理报关"),
        ];
        self.does("xu", (claim, &format!("{claim}/filing-set")), &typed)
            .await;
    }

    pub async fn claims(&self, claim: &str, step: &str, typed: &[(&str, &str)]) {
        self.does("xu", (claim, &format!("{claim}/steps/{step}")), typed)
            .await;
    }

    /// From the first invoice to the money: one claim of everything under one code.
    pub async fn claims_whole_rebate(&self, shipment: &str) {
        self.knows_rebate_rate("6110209000").await;
        let claim = self.begins_rebate(shipment).await;
        let invoice = [
            ("number", "033002100111"),
            ("supplier", "启明制衣"),
            ("dated", "2027-01-20"),
            ("hs_code", "6110209000"),
            ("quantity", "4240"),
            ("unit", "pcs"),
            ("gross", "153100"),
            ("vat_rate", "13"),
        ];
        self.lays_in_invoice(&claim, &invoice).await;
        self.files_set(&claim).await;
        self.claims(&claim, "complete", &[]).await;
        self.claims(&claim, "declare", &[("batch", "2027-03-001")])
            .await;
        self.stands(9, "await_rebate_answer tax_office").await;
        let refund = [("amount", "17613.27")];
        self.claims(&claim, "approve", &refund).await;
        self.claims(&claim, "receive", &refund).await;
    }
}

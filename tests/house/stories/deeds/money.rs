//! Money in 收汇 and out 付款 at the desk of finance.

use super::Story;

impl Story {
    /// 许安 records what the bank says came in, with its slip; answers the receipt's page.
    pub async fn money_comes(&self, amount: &str, charges: &str, reference: &str) -> String {
        let typed = [
            ("account", "甬屿美元户"),
            ("amount", amount),
            ("charges", charges),
            ("payer", "NORDHAVN LIVING AB"),
            ("customer", "nordhavn-living"),
            ("bank_reference", reference),
        ];
        let slip = ("slip", "slip.pdf", &b"%PDF-1.7\n%%EOF\n"[..]);
        let done = self
            .files("xu", ("/receipts", "/receipts/new"), &typed, slip)
            .await;
        done.location().to_owned()
    }

    /// She takes what the house suggests for it.
    pub async fn claims_as_suggested(&self, receipt: &str) {
        let to = format!("{receipt}/allocations");
        self.does("xu", (receipt, &to), &[]).await;
    }

    /// She settles it at the bank's rate of the day.
    pub async fn settles(&self, receipt: &str, amount: &str, rate: &str) {
        let typed = [("amount", amount), ("rate", rate), ("bank", "甬屿银行")];
        self.does("xu", (receipt, &format!("{receipt}/settlement")), &typed)
            .await;
    }
}

//! The letter of credit 信用证 and the presentation of documents 交单.

use super::Story;
use super::forms::Filled;

impl Story {
    /// The operator expects a credit of this amount; answers its page.
    pub async fn expects_credit(&self, amount: &str) -> String {
        let typed = [("amount", amount), ("issuing_bank", "Skargard Bank (Demo)")];
        let held = self.does("shen", ("credit", "credit/new"), &typed).await;
        held.location().to_owned()
    }

    /// The bank's message pasted whole: the house splits it into its fields, and it is received.
    pub async fn credit_comes(&self, credit: &str, message: &str) {
        let url = format!("{credit}/receipt");
        let typed = [("pasted", message), ("act", "split")];
        let split = self.tries("shen", (credit, &url), &typed).await.is(200);
        let (_, form) = Filled::find(&split, &url)
            .unwrap()
            .typed(&[("act", "receive")]);
        self.w.as_("shen").await.post_raw(&url, form).await.is(303);
        self.is_told((credit, &url)).await;
    }

    /// An act of the operator on the credit.
    pub async fn credit(&self, credit: &str, act: &str, typed: &[(&str, &str)]) {
        self.does("shen", (credit, &format!("{credit}/{act}")), typed)
            .await;
    }

    /// The set of a shipment is begun; answers its page.
    pub async fn prepares_set(&self, shipment: &str) -> String {
        let begun = self
            .does(
                "shen",
                ("credit", "presentations"),
                &[("shipment", shipment)],
            )
            .await;
        begun.location().trim_end_matches("/edit").to_owned()
    }

    /// Every document is there in its number and examined.
    pub async fn completes_set(&self, set: &str, numbers: &[&str]) {
        let mut typed = Vec::new();
        for (row, number) in numbers.iter().enumerate() {
            typed.push((format!("papers[{row}][originals_present]"), *number));
            typed.push((format!("papers[{row}][examined]"), "yes"));
        }
        let mut all: Vec<(&str, &str)> = typed
            .iter()
            .map(|(name, value)| (name.as_str(), *value))
            .collect();
        all.push(("act", "complete"));
        self.does("shen", (set, &format!("{set}/edit")), &all).await;
    }

    /// An act on the set, by who hears from the bank.
    pub async fn set(&self, who: &str, set: &str, act: &str, typed: &[(&str, &str)]) {
        self.does(who, (set, &format!("{set}/{act}")), typed).await;
    }
}

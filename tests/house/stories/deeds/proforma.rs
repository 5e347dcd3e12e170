//! Step 4 at the desk of proforma invoices 形式发票.

use super::Story;

impl Story {
    /// The operator fills in what the sheet does not say, and hands the revision in.
    pub async fn writes_proforma(&self, revision: i32, typed: &[(&str, &str)]) {
        let page = format!("proforma/{revision}");
        let mut all = vec![
            ("loading_port", "NINGBO"),
            ("discharge_port", "GOTHENBURG"),
            ("account", "甬屿美元户"),
            ("act", "submit"),
        ];
        all.extend(typed);
        self.does("shen", (&page, &format!("{page}/edit")), &all)
            .await;
    }

    pub async fn decides_proforma(&self, revision: i32, verdict: &str, words: &str) {
        let page = format!("proforma/{revision}");
        let typed = [("verdict", verdict), ("words", words)];
        self.does("gu", (&page, &format!("{page}/approval")), &typed)
            .await;
    }

    pub async fn sends_proforma(&self, revision: i32) {
        let page = format!("proforma/{revision}");
        let typed = [("to", "Anna Lind"), ("channel", "email")];
        self.does("shen", (&page, &format!("{page}/sending")), &typed)
            .await;
    }

    pub async fn customer_answers_proforma(&self, revision: i32, answer: &str, words: &str) {
        let page = format!("proforma/{revision}");
        let typed = [
            ("answer", answer),
            ("who", "Anna Lind"),
            ("channel", "email"),
            ("words", words),
        ];
        let file = ("evidence", "mail.txt", words.as_bytes());
        self.files(
            "shen",
            (&page, &format!("{page}/confirmation")),
            &typed,
            file,
        )
        .await;
    }
}

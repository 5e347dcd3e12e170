//! Step 4 at the desk of proforma invoices 形式发票.

use super::Story;

/// Who makes which line, and for how much.
pub const MAKERS: [(&str, &str); 15] = [
    ("lines[0][hs_code]", "6110209000"),
    ("lines[1][hs_code]", "6110209000"),
    ("lines[2][hs_code]", "6110209000"),
    ("lines[3][hs_code]", "6110209000"),
    ("lines[4][hs_code]", "6110209000"),
    ("lines[0][factory]", "启明制衣"),
    ("lines[0][factory_price]", "42.00"),
    ("lines[1][factory]", "启明制衣"),
    ("lines[1][factory_price]", "31.00"),
    ("lines[2][factory]", "启明制衣"),
    ("lines[2][factory_price]", "35.00"),
    ("lines[3][factory]", "禾木箱包"),
    ("lines[3][factory_price]", "36.00"),
    ("lines[4][factory]", "禾木箱包"),
    ("lines[4][factory_price]", "38.00"),
];

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

//! Step 5 and 6 at the desk of production 生产: the order to the factory, and how far it is.

use super::Story;

impl Story {
    /// The operator completes the draft with what the factory has to know, and sends it.
    pub async fn writes_production(&self, paper: &str, typed: &[(&str, &str)]) {
        let page = format!("production/{paper}");
        let mut all = vec![
            ("quality", "确认样 S1 r2；缝份 1 cm"),
            ("packing", "20 件一箱，独立胶袋"),
            ("remarks", "针检"),
            ("act", "save"),
        ];
        all.extend(typed);
        self.does("shen", (&page, &format!("{page}/edit")), &all)
            .await;
    }

    pub async fn issues_production(&self, paper: &str) {
        let page = format!("production/{paper}");
        let edit = format!("{page}/edit");
        let issue = self
            .goes_on("shen", (&page, &edit), &[("act", "issue")])
            .await;
        self.does(
            "shen",
            (&issue, &issue),
            &[("to", "俞建平"), ("channel", "wechat")],
        )
        .await;
    }

    pub async fn factory_answers(&self, paper: &str, typed: &[(&str, &str)]) {
        let page = format!("production/{paper}");
        let mut all = vec![
            ("answer", "acknowledged"),
            ("who", "俞建平"),
            ("channel", "wechat"),
            ("words", "收到，照单做"),
        ];
        all.extend(typed);
        self.does("shen", (&page, &format!("{page}/answer")), &all)
            .await;
    }

    pub async fn factory_begins(&self, paper: &str) {
        let page = format!("production/{paper}");
        self.does("shen", (&page, &format!("{page}/start")), &[])
            .await;
    }

    /// So much of each line has passed this stage.
    pub async fn factory_reports(&self, paper: &str, stage: &str, quantities: &[&str]) {
        let page = format!("production/{paper}");
        let cells: Vec<(String, &str)> = quantities
            .iter()
            .enumerate()
            .map(|(row, quantity)| (format!("at[{row}][{stage}]"), *quantity))
            .collect();
        let mut typed = vec![("who", "俞建平"), ("channel", "wechat")];
        typed.extend(cells.iter().map(|(name, value)| (name.as_str(), *value)));
        self.does("shen", (&page, &format!("{page}/progress")), &typed)
            .await;
    }

    pub async fn factory_is_ready(&self, paper: &str) {
        let page = format!("production/{paper}");
        self.does("shen", (&page, &format!("{page}/ready")), &[])
            .await;
    }
}

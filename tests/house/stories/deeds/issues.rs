//! Step 6: what goes wrong in production 生产异常, what changes because of it 变更单, and the inspection 验货.

use super::Story;

impl Story {
    /// The factory says what is wrong; the operator writes it down.
    pub async fn factory_reports_issue(&self, title: &str, words: &str) {
        let typed = [
            ("title", title),
            ("kind", "shade"),
            ("severity", "major"),
            ("from", "factory"),
            ("who", "俞建平"),
            ("channel", "wechat"),
            ("words", words),
        ];
        self.does("shen", ("issues", "issues/new"), &typed).await;
    }

    /// An act of somebody on an issue, from its page.
    pub async fn issue(&self, who: &str, number: i32, act: &str, typed: &[(&str, &str)]) {
        let page = format!("issues/{number}");
        self.does(who, (&page, &format!("{page}/{act}")), typed)
            .await;
    }

    /// A change order raised from an issue: only what is typed changes.
    pub async fn raises_change(&self, issue: i32, typed: &[(&str, &str)]) {
        let mut all = vec![("wished_by", "customer"), ("reason", "B 缸降价收下")];
        all.extend(typed);
        self.does("shen", (&format!("issues/{issue}"), "changes/new"), &all)
            .await;
    }

    pub async fn manager_decides_change(&self, change: i32) {
        let page = format!("changes/{change}");
        let typed = [("verdict", "approved"), ("words", "")];
        self.does("gu", (&page, &format!("{page}/approval")), &typed)
            .await;
    }

    pub async fn customer_agrees_to_change(&self, change: i32) {
        let page = format!("changes/{change}");
        let typed = [
            ("who", "Anna Lind"),
            ("channel", "email"),
            ("words", "Agreed"),
        ];
        self.does("shen", (&page, &format!("{page}/agreement")), &typed)
            .await;
    }

    /// The workshop has read one line of the change.
    pub async fn factory_acknowledges_change(&self, change: i32, line: i32) {
        let page = format!("changes/{change}");
        let url = format!("{page}/lines/{line}/acknowledgement");
        let typed = [("who", "俞建平"), ("channel", "wechat"), ("words", "收到")];
        self.does("shen", (&page, &url), &typed).await;
    }

    pub async fn applies_change(&self, change: i32) {
        let page = format!("changes/{change}");
        self.does("shen", (&page, &format!("{page}/application")), &[])
            .await;
    }

    /// A final inspection of everything, with so many major defects in the first lot.
    pub async fn inspects(&self, number: i32, lots: &[&str], major: &str) {
        let mut typed = vec![
            ("kind", "final"),
            ("on", "2026-12-28"),
            ("inspector", "本公司 QC 丁岩"),
            ("level", "II"),
            ("major", "2.5"),
            ("minor", "4.0"),
        ];
        let cells: Vec<String> = (0..lots.len())
            .map(|row| format!("lines[{row}][lot]"))
            .collect();
        typed.extend(cells.iter().map(String::as_str).zip(lots.iter().copied()));
        self.does("shen", ("inspections", "inspections/new"), &typed)
            .await;
        self.stands(6, "record_inspection us").await;
        let page = format!("inspections/{number}");
        let typed = [("packed", "90"), ("lines[0][major]", major)];
        self.does("shen", (&page, &format!("{page}/record")), &typed)
            .await;
    }

    pub async fn judges_inspection(&self, number: i32, verdict: &str) {
        let page = format!("inspections/{number}");
        let typed = [("verdict", verdict), ("words", "抽样合格")];
        self.does("shen", (&page, &format!("{page}/verdict")), &typed)
            .await;
    }
}

//! The bridge 传达 as the operator walks it: tells the other side what it is owed, and records what it says.

use super::Story;

impl Story {
    /// What is not closed: `kind side`, with `heard` where it is not told yet.
    pub async fn owed(&self) -> Vec<String> {
        self.w
            .ask_all(&format!(
                "select distinct coalesce(r.kind, 'said') || ' ' || t.to_side || case when t.passed_at is null then ' heard' else '' end
                 from relay r join relay_receipt t on t.relay = r.id join export_order o on o.id = r.order_id
                 where o.number = '{}' and r.withdrawn_at is null and (t.passed_at is null or t.acknowledged_at is null
                     or r.answer_asked and t.answered_at is null) order by 1",
                self.number
            ))
            .await
    }

    pub async fn owes(&self, wanted: &[&str]) {
        assert_eq!(self.owed().await, wanted);
    }

    /// Numbers of the relays this side has not been told, or has not acknowledged; one for each factory of it.
    async fn numbers(&self, side: &str, lacking: &str) -> Vec<i32> {
        self.w
            .ask_all(&format!(
                "select number from (select distinct r.number, t.party from relay r join relay_receipt t on t.relay = r.id
                 join export_order o on o.id = r.order_id where o.number = '{}' and t.to_side = '{side}'
                     and r.withdrawn_at is null and {lacking}) owed order by 1",
                self.number
            ))
            .await
    }

    /// She tells a side everything it is owed.
    pub async fn tells(&self, who: &str, side: &str) {
        let numbers = self.numbers(side, "t.passed_at is null").await;
        assert!(!numbers.is_empty(), "{side} is owed nothing");
        for number in numbers {
            let passed = format!("relays/{number}/passed");
            self.does(who, ("timeline", &passed), &[("channel", "wechat")])
                .await;
        }
    }

    /// A side says that it has read everything it was told.
    pub async fn hears_back(&self, who: &str, side: &str, person: &str) {
        let numbers = self
            .numbers(
                side,
                "t.passed_at is not null and t.acknowledged_at is null",
            )
            .await;
        assert!(!numbers.is_empty(), "{side} has been told nothing");
        for number in numbers {
            let url = format!("relays/{number}/acknowledgement");
            let typed = [("line", "all"), ("who", person), ("words", "收到")];
            self.does(who, ("timeline", &url), &typed).await;
        }
    }

    /// A side answers what it was asked.
    pub async fn answers(&self, who: &str, side: &str, words: &str) {
        let lacking = "r.answer_asked and t.answered_at is null";
        for number in self.numbers(side, lacking).await {
            let url = format!("relays/{number}/answer");
            self.does(who, ("timeline", &url), &[("words", words)])
                .await;
        }
    }
}

//! Steps 1 to 3 at the desk of samples 样品.

use super::Story;

impl Story {
    /// The operator writes a round of the note and hands it in.
    pub async fn writes_sample_note(&self, note: &str, details: &str) {
        let page = format!("samples/{note}");
        let typed = [
            ("kind", "development"),
            ("factory", "启明制衣"),
            ("styles", "NL-2101; NL-2102"),
            ("description", "亚麻衬衫"),
            ("material", "100% 亚麻 160 g"),
            ("size_chart", "胸围 56 ± 1"),
            ("for_customer", "2"),
            ("for_file", "1"),
            ("for_factory", "1"),
            ("fee_payer", "none"),
            ("required_on", "2026-12-04"),
            ("details", details),
            ("act", "submit"),
        ];
        self.does("shen", (&page, &format!("{page}/edit")), &typed)
            .await;
    }

    pub async fn decides_sample_note(&self, note: &str, verdict: &str, words: &str) {
        let page = format!("samples/{note}");
        let typed = [("verdict", verdict), ("words", words)];
        self.does("gu", (&page, &format!("{page}/signature")), &typed)
            .await;
    }

    pub async fn sends_sample_note(&self, note: &str) {
        let page = format!("samples/{note}");
        let typed = [("to", "王师傅"), ("channel", "wechat")];
        self.does("shen", (&page, &format!("{page}/sending")), &typed)
            .await;
    }

    pub async fn factory_has_sample_note(&self, note: &str) {
        let page = format!("samples/{note}");
        let typed = [("who", "王师傅"), ("channel", "wechat"), ("words", "收到")];
        self.does("shen", (&page, &format!("{page}/acknowledgement")), &typed)
            .await;
    }

    pub async fn samples_arrive(&self, note: &str) {
        let page = format!("samples/{note}");
        let typed = [("quantity", "3"), ("words", "袖口平整")];
        self.does("shen", (&page, &format!("{page}/receipt")), &typed)
            .await;
    }

    /// Packed from the note, given to the courier under this number.
    pub async fn dispatches(&self, note: &str, (parcel, courier, waybill): (i32, &str, &str)) {
        let page = format!("samples/{note}");
        let typed = [
            ("kind", "samples"),
            ("recipient", "Anna Lind, Nordhavn Living AB"),
            ("contents", "2 linen shirts"),
            ("cost_payer", "us"),
        ];
        self.does("shen", (&page, "parcels/new"), &typed).await;
        let typed = [("courier", courier), ("waybill", waybill)];
        let url = format!("parcels/{parcel}/dispatch");
        self.does("shen", (&page, &url), &typed).await;
    }

    pub async fn passes_number_on(&self, note: &str, parcel: i32) {
        let typed = [("to", "Anna Lind"), ("channel", "email")];
        let url = format!("parcels/{parcel}/passing-on");
        self.does("shen", (&format!("samples/{note}"), &url), &typed)
            .await;
    }

    /// The courier says that the customer signed for it.
    pub async fn parcel_arrives(&self, note: &str, parcel: i32) {
        let url = format!("parcels/{parcel}/delivery");
        self.does(
            "shen",
            (&format!("samples/{note}"), &url),
            &[("words", "Anna Lind")],
        )
        .await;
    }

    /// What the customer says of the samples, point by point.
    pub async fn customer_judges(&self, note: &str, points: &[(&str, &str)]) {
        let page = format!("samples/{note}");
        let mut typed = vec![("who", "Anna Lind"), ("channel", "email")];
        typed.extend(points);
        self.does("shen", (&page, &format!("{page}/verdict")), &typed)
            .await;
    }
}

//! Steps 7 and 8 at the desk of shipping 船务: space, customs, loading, and the bill of lading.

use super::Story;

/// The forwarder's words come by `WeChat`.
const TOLD: [(&str, &str); 2] = [("who", "海翎 林工"), ("channel", "wechat")];

impl Story {
    /// The forwarder gets a card among the master data.
    pub async fn knows_forwarder(&self, name: &str) {
        let way = ("/forwarders", "/forwarders/new");
        self.does("shen", way, &[("name_zh", name)]).await;
    }

    /// Everything that is ordered goes in one full container; answers the shipment's page.
    pub async fn plans_shipment(&self) -> String {
        let planned = self
            .does(
                "shen",
                ("shipments", "shipments/new"),
                &[("mode", "sea_fcl")],
            )
            .await;
        planned.location().to_owned()
    }

    /// An act on the shipment from its page.
    pub async fn ships(&self, shipment: &str, act: &str, typed: &[(&str, &str)]) {
        self.does("shen", (shipment, &format!("{shipment}/{act}")), typed)
            .await;
    }

    /// The same where the forwarder, the broker or the customs said it.
    pub async fn is_told_of(&self, shipment: &str, act: &str, typed: &[(&str, &str)]) {
        let mut all = TOLD.to_vec();
        all.extend(typed);
        self.ships(shipment, act, &all).await;
    }

    pub async fn asks_for_space(&self, shipment: &str, ready: &str, wanted: &str) {
        let typed = [
            ("forwarder", "海翎国际货运"),
            ("equipment", "1×20GP"),
            ("ready_on", ready),
            ("wanted_on", wanted),
            ("loading_port", "NINGBO"),
            ("discharge_port", "GOTHENBURG"),
            ("channel", "email"),
        ];
        self.ships(shipment, "booking-request", &typed).await;
    }

    /// Vessel, voyage, and the days of the cut-offs, all in one month.
    pub async fn forwarder_books(
        &self,
        shipment: &str,
        act: &str,
        (booking, voyage, month): (&str, &str, &str),
    ) {
        let days: Vec<(&str, String)> = [
            ("etd", "20"),
            ("si_cutoff", "14T16:00"),
            ("vgm_cutoff", "15T20:00"),
            ("cy_cutoff", "16T18:00"),
            ("customs_cutoff", "17T10:00"),
        ]
        .map(|(name, rest)| (name, format!("{month}-{rest}")))
        .to_vec();
        let mut typed = vec![
            ("booking_no", booking),
            ("said", "已放舱"),
            ("carrier", "Cedar Line"),
            ("vessel", "Cedar Bridge"),
            ("voyage", voyage),
            ("eta", "2027-03-20"),
        ];
        typed.extend(days.iter().map(|(name, value)| (*name, value.as_str())));
        self.is_told_of(shipment, act, &typed).await;
    }

    /// Cartons, gross, net and volume of each line.
    pub async fn packs(&self, shipment: &str, lines: &[[&str; 4]]) {
        let columns = ["cartons", "gross_weight", "net_weight", "volume"];
        let mut typed = Vec::new();
        for (row, line) in lines.iter().enumerate() {
            for (column, value) in columns.iter().zip(line) {
                typed.push((format!("lines[{row}][{column}]"), *value));
            }
        }
        let typed: Vec<(&str, &str)> = typed
            .iter()
            .map(|(name, value)| (name.as_str(), *value))
            .collect();
        self.ships(shipment, "packing-list", &typed).await;
    }

    pub async fn checks_customs_set(&self, shipment: &str) {
        let typed = ["invoice", "packing_list", "elements", "contract"].map(|name| (name, "yes"));
        self.ships(shipment, "customs-set", &typed).await;
    }

    pub async fn loads(&self, shipment: &str, sums: [&str; 3]) {
        let [cartons, gross, cbm] = sums;
        let typed = [
            ("number", "CSQU3054383"),
            ("kind", "20GP"),
            ("seal", "CN884210"),
            ("cartons", cartons),
            ("gross_kg", gross),
            ("cbm", cbm),
            ("vgm_method", "2"),
            ("tare_kg", "2200"),
            ("signed_by", "方晓"),
        ];
        self.ships(shipment, "loading", &typed).await;
    }

    /// Drafted, sent to the broker, declared under this number, released.
    pub async fn declares(&self, shipment: &str, number: &str) {
        let page = format!("{shipment}/declarations");
        let one = format!("{page}/1");
        self.does("shen", (&page, &format!("{page}/new")), &[])
            .await;
        let typed = [("broker", "甬关报关"), ("channel", "email")];
        self.does("shen", (&page, &format!("{one}/sending")), &typed)
            .await;
        let typed = [("number", number), TOLD[0], TOLD[1]];
        self.does("shen", (&page, &format!("{one}/number")), &typed)
            .await;
        self.does("shen", (&page, &format!("{one}/release")), &TOLD)
            .await;
    }

    pub async fn is_cleared(&self, shipment: &str, exported: &str) {
        let page = format!("{shipment}/declarations");
        let typed = [("exported_on", exported), TOLD[0], TOLD[1]];
        self.does("shen", (&page, &format!("{page}/1/clearance")), &typed)
            .await;
    }

    /// An act on the bill of lading, from its page.
    pub async fn bill(&self, who: &str, shipment: &str, act: &str, typed: &[(&str, &str)]) {
        let page = format!("{shipment}/transport-document");
        self.does(who, (&page, &format!("{page}/{act}")), typed)
            .await;
    }

    pub async fn instructs_carrier(&self, shipment: &str) {
        let typed = [
            ("shipper", "Ningbo Hanyu Import & Export"),
            ("consignee", "Nordhavn Living AB"),
            ("notify", "Same as consignee"),
            ("marks", "N/M"),
            ("description", "GARMENTS"),
            ("freight", "collect"),
            ("channel", "email"),
        ];
        self.bill("shen", shipment, "instructions", &typed).await;
    }

    /// The carrier's draft, with this gross weight in it.
    pub async fn draft_comes(&self, shipment: &str, vessel: &str, sums: [&str; 3]) {
        let [cartons, gross, cbm] = sums;
        let typed = [
            ("shipper", "NINGBO HANYU IMPORT & EXPORT"),
            ("consignee", "NORDHAVN LIVING AB"),
            ("notify", "SAME AS CONSIGNEE"),
            ("vessel", vessel),
            ("loading_port", "NINGBO"),
            ("discharge_port", "GOTHENBURG"),
            ("marks", "N/M"),
            ("containers", "CSQU3054383/CN884210"),
            ("description", "GARMENTS"),
            ("cartons", cartons),
            ("gross_kg", gross),
            ("cbm", cbm),
            ("freight", "collect"),
            TOLD[0],
            TOLD[1],
        ];
        self.bill("shen", shipment, "draft", &typed).await;
    }

    pub async fn customer_confirms_draft(&self, shipment: &str) {
        let typed = [
            ("who", "Anna Lind"),
            ("channel", "email"),
            ("said", "The draft is fine"),
        ];
        self.bill("shen", shipment, "confirmation", &typed).await;
    }
}

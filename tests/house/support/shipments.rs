//! Shipments in a wanted state, made by the acts that make them in the house.

use super::builders::Placed;
use super::client::{Form, Reply};
use super::world::World;
use gendan::proforma;
use gendan::shipping::shipment::Stage;
use uuid::Uuid;

impl World {
    /// An order whose proforma invoice the customer confirmed and whose final inspection passed.
    pub async fn ready_order(&self) -> Placed {
        let order = self.order().await;
        self.made_ready(&order).await;
        order
    }

    /// The same of an order that is there already.
    pub async fn made_ready(&self, order: &Placed) {
        self.proforma_at(order, proforma::Stage::Confirmed).await;
        self.plan_inspection(order, "final").await.is(303);
        let of_order = format!("order_id = '{}'", order.id);
        let number: i32 = self
            .ask(&format!(
                "select max(number) from inspection_report where {of_order}"
            ))
            .await;
        self.record_inspection(order, number, "0").await.is(303);
        self.judge_inspection(order, number, "passed").await.is(303);
    }

    /// Plans a shipment of all lines of the order; answers its number.
    pub async fn plan_shipment(&self, order: &Placed, mode: &str, quantity: &str) -> String {
        let lines: Vec<Uuid> = self
            .ask_all(&format!(
                "select id from order_line where order_id = '{}' order by pos",
                order.id
            ))
            .await;
        let mut form = Form::from([("mode", mode)]);
        for (row, line) in lines.iter().enumerate() {
            form = form
                .with(&format!("lines[{row}][id]"), line.to_string())
                .with(&format!("lines[{row}][quantity]"), quantity);
        }
        let url = format!("{}/shipments", order.url());
        let operator = self.as_(order.wanted.operator).await;
        let reply = operator.post(&url, form).await.is(303);
        reply.location().rsplit('/').next().unwrap().to_owned()
    }

    /// A shipment of everything, by sea in a full container, brought to this stage.
    pub async fn shipment_at(&self, order: &Placed, stage: Stage) -> String {
        let number = self.plan_shipment(order, "sea_fcl", "1200").await;
        for act in path_to(stage) {
            self.ship(&number, act).await.is(303);
        }
        number
    }

    /// One act with its usual form, by the operator 沈小禾.
    pub async fn ship(&self, number: &str, act: &str) -> Reply {
        let form = self.shipping_form(number, act).await;
        self.ship_as("shen", number, act, form).await
    }

    pub async fn ship_as(&self, login: &str, number: &str, act: &str, form: Form) -> Reply {
        let url = format!("/shipments/{number}/{act}");
        self.as_(login).await.post(&url, form).await
    }

    /// The form of an act with the version the page of this moment would carry.
    #[expect(clippy::too_many_lines, reason = "a story told in its order")]
    pub async fn shipping_form(&self, number: &str, act: &str) -> Form {
        let rev: i32 = self.ask(&revision_of(number, act)).await;
        let forwarder: Vec<Uuid> = self
            .ask_all("select id from forwarder order by code limit 1")
            .await;
        let mut form = typed(act).with("rev", rev.to_string());
        if act == "booking-request" {
            let forwarder = match forwarder.first() {
                Some(id) => *id,
                None => self.forwarder().await,
            };
            form = form.with("forwarder", forwarder.to_string());
        }
        if act.ends_with("booking") {
            let mode: String = self
                .ask(&format!(
                    "select mode from shipment where number = '{number}'"
                ))
                .await;
            form.0.retain(|(name, _)| match name.as_str() {
                "vgm_cutoff" => mode == "sea_fcl",
                "si_cutoff" => mode != "courier",
                _ => true,
            });
        }
        if act.ends_with("/number") {
            // The customs give each number once.
            let running = number.rsplit('-').next().unwrap_or("");
            form = form.with("number", format!("3101202600{running:0>8}"));
        }
        if act == "packing-list" {
            let lines: Vec<Uuid> = self
                .ask_all(&format!(
                    "select l.id from shipment_line l join shipment s on s.id = l.shipment
                     join order_line g on g.id = l.order_line where s.number = '{number}' order by g.pos"
                ))
                .await;
            for (row, line) in lines.iter().enumerate() {
                for (column, value) in [
                    ("id", line.to_string().as_str()),
                    ("cartons", "40"),
                    ("gross_weight", "480"),
                    ("net_weight", "420"),
                    ("volume", "3.36"),
                ] {
                    form = form.with(&format!("lines[{row}][{column}]"), value);
                }
            }
        }
        form
    }

    async fn forwarder(&self) -> Uuid {
        let id = Uuid::from_u128(rand::random());
        self.sql(&format!(
            "insert into forwarder (id, code, name_zh, search) values ('{id}', 'hailing', '海翎国际货运', '海翎国际货运')"
        ))
        .await;
        id
    }

    /// What `verify` finds in this house.
    pub async fn verify(&self) -> Vec<String> {
        gendan::app::verify(&self.app).await.unwrap()
    }

    /// One declaration of the shipment, let go by the customs.
    pub async fn declared(&self, number: &str) {
        for act in DECLARED {
            self.ship(number, act).await.is(303);
        }
    }

    pub async fn shipment_stage(&self, number: &str) -> String {
        self.ask(&format!(
            "select stage from shipment where number = '{number}'"
        ))
        .await
    }
}

/// Which row's version the form carries.
fn revision_of(number: &str, act: &str) -> String {
    let shipment = format!("(select id from shipment where number = '{number}')");
    let parts: Vec<&str> = act.split('/').collect();
    match parts.as_slice() {
        ["loading", container] => format!(
            "select version from shipment_container where shipment = {shipment} and number = '{container}'"
        ),
        ["declarations", "new"] | ["loading"] => "select 1".to_owned(),
        ["declarations", sequence, _] => format!(
            "select version from customs_declaration where shipment = {shipment} and sequence = {sequence}"
        ),
        ["transport-document", ..] => format!(
            "select coalesce((select version from transport_document where shipment = s.id), s.version)
             from shipment s where number = '{number}'"
        ),
        _ => format!("select version from shipment where number = '{number}'"),
    }
}

/// The acts that lead to a declaration that the customs let go.
pub const DECLARED: [&str; 4] = [
    "declarations/new",
    "declarations/1/sending",
    "declarations/1/number",
    "declarations/1/release",
];

/// The acts that lead from the plan to a stage.
fn path_to(stage: Stage) -> &'static [&'static str] {
    const WAY: [&str; 13] = [
        "booking-request",
        "booking",
        "packing-list",
        "customs-set",
        "customs-documents",
        "gate-in",
        DECLARED[0],
        DECLARED[1],
        DECLARED[2],
        DECLARED[3],
        "customs-release",
        "departure",
        "arrival",
    ];
    match stage {
        Stage::Planned => &[],
        Stage::Asked => &WAY[..1],
        Stage::Booked => &WAY[..2],
        Stage::DocumentsSent => &WAY[..5],
        Stage::GatedIn => &WAY[..6],
        Stage::CustomsReleased => &WAY[..11],
        Stage::Departed => &WAY[..12],
        Stage::Arrived => &WAY,
        Stage::Warned => &["booking-request", "booking", "roll"],
        Stage::Rebooked => &["booking-request", "booking", "roll", "rebooking"],
        Stage::Cancelled => &["cancellation"],
    }
}

/// What is usually typed into the form of an act.
#[expect(clippy::too_many_lines, reason = "one arm an act")]
fn typed(act: &str) -> Form {
    let told = |form: Form| form.with("who", "海翎 林工").with("channel", "wechat");
    let day = || Form::from([("day", "2026-11-23")]);
    let last = act.rsplit('/').next().unwrap_or(act);
    match (act, last) {
        ("booking-request", _) => Form::from([
            ("equipment", "1×40HQ"),
            ("ready_on", "2026-12-01"),
            ("wanted_on", "2026-12-10"),
            ("loading_port", "Ningbo"),
            ("discharge_port", "Gothenburg"),
            ("channel", "email"),
        ]),
        ("booking" | "rebooking", _) => told(Form::from([
            ("heard_on", "2026-11-23"),
            ("said", "已放舱"),
            ("booking_no", "HL260991"),
            ("carrier", "Cedar Line"),
            ("vessel", "Cedar Bridge"),
            ("voyage", "041W"),
            ("etd", "2026-12-10"),
            ("eta", "2027-01-12"),
            ("si_cutoff", "2026-12-05T16:00"),
            ("vgm_cutoff", "2026-12-06T20:00"),
            ("cy_cutoff", "2026-12-07T18:00"),
            ("customs_cutoff", "2026-12-08T10:00"),
        ])),
        ("customs-set", _) => Form::from([
            ("invoice", "yes"),
            ("packing_list", "yes"),
            ("elements", "yes"),
            ("contract", "yes"),
        ]),
        ("customs-documents", _) => Form::from([("to", "海翎国际货运"), ("channel", "email")]),
        ("warning", _) => Form::from([
            ("ready_on", "2026-12-12"),
            ("reason", "B缸重染"),
            ("channel", "phone"),
        ]),
        ("roll" | "shut-out", _) => told(Form::from([("reason", "overbooked")])),
        ("gate-in" | "customs-release" | "departure" | "arrival", _) => told(day()),
        ("early-gate-in", _) => day().with("reason", "老客户"),
        ("cancellation", _) => Form::from([("reason", "客户改走空运")]),
        ("dates", _) => Form::from([
            ("etd", "2026-12-10"),
            ("eta", "2027-01-15"),
            ("on_board_on", "2026-11-23"),
            ("reason", "提单日期"),
        ]),
        (_, "loading") | ("loading/CSQU3054383", _) => Form::from([
            ("number", "CSQU3054383"),
            ("kind", "40HQ"),
            ("seal", "CN884210"),
            ("cartons", "80"),
            ("gross_kg", "960"),
            ("cbm", "6.72"),
            ("vgm_method", "2"),
            ("tare_kg", "3900"),
            ("signed_by", "Fang Xiao"),
        ]),
        (_, "new" | "edit") if act.starts_with("declarations") => Form::from([
            ("broker", "甬关报关"),
            ("fob_amount", "12480"),
            ("currency", "USD"),
            ("elements", "6205209099 亚麻衬衫 男式 100%亚麻"),
        ]),
        (_, "number") => told(day()).with("number", "310120260000123456"),
        (_, "clearance") => told(day()).with("exported_on", "2026-11-23"),
        (_, "amendment") => told(Form::from([("fob_amount", "12000"), ("words", "数量改")])),
        (_, "inspection" | "revocation" | "void" | "shut-out") if act.starts_with("decl") => {
            let form = Form::from([("words", "海关通知")]);
            if last == "void" { form } else { told(form) }
        }
        ("transport-document/instructions", _) => Form::from([
            ("shipper", "Ningbo Hanyu Import & Export"),
            ("consignee", "Nordhavn Living AB"),
            ("notify", "Same as consignee"),
            ("marks", "N/M"),
            ("description", "LINEN SHIRTS"),
            ("freight", "collect"),
            ("channel", "email"),
        ]),
        ("transport-document/draft", _) => told(Form::from([
            ("shipper", "NINGBO HANYU IMPORT & EXPORT"),
            ("consignee", "NORDHAVN LIVING AB"),
            ("notify", "SAME AS CONSIGNEE"),
            ("vessel", "CEDAR BRIDGE 041W"),
            ("loading_port", "NINGBO"),
            ("discharge_port", "GOTHENBURG"),
            ("marks", "N/M"),
            ("containers", "CSQU3054383/CN884210"),
            ("description", "LINEN SHIRTS"),
            ("cartons", "80"),
            ("gross_kg", "960"),
            ("cbm", "6.72"),
            ("freight", "collect"),
        ])),
        ("transport-document/waiver", _) => {
            Form::from([("field", "gross_kg"), ("reason", "四舍五入")])
        }
        ("transport-document/correction", _) => {
            told(day()).with("words", "Notify party please add phone")
        }
        ("transport-document/issue", _) => told(day())
            .with("number", "CDRL2611001")
            .with("form", "originals")
            .with("originals", "3"),
        ("transport-document/early-release", _) => Form::from([("reason", "客户急用")]),
        (_, "sending" | "release") if act.starts_with("declarations") && last == "sending" => {
            Form::from([("broker", "甬关报关"), ("channel", "email")])
        }
        ("transport-document/sending" | "transport-document/release", _) => {
            Form::from([("to", "Anna Lind"), ("channel", "email")])
        }
        ("transport-document/confirmation", _) => told(day()).with("said", "B/L draft is OK"),
        (_, "release") => told(day()),
        _ => Form::default(),
    }
}

//! Builders: orders and proforma invoices in a wanted state, made by the acts and forms that make them in the house,
//! so that no test stands on an order that cannot be.

use super::client::{Form, Reply, fresh_key};
use super::people::{self, id};
use super::world::World;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use gendan::base::{Currency, CustomerId, EntityId, FactoryId, LineId, OrderNumber, PersonId};
use gendan::history;
use gendan::orders::lines::Line;
use gendan::orders::{self, Opening, TradeTerms};
use gendan::proforma::Stage;
use gendan::web::{Answer, FormKey};
use rust_decimal::Decimal;
use uuid::Uuid;

/// What order is wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub customer: &'static str,
    pub salesperson: &'static str,
    pub operator: &'static str,
    /// Who decides there.
    pub manager: &'static str,
    pub lines: usize,
    pub price: &'static str,
}

impl Wanted {
    pub const EUROPE: Self = Self {
        customer: "nordhavn-living",
        salesperson: "zhou",
        operator: "shen",
        manager: "gu",
        lines: 2,
        price: "5.20",
    };

    pub const AMERICA: Self = Self {
        customer: "pine-harbor",
        salesperson: "he",
        operator: "lu",
        manager: "jiang",
        lines: 2,
        price: "14.20",
    };
}

/// An order that stands in the house.
#[derive(Clone, Debug)]
pub struct Placed {
    pub number: String,
    pub id: Uuid,
    pub wanted: Wanted,
}

impl Placed {
    pub fn url(&self) -> String {
        format!("/orders/{}", self.number)
    }

    pub fn order_number(&self) -> OrderNumber {
        OrderNumber::parse(&self.number).unwrap()
    }

    pub fn proforma(&self, revision: i32) -> String {
        format!("/orders/{}/proforma/{revision}", self.number)
    }
}

impl World {
    /// The second line of the order is made by another factory; answers how a form names it.
    pub async fn second_factory(&self, order: &Placed) -> String {
        let factory = id("hemu");
        self.sql(&format!(
            "update order_line set factory = '{factory}' where order_id = '{}' and pos = 2",
            order.id
        ))
        .await;
        format!("factory:{factory}")
    }

    /// An order of 周岚 and 沈小禾 in the first department.
    pub async fn order(&self) -> Placed {
        self.open_order(Wanted::EUROPE).await
    }

    pub async fn open_order(&self, wanted: Wanted) -> Placed {
        let opener = [wanted.operator, wanted.salesperson]
            .into_iter()
            .find(|login| people::find(login).opens_orders());
        let by = self.by(opener.unwrap_or(wanted.operator));
        let key = FormKey {
            route: "/orders".to_owned(),
            key: Uuid::parse_str(&fresh_key()).unwrap(),
            digest: [0; 32],
        };
        let act = history::begin(&self.app, by, &key).await.unwrap();
        let opening = self.opening(&wanted);
        let zone = self.app.config.zone;
        let act = orders::open(act, zone, &opening).await.unwrap();
        let (number, id) = (act.order.number.to_string(), act.order.id().0);
        let answer = Answer::to(act.order.url());
        act.finish(answer).await.unwrap();
        Placed { number, id, wanted }
    }

    pub fn opening(&self, wanted: &Wanted) -> Opening {
        Opening {
            entity: EntityId(id("HY")),
            customer: CustomerId(id(wanted.customer)),
            salesperson: PersonId(id(wanted.salesperson)),
            operator: PersonId(id(wanted.operator)),
            title: "Linen shirts".to_owned(),
            customer_reference: "PO 88213".to_owned(),
            terms: TradeTerms {
                currency: Currency::USD,
                incoterm: "FOB".to_owned(),
                place: "Ningbo".to_owned(),
                payment: "TT_30_70_COPY".to_owned(),
                tolerance: Decimal::ZERO,
                delivery_on: chrono::NaiveDate::from_ymd_opt(2027, 1, 20),
                packing: String::new(),
                marks: String::new(),
            },
            lines: (0..wanted.lines)
                .map(|place| self.line(place, wanted))
                .collect(),
            repeat_of: None,
            split_of: None,
            source: None,
        }
    }

    fn line(&self, place: usize, wanted: &Wanted) -> Line {
        Line {
            id: LineId::fresh(self.now()),
            item_no: format!("LS-{:02}", place + 1),
            description_en: format!("Linen shirt, style {}", place + 1),
            description_zh: "亚麻衬衫".to_owned(),
            colour: "white".to_owned(),
            sizes: Vec::new(),
            quantity: Decimal::from(1_200),
            unit: "pcs".to_owned(),
            unit_price: Some(wanted.price.parse().unwrap()),
            factory: Some(FactoryId(id("qiming"))),
            factory_price: Some(Decimal::new(2_345, 2)),
            hs_code: "6205209099".to_owned(),
            cartons: Some(40),
            gross_kg: None,
            net_kg: None,
            cbm: None,
            delivery_on: None,
            remark: String::new(),
            remark_for: gendan::base::Audience::default(),
        }
    }

    /// The editor's form as the page of this moment would send it.
    pub async fn draft_form(&self, order: &Placed, revision: i32) -> Form {
        let versions: Vec<i32> = self
            .ask::<Vec<i32>>(&format!(
                "select array[p.version, o.version, o.lines_version] from proforma_invoice p
                 join export_order o on o.id = p.order_id where o.id = '{}' and p.revision = {revision}",
                order.id
            ))
            .await;
        let lines: Vec<Uuid> = self
            .ask_all(&format!(
                "select id from order_line where order_id = '{}' order by pos",
                order.id
            ))
            .await;
        let payment: String = self
            .ask(&format!(
                "select terms from export_order where id = '{}'",
                order.id
            ))
            .await;
        let mut form = wording()
            .with("payment", payment)
            .with("rev", versions[0].to_string())
            .with("terms_rev", versions[1].to_string())
            .with("lines_rev", versions[2].to_string());
        for (row, line) in lines.iter().enumerate() {
            form = with_line(form, row, *line, order.wanted.price);
        }
        form
    }

    /// Begins a revision of the order's proforma invoice and brings it to this stage; answers its number.
    pub async fn proforma_at(&self, order: &Placed, stage: Stage) -> i32 {
        let operator = self.as_(order.wanted.operator).await;
        operator
            .post(&format!("{}/proforma", order.url()), [])
            .await
            .is(303);
        let revision = self
            .ask::<i32>(&format!(
                "select max(revision) from proforma_invoice where order_id = '{}'",
                order.id
            ))
            .await;
        let form = self.draft_form(order, revision).await;
        operator.post(&order.proforma(revision), form).await.is(303);
        for act in path_to(stage) {
            self.act_on(order, revision, act).await.is(303);
        }
        revision
    }

    /// Brings a revision that was begun for her to the customer's yes.
    pub async fn confirm_revision(&self, order: &Placed, revision: i32) {
        let page = format!("{}/edit", order.proforma(revision));
        let operator = self.as_(order.wanted.operator).await;
        let form = operator.get(&page).await.is(200);
        let form = form.form(&order.proforma(revision)).with("act", "submit");
        operator.post(&order.proforma(revision), form).await.is(303);
        for act in ["approval", "sending", "confirmation"] {
            self.act_on(order, revision, act).await.is(303);
        }
    }

    /// One act on a revision, by the person whose act it is.
    pub async fn act_on(&self, order: &Placed, revision: i32, act: &str) -> Reply {
        let url = format!("{}/{act}", order.proforma(revision));
        let (who, form) = match act {
            "approval" => (
                order.wanted.manager,
                self.decision(order, revision, "approved").await,
            ),
            "return" => (
                order.wanted.manager,
                self.decision(order, revision, "returned").await,
            ),
            "sending" => (
                order.wanted.operator,
                Form::from([("to", "anna@nordhavn.example"), ("channel", "email")]),
            ),
            "confirmation" => (order.wanted.operator, customer_says("confirmed")),
            "change" => (order.wanted.operator, customer_says("change_requested")),
            "void" => {
                let version = self.version_of(order, revision).await;
                (
                    order.wanted.manager,
                    Form::from([("reason", "wrong paper")]).with("rev", version),
                )
            }
            _ => (order.wanted.operator, Form::default()),
        };
        let url = url
            .replace("/return", "/approval")
            .replace("/change", "/confirmation");
        self.as_(who).await.post(&url, form).await
    }

    /// The decision's form with the content that is asked about now.
    pub async fn decision(&self, order: &Placed, revision: i32, verdict: &str) -> Form {
        let hash: Vec<Vec<u8>> = self
            .ask_all(&format!(
                "select content_hash from approval where order_id = '{}' and revision = {revision} and state = 'open'",
                order.id
            ))
            .await;
        let shown = hash
            .first()
            .map(|hash| BASE64_URL_SAFE_NO_PAD.encode(hash))
            .unwrap_or_default();
        Form::from([("verdict", verdict), ("words", "看过了")]).with("shown", shown)
    }

    async fn version_of(&self, order: &Placed, revision: i32) -> String {
        self.ask::<i32>(&format!(
            "select version from proforma_invoice where order_id = '{}' and revision = {revision}",
            order.id
        ))
        .await
        .to_string()
    }

    pub async fn stage_of(&self, order: &Placed, revision: i32) -> String {
        self.ask(&format!(
            "select stage from proforma_invoice where order_id = '{}' and revision = {revision}",
            order.id
        ))
        .await
    }
}

fn customer_says(answer: &str) -> Form {
    Form::from([
        ("answer", answer),
        ("who", "Anna Lind"),
        ("channel", "email"),
        ("day", "2026-11-23"),
        ("words", "OK from our side, blue buttons please"),
    ])
}

/// The acts that lead from a saved draft to a stage.
fn path_to(stage: Stage) -> &'static [&'static str] {
    match stage {
        Stage::Draft => &[],
        Stage::Submitted => &["submission"],
        Stage::Returned => &["submission", "return"],
        Stage::Approved => &["submission", "approval"],
        Stage::Sent => &["submission", "approval", "sending"],
        Stage::Confirmed => &["submission", "approval", "sending", "confirmation"],
        Stage::ChangeRequested => &["submission", "approval", "sending", "change"],
        Stage::Void => &["void"],
        Stage::Lapsed | Stage::Superseded => {
            panic!("reached by a date or by the next revision")
        }
    }
}

fn wording() -> Form {
    Form::from([
        ("paper_lang", "en"),
        ("dated", "2026-11-23"),
        ("valid_until", "2026-12-07"),
        ("buyer", "Nordhavn Living AB\n1 Harbour Street, Gothenburg"),
        ("loading_port", "Ningbo"),
        ("discharge_port", "Gothenburg"),
        ("partial_shipment", "allowed"),
        ("transhipment", "allowed"),
        ("currency", "USD"),
        ("incoterm", "FOB"),
        ("place", "Ningbo"),
        ("payment", "TT_30_70_COPY"),
        ("delivery_on", "2027-01-20"),
    ])
    .with("account", id("usd").to_string())
}

fn with_line(mut form: Form, row: usize, line: Uuid, price: &str) -> Form {
    let cells = [
        ("id", line.to_string()),
        ("style", format!("LS-{:02}", row + 1)),
        ("description", format!("Linen shirt, style {}", row + 1)),
        ("description_zh", "亚麻衬衫".to_owned()),
        ("colour", "white".to_owned()),
        ("quantity", "1200".to_owned()),
        ("unit", "pcs".to_owned()),
        ("price", price.to_owned()),
        ("factory", id("qiming").to_string()),
        ("factory_price", "23.45".to_owned()),
        ("hs_code", "6205209099".to_owned()),
        ("cartons", "40".to_owned()),
    ];
    for (column, value) in cells {
        form = form.with(&format!("lines[{row}][{column}]"), value);
    }
    form
}

//! Product 产品: what is sold again and again: names, commodity code with its declaration elements, unit, packing.

use super::rate::{self, Treatment};
use super::{product_sql, sql};
use crate::base::codes::HsCode;
use crate::base::{By, CustomerId, ProductId, T, format};
use crate::history::Act;
use crate::people::Deed;
use crate::people::relation::InReach;
use crate::records::acts::may;
use crate::records::read::Reading;
use crate::records::{
    self, Alike, Beside, Card, Field, Panel, PanelRow, Section, Source, Stored, Words,
};
use crate::web::{Faults, Fields, Page, Result};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Product {
    pub item_no: String,
    pub customer_item_no: String,
    /// Made for this customer only.
    pub customer: Option<CustomerId>,
    pub name_en: String,
    pub name_zh: String,
    pub family: String,
    pub spec: String,
    /// Ten digits of the commodity code 商品编号.
    pub hs_code: String,
    /// Declaration elements 申报要素, as the declaration asks for them.
    pub elements: String,
    pub unit: String,
    pub per_carton: Option<Decimal>,
    /// Carton in centimetres: length, width, height.
    pub carton: [Option<Decimal>; 3],
    /// Kilograms of one full carton.
    pub gross: Option<Decimal>,
    pub net: Option<Decimal>,
}

/// Which cell of the list says how the goods are treated.
const TREATMENT: usize = 4;

const FIGURES: [&str; 6] = [
    "per_carton",
    "carton_length",
    "carton_width",
    "carton_height",
    "gross",
    "net",
];

/// The act: a new product.
pub async fn add(act: &mut Act, product: &Product) -> Result<ProductId> {
    Ok(ProductId(records::add(act, product).await?.id))
}

/// Products in use for a choice, found by number, name or spelling; at most five hundred.
pub async fn choices(db: &mut PgConnection, q: &str) -> Result<Vec<(ProductId, String)>> {
    sql::product_choices(db, q).await
}

/// What a form for this customer may take: hers and everybody's, found by number, name or spelling.
pub async fn offered(
    db: &mut PgConnection,
    q: &str,
    customer: Option<CustomerId>,
) -> Result<Vec<(String, String)>> {
    product_sql::offered(db, q, customer).await
}

/// One of them.
pub async fn offered_one(
    db: &mut PgConnection,
    code: &str,
    customer: Option<CustomerId>,
) -> Result<Option<Product>> {
    let stored = sql::find_product(db, code).await?;
    let fits = |stored: &Stored<Product>| {
        let whose = stored.card.customer;
        stored.archived_at.is_none() && (whose.is_none() || whose == customer)
    };
    Ok(stored.filter(fits).map(|stored| stored.card))
}

impl Card for Product {
    const PLACE: &'static str = "/products";
    const KIND: &'static str = "product";
    const DEED: Deed = Deed::EditProduct;

    fn words(t: T) -> Words {
        Words {
            title: t.catalog_products(),
            new: t.catalog_product_new(),
            search: t.catalog_product_search(),
            never: t.catalog_products_never(),
            none: t.catalog_products_none(),
        }
    }

    fn names(&self) -> (&str, &str) {
        (
            &self.item_no,
            if self.name_zh.is_empty() {
                &self.name_en
            } else {
                &self.name_zh
            },
        )
    }

    fn blank(_: &By) -> Self {
        Self {
            unit: "pcs".into(),
            ..Self::default()
        }
    }

    async fn form(db: &mut PgConnection, t: T, _: bool) -> Result<Vec<Section>> {
        let units = super::unit::choices(db, t.0).await?;
        let customers = sql::customer_names(db).await?;
        Ok(vec![
            Section::new(t.catalog_group_what(), what(t, customers)),
            Section::new(t.catalog_group_customs(), customs(t)),
            Section::new(t.catalog_group_packing(), packing(t, units)),
        ])
    }

    fn put(&self, fields: &mut Fields) {
        for (name, value) in [
            ("item_no", &self.item_no),
            ("customer_item_no", &self.customer_item_no),
            ("name_en", &self.name_en),
            ("name_zh", &self.name_zh),
            ("family", &self.family),
            ("spec", &self.spec),
            ("hs_code", &self.hs_code),
            ("elements", &self.elements),
            ("unit", &self.unit),
        ] {
            fields.set(name, value.as_str());
        }
        fields.set(
            "customer",
            self.customer.map(|id| id.to_string()).unwrap_or_default(),
        );
        let [length, width, height] = self.carton;
        for (name, figure) in
            FIGURES
                .into_iter()
                .zip([self.per_carton, length, width, height, self.gross, self.net])
        {
            fields.set(
                name,
                figure
                    .map(|figure| figure.normalize().to_string())
                    .unwrap_or_default(),
            );
        }
    }

    fn read(fields: &Fields, faults: &mut Faults) -> Self {
        let mut form = Reading::new(fields, faults);
        let [per_carton, length, width, height, gross, net] = FIGURES.map(|name| form.figure(name));
        if let (Some(gross), Some(net)) = (gross, net)
            && net > gross
        {
            form.fault("net", T::catalog_net_above_gross);
        }
        Self {
            item_no: form.needed("item_no", 40),
            customer_item_no: form.text("customer_item_no", 40),
            customer: form.get("customer").parse().ok(),
            name_en: form.needed("name_en", 200),
            name_zh: form.text("name_zh", 100),
            family: form.text("family", 60),
            spec: form.text("spec", 2_000),
            hs_code: form.code("hs_code", HsCode::parse, T::catalog_not_a_hs_code),
            elements: form.text("elements", 1_000),
            unit: form.needed("unit", 10),
            per_carton,
            carton: [length, width, height],
            gross,
            net,
        }
    }

    fn source() -> Source {
        Source {
            table: "product",
            code: "code",
            name: "item_no",
            under: "case when name_zh = '' then name_en else name_zh end",
            sort: "lower(item_no)",
            search: "search",
            cells: &[
                "name_en",
                "(select c.name_en from customer c where c.id = product.customer)",
                "hs_code",
                "(select trim_scale(r.vat_rate) || '% / ' || trim_scale(r.rebate_rate) || '%' from rebate_rate r
                  where r.hs_code = product.hs_code and r.from_day <= {day}
                      and (r.until_day is null or r.until_day >= {day}))",
                "(select r.treatment from rebate_rate r
                  where r.hs_code = product.hs_code and r.from_day <= {day}
                      and (r.until_day is null or r.until_day >= {day}))",
                "unit",
            ],
        }
    }

    fn heads(t: T) -> Vec<&'static str> {
        vec![
            t.catalog_name_en(),
            t.catalog_customer(),
            t.catalog_hs_code(),
            t.catalog_vat_and_rebate(),
            t.catalog_treatment(),
            t.catalog_unit(),
        ]
    }

    fn cells(t: T, mut cells: Vec<String>) -> Vec<String> {
        if let Some(cell) = cells.get_mut(TREATMENT)
            && let Some(treatment) = Treatment::parse(cell)
        {
            treatment.label(t).clone_into(cell);
        }
        cells
    }

    async fn find(db: &mut PgConnection, code: &str) -> Result<Option<Stored<Self>>> {
        sql::find_product(db, code).await
    }

    async fn insert(&self, act: &mut Act, id: Uuid) -> Result<String> {
        sql::insert_product(act, id, self).await
    }

    async fn update(&self, act: &mut Act, id: Uuid, rev: i32) -> Result<bool> {
        sql::update_product(act, id, rev, self).await
    }

    async fn set_archived(
        act: &mut Act,
        id: Uuid,
        rev: i32,
        at: Option<DateTime<Utc>>,
    ) -> Result<bool> {
        sql::archive_product(act, id, rev, at).await
    }

    async fn alike(&self, db: &mut PgConnection) -> Result<Vec<Alike>> {
        sql::products_alike(db, self).await
    }

    async fn beside(
        db: &mut PgConnection,
        by: &By,
        page: &Page,
        stored: &Stored<Self>,
    ) -> Result<Beside> {
        let (t, url) = (page.t, stored.url());
        let ordered = product_sql::ordered(db, &InReach::of(by), &stored.card.item_no).await?;
        let rows = ordered.into_iter().map(|one| PanelRow {
            href: Some(format!("/orders/{}", one.number)),
            archived: false,
            cells: vec![
                one.number,
                one.customer,
                one.title,
                format!("{} {}", page.quantity(one.quantity), one.unit),
                page.day_full(format::local_day(one.opened_at, page.zone)),
            ],
        });
        let heads = vec![
            t.catalog_order(),
            t.catalog_customer(),
            t.catalog_order_title(),
            t.catalog_order_quantity(),
            t.catalog_order_opened(),
        ];
        let panel = Panel {
            rows: rows.collect(),
            never: t.catalog_orders_never(),
            ..Panel::plain(("orders", t.catalog_orders()), heads, Vec::new())
        };
        let rebate = rebate(db, page, &stored.card.hs_code).await?;
        let pictured = product_sql::picture(db, &stored.code).await?.is_some();
        let add = (format!("{url}/picture/new"), t.catalog_picture_add());
        Ok(Beside {
            acts: may(by, &stored.card).then_some(add).into_iter().collect(),
            panels: vec![rebate, panel],
            picture: pictured.then(|| format!("{url}/picture")),
            ..Beside::default()
        })
    }
}

/// What the state gives back for these goods today; read from the rates by date, so that it is never stored twice.
async fn rebate(db: &mut PgConnection, page: &Page, hs_code: &str) -> Result<Panel> {
    let t = page.t;
    let found = match hs_code {
        "" => None,
        code => rate::rebate_on(db, code, page.today()).await?,
    };
    let row = |one: rate::RebateRate| {
        vec![
            format!("{}%", one.vat_rate.normalize()),
            format!("{}%", one.rebate_rate.normalize()),
            one.treatment.label(t).to_owned(),
            page.day_full(one.from_day),
            one.until_day.map_or_else(
                || t.catalog_until_open().to_owned(),
                |day| page.day_full(day),
            ),
        ]
    };
    let heads = vec![
        t.catalog_vat_rate(),
        t.catalog_rebate_rate(),
        t.catalog_treatment(),
        t.catalog_from(),
        t.catalog_until(),
    ];
    let rows = found.into_iter().map(row).collect();
    Ok(Panel {
        never: t.catalog_product_rebate_none(),
        ..Panel::plain(("rebate", t.catalog_product_rebate()), heads, rows)
    })
}

fn what(t: T, customers: Vec<(String, String)>) -> Vec<Field> {
    let any = t.catalog_any_customer();
    vec![
        Field::code("item_no", t.catalog_item_no()),
        Field::line("name_en", t.catalog_name_en()).lang("en"),
        Field::line("name_zh", t.catalog_name_zh())
            .optional()
            .lang("zh-CN"),
        Field::choice("customer", t.catalog_customer(), customers, any).optional(),
        Field::code("customer_item_no", t.catalog_customer_item_no()).optional(),
        Field::line("family", t.catalog_family()).optional(),
        Field::area("spec", t.catalog_spec(), 3).optional(),
    ]
}

fn customs(t: T) -> Vec<Field> {
    let code = Field::code("hs_code", t.catalog_hs_code());
    let elements = Field::area("elements", t.catalog_elements(), 2);
    vec![
        code.optional().hint(t.catalog_hs_code_hint()),
        elements.optional().lang("zh-CN"),
    ]
}

fn packing(t: T, units: Vec<(String, String)>) -> Vec<Field> {
    vec![
        Field::choice("unit", t.catalog_unit(), units, ""),
        Field::figure("per_carton", t.catalog_per_carton(), "").optional(),
        Field::figure("carton_length", t.catalog_carton_length(), "cm").optional(),
        Field::figure("carton_width", t.catalog_carton_width(), "cm").optional(),
        Field::figure("carton_height", t.catalog_carton_height(), "cm").optional(),
        Field::figure("gross", t.catalog_gross(), "kg").optional(),
        Field::figure("net", t.catalog_net(), "kg").optional(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(pairs: &[(&str, &str)]) -> Vec<String> {
        let mut fields = Fields::default();
        Product {
            item_no: "LS-01".into(),
            name_en: "Linen shirt".into(),
            unit: "pcs".into(),
            ..Product::default()
        }
        .put(&mut fields);
        for (name, value) in pairs {
            fields.set(name, *value);
        }
        let mut faults = Faults::default();
        Product::read(&fields, &mut faults);
        faults.iter().map(|fault| fault.field.clone()).collect()
    }

    #[test]
    fn a_carton_weighs_no_less_than_what_is_in_it() {
        assert!(faults(&[("gross", "12.5"), ("net", "11")]).is_empty());
        assert_eq!(faults(&[("gross", "11"), ("net", "12.5")]), ["net"]);
        assert_eq!(faults(&[("carton_length", "-3")]), ["carton_length"]);
    }

    #[test]
    fn a_commodity_code_has_ten_digits() {
        assert!(faults(&[("hs_code", "6205.2000.10")]).is_empty());
        assert_eq!(faults(&[("hs_code", "62052000")]), ["hs_code"]);
    }
}

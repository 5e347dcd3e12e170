//! Content: everything a revision prints, as one snapshot. Frozen at submission; its hash is what is approved.
//!
//! A column of the order, of a line or of the invoice is either printed here, and then a change of it voids the
//! approval, or it is on the list of free columns in the test of this desk.

use super::adjustment;
use super::invoice::{Draft, Wording};
pub use super::schedule::{ScheduledPart, scheduled};
use super::terms::{Plan, Planned, Terms};
use crate::base::amount_words;
use crate::base::{Currency, Lang, LineId, Money, T, format, payment_words};
use crate::orders::Order;
use crate::orders::lines::{Line, SizeCell};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    pub number: String,
    pub revision: i32,
    pub customer_reference: String,
    pub seller: Seller,
    pub account: Option<Account>,
    pub wording: Wording,
    pub currency: Currency,
    pub incoterm: String,
    pub place: String,
    pub payment: String,
    /// What the company calls these terms, Chinese and English, where that is more than the usual words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payment_said: Vec<String>,
    pub tolerance: Decimal,
    pub delivery_on: Option<NaiveDate>,
    pub packing: String,
    pub marks: String,
    pub lines: Vec<ContentLine>,
    pub goods_total: Decimal,
    pub discount: Decimal,
    pub total: Decimal,
    pub schedule: Vec<ScheduledPart>,
}

/// Our legal entity as the letterhead shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seller {
    pub name_en: String,
    pub name_zh: String,
    pub address_en: String,
    pub address_zh: String,
    pub phone: String,
    pub email: String,
}

/// Our account, as it is printed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub name: String,
    pub beneficiary: String,
    pub bank: String,
    pub bank_address: String,
    pub bic: String,
    pub account: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentLine {
    pub line: LineId,
    pub item_no: String,
    pub description_en: String,
    pub description_zh: String,
    pub colour: String,
    pub sizes: Vec<SizeCell>,
    pub quantity: Decimal,
    pub unit: String,
    pub unit_price: Decimal,
    pub amount: Decimal,
    pub hs_code: String,
    pub cartons: Option<i32>,
    pub gross_kg: Option<Decimal>,
    pub net_kg: Option<Decimal>,
    pub cbm: Option<Decimal>,
    pub delivery_on: Option<NaiveDate>,
}

/// What a paper cannot be frozen without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    Lines,
    /// Of this line (counted from one).
    Price(usize),
    Amount(usize),
    Terms,
    Total,
}

impl Content {
    /// The snapshot of a draft as it stands; of what was agreed before, `paid` are the instalments that are in.
    pub fn of(
        order: &Order,
        draft: &Draft,
        seller: Seller,
        account: Option<Account>,
        (lines, paid): (&[Line], &[Planned]),
    ) -> Result<Self, Lack> {
        let currency = order.terms.currency;
        let lines = printed_lines(lines, currency)?;
        let wording = &draft.wording;
        let goods_total: Decimal = lines.iter().map(|line| line.amount).sum();
        let discount =
            currency.round(goods_total * wording.discount_percent / Decimal::ONE_HUNDRED);
        let total = goods_total - discount + adjustment::sum(&wording.adjustments);
        if total <= Decimal::ZERO {
            return Err(Lack::Total);
        }
        let terms = Terms::from_code(&order.terms.payment).map_err(|_| Lack::Terms)?;
        let plan = terms.amended(paid, total, currency.decimals());
        Ok(Self {
            number: format!("{}-PI", order.number),
            revision: draft.revision,
            customer_reference: order.customer_reference.clone(),
            seller,
            account,
            wording: wording.clone(),
            currency,
            incoterm: order.terms.incoterm.clone(),
            place: order.terms.place.clone(),
            payment: order.terms.payment.clone(),
            payment_said: Vec::new(),
            tolerance: order.terms.tolerance.normalize(),
            delivery_on: order.terms.delivery_on,
            packing: order.terms.packing.clone(),
            marks: order.terms.marks.clone(),
            lines,
            goods_total,
            discount,
            total,
            schedule: scheduled(plan),
        })
    }

    /// The instalments with the amounts that are printed, of an order on these terms.
    pub fn plan(&self, terms: &Terms) -> Plan {
        let amounts: Vec<Decimal> = self.schedule.iter().map(|part| part.amount).collect();
        terms.plan_of(&amounts, self.total, self.currency.decimals())
    }

    /// The payment terms in the reader's language, as the company called them when it was handed in.
    pub fn payment_word(&self, t: T) -> String {
        let said = match t.0 {
            Lang::Zh => self.payment_said.first(),
            Lang::En => self.payment_said.last(),
        };
        said.cloned()
            .unwrap_or_else(|| payment_words::word(t, &self.payment))
    }

    /// SHA-256 of the snapshot; the fields stand in one order, so the same content has the same hash.
    pub fn hash(&self) -> Result<Vec<u8>, serde_json::Error> {
        Ok(Sha256::digest(serde_json::to_vec(self)?).to_vec())
    }

    pub fn money(&self) -> Money {
        Money::new(self.total, self.currency)
    }

    /// The total in words, in the paper's language: English unless the paper is Chinese.
    pub fn in_words(&self) -> String {
        let words = if self.wording.paper_lang == "zh-CN" {
            amount_words::in_chinese(self.money())
        } else {
            amount_words::in_english(self.money())
        };
        words.unwrap_or_default()
    }

    pub fn quantity(&self) -> Decimal {
        self.lines.iter().map(|line| line.quantity).sum()
    }

    /// Every printed field as path and value, for the register of issued papers and for differences.
    pub fn printed(&self) -> Vec<(String, String)> {
        let mut all = self.printed_terms();
        for line in &self.lines {
            all.extend(
                line.printed()
                    .into_iter()
                    .map(|(column, value)| (format!("lines.{}.{column}", line.line), value)),
            );
        }
        all
    }

    #[expect(
        clippy::too_many_lines,
        reason = "the terms in the order they are printed"
    )]
    fn printed_terms(&self) -> Vec<(String, String)> {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let wording = &self.wording;
        let pairs = [
            (
                "total",
                format!(
                    "{} {}",
                    self.currency,
                    format::fixed(self.total, self.currency.decimals())
                ),
            ),
            (
                "goods_total",
                format::fixed(self.goods_total, self.currency.decimals()),
            ),
            (
                "discount_percent",
                wording.discount_percent.normalize().to_string(),
            ),
            ("discount_reason", wording.discount_reason.clone()),
            ("adjustments", adjustment::said(&wording.adjustments)),
            ("customer_reference", self.customer_reference.clone()),
            ("incoterm", self.incoterm.clone()),
            ("place", self.place.clone()),
            ("payment", self.payment.clone()),
            ("tolerance", self.tolerance.to_string()),
            ("delivery_on", day(self.delivery_on)),
            ("delivery", wording.delivery.clone()),
            ("dated", wording.dated.to_string()),
            ("valid_until", wording.valid_until.to_string()),
            ("buyer", wording.buyer.clone()),
            ("consignee", wording.consignee.clone()),
            ("notify", wording.notify.clone()),
            ("loading_port", wording.loading_port.clone()),
            ("discharge_port", wording.discharge_port.clone()),
            ("partial_shipment", wording.partial_shipment.clone()),
            ("transhipment", wording.transhipment.clone()),
            ("packing", self.packing.clone()),
            ("marks", self.marks.clone()),
            ("insurance", wording.insurance.clone()),
            ("documents", wording.documents.clone()),
            ("inspection", wording.inspection.clone()),
            ("remarks", wording.remarks.clone()),
            ("paper_lang", wording.paper_lang.clone()),
            (
                "seller",
                format!("{}\n{}", self.seller.name_en, self.seller.address_en),
            ),
            (
                "account",
                self.account.as_ref().map(Account::text).unwrap_or_default(),
            ),
        ];
        pairs
            .into_iter()
            .map(|(path, value)| (path.to_owned(), value))
            .collect()
    }
}

impl Account {
    pub fn text(&self) -> String {
        [
            &self.beneficiary,
            &self.bank,
            &self.bank_address,
            &self.bic,
            &self.account,
        ]
        .into_iter()
        .filter(|part| !part.is_empty())
        .cloned()
        .collect::<Vec<_>>()
        .join("\n")
    }
}

fn printed_lines(lines: &[Line], currency: Currency) -> Result<Vec<ContentLine>, Lack> {
    if lines.is_empty() {
        return Err(Lack::Lines);
    }
    lines
        .iter()
        .enumerate()
        .map(|(place, line)| {
            let unit_price = line.unit_price.ok_or(Lack::Price(place + 1))?;
            Ok(ContentLine {
                line: line.id,
                item_no: line.item_no.clone(),
                description_en: line.description_en.clone(),
                description_zh: line.description_zh.clone(),
                colour: line.colour.clone(),
                sizes: line.sizes.clone(),
                quantity: line.quantity,
                unit: line.unit.clone(),
                unit_price,
                amount: line.amount(currency).ok_or(Lack::Amount(place + 1))?,
                hs_code: line.hs_code.clone(),
                cartons: line.cartons,
                gross_kg: line.gross_kg,
                net_kg: line.net_kg,
                cbm: line.cbm,
                delivery_on: line.delivery_on,
            })
        })
        .collect()
}

impl ContentLine {
    /// The unit price with at least the currency's decimals.
    pub fn price_text(&self, currency: &Currency) -> String {
        format::unit_price(self.unit_price, *currency)
    }

    pub fn sizes_text(&self) -> String {
        let cells: Vec<String> = self
            .sizes
            .iter()
            .map(|cell| format!("{} {}", cell.size, cell.quantity.normalize()))
            .collect();
        cells.join(" · ")
    }

    fn printed(&self) -> Vec<(&'static str, String)> {
        let figure = |value: Option<Decimal>| {
            value
                .map(|figure| figure.normalize().to_string())
                .unwrap_or_default()
        };
        vec![
            ("item_no", self.item_no.clone()),
            ("description_en", self.description_en.clone()),
            ("description_zh", self.description_zh.clone()),
            ("colour", self.colour.clone()),
            ("sizes", self.sizes_text()),
            ("quantity", format::quantity(self.quantity)),
            ("unit", self.unit.clone()),
            ("unit_price", self.unit_price.normalize().to_string()),
            ("amount", format::number(self.amount)),
            ("hs_code", self.hs_code.clone()),
            (
                "cartons",
                self.cartons
                    .map(|count| count.to_string())
                    .unwrap_or_default(),
            ),
            ("gross_kg", figure(self.gross_kg)),
            ("net_kg", figure(self.net_kg)),
            ("cbm", figure(self.cbm)),
            (
                "delivery_on",
                self.delivery_on
                    .map(|day| day.to_string())
                    .unwrap_or_default(),
            ),
        ]
    }

    /// How the line is called in a difference.
    pub fn name(&self) -> String {
        let head = if self.item_no.is_empty() {
            &self.description_en
        } else {
            &self.item_no
        };
        if self.colour.is_empty() {
            head.clone()
        } else {
            format!("{head} {}", self.colour)
        }
    }
}

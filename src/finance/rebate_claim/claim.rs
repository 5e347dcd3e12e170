//! Claim: the thing, what comes back of it, and what it lacks before it may be declared. Pure.

use super::stage::{Move, Stage};
use super::{Refusal, sql::Goods};
use crate::base::T;
use crate::finance::export::Declaration;
use crate::finance::rebate::{ClaimTotal, Invoiced, Purchase, Refunded};
use crate::web::{Error, Result};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use uuid::Uuid;

#[derive(Clone, Debug)]
pub struct Claim {
    pub id: Uuid,
    pub sequence: i32,
    pub stage: Stage,
    pub declarations: Vec<Uuid>,
    pub invoices: Vec<Invoice>,
    pub filed: Vec<Filed>,
    pub receipts_reason: String,
    pub batch: String,
    pub declared_on: Option<NaiveDate>,
    pub query_words: String,
    pub queried_on: Option<NaiveDate>,
    pub approved_amount: Option<Decimal>,
    pub approved_on: Option<NaiveDate>,
    pub received_amount: Option<Decimal>,
    pub received_on: Option<NaiveDate>,
    pub end_reason: String,
    pub version: i32,
}

/// 增值税专用发票; rates in percent.
#[derive(Clone, Debug)]
pub struct Invoice {
    pub id: Uuid,
    pub number: String,
    pub supplier: String,
    pub dated: NaiveDate,
    pub hs_code: String,
    pub quantity: Decimal,
    pub unit: String,
    pub gross: Decimal,
    pub vat_rate: Decimal,
    pub rebate_rate: Decimal,
    pub file: Option<Uuid>,
}

impl Invoice {
    /// What comes back of it; nothing where its figures cannot be.
    pub fn refunded(&self) -> Option<Refunded> {
        Purchase {
            invoiced: Invoiced::Gross(self.gross),
            invoice_rate: self.vat_rate / Decimal::ONE_HUNDRED,
            refund_rate: self.rebate_rate / Decimal::ONE_HUNDRED,
        }
        .refunded()
        .ok()
    }

    /// The commonest refusal of the tax office: the goods were declared in another unit.
    pub fn unit_differs(&self, goods: &[Goods]) -> bool {
        let mut same_code = goods.iter().filter(|one| one.hs_code == self.hs_code);
        let first = same_code.next();
        first.is_some_and(|first| first.unit != self.unit)
            && same_code.all(|one| one.unit != self.unit)
    }
}

/// A class of the filing set 备案单证.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// 购销合同
    Contracts,
    /// 运输单据
    Transport,
    /// 委托报关单据
    Delegation,
}

impl Class {
    pub const ALL: [Self; 3] = [Self::Contracts, Self::Transport, Self::Delegation];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Contracts => "contracts",
            Self::Transport => "transport",
            Self::Delegation => "delegation",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Contracts => t.rebate_class_contracts(),
            Self::Transport => t.rebate_class_transport(),
            Self::Delegation => t.rebate_class_delegation(),
        }
    }
}

/// Where a class lies, or why it need not be there.
#[derive(Clone, Debug)]
pub struct Filed {
    pub class: Class,
    pub place: String,
    pub reason: String,
}

/// What is missing before a claim is complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    Declaration,
    DeclarationNumber(i32),
    ExportDate(i32),
    Invoice,
    Receipts(String),
    Filing(Class),
}

impl Lack {
    pub fn tell(&self, t: T) -> String {
        match self {
            Self::Declaration => t.rebate_lacks_declaration().into(),
            Self::DeclarationNumber(place) => t.rebate_lacks_declaration_number(place),
            Self::ExportDate(place) => t.rebate_lacks_export_date(place),
            Self::Invoice => t.rebate_lacks_invoice().into(),
            Self::Receipts(name) => t.rebate_lacks_receipts(name),
            Self::Filing(class) => t.rebate_lacks_filing(class.label(t)),
        }
    }
}

impl Claim {
    pub fn after(&self, step: Move) -> Result<Stage> {
        self.stage
            .after(step)
            .ok_or_else(|| Error::refused(Refusal::NotFromHere(self.stage)))
    }

    /// `S26-0004/1`
    pub fn name(&self, shipment: &str) -> String {
        format!("{shipment}/{}", self.sequence)
    }

    pub fn total(&self) -> ClaimTotal {
        let lines: Vec<Refunded> = self.invoices.iter().filter_map(Invoice::refunded).collect();
        ClaimTotal::of(&lines)
    }

    pub fn filed(&self, class: Class) -> Option<&Filed> {
        self.filed.iter().find(|filed| filed.class == class)
    }

    /// The shipment's declarations that this claim is of.
    pub fn of<'a>(&self, all: &'a [Declaration]) -> Vec<&'a Declaration> {
        all.iter()
            .filter(|one| self.declarations.contains(&one.id))
            .collect()
    }

    /// What is missing, and therefore who is asked for it.
    pub fn lacks(&self, all: &[Declaration]) -> Vec<Lack> {
        let own = self.of(all);
        let mut lacks = Vec::new();
        if own.is_empty() {
            lacks.push(Lack::Declaration);
        }
        for one in &own {
            if one.number.is_empty() {
                lacks.push(Lack::DeclarationNumber(one.sequence));
            }
            if one.exported_on.is_none() {
                lacks.push(Lack::ExportDate(one.sequence));
            }
            if !one.verified && self.receipts_reason.is_empty() {
                lacks.push(Lack::Receipts(one.name()));
            }
        }
        if self.invoices.is_empty() {
            lacks.push(Lack::Invoice);
        }
        let unfiled = Class::ALL
            .into_iter()
            .filter(|class| self.filed(*class).is_none());
        lacks.extend(unfiled.map(Lack::Filing));
        lacks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invoice(unit: &str) -> Invoice {
        Invoice {
            id: Uuid::nil(),
            number: "3300".into(),
            supplier: "景和瓷业".into(),
            dated: NaiveDate::from_ymd_opt(2026, 10, 1).unwrap(),
            hs_code: "6912001000".into(),
            quantity: Decimal::from(3_000),
            unit: unit.into(),
            gross: Decimal::from(113_000),
            vat_rate: Decimal::from(13),
            rebate_rate: Decimal::from(9),
            file: None,
        }
    }

    #[test]
    fn a_rate_in_percent_gives_what_the_engine_gives() {
        let refunded = invoice("pcs").refunded().unwrap();
        assert_eq!(refunded.refund, Decimal::from(9_000));
        assert_eq!(refunded.to_cost, Decimal::from(4_000));
    }

    #[test]
    fn a_unit_differs_only_where_the_same_code_was_shipped_in_another() {
        let goods = |code: &str| Goods {
            hs_code: code.into(),
            unit: "pcs".into(),
            quantity: Decimal::from(3_000),
        };
        assert!(invoice("kg").unit_differs(&[goods("6912001000")]));
        assert!(!invoice("pcs").unit_differs(&[goods("6912001000")]));
        assert!(!invoice("kg").unit_differs(&[goods("9405210090")]));
    }
}

//! Verification 核销 of one declaration, by the regime of its export date: the paper form of before 2012-08-01, or today's
//! matching of what was declared with what was received.
//!
//! Read `stage.rs` first. Both regimes have one page; a declaration has a row of its own in either only once something
//! of it was done.

mod form;
mod matched;
mod queue;
mod show;
mod sql;
pub mod stage;

pub(in crate::finance) use matched::begin;
pub use stage::{FormMove, FormStage, MatchMove, MatchStage};

use crate::base::T;
use crate::web::{Door, Error, Routes, Tell};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use uuid::Uuid;

pub fn routes() -> Routes {
    Routes::new()
        .get("/verifications", super::TRADES, queue::list)
        .get("/verifications.xlsx", super::TRADES, queue::download)
        .get(
            "/orders/{number}/verifications/{shipment}/{sequence}",
            Door::Staff,
            show::one,
        )
        .get(
            "/orders/{number}/verifications/{shipment}/{sequence}/form",
            Door::Staff,
            form::ask,
        )
        .post(
            "/orders/{number}/verifications/{shipment}/{sequence}/form",
            Door::Staff,
            form::create,
        )
        .post(
            "/orders/{number}/verifications/{shipment}/{sequence}/matching",
            Door::Staff,
            matched::create,
        )
        .get(
            "/orders/{number}/verifications/{shipment}/{sequence}/explanation",
            Door::Staff,
            matched::ask_explain,
        )
        .post(
            "/orders/{number}/verifications/{shipment}/{sequence}/explanation",
            Door::Staff,
            matched::explain,
        )
}

/// 核销单 of one declaration.
#[derive(Clone, Debug)]
pub struct VerificationForm {
    pub id: Uuid,
    pub number: String,
    pub stage: FormStage,
    pub issued_on: NaiveDate,
    pub returned_on: Option<NaiveDate>,
    pub returned_from: String,
    pub verified_on: Option<NaiveDate>,
    /// Money of its orders went back since it was verified.
    pub money_back: bool,
    pub version: i32,
}

impl VerificationForm {
    /// Nothing is left to do, as long as the money stays.
    pub fn settled(&self) -> bool {
        self.stage == FormStage::Verified && !self.money_back
    }
}

/// The next act on a form; none where it is verified.
pub fn next_of(form: Option<&VerificationForm>) -> Option<FormMove> {
    match form {
        None => Some(FormMove::Issue),
        Some(form) if form.settled() => None,
        Some(form) if form.stage == FormStage::Issued => Some(FormMove::RecordReturn),
        Some(_) => Some(FormMove::Verify),
    }
}

/// One declaration laid against receipts.
#[derive(Clone, Debug)]
pub struct Matched {
    pub id: Uuid,
    pub stage: MatchStage,
    pub declared: Decimal,
    pub currency: String,
    pub tolerance: Decimal,
    /// Of receipts whose allocation still stands.
    pub received: Decimal,
    /// What had come in when the difference was explained.
    pub explained_received: Option<Decimal>,
    pub explanation: String,
    pub version: i32,
}

impl Matched {
    pub fn difference(&self) -> Decimal {
        self.received - self.declared
    }

    pub fn within_tolerance(&self) -> bool {
        self.difference().abs() <= self.declared * self.tolerance / Decimal::ONE_HUNDRED
    }

    /// Nothing is left to do: it agrees, or its difference was explained and is the same still.
    pub fn settled(&self) -> bool {
        self.within_tolerance() || self.explained()
    }

    fn explained(&self) -> bool {
        self.stage == MatchStage::DifferenceExplained && !self.moved_since()
    }

    /// May this still be done? What was explained stays, until money moves.
    pub fn takes(&self, step: MatchMove) -> bool {
        !self.explained() && self.stage.after(step).is_some()
    }

    /// Money moved after the difference was explained; said on the page, because the explanation spoke of another sum.
    pub fn moved_since(&self) -> bool {
        self.explained_received
            .is_some_and(|received| received != self.received)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    FormNotFromHere(Option<FormStage>),
    MatchNotFromHere(Option<MatchStage>),
    /// This export is verified in the other way.
    OtherRegime(super::export::Regime),
    NotDeparted,
    /// Receipts agree; there is nothing to explain.
    NoDifference,
    /// More is laid against declarations than the allocation holds.
    MoreThanReceived(String),
}

impl Tell for Refusal {
    fn tell(&self, t: T) -> String {
        match self {
            Self::FormNotFromHere(stage) => t.rebate_verification_not_from_here(
                stage.map_or(t.rebate_not_begun(), |stage| stage.label(t)),
            ),
            Self::MatchNotFromHere(stage) => t.rebate_verification_not_from_here(
                stage.map_or(t.rebate_not_begun(), |stage| stage.label(t)),
            ),
            Self::OtherRegime(regime) => t.rebate_other_regime(regime.label(t)),
            Self::NotDeparted => t.rebate_not_departed().into(),
            Self::NoDifference => t.rebate_no_difference().into(),
            Self::MoreThanReceived(receipt) => t.rebate_more_than_received(receipt),
        }
    }
}

/// The regime asked for, or a refusal that names the one that holds.
fn must_be(
    declaration: &super::export::Declaration,
    regime: super::export::Regime,
) -> crate::web::Result<()> {
    if declaration.regime == regime {
        Ok(())
    } else {
        Err(Error::refused(Refusal::OtherRegime(declaration.regime)))
    }
}

/// Tone and word of where a declaration stands.
pub(super) async fn mark(
    db: &mut sqlx::PgConnection,
    declaration: &super::export::Declaration,
    t: T,
) -> crate::web::Result<(&'static str, &'static str)> {
    if declaration.regime == super::export::Regime::Matching {
        let held = sql::matched(db, declaration.id).await?;
        return Ok(matched::stage_word(held.as_ref(), t));
    }
    let form = sql::form(db, declaration.id).await?;
    Ok(form_word(form.as_ref(), t))
}

fn form_word(form: Option<&VerificationForm>, t: T) -> (&'static str, &'static str) {
    match form {
        None => ("draft", t.rebate_not_begun()),
        Some(form) if form.stage == FormStage::Verified && form.money_back => {
            ("issue", t.rebate_money_back())
        }
        Some(form) => (form.stage.tone(), form.stage.label(t)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(stage: FormStage, money_back: bool) -> VerificationForm {
        VerificationForm {
            id: Uuid::nil(),
            number: "032-118844".into(),
            stage,
            issued_on: "2012-07-02".parse().unwrap(),
            returned_on: None,
            returned_from: String::new(),
            verified_on: None,
            money_back,
            version: 1,
        }
    }

    #[test]
    fn the_next_act_on_a_form_is_an_arrow_of_its_table_and_a_verified_one_rests() {
        let [(begins, _)] = FormMove::BEGINNINGS;
        assert_eq!(next_of(None), Some(begins));
        for stage in FormStage::ALL {
            for money_back in [false, true] {
                match next_of(Some(&form(stage, money_back))) {
                    Some(step) => assert!(stage.after(step).is_some(), "{stage:?} {step:?}"),
                    None => assert_eq!((stage, money_back), (FormStage::Verified, false)),
                }
            }
        }
    }
}

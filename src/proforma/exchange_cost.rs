//! Exchange cost 换汇成本 and profit 盈亏: how many RMB one unit of foreign exchange costs us, and what stays.
//!
//! The same arithmetic serves the budget at the PI and the result after the receipts. Price conversion between FOB,
//! CFR and CIF stands here too, because both must agree on what the net price is.

use crate::base::rounding::half_up;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What the rate table says of a line. A rate of nought alone would not say which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Treatment {
    /// 退税
    Refund,
    /// 免税: no output VAT, the input VAT is cost.
    Exempt,
    /// 视同内销: the rebate was cancelled, VAT is due as on a domestic sale.
    Taxed,
}

/// Figures that give no result: nothing is left of the price, a rate is nought or out of all proportion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Impossible;

/// One order or shipment of a trading company. `fx` is foreign exchange, the rest RMB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deal {
    pub invoice_fx: Decimal,
    pub freight_fx: Decimal,
    pub insurance_fx: Decimal,
    pub commission_fx: Decimal,
    /// Bank charges abroad and the like.
    pub other_fx: Decimal,
    /// Including VAT.
    pub purchase: Decimal,
    pub vat_rate: Decimal,
    pub refund_rate: Decimal,
    pub treatment: Treatment,
    /// Trucking, port, declaration, documents, bank, interest.
    pub domestic_fees: Decimal,
    /// RMB for one unit, the bank's buying rate 现汇买入价.
    pub fx_rate: Decimal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub net_fob_fx: Decimal,
    pub purchase_net: Decimal,
    pub rebate: Decimal,
    /// Due only where the export is taxed like a domestic sale.
    pub output_vat: Decimal,
    pub cost: Decimal,
    /// RMB per unit, four decimals.
    pub exchange_cost: Decimal,
    /// The exchange cost does not exceed the rate.
    pub breaks_even: bool,
    pub revenue: Decimal,
    /// 盈亏额
    pub profit: Decimal,
    /// Profit in percent of the invoice at the same rate.
    pub margin: Decimal,
    /// 换汇盈亏率 in percent.
    pub return_on_cost: Decimal,
}

impl Deal {
    pub fn outcome(&self) -> Result<Outcome, Impossible> {
        self.calculate().ok_or(Impossible)
    }

    fn calculate(&self) -> Option<Outcome> {
        let abroad = self.freight_fx + self.insurance_fx + self.commission_fx + self.other_fx;
        let net_fob_fx = half_up(self.invoice_fx.checked_sub(abroad)?, 2);
        if net_fob_fx <= Decimal::ZERO || self.fx_rate <= Decimal::ZERO {
            return None;
        }
        let purchase_net = half_up(self.purchase.checked_div(Decimal::ONE + self.vat_rate)?, 2);
        let revenue = half_up(net_fob_fx.checked_mul(self.fx_rate)?, 2);
        let (rebate, output_vat) = self.taxes(purchase_net, revenue)?;
        let goods = match self.treatment {
            Treatment::Refund | Treatment::Exempt => self.purchase - rebate,
            Treatment::Taxed => purchase_net + output_vat,
        };
        let cost = half_up(goods.checked_add(self.domestic_fees)?, 2);
        let exchange_cost = half_up(cost.checked_div(net_fob_fx)?, 4);
        let profit = revenue - cost;
        let turnover = self.invoice_fx.checked_mul(self.fx_rate)?;
        Some(Outcome {
            net_fob_fx,
            purchase_net,
            rebate,
            output_vat,
            cost,
            exchange_cost,
            breaks_even: exchange_cost <= self.fx_rate,
            revenue,
            profit,
            margin: percent(profit, turnover)?,
            return_on_cost: percent(self.fx_rate - exchange_cost, exchange_cost)
                .unwrap_or_default(),
        })
    }

    /// What comes back and what is due, by how the export is treated.
    fn taxes(&self, purchase_net: Decimal, revenue: Decimal) -> Option<(Decimal, Decimal)> {
        let nought = half_up(Decimal::ZERO, 2);
        Some(match self.treatment {
            Treatment::Refund => {
                let rebate = purchase_net.checked_mul(self.refund_rate)?;
                (half_up(rebate, 2), nought)
            }
            Treatment::Exempt => (nought, nought),
            // The price received contains the VAT; input VAT may then be deducted, so it is no cost.
            Treatment::Taxed => {
                let net = revenue.checked_div(Decimal::ONE + self.vat_rate)?;
                (nought, half_up(net.checked_mul(self.vat_rate)?, 2))
            }
        })
    }
}

fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    let hundredfold = part.checked_mul(Decimal::ONE_HUNDRED)?;
    Some(half_up(hundredfold.checked_div(whole)?, 2))
}

/// A FOB price on its way to CIF and to CIF with commission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quotation {
    pub fob: Decimal,
    pub freight: Decimal,
    pub insurance_rate: Decimal,
    /// Above the CIF value; buyers and banks ask for at least 0.10.
    pub markup: Decimal,
    pub commission_rate: Decimal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prices {
    pub cfr: Decimal,
    pub cif: Decimal,
    pub insured: Decimal,
    pub premium: Decimal,
    /// CIFC: the commission is of the price that contains it.
    pub with_commission: Decimal,
}

impl Quotation {
    /// Each figure is rounded and the next one made from the rounded figure, so that a reader can follow it.
    pub fn prices(&self) -> Result<Prices, Impossible> {
        self.calculate().ok_or(Impossible)
    }

    fn calculate(&self) -> Option<Prices> {
        let insured_share = Decimal::ONE.checked_add(self.markup)?;
        let left_of_cif = Decimal::ONE - insured_share.checked_mul(self.insurance_rate)?;
        let left_of_price = Decimal::ONE.checked_sub(self.commission_rate)?;
        if left_of_cif <= Decimal::ZERO || left_of_price <= Decimal::ZERO {
            return None;
        }
        let cfr = half_up(self.fob.checked_add(self.freight)?, 2);
        let cif = half_up(cfr.checked_div(left_of_cif)?, 2);
        let insured = half_up(cif.checked_mul(insured_share)?, 2);
        Some(Prices {
            cfr,
            cif,
            insured,
            premium: half_up(insured.checked_mul(self.insurance_rate)?, 2),
            with_commission: half_up(cif.checked_div(left_of_price)?, 2),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn deal() -> Deal {
        Deal {
            invoice_fx: d("50000"),
            freight_fx: d("0"),
            insurance_fx: d("0"),
            commission_fx: d("0"),
            other_fx: d("0"),
            purchase: d("339000"),
            vat_rate: d("0.13"),
            refund_rate: d("0.13"),
            treatment: Treatment::Refund,
            domestic_fees: d("15000"),
            fx_rate: d("7.1"),
        }
    }

    #[test]
    fn a_fob_deal_costs_six_thirty_and_earns_forty_thousand() {
        let outcome = deal().outcome().unwrap();
        assert_eq!(outcome.exchange_cost.to_string(), "6.3000");
        assert_eq!((outcome.rebate, outcome.cost), (d("39000"), d("315000")));
        assert_eq!((outcome.profit, outcome.margin), (d("40000"), d("11.27")));
        assert_eq!(outcome.return_on_cost, d("12.70"));
    }

    #[test]
    fn the_same_as_cif_earns_less() {
        let cif = Deal {
            freight_fx: d("2800"),
            insurance_fx: d("165"),
            commission_fx: d("1500"),
            ..deal()
        };
        let outcome = cif.outcome().unwrap();
        assert_eq!(
            (outcome.net_fob_fx, outcome.exchange_cost),
            (d("45535"), d("6.9178"))
        );
        assert_eq!((outcome.profit, outcome.margin), (d("8298.50"), d("2.34")));
    }

    #[test]
    fn an_exempt_export_gets_nothing_back_and_a_taxed_one_pays_vat() {
        let exempt = Deal {
            treatment: Treatment::Exempt,
            ..deal()
        }
        .outcome()
        .unwrap();
        assert_eq!((exempt.rebate, exempt.cost), (d("0"), d("354000")));
        let taxed = Deal {
            treatment: Treatment::Taxed,
            ..deal()
        }
        .outcome()
        .unwrap();
        assert_eq!(
            (taxed.output_vat, taxed.cost),
            (d("40840.71"), d("355840.71"))
        );
        assert!(!taxed.breaks_even);
    }

    #[test]
    fn the_printed_exchange_cost_is_what_is_compared_with_the_rate() {
        let even = Deal {
            purchase: d("381402"),
            domestic_fees: d("0"),
            ..deal()
        };
        let outcome = even.outcome().unwrap();
        let at_cost = Deal {
            fx_rate: outcome.exchange_cost,
            ..even
        }
        .outcome()
        .unwrap();
        assert!(at_cost.breaks_even);
    }

    #[test]
    fn nothing_left_of_the_price_gives_no_result() {
        assert_eq!(
            Deal {
                freight_fx: d("50000"),
                ..deal()
            }
            .outcome(),
            Err(Impossible)
        );
        assert_eq!(
            Deal {
                fx_rate: d("0"),
                ..deal()
            }
            .outcome(),
            Err(Impossible)
        );
    }

    #[test]
    fn a_price_is_built_up_from_rounded_figures() {
        let quotation = Quotation {
            fob: d("10000"),
            freight: d("500"),
            insurance_rate: d("0.01"),
            markup: d("0.10"),
            commission_rate: d("0.05"),
        };
        let prices = quotation.prices().unwrap();
        assert_eq!((prices.cfr, prices.cif), (d("10500"), d("10616.78")));
        assert_eq!(
            (prices.insured, prices.premium),
            (d("11678.46"), d("116.78"))
        );
        assert_eq!(prices.with_commission, d("11175.56"));
        let all_commission = Quotation {
            commission_rate: d("1"),
            ..quotation
        };
        assert_eq!(all_commission.prices(), Err(Impossible));
    }
}

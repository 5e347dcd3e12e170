//! Export tax rebate 出口退税: what comes back, what stays as cost, and by when.
//!
//! A trading company 外贸企业 gets back the input VAT of its purchase (免退税); a manufacturer 生产企业 sets it off
//! against domestic VAT first (免抵退税). Rates belong to a commodity code and an export date and are always given.

use crate::base::rounding::half_up;
pub use crate::proforma::exchange_cost::Treatment;
use chrono::{Datelike, Days, Months, NaiveDate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Figures that cannot be: a rate outside 0 to 1, a negative amount, an amount out of all proportion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Impossible;

/// Money of any company stays far below; above it the arithmetic could not be trusted to the cent.
const MOST: i64 = 1_000_000_000_000_000;

fn amount(value: Decimal) -> Result<Decimal, Impossible> {
    let fits = value >= Decimal::ZERO && value <= Decimal::from(MOST);
    fits.then_some(value).ok_or(Impossible)
}

fn rate(value: Decimal) -> Result<Decimal, Impossible> {
    let fits = value >= Decimal::ZERO && value < Decimal::ONE;
    fits.then_some(value).ok_or(Impossible)
}

/// VAT due on an export that counts as a domestic sale 视同内销: the price contains it.
pub fn output_vat_when_taxed(fob_rmb: Decimal, vat: Decimal) -> Result<Decimal, Impossible> {
    let (fob_rmb, vat) = (amount(fob_rmb)?, rate(vat)?);
    Ok(half_up(fob_rmb / (Decimal::ONE + vat) * vat, 2))
}

/// The amount a special VAT invoice 增值税专用发票 is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Invoiced {
    /// 价税合计
    Gross(Decimal),
    /// 不含税金额
    Net(Decimal),
}

/// One purchase invoice line of a trading company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purchase {
    pub invoiced: Invoiced,
    pub invoice_rate: Decimal,
    pub refund_rate: Decimal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refunded {
    pub net: Decimal,
    pub input_vat: Decimal,
    pub rate: Decimal,
    pub refund: Decimal,
    /// Input VAT that does not come back.
    pub to_cost: Decimal,
}

impl Purchase {
    /// 免退税. A small supplier's invoice rate caps the refund rate, and no refund exceeds the VAT that was paid.
    pub fn refunded(&self) -> Result<Refunded, Impossible> {
        let invoice_rate = rate(self.invoice_rate)?;
        let refund_rate = rate(self.refund_rate)?;
        // The invoice always adds up: with a known total its VAT is the difference, not amount × rate.
        let (net, input_vat) = match self.invoiced {
            Invoiced::Gross(gross) => {
                let gross = half_up(amount(gross)?, 2);
                let net = half_up(gross / (Decimal::ONE + invoice_rate), 2);
                (net, gross - net)
            }
            Invoiced::Net(net) => {
                let net = half_up(amount(net)?, 2);
                (net, half_up(net * invoice_rate, 2))
            }
        };
        let rate = refund_rate.min(invoice_rate);
        let refund = half_up(net * rate, 2).min(input_vat);
        Ok(Refunded {
            net,
            input_vat,
            rate,
            refund,
            to_cost: input_vat - refund,
        })
    }
}

/// All lines of a claim 退税申报, added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimTotal {
    pub net: Decimal,
    pub refund: Decimal,
    pub to_cost: Decimal,
}

impl ClaimTotal {
    pub fn of<'a>(lines: impl IntoIterator<Item = &'a Refunded>) -> Self {
        let nought = half_up(Decimal::ZERO, 2);
        let none = Self {
            net: nought,
            refund: nought,
            to_cost: nought,
        };
        lines.into_iter().fold(none, |sum, line| Self {
            net: sum.net + line.net,
            refund: sum.refund + line.refund,
            to_cost: sum.to_cost + line.to_cost,
        })
    }
}

/// One month of a manufacturer, in RMB unless said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Month {
    pub fob_fx: Decimal,
    pub fx_rate: Decimal,
    pub vat_rate: Decimal,
    pub refund_rate: Decimal,
    pub domestic_net: Decimal,
    pub input_vat: Decimal,
    pub brought_forward: Decimal,
    /// 免税购进原材料
    pub duty_free: Decimal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthResult {
    pub fob_rmb: Decimal,
    /// 不得免征和抵扣税额
    pub non_deductible: Decimal,
    pub output_vat: Decimal,
    /// 当期应纳税额, negative when there is a credit.
    pub payable: Decimal,
    pub to_pay: Decimal,
    /// 期末留抵 before the refund.
    pub credit: Decimal,
    /// 免抵退税额
    pub total: Decimal,
    pub refund: Decimal,
    /// 免抵额, the base of the city construction tax.
    pub offset: Decimal,
    pub carried_forward: Decimal,
    /// Duty-free material beyond this month's exports; it reduces the next month's base.
    pub duty_free_left: Decimal,
}

impl Month {
    /// 免抵退税, each figure rounded when it is made and used rounded. Only for lines that are refunded at all.
    pub fn settle(&self) -> Result<MonthResult, Impossible> {
        let (vat, refund_rate) = (rate(self.vat_rate)?, rate(self.refund_rate)?);
        let exchange = self.fx_rate;
        if refund_rate == Decimal::ZERO || refund_rate > vat || exchange > Decimal::from(10_000) {
            return Err(Impossible);
        }
        let fob_rmb = half_up(amount(self.fob_fx)? * amount(exchange)?, 2);
        let duty_free = half_up(amount(self.duty_free)?, 2);
        let base = (fob_rmb - duty_free).max(Decimal::ZERO);
        let non_deductible = half_up(base * (vat - refund_rate), 2);
        let output_vat = half_up(amount(self.domestic_net)? * vat, 2);
        let deductible = amount(self.input_vat)? - non_deductible;
        let payable = half_up(output_vat - deductible - amount(self.brought_forward)?, 2);
        let total = half_up(base * refund_rate, 2);
        let nought = half_up(Decimal::ZERO, 2);
        let credit = (-payable).max(nought);
        let refund = credit.min(total);
        Ok(MonthResult {
            fob_rmb,
            non_deductible,
            output_vat,
            payable,
            to_pay: payable.max(nought),
            credit,
            total,
            refund,
            offset: total - refund,
            carried_forward: credit - refund,
            duty_free_left: (duty_free - fob_rmb).max(nought),
        })
    }
}

/// The days that follow from one export date 出口日期.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportDeadlines {
    /// The first day a claim may be filed.
    pub window_opens: NaiveDate,
    /// The end of regular filing.
    pub regular: NaiveDate,
    /// The money must have come in.
    pub receipt: NaiveDate,
    /// After it the export may count as a domestic sale. Drafted law: shown as a warning, with a switch.
    pub hard_limit: NaiveDate,
}

impl ExportDeadlines {
    /// `last_receipt` is the latest receipt date the export contract names. Nothing at the end of the calendar.
    pub fn of(exported: NaiveDate, last_receipt: Option<NaiveDate>) -> Option<Self> {
        let window_opens = exported.with_day(1)?.checked_add_months(Months::new(1))?;
        let regular = NaiveDate::from_ymd_opt(exported.year() + 1, 4, 30)?;
        let hard_limit = exported.checked_add_months(Months::new(36))?;
        // A contract can only move the day later, and never beyond the 36 months.
        let by_contract = last_receipt.map_or(regular, |day| day.min(hard_limit));
        Some(Self {
            window_opens,
            regular,
            receipt: by_contract.max(regular),
            hard_limit,
        })
    }
}

/// The days that follow from filing a claim: the filing set 备案单证 is due, and how long it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchiveDeadlines {
    pub due: NaiveDate,
    /// Ten years from filing; older rules said five, all are kept ten.
    pub keep_until: NaiveDate,
}

impl ArchiveDeadlines {
    pub fn of(filed: NaiveDate) -> Option<Self> {
        Some(Self {
            due: filed.checked_add_days(Days::new(15))?,
            keep_until: filed.checked_add_months(Months::new(120))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn refunded(gross: &str, invoice_rate: &str, refund_rate: &str) -> Refunded {
        let purchase = Purchase {
            invoiced: Invoiced::Gross(d(gross)),
            invoice_rate: d(invoice_rate),
            refund_rate: d(refund_rate),
        };
        purchase.refunded().unwrap()
    }

    #[test]
    fn a_lower_refund_rate_leaves_the_rest_as_cost() {
        let full = refunded("113000", "0.13", "0.13");
        assert_eq!(
            (full.net, full.refund, full.to_cost),
            (d("100000"), d("13000"), d("0"))
        );
        let part = refunded("113000", "0.13", "0.09");
        assert_eq!((part.refund, part.to_cost), (d("9000"), d("4000")));
    }

    #[test]
    fn a_small_suppliers_rate_caps_the_refund() {
        let small = refunded("51500", "0.03", "0.13");
        assert_eq!(
            (small.net, small.rate, small.refund),
            (d("50000"), d("0.03"), d("1500"))
        );
    }

    #[test]
    fn no_refund_exceeds_the_vat_that_was_paid() {
        for cents in 1..2_000 {
            let purchase = Purchase {
                invoiced: Invoiced::Gross(Decimal::new(cents, 2)),
                invoice_rate: d("0.13"),
                refund_rate: d("0.13"),
            };
            let line = purchase.refunded().unwrap();
            assert!(line.refund <= line.input_vat, "{cents}");
            assert_eq!(line.net + line.input_vat, Decimal::new(cents, 2));
        }
    }

    #[test]
    fn figures_that_cannot_be_are_refused() {
        let purchase = |net: &str, rate: &str| Purchase {
            invoiced: Invoiced::Net(d(net)),
            invoice_rate: d(rate),
            refund_rate: d("0.13"),
        };
        assert_eq!(purchase("-1", "0.13").refunded(), Err(Impossible));
        assert_eq!(purchase("1", "13").refunded(), Err(Impossible));
        assert_eq!(
            purchase("9999999999999999999", "0.13").refunded(),
            Err(Impossible)
        );
    }

    fn month(input_vat: &str, refund_rate: &str, duty_free: &str) -> Month {
        Month {
            fob_fx: d("300000"),
            fx_rate: d("7.1"),
            vat_rate: d("0.13"),
            refund_rate: d(refund_rate),
            domestic_net: d("1000000"),
            input_vat: d(input_vat),
            brought_forward: d("0"),
            duty_free: d(duty_free),
        }
    }

    #[test]
    fn a_manufacturer_sets_off_first_and_gets_the_rest() {
        let refunded = month("300000", "0.13", "0").settle().unwrap();
        assert_eq!(
            (refunded.refund, refunded.offset),
            (d("170000"), d("106900"))
        );
        let paying = month("80000", "0.13", "0").settle().unwrap();
        assert_eq!(
            (paying.to_pay, paying.refund, paying.offset),
            (d("50000"), d("0"), d("276900"))
        );
        let carrying = month("600000", "0.13", "0").settle().unwrap();
        assert_eq!(
            (carrying.refund, carrying.carried_forward),
            (d("276900"), d("193100"))
        );
    }

    #[test]
    fn duty_free_material_beyond_the_exports_waits_for_the_next_month() {
        let settled = month("300000", "0.09", "2200000").settle().unwrap();
        assert_eq!((settled.non_deductible, settled.total), (d("0"), d("0")));
        assert_eq!(settled.duty_free_left, d("70000"));
    }

    #[test]
    fn a_cancelled_refund_is_not_settled_this_way_but_taxed() {
        assert_eq!(month("1", "0", "0").settle(), Err(Impossible));
        assert_eq!(
            output_vat_when_taxed(d("113000"), d("0.13")),
            Ok(d("13000.00"))
        );
    }

    #[test]
    fn month_ends_are_clamped_and_a_contract_moves_the_receipt_only_later() {
        let leap = ExportDeadlines::of(day("2024-02-29"), None).unwrap();
        assert_eq!(
            (leap.window_opens, leap.hard_limit),
            (day("2024-03-01"), day("2027-02-28"))
        );
        let receipt = |last: &str| {
            ExportDeadlines::of(day("2026-03-05"), Some(day(last)))
                .unwrap()
                .receipt
        };
        assert_eq!(receipt("2026-12-31"), day("2027-04-30"));
        assert_eq!(receipt("2028-01-15"), day("2028-01-15"));
        assert_eq!(receipt("2032-01-01"), day("2029-03-05"));
    }

    #[test]
    fn the_filing_set_is_due_after_fifteen_days_and_kept_ten_years() {
        let archive = ArchiveDeadlines::of(day("2028-02-29")).unwrap();
        assert_eq!(
            (archive.due, archive.keep_until),
            (day("2028-03-15"), day("2038-02-28"))
        );
    }
}

//! Carrying over 拆单结转: what an order split from a confirmed one takes along of its discount and adjustment lines.

use super::adjustment::Adjustment;
use super::content::Content;
use crate::orders::lines;
use rust_decimal::Decimal;

/// What came off and on in the order it was split from: the percent as it was, each amount by the goods' share.
pub(super) fn carried_over(
    first: &Content,
    goods: &[lines::Line],
) -> (Decimal, String, Vec<Adjustment>) {
    let currency = first.currency;
    let value: Option<Decimal> = goods.iter().map(|line| line.amount(currency)).sum();
    let share = |amount: Decimal| {
        let part = amount.checked_mul(value?)?.checked_div(first.goods_total)?;
        Some(currency.round(part)).filter(|part| !part.is_zero())
    };
    let wording = &first.wording;
    let adjustments = wording.adjustments.iter().filter_map(|one| {
        Some(Adjustment {
            amount: share(one.amount)?,
            ..one.clone()
        })
    });
    (
        wording.discount_percent,
        wording.discount_reason.clone(),
        adjustments.collect(),
    )
}

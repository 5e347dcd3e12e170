//! Labels 标签: the words before a fact, and the titles of the paper itself.

use crate::intake::field::bare;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    Customer,
    Supplier,
    PoNumber,
    OrderDay,
    DeliveryDay,
    Currency,
    Terms,
    Payment,
    ShipTo,
    LoadingPort,
    Tolerance,
    Packing,
    ShippingMark,
}

const LABELS: [(Label, &str); 13] = [
    (
        Label::Customer,
        "customer buyer client importer 客户 买方 客户名称 需方 kunde käufer billto \
         soldto from",
    ),
    (
        Label::Supplier,
        "supplier vendor seller manufacturer 供应商 卖方 供方 lieferant to exporter",
    ),
    (
        Label::PoNumber,
        "pono po ponumber ponr purchaseorder purchaseorderno purchaseordernumber orderno \
         ordernumber contractno 订单号 订单编号 采购单号 采购订单号 合同号 客户订单号 \
         bestellnr bestellnummer po# order# scno",
    ),
    (
        Label::OrderDay,
        "date orderdate podate issuedate dateofissue 日期 下单日期 订单日期 datum \
         bestelldatum",
    ),
    (
        Label::DeliveryDay,
        "delivery deliverydate deliveryetd etd shipmentdate shipdate shipment \
         latestshipment latestshipmentdate timeofshipment exfactory exfactorydate 交货期 \
         交期 交货日期 船期 出货日期 装运期 liefertermin requireddate duedate",
    ),
    (Label::Currency, "currency curr 币种 货币 币别 währung"),
    (
        Label::Terms,
        "terms incoterm incoterms deliveryterms priceterms priceterm tradeterms \
         termsofdelivery 贸易术语 价格条款 贸易条款 成交方式 lieferbedingungen \
         shippingterms",
    ),
    (
        Label::Payment,
        "payment paymentterms paymentterm termsofpayment 付款方式 付款条件 支付方式 付款 \
         zahlungsbedingungen zahlung",
    ),
    (
        Label::ShipTo,
        "shipto destination portofdestination portofdischarge pod deliverto 目的港 目的地 \
         卸货港",
    ),
    (
        Label::LoadingPort,
        "portofloading pol loadingport 起运港 装运港",
    ),
    (
        Label::Tolerance,
        "tolerance quantitytolerance moreorless 溢短装 溢短 数量允差",
    ),
    (
        Label::Packing,
        "packing packaging 包装 包装方式 包装要求 verpackung",
    ),
    (
        Label::ShippingMark,
        "shippingmark shippingmarks marks mark marksnumbers 唛头 箱唛 正唛",
    ),
];

/// Titles of the paper itself; what stands beside one is the party that wrote it.
const TITLES: &str = "factory packing list|purchase order|packing list|order sheet|order form|\
                      order confirmation|bestellung|采购订单|出厂装箱单|采购合同|装箱单|采购单|订购单|订单";

pub(super) fn label(text: &str) -> Option<Label> {
    let word = bare(text);
    LABELS
        .iter()
        .find(|(_, words)| words.split_whitespace().any(|known| bare(known) == word))
        .map(|(label, _)| *label)
}

/// The text without the paper's title; `true` when there was one.
pub(super) fn without_titles(text: &str) -> (String, bool) {
    let mut rest = text.to_owned();
    let mut titled = false;
    for title in TITLES.split('|') {
        // Only ASCII letters change, so the places of both texts agree.
        while let Some(at) = rest.to_ascii_lowercase().find(title) {
            rest.replace_range(at..at + title.len(), " ");
            titled = true;
        }
    }
    let trimmed = rest.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | '/' | ':' | '：' | '(' | ')')
    });
    (trimmed.to_owned(), titled)
}

//! Groups of the worklist: by what an open item is filtered, its word and its sign.

use crate::base::T;

pub(super) const ALL: &[&str] = &[
    "relay",
    "approval",
    "sample",
    "proforma",
    "production",
    "shipment",
    "credit",
    "finance",
    "money",
    "order",
];

pub(super) fn label(group: &str, t: T) -> &'static str {
    match group {
        "relay" => t.desk_kind_relay(),
        "approval" => t.desk_kind_approval(),
        "sample" => t.desk_kind_sample(),
        "proforma" => t.desk_kind_proforma(),
        "production" => t.desk_kind_production(),
        "shipment" => t.desk_kind_shipment(),
        "money" => t.payment_title(),
        "finance" => t.rebate_group(),
        "credit" => t.web_nav_credits(),
        _ => t.desk_kind_order(),
    }
}

pub(super) const fn sign(group: &str) -> &'static str {
    match group.as_bytes() {
        b"relay" => "relay",
        b"approval" => "approve",
        b"sample" => "eye",
        b"proforma" => "edit",
        b"production" => "factory",
        b"shipment" => "ship",
        b"money" | b"finance" => "settle",
        b"credit" => "lc",
        _ => "orders",
    }
}

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
    TASK,
];

/// Tasks by hand; no open item is of this group.
pub(super) const TASK: &str = "task";

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
        TASK => t.tasks_kind(),
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
        b"task" => "pin",
        _ => "orders",
    }
}

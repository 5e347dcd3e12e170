//! Payables 应付款: what factories, forwarders and others are owed for an order; asked, approved, paid.
//!
//! Read `stage.rs` first, then `record.rs`. Accounts of payees are shown to finance and the manager only.

mod approval;
mod asking;
mod calling_off;
mod form_page;
mod invoice;
mod offer_sql;
mod payment;
mod payment_sql;
pub mod record;
mod show;
mod sql;
pub mod stage;
mod verify;

pub(in crate::finance) use approval::approve;
pub use asking::write;
pub use calling_off::call_off;
pub(in crate::finance) use payment::typed as pay;
pub use record::{Claim, Payable};
pub(in crate::finance) use sql::{of_order, rows};
pub(in crate::finance) use verify::differences;

use crate::base::Role;
use crate::web::{Door, Routes};

/// Costs are no salesperson's.
const COSTS: Door = Door::Only(&[Role::OrderOperator, Role::Manager, Role::Finance]);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/payables", COSTS, show::list)
        .get("/payables.xlsx", COSTS, show::workbook)
        .get("/payables/new", COSTS, form_page::blank)
        .post("/payables", COSTS, asking::create)
        .get("/payables/{number}", Door::Staff, show::one)
        .get("/payables/{number}/edit", Door::Staff, form_page::edit)
        .post("/payables/{number}", Door::Staff, asking::save)
        .post("/payables/{number}/submission", Door::Staff, asking::submit)
        .post(
            "/payables/{number}/withdrawal",
            Door::Staff,
            asking::withdraw,
        )
        .get("/payables/{number}/approval", Door::Staff, approval::show)
        .post("/payables/{number}/approval", Door::Staff, approval::create)
        .post("/payables/{number}/revision", Door::Staff, asking::revise)
        .get("/payables/{number}/payment", Door::Staff, payment::ask)
        .post("/payables/{number}/payment", Door::Staff, payment::create)
        .get(
            "/payables/{number}/reversal",
            Door::Staff,
            payment::ask_reversal,
        )
        .post("/payables/{number}/reversal", Door::Staff, payment::reverse)
        .post("/payables/{number}/vat-invoice", Door::Staff, invoice::note)
        .get("/payables/{number}/void", Door::Staff, payment::ask_void)
        .post("/payables/{number}/void", Door::Staff, payment::void)
}

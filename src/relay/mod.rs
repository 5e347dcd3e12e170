//! Relay 传达: what one side owes the other, with its words, its due time and its receipts.
//!
//! Read `stage.rs` first: how far something has crossed to one addressee. The bridge lies below the orders, so it has
//! rules and tables but no pages: its forms stand on the order's timeline.

pub mod addressee;
pub mod fact;
pub mod ledger;
pub mod sql;
pub mod stage;

pub use addressee::Addressee;
pub use fact::Fact;
pub use ledger::{Receipt, Refusal, Relay, due};
pub use sql::{Heard, Said};
pub use stage::{Move, Stage};

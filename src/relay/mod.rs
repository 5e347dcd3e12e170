//! Relay 传达: what one side owes the other, with its words, its due time and its receipts.
//!
//! It lies below the orders, so it has rules and tables but no pages: its forms stand on the order's timeline.

pub mod ledger;

pub use ledger::{Receipt, Relay, Station};

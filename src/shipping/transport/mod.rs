//! Transport document 运输单据: bill of lading 提单 or waybill 运单 of a shipment, from the instructions to its release.
//!
//! Read `stage.rs` first: the life of one document. `comparison.rs` holds the draft against the shipment's own data.

pub(in crate::shipping) mod acts;
pub mod comparison;
mod credit;
mod document;
pub(in crate::shipping) mod pages;
mod questions;
mod reset;
pub(in crate::shipping) mod show;
pub(in crate::shipping) mod sql;
pub mod stage;

pub use document::{Document, Refusal, Values};
pub(in crate::shipping) use reset::reset;
pub use stage::{Move, Stage};

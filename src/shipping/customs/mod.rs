//! Customs declarations 报关单 of a shipment, one or more.
//!
//! Read `stage.rs` first: the life of one declaration.

mod acts;
mod declaration;
pub(in crate::shipping) mod pages;
mod questions;
pub(in crate::shipping) mod sql;
pub mod stage;

pub use declaration::{Declaration, Refusal};
pub use stage::{Move, Stage};

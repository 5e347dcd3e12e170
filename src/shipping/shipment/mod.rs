//! Shipment 出运: goods of one or more orders of a customer that travel together, from the plan to the arrival.
//!
//! Read `stage.rs` first: the life of one shipment. `questions.rs` is the form of each act, `acts.rs` what it does.

pub(in crate::shipping) mod acting;
pub mod acts;
mod booking;
mod calling_off;
pub(in crate::shipping) mod goods_sql;
pub(in crate::shipping) mod list;
mod list_sql;
pub mod mode;
mod papers;
pub mod plan;
pub mod planning;
pub mod questions;
pub(in crate::shipping) mod reading;
pub mod record;
mod release;
mod sailing;
pub(in crate::shipping) mod show;
pub(in crate::shipping) mod sql;
pub mod stage;
mod tasks;
mod verify;

pub use calling_off::call_off;
pub use mode::Mode;
pub use record::Shipment;
pub use stage::{Move, Stage};
pub use verify::differences;

//! What the order must know of the desks above: their facts, each read by one statement, and what stands open on each.
//!
//! The desks write their own documents; nothing here writes.

pub(super) mod credits;
pub(super) mod dues;
pub(super) mod exceptions;
pub(super) mod finance;
pub(super) mod issues;
pub(super) mod opinions;
pub(super) mod production;
pub(super) mod rebate;
mod sample_items;
pub(super) mod samples;
pub(super) mod shipping;

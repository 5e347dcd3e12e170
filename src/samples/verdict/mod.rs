//! Verdict 样品确认: what the customer said of a round, point by point, recorded by a colleague with who, how, when and the
//! evidence. A rejected point opens the next round and takes done away from step 1; a comment becomes a requirement that the
//! factory reads.

mod recording;
pub mod rule;
pub mod sql;

pub use recording::{Given, record};
pub(super) use recording::{ask, create};

//! Documents 单证: stored files and the register of issued papers. It knows files and paper, not trade.
//!
//! `files.rs` keeps bytes under their hash, `sniff.rs` says what they are, `register.rs` remembers what was printed
//! where. Later the sheets that become PDF and Excel live here too.

pub mod files;
pub mod leaving;
mod printed;
pub mod register;
pub mod sniff;

pub use files::{Kept, Refusal, StoredFile};
pub use printed::Printed;
pub use register::{
    Issued, Paper, Stale, issue, mark_stale, must_be_current, supersede, supersede_paper,
};

//! History: everything that happened, one event per change in the same transaction.
//!
//! Read `act.rs` first: an act is one transaction that claims its form's key, writes its change and its events, and
//! answers. `event.rs` is the list of everything that can happen; timelines, notices and reports read it.

pub mod act;
pub mod approval_event;
mod audit_sql;
pub mod credit_event;
pub mod event;
pub mod finance_event;
pub mod issue_event;
pub mod passing;
pub mod production_event;
pub mod rebate_event;
pub mod sample_event;
pub mod shipping_event;
mod sql;
pub mod task_event;
pub mod timeline;

pub use act::{Act, Stream, begin, begin_house, id_of_form, way_back};
pub use event::Event;
pub use issue_event::IssueEvent;
pub use sql::{breaks, done_in, note_refusal, prune_keys};
pub use timeline::Entry;

//! One file a promise: what the house answers over HTTP, and what it wrote.

mod away;
mod content;
mod days;
mod decisions;
mod fields;
mod forms;
mod numbers;
mod payables;
mod racing;
mod reach;
mod receipts;
mod repetition;
mod schema;
mod sessions;
mod settlements;
mod signing_in;
mod stages;

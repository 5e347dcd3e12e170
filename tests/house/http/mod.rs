//! One file a promise: what the house answers over HTTP, and what it wrote.

mod away;
mod changes;
mod content;
mod days;
mod decisions;
mod fields;
mod forms;
mod inspections;
mod issues;
mod numbers;
mod racing;
mod reach;
mod repetition;
mod schema;
mod sessions;
mod signing_in;
mod stages;

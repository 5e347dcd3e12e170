//! One file a promise: what the house answers over HTTP, and what it wrote.

mod away;
mod content;
mod credits;
mod days;
mod decisions;
mod fields;
mod forms;
mod numbers;
mod presentations;
mod racing;
mod reach;
mod repetition;
mod schema;
mod sessions;
mod signing_in;
mod stages;

//! One file a promise: what the house answers over HTTP, and what it wrote.

mod away;
mod closing;
mod content;
mod days;
mod decisions;
mod fields;
mod forms;
mod hand_overs;
mod numbers;
mod racing;
mod reach;
mod rebates;
mod repetition;
mod schema;
mod sessions;
mod signing_in;
mod stages;
mod verifications;

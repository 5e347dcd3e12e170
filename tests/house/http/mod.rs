//! One file a promise: what the house answers over HTTP, and what it wrote.

mod away;
mod cancelling;
mod changes;
mod content;
mod days;
mod decisions;
mod fields;
mod forms;
mod inspections;
mod issues;
mod numbers;
mod portions;
mod production;
mod production_answers;
mod production_gate;
mod production_run;
mod racing;
mod reach;
mod repetition;
mod samples;
mod schema;
mod sessions;
mod shipment_papers;
mod shipments;
mod signing_in;
mod stages;

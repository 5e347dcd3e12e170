//! The test house 试验场: the whole program against a real database, without sockets and without sleeping.
//!
//! `support` is the scenery: a `World` (application, database, clock), a `Client` that goes through the router like a
//! browser, the cast of the company, and builders that go through the acts. `doors`, `tables` and `tidy` compare the
//! code with files typed by hand in `expected`; `pages` looks at every page; `http` mirrors `src`, one file a promise.

#![cfg(test)]
#![expect(
    unreachable_pub,
    reason = "a test binary has no outside; pub says what a module gives its neighbours"
)]

mod support;
mod walk;
mod walk_desks;

mod credit_tables;
mod credit_walk;
mod doors;
mod finance_tables;
mod hands;
mod http;
mod intake;
mod lifecycle_model;
mod moments;
mod order_tables;
mod pages;
mod production_tables;
mod rebate_tables;
mod relay_tables;
mod sample_tables;
mod step_tables;
mod stories;
mod tables;
mod tidy;
mod vectors;

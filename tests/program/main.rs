//! The program 程序: the built `gendan` as somebody starts it at a terminal, on a folder and a port of its own.
//!
//! Nothing but the standard library, so that this second test binary costs no time to build.

#![cfg(test)]
#![expect(
    unreachable_pub,
    reason = "a test binary has no outside; pub says what a module gives its neighbours"
)]

mod backup;
mod browser;
mod house;
mod replicas;
mod settings;
mod start;
mod verbs;

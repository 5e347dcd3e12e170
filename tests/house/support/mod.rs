//! The scenery of all tests that need a house: world, client, cast, builders, readers of pages.

mod builders;
mod client;
mod controls;
mod credits;
mod crowd;
mod database;
mod exceptions;
mod exports;
mod finance;
mod forms;
mod issues;
mod people;
mod production;
mod reading;
mod samples;
mod shipments;
mod world;

pub use builders::{Placed, Wanted};
pub use client::{Client, Form, Reply, fresh_key, token};
pub use controls::{Asked, Control, Kind};
pub use credits::{MESSAGE, amendment, message};
pub use crowd::all_at_once;
pub use finance::{claim, paid, slip};
pub use issues::StepSix;
pub use people::id;
pub use production::DEPOSIT;
pub use reading::{say, sheets};
pub use world::World;

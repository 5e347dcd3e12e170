//! The scenery of all tests that need a house: world, client, cast, builders, readers of pages.

mod builders;
mod client;
mod credits;
mod crowd;
mod database;
mod forms;
mod people;
mod reading;
mod world;

pub use builders::{Placed, Wanted};
pub use client::{Client, Form, Reply, fresh_key, token};
pub use credits::{MESSAGE, message};
pub use crowd::all_at_once;
pub use people::id;
pub use reading::say;
pub use world::World;

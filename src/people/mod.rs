//! People 人员: staff, sign-in, sessions, roles and the table of rights.
//!
//! Read `rights.rs` first: the one authorisation function of the house. `session.rs` says who stands at the door.

pub mod acting;
mod by;
pub mod enrol;
pub mod guard;
pub mod password;
pub mod profile;
pub mod relation;
pub mod rights;
pub mod session;
mod set_up;
mod sign_in;
mod sql;
pub mod staff;
pub mod terminal;

pub use acting::acting;
pub use relation::Relation;
pub use rights::{Asked, Deed, Grant, Verdict};
pub use set_up::offer_code;
pub use sql::moment;
pub use staff::{Colleague, list_active};

use crate::web::{Door, Routes};

pub fn routes() -> Routes {
    Routes::new()
        .get("/sign-in", Door::Open, sign_in::show)
        .post("/sign-in", Door::Open, sign_in::create)
        .post("/sign-out", Door::Staff, sign_in::leave)
        .post(
            "/sign-out/everywhere",
            Door::Staff,
            sign_in::leave_everywhere,
        )
        .get("/set-up", Door::Open, set_up::show)
        .post("/set-up", Door::Open, set_up::create)
        .get("/password/{token}", Door::Open, password::show)
        .post("/password/{token}", Door::Open, password::create)
        .post("/language", Door::Open, profile::language)
}

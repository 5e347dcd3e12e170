//! People 人员: staff, sign-in, sessions, roles and the table of rights.
//!
//! Read `rights.rs` first: the one authorisation function of the house. `session.rs` says who stands at the door.

pub mod access;
pub mod acting;
mod appointments;
pub mod barring;
mod by;
pub mod change;
pub mod department;
pub mod deputy;
pub mod draft;
pub mod enrol;
pub mod guard;
pub mod invitation;
mod link_sql;
pub mod password;
pub mod profile;
pub mod relation;
pub mod rights;
mod roster;
pub mod session;
mod set_up;
mod sign_in;
mod sql;
pub mod staff;
pub mod terminal;
pub mod user;

pub use acting::acting;
pub use relation::Relation;
pub use rights::{Asked, Deed, Grant, Verdict};
pub use set_up::offer_code;
pub use sql::moment;
pub use staff::{Colleague, list_active};

use crate::base::Role;
use crate::web::{Door, Routes};

const ADMIN: Door = Door::Only(&[Role::Admin]);

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
        .get("/me", Door::Staff, profile::show)
        .post("/me", Door::Staff, profile::save)
        .post("/me/password", Door::Staff, profile::change_password)
        .post("/me/deputy", Door::Staff, deputy::create_own)
        .post(
            "/me/deputy/{deputy}/withdrawn",
            Door::Staff,
            deputy::withdraw_own,
        )
        .and(administration())
        .never_kept()
}

/// What the administrator does for others.
fn administration() -> Routes {
    Routes::new()
        .get("/users", ADMIN, staff::list)
        .get("/users.xlsx", ADMIN, staff::export)
        .get("/users/new", ADMIN, invitation::blank)
        .post("/users", ADMIN, invitation::create)
        .get("/users/{id}", ADMIN, user::show)
        .post("/users/{id}", ADMIN, user::save)
        .post("/users/{id}/reset", ADMIN, access::create_link)
        .post("/users/{id}/disabled", ADMIN, access::create_disabled)
        .post("/users/{id}/enabled", ADMIN, access::create_enabled)
        .post("/users/{id}/deputies", ADMIN, deputy::create)
        .post(
            "/users/{id}/deputies/{deputy}/withdrawn",
            ADMIN,
            deputy::create_withdrawn,
        )
        .get("/departments", ADMIN, department::list)
        .post("/departments", ADMIN, department::create)
        .get("/departments/{id}", ADMIN, department::edit)
        .post("/departments/{id}", ADMIN, department::save)
}

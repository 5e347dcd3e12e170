//! Records 资料: how a card of master data (a customer, a product, a port, a bank account) is listed, read, written,
//! archived and found again. Each kind says what it is in a [`Card`]; pages, acts and their order are the same for all.
//!
//! Read `card.rs` first, then `acts.rs`. What a kind shows beside its own fields (contacts, accounts) it hands over as
//! panels.

pub mod acts;
pub mod card;
mod form_page;
mod happened;
mod list_page;
mod meanwhile;
pub mod read;
mod show_page;
mod sql;

pub use acts::{add, archive, create, restore, save};
pub use card::{Alike, Beside, Card, Field, Panel, PanelRow, Section, Shape, Stored, Words};
pub use form_page::{FormPage, blank, edit};
pub use happened::Happened;
pub use list_page::{excel, list};
pub use meanwhile::{differences, labels, moved, stale};
pub use show_page::show;
pub use sql::Source;

use crate::history::Stream;

/// The chain of events of one thing: `customer:0190…`.
#[derive(Clone, Debug)]
pub struct Thing(pub String);

impl Thing {
    pub fn new(kind: &str, id: impl std::fmt::Display) -> Self {
        Self(format!("{kind}:{id}"))
    }
}

impl Stream for Thing {
    fn stream(&self) -> String {
        self.0.clone()
    }
}

/// The addresses of one kind of card.
macro_rules! card_routes {
    ($card:ty, $place:literal, $door:expr) => {
        $crate::web::Routes::new()
            .get($place, $door, $crate::records::list::<$card>)
            .get(
                concat!($place, ".xlsx"),
                $door,
                $crate::records::excel::<$card>,
            )
            .get(
                concat!($place, "/new"),
                $door,
                $crate::records::blank::<$card>,
            )
            .post($place, $door, $crate::records::create::<$card>)
            .get(
                concat!($place, "/{code}"),
                $door,
                $crate::records::show::<$card>,
            )
            .get(
                concat!($place, "/{code}/edit"),
                $door,
                $crate::records::edit::<$card>,
            )
            .post(
                concat!($place, "/{code}"),
                $door,
                $crate::records::save::<$card>,
            )
            .post(
                concat!($place, "/{code}/archive"),
                $door,
                $crate::records::archive::<$card>,
            )
            .post(
                concat!($place, "/{code}/restoration"),
                $door,
                $crate::records::restore::<$card>,
            )
    };
}
pub(crate) use card_routes;

//! Stories: how the trade goes, told through the forms of the pages.

mod deeds;
mod demo;
mod lc_order;
mod planted;
mod sheet_to_confirmation;
mod terms;
mod tt_export;
mod tt_order;
mod wandering;

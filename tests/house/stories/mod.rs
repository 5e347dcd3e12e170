//! Stories: how the trade goes, told through the forms of the pages.

mod sheet_to_confirmation;

//! Base: the words of one line that every desk speaks: ids, who acts, money, days, languages, codes.
//!
//! Nothing here knows the database or the web; everything parses once and cannot hold a bad value afterwards.

pub mod amount_words;
pub mod audience;
pub mod by;
pub mod calendar;
pub mod codes;
pub mod format;
pub mod guessed;
pub mod hex;
pub mod id;
pub mod incoterm;
pub mod lang;
pub mod money;
pub mod number;
pub mod payment_words;
pub mod pinyin;
pub mod role;
pub mod rounding;
pub mod terms;
pub mod tongues;
pub mod typed;
pub mod words;

pub use audience::{Audience, Channel, Party};
pub use by::{By, Staff, Who};
pub use hex::hex;
pub use id::*;
pub use lang::Lang;
pub use money::{Currency, Money};
pub use number::OrderNumber;
pub use role::{Role, Roles};
pub use words::T;

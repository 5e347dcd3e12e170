//! Every statement of this desk, nothing else; one file a table.

mod account;
mod bank;
mod contact;
mod customer;
mod entity;
mod factory;
mod forwarder;
mod owner;
mod payee;
mod setting;

pub(super) use account::*;
pub(super) use bank::*;
pub(super) use contact::*;
pub(super) use customer::*;
pub(super) use entity::*;
pub(super) use factory::*;
pub(super) use forwarder::*;
pub(super) use owner::*;
pub(super) use payee::*;
pub(super) use setting::*;

use crate::base::pinyin;

/// What a party is found by, and what Chinese names sort by.
struct Findable {
    search: String,
    pinyin: String,
}

/// `corrected`: the spelling a colleague typed, kept instead of the one made from the table.
fn findable(code: &str, zh: &str, en: &str, corrected: &str) -> Findable {
    let spelled = if corrected.is_empty() {
        pinyin::spelled(zh)
    } else {
        corrected.to_owned()
    };
    let mut search = pinyin::search_text(&[code, zh, en]);
    if !corrected.is_empty() {
        search.push_str(&pinyin::search_spelling(corrected));
    }
    Findable {
        search,
        pinyin: spelled,
    }
}

/// The corrected spelling as the form shows it: none where the stored one is what the table makes.
fn corrected(zh: &str, stored: String) -> String {
    if stored == pinyin::spelled(zh) {
        String::new()
    } else {
        stored
    }
}

/// Matches two names that say the same: spelling of the Chinese one, telling words of the Latin one.
fn name_keys(zh: &str, en: &str) -> (String, String) {
    (pinyin::spelled(zh), pinyin::telling(en).join(" "))
}

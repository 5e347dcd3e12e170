//! The fields of MT700 and MT707 as a credit's form has them: tag, label, and how much room each needs.

use crate::base::T;

pub struct Field {
    /// As SWIFT writes it; `41a` stands for 41A and 41D alike.
    pub tag: &'static str,
    pub label: fn(T) -> &'static str,
    /// Lines of its control; one is a single line.
    pub rows: usize,
}

const fn field(tag: &'static str, label: fn(T) -> &'static str, rows: usize) -> Field {
    Field { tag, label, rows }
}

/// Issue of a documentary credit, in the order of the message. 52a is the sender, 39B and 71B stand in old texts.
pub const ISSUE: [Field; 42] = [
    field("52a", T::credits_tag_52a, 2),
    field("27", T::credits_tag_27, 1),
    field("40A", T::credits_tag_40a, 1),
    field("20", T::credits_tag_20, 1),
    field("23", T::credits_tag_23, 1),
    field("31C", T::credits_tag_31c, 1),
    field("40E", T::credits_tag_40e, 1),
    field("31D", T::credits_tag_31d, 1),
    field("51a", T::credits_tag_51a, 2),
    field("50", T::credits_tag_50, 3),
    field("59", T::credits_tag_59, 3),
    field("32B", T::credits_tag_32b, 1),
    field("39A", T::credits_tag_39a, 1),
    field("39B", T::credits_tag_39b, 1),
    field("39C", T::credits_tag_39c, 2),
    field("41a", T::credits_tag_41a, 2),
    field("42C", T::credits_tag_42c, 2),
    field("42a", T::credits_tag_42a, 2),
    field("42M", T::credits_tag_42m, 2),
    field("42P", T::credits_tag_42p, 2),
    field("43P", T::credits_tag_43p, 1),
    field("43T", T::credits_tag_43t, 1),
    field("44A", T::credits_tag_44a, 1),
    field("44E", T::credits_tag_44e, 1),
    field("44F", T::credits_tag_44f, 1),
    field("44B", T::credits_tag_44b, 1),
    field("44C", T::credits_tag_44c, 1),
    field("44D", T::credits_tag_44d, 2),
    field("45A", T::credits_tag_45a, 6),
    field("46A", T::credits_tag_46a, 10),
    field("47A", T::credits_tag_47a, 8),
    field("49G", T::credits_tag_49g, 2),
    field("49H", T::credits_tag_49h, 2),
    field("71D", T::credits_tag_71d, 3),
    field("48", T::credits_tag_48, 1),
    field("49", T::credits_tag_49, 1),
    field("58a", T::credits_tag_58a, 2),
    field("53a", T::credits_tag_53a, 2),
    field("78", T::credits_tag_78, 4),
    field("57a", T::credits_tag_57a, 2),
    field("72Z", T::credits_tag_72z, 3),
    // What a pasted text holds under no tag we know.
    field("rest", T::credits_tag_rest, 3),
];

/// An amendment: 32B raises, 33B lowers; what is empty stays as it is.
pub const AMENDMENT: [Field; 37] = [
    field("26E", T::credits_tag_26e, 1),
    field("30", T::credits_tag_30, 1),
    field("21", T::credits_tag_21, 1),
    field("22A", T::credits_tag_22a, 1),
    field("23S", T::credits_tag_23s, 1),
    field("40A", T::credits_tag_40a, 1),
    field("40E", T::credits_tag_40e, 1),
    field("31D", T::credits_tag_31d, 1),
    field("50", T::credits_tag_50, 3),
    field("59", T::credits_tag_59, 3),
    field("32B", T::credits_tag_32b_more, 1),
    field("33B", T::credits_tag_33b, 1),
    field("39A", T::credits_tag_39a, 1),
    field("39C", T::credits_tag_39c, 2),
    field("41a", T::credits_tag_41a, 2),
    field("42C", T::credits_tag_42c, 2),
    field("42a", T::credits_tag_42a, 2),
    field("42M", T::credits_tag_42m, 2),
    field("42P", T::credits_tag_42p, 2),
    field("43P", T::credits_tag_43p, 1),
    field("43T", T::credits_tag_43t, 1),
    field("44A", T::credits_tag_44a, 1),
    field("44E", T::credits_tag_44e, 1),
    field("44F", T::credits_tag_44f, 1),
    field("44B", T::credits_tag_44b, 1),
    field("44C", T::credits_tag_44c, 1),
    field("44D", T::credits_tag_44d, 2),
    field("45B", T::credits_tag_45a, 4),
    field("46B", T::credits_tag_46a, 6),
    field("47B", T::credits_tag_47a, 4),
    field("71D", T::credits_tag_71d, 2),
    field("71N", T::credits_tag_71n, 1),
    field("48", T::credits_tag_48, 1),
    field("49", T::credits_tag_49, 1),
    field("78", T::credits_tag_78, 2),
    field("72Z", T::credits_tag_72z, 2),
    field("rest", T::credits_tag_rest, 3),
];

impl Field {
    /// The name of its control.
    pub fn name(&self) -> String {
        format!("f_{}", self.tag)
    }
}

/// What a tag is called; a tag nobody knows is called by itself.
pub fn label(t: T, tag: &str) -> &'static str {
    ISSUE
        .iter()
        .chain(&AMENDMENT)
        .find(|field| field.tag == tag)
        .map_or("", |field| (field.label)(t))
}

/// Fields whose words are amounts of the customer.
pub fn is_figure(tag: &str) -> bool {
    matches!(
        tag,
        "32B"
            | "33B"
            | "39B"
            | "39C"
            | "45A"
            | "45B"
            | "46A"
            | "46B"
            | "47A"
            | "47B"
            | "71D"
            | "71N"
            | "rest"
    )
}

/// The field a tag of a pasted text belongs to: `41D` is `41a`, the old `71B` is `71D`.
pub fn of_tag(tag: &str, fields: &[Field]) -> Option<&'static str> {
    let party = ["41", "42", "51", "52", "53", "57", "58"];
    let (number, letter) = tag.split_at_checked(2)?;
    let wanted = match (number, letter) {
        ("71", "B") => "71D".to_owned(),
        ("50" | "59", _) | ("49", "M" | "N") => number.to_owned(),
        (_, "A" | "B" | "D") if party.contains(&number) => format!("{number}a"),
        _ => tag.to_owned(),
    };
    ISSUE
        .iter()
        .chain(&AMENDMENT)
        .map(|field| field.tag)
        .find(|known| *known == wanted && fields.iter().any(|field| field.tag == *known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_of_a_party_are_one_field() {
        assert_eq!(of_tag("41D", &ISSUE), Some("41a"));
        assert_eq!(of_tag("42C", &ISSUE), Some("42C"));
        assert_eq!(of_tag("42A", &ISSUE), Some("42a"));
        assert_eq!(of_tag("71B", &ISSUE), Some("71D"));
        assert_eq!(of_tag("99Z", &ISSUE), None);
        assert_eq!(of_tag("32B", &AMENDMENT), Some("32B"));
    }
}

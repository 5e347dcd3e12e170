//! Content: everything a sample note prints, as one snapshot. Frozen at submission; its hash is what is signed.

use super::note::{Draft, SampleNote};
use crate::base::T;
use crate::orders::Order;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A file that goes with the note: its name, and the fingerprint that says which file it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    pub id: uuid::Uuid,
    pub name: String,
    pub sha256: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    pub number: String,
    pub sample: i32,
    pub round: i32,
    pub kind: String,
    /// Empty where the factory is not to read it.
    pub customer: String,
    pub factory: String,
    pub styles: String,
    pub description: String,
    pub material: String,
    pub size_chart: String,
    pub colour: String,
    pub accessories: String,
    pub artwork: String,
    pub packing: String,
    pub for_customer: i32,
    pub for_file: i32,
    pub for_factory: i32,
    pub fee: Option<Decimal>,
    pub fee_payer: String,
    pub required_on: Option<NaiveDate>,
    pub details: String,
    pub files: Vec<Attached>,
    pub prepared_by: String,
}

/// What a sample note cannot be handed in without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lacking {
    Factory,
    Styles,
    Description,
    Material,
    SizeChart,
    Details,
    RequiredOn,
    /// The required day is over before the factory hears of it.
    RequiredOnPast,
}

impl Lacking {
    pub fn tell(self, t: T) -> &'static str {
        match self {
            Self::Factory => t.samples_lacks_factory(),
            Self::Styles => t.samples_lacks_styles(),
            Self::Description => t.samples_lacks_description(),
            Self::Material => t.samples_lacks_material(),
            Self::SizeChart => t.samples_lacks_size_chart(),
            Self::Details => t.samples_lacks_details(),
            Self::RequiredOn => t.samples_lacks_required_on(),
            Self::RequiredOnPast => t.samples_lacks_required_on_past(),
        }
    }
}

/// What the draft still lacks on this day; empty means that it can be handed in.
pub(super) fn lacking(draft: &Draft, today: NaiveDate) -> Vec<Lacking> {
    let mut lacks = Vec::new();
    let mut need = |met: bool, lack| {
        if !met {
            lacks.push(lack);
        }
    };
    need(draft.factory.is_some(), Lacking::Factory);
    need(!draft.styles.is_empty(), Lacking::Styles);
    need(!draft.description.is_empty(), Lacking::Description);
    need(!draft.material.is_empty(), Lacking::Material);
    need(!draft.size_chart.is_empty(), Lacking::SizeChart);
    need(!draft.details.is_empty(), Lacking::Details);
    need(draft.required_on.is_some(), Lacking::RequiredOn);
    need(
        draft.required_on.is_none_or(|day| day >= today),
        Lacking::RequiredOnPast,
    );
    lacks
}

impl Content {
    /// The snapshot of a note as it stands.
    pub fn of(order: &Order, note: &SampleNote) -> Self {
        let draft = note.draft.clone();
        Self {
            number: order.number.to_string(),
            sample: note.name.sample,
            round: note.name.round,
            customer: if draft.names_customer {
                order.customer_name.clone()
            } else {
                String::new()
            },
            factory: note.factory_name.clone(),
            kind: draft.kind,
            styles: draft.styles,
            description: draft.description,
            material: draft.material,
            size_chart: draft.size_chart,
            colour: draft.colour,
            accessories: draft.accessories,
            artwork: draft.artwork,
            packing: draft.packing,
            for_customer: draft.for_customer,
            for_file: draft.for_file,
            for_factory: draft.for_factory,
            fee: draft.fee,
            fee_payer: draft.fee_payer,
            required_on: draft.required_on,
            details: draft.details,
            files: note.files.clone(),
            prepared_by: note.prepared_zh.clone(),
        }
    }

    /// What an approval belongs to.
    pub fn hash(&self) -> Result<Vec<u8>, serde_json::Error> {
        Ok(Sha256::digest(serde_json::to_vec(self)?).to_vec())
    }

    /// The number it carries on paper, `HY26-0001 S1`.
    pub fn paper_number(&self) -> String {
        format!("{} S{}", self.number, self.sample)
    }

    /// Names of the attached files, each with the beginning of its fingerprint: a file of the same name is another one.
    fn file_names(&self) -> String {
        let one = |file: &Attached| {
            let sign: String = file.sha256.chars().take(6).collect();
            format!("{} [{sign}]", file.name)
        };
        let names: Vec<String> = self.files.iter().map(one).collect();
        names.join("; ")
    }

    /// Printed fields as paths with their values, in the order of the paper.
    pub fn printed(&self) -> Vec<(&'static str, String)> {
        let fee = self.fee.map(|fee| format!("CNY {fee}")).unwrap_or_default();
        vec![
            ("kind", self.kind.clone()),
            ("customer", self.customer.clone()),
            ("factory", self.factory.clone()),
            ("styles", self.styles.clone()),
            ("description", self.description.clone()),
            ("material", self.material.clone()),
            ("size_chart", self.size_chart.clone()),
            ("colour", self.colour.clone()),
            ("accessories", self.accessories.clone()),
            ("artwork", self.artwork.clone()),
            ("packing", self.packing.clone()),
            ("for_customer", self.for_customer.to_string()),
            ("for_file", self.for_file.to_string()),
            ("for_factory", self.for_factory.to_string()),
            ("fee", fee),
            ("fee_payer", self.fee_payer.clone()),
            (
                "required_on",
                self.required_on
                    .map(|day| day.to_string())
                    .unwrap_or_default(),
            ),
            ("details", self.details.clone()),
            ("files", self.file_names()),
        ]
    }
}

/// The value of a printed field as the reader says it: codes become words.
pub(super) fn value_word(t: T, field: &str, value: &str) -> String {
    match field {
        "kind" => super::note::kind_word(t, value).to_owned(),
        "fee_payer" => super::note::payer_word(t, value).to_owned(),
        _ => value.to_owned(),
    }
}

/// What the note prints, in the reader's words, empty fields left out.
pub(super) fn in_words(t: T, content: &Content) -> Vec<(&'static str, String)> {
    let filled = content.printed().into_iter();
    filled
        // Files are shown as links, with their names only.
        .filter(|(field, value)| !value.is_empty() && *field != "files")
        .map(|(field, value)| (field_name(t, field), value_word(t, field, &value)))
        .collect()
}

/// The name of a printed field.
pub fn field_name(t: T, field: &str) -> &'static str {
    match field {
        "kind" => t.samples_field_kind(),
        "customer" => t.samples_field_customer(),
        "factory" => t.samples_field_factory(),
        "styles" => t.samples_field_styles(),
        "description" => t.samples_field_description(),
        "material" => t.samples_field_material(),
        "size_chart" => t.samples_field_size_chart(),
        "colour" => t.samples_field_colour(),
        "accessories" => t.samples_field_accessories(),
        "artwork" => t.samples_field_artwork(),
        "packing" => t.samples_field_packing(),
        "for_customer" => t.samples_field_for_customer(),
        "for_file" => t.samples_field_for_file(),
        "for_factory" => t.samples_field_for_factory(),
        "fee" => t.samples_field_fee(),
        "fee_payer" => t.samples_field_fee_payer(),
        "required_on" => t.samples_field_required_on(),
        "files" => t.samples_field_files(),
        _ => t.samples_field_details(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::note::tests::draft;
    use super::*;

    #[test]
    fn a_note_without_its_special_details_is_not_handed_in() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        assert_eq!(lacking(&draft(), today), []);
        let bare = Draft {
            details: String::new(),
            factory: None,
            ..draft()
        };
        assert_eq!(lacking(&bare, today), [Lacking::Factory, Lacking::Details]);
    }

    #[test]
    fn the_required_day_lies_ahead() {
        let day = draft().required_on.unwrap();
        assert_eq!(lacking(&draft(), day), []);
        let late = day.succ_opt().unwrap();
        assert_eq!(lacking(&draft(), late), [Lacking::RequiredOnPast]);
    }
}

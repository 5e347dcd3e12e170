//! Comparison 核对: the draft against the shipment's own data, field by field. Texts compare without regard to case,
//! spaces and line breaks; figures as figures.

use super::document::Values;
use crate::base::T;
use crate::base::typed;
use crate::shipping::loading::{Container, Sums};
use crate::shipping::shipment::Shipment;

/// A field of the transport document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Name {
    Shipper,
    Consignee,
    Notify,
    Vessel,
    LoadingPort,
    DischargePort,
    Marks,
    Containers,
    Description,
    Cartons,
    GrossKg,
    Cbm,
    Freight,
    PlaceOfDelivery,
    /// How many originals are asked for.
    Originals,
    /// Words the credit or the customer wants on the paper, a line each: the credit's number, a declaration.
    Clauses,
    IssuePlace,
    OnBoard,
}

impl Name {
    /// In the order of the paper.
    pub const ALL: [Self; 18] = [
        Self::Shipper,
        Self::Consignee,
        Self::Notify,
        Self::Vessel,
        Self::LoadingPort,
        Self::DischargePort,
        Self::PlaceOfDelivery,
        Self::Marks,
        Self::Containers,
        Self::Description,
        Self::Cartons,
        Self::GrossKg,
        Self::Cbm,
        Self::Freight,
        Self::Originals,
        Self::Clauses,
        Self::IssuePlace,
        Self::OnBoard,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Shipper => "shipper",
            Self::Consignee => "consignee",
            Self::Notify => "notify",
            Self::Vessel => "vessel",
            Self::LoadingPort => "loading_port",
            Self::DischargePort => "discharge_port",
            Self::Marks => "marks",
            Self::Containers => "containers",
            Self::Description => "description",
            Self::Cartons => "cartons",
            Self::GrossKg => "gross_kg",
            Self::Cbm => "cbm",
            Self::Freight => "freight",
            Self::PlaceOfDelivery => "place_of_delivery",
            Self::Originals => "originals",
            Self::Clauses => "clauses",
            Self::IssuePlace => "issue_place",
            Self::OnBoard => "on_board_on",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        self.word()(t)
    }

    pub const fn word(self) -> fn(T) -> &'static str {
        match self {
            Self::Shipper => T::shipping_shipper,
            Self::Consignee => T::shipping_consignee,
            Self::Notify => T::shipping_notify,
            Self::Vessel => T::shipping_vessel_voyage,
            Self::LoadingPort => T::shipping_loading_port,
            Self::DischargePort => T::shipping_discharge_port,
            Self::Marks => T::shipping_marks,
            Self::Containers => T::shipping_containers_seals,
            Self::Description => T::shipping_description,
            Self::Cartons => T::shipping_cartons,
            Self::GrossKg => T::shipping_gross_kg,
            Self::Cbm => T::shipping_cbm,
            Self::Freight => T::shipping_freight,
            Self::PlaceOfDelivery => T::shipping_place_of_delivery,
            Self::Originals => T::shipping_originals,
            Self::Clauses => T::shipping_clauses,
            Self::IssuePlace => T::shipping_issue_place,
            Self::OnBoard => T::shipping_on_board_on,
        }
    }

    const fn is_figure(self) -> bool {
        matches!(
            self,
            Self::Cartons | Self::GrossKg | Self::Cbm | Self::Originals
        )
    }
}

/// One field on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub name: Name,
    pub ours: String,
    pub theirs: String,
    pub same: bool,
    /// Why the difference does not matter.
    pub waived: Option<String>,
}

impl Field {
    pub fn is_open(&self) -> bool {
        !self.same && self.waived.is_none()
    }

    /// The draft says nothing of it, and need not: that is no agreement.
    pub fn is_unsaid(&self) -> bool {
        self.same && self.theirs.trim().is_empty()
    }
}

/// What the paper should say: the texts of the instructions, the figures of packing and loading.
pub fn ours(
    instructions: &Values,
    shipment: &Shipment,
    (sums, containers): (&Sums, &[Container]),
) -> Vec<(Name, String)> {
    let text = |name: Name| instructions.get(name.code()).cloned().unwrap_or_default();
    Name::ALL
        .into_iter()
        .map(|name| {
            let value = match name {
                Name::Vessel => shipment.conveyance(),
                Name::LoadingPort => shipment.loading_port.clone(),
                Name::DischargePort => shipment.discharge_port.clone(),
                Name::Containers => with_seals(containers),
                Name::Cartons => sums.cartons.packed.normalize().to_string(),
                Name::GrossKg => sums.gross_kg.packed.normalize().to_string(),
                Name::Cbm => sums.cbm.packed.normalize().to_string(),
                Name::PlaceOfDelivery => shipment.destination.clone(),
                Name::OnBoard => shipment
                    .on_board_on
                    .map(|day| day.to_string())
                    .unwrap_or_default(),
                Name::Originals
                | Name::Shipper
                | Name::Consignee
                | Name::Notify
                | Name::Marks
                | Name::Description
                | Name::Clauses
                | Name::IssuePlace
                | Name::Freight => text(name),
            };
            (name, value)
        })
        .collect()
}

/// `CSQU3054383/CN884210, …`; loose cargo has neither.
fn with_seals(containers: &[Container]) -> String {
    let all: Vec<String> = containers
        .iter()
        .filter(|one| one.kind != "loose")
        .map(|one| format!("{}/{}", one.number, one.seal))
        .collect();
    all.join(", ")
}

pub fn compare(ours: &[(Name, String)], draft: &Values, waivers: &Values) -> Vec<Field> {
    ours.iter()
        .map(|(name, own)| {
            let theirs = draft.get(name.code()).cloned().unwrap_or_default();
            Field {
                name: *name,
                same: agree(*name, own, &theirs),
                waived: waivers.get(name.code()).cloned(),
                ours: own.clone(),
                theirs,
            }
        })
        .collect()
}

fn agree(name: Name, ours: &str, theirs: &str) -> bool {
    // A draft is made before the vessel sails, and where no number of originals, no clause and no place was asked for any
    // is right.
    let unsaid = match name {
        Name::OnBoard => theirs,
        Name::Originals | Name::Clauses | Name::IssuePlace => ours,
        _ => "given",
    };
    if unsaid.is_empty() {
        return true;
    }
    if name.is_figure() {
        return typed::figure(ours) == typed::figure(theirs);
    }
    if name == Name::Containers {
        return boxes(ours) == boxes(theirs);
    }
    if name == Name::Clauses {
        let theirs = plain(theirs);
        let mut wanted = ours.lines().map(plain);
        return wanted.all(|line| theirs.contains(&line));
    }
    plain(ours) == plain(theirs)
}

/// Containers with their seals; which stands first on the paper says nothing, nor does a blank within a number.
fn boxes(text: &str) -> Vec<String> {
    let mut all: Vec<String> = plain(text)
        .split([',', ';'])
        .map(|one| one.split_whitespace().collect())
        .filter(|one: &String| !one.is_empty())
        .collect();
    all.sort();
    all
}

/// Capitals, one blank between words, none before a comma.
fn plain(text: &str) -> String {
    let words: Vec<String> = typed::half_width(text)
        .split_whitespace()
        .map(str::to_uppercase)
        .collect();
    words.join(" ").replace(" ,", ",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_clause_that_was_asked_for_stands_somewhere_on_the_paper() {
        let asked = "L/C no. LC-2026-031\nFreight collect";
        let agrees = |theirs| agree(Name::Clauses, asked, theirs);
        assert!(agrees(
            "CLEAN ON BOARD\nFREIGHT  COLLECT\nL/C NO. LC-2026-031"
        ));
        assert!(!agrees("FREIGHT COLLECT"));
        assert!(agree(Name::Clauses, "", "SHIPPER'S LOAD AND COUNT"));
    }

    #[test]
    fn boxes_agree_in_any_order() {
        let ours = "CSQU3054383/CN884210, MSCU6639870/HL889900";
        let turned = "mscu6639870/hl889900,CSQU3054383/CN884210";
        assert!(agree(Name::Containers, ours, turned));
        assert!(!agree(Name::Containers, ours, "CSQU3054383/CN884210"));
    }

    fn values(pairs: &[(Name, &str)]) -> Values {
        pairs
            .iter()
            .map(|(name, value)| (name.code().to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn containers_may_stand_in_any_order_but_each_with_its_own_seal() {
        let ours = "CSQU3054383/CN1, HYDU5266135/CN2";
        let agrees = |theirs| agree(Name::Containers, ours, theirs);
        assert!(agrees("HYDU 526613 5 / CN2; CSQU3054383/CN1"));
        assert!(!agrees("HYDU5266135/CN1, CSQU3054383/CN2"));
        assert!(!agrees("HYDU5266135/CN2"));
    }

    #[test]
    fn case_and_spaces_are_no_difference_a_kilogram_is() {
        let ours = [
            (Name::Shipper, "Ningbo Hanyu\n8 Quay Road".to_owned()),
            (Name::GrossKg, "9462".to_owned()),
            (Name::LoadingPort, "Xiamen, China".to_owned()),
        ];
        let draft = values(&[
            (Name::Shipper, "NINGBO HANYU 8 QUAY  ROAD"),
            (Name::GrossKg, "9,464.0 KGS"),
            (Name::LoadingPort, "XIAMEN , CHINA"),
        ]);
        let fields = compare(&ours, &draft, &Values::new());
        let open: Vec<Name> = fields
            .iter()
            .filter(|field| field.is_open())
            .map(|field| field.name)
            .collect();
        assert_eq!(open, [Name::GrossKg]);
        let waived = compare(&ours, &draft, &values(&[(Name::GrossKg, "rounded")]));
        assert!(waived.iter().all(|field| !field.is_open()));
    }

    #[test]
    fn a_draft_need_not_know_the_day_on_board_but_must_not_know_another() {
        assert!(agree(Name::OnBoard, "2026-11-23", ""));
        assert!(agree(Name::OnBoard, "2026-11-23", "2026-11-23"));
        assert!(!agree(Name::OnBoard, "2026-11-23", "2026-11-22"));
        assert!(!agree(Name::OnBoard, "", "2026-11-22"), "not sailed yet");
        assert!(agree(Name::Originals, "", "3"));
        assert!(!agree(Name::Originals, "3", "2"));
        assert!(!agree(Name::Originals, "3", ""));
        assert!(!agree(Name::PlaceOfDelivery, "Malmö", "Gothenburg"));
        assert!(agree(Name::IssuePlace, "", "Xiamen"));
        assert!(!agree(Name::IssuePlace, "Xiamen", ""));
    }

    #[test]
    fn a_field_the_draft_leaves_out_differs() {
        let ours = [(Name::Notify, "Same as consignee".to_owned())];
        assert!(compare(&ours, &Values::new(), &Values::new())[0].is_open());
    }
}

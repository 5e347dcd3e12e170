//! Container 柜: one that was loaded, with its seal and its verified mass. Loose cargo is one with a receipt for a number.

use crate::base::codes::ContainerNumber;
use crate::base::{Party, T};
use crate::people::Deed;
use crate::shipping::asked::{Field, Kind, Question, Typed, may, must};
use crate::shipping::shipment::mode::Mode;
use crate::shipping::vgm::{Method, Note};
use crate::shipping::volume::ContainerType;
use crate::web::{Faults, Fields};
use rust_decimal::Decimal;
use uuid::Uuid;

/// Loading has one state: recorded, and corrected until the sums equal the packing list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Recorded,
    Removed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Record,
    Edit,
    Remove,
}

impl Stage {
    pub const ALL: [Self; 2] = [Self::Recorded, Self::Removed];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::Removed => "removed",
        }
    }

    pub const fn after(self, step: Move) -> Option<Self> {
        match (self, step) {
            (Self::Recorded, Move::Edit) => Some(Self::Recorded),
            (Self::Recorded, Move::Remove) => Some(Self::Removed),
            (Self::Recorded | Self::Removed, _) => None,
        }
    }
}

impl Move {
    pub const ALL: [Self; 3] = [Self::Record, Self::Edit, Self::Remove];
    pub const BEGINNINGS: [(Self, Stage); 1] = [(Self::Record, Stage::Recorded)];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Edit => "edit",
            Self::Remove => "remove",
        }
    }

    pub const fn deed(self) -> Deed {
        Deed::RecordLoading
    }

    /// The warehouse tells it, or we were there.
    pub const fn told_by(self) -> &'static [Party] {
        &[Party::Us, Party::Forwarder]
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container {
    pub id: Uuid,
    pub number: String,
    pub odd_number: bool,
    /// `40HQ`, or `loose`
    pub kind: String,
    pub seal: String,
    pub cartons: i32,
    pub gross_kg: Decimal,
    pub cbm: Decimal,
    pub vgm_method: Option<i16>,
    pub weighed_kg: Option<Decimal>,
    pub tare_kg: Option<Decimal>,
    pub dunnage_kg: Option<Decimal>,
    pub vgm_kg: Option<Decimal>,
    pub signed_by: String,
    pub version: i32,
}

/// Greatest gross mass on the plate of an ISO container; the plate of the very one may say less.
const PLATE_KG: i64 = 30_480;

/// The fields of one container of this mode.
pub(in crate::shipping) fn question(mode: Mode, new: bool) -> Question {
    let title = if new {
        T::shipping_loading_add
    } else {
        T::shipping_loading_correct
    };
    let asked = Question::new(title, T::shipping_loading_sentence);
    let figures: [Field; 3] = [
        must("cartons", Kind::Whole, T::shipping_cartons),
        must("gross_kg", Kind::Figure, T::shipping_gross_kg),
        must("cbm", Kind::Figure, T::shipping_cbm),
    ];
    if !mode.has_containers() {
        return asked
            .with(&[must("number", Kind::Line, T::shipping_receipt_no)])
            .with(&figures);
    }
    asked
        .with(&[
            must("number", Kind::Line, T::shipping_container_no),
            may("odd_number", Kind::Check, T::shipping_odd_number),
            must("kind", Kind::Pick, T::shipping_container_kind),
            may("seal", Kind::Line, T::shipping_seal),
        ])
        .with(&figures)
        .with(&[
            may("vgm_method", Kind::Pick, T::shipping_vgm_method),
            may("weighed_kg", Kind::Figure, T::shipping_weighed_kg),
            may("tare_kg", Kind::Figure, T::shipping_tare_kg),
            may("dunnage_kg", Kind::Figure, T::shipping_dunnage_kg),
            may("signed_by", Kind::Line, T::shipping_signed_by),
        ])
}

pub(in crate::shipping) fn choices(t: T) -> Vec<(&'static str, Vec<(String, String)>)> {
    let kinds = ContainerType::ALL
        .iter()
        .map(|kind| (kind.key().to_owned(), kind.key().to_owned()))
        .collect();
    let methods = vec![
        ("1".to_owned(), t.shipping_vgm_weighed().to_owned()),
        ("2".to_owned(), t.shipping_vgm_calculated().to_owned()),
    ];
    vec![("kind", kinds), ("vgm_method", methods)]
}

impl Container {
    /// What was typed, checked: the number by its check digit and beside the others, the mass by its method. What is wrong
    /// joins the faults of its fields, so that the form comes back once with all of them.
    pub(in crate::shipping) fn read(
        typed: &Typed,
        mode: Mode,
        (id, version): (Uuid, i32),
        known: &[Self],
        mut faults: Faults,
    ) -> Result<Self, Faults> {
        let positive = |name: &'static str, faults: &mut Faults| {
            let figure = typed.figure(name).unwrap_or_default();
            if figure.is_zero() {
                faults.add_once(name, T::shipping_figure_zero);
            }
            figure
        };
        let cartons = positive("cartons", &mut faults);
        let gross_kg = positive("gross_kg", &mut faults);
        let cbm = positive("cbm", &mut faults);
        let mut one = Self {
            id,
            number: typed.text("number").to_uppercase(),
            odd_number: false,
            kind: "loose".to_owned(),
            seal: typed.text("seal").to_uppercase(),
            cartons: cartons.try_into().unwrap_or(0),
            gross_kg,
            cbm,
            vgm_method: None,
            weighed_kg: typed.figure("weighed_kg"),
            tare_kg: typed.figure("tare_kg"),
            dunnage_kg: typed.figure("dunnage_kg"),
            vgm_kg: None,
            signed_by: typed.text("signed_by").to_uppercase(),
            version,
        };
        if mode.has_containers() {
            one.read_container(typed, &mut faults);
        }
        let mut others = known.iter().filter(|other| other.id != id);
        if !one.number.is_empty() && others.any(|other| other.number == one.number) {
            faults.add_once("number", T::shipping_container_twice);
        }
        if faults.is_empty() {
            Ok(one)
        } else {
            Err(faults)
        }
    }

    #[expect(clippy::too_many_lines, reason = "one form, field by field")]
    fn read_container(&mut self, typed: &Typed, faults: &mut Faults) {
        match ContainerNumber::parse(&self.number) {
            Ok(number) => number.as_str().clone_into(&mut self.number),
            // A wrong digit on the door happens; somebody has to say that it stands there.
            Err(_) if typed.on("odd_number") => {
                self.number.retain(|sign| sign.is_ascii_alphanumeric());
                self.odd_number = true;
            }
            Err(_) => faults.add_once("number", T::shipping_container_unread),
        }
        match ContainerType::parse(typed.text("kind")) {
            Some(kind) => kind.key().clone_into(&mut self.kind),
            None => faults.add_once("kind", T::shipping_container_kind_missing),
        }
        let method = typed
            .text("vgm_method")
            .parse::<i64>()
            .ok()
            .and_then(Method::of);
        let Some(method) = method else {
            return;
        };
        self.vgm_method = Some(i16::from(method.number()));
        let note = Note {
            method: Some(method),
            weighed: self.weighed_kg,
            cargo: Some(self.gross_kg),
            dunnage: self.dunnage_kg,
            tare: self.tare_kg,
            max_gross: Decimal::from(PLATE_KG),
            signed_by: &self.signed_by,
        };
        let verified = note.verify();
        for problem in &verified.problems {
            use crate::shipping::vgm::Problem as P;
            match problem {
                P::Method => faults.add_once("vgm_method", T::shipping_vgm_method),
                P::MissingWeight | P::NegativeWeight => {
                    faults.add_once("weighed_kg", T::shipping_vgm_no_weight);
                }
                P::MissingTare => faults.add_once("tare_kg", T::shipping_vgm_no_tare),
                P::OverMaxGross => faults.add_once("vgm_method", T::shipping_vgm_over_plate),
                P::MissingAuthorisedPerson => {
                    faults.add_once("signed_by", T::shipping_vgm_no_person);
                }
            }
        }
        self.vgm_kg = verified.mass;
    }

    /// Its address is its id: a warehouse receipt may be numbered with a stroke. The number leads here as well.
    pub(in crate::shipping) fn is_named(&self, name: &str) -> bool {
        !name.is_empty() && (self.number == name || self.id.to_string() == name)
    }

    pub(in crate::shipping) fn removal(&self, shipment: &str) -> String {
        format!("{shipment}/loading/{}/removal", self.id)
    }

    /// As the form shows it.
    pub(in crate::shipping) fn fields(&self) -> Fields {
        let mut fields = Fields::default();
        let figure = |value: Option<Decimal>| {
            value
                .map(|figure| figure.normalize().to_string())
                .unwrap_or_default()
        };
        fields.set("number", self.number.clone());
        fields.set("odd_number", if self.odd_number { "yes" } else { "" });
        fields.set("kind", self.kind.clone());
        fields.set("seal", self.seal.clone());
        fields.set("cartons", self.cartons.to_string());
        fields.set("gross_kg", figure(Some(self.gross_kg)));
        fields.set("cbm", figure(Some(self.cbm)));
        fields.set(
            "vgm_method",
            self.vgm_method
                .map(|method| method.to_string())
                .unwrap_or_default(),
        );
        fields.set("weighed_kg", figure(self.weighed_kg));
        fields.set("tare_kg", figure(self.tare_kg));
        fields.set("dunnage_kg", figure(self.dunnage_kg));
        fields.set("signed_by", self.signed_by.clone());
        fields
    }

    /// `HYDU 100234 5` for reading.
    pub fn spaced(&self) -> String {
        match (
            self.number.get(..4),
            self.number.get(4..10),
            self.number.get(10..),
        ) {
            (Some(owner), Some(serial), Some(digit)) if self.kind != "loose" => {
                format!("{owner} {serial} {digit}")
            }
            _ => self.number.clone(),
        }
    }

    #[cfg(test)]
    pub(in crate::shipping) fn sample() -> Self {
        Self {
            id: Uuid::nil(),
            number: "CSQU3054383".into(),
            odd_number: false,
            kind: "40HQ".into(),
            seal: String::new(),
            cartons: 1,
            gross_kg: Decimal::ONE,
            cbm: Decimal::ONE,
            vgm_method: None,
            weighed_kg: None,
            tare_kg: None,
            dunnage_kg: None,
            vgm_kg: None,
            signed_by: String::new(),
            version: 1,
        }
    }
}

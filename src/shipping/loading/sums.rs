//! Sums 合计: the packing list against what was loaded; a figure that differs is named.

use super::container::Container;
use crate::shipping::shipment::goods_sql::Good;
use crate::shipping::shipment::mode::Mode;
use rust_decimal::Decimal;

/// One figure on both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    pub packed: Decimal,
    pub loaded: Decimal,
}

impl Figure {
    pub fn agrees(self) -> bool {
        self.packed == self.loaded
    }

    /// Loaded less packed.
    pub fn difference(self) -> Decimal {
        self.loaded - self.packed
    }
}

/// Cartons, gross weight in kilograms and volume in cubic metres.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums {
    pub cartons: Figure,
    pub gross_kg: Figure,
    pub cbm: Figure,
    pub net_kg: Decimal,
    /// Every line has its packing.
    pub packed: bool,
}

impl Sums {
    pub fn of(goods: &[Good], containers: &[Container]) -> Self {
        let packed =
            |of: fn(&Good) -> Option<Decimal>| -> Decimal { goods.iter().filter_map(of).sum() };
        let loaded = |of: fn(&Container) -> Decimal| -> Decimal { containers.iter().map(of).sum() };
        Self {
            cartons: Figure {
                packed: packed(|good| good.cartons.map(Decimal::from)),
                loaded: loaded(|one| Decimal::from(one.cartons)),
            },
            gross_kg: Figure {
                packed: packed(|good| good.gross_kg),
                loaded: loaded(|one| one.gross_kg),
            },
            cbm: Figure {
                packed: packed(|good| good.cbm),
                loaded: loaded(|one| one.cbm),
            },
            net_kg: packed(|good| good.net_kg),
            packed: !goods.is_empty() && goods.iter().all(Good::is_packed),
        }
    }

    pub fn agree(&self) -> bool {
        self.cartons.agrees() && self.gross_kg.agrees() && self.cbm.agrees()
    }

    /// Packed, loaded, both the same; and for containers their seals and their verified mass.
    pub fn is_complete(&self, mode: Mode, containers: &[Container]) -> bool {
        self.packed
            && !containers.is_empty()
            && self.agree()
            && (!mode.has_containers()
                || containers
                    .iter()
                    .all(|one| one.vgm_kg.is_some() && !one.seal.is_empty()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good(cartons: i32, gross: i64, cbm: &str) -> Good {
        Good {
            id: uuid::Uuid::nil(),
            order_number: "HY26-0163".into(),
            order_line: uuid::Uuid::nil(),
            item_no: "L7".into(),
            description_en: "Lamp".into(),
            description_zh: String::new(),
            colour: String::new(),
            hs_code: String::new(),
            quantity: Decimal::from(3_600),
            unit: "pcs".into(),
            unit_price: None,
            cartons: Some(cartons),
            gross_kg: Some(Decimal::from(gross)),
            net_kg: Some(Decimal::from(gross - 400)),
            cbm: Some(cbm.parse().unwrap()),
            line_cartons: None,
            line_gross_kg: None,
            line_net_kg: None,
            line_cbm: None,
        }
    }

    fn container(cartons: i32, gross: i64, cbm: &str) -> Container {
        Container {
            cartons,
            gross_kg: Decimal::from(gross),
            cbm: cbm.parse().unwrap(),
            vgm_kg: Some(Decimal::from(8_880)),
            seal: "CN884210".into(),
            ..Container::sample()
        }
    }

    #[test]
    fn a_differing_figure_is_seen_and_holds_the_loading_open() {
        let goods = [good(200, 3_000, "40.9"), good(100, 1_980, "20.5")];
        let loaded = [container(300, 4_980, "61.2")];
        let sums = Sums::of(&goods, &loaded);
        assert!(sums.cartons.agrees() && sums.gross_kg.agrees());
        assert_eq!(sums.cbm.difference(), "-0.2".parse().unwrap());
        assert!(!sums.is_complete(Mode::SeaFcl, &loaded));
        let right = [container(300, 4_980, "61.4")];
        assert!(Sums::of(&goods, &right).is_complete(Mode::SeaFcl, &right));
    }

    #[test]
    fn a_container_without_its_verified_mass_is_not_complete_loose_cargo_is() {
        let goods = [good(10, 100, "1")];
        let mut loaded = [container(10, 100, "1")];
        loaded[0].vgm_kg = None;
        let sums = Sums::of(&goods, &loaded);
        assert!(!sums.is_complete(Mode::SeaFcl, &loaded));
        assert!(sums.is_complete(Mode::SeaLcl, &loaded));
    }
}

//! Adjustment 加减项: a surcharge, discount, freight, insurance, tooling or the like beside the goods, signed, named in
//! both languages, counted into the total.
//!
//! Goods lines are never negative; what comes off or on stands here. It is frozen with the revision and changes only
//! with the next one, which the manager approves and the customer confirms. A shipment carries its share by value, as
//! the discount in percent is carried; freight and insurance are left out of what customs is told.

use crate::base::{Currency, T, format, typed};
use crate::web::{Faults, Fields};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Surcharge,
    Discount,
    Freight,
    Insurance,
    Tooling,
    Claim,
    Other,
}

impl Kind {
    pub const ALL: [Self; 7] = [
        Self::Surcharge,
        Self::Discount,
        Self::Freight,
        Self::Insurance,
        Self::Tooling,
        Self::Claim,
        Self::Other,
    ];

    pub fn key(self) -> &'static str {
        match self {
            Self::Surcharge => "surcharge",
            Self::Discount => "discount",
            Self::Freight => "freight",
            Self::Insurance => "insurance",
            Self::Tooling => "tooling",
            Self::Claim => "claim",
            Self::Other => "other",
        }
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Surcharge => t.proforma_adjust_surcharge(),
            Self::Discount => t.proforma_adjust_discount(),
            Self::Freight => t.proforma_adjust_freight(),
            Self::Insurance => t.proforma_adjust_insurance(),
            Self::Tooling => t.proforma_adjust_tooling(),
            Self::Claim => t.proforma_adjust_claim(),
            Self::Other => t.proforma_adjust_other(),
        }
    }

    /// Lowers what is owed, whatever sign was typed.
    fn lowers(self) -> bool {
        matches!(self, Self::Discount | Self::Claim)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adjustment {
    pub kind: Kind,
    pub label_zh: String,
    pub label_en: String,
    /// Signed, in the order's currency.
    pub amount: Decimal,
    /// Why it stands there, for who approves it. Lines frozen before one was asked for have none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl Adjustment {
    /// Its name for this reader; the other language where only that was typed.
    pub fn name(&self, t: T) -> &str {
        let (own, other) = match t.0 {
            crate::base::Lang::Zh => (&self.label_zh, &self.label_en),
            crate::base::Lang::En => (&self.label_en, &self.label_zh),
        };
        match (own.is_empty(), other.is_empty()) {
            (false, _) => own,
            (true, false) => other,
            (true, true) => self.kind.label(t),
        }
    }
}

/// What they add up to.
pub fn sum(all: &[Adjustment]) -> Decimal {
    all.iter().map(|one| one.amount).sum()
}

/// Of these kinds only.
pub fn sum_of(all: &[Adjustment], kind: Kind) -> Decimal {
    let of_kind = all.iter().filter(|one| one.kind == kind);
    of_kind.map(|one| one.amount).sum()
}

/// As a difference and the journal say them, one a line.
pub(super) fn said(all: &[Adjustment]) -> String {
    let lines = all.iter().map(|one| {
        let names = [one.label_en.as_str(), one.label_zh.as_str()];
        let name = names.into_iter().find(|name| !name.is_empty());
        let name = name.unwrap_or(one.kind.key());
        let amount = format::number(one.amount);
        if one.reason.is_empty() {
            format!("{name} {amount}")
        } else {
            format!("{name} {amount} · {}", one.reason)
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The list's name in a form: `adjust[0][amount]`.
pub(super) const LIST: &str = "adjust";
/// More than any contract has.
const MOST: usize = 20;

pub(super) fn put(fields: &mut Fields, all: &[Adjustment]) {
    for (row, one) in all.iter().enumerate() {
        let mut set = |column: &str, value: &str| {
            fields.set(&format!("{LIST}[{row}][{column}]"), value);
        };
        set("kind", one.kind.key());
        set("zh", &one.label_zh);
        set("en", &one.label_en);
        set("amount", &one.amount.normalize().to_string());
        set("reason", &one.reason);
    }
}

/// One row of the form as drawn.
pub(super) struct Row {
    pub place: usize,
    pub kind: String,
    pub zh: String,
    pub en: String,
    pub amount: String,
    pub reason: String,
    /// Of the name, of the amount, of the reason.
    pub fault_name: String,
    pub fault: String,
    pub fault_reason: String,
}

/// What was typed, and two empty rows.
pub(super) fn rows(fields: &Fields, faults: &Faults, t: T) -> Vec<Row> {
    let cell = |place, column| fields.cell(LIST, place, column).to_owned();
    let fault = |place, column| {
        let fault = faults.of(&at(place, column));
        fault.map(|fault| fault.text(t)).unwrap_or_default()
    };
    let typed: Vec<usize> = (0..fields.rows(LIST).min(MOST)).collect();
    let shown = (typed.len() + 2).clamp(3, MOST);
    (0..shown)
        .map(|place| Row {
            place,
            kind: cell(place, "kind"),
            zh: cell(place, "zh"),
            en: cell(place, "en"),
            amount: cell(place, "amount"),
            reason: cell(place, "reason"),
            fault_name: fault(place, "en"),
            fault: fault(place, "amount"),
            fault_reason: fault(place, "reason"),
        })
        .collect()
}

fn at(place: usize, column: &str) -> String {
    format!("{LIST}[{place}][{column}]")
}

/// Every row that says something, with its name, its amount and its reason; a discount or claim lowers whatever its sign.
pub(super) fn read(fields: &Fields, faults: &mut Faults) -> Vec<Adjustment> {
    let currency = Currency::parse(fields.get("currency")).unwrap_or(Currency::USD);
    let mut all = Vec::new();
    for place in 0..fields.rows(LIST).min(MOST) {
        let cell = |column| fields.cell(LIST, place, column);
        let silent = |names: &[&'static str]| names.iter().all(|name| cell(name).is_empty());
        if silent(&["zh", "en", "amount", "reason"]) {
            continue;
        }
        if silent(&["zh", "en"]) {
            faults.add(&at(place, "en"), T::proforma_adjust_not_named);
        }
        if silent(&["reason"]) {
            faults.add(&at(place, "reason"), T::proforma_adjust_no_reason);
        }
        let text = cell("amount");
        let amount = signed(text).filter(|amount| {
            !amount.is_zero() && amount.normalize().scale() <= currency.decimals()
        });
        let Some(amount) = amount else {
            let text = text.to_owned();
            faults.say(&at(place, "amount"), move |t| {
                t.proforma_adjust_not_an_amount(&text)
            });
            continue;
        };
        let kind = Kind::ALL
            .into_iter()
            .find(|kind| kind.key() == cell("kind"));
        let kind = kind.unwrap_or(Kind::Other);
        let said = |column, most| cell(column).chars().take(most).collect::<String>();
        all.push(Adjustment {
            kind,
            label_zh: said("zh", 120),
            label_en: said("en", 120),
            reason: said("reason", 300),
            amount: if kind.lowers() { -amount.abs() } else { amount },
        });
    }
    all
}

/// `-120.50`, `−120.50`, `120.50`.
fn signed(text: &str) -> Option<Decimal> {
    let bare = text.trim_start_matches(['-', '−', '－']);
    let figure =
        typed::figure(bare).filter(|figure| *figure < Decimal::from(1_000_000_000_000_i64))?;
    Some(if bare.len() == text.len() {
        figure
    } else {
        -figure
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed_rows(rows: &[[&str; 4]]) -> Fields {
        let mut fields = Fields::default();
        for (place, [kind, zh, en, amount]) in rows.iter().enumerate() {
            let reason = if amount.is_empty() && zh.is_empty() {
                ""
            } else {
                "agreed by mail"
            };
            for (column, value) in [
                ("kind", *kind),
                ("zh", zh),
                ("en", en),
                ("amount", amount),
                ("reason", reason),
            ] {
                fields.set(&format!("adjust[{place}][{column}]"), value);
            }
        }
        fields
    }

    #[test]
    fn what_comes_on_and_off_is_read_with_its_sign_and_put_back() {
        let fields = typed_rows(&[
            ["freight", "海运费", "Sea freight", "300"],
            ["discount", "色差折让", "Shade allowance", "120.50"],
            ["", "", "", ""],
            ["tooling", "", "Mould", "−40"],
        ]);
        let mut faults = Faults::default();
        let all = read(&fields, &mut faults);
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(sum(&all), Decimal::new(13_950, 2));
        assert_eq!(sum_of(&all, Kind::Freight), Decimal::from(300));
        let mut again = Fields::default();
        put(&mut again, &all);
        assert_eq!(read(&again, &mut faults), all);
    }

    #[test]
    fn a_row_without_a_name_or_a_reason_is_told() {
        let mut faults = Faults::default();
        let mut fields = typed_rows(&[["freight", "", "", "300"]]);
        fields.set("adjust[0][reason]", "");
        read(&fields, &mut faults);
        let told: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(told, ["adjust[0][en]", "adjust[0][reason]"]);
    }

    #[test]
    fn a_line_frozen_before_reasons_is_still_what_it_was() {
        let old = r#"{"kind":"freight","label_zh":"","label_en":"Freight","amount":"300"}"#;
        let one: Adjustment = serde_json::from_str(old).unwrap();
        assert!(one.reason.is_empty());
        assert_eq!(serde_json::to_string(&one).unwrap(), old);
    }

    #[test]
    fn a_row_without_a_figure_is_told() {
        for amount in ["", "0", "a lot", "1.005"] {
            let mut faults = Faults::default();
            let all = read(&typed_rows(&[["other", "杂费", "", amount]]), &mut faults);
            assert!(all.is_empty() && faults.len() == 1, "{amount}");
        }
    }
}

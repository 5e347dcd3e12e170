//! Comparison 条款核对: the credit against the order, field by field. Pure; the examiner sees every row, and each that
//! differs becomes a finding.

use super::field;
use super::terms::{Known, Terms};
use super::tolerance;
use crate::base::{Currency, T, format};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// What we have agreed, over all orders of the credit.
#[derive(Clone, Debug)]
pub struct Ours {
    pub currency: Currency,
    /// What the credit has to cover: its share of the confirmed totals.
    pub amount: Decimal,
    /// Percent either way.
    pub tolerance: Decimal,
    /// The day we want to ship on: the planned departure, else the delivery day agreed.
    pub ship_on: Option<NaiveDate>,
    pub loading_port: String,
    pub discharge_port: String,
    pub partial: bool,
    pub transhipment: bool,
    pub beneficiary: String,
    pub applicant: String,
    /// Days after sight or shipment until the bank pays; zero at sight.
    pub usance_days: u16,
    /// `FOB Ningbo`
    pub incoterm: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Agrees,
    Differs,
    /// The credit says nothing, and the rule behind it stands.
    Silent,
    /// Only a reader can tell.
    Look,
}

impl Verdict {
    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Agrees => t.credits_agrees(),
            Self::Differs => t.credits_differs(),
            Self::Silent => t.credits_silent(),
            Self::Look => t.credits_look(),
        }
    }

    /// The sign of its mark.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Agrees => "done",
            Self::Differs => "issue",
            Self::Silent => "none",
            Self::Look => "due",
        }
    }
}

#[derive(Clone, Debug)]
pub struct Row {
    pub tag: &'static str,
    pub theirs: String,
    pub ours: String,
    pub verdict: Verdict,
    /// What the customer is asked, in English and without amounts.
    pub ask: String,
}

impl Row {
    pub fn label(&self, t: T) -> &'static str {
        field::label(t, self.tag)
    }

    pub fn is_figure(&self) -> bool {
        field::is_figure(self.tag)
    }
}

/// Every row of the comparison, in the order of the message.
#[expect(
    clippy::too_many_lines,
    reason = "one form, one page or one statement, in its order"
)]
pub fn rows(terms: &Terms, known: &Known, ours: &Ours) -> Vec<Row> {
    let mut rows = vec![
        form(terms),
        rules(terms),
        expiry(terms, known, ours),
        party(terms, "50", &ours.applicant),
        party(terms, "59", &ours.beneficiary),
    ];
    rows.extend(amount(terms, known, ours));
    rows.push(tenor(terms, ours));
    rows.push(allowed(
        terms,
        "43P",
        (terms.partial_allowed(), ours.partial),
    ));
    rows.push(allowed(
        terms,
        "43T",
        (terms.transhipment_allowed(), ours.transhipment),
    ));
    rows.push(port(terms, "44E", &ours.loading_port));
    rows.push(port(terms, "44F", &ours.discharge_port));
    rows.push(shipment(terms, known, ours));
    rows.push(row(
        terms,
        "45A",
        ours.incoterm.clone(),
        goods(terms, ours),
        String::new(),
    ));
    rows.push(row(
        terms,
        "48",
        super::deadline::PERIOD.to_string(),
        match known.period_days {
            None => Verdict::Silent,
            Some(days) if days < 10 => Verdict::Differs,
            Some(_) => Verdict::Agrees,
        },
        "Please extend the period for presentation to 21 days after shipment.".to_owned(),
    ));
    rows
}

fn row(terms: &Terms, tag: &'static str, ours: String, verdict: Verdict, ask: String) -> Row {
    Row {
        tag,
        theirs: terms.get(tag).to_owned(),
        ours,
        verdict,
        ask,
    }
}

fn when(met: bool) -> Verdict {
    if met {
        Verdict::Agrees
    } else {
        Verdict::Differs
    }
}

fn form(terms: &Terms) -> Row {
    let words = terms.get("40A").to_uppercase();
    let verdict = match words.as_str() {
        "" => Verdict::Silent,
        words => when(words.contains("IRREVOCABLE")),
    };
    let ask = "Please have the credit issued as irrevocable.".to_owned();
    row(terms, "40A", "IRREVOCABLE".to_owned(), verdict, ask)
}

fn rules(terms: &Terms) -> Row {
    let words = terms.get("40E").to_uppercase();
    let verdict = match words.as_str() {
        "" => Verdict::Silent,
        words => when(words.contains("UCP")),
    };
    let ask = "Please make the credit subject to UCP, latest version.".to_owned();
    row(terms, "40E", "UCP LATEST VERSION".to_owned(), verdict, ask)
}

/// It must outlive shipment by the days to present in; documents presented abroad lose days in the mail.
fn expiry(terms: &Terms, known: &Known, ours: &Ours) -> Row {
    let needed = ours.ship_on.and_then(|day| {
        let days = known
            .period_days
            .unwrap_or(super::deadline::PERIOD)
            .min(super::deadline::PERIOD);
        day.checked_add_days(chrono::Days::new(days.into()))
    });
    let at_home =
        known.expiry_place.to_uppercase().contains("CHINA") || known.expiry_place.is_empty();
    let verdict = match (known.expiry_on, needed) {
        (None, _) => Verdict::Differs,
        (Some(expiry), Some(needed)) if expiry < needed => Verdict::Differs,
        _ if known.latest_shipment_on > known.expiry_on => Verdict::Differs,
        _ if !at_home => Verdict::Look,
        _ => Verdict::Agrees,
    };
    let day = needed.map(|day| day.to_string()).unwrap_or_default();
    let ask =
        format!("Please extend the date of expiry to {day} or later, place of expiry in China.");
    row(terms, "31D", day, verdict, ask)
}

fn party(terms: &Terms, tag: &'static str, name: &str) -> Row {
    let (theirs, wanted) = (plain(terms.get(tag)), plain(name));
    let verdict = if theirs.is_empty() || wanted.is_empty() {
        Verdict::Look
    } else {
        when(theirs.contains(&wanted))
    };
    let ask = if tag == "59" {
        format!("Please correct the beneficiary's name to read: {name}.")
    } else {
        format!("Please correct the applicant's name to read: {name}.")
    };
    row(terms, tag, name.to_owned(), verdict, ask)
}

fn amount(terms: &Terms, known: &Known, ours: &Ours) -> [Row; 2] {
    let wanted = format!("{} {}", ours.currency, format::number(ours.amount));
    let stated = (!terms.get("39A").is_empty()).then_some(known.plus);
    let verdict = match known.money {
        Some((currency, held)) => {
            let most = tolerance::amount_max(held, stated, false);
            when(currency == ours.currency && most >= ours.amount)
        }
        None => Verdict::Differs,
    };
    let same = known
        .money
        .is_some_and(|(currency, _)| currency == ours.currency);
    let ask = if same {
        "Please increase the amount to the total of our proforma invoice."
    } else {
        "Please amend the currency to that of our proforma invoice."
    };
    let percent = ours.tolerance.normalize();
    let tolerance = if ours.tolerance.is_zero() {
        if stated.is_some() {
            Verdict::Agrees
        } else {
            Verdict::Silent
        }
    } else {
        when(known.plus >= ours.tolerance && known.minus >= ours.tolerance)
    };
    let about = format!(
        "Please allow {percent}% more or less in amount (field 39A {percent:0>2}/{percent:0>2}) and in quantity."
    );
    [
        row(terms, "32B", wanted, verdict, ask.to_owned()),
        row(terms, "39A", format!("± {percent}%"), tolerance, about),
    ]
}

fn tenor(terms: &Terms, ours: &Ours) -> Row {
    let words = terms.get("42C").to_uppercase();
    let wanted = if ours.usance_days == 0 {
        "AT SIGHT".to_owned()
    } else {
        format!("{} DAYS", ours.usance_days)
    };
    let verdict = if words.is_empty() {
        Verdict::Look
    } else {
        when(
            has_words(
                &words,
                if ours.usance_days == 0 {
                    "SIGHT"
                } else {
                    &wanted
                },
            ) && (ours.usance_days > 0 || !words.contains("DAYS")),
        )
    };
    let ask = format!("Please amend the tenor of the drafts to: {wanted}.");
    row(terms, "42C", wanted, verdict, ask)
}

/// A credit that is silent allows (UCP 600 article 31 a); what we do not need may be forbidden.
fn allowed(terms: &Terms, tag: &'static str, (granted, needed): (bool, bool)) -> Row {
    let verdict = if terms.get(tag).is_empty() {
        Verdict::Silent
    } else {
        when(granted || !needed)
    };
    let what = if tag == "43P" {
        "partial shipments"
    } else {
        "transhipment"
    };
    let ours = if needed { "ALLOWED" } else { "NOT ALLOWED" };
    row(
        terms,
        tag,
        ours.to_owned(),
        verdict,
        format!("Please allow {what}."),
    )
}

fn port(terms: &Terms, tag: &'static str, name: &str) -> Row {
    let verdict = if terms.get(tag).is_empty() || name.is_empty() {
        Verdict::Look
    } else {
        when(same_port(terms.get(tag), name))
    };
    let what = if tag == "44E" { "loading" } else { "discharge" };
    let ask = format!(
        "Please amend the port of {what} to: {}.",
        name.to_uppercase()
    );
    row(terms, tag, name.to_owned(), verdict, ask)
}

/// The first piece is the port; `/` and OR offer several, and any port of the country takes all of them.
fn same_port(credit: &str, ours: &str) -> bool {
    let words = credit.to_uppercase();
    if words.starts_with("ANY ") || words.contains(" ANY ") {
        return true;
    }
    let first = words.split(',').next().unwrap_or("").replace(" OR ", "/");
    let name = |text: &str| {
        let text = plain(text);
        let text = text.strip_prefix("PORTOF").unwrap_or(&text);
        text.strip_suffix("PORT").unwrap_or(text).to_owned()
    };
    let wanted = name(ours.split(',').next().unwrap_or(""));
    first.split('/').any(|port| name(port) == wanted)
}

fn shipment(terms: &Terms, known: &Known, ours: &Ours) -> Row {
    let verdict = match (known.latest_shipment_on, ours.ship_on) {
        (Some(latest), Some(ship)) => when(ship <= latest),
        (None, _) if !terms.get("44D").is_empty() => Verdict::Look,
        (None, _) => Verdict::Silent,
        (Some(_), None) => Verdict::Look,
    };
    let day = ours.ship_on.map(|day| day.to_string()).unwrap_or_default();
    let ask = format!("Please extend the latest date of shipment to {day} or later.");
    row(terms, "44C", day, verdict, ask)
}

/// Whether these words stand in the text as words: 60 DAYS is not in 160 DAYS, DAP not in ADAPTER.
fn has_words(text: &str, words: &str) -> bool {
    let edge = |side: Option<char>| side.is_none_or(|one| !one.is_alphanumeric());
    text.match_indices(words).any(|(at, found)| {
        let (before, rest) = text.split_at(at);
        edge(before.chars().next_back()) && edge(rest.chars().nth(found.chars().count()))
    })
}

/// The words of the goods are read by people; the trade term must at least stand there.
fn goods(terms: &Terms, ours: &Ours) -> Verdict {
    let code = ours.incoterm.split(' ').next().unwrap_or("");
    if !code.is_empty() && has_words(&terms.get("45A").to_uppercase(), code) {
        Verdict::Agrees
    } else {
        Verdict::Look
    }
}

/// Letters and digits only, with the usual abbreviations in one form (ISBP 821 A1).
fn plain(text: &str) -> String {
    let text = text
        .to_uppercase()
        .replace(['.', '\''], "")
        .replace('&', " AND ");
    text.split(|sign: char| !sign.is_alphanumeric())
        .map(|word| match word {
            "COMPANY" => "CO",
            "LIMITED" => "LTD",
            "CORPORATION" => "CORP",
            "INCORPORATED" => "INC",
            word => word,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{field::ISSUE, terms};
    use super::*;
    use crate::web::Faults;

    #[test]
    fn words_are_found_as_words_not_inside_others() {
        assert!(has_words("AT 60 DAYS AFTER SIGHT", "60 DAYS"));
        assert!(!has_words("AT 160 DAYS AFTER SIGHT", "60 DAYS"));
        assert!(has_words("LAMPS, DAP: HAMBURG", "DAP"));
        assert!(!has_words("ADAPTER FOR LAMPS", "DAP"));
    }

    fn ours() -> Ours {
        Ours {
            currency: Currency::USD,
            amount: Decimal::from(65_400),
            tolerance: Decimal::ZERO,
            ship_on: "2026-11-21".parse().ok(),
            loading_port: "Xiamen".into(),
            discharge_port: "Gothenburg".into(),
            partial: false,
            transhipment: true,
            beneficiary: "Hanyu Trading Co., Ltd.".into(),
            applicant: "Nordhavn Living AB".into(),
            usance_days: 0,
            incoterm: "FOB Xiamen".into(),
        }
    }

    const GOOD: &str = ":40A:IRREVOCABLE\n:40E:UCP LATEST VERSION\n:31D:261217XIAMEN, CHINA\n:50:NORDHAVN LIVING AB\n1 Harbour Street\n:59:HANYU TRADING COMPANY LIMITED\nNINGBO\n:32B:USD65400,00\n:42C:AT SIGHT\n:43P:NOT ALLOWED\n:43T:ALLOWED\n:44E:XIAMEN PORT, CHINA\n:44F:PORT OF GOTHENBURG, SWEDEN\n:44C:261125\n:45A:STONEWARE FOB XIAMEN";

    fn verdict(change: (&str, &str), tag: &str, ours: &Ours) -> Verdict {
        let terms = terms::split(&GOOD.replace(change.0, change.1), &ISSUE);
        let known = terms.known(&mut Faults::default());
        let rows = rows(&terms, &known, ours);
        rows.iter().find(|row| row.tag == tag).unwrap().verdict
    }

    #[test]
    fn a_credit_as_agreed_has_no_row_that_differs() {
        let terms = terms::split(GOOD, &ISSUE);
        let known = terms.known(&mut Faults::default());
        let wrong: Vec<Row> = rows(&terms, &known, &ours())
            .into_iter()
            .filter(|row| row.verdict == Verdict::Differs)
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn each_field_that_differs_is_seen() {
        for (change, tag) in [
            (("IRREVOCABLE", "REVOKABLE"), "40A"),
            (("UCP LATEST VERSION", "OTHR"), "40E"),
            (("261217", "261201"), "31D"),
            (("HANYU TRADING", "HANJU TRADING"), "59"),
            (("NORDHAVN LIVING", "NORDHAVEN LIVING"), "50"),
            (("USD65400,00", "USD65399,99"), "32B"),
            (("USD65400,00", "EUR65400,00"), "32B"),
            (("AT SIGHT", "60 DAYS AFTER SIGHT"), "42C"),
            (("43T:ALLOWED", "43T:NOT ALLOWED"), "43T"),
            (("XIAMEN PORT", "NINGBO"), "44E"),
            (("GOTHENBURG", "MALMO"), "44F"),
            (("261125", "261120"), "44C"),
        ] {
            assert_eq!(
                verdict(change, tag, &ours()),
                Verdict::Differs,
                "{change:?}"
            );
        }
    }

    #[test]
    fn a_tolerance_of_ours_asks_for_one_of_the_credit() {
        let ours = Ours {
            tolerance: Decimal::from(3),
            ..ours()
        };
        assert_eq!(verdict(("", ""), "39A", &ours), Verdict::Differs);
        let held = ("USD65400,00", "USD65400,00\n:39A:03/03");
        assert_eq!(verdict(held, "39A", &ours), Verdict::Agrees);
    }

    #[test]
    fn any_port_and_a_choice_of_ports_take_ours() {
        for ports in [
            "ANY CHINESE PORT",
            "NINGBO OR XIAMEN, CHINA",
            "NINGBO/XIAMEN",
        ] {
            assert!(same_port(ports, "Xiamen"), "{ports}");
        }
        assert!(!same_port("NINGBO, XIAMEN", "Xiamen"));
    }
}

//! The form of a customer: its fields in their groups, written and read.

use super::customer::Customer;
use crate::base::incoterm::Incoterm;
use crate::base::{PersonId, T, payment_words};
use crate::records::read::{Reading, countries};
use crate::records::{Field, Section};
use crate::web::{Faults, Fields};

pub(super) fn sections(
    t: T,
    new: bool,
    sellers: Vec<(String, String)>,
    terms: Vec<(String, String)>,
) -> Vec<Section> {
    let mut who = names(t);
    if new {
        let keeper = Field::choice(
            "salesperson",
            t.parties_salesperson(),
            sellers,
            t.web_none(),
        );
        who.push(keeper.optional());
        who.push(Field::line("contact_name", t.parties_first_contact()).optional());
        who.push(Field::line("contact_email", t.parties_first_email()).optional());
    }
    vec![
        Section::new(t.parties_group_names(), who),
        Section::new(t.parties_group_addresses(), addresses(t)),
        Section::new(t.parties_group_trade(), trade(t, terms)),
        Section::new(t.parties_group_money(), money(t)),
        Section::new(t.parties_group_goods(), goods(t)),
    ]
}

fn names(t: T) -> Vec<Field> {
    vec![
        Field::line("name_en", t.parties_name_en()).lang("en"),
        Field::line("name_zh", t.parties_name_zh())
            .optional()
            .lang("zh-CN"),
        Field::line("pinyin", t.parties_pinyin())
            .optional()
            .hint(t.parties_pinyin_hint()),
        Field::choice("country", t.parties_country(), countries(t), t.web_choose()),
    ]
}

fn addresses(t: T) -> Vec<Field> {
    let printed = t.parties_as_printed();
    vec![
        Field::area("address_en", t.parties_address_en(), 3)
            .optional()
            .lang("en"),
        Field::area("address_zh", t.parties_address_zh(), 2)
            .optional()
            .lang("zh-CN"),
        Field::area("consignee", t.parties_consignee(), 3)
            .optional()
            .hint(printed),
        Field::area("notify", t.parties_notify(), 3)
            .optional()
            .hint(printed),
    ]
}

fn money(t: T) -> Vec<Field> {
    let aliases = Field::area("payer_aliases", t.parties_payer_aliases(), 3);
    vec![
        Field::figure("credit_limit", t.parties_credit_limit(), "").optional(),
        Field::code("credit_currency", t.parties_credit_currency()).optional(),
        aliases.optional().hint(t.parties_payer_aliases_hint()),
    ]
}

fn goods(t: T) -> Vec<Field> {
    let requirements = Field::area("requirements", t.parties_requirements(), 4);
    vec![
        Field::area("marks", t.parties_marks(), 4).optional(),
        requirements.optional().hint(t.parties_requirements_hint()),
    ]
}

fn trade(t: T, terms: Vec<(String, String)>) -> Vec<Field> {
    let incoterms = Incoterm::ALL
        .iter()
        .map(|term| (term.code().to_owned(), term.code().to_owned()))
        .collect();
    let langs = vec![
        ("en".to_owned(), t.parties_lang_en().to_owned()),
        ("zh-CN".to_owned(), t.parties_lang_zh().to_owned()),
    ];
    vec![
        Field::code("currency", t.parties_currency()),
        Field::choice("incoterm", t.parties_incoterm(), incoterms, ""),
        Field::line("place", t.parties_place())
            .optional()
            .hint(t.parties_place_hint()),
        Field::choice("terms", t.parties_payment(), terms, ""),
        Field::choice("paper_lang", t.parties_paper_lang(), langs, ""),
    ]
}

pub(super) fn put(customer: &Customer, fields: &mut Fields) {
    let c = customer;
    for (name, value) in [
        ("name_en", &c.name_en),
        ("name_zh", &c.name_zh),
        ("pinyin", &c.pinyin),
        ("country", &c.country),
        ("address_en", &c.address_en),
        ("address_zh", &c.address_zh),
        ("consignee", &c.consignee),
        ("notify", &c.notify),
        ("marks", &c.marks),
        ("currency", &c.currency),
        ("incoterm", &c.incoterm),
        ("place", &c.place),
        ("terms", &c.terms),
        ("paper_lang", &c.paper_lang),
        ("requirements", &c.requirements),
        ("credit_currency", &c.credit_currency),
    ] {
        fields.set(name, value.as_str());
    }
    fields.set("payer_aliases", c.payer_aliases.join("\n"));
    let limit = c.credit_limit.map(|limit| limit.normalize().to_string());
    fields.set("credit_limit", limit.unwrap_or_default());
    if let Some(person) = c.salesperson {
        fields.set("salesperson", person.to_string());
    }
}

pub(super) fn read(fields: &Fields, faults: &mut Faults) -> Customer {
    let mut form = Reading::new(fields, faults);
    let terms = form.get("terms").to_owned();
    if !payment_words::is_card(&terms) {
        form.fault("terms", T::records_choose);
    }
    let incoterms: Vec<&str> = Incoterm::ALL.iter().map(|term| term.code()).collect();
    let credit_limit = form.figure("credit_limit");
    let credit_currency = credit_currency(&mut form, credit_limit.is_some());
    let salesperson = form.get("salesperson").parse::<PersonId>().ok();
    let mut first = |name: &'static str| form.text(name, 120);
    let contact_name = first("contact_name");
    Customer {
        name_en: form.needed("name_en", 160),
        name_zh: form.text("name_zh", 80),
        pinyin: form.text("pinyin", 200).to_lowercase(),
        country: form.country("country"),
        address_en: form.text("address_en", 500),
        address_zh: form.text("address_zh", 300),
        consignee: form.text("consignee", 500),
        notify: form.text("notify", 500),
        marks: form.text("marks", 1_000),
        currency: form.currency("currency"),
        incoterm: form.one_of("incoterm", &incoterms),
        place: form.text("place", 80),
        paper_lang: form.one_of("paper_lang", &["en", "zh-CN"]),
        requirements: form.text("requirements", 2_000),
        payer_aliases: lines(&form.text("payer_aliases", 1_000)),
        first_contact: (contact_name, form.email("contact_email")),
        terms,
        credit_limit,
        credit_currency,
        salesperson,
    }
}

/// A limit without its currency limits nothing.
fn credit_currency(form: &mut Reading<'_>, limited: bool) -> String {
    if !form.get("credit_currency").is_empty() {
        return form.currency("credit_currency");
    }
    if limited {
        form.fault("credit_currency", T::parties_credit_currency_missing);
    }
    String::new()
}

fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        let mut fields = Fields::default();
        put(
            &Customer {
                name_en: "Nordhavn Living AB".into(),
                country: "SE".into(),
                currency: "USD".into(),
                incoterm: "FOB".into(),
                terms: "TT_30_70_COPY".into(),
                paper_lang: "en".into(),
                ..Customer::default()
            },
            &mut fields,
        );
        for (name, value) in pairs {
            fields.set(name, *value);
        }
        fields
    }

    fn faults(pairs: &[(&str, &str)]) -> Vec<String> {
        let mut faults = Faults::default();
        read(&fields(pairs), &mut faults);
        faults.iter().map(|fault| fault.field.clone()).collect()
    }

    #[test]
    fn what_is_put_is_read_back() {
        let mut none = Faults::default();
        let typed = fields(&[
            ("payer_aliases", "Nordhavn AB\n\nNordhavn Group"),
            ("credit_limit", "50,000"),
            ("credit_currency", "usd"),
        ]);
        let customer = read(&typed, &mut none);
        assert!(none.is_empty(), "{none:?}");
        assert_eq!(customer.payer_aliases, ["Nordhavn AB", "Nordhavn Group"]);
        let mut again = Fields::default();
        put(&customer, &mut again);
        assert_eq!(again.get("credit_limit"), "50000");
        assert_eq!(again.get("credit_currency"), "USD");
    }

    #[test]
    fn each_fault_stands_at_its_field() {
        assert!(faults(&[]).is_empty());
        assert_eq!(faults(&[("name_en", " ")]), ["name_en"]);
        assert_eq!(faults(&[("country", "XX")]), ["country"]);
        assert_eq!(faults(&[("credit_limit", "5000")]), ["credit_currency"]);
        assert_eq!(
            faults(&[("credit_limit", "-5"), ("credit_currency", "EUR")]),
            ["credit_limit"]
        );
        assert_eq!(faults(&[("terms", "later")]), ["terms"]);
        assert_eq!(faults(&[("contact_email", "nobody")]), ["contact_email"]);
    }
}

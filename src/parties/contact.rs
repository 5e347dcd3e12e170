//! Contact 联系人: a person at a customer, factory or forwarder, with language and channel.

use super::owner::{Owner, Side};
use super::sql;
use crate::base::{Channel, ContactId, CustomerId, Lang, T};
use crate::history::event::Change;
use crate::history::{Act, Event};
use crate::records::read::Reading;
use crate::records::{Field, Panel, PanelRow};
use crate::web::{Faults, Fields, Result};
use sqlx::PgConnection;

#[derive(Clone, Debug)]
pub struct Contact {
    pub id: ContactId,
    pub name: String,
    pub position: String,
    pub email: String,
    pub phone: String,
    pub channel: Channel,
    pub lang: Lang,
}

/// What is written on a contact's card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    pub name: String,
    pub position: String,
    pub email: String,
    pub phone: String,
    /// `wechat`, `email` …; empty means e-mail.
    pub channel: String,
    pub handle: String,
    /// `en` or `zh-CN`; empty means English.
    pub lang: String,
}

/// Contacts of a customer in use, the one entered first in front.
pub async fn of_customer(db: &mut PgConnection, customer: CustomerId) -> Result<Vec<Contact>> {
    sql::contacts(db, &Owner::customer(customer.0), false)
        .await
        .map(|rows| {
            rows.into_iter()
                .map(|(id, _, _, card)| Contact {
                    id,
                    channel: Channel::parse(&card.channel).unwrap_or(Channel::Email),
                    lang: Lang::parse(&card.lang).unwrap_or(Lang::En),
                    name: card.name,
                    position: card.position,
                    email: card.email,
                    phone: card.phone,
                })
                .collect()
        })
}

/// The act: a new contact; right to change its owner is asked by the page.
pub async fn add(act: &mut Act, owner: &Owner, card: &Card) -> Result<ContactId> {
    let id = ContactId::fresh(act.by.at);
    sql::insert_contact(act, id, owner, card).await?;
    if owner.code.is_empty() {
        // Entered together with its owner, whose own event comes first and says enough.
        return Ok(id);
    }
    let changes = Change::between("contact", "", &card.name)
        .into_iter()
        .collect();
    act.record(&owner.thing(), &Event::EntryChanged { changes })
        .await?;
    Ok(id)
}

pub(super) fn fields(t: T) -> Vec<Field> {
    let channels = Channel::ALL
        .iter()
        .map(|channel| (channel.code().to_owned(), channel.label(t).to_owned()))
        .collect();
    let langs = vec![
        ("en".to_owned(), t.parties_lang_en().to_owned()),
        ("zh-CN".to_owned(), t.parties_lang_zh().to_owned()),
    ];
    vec![
        Field::line("name", t.parties_contact_name()),
        Field::line("position", t.parties_contact_position()).optional(),
        Field::line("email", t.parties_contact_email()).optional(),
        Field::line("phone", t.parties_contact_phone()).optional(),
        Field::choice("channel", t.parties_contact_channel(), channels, ""),
        Field::line("handle", t.parties_contact_handle())
            .optional()
            .hint(t.parties_contact_handle_hint()),
        Field::choice("lang", t.parties_contact_lang(), langs, ""),
    ]
}

/// Words of a contact's events on the page of its party.
pub(super) fn words(t: T) -> Vec<(&'static str, &'static str)> {
    let own = fields(t).into_iter().map(|field| (field.name, field.label));
    [
        ("contact", t.parties_contact()),
        ("salesperson", t.parties_salesperson()),
    ]
    .into_iter()
    .chain(own)
    .collect()
}

impl Card {
    /// What a new one starts with: factories and forwarders are spoken to in Chinese, by a chat.
    pub(super) fn blank(side: Side) -> Self {
        let (channel, lang) = match side {
            Side::Customer => (Channel::Email, Lang::En),
            Side::Factory | Side::Forwarder => (Channel::Wechat, Lang::Zh),
        };
        Self {
            channel: channel.code().into(),
            lang: lang.code().into(),
            ..Self::default()
        }
    }

    pub(super) fn put(&self, fields: &mut Fields) {
        for (name, value) in [
            ("name", &self.name),
            ("position", &self.position),
            ("email", &self.email),
            ("phone", &self.phone),
            ("channel", &self.channel),
            ("handle", &self.handle),
            ("lang", &self.lang),
        ] {
            fields.set(name, value.as_str());
        }
    }

    pub(super) fn read(fields: &Fields, faults: &mut Faults) -> Self {
        let mut form = Reading::new(fields, faults);
        let channels = Channel::ALL.map(Channel::code);
        let card = Self {
            name: form.needed("name", 80),
            position: form.text("position", 80),
            email: form.email("email"),
            phone: form.text("phone", 60),
            channel: form.one_of("channel", &channels),
            handle: form.text("handle", 80),
            lang: form.one_of("lang", &["en", "zh-CN"]),
        };
        if card.channel == "email" && card.email.is_empty() {
            form.fault("email", T::parties_contact_email_missing);
        }
        card
    }
}

/// The contacts on a party's page; archived ones last.
pub(super) async fn panel(db: &mut PgConnection, t: T, owner: &Owner, may: bool) -> Result<Panel> {
    let rows = sql::contacts(db, owner, true).await?;
    Ok(Panel {
        id: "contacts",
        title: t.parties_contacts(),
        heads: vec![
            t.parties_contact_name(),
            t.parties_contact_position(),
            t.parties_contact_email(),
            t.parties_contact_phone(),
            t.parties_contact_channel(),
            t.parties_contact_lang(),
        ],
        rows: rows
            .into_iter()
            .map(|(id, _, archived, card)| PanelRow {
                href: may.then(|| format!("/contacts/{id}")),
                archived,
                cells: cells(t, &card),
            })
            .collect(),
        never: t.parties_contacts_never(),
        add: may.then(|| {
            (
                format!("/contacts/new?of={}", owner.key()),
                t.parties_contact_new(),
            )
        }),
    })
}

fn cells(t: T, card: &Card) -> Vec<String> {
    let channel = Channel::parse(&card.channel).map_or("", |channel| channel.label(t));
    let channel = if card.handle.is_empty() {
        channel.to_owned()
    } else {
        format!("{channel} {}", card.handle)
    };
    let lang = match Lang::parse(&card.lang) {
        Some(Lang::Zh) => t.parties_lang_zh(),
        _ => t.parties_lang_en(),
    };
    vec![
        card.name.clone(),
        card.position.clone(),
        card.email.clone(),
        card.phone.clone(),
        channel,
        lang.to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_written_to_has_an_address() {
        let mut fields = Fields::default();
        Card::blank(Side::Customer).put(&mut fields);
        fields.set("name", "Anna Lindqvist");
        let mut faults = Faults::default();
        Card::read(&fields, &mut faults);
        assert_eq!(
            faults
                .iter()
                .map(|fault| fault.field.as_str())
                .collect::<Vec<_>>(),
            ["email"]
        );
        fields.set("email", "Anna@Nordhavn.Example");
        let mut faults = Faults::default();
        assert_eq!(
            Card::read(&fields, &mut faults).email,
            "anna@nordhavn.example"
        );
        assert!(faults.is_empty());
    }
}

//! Small forms before something that cannot be taken back: sending, the customer's answer, voiding.

use super::invoice::ProformaInvoice;
use crate::base::{Channel, T};
use crate::orders::Order;
use crate::web::{Faults, Fields, Page, Result};
use askama::Template;
use axum::response::Html;
use sqlx::PgConnection;

#[derive(Template)]
#[template(path = "proforma/sending.html")]
pub(super) struct SendingPage {
    pub page: Page,
    pub order: Order,
    pub paper: ProformaInvoice,
    pub to: String,
    pub channel: String,
    pub contacts: Vec<String>,
    pub channels: Vec<(String, String)>,
    pub faults: Faults,
}

#[derive(Template)]
#[template(path = "proforma/confirmation.html")]
pub(super) struct ConfirmationPage {
    pub page: Page,
    pub order: Order,
    pub paper: ProformaInvoice,
    pub fields: Fields,
    pub channels: Vec<(String, String)>,
    pub faults: Faults,
}

#[derive(Template)]
#[template(path = "proforma/void.html")]
pub(super) struct VoidPage {
    pub page: Page,
    pub order: Order,
    pub paper: ProformaInvoice,
    pub reason: String,
    pub faults: Faults,
}

fn channels(t: T) -> Vec<(String, String)> {
    Channel::ALL
        .iter()
        .map(|channel| (channel.code().to_owned(), channel.label(t).to_owned()))
        .collect()
}

pub(super) async fn sending(
    db: &mut PgConnection,
    page: Page,
    order: &Order,
    paper: &ProformaInvoice,
    typed: Option<(Fields, Faults)>,
) -> Result<Html<String>> {
    let contacts = crate::parties::contact::of_customer(db, order.customer).await?;
    let first = contacts.first();
    let (fields, faults) = typed.unwrap_or_else(|| {
        let mut fields = Fields::default();
        fields.set(
            "to",
            first
                .map(|contact| contact.name.clone())
                .unwrap_or_default(),
        );
        fields.set(
            "channel",
            first.map_or("email", |contact| contact.channel.code()),
        );
        (fields, Faults::default())
    });
    let page = SendingPage {
        channels: channels(page.t),
        to: fields.get("to").to_owned(),
        channel: fields.get("channel").to_owned(),
        contacts: contacts.into_iter().map(|contact| contact.name).collect(),
        faults,
        order: order.clone(),
        paper: paper.clone(),
        page,
    };
    Ok(Html(page.render()?))
}

pub(super) fn confirmation(
    page: Page,
    order: &Order,
    paper: &ProformaInvoice,
    typed: Option<(Fields, Faults)>,
) -> Result<Html<String>> {
    let (fields, faults) = typed.unwrap_or_else(|| {
        let mut fields = Fields::default();
        fields.set("day", page.today().to_string());
        fields.set(
            "who",
            paper
                .sent
                .as_ref()
                .map(|sent| sent.to.clone())
                .unwrap_or_default(),
        );
        fields.set(
            "channel",
            paper
                .sent
                .as_ref()
                .map(|sent| sent.channel.clone())
                .unwrap_or_default(),
        );
        (fields, Faults::default())
    });
    let page = ConfirmationPage {
        channels: channels(page.t),
        faults,
        order: order.clone(),
        paper: paper.clone(),
        fields,
        page,
    };
    Ok(Html(page.render()?))
}

pub(super) fn void(
    page: Page,
    order: &Order,
    paper: &ProformaInvoice,
    reason: String,
    faults: Faults,
) -> Result<Html<String>> {
    let page = VoidPage {
        faults,
        order: order.clone(),
        paper: paper.clone(),
        reason,
        page,
    };
    Ok(Html(page.render()?))
}

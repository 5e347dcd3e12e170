//! What can happen to shipments, their customs declarations, their loading and their transport document; part of the
//! one list of events.

use super::event::Change;
use crate::base::{Channel, T};
use serde::{Deserialize, Serialize};

/// How somebody said it is kept by its code, `Lin (email)`; it is read by its name.
fn said(words: &str, t: T) -> String {
    Channel::ALL
        .into_iter()
        .fold(words.to_owned(), |words, channel| {
            let name = format!("({})", channel.label(t));
            words.replace(&format!("({})", channel.code()), &name)
        })
}

macro_rules! shipping {
    ($($name:ident $tell:ident),+ $(,)?) => {
        /// `shipment` is its number (`S26-0093`); `words` what a person reads of it: a date, a name, a reason.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "is", rename_all = "snake_case")]
        pub enum ShippingEvent {
            $($name {
                shipment: String,
                words: String,
                #[serde(default, skip_serializing_if = "Vec::is_empty")]
                changes: Vec<Change>,
            }),+
        }

        impl ShippingEvent {
            pub fn changes(&self) -> &[Change] {
                match self {
                    $(Self::$name { changes, .. } => changes),+
                }
            }

            /// The sentence of the timeline, without who and when.
            pub fn tell(&self, t: T) -> String {
                match self {
                    $(Self::$name { shipment, words, .. } => t.$tell(shipment, said(words, t))),+
                }
            }
        }
    };
}

shipping! {
    ShipmentPlanned history_shipment_planned,
    ShipmentEdited history_shipment_edited,
    BookingAsked history_booking_asked,
    BookingConfirmed history_booking_confirmed,
    CustomsSetChecked history_customs_set_checked,
    CustomsSetSent history_customs_set_sent,
    CustomsSetSentLate history_customs_set_sent_late,
    ForwarderWarned history_forwarder_warned,
    CargoRolled history_cargo_rolled,
    ShipmentRebooked history_shipment_rebooked,
    CargoGatedIn history_cargo_gated_in,
    CargoGatedInEarly history_cargo_gated_in_early,
    CustomsReleased history_customs_released,
    CargoShutOut history_cargo_shut_out,
    ShipmentResold history_shipment_resold,
    ShipmentDeparted history_shipment_departed,
    ShipmentArrived history_shipment_arrived,
    ShipmentDateCorrected history_shipment_date_corrected,
    ShipmentCancelled history_shipment_cancelled,
    PackingListWritten history_packing_list_written,
    CargoLoaded history_cargo_loaded,
    LoadingCorrected history_loading_corrected,
    DeclarationDrafted history_declaration_drafted,
    DeclarationChanged history_declaration_changed,
    DeclarationSent history_declaration_sent,
    DeclarationDeclared history_declaration_declared,
    DeclarationInspected history_declaration_inspected,
    DeclarationReleased history_declaration_released,
    DeclarationCleared history_declaration_cleared,
    DeclarationAmended history_declaration_amended,
    DeclarationRevoked history_declaration_revoked,
    DeclarationShutOut history_declaration_shut_out,
    DeclarationVoided history_declaration_voided,
    InstructionsSent history_instructions_sent,
    TransportDraftReceived history_transport_draft_received,
    TransportDraftChecked history_transport_draft_checked,
    TransportDifferenceWaived history_transport_difference_waived,
    TransportDraftSent history_transport_draft_sent,
    TransportDraftConfirmed history_transport_draft_confirmed,
    TransportCorrectionAsked history_transport_correction_asked,
    TransportDraftReset history_transport_draft_reset,
    ContainerRemoved history_container_removed,
    TransportDocumentIssued history_transport_document_issued,
    TransportDocumentReleased history_transport_document_released,
    TransportDocumentReleasedEarly history_transport_document_released_early,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Lang;
    use crate::history::Event;

    #[test]
    fn an_event_of_shipping_is_stored_like_any_other() {
        let event = Event::Shipping(ShippingEvent::CargoRolled {
            shipment: "S26-0093".into(),
            words: "overbooked".into(),
            changes: Vec::new(),
        });
        assert_eq!(event.kind(), "cargo_rolled");
        let stored = serde_json::to_value(&event).unwrap();
        assert_eq!(serde_json::from_value::<Event>(stored).unwrap(), event);
    }

    #[test]
    fn a_channel_is_read_by_its_name() {
        let arrived = ShippingEvent::ShipmentArrived {
            shipment: "S26-0001".into(),
            words: "2026-11-24 · Lin (email)".into(),
            changes: Vec::new(),
        };
        let told = arrived.tell(T(Lang::Zh));
        assert!(told.contains("(邮件)") && !told.contains("email"), "{told}");
    }
}

//! Parcel stage: the life of a parcel 快递, as a table of arrows.
//!
//! `packed → dispatched → number_passed_on → delivered | lost | returned`. Returned is the parcel come back. One that is
//! packed is called off with its order.

#![deny(clippy::wildcard_enum_match_arm)]

use crate::base::T;
use crate::people::Deed;

/// Where a parcel is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParcelStage {
    Packed,
    Dispatched,
    NumberPassedOn,
    Delivered,
    Lost,
    Returned,
    CalledOff,
}

/// What can be done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParcelMove {
    Pack,
    Edit,
    Dispatch,
    PassOnNumber,
    Deliver,
    Lose,
    Return,
    CallOff,
}

impl ParcelStage {
    pub const ALL: [Self; 7] = [
        Self::Packed,
        Self::Dispatched,
        Self::NumberPassedOn,
        Self::Delivered,
        Self::Lost,
        Self::Returned,
        Self::CalledOff,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Packed => "packed",
            Self::Dispatched => "dispatched",
            Self::NumberPassedOn => "number_passed_on",
            Self::Delivered => "delivered",
            Self::Lost => "lost",
            Self::Returned => "returned",
            Self::CalledOff => "called_off",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Packed => t.samples_parcel_packed(),
            Self::Dispatched => t.samples_parcel_dispatched(),
            Self::NumberPassedOn => t.samples_parcel_number_passed_on(),
            Self::Delivered => t.samples_parcel_delivered(),
            Self::Lost => t.samples_parcel_lost(),
            Self::Returned => t.samples_parcel_returned(),
            Self::CalledOff => t.samples_parcel_called_off(),
        }
    }

    pub const fn tone(self) -> &'static str {
        match self {
            Self::Packed => "draft",
            Self::Dispatched => "info",
            Self::NumberPassedOn => "wait",
            Self::Delivered => "good",
            Self::Lost | Self::Returned => "issue",
            Self::CalledOff => "void",
        }
    }

    /// Where a move leads from here; nothing where the move does not exist.
    pub const fn after(self, step: ParcelMove) -> Option<Self> {
        use ParcelMove as M;
        Some(match (self, step) {
            (Self::Packed, M::Edit) => Self::Packed,
            (Self::Packed, M::Dispatch) => Self::Dispatched,
            (Self::Packed, M::CallOff) => Self::CalledOff,
            (Self::Dispatched, M::PassOnNumber) => Self::NumberPassedOn,
            (Self::NumberPassedOn, M::Deliver) => Self::Delivered,
            (Self::NumberPassedOn, M::Lose) => Self::Lost,
            (Self::NumberPassedOn, M::Return) => Self::Returned,
            _ => return None,
        })
    }
}

impl ParcelMove {
    pub const ALL: [Self; 8] = [
        Self::Pack,
        Self::Edit,
        Self::Dispatch,
        Self::PassOnNumber,
        Self::Deliver,
        Self::Lose,
        Self::Return,
        Self::CallOff,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Pack => "pack",
            Self::Edit => "edit",
            Self::Dispatch => "dispatch",
            Self::PassOnNumber => "pass_on_number",
            Self::Deliver => "deliver",
            Self::Lose => "lose",
            Self::Return => "return",
            Self::CallOff => "call_off",
        }
    }

    /// It is called off by the deed that ends the order.
    pub const fn deed(self) -> Deed {
        match self {
            Self::Pack | Self::Edit => Deed::PackParcel,
            Self::Dispatch => Deed::DispatchParcel,
            Self::PassOnNumber => Deed::PassOnTrackingNumber,
            Self::Deliver => Deed::RecordParcelDelivery,
            Self::Lose => Deed::RecordParcelLoss,
            Self::Return => Deed::RecordParcelReturn,
            Self::CallOff => Deed::CancelOrder,
        }
    }

    /// What a courier's own report brings too.
    pub const fn is_imported_too(self) -> bool {
        matches!(self, Self::Deliver | Self::Lose | Self::Return)
    }
}

//! Stage: the life of one customs declaration 报关单, as a table of arrows.
//!
//! Ours until it is sent to the broker; from there on the broker's and the customs' word is recorded.

#![deny(clippy::wildcard_enum_match_arm)]

use crate::base::{Party, T};
use crate::people::Deed;

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    Draft,
    SentToBroker,
    Declared,
    Inspected,
    Released,
    Cleared,
    Amended,
    Revoked,
    ShutOut,
    Void,
}

/// What can be done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Move {
    Draft,
    Edit,
    SendToBroker,
    Void,
    Declare,
    Inspect,
    Release,
    Clear,
    Amend,
    Revoke,
    ShutOut,
}

impl Stage {
    pub const ALL: [Self; 10] = [
        Self::Draft,
        Self::SentToBroker,
        Self::Declared,
        Self::Inspected,
        Self::Released,
        Self::Cleared,
        Self::Amended,
        Self::Revoked,
        Self::ShutOut,
        Self::Void,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::SentToBroker => "sent_to_broker",
            Self::Declared => "declared",
            Self::Inspected => "inspected",
            Self::Released => "released",
            Self::Cleared => "cleared",
            Self::Amended => "amended",
            Self::Revoked => "revoked",
            Self::ShutOut => "shut_out",
            Self::Void => "void",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Draft => t.shipping_declaration_draft(),
            Self::SentToBroker => t.shipping_declaration_sent_to_broker(),
            Self::Declared => t.shipping_declaration_declared(),
            Self::Inspected => t.shipping_declaration_inspected(),
            Self::Released => t.shipping_declaration_released(),
            Self::Cleared => t.shipping_declaration_cleared(),
            Self::Amended => t.shipping_declaration_amended(),
            Self::Revoked => t.shipping_declaration_revoked(),
            Self::ShutOut => t.shipping_declaration_shut_out(),
            Self::Void => t.shipping_declaration_void(),
        }
    }

    /// The colour family of its mark.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::SentToBroker => "wait",
            Self::Declared | Self::Amended => "info",
            Self::Inspected => "issue",
            Self::Released | Self::Cleared => "good",
            Self::Revoked | Self::ShutOut | Self::Void => "void",
        }
    }

    /// Where a move leads from here; nothing where the move does not exist.
    pub const fn after(self, step: Move) -> Option<Self> {
        use Stage as S;
        Some(match (self, step) {
            (S::Draft, Move::Edit) => S::Draft,
            (S::Draft, Move::SendToBroker) => S::SentToBroker,
            (S::Draft | S::SentToBroker, Move::Void) => S::Void,
            (S::SentToBroker, Move::Declare) => S::Declared,
            (S::Declared, Move::Inspect) => S::Inspected,
            (S::Declared | S::Inspected, Move::Release) => S::Released,
            (S::Released | S::Amended, Move::Clear) => S::Cleared,
            (S::Released, Move::Amend) => S::Amended,
            (S::Declared | S::Inspected | S::Released | S::Amended, Move::Revoke) => S::Revoked,
            (S::Declared | S::Inspected | S::Released | S::Amended, Move::ShutOut) => S::ShutOut,
            _ => return None,
        })
    }
}

impl Move {
    pub const ALL: [Self; 11] = [
        Self::Draft,
        Self::Edit,
        Self::SendToBroker,
        Self::Void,
        Self::Declare,
        Self::Inspect,
        Self::Release,
        Self::Clear,
        Self::Amend,
        Self::Revoke,
        Self::ShutOut,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Edit => "edit",
            Self::SendToBroker => "send_to_broker",
            Self::Void => "void",
            Self::Declare => "declare",
            Self::Inspect => "inspect",
            Self::Release => "release",
            Self::Clear => "clear",
            Self::Amend => "amend",
            Self::Revoke => "revoke",
            Self::ShutOut => "shut_out",
        }
    }

    /// The deed that the rights are asked for.
    pub const fn deed(self) -> Deed {
        match self {
            Self::Draft | Self::Edit => Deed::DraftDeclaration,
            Self::SendToBroker => Deed::SendDeclaration,
            Self::Void => Deed::VoidDocument,
            Self::Declare => Deed::RecordDeclarationDeclared,
            Self::Inspect => Deed::RecordDeclarationInspection,
            Self::Release => Deed::RecordDeclarationRelease,
            Self::Clear => Deed::RecordDeclarationClearance,
            Self::Amend => Deed::RecordDeclarationAmendment,
            Self::Revoke => Deed::RecordDeclarationRevocation,
            Self::ShutOut => Deed::RecordDeclarationShutOut,
        }
    }

    /// Whose word it is: ours, an outside party's that is recorded, or either.
    pub const fn told_by(self) -> &'static [Party] {
        match self {
            Self::Draft | Self::Edit | Self::SendToBroker | Self::Void => &[Party::Us],
            Self::Declare
            | Self::Inspect
            | Self::Release
            | Self::Clear
            | Self::Amend
            | Self::Revoke
            | Self::ShutOut => &[Party::Us, Party::Forwarder],
        }
    }

    /// Moves that begin one, with the stage they lead to.
    pub const BEGINNINGS: [(Self, Stage); 1] = [(Self::Draft, Stage::Draft)];
}

//! Moves of an order 订单: which act is taken in which condition, and to which condition it leads. The acts and the
//! buttons ask this one table.

use crate::orders::lifecycle::Condition;
use crate::people::Deed;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Open,
    Edit,
    Reassign,
    SkipSamples,
    ShortCloseLine,
    Split,
    Reopen,
    Hold,
    Resume,
    Drop,
    Cancel,
    /// The house's own: everybody knows of the cancellation and no money lies unspoken for.
    FinishCancelling,
    Close,
}

impl Move {
    /// What begins an order's life.
    pub const BEGINNINGS: [Self; 2] = [Self::Open, Self::Split];

    pub const ALL: [Self; 13] = [
        Self::Open,
        Self::Edit,
        Self::Reassign,
        Self::SkipSamples,
        Self::ShortCloseLine,
        Self::Split,
        Self::Reopen,
        Self::Hold,
        Self::Resume,
        Self::Drop,
        Self::Cancel,
        Self::FinishCancelling,
        Self::Close,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Edit => "edit",
            Self::Reassign => "reassign",
            Self::SkipSamples => "skip_samples",
            Self::ShortCloseLine => "short_close_line",
            Self::Split => "split",
            Self::Reopen => "reopen",
            Self::Hold => "hold",
            Self::Resume => "resume",
            Self::Drop => "drop",
            Self::Cancel => "cancel",
            Self::FinishCancelling => "finish_cancelling",
            Self::Close => "close",
        }
    }

    /// The right that is asked; `None` for what the house does by itself.
    pub const fn deed(self) -> Option<Deed> {
        match self {
            Self::Open => Some(Deed::OpenOrder),
            Self::Edit => Some(Deed::EditOrder),
            Self::Reassign => Some(Deed::ReassignOrder),
            Self::SkipSamples => Some(Deed::SkipSamples),
            Self::ShortCloseLine => Some(Deed::ShortCloseLine),
            Self::Split => Some(Deed::SplitOrder),
            Self::Reopen => Some(Deed::ReopenOrder),
            Self::Hold | Self::Resume => Some(Deed::HoldOrder),
            Self::Drop => Some(Deed::DropOrder),
            Self::Cancel => Some(Deed::CancelOrder),
            Self::FinishCancelling => None,
            Self::Close => Some(Deed::CloseOrder),
        }
    }
}

impl Condition {
    /// The condition after this act; `None` where it is not taken.
    pub fn after(self, act: Move) -> Option<Self> {
        match act {
            Move::Edit | Move::SkipSamples | Move::ShortCloseLine | Move::Split => match self {
                Self::Open => Some(Self::Open),
                _ => None,
            },
            Move::Reassign => match self {
                Self::Open | Self::OnHold | Self::Cancelling => Some(self),
                _ => None,
            },
            Move::Reopen => match self {
                Self::Open | Self::OnHold => Some(self),
                Self::Closed => Some(Self::Open),
                _ => None,
            },
            Move::Hold => only(self, Self::Open, Self::OnHold),
            Move::Resume => only(self, Self::OnHold, Self::Open),
            Move::Drop => match self {
                Self::Open | Self::OnHold => Some(Self::Dropped),
                _ => None,
            },
            Move::Cancel => match self {
                Self::Open | Self::OnHold => Some(Self::Cancelling),
                _ => None,
            },
            Move::FinishCancelling => only(self, Self::Cancelling, Self::Cancelled),
            Move::Close => only(self, Self::Open, Self::Closed),
            Move::Open => None,
        }
    }

    /// Whether a button for this act is of any use.
    pub fn takes(self, act: Move) -> bool {
        self.after(act).is_some()
    }
}

fn only(stands: Condition, from: Condition, to: Condition) -> Option<Condition> {
    (stands == from).then_some(to)
}

//! Verdict 样品确认: what the customer says of a sample, point by point, and what the points come to as a whole.

use crate::base::T;

/// What was said of one point, or of the whole round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    Approved,
    ApprovedWithComments,
    Rejected,
}

impl Verdict {
    pub const ALL: [Self; 3] = [Self::Approved, Self::ApprovedWithComments, Self::Rejected];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::ApprovedWithComments => "approved_with_comments",
            Self::Rejected => "rejected",
        }
    }

    /// The act that gives it, in the words of the table of arrows.
    pub const fn act(self) -> &'static str {
        match self {
            Self::Approved => "approve",
            Self::ApprovedWithComments => "approve_with_comments",
            Self::Rejected => "reject",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Approved => t.samples_verdict_approved(),
            Self::ApprovedWithComments => t.samples_verdict_approved_with_comments(),
            Self::Rejected => t.samples_verdict_rejected(),
        }
    }

    pub const fn tone(self) -> &'static str {
        match self {
            Self::Approved => "good",
            Self::ApprovedWithComments => "info",
            Self::Rejected => "issue",
        }
    }

    /// One point rejected rejects the round; one comment makes it approved with comments.
    pub fn whole(points: impl IntoIterator<Item = Self>) -> Option<Self> {
        points.into_iter().max()
    }
}

/// What a sample is judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Point {
    Overall,
    Material,
    Size,
    Colour,
    Workmanship,
    Accessories,
    Artwork,
    Packing,
}

impl Point {
    pub const ALL: [Self; 8] = [
        Self::Overall,
        Self::Material,
        Self::Size,
        Self::Colour,
        Self::Workmanship,
        Self::Accessories,
        Self::Artwork,
        Self::Packing,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Overall => "overall",
            Self::Material => "material",
            Self::Size => "size",
            Self::Colour => "colour",
            Self::Workmanship => "workmanship",
            Self::Accessories => "accessories",
            Self::Artwork => "artwork",
            Self::Packing => "packing",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|point| point.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Overall => t.samples_point_overall(),
            Self::Material => t.samples_point_material(),
            Self::Size => t.samples_point_size(),
            Self::Colour => t.samples_point_colour(),
            Self::Workmanship => t.samples_point_workmanship(),
            Self::Accessories => t.samples_point_accessories(),
            Self::Artwork => t.samples_point_artwork(),
            Self::Packing => t.samples_point_packing(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Verdict::{Approved, ApprovedWithComments, Rejected};
    use super::*;

    #[test]
    fn one_point_rejected_rejects_the_round() {
        let all = [Approved, Rejected, ApprovedWithComments];
        assert_eq!(Verdict::whole(all), Some(Rejected));
    }

    #[test]
    fn one_comment_is_an_approval_with_comments() {
        let all = [Approved, ApprovedWithComments, Approved];
        assert_eq!(Verdict::whole(all), Some(ApprovedWithComments));
        assert_eq!(Verdict::whole([Approved]), Some(Approved));
        assert_eq!(Verdict::whole([]), None);
    }
}

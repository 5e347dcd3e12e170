//! The gates that only a manager opens, and what each asks of whom.

use crate::base::T;
use crate::history::approval_event::gate_word;
use crate::people::Deed;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A factory told to begin before the terms allow it, or to make more than is ordered.
    ProductionGate,
    /// A paper sent that a change made untrue.
    StalePaper,
    /// Goods let go without a passed inspection.
    Inspection,
    /// Goods handed to a carrier whose waybill does not hold them, before the balance.
    EarlyGateIn,
    /// The transport document out of our hands before the balance.
    EarlyRelease,
    /// Documents handed to the bank after their last day.
    LatePresenting,
}

impl Kind {
    pub const ALL: [Self; 6] = [
        Self::ProductionGate,
        Self::StalePaper,
        Self::Inspection,
        Self::EarlyGateIn,
        Self::EarlyRelease,
        Self::LatePresenting,
    ];

    /// The subject under which approvals keep it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ProductionGate => "exception_production_gate",
            Self::StalePaper => "exception_stale_paper",
            Self::Inspection => "exception_inspection",
            Self::EarlyGateIn => "exception_early_gate_in",
            Self::EarlyRelease => "exception_early_release",
            Self::LatePresenting => "exception_late_presenting",
        }
    }

    /// As it stands in addresses.
    pub fn path(self) -> String {
        self.code()
            .trim_start_matches("exception_")
            .replace('_', "-")
    }

    pub fn of_path(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.path() == path)
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The manager's deed at this gate.
    pub const fn deed(self) -> Deed {
        match self {
            Self::ProductionGate => Deed::OverrideProductionGate,
            Self::StalePaper => Deed::OverrideStalePaper,
            Self::Inspection => Deed::WaiveInspection,
            Self::EarlyGateIn => Deed::GateInEarly,
            Self::EarlyRelease => Deed::ReleaseTransportDocumentEarly,
            Self::LatePresenting => Deed::PresentDocumentsLate,
        }
    }

    /// What the open gate would have asked for: who may do that uses the exception.
    pub const fn plain(self) -> Deed {
        match self {
            Self::ProductionGate => Deed::IssueProductionOrder,
            Self::StalePaper => Deed::SendProforma,
            Self::Inspection => Deed::JudgeInspection,
            Self::EarlyGateIn => Deed::RecordGateIn,
            Self::EarlyRelease => Deed::ReleaseTransportDocument,
            Self::LatePresenting => Deed::PresentDocuments,
        }
    }

    /// What is asked for, as a heading.
    pub fn label(self, t: T) -> &'static str {
        gate_word(t, self.code())
    }

    /// What it means for the company, before anybody says yes.
    pub fn risk(self, t: T) -> &'static str {
        match self {
            Self::ProductionGate => t.exceptions_risk_production_gate(),
            Self::StalePaper => t.exceptions_risk_stale_paper(),
            Self::Inspection => t.exceptions_risk_inspection(),
            Self::EarlyGateIn => t.exceptions_risk_early_gate_in(),
            Self::EarlyRelease => t.exceptions_risk_early_release(),
            Self::LatePresenting => t.exceptions_risk_late_presenting(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::rights::Hand;

    #[test]
    fn every_gate_is_found_by_its_code_and_by_its_address() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.code()), Some(kind));
            assert_eq!(Kind::of_path(&kind.path()), Some(kind));
        }
        assert_eq!(Kind::ALL[4].path(), "early-release");
    }

    #[test]
    fn whoever_asked_wrote_or_works_it_never_opens_a_gate() {
        for kind in Kind::ALL {
            let never = kind.deed().never();
            for hand in [Hand::Author, Hand::Requester, Hand::Operator] {
                assert!(never.contains(&hand), "{}", kind.code());
            }
        }
    }
}

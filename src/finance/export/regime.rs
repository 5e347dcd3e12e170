//! Regime 核销制度: which way an export is verified follows its export date and the company's setting.

use crate::base::T;
use serde::Deserialize;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Regime {
    /// 核销单: exports before 2012-08-01.
    PaperForm,
    /// Declaration against receipts.
    Matching,
}

impl Regime {
    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::PaperForm => t.rebate_regime_paper_form(),
            Self::Matching => t.rebate_regime_matching(),
        }
    }
}

//! What a file of an order is for, and whose prices stand in it: who may not see a price cannot open the paper that
//! prints it either.

use crate::base::T;
use crate::orders::{self, Order};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    CustomerOrder,
    CustomerConfirmation,
    Correspondence,
    Artwork,
    Photo,
    TestReport,
    PackingList,
    FactoryQuote,
    VatInvoice,
    TransportDocument,
    Other,
}

impl FileKind {
    pub(super) const ALL: [Self; 11] = [
        Self::CustomerOrder,
        Self::CustomerConfirmation,
        Self::Correspondence,
        Self::Artwork,
        Self::Photo,
        Self::TestReport,
        Self::PackingList,
        Self::FactoryQuote,
        Self::VatInvoice,
        Self::TransportDocument,
        Self::Other,
    ];

    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::CustomerOrder => "customer_order",
            Self::CustomerConfirmation => "customer_confirmation",
            Self::Correspondence => "correspondence",
            Self::Artwork => "artwork",
            Self::Photo => "photo",
            Self::TestReport => "test_report",
            Self::PackingList => "packing_list",
            Self::FactoryQuote => "factory_quote",
            Self::VatInvoice => "vat_invoice",
            Self::TransportDocument => "transport_document",
            Self::Other => "other",
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == text)
    }

    pub(super) fn label(self, t: T) -> &'static str {
        match self {
            Self::CustomerOrder => t.desk_file_customer_order(),
            Self::CustomerConfirmation => t.desk_file_customer_confirmation(),
            Self::Correspondence => t.desk_file_correspondence(),
            Self::Artwork => t.desk_file_artwork(),
            Self::Photo => t.desk_file_photo(),
            Self::TestReport => t.desk_file_test_report(),
            Self::PackingList => t.desk_file_packing_list(),
            Self::FactoryQuote => t.desk_file_factory_quote(),
            Self::VatInvoice => t.rebate_paper_vat_invoice(),
            Self::TransportDocument => t.desk_file_transport_document(),
            Self::Other => t.desk_file_other(),
        }
    }
}

/// Whether this reader may open a file of this kind.
pub(super) fn opens(order: &Order, kind: &str) -> bool {
    orders::asks(kind).is_none_or(|deed| order.reader_may(deed))
}

pub(super) fn label(t: T, kind: &str) -> &'static str {
    FileKind::parse(kind).unwrap_or(FileKind::Other).label(t)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::Deed;

    #[test]
    fn a_kind_is_read_back_and_an_unknown_one_is_guarded() {
        for kind in FileKind::ALL {
            assert_eq!(FileKind::parse(kind.code()), Some(kind));
        }
        let asks = |kind: FileKind| orders::asks(kind.code());
        assert_eq!(asks(FileKind::Other), Some(Deed::SeeCustomerPrices));
        assert_eq!(asks(FileKind::FactoryQuote), Some(Deed::SeeFactoryPrices));
        assert_eq!(asks(FileKind::Artwork), None);
        assert_eq!(orders::asks("issue"), Some(Deed::SeeCustomerPrices));
    }
}

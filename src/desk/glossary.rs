//! Glossary 术语表: the trade's words as the product uses them, in both languages, with what they mean here.

use crate::base::Lang;

/// One word of the trade.
pub(super) struct Term {
    /// `/help/terms#relay`
    pub anchor: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
    pub note_zh: &'static str,
    pub note_en: &'static str,
}

impl Term {
    pub(super) fn note(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.note_zh,
            Lang::En => self.note_en,
        }
    }
}

const fn term(
    anchor: &'static str,
    (zh, en): (&'static str, &'static str),
    note_zh: &'static str,
    note_en: &'static str,
) -> Term {
    Term {
        anchor,
        zh,
        en,
        note_zh,
        note_en,
    }
}

pub(super) const TERMS: &[Term] = &[
    term(
        "order-follow-up",
        ("跟单", "order follow-up"),
        "从样板单到退税，跟住一张订单的每一步。",
        "Seeing one order through every step, from the sample note to the tax rebate.",
    ),
    term(
        "order-file",
        ("订单档案", "order file"),
        "一张订单的全部：货物、条款、单证、传达和时间线。",
        "Everything of one order: goods, terms, documents, relays and its timeline.",
    ),
    term(
        "order-operator",
        ("跟单员", "order operator"),
        "跟进订单的人；只能看到自己订单的金额。",
        "Who follows the order; sees amounts of her own orders only.",
    ),
    term(
        "salesperson",
        ("业务员", "salesperson"),
        "负责客户的人；订单属于她的部门。",
        "Who looks after the customer; the order belongs to her department.",
    ),
    term(
        "business-manager",
        ("业务经理", "business manager"),
        "审批本部门单据的人；不能审批自己经手的。",
        "Decides the department's papers, never one she wrote, asked for or operates herself.",
    ),
    term(
        "deputy",
        ("代理人", "deputy"),
        "经理不在时代为审批，有起止日期，记录写明代谁决定。",
        "Decides for an absent manager between two days; the record says for whom.",
    ),
    term(
        "nine-steps",
        ("九个步骤", "nine steps"),
        "样板单、寄样、样品确认、形式发票、生产单、生产跟进、订舱报关、装运交单、结算退税。步骤由事实推动，不能拖动。",
        "Sample note, sample shipment, sample approval, proforma invoice, production order, production, booking and customs, shipping and payment, settlement and rebate. Facts move a step; nobody drags it.",
    ),
    term(
        "open-item",
        ("未了事项", "open item"),
        "还没有了结的一件事：该谁动、什么时候到期。",
        "One thing that is not settled: whose move it is, and until when.",
    ),
    term(
        "relay",
        ("传达", "relay"),
        "一方欠另一方的一个事实：听到、已传达、看过、回执、答复。没传达的事实会挡住它所在的步骤。",
        "A fact one side owes the other: heard, passed on, seen, acknowledged, answered. One that is not passed on holds its step.",
    ),
    term(
        "acknowledgement",
        ("回执", "acknowledgement"),
        "对方逐行确认收到并照办。",
        "The other side confirms, line by line, that it has read and will do so.",
    ),
    term(
        "audience",
        ("受众", "audience"),
        "谁可以看这段文字或文件。没有标明的只限内部。",
        "Who may read a text or a file. What carries no label is internal.",
    ),
    term(
        "repeat-order",
        ("翻单", "repeat order"),
        "同样的货再来一次；经理可以跳过样品步骤。",
        "The same goods again; the manager may skip the sample steps.",
    ),
    term(
        "sample-note",
        ("样板单", "sample note"),
        "给工厂打样的说明，写明客户的特殊要求，由经理签字。",
        "Tells the factory how to make the sample, with the customer's special wishes; signed by the manager.",
    ),
    term(
        "sample-approval",
        ("样品确认", "sample approval"),
        "客户对样品的答复：同意，或同意并带意见。",
        "The customer's answer to a sample: yes, or yes with comments.",
    ),
    term(
        "sealed-sample",
        ("封样", "sealed sample"),
        "双方签封、大货照做的样品。",
        "Signed and sealed by both sides; the goods are made like it.",
    ),
    term(
        "proforma-invoice",
        ("形式发票", "proforma invoice"),
        "简称 PI。我方发给客户确认的货物、价格和条款；确认后就是订单内容。",
        "PI for short. Goods, prices and terms we offer; once the customer confirms, it is what was ordered.",
    ),
    term(
        "revision",
        ("版本 r1 r2", "revision"),
        "同一单据的第几版。已确认的版本不改，只能由新版代替。",
        "Which version of one paper. A confirmed one is never edited, only replaced by the next.",
    ),
    term(
        "more-or-less",
        ("溢短装", "more or less"),
        "实际数量可以比订单多或少的百分比。",
        "By how many percent the shipped quantity may differ from the ordered one.",
    ),
    term(
        "incoterm",
        ("贸易术语", "Incoterm"),
        "买卖双方的费用和风险在哪里分界，如 FOB 宁波。",
        "Where cost and risk pass from seller to buyer, such as FOB Ningbo.",
    ),
    term(
        "t-t",
        ("电汇 T/T", "telegraphic transfer"),
        "客户经银行汇款，常见 30% 定金、70% 见提单副本。",
        "The customer pays by bank transfer, often 30% deposit and 70% against the copy of the bill of lading.",
    ),
    term(
        "letter-of-credit",
        ("信用证", "letter of credit"),
        "银行凭相符单据付款的承诺。",
        "A bank's promise to pay against documents that comply.",
    ),
    term(
        "production-order",
        ("生产单", "production order"),
        "下给工厂的大货通知：数量、质量要求、包装、交期。",
        "Tells the factory to make the goods: quantities, quality, packing, delivery date.",
    ),
    term(
        "hs-code",
        ("HS编码", "HS code"),
        "海关商品编号，中国出口报关用 10 位。",
        "Customs number of the goods; ten digits for Chinese export.",
    ),
    term(
        "shipping-marks",
        ("唛头", "shipping marks"),
        "印在外箱上的标记，收货人靠它认货。",
        "What is printed on the cartons so that the consignee finds his goods.",
    ),
    term(
        "etd",
        ("预计开航 ETD", "estimated time of departure"),
        "船预计离港的日期。",
        "When the vessel is expected to leave.",
    ),
    term(
        "bill-of-lading",
        ("提单", "bill of lading"),
        "承运人收到货物的凭证，客户凭它提货。",
        "The carrier's receipt for the goods; the customer collects them with it.",
    ),
    term(
        "foreign-exchange-settlement",
        ("结汇", "exchange settlement"),
        "把收到的外汇卖给银行换成人民币。",
        "Selling received foreign currency to the bank for yuan.",
    ),
    term(
        "tax-rebate",
        ("退税", "tax rebate"),
        "货物出口后，税务局退还进项增值税。",
        "After export the tax office pays back input VAT.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_term_has_an_anchor_of_its_own_and_words_in_both_languages() {
        let anchors: BTreeSet<&str> = TERMS.iter().map(|term| term.anchor).collect();
        assert_eq!(anchors.len(), TERMS.len());
        for term in TERMS {
            let words = [term.zh, term.en, term.note_zh, term.note_en];
            assert!(words.iter().all(|word| !word.is_empty()), "{}", term.anchor);
        }
    }
}

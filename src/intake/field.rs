//! Fields 栏目: what a column can hold, and the words customers and factories write over it.
//!
//! Words are compared without case, spaces and signs; a bilingual header (`Description / 品名`) is tried piece by piece.

use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::LazyLock;

use crate::grid::number::{self, half_width};

/// Whether a weight or volume is that of one carton or of the whole row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    Carton,
    Row,
    Unsaid,
}

/// What a column holds. `Size` is a column of size words, `SizeQuantity` the pieces of one size.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Position,
    Item,
    Description,
    Specification,
    Colour,
    Size,
    SizeQuantity(String),
    Quantity,
    Unit,
    UnitPrice,
    Amount,
    Delivery,
    HsCode,
    Barcode,
    Remark,
    CartonNumber,
    Cartons,
    PerCarton,
    GrossWeight(Per),
    NetWeight(Per),
    Volume(Per),
    CartonSize,
    /// Seen and left out on purpose.
    Ignored,
}

/// Whole headers; compared in their bare form.
static WHOLE: [(Field, &str); 20] = [
    (
        Field::Position,
        "pos position no line lineno sn sno 序号 行号 项次 序 ln posno",
    ),
    (
        Field::Item,
        "款号 货号 客户款号 客户货号 产品编号 产品型号 型号 编号 款式 商品编码 物料号 \
         料号 style styleno style# item# art# stylenumber itemno itemnumber item itemcode \
         art artno article articleno articlenumber artnr artikelnr sku model modelno \
         productcode partno ref refno reference",
    ),
    (
        Field::Description,
        "品名 产品名称 名称 商品名称 货物名称 货品名称 中文品名 英文品名 描述 产品描述 \
         货描 description descriptionofgoods itemname itemdescription productname product \
         goods commodity name bezeichnung",
    ),
    (
        Field::Specification,
        "规格 规格型号 产品规格 参数 材质 成分 spec specs specification specifications \
         material composition",
    ),
    (
        Field::Colour,
        "颜色 色号 花色 colour color colourname colorname colourcode colorcode farbe",
    ),
    (
        Field::Size,
        "尺码 尺寸 码数 号型 size sizes sizebreakdown sizeassortment 尺码明细 尺码分配 \
         größe",
    ),
    (
        Field::Quantity,
        "数量 总数 总数量 订单数量 总件数 件数 qty qtys q'ty quantity quantities pcs \
         pieces totalqty totalquantity orderqty totalpcs totalpieces menge \
         orderedquantity ttlqty ttlpcs",
    ),
    (Field::Unit, "单位 计量单位 unit units uom um einheit"),
    (
        Field::UnitPrice,
        "单价 价格 价钱 含税单价 price unitprice uprice up u/p fob fobprice cif cfr cost \
         unitcost preis pricepc priceperunit unitfob exw einzelpreis",
    ),
    (
        Field::Amount,
        "金额 总价 总金额 总额 小计金额 货值 amount totalamount totalprice totalvalue \
         value linetotal extendedprice betrag gesamtpreis lineamount amt",
    ),
    (
        Field::Delivery,
        "交期 交货期 交货日期 出货日期 船期 交货时间 delivery deliverydate shipdate \
         shipmentdate etd exfactory exfactorydate xfd duedate requireddate liefertermin \
         deliverytime crd",
    ),
    (
        Field::HsCode,
        "hscode hs hsno 海关编码 税号 hs编码 tariffno hts",
    ),
    (
        Field::Barcode,
        "ean ean13 eancode upc barcode 条码 条形码 gtin",
    ),
    (
        Field::Remark,
        "备注 说明 附注 remark remarks note notes comment comments bemerkung",
    ),
    (
        Field::CartonNumber,
        "箱号 箱序 箱序号 cartonno ctnno cartonnumber cno ctn# carton# c/no cartonnos \
         ctnnos caseno",
    ),
    (
        Field::Cartons,
        "箱数 总箱数 件数箱 ctns ctn cartons carton noofcartons noofctns totalctns \
         totalcartons ofctns cartonqty packages",
    ),
    (
        Field::PerCarton,
        "件/箱 件箱 每箱 每箱件数 每箱数量 装箱数 箱装 装箱率 单箱数量 pcs/ctn pcsctn \
         pcspercarton pcsperctn qtyctn qtypercarton percarton packing qtyperctn pccarton \
         pcscarton",
    ),
    (
        Field::CartonSize,
        "外箱尺寸 箱规 外箱规格 纸箱尺寸 箱子尺寸 cartonsize ctnsize cartondimension \
         cartondimensions cartonmeasurement dimension dimensions measurement meas lxwxh",
    ),
    (
        Field::GrossWeight(Per::Unsaid),
        "毛重 gw grossweight grosswt grossweightkg gwkg gwkgs",
    ),
    (
        Field::NetWeight(Per::Unsaid),
        "净重 nw netweight netwt netweightkg nwkg nwkgs",
    ),
];

/// Words that decide when they stand anywhere in a header; the longest one wins.
const WITHIN: [(Field, &str); 14] = [
    (
        Field::Item,
        "款号 货号 型号 styleno itemno articleno artno itemcode",
    ),
    (Field::Description, "品名 description 产品名称"),
    (Field::Colour, "颜色 colour color"),
    (Field::Quantity, "数量 quantity 总件数 qty q'ty"),
    (Field::UnitPrice, "单价 unitprice 价格 fobprice price"),
    (
        Field::Amount,
        "金额 总价 amount totalprice 总金额 totalvalue",
    ),
    (
        Field::Delivery,
        "交货期 交期 deliverydate 交货日期 shipmentdate shipdate",
    ),
    (Field::Remark, "备注 remark"),
    (Field::CartonNumber, "箱号 cartonno ctnno"),
    (Field::Cartons, "箱数 cartons noofctns"),
    (
        Field::PerCarton,
        "件/箱 每箱 pcs/ctn pcs/carton percarton perctn /ctn /箱",
    ),
    (
        Field::CartonSize,
        "外箱尺寸 箱规 cartonsize ctnsize measurement(cm meas(cm",
    ),
    (Field::GrossWeight(Per::Unsaid), "毛重 grossweight g.w"),
    (Field::NetWeight(Per::Unsaid), "净重 netweight n.w"),
];

/// The field a header names.
pub fn recognise(header: &str) -> Option<Field> {
    let header = half_width(header).to_lowercase();
    if header.chars().count() > 80 {
        return None;
    }
    let whole = bare(&without_money(&header));
    let pieces = header
        .split(['\n', '/', '|', '(', ')'])
        .map(|piece| bare(&without_money(piece)));
    let weight = weight(&header);
    if is_sum_word(&whole) && currency_of(&header).is_some() {
        return Some(Field::Amount);
    }
    weight
        .or_else(|| by_whole_word(&bare(&header)))
        .or_else(|| by_whole_word(&whole))
        .or_else(|| {
            pieces
                .filter(|piece| !piece.is_empty())
                .find_map(|piece| by_whole_word(&piece))
        })
        .or_else(|| within(&header))
}

/// The words in their bare form; where two fields claim one, the earlier has it.
static BARE: LazyLock<HashMap<String, &'static Field>> = LazyLock::new(|| {
    let mut bare_words = HashMap::new();
    for (field, words) in &WHOLE {
        for word in words.split_whitespace() {
            bare_words.entry(bare(word)).or_insert(field);
        }
    }
    bare_words
});

fn by_whole_word(word: &str) -> Option<Field> {
    BARE.get(word).map(|field| (*field).clone())
}

fn within(header: &str) -> Option<Field> {
    let close: String = header.chars().filter(|c| !c.is_whitespace()).collect();
    WITHIN
        .iter()
        .flat_map(|(field, words)| {
            words
                .split_whitespace()
                .map(move |word| (word.chars().count(), field, word))
        })
        .filter(|(_, _, word)| close.contains(word))
        .max_by_key(|(length, ..)| *length)
        .map(|(_, field, _)| field.clone())
}

/// Weights and volumes say in many ways whose they are.
fn weight(header: &str) -> Option<Field> {
    let close: String = header.chars().filter(|c| !c.is_whitespace()).collect();
    let has = |words: &[&str]| words.iter().any(|word| close.contains(word));
    let per = if has(&[
        "/箱",
        "每箱",
        "单箱",
        "/ctn",
        "/carton",
        "perctn",
        "percarton",
        "each",
    ]) {
        Per::Carton
    } else if has(&["总", "合计", "total", "ttl"]) {
        Per::Row
    } else {
        Per::Unsaid
    };
    let short = bare(header);
    if has(&["毛重", "grossweight", "grosswt", "g.w"]) || short.starts_with("gw") {
        return Some(Field::GrossWeight(per));
    }
    if has(&["净重", "netweight", "netwt", "n.w"]) || short.starts_with("nw") {
        return Some(Field::NetWeight(per));
    }
    has(&["体积", "cbm", "volume", "立方", "m³"]).then_some(Field::Volume(per))
}

/// The header without signs, spaces and case.
pub fn bare(text: &str) -> String {
    half_width(text)
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == '#')
        .collect()
}

/// The currency a header names: `Price USD`, `单价(US$)`.
pub fn currency_of(header: &str) -> Option<&'static str> {
    let header = half_width(header);
    header
        .split([' ', '(', ')', '/', '\n', ':', '-', '[', ']'])
        .find_map(|word| currency_word(word).flatten())
}

/// 元 alone in a header is a unit of account, `Price` is not a currency; only codes and clear signs count.
#[expect(
    clippy::option_option,
    reason = "no currency word, an unclear one and a clear one are three answers"
)]
fn currency_word(word: &str) -> Option<Option<&'static str>> {
    (!word.is_empty()).then(|| number::currency(word))?
}

fn without_money(header: &str) -> String {
    header
        .split([' ', '(', ')', '\n', ':', '[', ']'])
        .filter(|word| currency_word(word).is_none())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The unit a quantity's header names: `QTY (PCS)`, `数量(只)`.
pub fn unit_of(header: &str) -> Option<String> {
    let header = half_width(header);
    let inside = header
        .split_once('(')
        .and_then(|(_, rest)| rest.split_once(')'))
        .map(|(inside, _)| inside.trim());
    let word = inside.unwrap_or_else(|| header.trim());
    is_piece(word).then(|| word.to_owned())
}

/// Whether a unit counts whole things.
pub fn is_piece(unit: &str) -> bool {
    const PIECES: &str = "pc pcs piece pieces set sets pair pairs 只 个 件 套 双 台 条 stk ea";
    let unit = unit.trim().trim_end_matches('.').to_lowercase();
    PIECES.split(' ').any(|known| known == unit)
}

/// A header over several size columns, or over their sum.
pub fn is_size_group(header: &str) -> bool {
    matches!(recognise(header), Some(Field::Size | Field::Quantity))
        || bare(header).contains("size")
}

/// A header that means a sum; which one depends on its neighbours.
pub fn is_sum_word(header: &str) -> bool {
    matches!(
        bare(header).as_str(),
        "total" | "合计" | "总计" | "小计" | "sum" | "subtotal" | "summe" | "ttl" | "gesamt"
    )
}

/// A row that sums up other rows begins with such a word; `Grand Total:` and `合计 TOTAL` count too.
pub fn starts_a_total(text: &str) -> bool {
    const WORDS: [&str; 13] = [
        "total",
        "grandtotal",
        "subtotal",
        "合计",
        "总计",
        "小计",
        "共计",
        "总合计",
        "summe",
        "gesamt",
        "sum",
        "totals",
        "ttl",
    ];
    let word = bare(text);
    let rest = WORDS
        .iter()
        .filter_map(|known| word.strip_prefix(known))
        .min_by_key(|rest| rest.len());
    rest.is_some_and(|rest| {
        rest.is_empty()
            || number::currency(rest).is_some()
            || WORDS.contains(&rest)
            || matches!(
                bare(rest).as_str(),
                "amount" | "qty" | "pcs" | "quantity" | "金额" | "数量"
            )
    })
}

/// A size by itself: letters, children's ages, or one size for all.
pub fn is_size_word(text: &str) -> bool {
    let word = bare(text).to_uppercase();
    let letters = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let lettered = matches!(letters, "S" | "M" | "L") && word == letters
        || word.len() <= 5
            && letters
                .strip_suffix(['S', 'L'])
                .is_some_and(|x| !x.is_empty() && x.bytes().all(|b| b == b'X'));
    let aged = word.len() <= 5
        && word.starts_with(|c: char| c.is_ascii_digit())
        && matches!(letters, "T" | "Y" | "M");
    lettered
        || aged
        || matches!(
            word.as_str(),
            "OS" | "ONESIZE" | "FREE" | "FREESIZE" | "均码"
        )
}

/// A size by number (36, 38 …, 98, 104 …), to be believed only in a row of them.
pub fn is_size_number(text: &str) -> bool {
    text.trim()
        .parse::<u32>()
        .is_ok_and(|number| (16..=200).contains(&number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_known_in_both_languages_and_with_what_people_add() {
        for (field, headers) in [
            (Field::Position, "Pos"),
            (Field::Item, "Art. No.|款号|客户款号|Style #|Item no."),
            (Field::Description, "Description / 品名|Item name"),
            (Field::Colour, "Colour|颜色 Color"),
            (Field::Specification, "规格"),
            (Field::Quantity, "Q'ty|QTY (PCS)|数量(只)|总件数|PCS|ＱＴＹ"),
            (Field::Unit, "Unit"),
            (
                Field::UnitPrice,
                "Price USD|单价(USD)|U.P.|FOB|FOB Price (US$)|Unit Price FOB Ningbo",
            ),
            (Field::Amount, "Amount USD|金额|Total Amount"),
            (Field::Delivery, "交货期|Delivery date"),
            (Field::CartonNumber, "箱号|C/NO."),
            (Field::Cartons, "箱数|Ctns"),
            (Field::PerCarton, "件/箱|PCS/CTN"),
            (Field::GrossWeight(Per::Carton), "毛重/箱 KG"),
            (Field::GrossWeight(Per::Row), "总毛重"),
            (Field::GrossWeight(Per::Unsaid), "G.W."),
            (Field::NetWeight(Per::Carton), "净重/箱 KG"),
            (Field::NetWeight(Per::Unsaid), "N.W. (KGS)"),
            (Field::Volume(Per::Unsaid), "CBM"),
            (Field::CartonSize, "外箱尺寸 CM|Meas"),
            (Field::Size, "尺码|Sizes"),
            (Field::Remark, "备注"),
        ] {
            for header in headers.split('|') {
                assert_eq!(recognise(header), Some(field.clone()), "{header}");
            }
        }
    }

    #[test]
    fn words_that_are_no_headers_are_not_taken_for_one() {
        for unknown in [
            "",
            "S",
            "HT-2701",
            "White",
            "Hamburg",
            "1,200",
            "Lining",
            "Ladies knitted cardigan, 60% cotton",
        ] {
            assert_eq!(recognise(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn currencies_sizes_and_totals_are_known_by_their_words() {
        assert_eq!(currency_of("Price USD"), Some("USD"));
        assert_eq!(currency_of("单价(US$)"), Some("USD"));
        assert_eq!(currency_of("单价(元)"), Some("CNY"));
        assert_eq!(currency_of("Unit price"), None);
        assert_eq!(recognise("Total (USD)"), Some(Field::Amount));
        assert_eq!(unit_of("QTY (PCS)").as_deref(), Some("PCS"));
        assert_eq!(unit_of("数量（只）").as_deref(), Some("只"));
        assert_eq!(unit_of("Quantity"), None);
        for size in [
            "S", "m", "XL", "XXL", "2XL", "3XS", "XXS", "12M", "2T", "One size", "均码",
        ] {
            assert!(is_size_word(size), "{size}");
        }
        for other in ["SL", "", "Steel", "10", "LS", "ML", "1200S"] {
            assert!(!is_size_word(other), "{other}");
        }
        for total in [
            "TOTAL",
            "Grand Total:",
            "合计",
            "合计 TOTAL",
            "Total USD",
            "小计:",
            "Total amount",
        ] {
            assert!(starts_a_total(total), "{total}");
        }
        for other in [
            "Total comfort pillow",
            "",
            "Totally Spies mug",
            "Summer dress",
        ] {
            assert!(!starts_a_total(other), "{other}");
        }
    }
}

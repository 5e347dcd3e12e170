//! Partners: the factories and forwarders of the demo, with somebody to call at each, and where finance pays them.

use crate::base::{Channel, FactoryId, ForwarderId};
use crate::history::Act;
use crate::parties::contact::{self, Card};
use crate::parties::factory::{self, Factory};
use crate::parties::forwarder::{self, Forwarder};
use crate::parties::owner::Owner;
use crate::parties::payee::{self, Payee};
use crate::web::Result;
use std::collections::BTreeMap;

/// Short name, name, what it makes, whom one calls.
const FACTORIES: [(&str, &str, &str, &str); 10] = [
    ("qiming", "绍兴启明制衣厂（演示）", "服装", "俞建平"),
    ("lanzhi", "宁波澜织服饰（演示）", "服装", "章敏"),
    ("qifan", "义乌启帆箱包厂（演示）", "箱包", "楼经理"),
    ("hemu", "平湖禾木箱包（演示）", "箱包", "沈国良"),
    ("yuguang", "中山昱光照明（演示）", "灯具", "梁工"),
    ("xinglan", "余姚星澜电器（演示）", "灯具", "马工"),
    ("qinghe", "德化青禾陶瓷（演示）", "陶瓷", "赖工"),
    ("jinghe", "景德镇景和瓷业（演示）", "陶瓷", "余师傅"),
    ("zhuli", "安吉竹里家具（演示）", "家具", "郎经理"),
    ("muhe", "佛山和木家具（演示）", "家具", "何经理"),
];

/// Name in both scripts, what they are good at, whom one calls.
const FORWARDERS: [(&str, &str, &str, &str); 3] = [
    (
        "海翎国际货运（演示）",
        "Hailing Freight (Demo)",
        "宁波、深圳 → 欧洲",
        "林工",
    ),
    (
        "蓝桅物流（演示）",
        "Blue Mast Logistics (Demo)",
        "宁波、厦门 → 美洲",
        "苏敏",
    ),
    (
        "北灯货代（演示）",
        "North Lantern Forwarding (Demo)",
        "上海 → 日本、澳洲",
        "田野",
    ),
];

/// The name of a factory.
pub(super) fn factory_name(short: &str) -> Option<&'static str> {
    let mut all = FACTORIES.into_iter();
    all.find(|factory| factory.0 == short)
        .map(|factory| factory.1)
}

pub(super) async fn factories(act: &mut Act) -> Result<BTreeMap<&'static str, FactoryId>> {
    let mut ids = BTreeMap::new();
    for (short, name, products, who) in FACTORIES {
        let new = Factory {
            name_zh: name.to_owned(),
            products: products.to_owned(),
            lead_days: Some(45),
            ..Factory::default()
        };
        let id = factory::add(act, &new).await?;
        call(act, &Owner::factory(id.0), who).await?;
        ids.insert(short, id);
    }
    Ok(ids)
}

/// By their Chinese names.
pub(super) async fn forwarders(act: &mut Act) -> Result<BTreeMap<&'static str, ForwarderId>> {
    let mut ids = BTreeMap::new();
    for (name_zh, name_en, lanes, who) in FORWARDERS {
        let new = Forwarder {
            name_zh: name_zh.to_owned(),
            name_en: name_en.to_owned(),
            lanes: lanes.to_owned(),
            broker: true,
            ..Forwarder::default()
        };
        let id = forwarder::add(act, &new).await?;
        call(act, &Owner::forwarder(id.0), who).await?;
        ids.insert(name_zh, id);
    }
    Ok(ids)
}

async fn call(act: &mut Act, owner: &Owner, who: &str) -> Result<()> {
    let card = Card {
        name: who.to_owned(),
        channel: Channel::Wechat.code().to_owned(),
        lang: "zh-CN".to_owned(),
        ..Card::default()
    };
    contact::add(act, owner, &card).await?;
    Ok(())
}

/// Where finance pays the factories.
pub(super) async fn accounts(
    act: &mut Act,
    factories: &BTreeMap<&'static str, FactoryId>,
) -> Result<()> {
    for (place, (short, name, ..)) in (1..).zip(FACTORIES) {
        let Some(id) = factories.get(short) else {
            continue;
        };
        let new = Payee {
            holder: name.to_owned(),
            bank: "海屿商行（演示）".to_owned(),
            bic: String::new(),
            account: format!("6228 0000 0000 00{place:02}"),
            currency: "CNY".to_owned(),
        };
        payee::add(act, &Owner::factory(id.0), &new).await?;
    }
    Ok(())
}

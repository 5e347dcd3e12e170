//! Cards and rates of the demo: what finance keeps (exchange and rebate rates, accounts one pays to), and the products that
//! come again and again.

use super::cast::Cast;
use super::partners;
use super::telling::{clock, who};
use crate::catalog::product::{self, Product};
use crate::catalog::rate::{self, ExchangeRate, RebateRate, Treatment};
use crate::history::{self, Act};
use crate::web::{Answer, App, Result};
use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;

/// Days ago and RMB for a hundred dollars, as the bank prints it.
const DOLLAR: [(i64, i64); 8] = [
    (210, 70_770),
    (120, 70_810),
    (108, 70_835),
    (90, 70_860),
    (60, 70_905),
    (30, 70_920),
    (14, 70_895),
    (1, 70_880),
];

const CODES: [&str; 5] = [
    "6205909099",
    "6912001000",
    "9401690090",
    "4202920000",
    "9405210090",
];

/// Item, names, family, commodity code, declaration elements, pieces in a carton.
const PRODUCTS: [(&str, &str, &str, &str, &str, &str, i64); 6] = [
    (
        "AW-101",
        "Linen shirt, long sleeve",
        "长袖亚麻衬衫",
        "服装",
        "6205909099",
        "男式衬衫，100% 亚麻，机织",
        20,
    ),
    (
        "NL-S16",
        "Stoneware tableware, 16 pieces",
        "炻瓷餐具 16 件套",
        "陶瓷",
        "6912001000",
        "炻瓷餐具，餐桌用，无品牌",
        2,
    ),
    (
        "NL-P27",
        "Dinner plate 27 cm, speckled",
        "斑点釉餐盘 27 cm",
        "陶瓷",
        "6912001000",
        "炻瓷餐盘，餐桌用，无品牌",
        24,
    ),
    (
        "PH-F51",
        "Folding chair, beech",
        "山毛榉折叠椅",
        "家具",
        "9401690090",
        "折叠椅，木框架，无软垫",
        2,
    ),
    (
        "ML-20",
        "Cooler backpack 20 l",
        "保温背包 20 升",
        "箱包",
        "4202920000",
        "保温背包，涤纶",
        12,
    ),
    (
        "KM-400",
        "Stoneware mug 400 ml",
        "炻瓷马克杯 400 ml",
        "陶瓷",
        "6912001000",
        "炻瓷杯，餐桌用，无品牌",
        12,
    ),
];

pub(super) async fn enter(app: &App, now: DateTime<Utc>, cast: &Cast) -> Result<()> {
    for (ago, rate) in DOLLAR {
        let at = clock((app, now), (ago, 9));
        let by = who(app, "xu", at).await?;
        let mut act = history::begin_house(app, by).await?;
        let rate = ExchangeRate {
            currency: "USD".to_owned(),
            day: at.with_timezone(&app.config.zone).date_naive(),
            rate: Decimal::new(rate, 4),
            source: "甬屿银行（演示）现汇买入价".to_owned(),
        };
        rate::put_exchange(&mut act, &rate, "").await?;
        act.finish(Answer::to("/rates")).await?;
    }
    let at = clock((app, now), (120, 10));
    let by = who(app, "xu", at).await?;
    let mut act = history::begin_house(app, by).await?;
    let from = (now - TimeDelta::days(400)).date_naive();
    for code in CODES {
        let rate = RebateRate {
            id: crate::base::fresh(at),
            hs_code: code.to_owned(),
            from_day: from,
            until_day: None,
            vat_rate: Decimal::from(13),
            rebate_rate: Decimal::from(13),
            treatment: Treatment::Refund,
        };
        rate::add_rebate(&mut act, &rate).await?;
    }
    partners::accounts(&mut act, &cast.factories).await?;
    act.finish(Answer::to("/rates")).await?;
    let by = who(app, "shen", at).await?;
    let mut act = history::begin_house(app, by).await?;
    products(&mut act).await?;
    act.finish(Answer::to("/products")).await?;
    Ok(())
}

async fn products(act: &mut Act) -> Result<()> {
    for (item, english, chinese, family, code, elements, carton) in PRODUCTS {
        let new = Product {
            item_no: item.to_owned(),
            name_en: english.to_owned(),
            name_zh: chinese.to_owned(),
            family: family.to_owned(),
            hs_code: code.to_owned(),
            elements: elements.to_owned(),
            unit: if item == "NL-S16" { "sets" } else { "pcs" }.to_owned(),
            per_carton: Some(Decimal::from(carton)),
            ..Product::default()
        };
        product::add(act, &new).await?;
    }
    Ok(())
}

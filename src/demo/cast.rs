//! The cast: people, customers, factories, forwarders and banks of the demo company. All names are invented; addresses
//! end in `.example`.

use super::partners;
use crate::base::{
    CustomerId, DepartmentId, EntityId, FactoryId, ForwarderId, PersonId, Role, Roles,
};
use crate::history::Act;
use crate::parties::bank::{self, Bank};
use crate::parties::{account, customer, entity};
use crate::people::enrol::{self, Enrolment};
use crate::people::{department, deputy, password};
use crate::web::Result;
use crate::web::page::DEMO_PASSWORD;
use chrono::Days;
use std::collections::BTreeMap;

/// Who is who, by a short name.
pub(super) struct Cast {
    pub(super) entity: EntityId,
    pub(super) people: BTreeMap<&'static str, PersonId>,
    pub(super) customers: BTreeMap<&'static str, CustomerId>,
    pub(super) factories: BTreeMap<&'static str, FactoryId>,
    /// By their Chinese names.
    pub(super) forwarders: BTreeMap<&'static str, ForwarderId>,
}

/// Login, Chinese name, Latin name, role, department (0 Europe, 1 Americas and Asia), level of the departments led.
type Colleague = (
    &'static str,
    &'static str,
    &'static str,
    Role,
    Option<usize>,
    &'static [(usize, i16)],
);

/// Currency of the account with it, Chinese name, name on papers, SWIFT code.
const BANKS: [(&str, &str, &str, &str); 2] = [
    (
        "USD",
        "甬屿银行（演示）",
        "Yongyu Bank (Demo), Ningbo",
        "YYBKCNBJ",
    ),
    (
        "CNY",
        "海屿商行（演示）",
        "Haiyu Commercial Bank (Demo), Ningbo",
        "HYCBCNSH",
    ),
];

const PEOPLE: [Colleague; 11] = [
    (
        "shen",
        "沈小禾",
        "Shen Xiaohe",
        Role::OrderOperator,
        Some(0),
        &[],
    ),
    ("zhou", "周岚", "Zhou Lan", Role::Salesperson, Some(0), &[]),
    (
        "gu",
        "顾明川",
        "Gu Mingchuan",
        Role::Manager,
        Some(0),
        &[(0, 1)],
    ),
    ("xu", "许安", "Xu An", Role::Finance, None, &[]),
    ("lu", "陆今", "Lu Jin", Role::OrderOperator, Some(1), &[]),
    (
        "tang",
        "唐桐",
        "Tang Tong",
        Role::OrderOperator,
        Some(0),
        &[],
    ),
    ("he", "何奕", "He Yi", Role::Salesperson, Some(1), &[]),
    (
        "jiang",
        "江予宁",
        "Jiang Yuning",
        Role::Manager,
        Some(1),
        &[(1, 1)],
    ),
    (
        "qin",
        "秦牧之",
        "Qin Muzhi",
        Role::Manager,
        None,
        &[(0, 2), (1, 2)],
    ),
    ("fang", "方晓", "Fang Xiao", Role::Finance, None, &[]),
    (
        "admin",
        "系统管理员",
        "Administrator",
        Role::Admin,
        None,
        &[],
    ),
];

/// Short name, name, country, salesperson, contact, her address, port, terms.
type Buyer = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const CUSTOMERS: [Buyer; 10] = [
    (
        "alder",
        "Alder & Wren Outfitters Ltd",
        "GB",
        "zhou",
        "Emma Hale",
        "12 Mill Lane\nLeeds LS1 4AB\nUnited Kingdom",
        "Ningbo",
        "TT_30_70_COPY",
    ),
    (
        "nordhavn",
        "Nordhavn Living AB",
        "SE",
        "zhou",
        "Erik Lund",
        "Hamngatan 8\n411 14 Göteborg\nSweden",
        "Xiamen",
        "LC_SIGHT",
    ),
    (
        "melograno",
        "Casa Melograno Srl",
        "IT",
        "zhou",
        "Giulia Conti",
        "Via dei Tigli 21\n50123 Firenze\nItaly",
        "Ningbo",
        "TT_30_70_COPY",
    ),
    (
        "brightwell",
        "Brightwell Leuchten GmbH",
        "DE",
        "zhou",
        "Jonas Keller",
        "Speicherstraße 4\n20457 Hamburg\nGermany",
        "Ningbo",
        "TT_30_70_COPY",
    ),
    (
        "pine",
        "Pine Harbor Home Inc.",
        "US",
        "he",
        "Dana Brooks",
        "900 Harbor Drive\nPortland, OR 97201\nUSA",
        "Ningbo",
        "TT_30_70_COPY",
    ),
    (
        "komori",
        "Komori Zakka KK",
        "JP",
        "he",
        "Komori Aya",
        "3-8-1 Kitano-cho\nChuo-ku, Kobe\nJapan",
        "Kobe",
        "TT_30_70_COPY",
    ),
    (
        "tamarind",
        "Tamarind Bay Trading Pty Ltd",
        "AU",
        "he",
        "Ruth Walker",
        "17 Wharf Road\nFremantle WA 6160\nAustralia",
        "Ningbo",
        "TT_30_70_COPY",
    ),
    (
        "rimal",
        "Al Rimal Furnishings LLC",
        "AE",
        "he",
        "Omar Haddad",
        "Warehouse 12, Al Quoz\nDubai\nUnited Arab Emirates",
        "Jebel Ali",
        "LC_SIGHT",
    ),
    (
        "estrella",
        "Estrella Austral SpA",
        "CL",
        "he",
        "Camila Rojas",
        "Av. del Mar 450\nSan Antonio\nChile",
        "San Antonio",
        "LC_SIGHT",
    ),
    (
        "maple",
        "Maple Loop Goods Ltd",
        "CA",
        "he",
        "Noah Tremblay",
        "88 Front Street\nVancouver, BC\nCanada",
        "Ningbo",
        "TT_30_70_COPY",
    ),
];

/// Name of a customer, and whom one writes to there.
pub(super) fn buyer(short: &str) -> Option<(&'static str, &'static str)> {
    let mut all = CUSTOMERS.into_iter();
    let found = all.find(|buyer| buyer.0 == short)?;
    Some((found.1, found.4))
}

pub(super) async fn enter(act: &mut Act, zone: chrono_tz::Tz) -> Result<Cast> {
    let europe = department::open(act, ("欧洲部", "Europe")).await?;
    let americas = department::open(act, ("美亚部", "Americas & Asia")).await?;
    let people = people(act, [europe, americas]).await?;
    away(act, &people, zone).await?;
    let entity = house(act).await?;
    let customers = customers(act, &people).await?;
    let factories = partners::factories(act).await?;
    let forwarders = partners::forwarders(act).await?;
    Ok(Cast {
        entity,
        people,
        customers,
        factories,
        forwarders,
    })
}

async fn people(
    act: &mut Act,
    departments: [DepartmentId; 2],
) -> Result<BTreeMap<&'static str, PersonId>> {
    let password_hash = password::hash(DEMO_PASSWORD.to_owned()).await?;
    let mut ids = BTreeMap::new();
    for (login, name_zh, name_en, role, department, leads) in PEOPLE {
        let of = |place: usize| departments.get(place).copied();
        let leads: Vec<(DepartmentId, i16)> = leads
            .iter()
            .filter_map(|(place, level)| Some((of(*place)?, *level)))
            .collect();
        let new = Enrolment {
            email: &format!("{login}@hanyu.example"),
            name_zh,
            name_en,
            roles: Roles::new([role]),
            department: department.and_then(of),
            leads: &leads,
            password_hash: &password_hash,
        };
        ids.insert(login, enrol::colleague(act, &new).await?);
    }
    Ok(ids)
}

/// 江予宁 is away from the day of loading to three days later; 顾明川 decides for her.
async fn away(
    act: &mut Act,
    people: &BTreeMap<&'static str, PersonId>,
    zone: chrono_tz::Tz,
) -> Result<()> {
    let today = act.by.at.with_timezone(&zone).date_naive();
    let until = today.checked_add_days(Days::new(3)).unwrap_or(today);
    if let (Some(jiang), Some(gu)) = (people.get("jiang"), people.get("gu")) {
        let naming = deputy::Naming {
            deputy: *gu,
            from: today,
            until,
        };
        deputy::name(act, *jiang, &naming).await?;
    }
    Ok(())
}

async fn house(act: &mut Act) -> Result<EntityId> {
    let entity = entity::add(
        act,
        &entity::Entity {
            prefix: "HY".to_owned(),
            name_zh: "宁波瀚屿进出口（演示）有限公司".to_owned(),
            name_en: "Ningbo Hanyu Import & Export (Demo) Co., Ltd.".to_owned(),
            address_zh: "宁波市海曙区演示路 8 号".to_owned(),
            address_en: "No. 8 Yanshi Road, Haishu District, Ningbo, China".to_owned(),
            phone: "0574 5550 0100".to_owned(),
            email: "office@hanyu.example".to_owned(),
            ..entity::Entity::default()
        },
    )
    .await?;
    for (currency, name_zh, name_en, bic) in BANKS {
        let card = Bank {
            name_zh: name_zh.to_owned(),
            name_en: name_en.to_owned(),
            country: "CN".to_owned(),
            address: "Ningbo, China".to_owned(),
            bic: bic.to_owned(),
        };
        let card = bank::add(act, &card).await?;
        let new = account::BankAccount {
            entity: Some(entity),
            name: format!("{name_zh} {currency}"),
            currency: currency.to_owned(),
            beneficiary: "Ningbo Hanyu Import & Export (Demo) Co., Ltd.".to_owned(),
            bank_card: Some(card),
            bank: name_en.to_owned(),
            bank_address: "Ningbo, China".to_owned(),
            bic: bic.to_owned(),
            account: "4512 0000 0000 26".to_owned(),
        };
        account::add(act, &new).await?;
    }
    Ok(entity)
}

async fn customers(
    act: &mut Act,
    people: &BTreeMap<&'static str, PersonId>,
) -> Result<BTreeMap<&'static str, CustomerId>> {
    let mut ids = BTreeMap::new();
    for (short, name, country, salesperson, contact, address, place, terms) in CUSTOMERS {
        let new = customer::Customer {
            name_en: name.to_owned(),
            country: country.to_owned(),
            address_en: address.to_owned(),
            currency: "USD".to_owned(),
            incoterm: if matches!(short, "komori" | "rimal") {
                "CIF"
            } else {
                "FOB"
            }
            .to_owned(),
            place: place.to_owned(),
            terms: terms.to_owned(),
            paper_lang: "en".to_owned(),
            requirements: if short == "alder" {
                "每件挂 GOTS 吊牌".to_owned()
            } else {
                String::new()
            },
            salesperson: people.get(salesperson).copied(),
            first_contact: (contact.to_owned(), format!("{short}@customer.example")),
            ..customer::Customer::default()
        };
        ids.insert(short, customer::add(act, &new).await?);
    }
    Ok(ids)
}

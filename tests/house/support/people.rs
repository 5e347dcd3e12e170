//! The cast 演员表: two of everything, so that a leak has somewhere to leak to.

use gendan::base::{DepartmentId, PersonId, Role, Roles, Staff};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use uuid::Uuid;

/// A colleague of the test company.
pub struct Person {
    pub login: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
    pub role: Role,
    /// `eu` 欧洲部 or `us` 美亚部
    pub department: &'static str,
    /// Level at which each department is led.
    pub leads: &'static [(&'static str, i16)],
}

const fn person(
    login: &'static str,
    (zh, en): (&'static str, &'static str),
    role: Role,
    department: &'static str,
    leads: &'static [(&'static str, i16)],
) -> Person {
    Person {
        login,
        zh,
        en,
        role,
        department,
        leads,
    }
}

use Role::{Admin, Finance, Manager, OrderOperator, Salesperson};

pub const CAST: &[Person] = &[
    person("zhou", ("周岚", "Zhou Lan"), Salesperson, "eu", &[]),
    person("he", ("何奕", "He Yi"), Salesperson, "us", &[]),
    person("shen", ("沈小禾", "Shen Xiaohe"), OrderOperator, "eu", &[]),
    person("lu", ("陆今", "Lu Jin"), OrderOperator, "us", &[]),
    person("tang", ("唐桐", "Tang Tong"), OrderOperator, "eu", &[]),
    person(
        "gu",
        ("顾明川", "Gu Mingchuan"),
        Manager,
        "eu",
        &[("eu", 1)],
    ),
    person(
        "jiang",
        ("江予宁", "Jiang Yuning"),
        Manager,
        "us",
        &[("us", 1)],
    ),
    person(
        "qin",
        ("秦牧之", "Qin Muzhi"),
        Manager,
        "",
        &[("eu", 2), ("us", 2)],
    ),
    person("xu", ("许安", "Xu An"), Finance, "", &[]),
    person("fang", ("方晓", "Fang Xiao"), Finance, "", &[]),
    person("admin", ("系统管理员", "Admin"), Admin, "", &[]),
];

/// The same id for the same name in every test.
pub fn id(name: &str) -> Uuid {
    let hash = Sha256::digest(format!("cast:{name}"));
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

pub(super) fn find(login: &str) -> &'static Person {
    CAST.iter()
        .find(|person| person.login == login)
        .unwrap_or_else(|| panic!("nobody in the cast is called {login}"))
}

impl Person {
    /// Whether she opens orders, by her role in the cast.
    pub(super) fn opens_orders(&self) -> bool {
        matches!(self.role, Salesperson | OrderOperator)
    }

    pub(super) fn staff(&self) -> Staff {
        Staff {
            id: PersonId(id(self.login)),
            name_zh: self.zh.to_owned(),
            name_en: self.en.to_owned(),
            roles: Roles::new([self.role]),
            department: (!self.department.is_empty()).then(|| DepartmentId(id(self.department))),
            leads: self
                .leads
                .iter()
                .map(|(led, _)| DepartmentId(id(led)))
                .collect(),
            stands_in: Vec::new(),
        }
    }
}

/// The cast as statements of the owner; the acts that add people and parties have tests of their own.
pub(super) fn statements() -> String {
    let mut sql = String::new();
    departments_and_people(&mut sql);
    customers_and_factories(&mut sql);
    company(&mut sql);
    sql
}

fn departments_and_people(sql: &mut String) {
    for (code, zh, en) in [
        ("eu", "欧洲部", "Europe"),
        ("us", "美亚部", "Americas and Asia"),
    ] {
        let id = id(code);
        writeln!(
            sql,
            "insert into department (id, name_zh, name_en) values ('{id}', '{zh}', '{en}');"
        )
        .unwrap();
    }
    for person in CAST {
        let own = id(person.login);
        let department = match person.department {
            "" => "null".to_owned(),
            code => format!("'{}'", id(code)),
        };
        writeln!(
            sql,
            "insert into person (id, email, name_zh, name_en, roles, department, status, password_hash, created_at)
             values ('{own}', '{}@hanyu.example', '{}', '{}', array['{}'], {department}, 'active', 'none',
                 '2026-01-05T01:00:00Z');",
            person.login,
            person.zh,
            person.en,
            person.role.code(),
        )
        .unwrap();
        for (led, level) in person.leads {
            let led = id(led);
            writeln!(
                sql,
                "insert into department_lead (department, person, level) values ('{led}', '{own}', {level});"
            )
            .unwrap();
        }
    }
}

fn customers_and_factories(sql: &mut String) {
    for (code, name, country, port, salesperson) in [
        (
            "nordhavn-living",
            "Nordhavn Living AB",
            "SE",
            "Gothenburg",
            "zhou",
        ),
        (
            "pine-harbor",
            "Pine Harbor Home Inc.",
            "US",
            "Los Angeles",
            "he",
        ),
    ] {
        writeln!(
            sql,
            "insert into customer (id, code, name_en, country, search, address_en, place, salesperson)
             values ('{}', '{code}', '{name}', '{country}', lower('{name}'), '1 Harbour Street, {port}', 'Ningbo', '{}');",
            id(code),
            id(salesperson),
        )
        .unwrap();
    }
    for (code, name) in [("qiming", "启明制衣"), ("hemu", "禾木箱包")] {
        writeln!(
            sql,
            "insert into factory (id, code, name_zh, search) values ('{}', '{code}', '{name}', '{name}');",
            id(code)
        )
        .unwrap();
    }
}

fn company(sql: &mut String) {
    writeln!(
        sql,
        "insert into legal_entity (id, prefix, name_zh, name_en, address_en) values ('{}', 'HY',
             '宁波瀚屿进出口（演示）有限公司', 'Ningbo Hanyu Import & Export (Demo) Co., Ltd.', '8 Quay Road, Ningbo');
         insert into bank_account (id, entity, name, currency, beneficiary, bank, bic, account) values ('{}', '{}',
             '甬屿美元户', 'USD', 'Ningbo Hanyu Import & Export (Demo) Co., Ltd.', 'Yongyu Bank (Demo)', 'YONGCNBN',
             '3301550100');",
        id("HY"),
        id("usd"),
        id("HY"),
    )
    .unwrap();
}

//! Roles 角色: what a person is in the company. A person may hold several.

use super::T;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 业务员
    Salesperson,
    /// 跟单员
    OrderOperator,
    /// 业务经理
    Manager,
    /// 财务
    Finance,
    /// 管理员: users, settings, master data; no order and no trade deed
    Admin,
}

impl Role {
    pub const ALL: [Self; 5] = [
        Self::Salesperson,
        Self::OrderOperator,
        Self::Manager,
        Self::Finance,
        Self::Admin,
    ];

    /// Who works orders; the administrator does not.
    pub const TRADES: [Self; 4] = [
        Self::Salesperson,
        Self::OrderOperator,
        Self::Manager,
        Self::Finance,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Salesperson => "salesperson",
            Self::OrderOperator => "order_operator",
            Self::Manager => "manager",
            Self::Finance => "finance",
            Self::Admin => "admin",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == text)
    }

    pub fn label(self, t: T) -> &'static str {
        match self {
            Self::Salesperson => t.people_role_salesperson(),
            Self::OrderOperator => t.people_role_order_operator(),
            Self::Manager => t.people_role_manager(),
            Self::Finance => t.people_role_finance(),
            Self::Admin => t.people_role_admin(),
        }
    }
}

/// The roles one person holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roles(Vec<Role>);

impl Roles {
    pub fn new(roles: impl IntoIterator<Item = Role>) -> Self {
        let mut roles: Vec<Role> = roles.into_iter().collect();
        roles.sort_unstable();
        roles.dedup();
        Self(roles)
    }

    /// Reads the codes kept in the database; a word we do not know gives nobody a right.
    pub fn from_codes(codes: &[String]) -> Self {
        Self::new(codes.iter().filter_map(|code| Role::parse(code)))
    }

    pub fn codes(&self) -> Vec<String> {
        self.0.iter().map(|role| role.code().to_owned()).collect()
    }

    pub fn has(&self, role: Role) -> bool {
        self.0.contains(&role)
    }

    pub fn any_of(&self, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.has(*role))
    }

    pub fn iter(&self) -> impl Iterator<Item = Role> + '_ {
        self.0.iter().copied()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

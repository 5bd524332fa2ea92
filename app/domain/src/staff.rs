//! Who works here (M1). Roles are sets: in a salon of three people one person holds several.

use crate::{Name, StaffId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 老板
    Owner,
    /// 店长 (M1-01)
    StoreManager,
    /// 运营经理 (M1-03)
    OperationsManager,
    /// 美容顾问 (M1-04, M1-05)
    Consultant,
    /// 美容师 (M1-06, M1-07)
    Beautician,
    /// 客服专员 (M1-08)
    Clerk,
    /// 产品管理专员 (M1-09)
    ProductClerk,
    /// 后勤支持人员 (M1-10)
    Support,
    /// 数据分析师 (M1-11)
    Analyst,
}

impl Role {
    pub const ALL: [Self; 9] = [
        Self::Owner,
        Self::StoreManager,
        Self::OperationsManager,
        Self::Consultant,
        Self::Beautician,
        Self::Clerk,
        Self::ProductClerk,
        Self::Support,
        Self::Analyst,
    ];

    /// May enrol devices, add people and furnish the salon.
    pub const fn is_manager(self) -> bool {
        matches!(self, Self::Owner | Self::StoreManager | Self::OperationsManager)
    }

    /// The word of the wire and the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::StoreManager => "store_manager",
            Self::OperationsManager => "operations_manager",
            Self::Consultant => "consultant",
            Self::Beautician => "beautician",
            Self::Clerk => "clerk",
            Self::ProductClerk => "product_clerk",
            Self::Support => "support",
            Self::Analyst => "analyst",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: StaffId,
    pub name: Name,
    pub roles: BTreeSet<Role>,
    pub is_active: bool,
}

impl Person {
    pub fn is_manager(&self) -> bool {
        self.is_active && self.roles.iter().any(|role| role.is_manager())
    }

    /// May release what needs a senior: the consultant in charge, or a manager.
    pub fn is_senior(&self) -> bool {
        self.is_manager() || self.is_active && self.roles.contains(&Role::Consultant)
    }
}

/// What a device is for; chosen by a manager when it is enrolled, the same for everybody who uses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviceScope {
    Treatment,
    Desk,
    Management,
}

impl DeviceScope {
    pub const ALL: [Self; 3] = [Self::Treatment, Self::Desk, Self::Management];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Treatment => "treatment",
            Self::Desk => "desk",
            Self::Management => "management",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.word() == word)
    }

    /// Seconds without a touch after which the screen locks itself.
    pub const fn idle_seconds(self) -> u32 {
        match self {
            Self::Treatment => 10 * 60,
            Self::Desk | Self::Management => 90,
        }
    }
}

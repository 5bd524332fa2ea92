//! The demo salon itself: people of every role, rooms, services.

use super::dice::lasting_id;
use domain::{Role, RoomId, ServiceId, StaffId};

pub const NAME: &str = "心颜演示店";

pub const PEOPLE: [(&str, Role); 12] = [
    ("王秀兰", Role::Owner),
    ("陈静", Role::StoreManager),
    ("赵雅琴", Role::OperationsManager),
    ("李婉清", Role::Consultant),
    ("孙若彤", Role::Consultant),
    ("林静", Role::Beautician),
    ("周小梅", Role::Beautician),
    ("吴佳怡", Role::Beautician),
    ("郑晓芸", Role::Clerk),
    ("冯丽", Role::ProductClerk),
    ("吴姐", Role::Support),
    ("何思源", Role::Analyst),
];

pub const ROOMS: [&str; 4] = ["玉兰", "茉莉", "芍药", "百合"];

pub const SERVICES: [(&str, u16); 6] = [
    ("补水保湿护理", 60),
    ("舒缓修复护理", 75),
    ("深层清洁护理", 60),
    ("眼部护理", 45),
    ("肩颈芳香疏通", 50),
    ("抗衰紧致护理", 90),
];

pub fn person(number: usize) -> StaffId {
    StaffId::new(lasting_id("person", number))
}

pub fn room(number: usize) -> RoomId {
    RoomId::new(lasting_id("room", number))
}

pub fn service(number: usize) -> ServiceId {
    ServiceId::new(lasting_id("service", number))
}

/// The numbers of those who hold a role.
pub fn with_role(role: Role) -> Vec<usize> {
    PEOPLE.iter().enumerate().filter(|(_, (_, has))| *has == role).map(|(number, _)| number).collect()
}

pub const OWNER: usize = 0;

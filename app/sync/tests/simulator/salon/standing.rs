//! What stands before anybody comes in: who works there, and one product on the shelf.

use domain::{
    Batch, BatchId, BranchId, ClockOffset, Moment, Name, Person, Product, ProductClass, ProductId, Role, SafetyRules, Salon,
    Settings, StaffId,
};
use std::collections::BTreeMap;
use uuid::Uuid;

pub fn of(staff: &[(StaffId, Role)]) -> Salon {
    let person = |(id, role): &(StaffId, Role)| {
        (*id, Person { id: *id, name: Name::new("林静").unwrap(), roles: [*role].into(), is_active: true })
    };
    let product = ProductId::new(Uuid::from_u128(1));
    let peeling = Product {
        name: Name::new("果酸焕肤液").unwrap(),
        class: ProductClass::Acid,
        ingredients: [].into(),
        months_after_opening: None,
        needs_patch_test: false,
    };
    let batch = Batch {
        product,
        number: Name::new("A-1").unwrap(),
        expires_on: ClockOffset::default().day(Moment(365 * 24 * 3_600_000)),
        opened_on: None,
        is_recalled: false,
    };
    Salon {
        branch: BranchId::new(Uuid::nil()),
        name: Name::new("梧桐路店").unwrap(),
        is_demo: false,
        settings: Settings {
            offset: ClockOffset::default(),
            confirm_hours_before: 24,
            complaint_follow_up_days: 3,
            may_restart_offline: true,
        },
        staff: staff.iter().map(person).collect(),
        rooms: BTreeMap::new(),
        services: BTreeMap::new(),
        products: [(product, peeling)].into(),
        batches: [(BatchId::new(Uuid::from_u128(2)), batch)].into(),
        instruments: BTreeMap::new(),
        rules: SafetyRules::default(),
    }
}

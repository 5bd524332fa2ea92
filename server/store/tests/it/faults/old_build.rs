//! A tablet that lay in a cupboard: what a build of long ago left in its outbox is taken in by today's.

use crate::shop::{NOW, name, on_each_engine, outcomes};
use domain::{CustomerId, DeviceId, DeviceScope, Dot, Moment, Role, Seq, StaffId};
use store::NewPerson;
use sync::{Outcome, Push, Sealed};
use uuid::Uuid;

/// As that build wrote them: one line an entry, sealed with the keys of its device and author under the salon's key of these tests. A file is
/// added for every schema, and none is ever changed.
const OUTBOXES: [&str; 1] = [include_str!("../fixtures/outbox-schema-1.jsonl")];

const DEVICE: Uuid = Uuid::from_u128(0x018c_2c5e_7b1e_7000_8000_0000_0000_0008);
const AUTHOR: Uuid = Uuid::from_u128(0x018c_2c5e_7b1e_7000_8000_0000_0000_0005);
const CUSTOMER: Uuid = Uuid::from_u128(0x018c_2c5e_7b1e_7000_8000_0000_0000_0001);

#[tokio::test(flavor = "multi_thread")]
async fn f35_an_outbox_of_an_old_build_is_taken_in_whole_after_sixty_days() {
    for outbox in OUTBOXES {
        on_each_engine(async |shop| {
            let author = NewPerson {
                id: StaffId::new(AUTHOR),
                name: name("林静"),
                roles: [Role::StoreManager].into(),
                password_hash: None,
            };
            shop.store.add_person(author, NOW).await.unwrap();
            let mut tablet = shop.tablet(DeviceScope::Management).await;
            let mut entries = Vec::new();
            for line in outbox.lines() {
                let old: Sealed = serde_json::from_str(line).unwrap();
                let dot = Dot { device: DeviceId::new(DEVICE), seq: old.seq };
                entries.push(Sealed { seq: tablet.next, sealed_as: Some(dot), ..old });
                tablet.next = tablet.next.next();
            }
            let much_later = Moment(NOW.0 + 60 * 24 * 3_600_000);
            let push = Push { epoch: None, oldest: Seq(1), entries, device: None };
            let pushed = shop.store.perform(&shop.keys, &tablet.device, push, much_later).await.unwrap();
            let settled = outcomes(&pushed);
            assert!(
                settled.len() > 10 && settled.iter().all(|outcome| matches!(outcome, Outcome::Applied { .. })),
                "{settled:?}"
            );
            let file = shop.file(CustomerId::new(CUSTOMER)).await;
            assert_eq!((file.name().cloned(), file.notes.len(), file.visits.len()), (Some(name("林晓雨")), 1, 1));
            assert_eq!(file.added.by, StaffId::new(AUTHOR));
            shop.is_sound().await;
        })
        .await;
    }
}

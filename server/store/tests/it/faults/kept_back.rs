//! What the salon can't take in yet, or not as it is: kept, in sight, and in nobody's way.

use crate::shop::{NOW, add, customer_id, name, note, on_each_engine, only, outcomes};
use domain::{Action, DeviceScope, Moment, Role, Room, RoomId, Seq, Unfit, Version};
use store::FailPoint;
use sync::{Envelope, Header, Outcome, SCHEMA};
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn f36_what_a_newer_tablet_recorded_waits_for_the_server_to_be_renewed() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let mut header = tablet.header(shop.manager, Version(0));
        header.schema = SCHEMA + 1;
        let mut bytes = serde_json::to_value(header).unwrap();
        bytes["action"] = serde_json::json!({ "read_her_palm": {} });
        let entry = tablet.seal_bytes(shop.manager, &header, bytes.to_string().as_bytes());
        let after = tablet.seal(shop.manager, Version(0), &add(customer_id(), "周敏"));
        let head = shop.store.head().await.unwrap();

        let pushed = shop.push(&tablet, vec![entry, after]).await;

        assert_eq!(outcomes(&pushed), [Outcome::RetryLater]);
        assert_eq!(shop.store.head().await.unwrap(), head);
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f38_after_a_restore_what_no_device_holds_any_more_is_recorded_as_lost() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        shop.adds(&mut tablet, "林晓雨").await;
        let epoch = shop.store.begin_epoch(Moment(NOW.0 + 1)).await.unwrap();
        // Of 2 to 99 it still holds three.
        let mut entry = |seq: i64| {
            tablet.next = Seq(seq);
            tablet.seal(shop.manager, Version(0), &add(customer_id(), "周敏"))
        };
        let (first, second, later) = (vec![entry(80), entry(81), entry(90)], vec![entry(95)], entry(99));

        let told = shop.push(&tablet, first.clone()).await;
        assert_eq!((told.epoch, told.settled.len()), (epoch, 0));
        tablet.epoch = told.epoch;
        let taken = [shop.push(&tablet, first).await, shop.push(&tablet, second).await];

        assert!(taken.iter().flat_map(outcomes).all(|outcome| matches!(outcome, Outcome::Applied { .. })));
        assert_eq!(shop.store.next_seq(tablet.device.id).await, Ok(Seq(96)));
        shop.is_sound().await;

        // Once it hands in what was made since, a gap is a gap again.
        let since = Moment(NOW.0 + 48 * 3_600_000);
        tablet.next = Seq(96);
        let header = Header { claimed_at: since, ..tablet.header(shop.manager, Version(0)) };
        let envelope = Envelope { header, action: add(customer_id(), "吴芳") };
        let made_since = tablet.seal_bytes(shop.manager, &header, &serde_json::to_vec(&envelope).unwrap());
        assert!(matches!(only(shop.push(&tablet, vec![made_since]).await), Outcome::Applied { .. }));
        assert_eq!(only(shop.push(&tablet, vec![later]).await), Outcome::Gap { expected: Seq(97) });
        assert_eq!(shop.store.devices().await.unwrap()[0].last_seq, Seq(96));
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f41_an_entry_that_the_program_falls_over_is_set_aside_and_the_rest_goes_in() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let entries: Vec<_> =
            (0..3).map(|n| tablet.seal(shop.manager, Version(0), &add(customer_id(), &format!("客{n}")))).collect();
        shop.store.fail_at(FailPoint::Poison(0));

        let pushed = shop.push(&tablet, entries).await;

        assert_eq!(pushed.settled[0].outcome, Outcome::Quarantined { reason: Unfit::ProgramFailed });
        assert!(pushed.settled[1..].iter().all(|settled| matches!(settled.outcome, Outcome::Applied { .. })));
        let aside = shop.store.quarantine().await.unwrap();
        assert_eq!(aside.len(), 1);
        assert_eq!((aside[0].seq, aside[0].author, aside[0].kind.as_deref()), (Seq(1), Some(shop.manager), Some("add_customer")));
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f41_an_entry_that_the_database_refuses_is_set_aside_and_the_rest_goes_in() {
    on_each_engine(async |shop| {
        let mut tablet = shop.tablet(DeviceScope::Management).await;
        let lin = shop.adds(&mut tablet, "林晓雨").await;
        // It has room for one such mutation: the second is refused only when the batch is written.
        let rule = "create unique index refuses on mutation (branch_id) where envelope like '%拒收%'";
        sqlx::query(rule).execute(&mut shop.raw().await).await.unwrap();
        let words = ["一", "拒收一", "二", "拒收二", "三"];
        let entries: Vec<_> = words.iter().map(|words| tablet.seal(shop.manager, Version(9), &note(lin, words))).collect();
        let room = Action::FurnishRoom { room: RoomId::new(Uuid::now_v7()), is: Room { name: name("拒收房") } };
        let room = tablet.seal(shop.manager, Version(9), &room);
        let last = tablet.seal(shop.manager, Version(9), &add(customer_id(), "周敏"));
        let salon = shop.store.salon().await.unwrap();

        let pushed = shop.push(&tablet, entries.into_iter().chain([room, last]).collect()).await;

        let fallen = Outcome::Quarantined { reason: Unfit::ProgramFailed };
        let is_fallen: Vec<bool> = outcomes(&pushed).iter().map(|outcome| *outcome == fallen).collect();
        assert_eq!(is_fallen, [false, false, false, true, false, true, false]);
        assert_eq!(shop.file(lin).await.notes.len(), 4);
        assert_eq!(shop.store.salon().await.unwrap(), salon);
        assert_eq!(shop.store.quarantine().await.unwrap().len(), 2);
        assert_eq!(shop.store.customers_count().await, Ok(2));
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f43_what_she_wrote_before_she_left_waits_for_a_manager() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let lin = shop.adds(&mut tablet, "林晓雨").await;
        let may = shop.hire("小梅", &[Role::Beautician]).await;
        let entry = tablet.seal(may, Version(9), &note(lin, "左脸颊泛红"));
        shop.store.disable_person(may, NOW).await.unwrap();
        assert_eq!(only(shop.push(&tablet, vec![entry]).await), Outcome::Quarantined { reason: Unfit::AuthorLeft });
        assert_eq!(shop.store.quarantine().await.unwrap()[0].author, Some(may));
        shop.is_sound().await;
    })
    .await;
}

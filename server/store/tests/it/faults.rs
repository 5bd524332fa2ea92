//! Whatever breaks on the way: nothing is lost, nothing is done twice.

use crate::shop::{NOW, add, customer_id, name, note, on_each_engine, only, outcomes};
use domain::{
    Action, AllergyTag, DeviceScope, Moment, NewCustomer, Phone, ProfileField, ProfileValue, Question, Role, Room, RoomId, Said,
    Seq, Shown, Unfit, Version, Why,
};
use sqlx::Connection;
use std::time::Duration;
use store::{FailPoint, StoreError};
use sync::{Envelope, Header, Outcome, SCHEMA};
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn f1_a_lost_reply_is_answered_again_with_the_first_answer() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let lin = customer_id();
        let entry = tablet.seal(shop.manager, Version(0), &add(lin, "林晓雨"));
        shop.store.fail_at(FailPoint::AfterCommit);
        let lost = shop.store.perform(&shop.keys, &tablet.device, tablet.push(vec![entry.clone()]), NOW).await;
        assert_eq!(lost, Err(StoreError::Interrupted));

        let again = shop.push(&tablet, vec![entry]).await;

        assert!(again.settled[0].is_repeat);
        assert_eq!(again.settled[0].outcome, Outcome::Applied { version: shop.file(lin).await.version });
        assert_eq!(shop.store.customers_count().await, Ok(1));
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f2_what_was_not_committed_never_happened() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let lin = customer_id();
        let entry = tablet.seal(shop.manager, Version(0), &add(lin, "林晓雨"));
        let before = shop.store.head().await.unwrap();
        shop.store.fail_at(FailPoint::BeforeCommit);
        let lost = shop.store.perform(&shop.keys, &tablet.device, tablet.push(vec![entry.clone()]), NOW).await;
        assert_eq!(lost, Err(StoreError::Interrupted));
        assert_eq!(shop.store.head().await.unwrap(), before);
        shop.is_sound().await;

        let again = shop.push(&tablet, vec![entry]).await;

        assert!(!again.settled[0].is_repeat);
        assert_eq!(shop.store.customers_count().await, Ok(1));
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f3_a_batch_cut_in_the_middle_goes_in_whole_the_next_time_and_in_order() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let entries: Vec<_> =
            (0..200).map(|n| tablet.seal(shop.manager, Version(0), &add(customer_id(), &format!("客{n}")))).collect();
        shop.store.fail_at(FailPoint::Item(117));
        let lost = shop.store.perform(&shop.keys, &tablet.device, tablet.push(entries.clone()), NOW).await;
        assert_eq!(lost, Err(StoreError::Interrupted));

        let pushed = shop.push(&tablet, entries).await;

        let versions: Vec<i64> = outcomes(&pushed)
            .into_iter()
            .map(|outcome| match outcome {
                Outcome::Applied { version } => version.0,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(versions.len(), 200);
        assert!(versions.is_sorted());
        assert_eq!(shop.store.customers_count().await, Ok(200));
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f8_a_database_that_another_program_holds_is_busy_and_nothing_is_lost() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let hasty = shop.beside(Duration::from_millis(200)).await;
        let entry = tablet.seal(shop.manager, Version(0), &add(customer_id(), "林晓雨"));
        let mut other = shop.raw().await;
        let begin = if shop.engine == "sqlite" { "begin immediate" } else { "begin" };
        let mut held = other.begin_with(begin).await.unwrap();
        sqlx::query("update branch set version = version").execute(&mut *held).await.unwrap();

        let busy = hasty.perform(&shop.keys, &tablet.device, tablet.push(vec![entry.clone()]), NOW).await;

        assert_eq!(busy, Err(StoreError::Busy));
        held.rollback().await.unwrap();
        let pushed = hasty.perform(&shop.keys, &tablet.device, tablet.push(vec![entry]), NOW).await.unwrap();
        assert!(matches!(only(pushed), Outcome::Applied { .. }));
        hasty.close().await;
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f17_the_same_push_three_times_is_done_once() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let lin = shop.adds(&mut tablet, "林晓雨").await;
        let entry = tablet.seal(shop.manager, Version(9), &note(lin, "喜欢轻手法"));
        let first = shop.push(&tablet, vec![entry.clone()]).await;
        let second = shop.push(&tablet, vec![entry.clone(), entry.clone()]).await;
        assert_eq!(outcomes(&second), [outcomes(&first), outcomes(&first)].concat());
        assert_eq!(shop.file(lin).await.notes.len(), 1);
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f18_what_overtook_its_forerunner_waits_for_it() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let (lin, zhou) = (customer_id(), customer_id());
        let first = tablet.seal(shop.manager, Version(0), &add(lin, "林晓雨"));
        let second = tablet.seal(shop.manager, Version(0), &add(zhou, "周敏"));
        let head = shop.store.head().await.unwrap();

        assert_eq!(only(shop.push(&tablet, vec![second.clone()]).await), Outcome::Gap { expected: Seq(1) });
        assert_eq!(shop.store.head().await.unwrap(), head);

        let pushed = shop.push(&tablet, vec![first, second]).await;
        assert!(outcomes(&pushed).iter().all(|outcome| matches!(outcome, Outcome::Applied { .. })));
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f19_ten_lost_replies_are_still_one_entry() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let entry = tablet.seal(shop.manager, Version(0), &add(customer_id(), "林晓雨"));
        for _ in 0..10 {
            shop.store.fail_at(FailPoint::AfterCommit);
            let lost = shop.store.perform(&shop.keys, &tablet.device, tablet.push(vec![entry.clone()]), NOW).await;
            assert_eq!(lost, Err(StoreError::Interrupted));
        }
        assert!(shop.push(&tablet, vec![entry]).await.settled[0].is_repeat);
        assert_eq!(shop.store.customers_count().await, Ok(1));
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f31_different_fields_written_offline_are_both_kept() {
    on_each_engine(async |shop| {
        let (mut desk, mut office) = (shop.desk().await, shop.tablet(DeviceScope::Management).await);
        let lin = shop.adds(&mut desk, "林晓雨").await;
        let seen = shop.file(lin).await.version;
        let phone = ProfileValue::Phone(Phone::new("13800004417").ok());
        let card = ProfileValue::Card(Some(name("VIP-0017")));
        let one = desk.seal(shop.manager, seen, &Action::CorrectProfile { customer: lin, value: phone });
        let two = office.seal(shop.manager, seen, &Action::CorrectProfile { customer: lin, value: card });
        shop.push(&desk, vec![one]).await;
        shop.push(&office, vec![two]).await;
        let file = shop.file(lin).await;
        assert_eq!(file.phone().unwrap().tail(), "4417");
        assert_eq!(file.card().unwrap().as_str(), "VIP-0017");
        assert!(!file.is_to_check());
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f32_of_two_values_for_one_field_the_later_wins_and_the_other_is_kept_to_check() {
    on_each_engine(async |shop| {
        let (mut desk, mut office) = (shop.desk().await, shop.tablet(DeviceScope::Management).await);
        let lin = shop.adds(&mut desk, "林晓雨").await;
        let seen = shop.file(lin).await.version;
        let correct =
            |digits: &str| Action::CorrectProfile { customer: lin, value: ProfileValue::Phone(Phone::new(digits).ok()) };
        let one = desk.seal(shop.manager, seen, &correct("13800004417"));
        let two = office.seal(shop.manager, seen, &correct("13900008826"));
        shop.push(&office, vec![two]).await;
        shop.push(&desk, vec![one]).await;
        let file = shop.file(lin).await;
        assert_eq!(file.phone().unwrap().tail(), "4417");
        assert!(file.is_to_check());
        let Some(Shown::Known(field)) = file.profile.field(ProfileField::Phone) else { panic!("no phone") };
        assert_eq!(field.past.len(), 1);
        assert_eq!(field.past[0].why, Why::Overruled);
        assert_eq!(shop.finds(&desk, "4417").await.len(), 1);
        assert_eq!(shop.finds(&desk, "8826").await.len(), 0);
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f33_an_allergy_outlives_whatever_else_was_done_meanwhile() {
    on_each_engine(async |shop| {
        let (mut desk, mut office) = (shop.desk().await, shop.tablet(DeviceScope::Management).await);
        let lin = shop.adds(&mut desk, "林晓雨").await;
        let (old, new) = (AllergyTag::new(Uuid::now_v7()), AllergyTag::new(Uuid::now_v7()));
        shop.does(&mut desk, Action::AddAllergy { customer: lin, tag: old, what: name("香精"), remark: None }).await;
        let seen = shop.file(lin).await.version;
        let add =
            desk.seal(shop.manager, seen, &Action::AddAllergy { customer: lin, tag: new, what: name("酒精"), remark: None });
        let reason = crate::shop::text("复测无反应");
        let resolve = office.seal(
            shop.manager,
            seen,
            &Action::ResolveAllergy { customer: lin, tags: [old].into(), reason: reason.clone() },
        );
        let rename =
            office.seal(shop.manager, seen, &Action::CorrectProfile { customer: lin, value: ProfileValue::Name(name("林小雨")) });
        let delete = office.seal(shop.manager, seen, &Action::AskDeletion { customer: lin, reason });
        shop.push(&office, vec![resolve, rename, delete]).await;
        shop.push(&desk, vec![add]).await;
        let file = shop.file(lin).await;
        assert_eq!(file.allergies.active().map(|(tag, _)| tag).collect::<Vec<_>>(), [new]);
        assert_eq!(file.said(Question::Allergies), Said::Yes);
        assert!(file.deletion_asked[0].is_contested);
        assert_eq!(shop.finds(&desk, "林小雨").await.len(), 1);
        assert_eq!(shop.finds(&desk, "林晓雨").await.len(), 0);
        shop.is_sound().await;
    })
    .await;
}

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
async fn f17_an_entry_twice_in_one_push_is_done_once() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let lin = customer_id();
        let entry = tablet.seal(shop.manager, Version(0), &add(lin, "林晓雨"));
        let written = tablet.seal(shop.manager, Version(0), &note(lin, "喜欢轻手法"));
        let pushed = shop.push(&tablet, vec![entry.clone(), entry, written.clone(), written]).await;
        let is_repeat: Vec<bool> = pushed.settled.iter().map(|settled| settled.is_repeat).collect();
        assert_eq!(is_repeat, [false, true, false, true]);
        assert_eq!(shop.file(lin).await.notes.len(), 1);
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

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_fails_halfway_leaves_nothing_behind() {
    on_each_engine(async |shop| {
        let actions: Vec<Action> = (0..300)
            .map(|n| Action::AddCustomer {
                customer: customer_id(), card: Box::new(NewCustomer::named(name(&format!("客{n}"))))
            })
            .collect();
        let import = |extent| {
            let actions = actions.clone();
            let shop = &shop;
            async move { shop.store.perform_here(shop.manager, actions, extent, NOW, |_| {}).await }
        };
        shop.store.fail_at(FailPoint::Item(250));
        assert_eq!(import(store::Extent::AllOrNothing).await, Err(StoreError::Interrupted));
        assert_eq!(shop.store.customers_count().await, Ok(0));

        let mut heard = 0;
        let done = shop.store.perform_here(shop.manager, actions.clone(), store::Extent::Batches, NOW, |count| heard = count);
        assert!(done.await.unwrap().iter().all(|outcome| matches!(outcome, Outcome::Applied { .. })));
        assert_eq!(heard, 300);
        assert_eq!(shop.store.customers_count().await, Ok(300));
        shop.is_sound().await;
    })
    .await;
}

//! Tablets in wrong hands, and entries that nobody's tablet makes.

use crate::shop::{NOW, Tablet, add, customer_id, customer_in, name, note, on_each_engine, only, outcomes};
use domain::{
    Action, AllergyTag, DeviceScope, NewCustomer, Phone, ProfileField, ProfileValue, Role, Seq, Shown, SpendingMark, Unfit,
    Version,
};
use serde_json::json;
use store::DeviceStatus;
use sync::{Epoch, Outcome, Pull, RowId, Sealed};
use uuid::Uuid;

const NOT_ALLOWED: Outcome = Outcome::Quarantined { reason: Unfit::NotAllowed };
const UNREADABLE: Outcome = Outcome::Quarantined { reason: Unfit::Unreadable };
const FORGED: Outcome = Outcome::Quarantined { reason: Unfit::Forged };

/// An entry whose action is whatever JSON.
fn odd(tablet: &mut Tablet, author: domain::StaffId, action: &serde_json::Value) -> Sealed {
    let header = tablet.header(author, Version(0));
    let mut envelope = serde_json::to_value(header).unwrap();
    envelope["action"] = action.clone();
    tablet.seal_bytes(author, &header, envelope.to_string().as_bytes())
}

#[tokio::test(flavor = "multi_thread")]
async fn h1_a_guessed_id_is_answered_like_one_that_never_was() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let ids = vec![RowId::Customer(customer_id()), RowId::Customer("00000000-0000-0000-0000-000000000001".parse().unwrap())];
        let fetched = shop.store.fetch(&tablet.device, ids.clone(), NOW).await.unwrap();
        assert_eq!(fetched.rows.iter().map(|row| row.id).collect::<Vec<_>>(), ids);
        assert!(fetched.rows.iter().all(|row| row.body.is_none()));
        assert_eq!(fetched.rows[0].version, fetched.rows[1].version);
        let lin = RowId::Customer(shop.adds(&mut tablet, "林晓雨").await);
        let twice = shop.store.fetch(&tablet.device, vec![lin, lin], NOW).await.unwrap();
        assert!(twice.rows.iter().all(|row| row.body.is_some()));
        let (guesses,): (i64,) = sqlx::query_as("select count(*) from audit where kind = 'unknown_files_asked'")
            .fetch_one(&mut shop.raw().await)
            .await
            .unwrap();
        assert_eq!(guesses, 1);
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h3_no_phone_and_no_mark_reach_a_treatment_room() {
    on_each_engine(async |shop| {
        let (mut desk, room) = (shop.tablet(DeviceScope::Management).await, shop.tablet(DeviceScope::Treatment).await);
        let lin = customer_id();
        let mut card = NewCustomer::named(name("林晓雨"));
        card.profile = vec![
            ProfileValue::Phone(Phone::new("13800004417").ok()),
            ProfileValue::SpendingMark(Some(SpendingMark::A)),
            ProfileValue::Workplace(Some(name("星河路中学"))),
        ];
        shop.does(&mut desk, Action::AddCustomer { customer: lin, card: Box::new(card) }).await;

        let pulled = shop.store.pull(&room.device, Pull { epoch: room.epoch, after: Version(0) }, NOW).await.unwrap().unwrap();
        let fetched = shop.store.fetch(&room.device, vec![RowId::Customer(lin)], NOW).await.unwrap();
        let found = shop.store.search(&room.device, "林晓雨", 10).await.unwrap();
        let raw = [
            serde_json::to_string(&pulled).unwrap(),
            serde_json::to_string(&fetched).unwrap(),
            serde_json::to_string(&found).unwrap(),
        ]
        .concat();

        assert!(!raw.contains("13800004417") && !raw.contains("星河路中学") && !raw.contains("\"A\""));
        let row = customer_in(&fetched.rows[0]).unwrap();
        assert_eq!(row.file.profile.field(ProfileField::Phone), Some(&Shown::Withheld));
        assert_eq!(row.phone_tail.as_deref(), Some("4417"));
        assert_eq!(shop.finds(&room, "13800004417").await.len(), 0);
        assert_eq!(shop.finds(&desk, "138 0000 4417").await.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h4_actions_that_do_not_exist_change_nothing() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let may = shop.hire("小梅", &[Role::Beautician]).await;
        let entries = vec![
            odd(&mut tablet, may, &json!({ "set_role": { "staff": may, "role": "owner" } })),
            odd(&mut tablet, may, &json!({ "__proto__": { "is_active": true } })),
            odd(&mut tablet, may, &json!("furnish_room")),
        ];
        let salon = shop.store.salon().await.unwrap();
        assert_eq!(outcomes(&shop.push(&tablet, entries).await), [UNREADABLE, UNREADABLE, UNREADABLE]);
        assert_eq!(shop.store.salon().await.unwrap(), salon);
        assert_eq!(shop.store.quarantine().await.unwrap().len(), 3);
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h5_fields_that_do_not_exist_put_the_whole_entry_aside() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let lin = customer_id();
        let entries = vec![
            odd(
                &mut tablet,
                shop.manager,
                &json!({ "add_customer": { "customer": lin, "card": { "name": "林晓雨" }, "version": 1 } }),
            ),
            odd(
                &mut tablet,
                shop.manager,
                &json!({ "add_customer": { "customer": lin, "card": { "name": "林晓雨", "deleted": true } } }),
            ),
        ];
        assert_eq!(outcomes(&shop.push(&tablet, entries).await), [UNREADABLE, UNREADABLE]);
        assert_eq!(shop.store.customer(lin).await, Ok(None));
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h6_an_entry_in_somebody_elses_name_is_never_applied() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let may = shop.hire("小梅", &[Role::Beautician]).await;
        let header = tablet.header(shop.manager, Version(0));
        let envelope = sync::Envelope { header, action: add(customer_id(), "林晓雨") };
        let entry = tablet.seal_bytes(may, &header, &serde_json::to_vec(&envelope).unwrap());
        assert_eq!(only(shop.push(&tablet, vec![entry]).await), FORGED);
        assert_eq!(shop.store.customers_count().await, Ok(0));
        assert_eq!(shop.store.quarantine().await.unwrap()[0].author, None);
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h7_an_entry_counts_as_its_authors_whoever_hands_it_in() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let lin = shop.adds(&mut tablet, "林晓雨").await;
        let may = shop.hire("小梅", &[Role::Beautician]).await;
        let written = tablet.seal(may, Version(9), &note(lin, "喜欢轻手法"));
        let phone = ProfileValue::Phone(Phone::new("13800004417").ok());
        let not_hers = tablet.seal(may, Version(9), &Action::CorrectProfile { customer: lin, value: phone });
        let settled = outcomes(&shop.push(&tablet, vec![written, not_hers]).await);
        assert!(matches!(settled[0], Outcome::Applied { .. }));
        assert_eq!(settled[1], NOT_ALLOWED);
        assert_eq!(shop.file(lin).await.notes.values().next().unwrap().written.by, may);
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h9_one_number_for_two_things_is_a_fork() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        shop.adds(&mut tablet, "林晓雨").await;
        tablet.next = Seq(1);
        let other = tablet.seal(shop.manager, Version(0), &add(customer_id(), "周敏"));
        let after = tablet.seal(shop.manager, Version(0), &add(customer_id(), "吴芳"));
        assert_eq!(outcomes(&shop.push(&tablet, vec![other, after]).await), [Outcome::Forked]);
        assert_eq!(shop.store.customers_count().await, Ok(1));
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h10_a_number_far_ahead_or_below_zero_is_a_gap() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let head = shop.store.head().await.unwrap();
        for seq in [1_000_000_000, i64::MAX, 0, -1, i64::MIN] {
            tablet.next = Seq(seq);
            let entry = tablet.seal(shop.manager, Version(0), &add(customer_id(), "林晓雨"));
            assert_eq!(only(shop.push(&tablet, vec![entry]).await), Outcome::Gap { expected: Seq(1) }, "{seq}");
        }
        assert_eq!(shop.store.head().await.unwrap(), head);
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h13_a_cursor_of_elsewhere_begins_anew() {
    on_each_engine(async |shop| {
        let tablet = shop.desk().await;
        for (epoch, after) in [(tablet.epoch, -1), (tablet.epoch, i64::MAX), (Epoch(tablet.epoch.0 + 1), 0), (Epoch(0), 0)] {
            let pull = Pull { epoch, after: Version(after) };
            assert_eq!(shop.store.pull(&tablet.device, pull, NOW).await, Ok(None));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h15_rights_are_those_of_the_day_on_which_it_arrives() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let may = shop.hire("小梅", &[Role::Clerk]).await;
        let entry = tablet.seal(may, Version(0), &add(customer_id(), "林晓雨"));
        shop.store.set_roles(may, [Role::Beautician].into(), NOW).await.unwrap();
        assert_eq!(only(shop.push(&tablet, vec![entry]).await), NOT_ALLOWED);
        assert_eq!(shop.store.customers_count().await, Ok(0));
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h16_a_beauticians_phone_or_balance_is_put_aside_whole() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let lin = shop.adds(&mut tablet, "林晓雨").await;
        let may = shop.hire("小梅", &[Role::Beautician]).await;
        let before = shop.file(lin).await;
        for value in
            [ProfileValue::Phone(Phone::new("13800004417").ok()), ProfileValue::BalanceBefore(Some(domain::Cents(9_900_000)))]
        {
            let entry = tablet.seal(may, Version(9), &Action::CorrectProfile { customer: lin, value });
            assert_eq!(only(shop.push(&tablet, vec![entry]).await), NOT_ALLOWED);
        }
        assert_eq!(shop.file(lin).await, before);
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h17_an_allergy_goes_only_by_a_resolve_with_the_right_to_it() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let lin = shop.adds(&mut tablet, "林晓雨").await;
        let may = shop.hire("小梅", &[Role::Beautician]).await;
        let tag = AllergyTag::new(Uuid::now_v7());
        shop.does(&mut tablet, Action::AddAllergy { customer: lin, tag, what: name("酒精"), remark: None }).await;
        let reason = crate::shop::text("没关系");
        let entries = vec![
            odd(&mut tablet, may, &json!({ "correct_profile": { "customer": lin, "value": { "allergies": [] } } })),
            tablet.seal(may, Version(9), &Action::ResolveAllergy { customer: lin, tags: [tag].into(), reason: reason.clone() }),
            tablet.seal(shop.manager, Version(9), &Action::ResolveAllergy { customer: lin, tags: [].into(), reason }),
        ];
        let nothing = Outcome::Quarantined { reason: Unfit::NothingToResolve };
        assert_eq!(outcomes(&shop.push(&tablet, entries).await), [UNREADABLE, NOT_ALLOWED, nothing]);
        assert_eq!(shop.file(lin).await.allergies.active().count(), 1);
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h37_what_is_typed_into_the_search_is_never_a_pattern() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let odd = shop.adds(&mut tablet, "100%_' or 1=1;--").await;
        shop.adds(&mut tablet, "林晓雨").await;
        for (typed, hits) in [("%", 1), ("_", 1), ("'", 1), ("100%", 1), ("%晓%", 0), ("_晓_", 0), ("' or '1'='1", 0), ("\0", 0)]
        {
            let found = shop.finds(&tablet, typed).await;
            assert_eq!(found.len(), hits, "{typed:?}");
            assert!(found.iter().all(|row| row.file.id == odd));
        }
        for typed in ["", "   ", &"长".repeat(5_000), "'; drop table customer; --", "🦀", "\u{202e}"] {
            assert_eq!(shop.finds(&tablet, typed).await.len(), 0, "{typed:?}");
        }
        assert_eq!(shop.store.customers_count().await, Ok(2));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h45_a_revoked_tablet_hands_in_to_a_manager_only() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let entry = tablet.seal(shop.manager, Version(0), &add(customer_id(), "林晓雨"));
        shop.store.set_device_status(tablet.device.id, DeviceStatus::Revoked, shop.manager, NOW).await.unwrap();
        assert_eq!(only(shop.push(&tablet, vec![entry]).await), NOT_ALLOWED);
        assert_eq!(shop.store.quarantine().await.unwrap().len(), 1);
        assert_eq!(shop.store.devices().await.unwrap()[0].last_seq, Seq(1));
        shop.is_sound().await;
    })
    .await;
}

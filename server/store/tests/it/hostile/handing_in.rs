//! Entries that nobody's tablet makes, or in somebody else's name.

use super::{FORGED, NOT_ALLOWED, UNREADABLE, odd};
use crate::shop::{NOW, add, customer_id, note, on_each_engine, only, outcomes};
use domain::{Action, Phone, ProfileValue, Role, Seq, Version};
use serde_json::json;
use store::DeviceStatus;
use sync::{Envelope, Header, Outcome};

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
async fn h5_what_is_written_beside_the_action_puts_the_entry_aside_too() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let lin = shop.adds(&mut tablet, "林晓雨").await;
        let (file, salon) = (shop.file(lin).await, shop.store.salon().await.unwrap());
        let smuggled =
            [("role", json!("owner")), ("branch_id", json!("elsewhere")), ("version", json!(1)), ("deleted", json!(true))];
        for (field, value) in smuggled {
            let header = tablet.header(shop.manager, Version(0));
            let mut envelope = serde_json::to_value(Envelope { header, action: note(lin, "喜欢轻手法") }).unwrap();
            envelope[field] = value;
            let entry = tablet.seal_bytes(shop.manager, &header, envelope.to_string().as_bytes());
            assert_eq!(only(shop.push(&tablet, vec![entry]).await), UNREADABLE, "{field}");
        }
        assert_eq!(shop.file(lin).await, file);
        assert_eq!(shop.store.salon().await.unwrap(), salon);
        assert_eq!(shop.store.quarantine().await.unwrap().len(), 4);
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
        let envelope = Envelope { header, action: add(customer_id(), "林晓雨") };
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
async fn h12_an_older_schema_is_judged_by_the_same_rules() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let lin = shop.adds(&mut tablet, "林晓雨").await;
        let may = shop.hire("小梅", &[Role::Beautician]).await;
        let phone = |number: &str| json!({ "correct_profile": { "customer": lin, "value": { "phone": number } } });
        let mut old = |author, action: serde_json::Value| {
            let header = Header { schema: 0, ..tablet.header(author, Version(9)) };
            let mut envelope = serde_json::to_value(header).unwrap();
            envelope["action"] = action;
            tablet.seal_bytes(author, &header, envelope.to_string().as_bytes())
        };
        let entries =
            vec![old(shop.manager, phone("1990000")), old(may, phone("13800004417")), old(shop.manager, phone("13800004417"))];
        let settled = outcomes(&shop.push(&tablet, entries).await);
        assert_eq!(settled[..2], [UNREADABLE, NOT_ALLOWED]);
        assert!(matches!(settled[2], Outcome::Applied { .. }), "{:?}", settled[2]);
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

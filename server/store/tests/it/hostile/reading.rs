//! Who asks for what is not hers to see.

use crate::shop::{NOW, Shop, customer_id, customer_in, name, note, on_each_engine};
use domain::{
    Action, CustomerId, DeviceScope, NewCustomer, Phone, ProfileField, ProfileValue, Shown, SpendingMark, Version, VisitId,
};
use sync::{Epoch, Pull, Row, RowId};
use uuid::Uuid;

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
        assert_eq!(guesses(&shop).await, 1);
        shop.is_sound().await;
    })
    .await;
}

/// A file of another branch in the same database, as much like ours as can be.
async fn elsewhere(shop: &Shop, ours: CustomerId) -> CustomerId {
    let (theirs, mut raw) = (customer_id(), shop.raw().await);
    let branch = "insert into branch (branch_id, version, epoch, durable_version, members, server_device_id, founded_at)
        select 'elsewhere', version, epoch, durable_version, members, server_device_id, founded_at from branch";
    sqlx::query(branch).execute(&mut raw).await.unwrap();
    for text in [
        "insert into customer
            select 'elsewhere', $1, version, latest_on, replace(body, $2, $1), is_erased, joined_to from customer where customer_id = $2",
        "insert into customer_gram select 'elsewhere', gram, $1 from customer_gram where customer_id = $2",
        "insert into visit select 'elsewhere', visit_id, $1, on_day from visit where customer_id = $2",
    ] {
        let copied = sqlx::query(text).bind(theirs.to_string()).bind(ours.to_string()).execute(&mut raw).await.unwrap();
        assert!(copied.rows_affected() > 0, "{text}");
    }
    theirs
}

#[tokio::test(flavor = "multi_thread")]
async fn h1_another_branchs_file_is_answered_like_one_that_never_was() {
    on_each_engine(async |shop| {
        let mut desk = shop.desk().await;
        let lin = shop.adds(&mut desk, "林晓雨").await;
        shop.does(&mut desk, note(lin, "喜欢轻手法")).await;
        let (visit, on) = (VisitId::new(Uuid::now_v7()), domain::ClockOffset::default().day(NOW));
        let expect =
            Action::ExpectVisit { customer: lin, visit, on, at: None, beautician: shop.manager, room: None, service: None };
        shop.does(&mut desk, expect).await;
        let everything = async || {
            let pull = Pull::of(desk.epoch, Version(0));
            let pulled = shop.store.pull(&desk.device, pull, NOW).await.unwrap().unwrap();
            (pulled, shop.store.manifest(&desk.device, NOW).await.unwrap(), shop.finds(&desk, "林晓雨").await)
        };
        let before = everything().await;
        let theirs = elsewhere(&shop, lin).await;

        assert_eq!(everything().await, before);
        for id in [theirs, customer_id()] {
            let nothing = Row { id: RowId::Customer(id), version: shop.store.head().await.unwrap().version, body: None };
            assert_eq!(shop.store.fetch(&desk.device, vec![nothing.id], NOW).await.unwrap().rows, [nothing]);
            assert_eq!(shop.store.older_notes(&desk.device, id, None, 50, NOW).await, Ok(vec![]));
        }
        assert_eq!(shop.store.older_notes(&desk.device, lin, None, 50, NOW).await.unwrap().len(), 1);
        assert_eq!(guesses(&shop).await, 4);
        shop.is_sound().await;
    })
    .await;
}

/// How often somebody asked for what is not there.
async fn guesses(shop: &Shop) -> i64 {
    let text = "select count(*) from audit where kind = 'unknown_files_asked'";
    let (count,): (i64,) = sqlx::query_as(text).fetch_one(&mut shop.raw().await).await.unwrap();
    count
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

        let pulled = shop.store.pull(&room.device, Pull::of(room.epoch, Version(0)), NOW).await.unwrap().unwrap();
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
async fn h13_a_cursor_of_elsewhere_begins_anew() {
    on_each_engine(async |shop| {
        let tablet = shop.desk().await;
        for (epoch, after) in [(tablet.epoch, -1), (tablet.epoch, i64::MAX), (Epoch(tablet.epoch.0 + 1), 0), (Epoch(0), 0)] {
            let pull = Pull::of(epoch, Version(after));
            assert_eq!(shop.store.pull(&tablet.device, pull, NOW).await, Ok(None));
        }
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

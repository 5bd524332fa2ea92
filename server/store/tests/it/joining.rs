//! Two files of one person: shown as one everywhere, and taken apart without a trace.

use crate::{
    dumping::dumped,
    shop::{NOW, Shop, Tablet, customer_in, name, note, on_each_engine, only},
};
use domain::{Action, AllergyTag, CustomerFile, CustomerId, DeviceScope, ProfileValue, Version, WhyErased};
use std::collections::BTreeSet;
use sync::{Outcome, Pull, Row, RowId};
use uuid::Uuid;

fn allergy(customer: CustomerId, what: &str) -> Action {
    Action::AddAllergy { customer, tag: AllergyTag::new(Uuid::now_v7()), what: name(what), remark: None }
}

async fn done(shop: &Shop, tablet: &mut Tablet, action: Action) {
    let outcome = shop.does(tablet, action).await;
    assert!(matches!(outcome, Outcome::Applied { .. }), "{outcome:?} on {}", shop.engine);
}

async fn pulled(shop: &Shop, tablet: &Tablet, after: Version) -> Vec<Row> {
    let pull = Pull::of(tablet.epoch, after);
    shop.store.pull(&tablet.device, pull, NOW).await.unwrap().unwrap().rows
}

async fn fetched(shop: &Shop, tablet: &Tablet, id: CustomerId) -> Option<CustomerFile> {
    let rows = shop.store.fetch(&tablet.device, vec![RowId::Customer(id)], NOW).await.unwrap().rows;
    rows.iter().find_map(customer_in).map(|row| row.file.clone())
}

async fn held(shop: &Shop, tablet: &Tablet) -> Vec<(RowId, Version)> {
    let rows = shop.store.manifest(&tablet.device, NOW).await.unwrap().rows;
    rows.into_iter().filter(|(id, _)| *id != RowId::Salon).collect()
}

fn allergies(file: &CustomerFile) -> usize {
    file.allergies.active().count()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_files_of_one_person_are_one_on_every_device_and_two_again_when_taken_apart() {
    on_each_engine(async |shop| {
        let mut office = shop.tablet(DeviceScope::Management).await;
        let (hers, other) = (shop.adds(&mut office, "林晓雨").await, shop.adds(&mut office, "林小雨").await);
        let passer_by = shop.adds(&mut office, "周敏").await;
        done(&shop, &mut office, allergy(hers, "酒精")).await;
        done(&shop, &mut office, allergy(other, "水杨酸")).await;
        let card = Action::CorrectProfile { customer: other, value: ProfileValue::Card(Some(name("A1001"))) };
        done(&shop, &mut office, card).await;
        let members = shop.store.manifest(&office.device, NOW).await.unwrap().members;
        let seen = shop.store.head().await.unwrap().version;

        done(&shop, &mut office, Action::JoinFiles { customer: hers, other }).await;

        // What a device holds, hears of, looks up and finds.
        assert_ne!(shop.store.manifest(&office.device, NOW).await.unwrap().members, members);
        let [row] = &pulled(&shop, &office, seen).await[..] else { panic!("one row changed") };
        assert_eq!((row.id, allergies(&customer_in(row).unwrap().file)), (RowId::Customer(hers), 2));
        assert_eq!(allergies(&fetched(&shop, &office, hers).await.unwrap()), 2);
        assert_eq!(fetched(&shop, &office, other).await, None);
        for words in ["林小雨", "林晓雨", "A1001"] {
            let found = shop.finds(&office, words).await;
            assert_eq!(found.iter().map(|row| row.file.id).collect::<Vec<_>>(), [hers], "{words} on {}", shop.engine);
        }
        let head = shop.store.head().await.unwrap().version;
        assert!(held(&shop, &office).await.contains(&(RowId::Customer(hers), head)));
        assert!(!held(&shop, &office).await.iter().any(|(id, _)| *id == RowId::Customer(other)));
        assert_eq!(shop.store.customers_count().await, Ok(2));
        assert_eq!(allergies(&shop.store.file(other).await.unwrap().unwrap()), 2);

        // A tablet that has not heard of it writes into the other one.
        done(&shop, &mut office, note(other, "蒸汽有点烫")).await;
        done(&shop, &mut office, note(passer_by, "喜欢轻手法")).await;
        let rows = pulled(&shop, &office, head).await;
        let shown = customer_in(&rows[0]).unwrap();
        assert_eq!((shown.file.id, shown.file.notes.len(), rows.len()), (hers, 1, 2));
        assert_eq!(held(&shop, &office).await.iter().find(|(id, _)| *id == RowId::Customer(hers)).unwrap().1, rows[0].version);
        shop.is_sound().await;

        let before = rows[0].version;
        done(&shop, &mut office, Action::PartFiles { customer: hers, other }).await;
        let apart = fetched(&shop, &office, hers).await.unwrap();
        assert!(apart.version > before, "what a device had of the two is older");
        assert_eq!((allergies(&apart), apart.notes.len()), (1, 0));
        let again = fetched(&shop, &office, other).await.unwrap();
        assert_eq!((allergies(&again), again.notes.len()), (1, 1));
        assert_eq!(shop.store.customers_count().await, Ok(3));
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_two_that_were_joined_once_is_erased_and_the_history_still_holds() {
    on_each_engine(async |shop| {
        for erases_the_one_that_showed in [true, false] {
            let mut office = shop.tablet(DeviceScope::Management).await;
            let (hers, other) = (shop.adds(&mut office, "欧阳清荷").await, shop.adds(&mut office, "欧阳青禾").await);
            done(&shop, &mut office, Action::JoinFiles { customer: hers, other }).await;
            done(&shop, &mut office, note(other, "耳后发红")).await;
            done(&shop, &mut office, Action::PartFiles { customer: hers, other }).await;
            let (gone, kept) = if erases_the_one_that_showed { (hers, other) } else { (other, hers) };
            let erase = Action::EraseFile { customer: gone, why: WhyErased::HerRequest };
            done(&shop, &mut office, erase).await;

            assert!(shop.file(gone).await.is_erased());
            assert!(!shop.file(kept).await.is_erased());
            shop.is_sound().await;
            assert!(!dumped(&shop.store).await.is_empty());
            let name_left = shop.finds(&office, "欧阳").await.len();
            assert_eq!(name_left, if erases_the_one_that_showed { 1 } else { 2 }, "one each time is gone");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_page_of_changes_ends_where_the_next_one_begins_also_with_joined_files_in_it() {
    on_each_engine(async |shop| {
        let mut office = shop.tablet(DeviceScope::Management).await;
        let mut files = Vec::new();
        for number in 0..220 {
            files.push(shop.adds(&mut office, &format!("顾客{number}")).await);
        }
        done(&shop, &mut office, Action::JoinFiles { customer: files[0], other: files[219] }).await;
        done(&shop, &mut office, note(files[219], "最后写的")).await;

        let (mut after, mut seen) = (Version(0), std::collections::BTreeSet::new());
        loop {
            let pull = Pull::of(office.epoch, after);
            let page = shop.store.pull(&office.device, pull, NOW).await.unwrap().unwrap();
            seen.extend(page.rows.iter().filter_map(customer_in).map(|row| row.file.id));
            assert!(page.upto > after);
            after = page.upto;
            if after == page.head {
                break;
            }
        }
        assert_eq!(seen, files[..219].iter().copied().collect());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn taken_apart_both_files_ask_whose_it_is_that_was_said_meanwhile() {
    on_each_engine(async |shop| {
        let mut office = shop.tablet(DeviceScope::Management).await;
        let (hers, other) = (shop.adds(&mut office, "林晓雨").await, shop.adds(&mut office, "林小雨").await);
        done(&shop, &mut office, allergy(other, "水杨酸")).await;
        done(&shop, &mut office, Action::JoinFiles { customer: hers, other }).await;
        done(&shop, &mut office, allergy(hers, "乳胶")).await;
        let before = shop.store.head().await.unwrap().version;

        done(&shop, &mut office, Action::PartFiles { customer: hers, other }).await;

        // Both come to every device anew, each with the question.
        let rows = pulled(&shop, &office, before).await;
        let files: Vec<_> = rows.iter().filter_map(customer_in).collect();
        assert_eq!(
            files.iter().map(|row| (allergies(&row.file), row.file.in_doubt.len())).collect::<BTreeSet<_>>(),
            [(1, 1), (2, 1)].into()
        );
        let doubts = shop.file(other).await.in_doubt[&hers].clone();
        done(&shop, &mut office, Action::SettleDoubts { customer: other, with: hers, doubts }).await;
        assert!(shop.file(other).await.in_doubt.is_empty());
        assert!(!shop.file(hers).await.in_doubt.is_empty());
        shop.is_sound().await;
    })
    .await;
}

/// F31
#[tokio::test(flavor = "multi_thread")]
async fn what_a_tablet_recorded_offline_of_two_as_one_is_in_both_when_it_comes_after_they_were_taken_apart() {
    on_each_engine(async |shop| {
        let mut office = shop.tablet(DeviceScope::Management).await;
        let mut room = shop.tablet(DeviceScope::Treatment).await;
        let (hers, other) = (shop.adds(&mut office, "张敏").await, shop.adds(&mut office, "张姐").await);
        done(&shop, &mut office, Action::JoinFiles { customer: hers, other }).await;
        let seen = fetched(&shop, &room, hers).await.unwrap();
        done(&shop, &mut office, Action::PartFiles { customer: hers, other }).await;

        let sealed = room.seal(shop.manager, seen.version, &allergy(hers, "乳胶"));
        let outcome = only(shop.push(&room, vec![sealed]).await);
        assert!(matches!(outcome, Outcome::Applied { .. }), "{outcome:?} on {}", shop.engine);

        for (id, with) in [(hers, other), (other, hers)] {
            let file = shop.file(id).await;
            assert_eq!((allergies(&file), file.in_doubt[&with].len()), (1, 1), "on {}", shop.engine);
        }
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_before_the_parting_is_asked_about_also_where_the_manager_had_not_seen_it() {
    on_each_engine(async |shop| {
        let mut office = shop.tablet(DeviceScope::Management).await;
        let mut room = shop.tablet(DeviceScope::Treatment).await;
        let (hers, other) = (shop.adds(&mut office, "张敏").await, shop.adds(&mut office, "张姐").await);
        done(&shop, &mut office, Action::JoinFiles { customer: hers, other }).await;
        let decided_on = shop.store.head().await.unwrap().version;
        done(&shop, &mut room, allergy(hers, "乳胶")).await;

        let sealed = office.seal(shop.manager, decided_on, &Action::PartFiles { customer: hers, other });
        only(shop.push(&office, vec![sealed]).await);

        for id in [hers, other] {
            let file = shop.file(id).await;
            assert_eq!((allergies(&file), file.in_doubt.len()), (1, 1), "on {}", shop.engine);
        }
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_late_for_a_file_that_was_erased_meanwhile_is_not_lost_for_the_other() {
    on_each_engine(async |shop| {
        let mut office = shop.tablet(DeviceScope::Management).await;
        let mut room = shop.tablet(DeviceScope::Treatment).await;
        let (hers, other) = (shop.adds(&mut office, "张敏").await, shop.adds(&mut office, "张姐").await);
        done(&shop, &mut office, Action::JoinFiles { customer: hers, other }).await;
        let seen = shop.store.head().await.unwrap().version;
        done(&shop, &mut office, Action::PartFiles { customer: hers, other }).await;
        done(&shop, &mut office, Action::EraseFile { customer: hers, why: WhyErased::Mistake }).await;

        let sealed = room.seal(shop.manager, seen, &allergy(hers, "乳胶"));
        only(shop.push(&room, vec![sealed]).await);

        let file = shop.file(other).await;
        assert_eq!((allergies(&file), file.in_doubt.len()), (1, 1), "on {}", shop.engine);
        assert!(shop.file(hers).await.is_erased());
        shop.is_sound().await;
    })
    .await;
}

/// H20
#[tokio::test(flavor = "multi_thread")]
async fn no_device_records_whose_it_may_be_by_itself() {
    on_each_engine(async |shop| {
        let mut office = shop.tablet(DeviceScope::Management).await;
        let (hers, other) = (shop.adds(&mut office, "张敏").await, shop.adds(&mut office, "张姐").await);
        let copies = vec![domain::Copied::Allergy { tag: AllergyTag::new(Uuid::now_v7()), what: name("乳胶"), remark: None }];
        let forged = Action::DoubtWhose { customer: hers, with: other, doubts: BTreeSet::new(), copies };

        let outcome = shop.does(&mut office, forged.clone()).await;
        assert!(matches!(outcome, Outcome::Quarantined { .. }), "{outcome:?}");

        // Nor does anybody vouch for it afterwards.
        let salon = shop.store.salon().await.unwrap().unwrap().0;
        let entry = domain::Dot { device: office.device.id, seq: domain::Seq(3) };
        let taken_in = Action::TakeIn { entry, author: shop.manager, at: NOW, base: Version(0), action: Box::new(forged) };
        let file = shop.file(hers).await;
        let stamp = office.header(shop.manager, Version(0)).stamp_received(Version(99), NOW);
        let scope = domain::Scope { salon: &salon, file: Some(&file), other: None };
        assert!(domain::decide(scope, &stamp, &taken_in).is_err());
        assert_eq!(allergies(&shop.file(hers).await), 0);
    })
    .await;
}

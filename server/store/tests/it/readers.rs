//! Who has read whose file: remembered in a chain of its own, whoever it was and whatever has become of her.

use crate::shop::{NOW, on_each_engine, only};
use domain::{Action, DeviceScope, HowRead, Moment, Role, StaffId, Version, WhyErased};
use sync::Outcome;

#[tokio::test(flavor = "multi_thread")]
async fn i8_every_look_into_a_file_is_told_to_whoever_asks_and_changes_nothing_in_it() {
    on_each_engine(async |shop| {
        let mut room = shop.tablet(DeviceScope::Treatment).await;
        let mut office = shop.tablet(DeviceScope::Management).await;
        let (lin, zhou) = (shop.adds(&mut office, "林晓雨").await, shop.adds(&mut office, "周敏").await);
        let before = shop.file(lin).await;
        let gone = shop.hire("小梅", &[Role::Beautician]).await;
        shop.store.disable_person(gone, NOW).await.unwrap();

        for (reader, whom) in [(shop.manager, lin), (gone, lin), (shop.manager, zhou)] {
            let looked = room.seal(reader, Version(1), &Action::OpenFile { customer: whom });
            assert!(matches!(only(shop.push(&room, vec![looked]).await), Outcome::Applied { .. }));
        }
        shop.store.note_copy(vec![lin], shop.manager, Moment(NOW.0 + 5)).await.unwrap();

        let told = shop.store.readings(vec![lin]).await.unwrap();
        let told: Vec<(StaffId, HowRead)> = told.iter().map(|reading| (reading.by, reading.how)).collect();
        assert_eq!(told, [(shop.manager, HowRead::Copied), (gone, HowRead::Opened), (shop.manager, HowRead::Opened)]);
        assert_eq!(shop.file(lin).await, before);
        assert_eq!(shop.store.quarantine().await, Ok(Vec::new()));

        shop.does(&mut office, Action::EraseFile { customer: lin, why: WhyErased::HerRequest }).await;
        let late = room.seal(shop.manager, Version(1), &Action::OpenFile { customer: lin });
        assert!(matches!(only(shop.push(&room, vec![late]).await), Outcome::Applied { .. }), "nobody is kept from telling");
        assert_eq!(shop.store.readings(vec![lin]).await.unwrap().len(), 4);
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h49_a_look_that_is_taken_out_or_put_on_somebody_else_is_found() {
    for tampered in [
        "update reading set staff_id = device_id where number = 1",
        "delete from reading where number = 1",
        "delete from reading where number = 2",
    ] {
        on_each_engine(async |shop| {
            let mut room = shop.tablet(DeviceScope::Treatment).await;
            let mut office = shop.tablet(DeviceScope::Management).await;
            let lin = shop.adds(&mut office, "林晓雨").await;
            for _ in 0..2 {
                let looked = room.seal(shop.manager, Version(1), &Action::OpenFile { customer: lin });
                shop.push(&room, vec![looked]).await;
            }
            shop.is_sound().await;

            shop.tamper(tampered).await;

            assert!(!shop.store.verify().await.unwrap().is_empty(), "{tampered} on {}", shop.engine);
        })
        .await;
    }
}

//! Who has read whose file: remembered in a chain of its own, whoever it was and whatever has become of her.

use crate::shop::{NOW, Shop, Tablet, note, on_each_engine, only};
use domain::{Action, CustomerId, DeviceScope, HowRead, Moment, Role, StaffId, Version, WhyErased};
use store::Difference;
use sync::{Envelope, Hash, Header, Outcome};

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
async fn i8_whoever_asks_is_told_of_every_look_however_many_there_were() {
    on_each_engine(async |shop| {
        const LOOKS: usize = 2_150;
        let mut room = shop.tablet(DeviceScope::Treatment).await;
        let (lin, zhou) = (shop.adds(&mut shop.desk().await, "林晓雨").await, shop.adds(&mut shop.desk().await, "周敏").await);
        let first = shop.hire("小梅", &[Role::Beautician]).await;
        let looks = (0..LOOKS).map(|number| {
            let reader = if number == 0 { first } else { shop.manager };
            let whom = if number % 3 == 1 { zhou } else { lin };
            room.seal(reader, Version(1), &Action::OpenFile { customer: whom })
        });
        let looks: Vec<_> = looks.collect();
        for some in looks.chunks(200) {
            shop.push(&room, some.to_vec()).await;
        }

        let (hers, both) = (shop.store.readings(vec![lin]).await.unwrap(), shop.store.readings(vec![lin, zhou]).await.unwrap());
        assert_eq!((hers.len(), both.len()), (1_433, LOOKS), "on {}", shop.engine);
        assert!(hers.iter().all(|reading| reading.customer == lin));
        assert_eq!(hers.last().map(|reading| reading.by), Some(first), "the very first one too");
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

async fn looks(shop: &Shop, tablet: &mut Tablet, customer: CustomerId, at: Moment) {
    let header = Header { claimed_at: at, ..tablet.header(shop.manager, Version(1)) };
    let bytes = serde_json::to_vec(&Envelope { header, action: Action::OpenFile { customer } }).unwrap();
    let looked = tablet.seal_bytes(shop.manager, &header, &bytes);
    assert!(matches!(only(shop.push(tablet, vec![looked]).await), Outcome::Applied { .. }));
}

type Row = (i64, String, String, Option<String>, String, i64, i64);

/// As somebody would who knows how links are made.
async fn make_links_anew(shop: &Shop) {
    let mut raw = shop.raw().await;
    let text = "select number, customer_id, staff_id, device_id, how, at, received_at from reading order by number";
    let rows: Vec<Row> = sqlx::query_as(text).fetch_all(&mut raw).await.unwrap();
    let mut link = String::new();
    for (number, customer, staff, device, how, at, received_at) in rows {
        let (place, at, received_at) = (number.to_string(), at.to_string(), received_at.to_string());
        let parts = [&link, &place, &customer, &staff, &device.unwrap_or_default(), &how, &at, &received_at];
        let bytes: Vec<u8> =
            parts.into_iter().flat_map(|part| [&(part.len() as u64).to_be_bytes(), part.as_bytes()].concat()).collect();
        link = Hash::of(&bytes).0.iter().map(|byte| format!("{byte:02x}")).collect();
        let text = "update reading set link = $1 where number = $2";
        sqlx::query(text).bind(&link).bind(number).execute(&mut raw).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn h49_a_look_that_was_altered_with_every_link_made_anew_is_found() {
    let differs = |number| Some(Difference::ReadingDiffers { number });
    for (tampered, found) in [
        ("update audit set at = at where number = 1", None),
        ("update reading set staff_id = device_id where number = 2", differs(2)),
        ("update reading set customer_id = device_id where number = 1", differs(1)),
        ("update reading set customer_id = device_id where number = 3", differs(3)),
        ("update reading set device_id = staff_id where number = 1", differs(1)),
        ("update reading set device_id = staff_id where number = 4", differs(4)),
        ("update reading set at = at - 1 where number = 2", differs(2)),
        ("update reading set received_at = received_at + 1 where number = 2", differs(2)),
        ("update reading set how = 'copied' where number = 3", differs(3)),
        ("update reading set how = 'opened' where number = 4", differs(4)),
        ("delete from reading where number = 4", Some(Difference::ReadingMissing { number: 4 })),
        (
            "insert into reading select branch_id, 5, customer_id, staff_id, device_id, how, at, received_at, link
                from reading where number = 4",
            Some(Difference::ReadingUntold { number: 5 }),
        ),
    ] {
        on_each_engine(async |shop| {
            let mut office = shop.tablet(DeviceScope::Management).await;
            let (lin, other) = (shop.adds(&mut office, "林晓雨").await, shop.adds(&mut office, "林小雨").await);
            looks(&shop, &mut office, lin, NOW).await;
            shop.does(&mut office, Action::JoinFiles { customer: lin, other }).await;
            looks(&shop, &mut office, lin, Moment(NOW.0 - 60_000)).await;
            shop.store.note_copy(vec![lin], shop.manager, Moment(NOW.0 + 5)).await.unwrap();
            shop.is_sound().await;

            shop.tamper(tampered).await;
            make_links_anew(&shop).await;

            assert_eq!(shop.store.verify().await, Ok(found.iter().cloned().collect()), "{tampered} on {}", shop.engine);
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn looks_into_a_file_that_was_erased_since_still_agree_with_what_is_left_of_its_history() {
    on_each_engine(async |shop| {
        let mut office = shop.tablet(DeviceScope::Management).await;
        let (lin, other) = (shop.adds(&mut office, "林晓雨").await, shop.adds(&mut office, "林小雨").await);
        shop.does(&mut office, Action::JoinFiles { customer: lin, other }).await;
        looks(&shop, &mut office, lin, Moment(NOW.0 - 60_000)).await;
        shop.does(&mut office, note(lin, "怕痛")).await;
        shop.does(&mut office, Action::PartFiles { customer: lin, other }).await;
        shop.does(&mut office, Action::EraseFile { customer: lin, why: WhyErased::HerRequest }).await;
        looks(&shop, &mut office, lin, NOW).await;
        looks(&shop, &mut office, other, NOW).await;
        shop.is_sound().await;

        shop.tamper("update reading set staff_id = device_id where number = 2").await;
        make_links_anew(&shop).await;
        assert!(shop.store.verify().await.unwrap().contains(&Difference::ReadingDiffers { number: 2 }), "{}", shop.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_by_a_clock_that_ran_ahead_is_told_as_such() {
    on_each_engine(async |shop| {
        let mut room = shop.tablet(DeviceScope::Treatment).await;
        let lin = shop.adds(&mut shop.desk().await, "林晓雨").await;
        for ahead in [0, 60_000, 3_600_000] {
            looks(&shop, &mut room, lin, Moment(NOW.0 + ahead)).await;
        }

        let told = shop.store.readings(vec![lin]).await.unwrap();
        assert_eq!(told.iter().map(|reading| reading.is_clock_off).collect::<Vec<_>>(), [true, false, false]);
        shop.is_sound().await;
    })
    .await;
}

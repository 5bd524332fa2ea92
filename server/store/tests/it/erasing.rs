//! Her file is done away with: nothing that was said of her is left in the database, and the history still holds together.

use crate::{
    dumping::dumped,
    shop::{Shop, add, note, on_each_engine, only, outcomes, text},
};
use domain::{
    Action, AllergyTag, Channel, Consent, ContactId, DeviceScope, Direction, Dot, HowGiven, Matter, Name, Phone, ProfileValue,
    Purpose, Refusal, Role, Talk, Unfit, Version, WhyErased,
};
use sync::{Outcome, RowId};
use uuid::Uuid;

const PHONE: &str = "19970004417";

/// What lies there of an entry that was set aside.
async fn bytes_left(shop: &Shop, dot: Dot) -> String {
    let text = "select sealed from quarantine where device_id = $1 and seq = $2";
    let select = sqlx::query_as::<_, (String,)>(text).bind(dot.device.to_string()).bind(dot.seq.0);
    select.fetch_one(&mut shop.raw().await).await.unwrap().0
}

fn erase(customer: domain::CustomerId) -> Action {
    Action::EraseFile { customer, why: WhyErased::HerRequest }
}

#[tokio::test(flavor = "multi_thread")]
async fn h48_an_erased_file_leaves_no_word_of_her_and_no_hole_in_the_history() {
    on_each_engine(async |shop| {
        let mut tablet = shop.tablet(DeviceScope::Management).await;
        let (lin, other) = (shop.adds(&mut tablet, "欧阳清荷").await, shop.adds(&mut tablet, "周敏").await);
        let allergy = Action::AddAllergy {
            customer: lin,
            tag: AllergyTag::new(Uuid::now_v7()),
            what: Name::new("金盏花").unwrap(),
            remark: None,
        };
        let phone = Action::CorrectProfile { customer: lin, value: ProfileValue::Phone(Phone::new(PHONE).ok()) };
        let talk = Talk {
            channel: Channel::Phone,
            direction: Direction::ByHer,
            about: Matter::AfterCare,
            is_reached: true,
            on: None,
            text: Some(text("电话里说起了水疱")),
        };
        let contact = Action::LogContact { customer: lin, contact: ContactId::new(Uuid::now_v7()), is: talk };
        let consent = Consent { is_given: false, how: HowGiven::ByPhone, said_on: None, remark: Some(text("别再发广告")) };
        let consent = Action::RecordConsent { customer: lin, purpose: Purpose::Offers, consent };
        for action in [allergy, phone, contact, consent, note(lin, "耳后发红"), note(other, "喜欢轻手法")] {
            assert!(matches!(shop.does(&mut tablet, action).await, Outcome::Applied { .. }));
        }
        // Somebody without the right wrote something; it waits, and her file says so.
        let may = shop.hire("小梅", &[Role::Analyst]).await;
        let aside = tablet.seal(may, Version(99), &note(lin, "放在一边的话"));
        let dot = Dot { device: tablet.device.id, seq: aside.seq };
        assert!(matches!(only(shop.push(&tablet, vec![aside]).await), Outcome::Quarantined { .. }));
        assert_ne!(bytes_left(&shop, dot).await, "");
        assert!(dumped(&shop.store).await.iter().any(|line| line.contains("欧阳清荷")), "or the rest would show nothing");

        assert!(matches!(shop.does(&mut tablet, erase(lin)).await, Outcome::Applied { .. }));
        assert_eq!(bytes_left(&shop, dot).await, "", "sealed, no word of it could be looked for");
        let left = dumped(&shop.store).await;
        for word in ["欧阳", "清荷", "金盏花", PHONE, "\"t4417\"", "耳后发红", "水疱", "广告", "oyqh", "ouyang"] {
            assert!(!left.iter().any(|line| line.contains(word)), "{word} is left on {}", shop.engine);
        }
        assert!(left.iter().any(|line| line.contains("喜欢轻手法")), "nobody else's");
        assert_eq!(shop.store.quarantine().await, Ok(Vec::new()));
        assert_eq!(shop.store.customers_count().await, Ok(1));
        assert!(shop.finds(&tablet, "oyqh").await.is_empty());
        let manifest = shop.store.manifest(&tablet.device, crate::shop::NOW).await.unwrap();
        assert!(!manifest.rows.iter().any(|(id, _)| *id == RowId::Customer(lin)));
        assert_eq!(manifest.erased, [lin].into(), "whoever was switched off hears of it when it is back");
        let fetched = shop.store.fetch(&tablet.device, vec![RowId::Customer(lin)], crate::shop::NOW).await.unwrap();
        assert_eq!(fetched.rows[0].body, None);
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f44_what_is_still_said_of_her_is_noted_as_come_and_forgotten_and_never_opens_her_file_again() {
    on_each_engine(async |shop| {
        let mut tablet = shop.tablet(DeviceScope::Management).await;
        let lin = shop.adds(&mut tablet, "林晓雨").await;
        let erased = tablet.seal(shop.manager, Version(9), &erase(lin));
        let later = tablet.seal(shop.manager, Version(9), &note(lin, "断网时记的"));
        let again = tablet.seal(shop.manager, Version(9), &add(lin, "林晓雨"));
        let once_more = tablet.seal(shop.manager, Version(9), &erase(lin));
        let settled = outcomes(&shop.push(&tablet, vec![erased, later.clone(), again, once_more]).await);
        assert!(matches!(settled[0], Outcome::Applied { .. }));
        let aside = |reason| Outcome::Quarantined { reason };
        assert_eq!(settled[1..], [aside(Unfit::Erased), aside(Unfit::CustomerExists), aside(Unfit::Erased)]);
        let dot = Dot { device: tablet.device.id, seq: later.seq };
        assert_eq!(shop.store.set_aside(dot).await.unwrap(), None, "nobody is asked about it");
        assert_eq!(bytes_left(&shop, dot).await, "", "and nothing of it is kept");
        assert!(shop.file(lin).await.notes.is_empty());
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_erased_that_its_manager_has_not_seen_nor_by_anybody_else() {
    on_each_engine(async |shop| {
        let (mut desk, mut office) = (shop.desk().await, shop.tablet(DeviceScope::Management).await);
        let lin = shop.adds(&mut desk, "林晓雨").await;
        let seen = shop.file(lin).await.version;
        shop.does(&mut desk, note(lin, "刚刚记的")).await;
        let blind = office.seal(shop.manager, seen, &erase(lin));
        let refused = Outcome::Refused { refusal: Refusal::ChangedMeanwhile };
        assert_eq!(only(shop.push(&office, vec![blind]).await), refused);

        let not_here = desk.seal(shop.manager, Version(99), &erase(lin));
        let consultant = shop.hire("李顾问", &[Role::Consultant]).await;
        let not_hers = office.seal(consultant, Version(99), &erase(lin));
        let no = Outcome::Quarantined { reason: Unfit::NotAllowed };
        assert_eq!(only(shop.push(&desk, vec![not_here]).await), no);
        assert_eq!(only(shop.push(&office, vec![not_hers]).await), no);
        assert!(shop.file(lin).await.erased.is_none());
        let asks = Action::AskDeletion { customer: lin, reason: text("她要求") };
        assert!(matches!(shop.does(&mut desk, asks).await, Outcome::Applied { .. }));
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_passes_off_a_mutation_as_erased_is_found_out() {
    on_each_engine(async |shop| {
        let mut desk = shop.desk().await;
        let lin = shop.adds(&mut desk, "林晓雨").await;
        shop.does(&mut desk, note(lin, "怕痛")).await;
        shop.is_sound().await;
        let mut raw = shop.raw().await;
        let rows: Vec<(i64, String)> =
            sqlx::query_as("select version, envelope from mutation").fetch_all(&mut raw).await.unwrap();
        for (version, text) in rows.into_iter().filter(|(_, text)| text.contains(&lin.to_string())) {
            let marker = format!("{{\"erased\":\"{}\"}}", store::digest_of_mutation(&text));
            let text = "update mutation set envelope = $1 where version = $2";
            sqlx::query(text).bind(marker).bind(version).execute(&mut raw).await.unwrap();
        }
        for table in ["customer", "customer_gram", "visit"] {
            let text = format!("delete from {table} where customer_id = $1");
            sqlx::query(sqlx::AssertSqlSafe(text)).bind(lin.to_string()).execute(&mut raw).await.unwrap();
        }
        assert_ne!(shop.store.verify().await.unwrap(), []);
    })
    .await;
}

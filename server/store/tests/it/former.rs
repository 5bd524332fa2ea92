//! A browser that becomes another device brings along what it recorded as the one before.

use crate::shop::{Tablet, add, customer_id, name, note, on_each_engine, only, outcomes};
use domain::{Action, DeviceScope, Dot, ProfileField, ProfileValue, Role, Seq, Unfit, Version};
use store::{Device, DeviceStatus};
use sync::{Outcome, Sealed};
use uuid::Uuid;

/// The entries as the browser numbers them once it is `tablet`.
fn brought_along(former: &Device, tablet: &mut Tablet, entries: &[Sealed]) -> Vec<Sealed> {
    let again = |sealed: &Sealed| {
        let seq = tablet.next;
        tablet.next = seq.next();
        Sealed { seq, bytes: sealed.bytes.clone(), sealed_as: Some(Dot { device: former.id, seq: sealed.seq }) }
    };
    entries.iter().map(again).collect()
}

fn is_applied(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Applied { .. })
}

#[tokio::test(flavor = "multi_thread")]
async fn h9_a_forked_copy_that_is_enrolled_anew_hands_in_what_the_salon_lacks_and_nothing_twice() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let lin = shop.adds(&mut tablet, "林晓雨").await;
        let both_have = tablet.seal(shop.manager, Version(9), &note(lin, "两份都有"));
        let before = outcomes(&shop.push(&tablet, vec![both_have.clone()]).await);
        let other = tablet.seal(shop.manager, Version(9), &note(lin, "另一份先交的"));
        shop.push(&tablet, vec![other]).await;
        tablet.next = Seq(3);
        let own = tablet.seal(shop.manager, Version(9), &note(lin, "这一份的"));
        assert_eq!(only(shop.push(&tablet, vec![own.clone()]).await), Outcome::Forked);

        let mut anew = shop.desk().await;
        let entries = brought_along(&tablet.device, &mut anew, &[both_have, own]);
        let settled = outcomes(&shop.push(&anew, entries.clone()).await);
        assert_eq!(settled[0], before[0], "it was there");
        assert!(is_applied(&settled[1]));
        let notes: Vec<String> = shop.file(lin).await.notes.values().map(|note| note.text.to_string()).collect();
        assert_eq!(notes.len(), 3, "{notes:?}");
        assert_eq!(outcomes(&shop.push(&anew, entries).await), settled, "told once more");
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablet_that_a_restore_has_forgotten_hands_in_all_it_holds_under_a_new_code() {
    on_each_engine(async |shop| {
        let mut unknown = shop.tablet(DeviceScope::Desk).await;
        unknown.device.id = domain::DeviceId::new(Uuid::now_v7());
        let lin = customer_id();
        let entries = [
            unknown.seal(shop.manager, Version(7), &add(lin, "林晓雨")),
            unknown.seal(shop.manager, Version(8), &note(lin, "记下的")),
        ];

        let mut anew = shop.tablet(DeviceScope::Desk).await;
        let entries = brought_along(&unknown.device, &mut anew, &entries);
        assert!(outcomes(&shop.push(&anew, entries).await).iter().all(is_applied));
        let file = shop.file(lin).await;
        assert_eq!((file.name().cloned(), file.notes.len()), (Some(name("林晓雨")), 1));
        assert_eq!(file.added.at, crate::shop::NOW);
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_device_that_was_sent_away_recorded_waits_for_a_manager_as_whatever_it_is_now() {
    on_each_engine(async |shop| {
        let mut away = shop.desk().await;
        let lin = shop.adds(&mut away, "林晓雨").await;
        let entry = away.seal(shop.manager, Version(9), &note(lin, "停用以后交的"));
        shop.store.set_device_status(away.device.id, DeviceStatus::Revoked, shop.manager, crate::shop::NOW).await.unwrap();

        let mut anew = shop.desk().await;
        let entries = brought_along(&away.device, &mut anew, &[entry]);
        assert_eq!(outcomes(&shop.push(&anew, entries.clone()).await), [Outcome::Quarantined { reason: Unfit::NotAllowed }]);
        let dot = Dot { device: anew.device.id, seq: Seq(1) };
        assert_eq!(shop.store.set_aside(dot).await.unwrap().as_ref(), Some(&entries[0]), "as it came");
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_desk_recorded_counts_as_a_desks_and_nobody_can_pass_off_her_own_as_anothers() {
    on_each_engine(async |shop| {
        let mut desk = shop.desk().await;
        let lin = customer_id();
        let entry = desk.seal(shop.manager, Version(0), &add(lin, "林晓雨"));
        let mut room = shop.tablet(DeviceScope::Treatment).await;
        let entries = brought_along(&desk.device, &mut room, &[entry]);
        assert!(is_applied(&only(shop.push(&room, entries).await)));

        // Sealed with her own device's keys, under the desk's name.
        let may = shop.hire("小梅", &[Role::Beautician]).await;
        let own = room.seal(may, Version(0), &Action::AskDeletion { customer: lin, reason: crate::shop::text("删") });
        let claimed = Sealed { sealed_as: Some(Dot { device: desk.device.id, seq: own.seq }), ..own };
        assert_eq!(only(shop.push(&room, vec![claimed]).await), Outcome::Quarantined { reason: Unfit::Forged });
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_is_taken_in_once_however_many_devices_its_browser_becomes() {
    on_each_engine(async |shop| {
        let (first, mut office) = (&mut shop.desk().await, shop.tablet(DeviceScope::Management).await);
        let lin = shop.adds(&mut office, "林晓雨").await;
        let school =
            |name: &str| Action::CorrectProfile { customer: lin, value: ProfileValue::Workplace(Some(crate::shop::name(name))) };
        let entry = first.seal(shop.manager, Version(99), &school("甲校"));
        let (mut second, mut third) = (shop.desk().await, shop.desk().await);
        let as_second = brought_along(&first.device, &mut second, std::slice::from_ref(&entry));
        let settled = outcomes(&shop.push(&second, as_second).await);
        assert!(is_applied(&settled[0]));
        assert!(is_applied(&shop.does(&mut office, school("乙校")).await));

        // Again in the next device's outbox, twice in one batch, and by a request of the first one's that was held up.
        let as_third = brought_along(&first.device, &mut third, &[entry.clone(), entry.clone()]);
        assert_eq!(outcomes(&shop.push(&third, as_third).await), [settled[0].clone(), settled[0].clone()]);
        assert_eq!(outcomes(&shop.push(first, vec![entry]).await), settled);
        let file = shop.file(lin).await;
        assert_eq!(file.profile.value(ProfileField::Workplace), Some(&ProfileValue::Workplace(Some(name("乙校")))));
        assert!(!file.is_to_check());
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_set_aside_is_told_so_again_to_whatever_its_browser_became() {
    on_each_engine(async |shop| {
        let (mut desk, may) = (shop.desk().await, shop.hire("小梅", &[Role::Analyst]).await);
        let lin = shop.adds(&mut desk, "林晓雨").await;
        let entry = desk.seal(may, Version(99), &note(lin, "无权写的"));
        let aside = outcomes(&shop.push(&desk, vec![entry.clone()]).await);
        assert!(matches!(aside[0], Outcome::Quarantined { .. }));
        let mut anew = shop.desk().await;
        let entries = brought_along(&desk.device, &mut anew, &[entry]);
        assert_eq!(outcomes(&shop.push(&anew, entries).await), aside);
        assert_eq!(shop.store.quarantine().await.unwrap().len(), 1, "and stands once on the manager's list");
        shop.is_sound().await;
    })
    .await;
}

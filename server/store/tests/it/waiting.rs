//! Whoever changes what waits for a manager, or what she decided about it, behind the program's back is found out.

use crate::{
    dumping::{dumped, load},
    shop::{NOW, Shop, Tablet, customer_id, empty_stores, note, on_each_engine, only, text},
    verifying::is_found_after,
};
use domain::{Action, CustomerId, DeviceScope, Dot, Moment, Role, StaffId, Version, WhyErased};
use store::Extent;
use sync::{Outcome, Sealed};

const LATER: Moment = Moment(NOW.0 + 60_000);

/// She may not write it.
async fn is_set_aside(shop: &Shop, tablet: &mut Tablet, by: StaffId, of: CustomerId, words: &str) -> (Dot, Action) {
    let action = note(of, words);
    let sealed = tablet.seal(by, Version(99), &action);
    let entry = Dot { device: tablet.device.id, seq: sealed.seq };
    let outcome = only(shop.push(tablet, vec![sealed]).await);
    assert!(matches!(outcome, Outcome::Quarantined { .. }), "{outcome:?}");
    (entry, action)
}

async fn decides(shop: &Shop, action: Action) {
    let done = shop.store.perform_here(shop.manager, vec![action], Extent::AllOrNothing, LATER, |_| ()).await.unwrap();
    assert!(matches!(done[0], Outcome::Applied { .. }), "{done:?}");
}

/// Whatever can become of an entry that is set aside: it waits, is taken in, is left out, goes with her file before or after somebody has
/// decided, and comes once more as another device's.
async fn busy_day(shop: &Shop) {
    let mut office = shop.tablet(DeviceScope::Management).await;
    let analyst = shop.hire("小梅", &[Role::Analyst]).await;
    let (lin, gone) = (shop.adds(&mut office, "林晓雨").await, shop.adds(&mut office, "周敏").await);
    is_set_aside(shop, &mut office, analyst, lin, "等着的").await;
    is_set_aside(shop, &mut office, analyst, customer_id(), "给不存在的人").await;
    for of in [lin, gone] {
        let (entry, action) = is_set_aside(shop, &mut office, analyst, of, "收进来的").await;
        decides(shop, Action::TakeIn { entry, author: analyst, at: NOW, base: Version(9), action: Box::new(action) }).await;
        let (entry, _) = is_set_aside(shop, &mut office, analyst, of, "不收的").await;
        decides(shop, Action::LeaveOut { entry, customer: Some(of), reason: text("没有这回事") }).await;
    }
    is_set_aside(shop, &mut office, analyst, gone, "没人看过的").await;
    let forgotten = Action::EraseFile { customer: gone, why: WhyErased::HerRequest };
    assert!(matches!(shop.does(&mut office, forgotten).await, Outcome::Applied { .. }));
    is_set_aside(shop, &mut office, shop.manager, gone, "删了以后才到的").await;

    let (mut former, mut anew) = (shop.desk().await, shop.desk().await);
    let Sealed { seq, bytes, .. } = former.seal(analyst, Version(99), &note(lin, "换了设备才交的"));
    let sealed_as = Some(Dot { device: former.device.id, seq });
    for _ in 0..2 {
        let entry = Sealed { seq: anew.next, bytes: bytes.clone(), sealed_as };
        anew.next = anew.next.next();
        assert!(matches!(only(shop.push(&anew, vec![entry]).await), Outcome::Quarantined { .. }));
    }
    shop.is_sound().await;
}

async fn is_found(text: &'static str, sentence: &str) {
    is_found_after(busy_day, text, sentence).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_waits_otherwise_than_it_came_is_found() {
    for text in [
        "update quarantine set reason = '\"forged\"' where decided_at is null",
        "update quarantine set sealed = substr(sealed, 5) where decided_at is null",
        "update quarantine set sealed = '' where decided_at is null",
        "update quarantine set staff_id = null where decided_at is null",
        "update quarantine set kind = 'add_allergy' where decided_at is null",
        "update quarantine set received_at = received_at - 1 where decided_at is null",
        "update quarantine set sealed_as = replace(sealed_as, '1', '2') where sealed_as is not null",
        "update quarantine set sealed = 'YWJj' where sealed = '' and decided_by is null",
        "update quarantine set sealed = 'YWJj' where sealed = '' and decided_by is not null",
    ] {
        is_found(text, "is not in quarantine as it came").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_is_no_longer_set_aside_or_never_was_is_found() {
    is_found("delete from quarantine where decided_at is null", "put in quarantine and is not there").await;
    is_found("delete from quarantine where decided_by is not null", "put in quarantine and is not there").await;
    let text = "insert into quarantine (branch_id, device_id, seq, reason, sealed, received_at)
        select branch_id, device_id, seq, '\"forged\"', 'YWJj', 1 from ledger where seq = 1 and outcome like '%applied%'";
    is_found(text, "is in quarantine, and the audit does not say so").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_that_nobody_took_or_that_is_gone_is_found() {
    for text in [
        "update quarantine set decided_by = staff_id, decided_at = received_at where decided_at is null",
        "update quarantine set decided_at = received_at where decided_at is null",
        "update quarantine set decided_by = null, decided_at = null where decided_by is not null and sealed <> ''",
        "update quarantine set decided_by = null, decided_at = null where sealed = ''",
        "update quarantine set decided_by = staff_id where decided_by is not null and sealed <> ''",
        "update quarantine set decided_by = staff_id where decided_by is not null and sealed = ''",
        "update quarantine set decided_at = decided_at + 1 where decided_by is not null",
    ] {
        is_found(text, "What was decided about entry").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_is_passed_off_as_handed_in_already_is_found() {
    is_found("update handed_over set hash = device_id", "counts as handed in by another one").await;
    is_found("update handed_over set outcome = '{\"applied\":{\"version\":1}}'", "counts as handed in by another one").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_and_what_was_decided_is_the_same_after_a_restore() {
    on_each_engine(async |shop| {
        busy_day(&shop).await;
        let lines = dumped(&shop.store).await;
        for restored in empty_stores().await {
            load(&restored, lines.clone()).await.unwrap();
            assert_eq!(restored.verify().await, Ok(Vec::new()), "from {}", shop.engine);
            assert_eq!(restored.quarantine().await, shop.store.quarantine().await);
        }
    })
    .await;
}

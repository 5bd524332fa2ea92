//! Whoever changes the database behind the program's back is found out.

use crate::{
    dumping::{dumped, load},
    shop::{NOW, Shop, empty_stores, name, note, on_each_engine},
};
use domain::{Action, Moment, ProfileValue, Role, RoomId, Seq, Text};
use store::DeviceStatus;
use uuid::Uuid;

async fn busy_day(shop: &Shop) {
    let mut office = shop.tablet(domain::DeviceScope::Management).await;
    let lin = shop.adds(&mut office, "林晓雨").await;
    shop.does(&mut office, note(lin, "喜欢轻手法")).await;
    let room = Action::FurnishRoom { room: RoomId::new(Uuid::now_v7()), is: domain::Room { name: name("二号房") } };
    shop.does(&mut office, room).await;
    shop.does(&mut office, Action::CorrectProfile { customer: lin, value: ProfileValue::Hobbies(Text::new("瑜伽").ok()) }).await;
    let stranger = Action::AskDeletion { customer: crate::shop::customer_id(), reason: crate::shop::text("重复") };
    shop.does(&mut office, stranger).await;
    shop.store.set_password(shop.manager, "$argon2id$2", NOW).await.unwrap();
    let away = shop.desk().await;
    shop.store.set_device_status(away.device.id, DeviceStatus::Revoked, shop.manager, NOW).await.unwrap();
    shop.hire("小梅", &[Role::Beautician]).await;
    shop.is_sound().await;
}

async fn is_found(text: &'static str, sentence: &str) {
    is_found_after(busy_day, text, sentence).await;
}

pub async fn is_found_after(day: impl AsyncFn(&Shop), text: &'static str, sentence: &str) {
    on_each_engine(async |shop| {
        day(&shop).await;
        shop.tamper(text).await;
        let found: Vec<String> = shop.store.verify().await.unwrap().iter().map(ToString::to_string).collect();
        assert!(found.iter().any(|found| found.contains(sentence)), "{text}: {found:?} on {}", shop.engine);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_customer_row_is_found() {
    is_found("update customer set body = replace(body, '林晓雨', '林小雨')", "not what its history makes").await;
    is_found("update customer set latest_on = '2020-01-01'", "not what its history makes").await;
    is_found("delete from customer_gram where gram = 'n林'", "not found by what is in the file").await;
    is_found("delete from customer", "is missing").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_salon_or_person_is_found() {
    is_found("update salon set body = replace(body, '二号房', '三号房')", "The salon's row is not").await;
    is_found("update staff set roles = 'owner' where roles = 'beautician'", "not as the audit last saw her").await;
    is_found("delete from staff where roles = 'beautician'", "not as the audit last saw her").await;
    is_found("update salon set version = 1", "The salon's row is not").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_that_was_set_behind_the_programs_back_or_is_gone_is_found() {
    is_found("update staff set password_generation = 2 where password_generation = 1", "The password of person").await;
    is_found("update staff set password_generation = 1 where password_generation = 2", "The password of person").await;
    is_found("update staff set password_hash = null where password_generation = 2", "The password of person").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_device_is_found() {
    for text in [
        "update device set status = 'active' where status = 'revoked'",
        "update device set status = 'stolen' where status = 'active' and cookie_hash is not null",
        "update device set generation = 2 where status = 'revoked'",
        "update device set epoch = epoch + 1 where status = 'revoked'",
        "update device set enrolled_at = enrolled_at + 1 where status = 'revoked'",
        "update device set enrolled_by = device_id where cookie_hash is null",
        "update device set cookie_hash = 'somebody' where cookie_hash is null",
    ] {
        is_found(text, "is not as the audit says it was enrolled").await;
    }
    is_found("delete from device where status = 'revoked'", "is missing").await;
    is_found("update branch set server_device_id = branch_id", "is missing").await;
    let text = "insert into device (branch_id, device_id, scope, label, generation, status, cookie_hash, epoch, enrolled_by, enrolled_at)
        select branch_id, enrolled_by, scope, label, 1, 'active', 'x', epoch, enrolled_by, enrolled_at from device where status = 'revoked'";
    is_found(text, "was enrolled by nobody").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_branch_is_found() {
    is_found("update branch set version = version + 1", "The branch stands at version").await;
    is_found("update branch set epoch = epoch + 1", "The branch is in epoch").await;
    is_found("update branch set founded_at = founded_at + 1", "was not founded when").await;
    is_found("update branch set durable_version = 1", "a second medium holds version 1").await;
    is_found("update branch set backed_up_at = 1", "last backup was not made").await;
    let backed_up = async |shop: &Shop| {
        busy_day(shop).await;
        shop.store.note_backup(shop.store.head().await.unwrap().version, true, NOW).await.unwrap();
        shop.is_sound().await;
        shop.does(&mut shop.desk().await, note(crate::shop::customer_id(), "备份以后")).await;
    };
    is_found_after(backed_up, "update branch set durable_version = version", "a second medium holds version").await;
    is_found_after(backed_up, "update branch set backed_up_at = backed_up_at + 1", "last backup was not made").await;
    is_found_after(backed_up, "update branch set backed_up_at = null", "last backup was not made").await;
}

/// A restore takes away what one device has handed in, and the salon goes on.
async fn restored(shop: &Shop) {
    let mut desk = shop.desk().await;
    let lin = shop.adds(&mut desk, "林晓雨").await;
    desk.epoch = shop.store.begin_epoch(Moment(NOW.0 + 1)).await.unwrap();
    desk.next = Seq(desk.next.0 + 3);
    shop.does(&mut desk, note(lin, "接着记")).await;
    shop.is_sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_restore_is_said_to_have_taken_away_and_did_not_is_found() {
    let sentence = "lost in a restore is not what";
    is_found_after(restored, "delete from lost", sentence).await;
    is_found_after(restored, "update lost set to_seq = to_seq - 1", sentence).await;
    is_found_after(restored, "update lost set recorded_at = recorded_at + 1", sentence).await;
    is_found_after(restored, "update lost set epoch = epoch + 1", sentence).await;
    let text = "insert into lost select branch_id, device_id, 70, 80, epoch, recorded_at from lost";
    is_found_after(restored, text, sentence).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_salon_agrees_with_its_history_before_its_first_backup_and_after_it() {
    on_each_engine(async |shop| {
        busy_day(&shop).await;
        shop.store.note_backup(shop.store.head().await.unwrap().version, true, NOW).await.unwrap();
        let lines = dumped(&shop.store).await;
        for restored in empty_stores().await {
            load(&restored, lines.clone()).await.unwrap();
            assert_eq!(restored.verify().await, Ok(Vec::new()));
            let version = restored.head().await.unwrap().version;
            restored.note_backup(version, true, Moment(NOW.0 + 2)).await.unwrap();
            assert_eq!(restored.head().await.unwrap().durable_version, version);
            assert_eq!(restored.verify().await, Ok(Vec::new()));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h49_a_changed_audit_row_is_found() {
    is_found("update audit set kind = 'applied nothing' where number = 4", "row 4 was changed").await;
    is_found("update audit set at = at + 1 where number = 5", "row 5 was changed").await;
    is_found("delete from audit where number = 4", "row 4 is missing").await;
    is_found("delete from audit where number = (select max(number) from audit)", "its audit at").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_ledger_row_is_found() {
    // Some hashes have no *a* in them.
    let text = "update ledger set hash = case substr(hash, 1, 1) when 'a' then 'b' else 'a' end || substr(hash, 2) where seq = 2";
    is_found(text, "Entry 2").await;
    is_found("update ledger set outcome = '\"retry_later\"' where seq = 3", "Entry 3").await;
    is_found("update ledger set version = version + 100 where seq = 2", "Entry 2").await;
    is_found("delete from ledger where seq = 2", "Entry 2").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_mutation_is_found() {
    is_found("update mutation set envelope = replace(envelope, '轻手法', '重手法')", "Entry 2").await;
    is_found("delete from mutation where seq = 2", "not what its history makes").await;
    is_found("update mutation set envelope = '{}' where seq = 1", "can't be read").await;
    is_found("update mutation set received_at = received_at + 1 where seq = 2", "knows nothing of the mutation").await;
    let text = "insert into mutation (branch_id, version, device_id, seq, received_at, envelope)
        select branch_id, version + 500, device_id, seq + 500, received_at, envelope from mutation where seq = 2";
    is_found(text, "knows nothing of the mutation").await;
}

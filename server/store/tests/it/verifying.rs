//! Whoever changes the database behind the program's back is found out.

use crate::shop::{Shop, name, note, on_each_engine};
use domain::{Action, ProfileValue, Role, RoomId, Text};
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
    shop.hire("小梅", &[Role::Beautician]).await;
    shop.is_sound().await;
}

async fn is_found(text: &'static str, sentence: &str) {
    on_each_engine(async |shop| {
        busy_day(&shop).await;
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
    is_found("delete from ledger where seq = 2", "Entry 2").await;
    is_found("delete from quarantine", "put in quarantine and is not there").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_mutation_is_found() {
    is_found("update mutation set envelope = replace(envelope, '轻手法', '重手法')", "Entry 2").await;
    is_found("delete from mutation where seq = 2", "not what its history makes").await;
    is_found("update mutation set envelope = '{}' where seq = 1", "can't be read").await;
}

//! Several who write on one file without knowing of one another.

use crate::shop::{name, note, on_each_engine, text};
use domain::{Action, AllergyTag, DeviceScope, Phone, ProfileField, ProfileValue, Question, Said, Shown, Why};
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn f31_different_fields_written_offline_are_both_kept() {
    on_each_engine(async |shop| {
        let (mut desk, mut office) = (shop.desk().await, shop.tablet(DeviceScope::Management).await);
        let lin = shop.adds(&mut desk, "林晓雨").await;
        let seen = shop.file(lin).await.version;
        let phone = ProfileValue::Phone(Phone::new("13800004417").ok());
        let card = ProfileValue::Card(Some(name("VIP-0017")));
        let one = desk.seal(shop.manager, seen, &Action::CorrectProfile { customer: lin, value: phone });
        let two = office.seal(shop.manager, seen, &Action::CorrectProfile { customer: lin, value: card });
        shop.push(&desk, vec![one]).await;
        shop.push(&office, vec![two]).await;
        let file = shop.file(lin).await;
        assert_eq!(file.phone().unwrap().tail(), "4417");
        assert_eq!(file.card().unwrap().as_str(), "VIP-0017");
        assert!(!file.is_to_check());
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f32_of_two_values_for_one_field_the_later_wins_and_the_other_is_kept_to_check() {
    on_each_engine(async |shop| {
        let (mut desk, mut office) = (shop.desk().await, shop.tablet(DeviceScope::Management).await);
        let lin = shop.adds(&mut desk, "林晓雨").await;
        let seen = shop.file(lin).await.version;
        let correct =
            |digits: &str| Action::CorrectProfile { customer: lin, value: ProfileValue::Phone(Phone::new(digits).ok()) };
        let one = desk.seal(shop.manager, seen, &correct("13800004417"));
        let two = office.seal(shop.manager, seen, &correct("13900008826"));
        shop.push(&office, vec![two]).await;
        shop.push(&desk, vec![one]).await;
        let file = shop.file(lin).await;
        assert_eq!(file.phone().unwrap().tail(), "4417");
        assert!(file.is_to_check());
        let Some(Shown::Known(field)) = file.profile.field(ProfileField::Phone) else { panic!("no phone") };
        assert_eq!(field.past.len(), 1);
        assert_eq!(field.past[0].why, Why::Overruled);
        assert_eq!(shop.finds(&desk, "4417").await.len(), 1);
        assert_eq!(shop.finds(&desk, "8826").await.len(), 0);
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f33_an_allergy_outlives_whatever_else_was_done_meanwhile() {
    on_each_engine(async |shop| {
        let (mut desk, mut office, mut third) =
            (shop.desk().await, shop.tablet(DeviceScope::Management).await, shop.desk().await);
        let lin = shop.adds(&mut desk, "林晓雨").await;
        let (old, new) = (AllergyTag::new(Uuid::now_v7()), AllergyTag::new(Uuid::now_v7()));
        shop.does(&mut desk, Action::AddAllergy { customer: lin, tag: old, what: name("香精"), remark: None }).await;
        let seen = shop.file(lin).await.version;
        let add =
            desk.seal(shop.manager, seen, &Action::AddAllergy { customer: lin, tag: new, what: name("酒精"), remark: None });
        let reason = text("复测无反应");
        let resolve = office.seal(
            shop.manager,
            seen,
            &Action::ResolveAllergy { customer: lin, tags: [old].into(), reason: reason.clone() },
        );
        let rename =
            office.seal(shop.manager, seen, &Action::CorrectProfile { customer: lin, value: ProfileValue::Name(name("林小雪")) });
        let delete = third.seal(shop.manager, seen, &Action::AskDeletion { customer: lin, reason });

        shop.push(&third, vec![delete]).await;
        assert!(!shop.file(lin).await.deletion_asked[0].is_contested, "nobody has written anything else");
        shop.push(&desk, vec![add]).await;
        assert!(shop.file(lin).await.deletion_asked[0].is_contested, "whoever decides must see the new allergy");
        shop.push(&office, vec![resolve, rename]).await;

        let file = shop.file(lin).await;
        assert_eq!(file.allergies.active().map(|(tag, _)| tag).collect::<Vec<_>>(), [new]);
        assert_eq!(file.said(Question::Allergies), Said::Yes);
        assert!(file.deletion_asked[0].is_contested);
        assert_eq!(shop.finds(&desk, "林小雪").await.len(), 1);
        assert_eq!(shop.finds(&desk, "林晓雨").await.len(), 0);
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn f33_a_wish_to_delete_is_contested_by_others_only() {
    on_each_engine(async |shop| {
        let (mut desk, mut office) = (shop.desk().await, shop.tablet(DeviceScope::Management).await);
        let (lin, zhou) = (shop.adds(&mut desk, "林晓雨").await, shop.adds(&mut desk, "周敏").await);
        let seen = shop.store.head().await.unwrap().version;
        let delete = |customer| Action::AskDeletion { customer, reason: text("重复建档") };
        let mut offline = Vec::new();
        for customer in [lin, zhou] {
            offline.push(desk.seal(shop.manager, seen, &note(customer, "同一个人")));
            offline.push(desk.seal(shop.manager, seen, &delete(customer)));
        }
        let unseen =
            Action::AddAllergy { customer: zhou, tag: AllergyTag::new(Uuid::now_v7()), what: name("酒精"), remark: None };
        shop.does(&mut office, unseen).await;

        shop.push(&desk, offline).await;

        assert!(!shop.file(lin).await.deletion_asked[0].is_contested, "her own note contradicts nobody");
        assert!(shop.file(zhou).await.deletion_asked[0].is_contested);
        shop.is_sound().await;
    })
    .await;
}

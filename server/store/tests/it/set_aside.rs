//! What could not be taken in as it was is told in her file until a manager has decided about it.

use crate::shop::{NOW, Shop, Tablet, customer_id, name, note, on_each_engine, only, text};
use domain::{
    Action, Allergy, AllergyTag, Answer, Avoid, CautionWhy, ClockOffset, Concern, Consent, CustomerId, DeviceScope, Dot,
    HowGiven, Permission, Purpose, Question, RedStrip, Refusal, Role, SafetyRules, Said, StaffId, Text, Unfit, Version,
    WhyErased, red_strip,
};
use store::{Extent, FailPoint};
use sync::{Envelope, Outcome};
use uuid::Uuid;

const QUARANTINED: Outcome = Outcome::Quarantined { reason: Unfit::AuthorLeft };

fn allergic(customer: CustomerId, what: &str) -> Action {
    Action::AddAllergy { customer, tag: AllergyTag::new(Uuid::now_v7()), what: name(what), remark: None }
}

async fn strip(shop: &Shop, customer: CustomerId) -> RedStrip {
    red_strip(&shop.file(customer).await, &SafetyRules::default(), ClockOffset::default(), NOW)
}

fn forbids(strip: &RedStrip, what: &str) -> bool {
    strip.entries.iter().any(|(_, avoid, _)| *avoid == Avoid::Ingredient(name(what)))
}

/// Somebody who had left before her tablet handed in what she wrote.
async fn who_left(shop: &Shop) -> (StaffId, Tablet) {
    let her = shop.hire("周小梅", &[Role::Beautician]).await;
    let tablet = shop.tablet(DeviceScope::Treatment).await;
    shop.store.disable_person(her, NOW).await.unwrap();
    (her, tablet)
}

async fn decides(shop: &Shop, action: Action) -> Outcome {
    let done = shop.store.perform_here(shop.manager, vec![action], Extent::AllOrNothing, NOW, |_| ()).await.unwrap();
    done.into_iter().next().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn f43_an_allergy_written_by_somebody_who_has_left_is_on_the_strip_and_taken_in_as_hers() {
    on_each_engine(async |shop| {
        let customer = shop.adds(&mut shop.desk().await, "林晓雨").await;
        let (her, mut tablet) = who_left(&shop).await;
        let base = shop.file(customer).await.version;
        let action = allergic(customer, "酒精");
        let sealed = tablet.seal(her, base, &action);
        let entry = Dot { device: tablet.device.id, seq: sealed.seq };

        assert_eq!(only(shop.push(&tablet, vec![sealed]).await), QUARANTINED);

        let before = strip(&shop, customer).await;
        assert!(forbids(&before, "酒精") && before.set_aside == 1 && before.unasked.contains(&Question::Allergies));
        assert!(matches!(before.entries[0].2, CautionWhy::SetAside { .. }));
        assert_eq!(shop.file(customer).await.allergies.active().count(), 0);
        shop.is_sound().await;

        let taken = Action::TakeIn { entry, author: her, at: NOW, base, action: Box::new(action) };
        assert!(matches!(decides(&shop, taken).await, Outcome::Applied { .. }));

        let file = shop.file(customer).await;
        let allergies: Vec<&Allergy> = file.allergies.active().map(|(_, allergy)| allergy).collect();
        assert_eq!(
            allergies.iter().map(|allergy| (allergy.what.as_str(), allergy.written.by)).collect::<Vec<_>>(),
            [("酒精", her)]
        );
        assert_eq!((file.set_aside.len(), strip(&shop, customer).await.set_aside), (0, 0));
        assert_eq!(shop.store.quarantine().await.unwrap(), []);
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_was_set_aside_must_be_asked_again_until_a_manager_leaves_it_out() {
    on_each_engine(async |shop| {
        let mut desk = shop.desk().await;
        let customer = shop.adds(&mut desk, "林晓雨").await;
        for question in Question::ALL {
            shop.does(&mut desk, Action::AnswerQuestion { customer, question, answer: Answer::just(Said::No) }).await;
        }
        assert!(strip(&shop, customer).await.is_clear());
        let (her, mut tablet) = who_left(&shop).await;
        let answer = Action::AnswerQuestion { customer, question: Question::Medication, answer: Answer::just(Said::Yes) };
        let sealed = tablet.seal(her, Version(0), &answer);
        let entry = Dot { device: tablet.device.id, seq: sealed.seq };

        assert_eq!(only(shop.push(&tablet, vec![sealed]).await), QUARANTINED);

        assert_eq!(strip(&shop, customer).await.unasked, [Question::Medication]);
        let reason = Text::new("问过她：没有在用药").unwrap();
        decides(&shop, Action::LeaveOut { entry, customer: Some(customer), reason }).await;
        assert!(strip(&shop, customer).await.is_clear());
        assert_eq!(shop.store.quarantine().await.unwrap(), []);
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_the_program_fell_over_is_told_in_her_file_too() {
    on_each_engine(async |shop| {
        let mut desk = shop.desk().await;
        let customer = shop.adds(&mut desk, "林晓雨").await;
        shop.store.fail_at(FailPoint::Poison(0));

        let outcome = shop.does(&mut desk, allergic(customer, "香精")).await;

        assert_eq!(outcome, Outcome::Quarantined { reason: Unfit::ProgramFailed });
        assert!(forbids(&strip(&shop, customer).await, "香精"));
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h4_no_device_decides_about_what_was_set_aside_for_somebody_who_may_not() {
    on_each_engine(async |shop| {
        let customer = shop.adds(&mut shop.desk().await, "林晓雨").await;
        let her = shop.hire("周小梅", &[Role::Beautician]).await;
        let mut tablet = shop.tablet(DeviceScope::Treatment).await;
        let entry = Dot { device: tablet.device.id, seq: tablet.next };
        let reason = Text::new("不要了").unwrap();
        let inner = Box::new(note(customer, "代写"));
        let tried = [
            Action::SetAside { customer, concerns: vec![Concern::Allergy(name("水"))], entry: None },
            Action::TakeIn { entry, author: shop.manager, at: NOW, base: Version(0), action: inner },
            Action::LeaveOut { entry, customer: Some(customer), reason },
        ];
        for action in tried.clone() {
            let sealed = tablet.seal(her, Version(0), &action);
            let outcome = only(shop.push(&tablet, vec![sealed]).await);
            assert_eq!(outcome, Outcome::Quarantined { reason: Unfit::NotAllowed }, "{}", action.kind());
        }
        // Not even a manager's own tablet speaks for the server.
        let mut office = shop.tablet(DeviceScope::Management).await;
        for action in tried {
            assert_eq!(shop.does(&mut office, action).await, Outcome::Quarantined { reason: Unfit::NotAllowed });
        }

        let file = shop.file(customer).await;
        assert_eq!((file.notes.len(), file.set_aside.len()), (0, 0));
        assert!(!forbids(&strip(&shop, customer).await, "水"));
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_can_read_can_be_left_out_as_well() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let header = tablet.header(shop.manager, Version(0));
        let envelope = Envelope { header, action: note(customer_id(), "给不存在的人") };
        let sealed = tablet.seal_bytes(shop.manager, &header, &serde_json::to_vec(&envelope).unwrap());
        let entry = Dot { device: tablet.device.id, seq: sealed.seq };
        assert_eq!(only(shop.push(&tablet, vec![sealed]).await), Outcome::Quarantined { reason: Unfit::UnknownCustomer });

        let reason = Text::new("建错的").unwrap();
        assert!(matches!(decides(&shop, Action::LeaveOut { entry, customer: None, reason }).await, Outcome::Applied { .. }));

        assert_eq!(shop.store.quarantine().await.unwrap(), []);
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawal_written_by_somebody_who_has_left_counts_until_a_manager_has_decided() {
    on_each_engine(async |shop| {
        let customer = shop.adds(&mut shop.desk().await, "林晓雨").await;
        let (her, mut tablet) = who_left(&shop).await;
        let base = shop.file(customer).await.version;
        let consent = Consent { is_given: false, how: HowGiven::InPerson, said_on: None, remark: None };
        let action = Action::RecordConsent { customer, purpose: Purpose::HealthRecord, consent };
        let sealed = tablet.seal(her, base, &action);
        let entry = Dot { device: tablet.device.id, seq: sealed.seq };

        assert_eq!(only(shop.push(&tablet, vec![sealed]).await), QUARANTINED);

        let file = shop.file(customer).await;
        assert_eq!((file.allows(Purpose::HealthRecord), file.consents.len()), (Permission::Withdrawn, 0));
        assert!(strip(&shop, customer).await.is_health_withdrawn);
        shop.is_sound().await;

        let left_out = Action::LeaveOut { entry, customer: Some(customer), reason: text("当面问过") };
        assert!(matches!(decides(&shop, left_out).await, Outcome::Applied { .. }));
        assert_eq!(shop.file(customer).await.allows(Purpose::HealthRecord), Permission::NotAsked);
        shop.is_sound().await;
    })
    .await;
}

/// Whoever joins, parts or erases has the files before her as they are then: nobody's word stands in for that.
#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_who_has_left_did_with_whole_files_is_done_anew_by_whoever_still_wants_it() {
    on_each_engine(async |shop| {
        let mut office = shop.tablet(DeviceScope::Management).await;
        let (lin, other) = (shop.adds(&mut office, "林晓雨").await, shop.adds(&mut office, "林小雨").await);
        let her = shop.hire("陈店长", &[Role::StoreManager]).await;
        shop.store.disable_person(her, NOW).await.unwrap();
        let whole = [
            Action::JoinFiles { customer: lin, other },
            Action::PartFiles { customer: lin, other },
            Action::EraseFile { customer: other, why: WhyErased::HerRequest },
        ];
        for action in whole {
            let sealed = office.seal(her, Version(99), &action);
            let entry = Dot { device: office.device.id, seq: sealed.seq };
            assert_eq!(only(shop.push(&office, vec![sealed]).await), QUARANTINED);

            let taken = Action::TakeIn { entry, author: her, at: NOW, base: Version(99), action: Box::new(action.clone()) };
            assert_eq!(decides(&shop, taken).await, Outcome::Refused { refusal: Refusal::ChangedMeanwhile });
            assert!(shop.store.set_aside(entry).await.unwrap().is_some(), "it waits on");

            let done = shop.does(&mut office, action.clone()).await;
            assert!(matches!(done, Outcome::Applied { .. }), "{} {done:?}", action.kind());
            let left_out = Action::LeaveOut { entry, customer: action.customer(), reason: text("自己做了一遍") };
            if !matches!(action, Action::EraseFile { .. }) {
                assert!(matches!(decides(&shop, left_out).await, Outcome::Applied { .. }));
            }
            assert_eq!(shop.store.quarantine().await, Ok(Vec::new()), "what was set aside of her goes with her file");
            shop.is_sound().await;
        }
        assert!(shop.file(other).await.is_erased());
    })
    .await;
}

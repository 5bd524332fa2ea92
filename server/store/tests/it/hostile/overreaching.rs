//! Entries that want more than their author may.

use super::{NOT_ALLOWED, UNREADABLE, odd};
use crate::shop::{NOW, add, name, on_each_engine, only, outcomes, text};
use domain::{
    Action, AllergyTag, Answer, Avoid, Caution, ClockOffset, Phone, ProfileValue, Question, Role, Said, Unfit, Version,
};
use serde_json::json;
use sync::Outcome;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn h16_a_beauticians_phone_or_balance_is_put_aside_whole() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let lin = shop.adds(&mut tablet, "林晓雨").await;
        let may = shop.hire("小梅", &[Role::Beautician]).await;
        let before = shop.file(lin).await;
        for value in
            [ProfileValue::Phone(Phone::new("13800004417").ok()), ProfileValue::BalanceBefore(Some(domain::Cents(9_900_000)))]
        {
            let entry = tablet.seal(may, Version(9), &Action::CorrectProfile { customer: lin, value });
            assert_eq!(only(shop.push(&tablet, vec![entry]).await), NOT_ALLOWED);
        }
        assert_eq!(shop.file(lin).await, before);
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h17_an_allergy_goes_only_by_a_resolve_with_the_right_to_it() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let lin = shop.adds(&mut tablet, "林晓雨").await;
        let may = shop.hire("小梅", &[Role::Beautician]).await;
        let tag = AllergyTag::new(Uuid::now_v7());
        shop.does(&mut tablet, Action::AddAllergy { customer: lin, tag, what: name("酒精"), remark: None }).await;
        let reason = text("没关系");
        let entries = vec![
            odd(&mut tablet, may, &json!({ "correct_profile": { "customer": lin, "value": { "allergies": [] } } })),
            tablet.seal(may, Version(9), &Action::ResolveAllergy { customer: lin, tags: [tag].into(), reason: reason.clone() }),
            tablet.seal(shop.manager, Version(9), &Action::ResolveAllergy { customer: lin, tags: [].into(), reason }),
        ];
        let nothing = Outcome::Quarantined { reason: Unfit::NothingToResolve };
        assert_eq!(outcomes(&shop.push(&tablet, entries).await), [UNREADABLE, NOT_ALLOWED, nothing]);
        assert_eq!(shop.file(lin).await.allergies.active().count(), 1);
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h17_no_word_about_an_allergy_takes_it_back() {
    on_each_engine(async |shop| {
        let mut tablet = shop.desk().await;
        let lin = shop.adds(&mut tablet, "林晓雨").await;
        let tag = AllergyTag::new(Uuid::now_v7());
        let alcohol = |what: &str| Action::AddAllergy { customer: lin, tag, what: name(what), remark: None };
        shop.does(&mut tablet, alcohol("酒精")).await;
        let no_reason = |reason: &str| json!({ "resolve_allergy": { "customer": lin, "tags": [tag], "reason": reason } });
        let no = Action::AnswerQuestion { customer: lin, question: Question::Allergies, answer: Answer::just(Said::No) };
        let entries = vec![
            odd(&mut tablet, shop.manager, &no_reason("")),
            odd(&mut tablet, shop.manager, &no_reason(" \t\n\u{3000}")),
            odd(&mut tablet, shop.manager, &json!({ "resolve_allergy": { "customer": lin, "tags": [tag] } })),
            tablet.seal(shop.manager, Version(9), &alcohol("没有")),
            tablet.seal(shop.manager, Version(9), &no),
            tablet.seal(shop.manager, Version(9), &add(lin, "林晓雨")),
        ];

        let settled = outcomes(&shop.push(&tablet, entries).await);

        assert_eq!(settled[..3], [UNREADABLE, UNREADABLE, UNREADABLE]);
        assert!(settled[3..5].iter().all(|outcome| matches!(outcome, Outcome::Applied { .. })), "{settled:?}");
        assert_eq!(settled[5], Outcome::Quarantined { reason: Unfit::CustomerExists });
        let file = shop.file(lin).await;
        let active: Vec<&str> = file.allergies.active().map(|(_, allergy)| allergy.what.as_str()).collect();
        assert_eq!(active, ["酒精"]);
        let strip = domain::red_strip(&file, &domain::SafetyRules::default(), ClockOffset::default(), NOW);
        assert!(matches!(&strip.entries[..], [(Caution::Forbid, Avoid::Ingredient(what), _)] if *what == name("酒精")));
        assert!(strip.unasked.contains(&Question::Allergies), "a no beside it is a contradiction, not an answer");
        shop.is_sound().await;
    })
    .await;
}

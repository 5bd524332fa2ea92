//! What was put on her skin, as the salon takes it in: kept as it came, and marked where more was known.

use crate::shop::{NOW, Shop, Tablet, name, on_each_engine};
use domain::{
    Action, AllergyTag, Answer, Batch, BatchId, Begun, CareEvent, ClockOffset, CustomerFile, CustomerId, DeviceScope, EventId,
    Ingredient, Judgement, Product, ProductClass, ProductId, Question, Said, Service, ServiceId, TreatmentId, UseId, UseOf, Used,
    Verdict, WhyErased, Zone, judge_use,
};
use uuid::Uuid;

const PRODUCT: ProductId = ProductId::new(Uuid::from_u128(71));
const BATCH: BatchId = BatchId::new(Uuid::from_u128(72));

/// A salon with a mask on its shelf that has propolis in it.
async fn stocked(shop: &Shop) -> Tablet {
    let mut office = shop.tablet(DeviceScope::Management).await;
    let ingredients = [Ingredient::from(name("蜂胶提取物"))].into();
    let is = Product {
        name: name("蜂胶舒缓面膜"),
        class: ProductClass::Repairing,
        ingredients,
        months_after_opening: None,
        needs_patch_test: false,
    };
    shop.does(&mut office, Action::StockProduct { product: PRODUCT, is }).await;
    let expires_on = chrono::NaiveDate::from_ymd_opt(2039, 1, 31).unwrap();
    let is = Batch { product: PRODUCT, number: name("FJ2604"), expires_on, opened_on: None, is_recalled: false };
    shop.does(&mut office, Action::StockBatch { batch: BATCH, is }).await;
    office
}

/// As a screen that shows `file` asks the gate, and records it for `customer`.
async fn used(shop: &Shop, tablet: &mut Tablet, customer: CustomerId, file: &CustomerFile) -> (UseId, Verdict) {
    let (salon, _) = shop.store.salon().await.unwrap().unwrap();
    let today = ClockOffset::default().day(NOW);
    let of = UseOf { product: PRODUCT, batch: Some(BATCH), zone: Zone::Hands, opens: false };
    let judged = judge_use(&salon, file, of, today);
    let (usage, verdict) = (UseId::new(Uuid::now_v7()), judged.verdict);
    let is = Used {
        product: PRODUCT,
        batch: Some(BATCH),
        zone: Zone::Hands,
        judged,
        release: None,
        known: None,
        opens: false,
        during: None,
    };
    shop.does(tablet, Action::UseProduct { customer, usage, is: Box::new(is) }).await;
    (usage, verdict)
}

async fn asked(shop: &Shop, tablet: &mut Tablet, customer: CustomerId) {
    let answer = Answer::just(Said::No);
    shop.does(tablet, Action::AnswerQuestion { customer, question: Question::Allergies, answer }).await;
    shop.does(tablet, Action::LookAtSkin { customer, findings: Vec::new() }).await;
}

fn propolis(customer: CustomerId) -> Action {
    Action::AddAllergy { customer, tag: AllergyTag::new(Uuid::now_v7()), what: name("蜂胶"), remark: None }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_use_on_a_screen_that_did_not_know_of_an_allergy_is_kept_and_marked() {
    on_each_engine(async |shop| {
        let mut office = stocked(&shop).await;
        let lin = shop.adds(&mut office, "林晓雨").await;
        asked(&shop, &mut office, lin).await;
        let as_the_room_sees_her = shop.file(lin).await;
        shop.does(&mut office, propolis(lin)).await;

        let (usage, verdict) = used(&shop, &mut office, lin, &as_the_room_sees_her).await;

        let file = shop.file(lin).await;
        assert_eq!((verdict, file.uses[&usage].is.judged.verdict), (Verdict::Allow, Verdict::Allow));
        assert_eq!(file.uses[&usage].overtaken.as_ref().map(|overtaken| overtaken.known.verdict), Some(Verdict::Forbid));
        assert!(file.is_use_to_confirm(usage));
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_files_that_are_one_persons_the_allergy_in_either_counts_and_so_does_the_history() {
    on_each_engine(async |shop| {
        let mut office = stocked(&shop).await;
        let (min, jie) = (shop.adds(&mut office, "张敏").await, shop.adds(&mut office, "张姐").await);
        asked(&shop, &mut office, jie).await;
        let alone = shop.file(jie).await;
        shop.does(&mut office, Action::JoinFiles { customer: min, other: jie }).await;

        // The history was taken in the other file: who sees both as one is told yes, and so says the salon.
        let both = shop.file(min).await.united([&shop.file(jie).await]);
        let (usage, verdict) = used(&shop, &mut office, min, &both).await;
        assert_eq!(verdict, Verdict::Allow);
        assert_eq!(shop.file(min).await.uses[&usage].overtaken, None);

        // An allergy in the one, and a tablet that shows the other alone.
        shop.does(&mut office, propolis(min)).await;
        let (usage, verdict) = used(&shop, &mut office, jie, &alone).await;
        assert_eq!(verdict, Verdict::Allow);
        assert!(shop.file(jie).await.uses[&usage].overtaken.is_some());
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_jar_that_was_opened_for_her_stays_open_when_her_file_is_erased() {
    on_each_engine(async |shop| {
        let mut office = stocked(&shop).await;
        let lin = shop.adds(&mut office, "林晓雨").await;
        let (salon, _) = shop.store.salon().await.unwrap().unwrap();
        let of = UseOf { product: PRODUCT, batch: Some(BATCH), zone: Zone::Hands, opens: true };
        let judged = judge_use(&salon, &shop.file(lin).await, of, ClockOffset::default().day(NOW));
        let UseOf { product, batch, zone, opens } = of;
        let is = Used { product, batch, zone, judged, release: None, known: None, opens, during: None };
        let usage = UseId::new(Uuid::now_v7());
        shop.does(&mut office, Action::UseProduct { customer: lin, usage, is: Box::new(is) }).await;
        let opened = async |shop: &Shop| shop.store.salon().await.unwrap().unwrap().0.batches[&BATCH].opened_on;
        assert!(opened(&shop).await.is_some());
        shop.is_sound().await;

        shop.does(&mut office, Action::EraseFile { customer: lin, why: WhyErased::HerRequest }).await;
        assert!(opened(&shop).await.is_some());
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_confirms_alone_is_on_record_and_the_history_proves_it_whoever_works_here_later() {
    on_each_engine(async |shop| {
        let mut office = stocked(&shop).await;
        let lin = shop.adds(&mut office, "林晓雨").await;
        let (usage, verdict) = used(&shop, &mut office, lin, &shop.file(lin).await).await;
        assert_eq!(verdict, Verdict::AskFirst);
        shop.does(&mut office, Action::ConfirmUse { customer: lin, usage, is_alone: true }).await;
        let file = shop.file(lin).await;
        let (salon, _) = shop.store.salon().await.unwrap().unwrap();
        let has_second = salon.seniors().any(|senior| senior.id != file.uses[&usage].written.by);
        assert_eq!(file.uses_seen[&usage][0].is_alone, !has_second, "what she claims of it is not believed");
        shop.is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_beginning_on_a_tablet_that_did_not_know_is_kept_and_waits_for_a_senior() {
    on_each_engine(async |shop| {
        let mut office = stocked(&shop).await;
        let service = ServiceId::new(Uuid::from_u128(90));
        let is = Service { uses_current: true, ..Service::of(name("射频"), 60) };
        shop.does(&mut office, Action::OfferService { service, is }).await;
        let lin = shop.adds(&mut office, "林晓雨").await;
        let pacemaker = Answer::just(Said::Yes);
        let question = Question::ImplantOrPacemaker;
        shop.does(&mut office, Action::AnswerQuestion { customer: lin, question, answer: pacemaker }).await;
        let judged = Judgement { verdict: Verdict::Allow, findings: Vec::new(), rules_version: 1 };
        let begun = Begun {
            visit: None,
            service: Some(service),
            zones: [Zone::Back].into(),
            room: None,
            plan: Vec::new(),
            judged,
            release: None,
        };
        let (treatment, event) = (TreatmentId::new(Uuid::now_v7()), EventId::new(Uuid::now_v7()));
        let is = Box::new(CareEvent::Begin(begun));
        shop.does(&mut office, Action::Care { customer: lin, treatment, event, is }).await;

        let file = shop.file(lin).await;
        assert_eq!(file.treatments_to_confirm().collect::<Vec<_>>(), [treatment]);
        let run = file.treatments[&treatment].run();
        let known = run.gates[&event].overtaken.map(|(known, _)| known.verdict);
        assert_eq!(known, Some(Verdict::Forbid));
        shop.is_sound().await;
    })
    .await;
}

//! However the entries of several tablets interleave, sets come out the same and no value is dropped.

use crate::shop::{Shop, Tablet, add, customer_id, name, text};
use domain::{Action, AllergyTag, CustomerFile, CustomerId, NoteId, ProfileField, ProfileValue, Question, Said, Shown, VisitId};
use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, TestRunner},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Mutex,
};
use sync::Outcome;
use uuid::Uuid;

const TABLETS: usize = 3;

#[derive(Clone, Debug)]
enum Deed {
    Card(u8),
    Diet(u8),
    Pregnant(Said),
    Allergy(u8),
    Resolve(u8),
    Note(u8),
    Visit(u8),
}

/// Whose deed, and what.
fn deeds() -> impl Strategy<Value = Vec<(usize, Deed)>> {
    let deed = prop_oneof![
        (0..6u8).prop_map(Deed::Card),
        (0..6u8).prop_map(Deed::Diet),
        proptest::sample::select(&Said::ALL[..]).prop_map(Deed::Pregnant),
        (0..6u8).prop_map(Deed::Allergy),
        (0..6u8).prop_map(Deed::Resolve),
        (0..9u8).prop_map(Deed::Note),
        (0..9u8).prop_map(Deed::Visit),
    ];
    vec((0..TABLETS, deed), 1..24)
}

impl Deed {
    fn of(&self, customer: CustomerId) -> Action {
        let id = |kind: u128, n: u8| Uuid::from_u128(customer.uuid().as_u128() ^ (kind << 64 | u128::from(n) << 70));
        match self {
            Self::Card(n) => Action::CorrectProfile { customer, value: ProfileValue::Card(Some(name(&format!("卡{n}")))) },
            Self::Diet(n) => Action::CorrectProfile { customer, value: ProfileValue::Diet(Some(text(&format!("忌{n}")))) },
            Self::Pregnant(said) => {
                Action::AnswerQuestion { customer, question: Question::PregnantOrNursing, answer: domain::Answer::just(*said) }
            }
            Self::Allergy(n) => {
                let tag = AllergyTag::new(id(1, *n));
                Action::AddAllergy { customer, tag, what: name(&format!("过敏{n}")), remark: None }
            }
            Self::Resolve(n) => {
                let tags = [AllergyTag::new(id(1, *n))].into();
                Action::ResolveAllergy { customer, tags, reason: text("复测") }
            }
            Self::Note(n) => Action::WriteCareNote { customer, note: NoteId::new(id(2, *n)), text: text(&format!("记{n}")) },
            Self::Visit(n) => Action::ExpectVisit {
                customer,
                visit: VisitId::new(id(3, *n)),
                on: chrono::NaiveDate::from_ymd_opt(2026, 1, 1 + u32::from(*n)).unwrap(),
                at: None,
                beautician: domain::StaffId::new(Uuid::nil()),
                room: None,
                service: None,
            },
        }
    }
}

/// The sets of a file, without the ids that tell two customers apart.
fn sets(file: &CustomerFile) -> (BTreeSet<String>, BTreeSet<String>, BTreeSet<String>) {
    (
        file.allergies.active().map(|(_, allergy)| allergy.what.to_string()).collect(),
        file.notes.values().map(|note| note.text.to_string()).collect(),
        file.visits.values().map(|visit| visit.on.to_string()).collect(),
    )
}

fn every_value(file: &CustomerFile, field: ProfileField) -> Vec<ProfileValue> {
    match file.profile.field(field) {
        Some(Shown::Known(field)) => field.past.iter().map(|past| past.value.clone()).chain([field.value.clone()]).collect(),
        _ => Vec::new(),
    }
}

/// Each tablet keeps its own order; which tablet is next is drawn.
fn interleave(deeds: &[(usize, Deed)], draws: &[usize]) -> Vec<(usize, Deed)> {
    let mut queues: BTreeMap<usize, Vec<Deed>> = BTreeMap::new();
    for (tablet, deed) in deeds.iter().rev() {
        queues.entry(*tablet).or_default().push(deed.clone());
    }
    let mut draws = draws.iter().cycle();
    let mut order = Vec::new();
    while !queues.is_empty() {
        let nth = draws.next().unwrap() % queues.len();
        let tablet = *queues.keys().nth(nth).unwrap();
        let queue = queues.get_mut(&tablet).unwrap();
        order.push((tablet, queue.pop().unwrap()));
        if queue.is_empty() {
            queues.remove(&tablet);
        }
    }
    order
}

async fn write(shop: &Shop, tablets: &mut [Tablet], order: &[(usize, Deed)]) -> CustomerFile {
    let customer = customer_id();
    shop.does(&mut tablets[0], add(customer, "林晓雨")).await;
    let base = shop.file(customer).await.version;
    for (tablet, deed) in order {
        let tablet = &mut tablets[*tablet];
        let entry = tablet.seal(shop.manager, base, &deed.of(customer));
        let pushed = shop.push(tablet, vec![entry]).await;
        assert!(matches!(pushed.settled[0].outcome, Outcome::Applied { .. }), "{pushed:?}");
    }
    shop.file(customer).await
}

async fn check(shop: &Shop, tablets: &mut [Tablet], deeds: &[(usize, Deed)], draws: [&[usize]; 2]) -> Result<(), TestCaseError> {
    let mut files = Vec::new();
    for draws in draws {
        let order = interleave(deeds, draws);
        let file = write(shop, tablets, &order).await;
        for (_, deed) in &order {
            if let Action::CorrectProfile { value, .. } = deed.of(file.id) {
                let values = every_value(&file, value.field());
                prop_assert!(values.contains(&value), "{value:?} was dropped");
            }
        }
        files.push(file);
    }
    prop_assert_eq!(sets(&files[0]), sets(&files[1]));
    Ok(())
}

#[test]
fn tablets_that_were_out_of_touch_come_to_the_same_file_and_drop_no_value() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(crate::shop::on_each_engine(async |shop| {
        let tablets = Mutex::new([shop.desk().await, shop.desk().await, shop.desk().await]);
        let cases = if shop.engine == "sqlite" { 24 } else { 8 };
        let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
        let strategy = (deeds(), vec(0..TABLETS, 24), vec(0..TABLETS, 24));
        let outcome = tokio::task::block_in_place(|| {
            runner.run(&strategy, |(deeds, one, two)| {
                let mut tablets = tablets.lock().unwrap();
                tokio::runtime::Handle::current().block_on(check(&shop, &mut *tablets, &deeds, [&one, &two]))
            })
        });
        outcome.unwrap();
        shop.is_sound().await;
    }));
}

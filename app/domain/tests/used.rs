//! What is put on her skin is recorded whatever the gate says, with what it said; who has to see it is told.
#![expect(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use domain::{
    Action, Answer, Batch, BatchId, Because, ClockOffset, CustomerFile, Ingredient, Judgement, Person, Product, ProductClass,
    ProductId, Question, Release, Role, Rule, Said, Salon, SkinFinding, SkinTrouble, Text, Use, UseId, UseOf, Used, Verdict,
    Written, Zone, judge_use, overtaking,
};
use support::{NOW, Tablet, file_of, name, person_of, salon, tag};
use uuid::Uuid;

const PRODUCT: ProductId = ProductId::new(Uuid::from_u128(71));
const BATCH: BatchId = BatchId::new(Uuid::from_u128(72));
const USE: UseId = UseId::new(Uuid::from_u128(73));

/// A salon with one product on its shelf.
fn with(class: ProductClass, ingredients: &[&str]) -> Salon {
    let mut salon = salon();
    let ingredients = ingredients.iter().map(|what| Ingredient::from(name(what))).collect();
    salon.products.insert(
        PRODUCT,
        Product {
            name: name("烟酰胺美白精华"), class, ingredients, months_after_opening: Some(6), needs_patch_test: false
        },
    );
    let expires_on = ClockOffset::default().day(NOW);
    let opened_on = Some(expires_on);
    let batch = Batch { product: PRODUCT, number: name("MB2603"), expires_on, opened_on, is_recalled: false };
    salon.batches.insert(BATCH, batch);
    salon
}

fn act(file: &mut CustomerFile, action: Action) {
    let seen = file.version;
    Tablet::new(1).on(file, seen, action);
}

/// Everything was asked, and somebody has looked at her skin today.
fn ready() -> CustomerFile {
    let mut file = file_of("林晓雨");
    let customer = file.id;
    for question in Question::ALL.into_iter().filter(|question| question.is_for_safety()) {
        act(&mut file, Action::AnswerQuestion { customer, question, answer: Answer::just(Said::No) });
    }
    act(&mut file, Action::LookAtSkin { customer, findings: Vec::new() });
    file
}

const fn of(zone: Zone) -> UseOf {
    UseOf { product: PRODUCT, batch: Some(BATCH), zone, opens: false }
}

fn gate(salon: &Salon, file: &CustomerFile, zone: Zone) -> Judgement {
    judge_use(salon, file, of(zone), ClockOffset::default().day(NOW))
}

#[test]
fn of_somebody_who_was_asked_and_looked_at_a_known_product_may_be_used() {
    let salon = with(ProductClass::Whitening, &["酒精"]);
    assert_eq!(gate(&salon, &ready(), Zone::Cheeks).verdict, Verdict::Allow);
    assert_eq!(gate(&salon, &file_of("林晓雨"), Zone::Cheeks).verdict, Verdict::AskFirst);
}

#[test]
fn yesterdays_look_at_her_skin_is_none_and_todays_closes_its_zone() {
    let salon = with(ProductClass::Hydrating, &[]);
    let mut file = ready();
    let tomorrow = ClockOffset::default().day(NOW).succ_opt().unwrap();
    let judgement = judge_use(&salon, &file, of(Zone::Nose), tomorrow);
    assert!(judgement.rules().contains(&Rule::S6) && judgement.rules().contains(&Rule::S9), "{judgement:?}");

    let findings = vec![SkinFinding { what: SkinTrouble::Sunburn, zone: Some(Zone::Nose) }];
    let customer = file.id;
    act(&mut file, Action::LookAtSkin { customer, findings });
    assert_eq!(gate(&salon, &file, Zone::Nose).verdict, Verdict::Forbid);
    assert_eq!(gate(&salon, &file, Zone::Back).verdict, Verdict::Allow);
}

#[test]
fn what_nobody_knows_of_the_product_is_asked_about() {
    let file = ready();
    let on = ClockOffset::default().day(NOW);
    let salon = with(ProductClass::Hydrating, &[]);
    let unknown = judge_use(&salon, &file, UseOf { product: ProductId::new(Uuid::nil()), batch: None, ..of(Zone::Nose) }, on);
    assert_eq!((unknown.verdict, &unknown.findings[0].why), (Verdict::AskFirst, &Because::ProductUnknown));
    let no_batch = judge_use(&salon, &file, UseOf { batch: None, ..of(Zone::Nose) }, on);
    assert_eq!((no_batch.verdict, &no_batch.findings[0].why), (Verdict::AskFirst, &Because::BatchUnknown));
    // A batch of something else is none of this.
    let mut mixed = with(ProductClass::Hydrating, &[]);
    mixed.batches.get_mut(&BATCH).unwrap().product = ProductId::new(Uuid::from_u128(99));
    assert_eq!(gate(&mixed, &file, Zone::Nose).verdict, Verdict::AskFirst);
}

#[test]
fn a_batch_called_back_is_forbidden_to_everyone() {
    let mut salon = with(ProductClass::Hydrating, &[]);
    salon.batches.get_mut(&BATCH).unwrap().is_recalled = true;
    assert_eq!(gate(&salon, &ready(), Zone::Back).rules(), [Rule::S10]);
}

fn used(judged: Judgement, release: Option<Release>) -> Box<Used> {
    Box::new(Used {
        product: PRODUCT,
        batch: Some(BATCH),
        zone: Zone::Cheeks,
        judged,
        release,
        known: None,
        opens: false,
        during: None,
    })
}

/// What the salon finds when it hears of it, where that is more.
fn known(salon: &Salon, file: &CustomerFile, is: Box<Used>) -> Option<Judgement> {
    let said = Written { by: support::person(&[]).id, at: NOW, is_clock_off: false };
    match overtaking(salon, file, &Action::UseProduct { customer: file.id, usage: USE, is }, said)? {
        Action::OvertakeUse { known, .. } => Some(known),
        other => panic!("{other:?} does not follow from it"),
    }
}

/// As the salon takes it in, with what it knows by then.
fn recorded(salon: &Salon, file: &mut CustomerFile, is: Box<Used>) {
    let customer = file.id;
    let seen = file.version;
    Tablet::new(2).on_in(salon, file, seen, Action::UseProduct { customer, usage: USE, is });
}

#[test]
fn where_the_salon_knows_more_the_record_stays_and_waits_for_somebody_who_has_seen_that() {
    let salon = with(ProductClass::Whitening, &["蜂胶提取物"]);
    let mut file = ready();
    let judged = gate(&salon, &file, Zone::Cheeks);
    let customer = file.id;
    act(&mut file, Action::AddAllergy { customer, tag: tag(1), what: name("蜂胶"), remark: None });
    let is = used(judged.clone(), None);
    let known = known(&salon, &file, is.clone()).unwrap();
    assert_eq!(known.verdict, Verdict::Forbid);
    recorded(&salon, &mut file, is);
    let (seen_before, consultant) = (file.version, person_of(8, Role::Consultant).id);

    act(&mut file, Action::OvertakeUse { customer, usage: USE, known });

    assert_eq!(file.uses[&USE].is.judged, judged, "what the screen said stays as it was");
    Tablet::of(3, consultant).on(&mut file, seen_before, Action::ConfirmUse { customer, usage: USE, is_alone: false });
    assert!(file.is_use_to_confirm(USE) && file.is_to_check(), "she had not seen what the salon knew");
    let seen = file.version;
    Tablet::of(3, consultant).later().on(&mut file, seen, Action::ConfirmUse { customer, usage: USE, is_alone: false });
    assert_eq!(file.use_confirmed(USE).map(|written| written.by), Some(consultant));
}

#[test]
fn a_second_reason_of_the_same_weight_is_more_as_well() {
    let salon = with(ProductClass::Whitening, &["蜂胶提取物"]);
    let mut file = ready();
    let expired = with(ProductClass::Whitening, &["蜂胶提取物"]);
    let mut judged = gate(&expired, &file, Zone::Cheeks);
    judged.verdict = Verdict::Forbid;
    let customer = file.id;
    act(&mut file, Action::AddAllergy { customer, tag: tag(1), what: name("蜂胶"), remark: None });
    assert!(known(&salon, &file, used(judged, None)).is_some());
}

#[test]
fn what_was_allowed_and_still_is_needs_nobody() {
    let salon = with(ProductClass::Hydrating, &[]);
    let mut file = ready();
    let judged = gate(&salon, &file, Zone::Cheeks);
    let is = used(judged, None);
    assert_eq!(known(&salon, &file, is.clone()), None);
    recorded(&salon, &mut file, is);
    assert!(!file.is_use_to_confirm(USE) && !file.is_to_check());
}

#[test]
fn a_spoken_release_stays_marked_until_the_one_who_gave_it_has_confirmed_it() {
    let salon = with(ProductClass::Whitening, &[]);
    let mut file = ready();
    let customer = file.id;
    let course = domain::PastCourse { what: domain::Course::Laser, zone: None, on: None };
    let yes = Answer { courses: vec![course], ..Answer::just(Said::Yes) };
    act(&mut file, Action::AnswerQuestion { customer, question: Question::DestructiveHistory, answer: yes });
    let judged = gate(&salon, &file, Zone::Cheeks);
    assert_eq!(judged.verdict, Verdict::NeedsSenior);
    let (senior, other): (Person, Person) = (person_of(8, Role::Consultant), person_of(9, Role::Consultant));
    let release = Release { by: senior.id, reason: Text::new("皮肤已经恢复，看过照片").unwrap() };

    recorded(&salon, &mut file, used(judged.clone(), Some(release.clone())));

    assert!(file.is_use_to_confirm(USE));
    let seen = file.version;
    Tablet::of(3, other.id).on(&mut file, seen, Action::ConfirmUse { customer, usage: USE, is_alone: false });
    assert!(file.is_use_to_confirm(USE), "somebody else's word is not hers");
    let seen = file.version;
    Tablet::of(4, senior.id).on(&mut file, seen, Action::ConfirmUse { customer, usage: USE, is_alone: false });
    assert!(!file.is_use_to_confirm(USE));

    // Nobody releases what she does herself.
    let own = Use { is: *used(judged, Some(Release { by: support::person(&[]).id, ..release })), ..file.uses[&USE].clone() };
    assert!(!own.act().may_be_confirmed_by(own.written.by));
}

#[test]
fn two_who_saw_different_things_on_her_skin_are_both_heard_until_somebody_looks_again() {
    let salon = with(ProductClass::Hydrating, &[]);
    let mut file = ready();
    let (customer, seen) = (file.id, file.version);
    let burnt = vec![SkinFinding { what: SkinTrouble::Sunburn, zone: Some(Zone::Nose) }];
    Tablet::new(2).on(&mut file, seen, Action::LookAtSkin { customer, findings: burnt.clone() });
    Tablet::of(3, person_of(8, Role::Beautician).id).on(&mut file, seen, Action::LookAtSkin { customer, findings: Vec::new() });

    assert_eq!(gate(&salon, &file, Zone::Nose).verdict, Verdict::Forbid);
    assert_eq!(gate(&salon, &file, Zone::Back).verdict, Verdict::AskFirst);

    let seen = file.version;
    Tablet::new(2).later().on(&mut file, seen, Action::LookAtSkin { customer, findings: burnt });
    assert_eq!(gate(&salon, &file, Zone::Back).verdict, Verdict::Allow);
}

#[test]
fn a_batch_that_was_called_back_stays_so_whatever_an_older_form_says() {
    let mut salon = with(ProductClass::Hydrating, &[]);
    let batch = salon.batches[&BATCH].clone();
    let stamp = Tablet::new(1).stamp(file_of("林晓雨").version, file_of("林晓雨").version);
    for is in [Batch { is_recalled: true, ..batch.clone() }, Batch { opened_on: Some(batch.expires_on), ..batch }] {
        let action = Action::StockBatch { batch: BATCH, is };
        let changes = domain::decide(domain::Scope { salon: &salon, file: None, other: None }, &stamp, &action).unwrap();
        salon.absorb_all(&changes);
    }
    assert!(salon.batches[&BATCH].is_recalled && salon.batches[&BATCH].opened_on.is_some());
}

#[test]
fn yes_to_quick_products_without_a_word_counts_beside_a_course_that_is_named() {
    let salon = with(ProductClass::Whitening, &[]);
    let mut file = ready();
    let customer = file.id;
    let course = domain::PastCourse { what: domain::Course::Laser, zone: Some(Zone::Back), on: None };
    let yes = Answer { courses: vec![course], ..Answer::just(Said::Yes) };
    act(&mut file, Action::AnswerQuestion { customer, question: Question::DestructiveHistory, answer: yes });
    assert_eq!(gate(&salon, &file, Zone::Cheeks).verdict, Verdict::Allow);
    act(&mut file, Action::AnswerQuestion { customer, question: Question::QuickProducts, answer: Answer::just(Said::Yes) });
    assert_eq!(gate(&salon, &file, Zone::Cheeks).verdict, Verdict::NeedsSenior);
}

#[test]
fn whoever_opens_a_jar_says_so_and_from_that_day_it_keeps_so_many_months() {
    let mut salon = with(ProductClass::Hydrating, &[]);
    let file = ready();
    let today = ClockOffset::default().day(NOW);
    let opens = UseOf { opens: true, ..of(Zone::Nose) };
    let ask = |salon: &Salon, is| judge_use(salon, &file, is, today).verdict;
    salon.batches.get_mut(&BATCH).unwrap().opened_on = None;
    assert_eq!(ask(&salon, of(Zone::Nose)), Verdict::AskFirst, "nobody knows since when it is open");
    assert_eq!(ask(&salon, opens), Verdict::Allow);

    salon.batches.get_mut(&BATCH).unwrap().opened_on = today.checked_sub_months(chrono::Months::new(7));
    assert_eq!(ask(&salon, of(Zone::Nose)), Verdict::Forbid, "open for longer than it keeps");
    assert_eq!(ask(&salon, opens), Verdict::NeedsSenior, "a senior sees to it that it was another jar");

    let is = Box::new(Used { opens: true, ..*used(judge_use(&salon, &file, opens, today), None) });
    let action = Action::UseProduct { customer: file.id, usage: USE, is };
    // Her tablet's clock is a month ahead.
    let said = Written { by: support::person(&[]).id, at: domain::Moment(NOW.0 + 30 * 24 * 3_600_000), is_clock_off: true };
    let opening = domain::opening(&salon, &action, said).unwrap();
    assert!(opening.is_follow_up(), "nobody says so but the salon itself");
    let stamp = domain::Stamp { received_at: Some(NOW), ..Tablet::new(2).stamp(file.version, file.version) };
    let changes = domain::decide(domain::Scope { salon: &salon, file: None, other: None }, &stamp, &opening).unwrap();
    salon.absorb_all(&changes);
    assert_eq!(salon.batches[&BATCH].opened_on, Some(today), "nothing is opened tomorrow");
}

#[test]
fn where_there_is_no_second_person_she_confirms_it_herself_and_the_record_says_so() {
    let mut salon = with(ProductClass::Whitening, &["酒精"]);
    let owner = Person { id: support::person(&[]).id, ..person_of(5, Role::Owner) };
    salon.staff.insert(owner.id, owner.clone());
    let mut file = ready();
    let customer = file.id;
    act(&mut file, Action::AddAllergy { customer, tag: tag(1), what: name("酒精"), remark: None });
    let judged = gate(&salon, &file, Zone::Cheeks);
    recorded(&salon, &mut file, used(judged, None));
    let confirm = |salon: &Salon, file: &mut CustomerFile, by| {
        let seen = file.version;
        Tablet::of(3, by).on_in(salon, file, seen, Action::ConfirmUse { customer, usage: USE, is_alone: false });
    };

    let second = person_of(9, Role::Consultant);
    let mut with_second = salon.clone();
    with_second.staff.insert(second.id, second);
    confirm(&with_second, &mut file, owner.id);
    assert!(file.is_use_to_confirm(USE), "somebody else could have looked");

    confirm(&salon, &mut file, owner.id);
    assert!(!file.is_use_to_confirm(USE));
    assert!(file.uses_seen[&USE].iter().any(|seen| seen.is_alone));
}

#[test]
fn where_whoever_released_it_has_left_another_senior_confirms_it() {
    let mut salon = with(ProductClass::Whitening, &[]);
    let (gone, other) = (person_of(8, Role::Consultant), person_of(9, Role::Consultant));
    let mut file = ready();
    let customer = file.id;
    let release = Release { by: gone.id, reason: Text::new("看过照片").unwrap() };
    let judged = Judgement { verdict: Verdict::NeedsSenior, ..gate(&salon, &file, Zone::Cheeks) };
    recorded(&salon, &mut file, used(judged, Some(release)));
    salon.staff.extend([(gone.id, gone.clone()), (other.id, other.clone())]);
    let confirm = |salon: &Salon, file: &mut CustomerFile| {
        let seen = file.version;
        Tablet::of(3, other.id).on_in(salon, file, seen, Action::ConfirmUse { customer, usage: USE, is_alone: false });
    };
    confirm(&salon, &mut file);
    assert!(file.is_use_to_confirm(USE), "she is still here to say it");

    salon.staff.get_mut(&gone.id).unwrap().is_active = false;
    confirm(&salon, &mut file);
    assert!(!file.is_use_to_confirm(USE));
}

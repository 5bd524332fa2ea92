//! The safety gate: S0 to S11 by zone and by day (`decisions`), and no missing answer ever a safe one.
#![expect(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use chrono::{Days, NaiveDate};
use domain::{
    Answers, BatchOf, Case, Course, Door, Facts, Ingredient, LastService, Measured, Medicine, PastCourse, PatchResult, PatchTest,
    ProductClass, ProductOf, Reaction, ReactionOutcome, Rule, SafetyQuestion, SafetyRules, Said, ServiceOf, SkinFinding,
    SkinTrouble, TakenMedicine, Verdict, Zone, judge,
};
use proptest::prelude::*;
use support::name;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

fn ago(days: u64) -> NaiveDate {
    today().checked_sub_days(Days::new(days)).unwrap()
}

fn product(class: ProductClass, tags: &[&str]) -> ProductOf {
    let tags = tags.iter().map(|tag| Ingredient::from(name(tag))).collect();
    ProductOf { id: "p1".into(), class, tags, needs_patch_test: false, batch: None }
}

/// Of somebody who was asked everything, and of whom nothing is known that matters.
fn case(class: ProductClass) -> Case {
    let her = Facts { answers: Answers::all(Said::No), ..Facts::default() };
    Case { on: today(), door: Door::Product, zone: Some(Zone::Cheeks), product: Some(product(class, &[])), service: None, her }
}

fn said(case: &Case) -> (Verdict, Vec<Rule>) {
    let judgement = judge(&SafetyRules::default(), case);
    (judgement.verdict, judgement.rules())
}

fn allowed() -> (Verdict, Vec<Rule>) {
    (Verdict::Allow, Vec::new())
}

fn after(days: Option<u64>, zone: Option<Zone>) -> PastCourse {
    PastCourse { what: Course::Dermabrasion, zone, on: days.map(ago) }
}

const AFTER_COURSE: [ProductClass; 4] =
    [ProductClass::Whitening, ProductClass::Acid, ProductClass::Retinoid, ProductClass::Exfoliant];

#[test]
fn s1_a_course_on_the_cheeks_three_weeks_ago_closes_the_face_there_and_not_the_hands() {
    for class in ProductClass::ALL {
        let mut case = case(class);
        case.her.answers.destructive_history = Said::Yes;
        case.her.history = vec![after(Some(21), Some(Zone::Cheeks))];
        let closed = AFTER_COURSE.contains(&class);
        assert_eq!(said(&case), if closed { (Verdict::Forbid, vec![Rule::S1]) } else { allowed() }, "{class:?}");
        case.zone = Some(Zone::Hands);
        assert_eq!(said(&case), allowed(), "{class:?} on the hands");
    }
}

#[test]
fn s1_s1b_day_by_day() {
    for (days, expected) in [
        (0, (Verdict::Forbid, vec![Rule::S1])),
        (29, (Verdict::Forbid, vec![Rule::S1])),
        (30, (Verdict::NeedsSenior, vec![Rule::S1b])),
        (90, (Verdict::NeedsSenior, vec![Rule::S1b])),
        (91, (Verdict::NeedsSenior, vec![Rule::S1b])),
        (4_000, (Verdict::NeedsSenior, vec![Rule::S1b])),
    ] {
        let mut case = case(ProductClass::Whitening);
        case.her.history = vec![after(Some(days), Some(Zone::Cheeks))];
        assert_eq!(said(&case), expected, "{days} days ago");
    }
}

#[test]
fn s1b_only_two_measurements_in_a_row_in_that_zone_since_then_end_it_and_never_before_day_91() {
    let measured = |days: u64, zone, in_recovery_range| Measured { on: ago(days), zone, in_recovery_range };
    let here = |days, good| measured(days, Zone::Cheeks, good);
    for (days, measurements, is_free) in [
        (91, vec![here(5, true), here(20, true)], true),
        (90, vec![here(5, true), here(20, true)], false),
        (91, vec![here(5, true)], false),
        (91, vec![here(5, true), here(10, false), here(20, true)], false),
        (91, vec![here(5, true), here(20, true), here(10, true)], true),
        (91, vec![here(5, true), measured(20, Zone::Nose, true)], false),
        (91, vec![here(5, true), here(91, true)], false),
        (91, vec![here(5, true), here(120, true)], false),
    ] {
        let mut case = case(ProductClass::Acid);
        case.her.history = vec![after(Some(days), None)];
        case.her.measurements = measurements.clone();
        assert_eq!(said(&case).0 == Verdict::Allow, is_free, "{days} days ago, {measurements:?}");
    }
    let mut unknown = case(ProductClass::Acid);
    unknown.her.history = vec![after(None, None)];
    unknown.her.measurements = vec![here(5, true), here(20, true)];
    assert_eq!(said(&unknown), (Verdict::NeedsSenior, vec![Rule::S1b]), "nobody knows since when");
}

#[test]
fn s2_an_allergy_counts_in_every_zone_under_any_of_its_names() {
    for (allergy, class, tags, is_forbidden) in [
        ("酒精", ProductClass::Hydrating, &["alcohol"][..], true),
        ("alcohol", ProductClass::Hydrating, &["乙醇"], true),
        ("乙醇类", ProductClass::Hydrating, &["酒精"], true),
        ("蜂胶", ProductClass::Repairing, &["蜂胶提取物"], true),
        ("精油", ProductClass::EssentialOil, &[], true),
        ("acid", ProductClass::Acid, &[], true),
        ("维A酸", ProductClass::Retinoid, &[], true),
        ("水杨酸", ProductClass::Acid, &["果酸"], false),
        ("salicylic_acid", ProductClass::Cleansing, &["fruit_acid"], false),
        ("乳胶", ProductClass::Hydrating, &["alcohol", "fragrance"], false),
    ] {
        for zone in Zone::ALL {
            let mut case = Case { zone: Some(zone), product: Some(product(class, tags)), ..case(class) };
            case.her.answers.allergies = Said::Yes;
            case.her.allergies = vec![Ingredient::from(name(allergy))];
            let expected = if is_forbidden { (Verdict::Forbid, vec![Rule::S2]) } else { allowed() };
            assert_eq!(said(&case), expected, "{allergy} in {class:?} {tags:?} on {zone:?}");
        }
    }
}

/// As people write allergies, and as lists name what they hold.
#[test]
fn s2_words_are_found_however_they_are_written_and_not_in_what_they_are_not() {
    let meets = |allergy: &str, listed: &str| Ingredient::from(name(allergy)).is_in(&Ingredient::from(name(listed)));
    for (allergy, listed) in [
        ("香精", "Parfum"),
        ("paraben", "Methylparaben"),
        ("Parabens", "methylparaben"),
        ("preservatives", "preservative"),
        ("fragrances", "fragrance"),
        ("防腐剂", "苯氧乙醇"),
        ("蜂胶类", "蜂胶提取物"),
        ("对蜂胶过敏", "蜂胶提取物"),
        ("蜂胶、芦荟", "芦荟提取物"),
        ("蘆薈", "芦荟"),
        ("蜂膠", "蜂胶"),
        ("羥基乙酸", "羟基乙酸"),
        ("防腐劑", "甲基異噻唑啉酮"),
        ("salicylic-acid", "salicylic_acid"),
        ("柳酸", "水杨酸"),
        ("ＡＨＡ", "fruit_acid"),
        ("果酸", "甘醇酸"),
        ("酸", "水杨酸"),
        ("酒精类", "alcohol"),
        ("Alcohol denat", "酒精"),
    ] {
        assert!(meets(allergy, listed), "{allergy} in {listed}");
    }
    for (allergy, listed) in [
        ("水杨酸", "水"),
        ("香水", "水"),
        ("酒精", "无酒精"),
        ("alcohol", "alcohol-free"),
        ("香精", "fragrance free"),
        ("酒精", "苯氧乙醇"),
        ("酒精", "三乙醇胺"),
        ("alcohol", "Cetearyl Alcohol"),
        ("tea", "glyceryl stearate"),
        ("nut", "coconut"),
        ("oat", "benzoate"),
        ("tin", "keratin"),
        ("维生素B12", "1"),
        ("乳胶", "乳木果油"),
    ] {
        assert!(!meets(allergy, listed), "{allergy} in {listed}");
    }
    let is_class = |allergy: &str, class| Ingredient::from(name(allergy)).is_class(class);
    for (allergy, class) in [
        ("精油类", ProductClass::EssentialOil),
        ("essential oils", ProductClass::EssentialOil),
        ("防晒霜", ProductClass::Sunscreen),
        ("美白产品", ProductClass::Whitening),
        ("酸类产品", ProductClass::Acid),
        ("酸", ProductClass::Acid),
        ("A醇", ProductClass::Retinoid),
        ("除毛膏", ProductClass::Depilatory),
        ("煥膚", ProductClass::Acid),
    ] {
        assert!(is_class(allergy, class), "{allergy}");
    }
    assert!(!is_class("透明质酸", ProductClass::Acid) && !is_class("hyaluronic acid", ProductClass::Acid));
}

#[test]
fn s3_pregnancy_forbids_by_class_and_by_what_is_in_it() {
    for (class, tags, is_forbidden) in [
        (ProductClass::Retinoid, &[][..], true),
        (ProductClass::EssentialOil, &[], true),
        (ProductClass::Depilatory, &[], true),
        (ProductClass::Cleansing, &["水杨酸"], true),
        (ProductClass::Acid, &["fruit_acid"], false),
        (ProductClass::Hydrating, &["alcohol"], false),
    ] {
        let mut case = Case { product: Some(product(class, tags)), ..case(class) };
        case.her.answers.pregnant_or_nursing = Said::Yes;
        assert_eq!(said(&case), if is_forbidden { (Verdict::Forbid, vec![Rule::S3]) } else { allowed() }, "{class:?} {tags:?}");
    }
}

#[test]
fn s4_isotretinoin_counts_180_days_longer_than_it_is_taken_and_other_medicine_only_now() {
    for (what, until, expected) in [
        (Medicine::Isotretinoin, None, Some(Verdict::Forbid)),
        (Medicine::Isotretinoin, Some(180), Some(Verdict::Forbid)),
        (Medicine::Isotretinoin, Some(181), None),
        (Medicine::Photosensitising, None, Some(Verdict::NeedsSenior)),
        (Medicine::BloodThinning, Some(0), Some(Verdict::NeedsSenior)),
        (Medicine::BloodThinning, Some(1), None),
    ] {
        for class in [ProductClass::Acid, ProductClass::Exfoliant, ProductClass::Depilatory] {
            let mut case = case(class);
            case.her.answers.medication = Said::Yes;
            case.her.medication = vec![TakenMedicine { what, until: until.map(ago) }];
            let expected = expected.map_or_else(allowed, |verdict| (verdict, vec![Rule::S4]));
            assert_eq!(said(&case), expected, "{what:?} until {until:?}, {class:?}");
        }
        let mut mild = case(ProductClass::Hydrating);
        mild.her.medication = vec![TakenMedicine { what, until: until.map(ago) }];
        assert_eq!(said(&mild), allowed());
    }
}

fn service(uses_current: bool) -> ServiceOf {
    ServiceOf { id: "s1".into(), min_interval_days: Some(7), uses_current }
}

#[test]
fn s5_no_current_for_somebody_with_an_implant() {
    for (uses_current, expected) in [(true, (Verdict::Forbid, vec![Rule::S5])), (false, allowed())] {
        let mut case = Case { product: None, service: Some(service(uses_current)), ..case(ProductClass::Other) };
        case.her.answers.implant_or_pacemaker = Said::Yes;
        assert_eq!(said(&case), expected);
    }
}

#[test]
fn s6_trouble_of_the_skin_closes_its_zone_and_her_skin_is_looked_at_in_the_room() {
    let mut case = case(ProductClass::Hydrating);
    case.her.answers.skin_now = Said::Yes;
    case.her.skin_now = vec![SkinFinding { what: SkinTrouble::Sunburn, zone: Some(Zone::Nose) }];
    assert_eq!(said(&case), allowed());
    case.zone = Some(Zone::Nose);
    assert_eq!(said(&case), (Verdict::Forbid, vec![Rule::S6]));
    case.her.skin_now[0].zone = None;
    case.zone = Some(Zone::Back);
    assert_eq!(said(&case), (Verdict::Forbid, vec![Rule::S6]), "nobody said where");

    for (door, is_asked) in [(Door::Booking, false), (Door::Prescription, false), (Door::Room, true), (Door::Product, true)] {
        let mut unseen = Case { door, her: Facts { skin_now: Vec::new(), ..case.her.clone() }, ..case.clone() };
        unseen.her.answers.skin_now = Said::NotAsked;
        let expected = if is_asked { (Verdict::AskFirst, vec![Rule::S0, Rule::S6]) } else { allowed() };
        assert_eq!(said(&unseen), expected, "{door:?}");
    }
}

#[test]
fn s7_too_soon_after_the_last_one_in_that_zone() {
    for (days, zone, expected) in [
        (6, Some(Zone::Cheeks), (Verdict::NeedsSenior, vec![Rule::S7])),
        (7, Some(Zone::Cheeks), allowed()),
        (6, Some(Zone::Back), allowed()),
        (6, None, (Verdict::NeedsSenior, vec![Rule::S7])),
    ] {
        let mut case = Case { product: None, service: Some(service(false)), ..case(ProductClass::Other) };
        let last = |service: &str, days, zone| LastService { service: service.into(), zone, on: ago(days) };
        case.her.last_services = vec![last("s1", days, zone), last("s1", 60, Some(Zone::Cheeks)), last("s2", 1, None)];
        assert_eq!(said(&case), expected, "{days} days ago, {zone:?}");
    }
}

#[test]
fn s8_a_patch_test_counts_from_the_next_day_for_180_days_and_a_positive_one_for_ever() {
    let test = |days: u64, result| PatchTest { product: "p1".into(), on: ago(days), result };
    let (good, bad) = (PatchResult::Negative, PatchResult::Positive);
    let ask = (Verdict::AskFirst, vec![Rule::S8]);
    for (tests, expected) in [
        (vec![], ask.clone()),
        (vec![test(0, good)], ask.clone()),
        (vec![test(1, good)], allowed()),
        (vec![test(180, good)], allowed()),
        (vec![test(181, good)], ask.clone()),
        (vec![PatchTest { product: "p2".into(), ..test(5, good) }], ask),
        (vec![test(2, bad)], (Verdict::Forbid, vec![Rule::S8])),
        (vec![test(900, bad), test(3, good)], (Verdict::Forbid, vec![Rule::S8])),
    ] {
        let mut case = case(ProductClass::Hydrating);
        case.product.as_mut().unwrap().needs_patch_test = true;
        case.her.patch_tests = tests.clone();
        assert_eq!(said(&case), expected, "{tests:?}");
    }
}

#[test]
fn s9_s10_nobody_gets_what_is_too_old_or_called_back() {
    let good = BatchOf { expires_on: ago(0), opened_on: None, months_after_opening: Some(3), recalled: false };
    let on = |y, m, d| NaiveDate::from_ymd_opt(y, m, d);
    for (batch, expected) in [
        (good, allowed()),
        (BatchOf { expires_on: ago(1), ..good }, (Verdict::Forbid, vec![Rule::S9])),
        (BatchOf { opened_on: on(2026, 8, 22), ..good }, allowed()),
        (BatchOf { opened_on: on(2026, 8, 21), ..good }, (Verdict::Forbid, vec![Rule::S9])),
        (BatchOf { opened_on: on(2020, 1, 1), months_after_opening: None, ..good }, allowed()),
        (BatchOf { recalled: true, ..good }, (Verdict::Forbid, vec![Rule::S10])),
        (BatchOf { recalled: true, expires_on: ago(9), ..good }, (Verdict::Forbid, vec![Rule::S9, Rule::S10])),
    ] {
        let mut case = case(ProductClass::Hydrating);
        case.product.as_mut().unwrap().batch = Some(batch);
        assert_eq!(said(&case), expected, "{batch:?}");
    }
    // Opened on the last of a long month.
    let mut february = case(ProductClass::Hydrating);
    february.product.as_mut().unwrap().batch =
        Some(BatchOf { expires_on: ago(0), opened_on: on(2025, 11, 30), months_after_opening: Some(3), recalled: false });
    february.on = on(2026, 2, 28).unwrap();
    assert_eq!(said(&february), allowed());
    february.on = on(2026, 3, 1).unwrap();
    assert_eq!(said(&february), (Verdict::Forbid, vec![Rule::S9]));
}

#[test]
fn s11_what_she_said_some_days_later_counts_until_it_is_resolved() {
    for (outcome, class, resolved, expected) in [
        (ReactionOutcome::Swelling, ProductClass::Whitening, false, (Verdict::NeedsSenior, vec![Rule::S11])),
        (ReactionOutcome::Swelling, ProductClass::Whitening, true, allowed()),
        (ReactionOutcome::Worse, ProductClass::Hydrating, false, allowed()),
        (ReactionOutcome::Other, ProductClass::Whitening, false, allowed()),
    ] {
        let mut case = case(ProductClass::Whitening);
        case.her.reactions = vec![Reaction { class, outcome, on: ago(3), resolved }];
        assert_eq!(said(&case), expected, "{outcome:?} {class:?}");
    }
}

#[test]
fn the_worst_verdict_wins_and_every_reason_is_told() {
    let mut case = case(ProductClass::Acid);
    case.her.history = vec![after(Some(40), None)];
    case.her.answers.medication = Said::Refused;
    assert_eq!(said(&case), (Verdict::AskFirst, vec![Rule::S0, Rule::S1b, Rule::S4]), "no senior can say what she takes");
    case.product.as_mut().unwrap().batch =
        Some(BatchOf { expires_on: ago(1), opened_on: None, months_after_opening: None, recalled: false });
    assert_eq!(said(&case), (Verdict::Forbid, vec![Rule::S0, Rule::S1b, Rule::S4, Rule::S9]));
}

#[test]
fn a_yes_that_says_nothing_more_is_not_an_answer() {
    let yes = |set: fn(&mut Answers)| {
        let mut case = case(ProductClass::Acid);
        set(&mut case.her.answers);
        said(&case)
    };
    assert_eq!(yes(|to| to.allergies = Said::Yes), (Verdict::AskFirst, vec![Rule::S2]));
    assert_eq!(yes(|to| to.medication = Said::Yes), (Verdict::AskFirst, vec![Rule::S4]));
    assert_eq!(yes(|to| to.skin_now = Said::Yes), (Verdict::AskFirst, vec![Rule::S6]));
    assert_eq!(yes(|to| to.destructive_history = Said::Yes), (Verdict::NeedsSenior, vec![Rule::S1b]));
}

fn any_said() -> impl Strategy<Value = Said> {
    prop::sample::select(Said::ALL.to_vec())
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..400).prop_map(ago)
}

prop_compose! {
    fn any_answers()(
        (pregnant_or_nursing, implant_or_pacemaker, allergies) in (any_said(), any_said(), any_said()),
        (medication, skin_now, destructive_history) in (any_said(), any_said(), any_said()),
    ) -> Answers {
        Answers { pregnant_or_nursing, implant_or_pacemaker, allergies, medication, skin_now, destructive_history }
    }
}

prop_compose! {
    fn any_case()(
        answers in any_answers(),
        door in prop::sample::select(vec![Door::Booking, Door::Prescription, Door::Room, Door::Product]),
        class in prop::sample::select(ProductClass::ALL.to_vec()),
        tags in prop::collection::vec(prop::sample::select(vec!["alcohol", "salicylic_acid", "fragrance"]), 0..3),
        zone in prop::sample::select(Zone::ALL.to_vec()),
        history in prop::collection::vec((prop::option::of(any_day()), prop::option::of(prop::sample::select(Zone::ALL.to_vec()))), 0..3),
        allergies in prop::collection::vec(prop::sample::select(vec!["alcohol", "acid", "蜂胶"]), 0..2),
        until in prop::collection::vec(prop::option::of(any_day()), 0..2),
        measured in prop::collection::vec((any_day(), any::<bool>()), 0..5),
        uses_current in any::<bool>(),
        has_service in any::<bool>(),
    ) -> Case {
        let her = Facts {
            answers,
            history: history.into_iter().map(|(on, zone)| PastCourse { what: Course::Peel, zone, on }).collect(),
            allergies: allergies.into_iter().map(|what| Ingredient::from(name(what))).collect(),
            medication: until.into_iter().map(|until| TakenMedicine { what: Medicine::Isotretinoin, until }).collect(),
            measurements: measured.into_iter().map(|(on, in_recovery_range)| Measured { on, zone, in_recovery_range }).collect(),
            ..Facts::default()
        };
        let service = has_service.then(|| service(uses_current));
        Case { on: today(), door, zone: Some(zone), product: Some(product(class, &tags)), service, her }
    }
}

const QUESTIONS: [SafetyQuestion; 6] = [
    SafetyQuestion::PregnantOrNursing,
    SafetyQuestion::ImplantOrPacemaker,
    SafetyQuestion::Allergies,
    SafetyQuestion::Medication,
    SafetyQuestion::SkinNow,
    SafetyQuestion::DestructiveHistory,
];

fn with(answers: &Answers, question: SafetyQuestion, said: Said) -> Answers {
    let mut answers = *answers;
    let slot = match question {
        SafetyQuestion::PregnantOrNursing => &mut answers.pregnant_or_nursing,
        SafetyQuestion::ImplantOrPacemaker => &mut answers.implant_or_pacemaker,
        SafetyQuestion::Allergies => &mut answers.allergies,
        SafetyQuestion::Medication => &mut answers.medication,
        SafetyQuestion::SkinNow => &mut answers.skin_now,
        SafetyQuestion::DestructiveHistory => &mut answers.destructive_history,
    };
    *slot = said;
    answers
}

proptest! {
    /// Invariant 7: whatever else is known, a *no* that is taken away never opens a door, and a refusal is no better.
    #[test]
    fn no_rule_reads_a_missing_answer_as_a_safe_one(case in any_case(), question in prop::sample::select(QUESTIONS.to_vec())) {
        let rules = SafetyRules::default();
        let verdict = |said| {
            let mut case = case.clone();
            case.her.answers = with(&case.her.answers, question, said);
            judge(&rules, &case).verdict
        };
        prop_assert!(verdict(Said::NotAsked) >= verdict(Said::No));
        prop_assert_eq!(verdict(Said::NotAsked), verdict(Said::Refused));
    }

    /// More that is known of her never opens a door either: courses, allergies, medicine.
    #[test]
    fn knowing_more_of_her_never_opens_a_door(case in any_case()) {
        let rules = SafetyRules::default();
        let known = judge(&rules, &case).verdict;
        let none = Facts { history: Vec::new(), allergies: Vec::new(), medication: Vec::new(), ..case.her.clone() };
        // Of whom a question was answered with yes, what stood there was the answer.
        let answers = QUESTIONS.into_iter().fold(none.answers, |answers, question| match answers.to(question) {
            Said::Yes => with(&answers, question, Said::No),
            Said::No | Said::NotAsked | Said::Refused => answers,
        });
        let less = Case { her: Facts { answers, ..none }, ..case };
        prop_assert!(known >= judge(&rules, &less).verdict);
    }

    /// The worst finding is the verdict, and nothing is found where all is well.
    #[test]
    fn the_verdict_is_its_worst_finding(case in any_case()) {
        let judgement = judge(&SafetyRules::default(), &case);
        let worst = judgement.findings.iter().map(|finding| finding.verdict).max();
        prop_assert_eq!(judgement.verdict, worst.unwrap_or(Verdict::Allow));
        prop_assert!(judgement.findings.iter().all(|finding| finding.verdict != Verdict::Allow));
    }
}

//! What an instrument says of her skin: which two may be set side by side, and what tells that a zone has recovered.
#![expect(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use domain::{
    Action, ClockOffset, CustomerFile, Facts, Incomparable, Instrument, InstrumentId, Measurement, MeasurementId, Moment,
    Parameter, PatchResult, PatchTestId, PatchTried, ProductId, Read, Salon, Tenths, Zone, pair,
};
use support::{NOW, Tablet, file_of, name, salon, uuid};

const DAY: i64 = 24 * 3_600_000;

fn instrument() -> InstrumentId {
    InstrumentId::new(uuid(700))
}

fn with_instrument() -> Salon {
    let mut salon = salon();
    let line = |word: &str, recovered| Parameter { name: name(word), unit: Some(name("%")), range: (0, 1_000), recovered };
    let parameters = vec![line("含水量", Some((300, 600))), line("泛红", Some((0, 250))), line("毛孔", None)];
    salon.instruments.insert(instrument(), Instrument { name: name("皮肤检测仪"), parameters });
    salon
}

fn measured(values: &[(&str, Tenths)]) -> Measurement {
    let values = values.iter().map(|(word, value)| (name(word), Read { value: *value, first: None })).collect();
    Measurement { instrument: instrument(), zone: Zone::Cheeks, since_cleansing: Some(15), values, during: None }
}

fn take(file: &mut CustomerFile, day: i64, is: Measurement) {
    let number = 800 + file.measurements.len() as u128;
    let (customer, seen) = (file.id, file.version);
    let action = Action::Measure { customer, measurement: MeasurementId::new(uuid(number)), is: Box::new(is) };
    Tablet { at: Moment(NOW.0 + day * DAY), ..Tablet::new(number) }.on(file, seen, action);
}

fn recoveries(file: &CustomerFile) -> Vec<bool> {
    let facts = Facts::of(file, &with_instrument(), ClockOffset::default().day(NOW));
    facts.measurements.iter().map(|measured| measured.in_recovery_range).collect()
}

#[test]
fn before_and_after_are_a_pair_only_where_nothing_but_her_skin_differs() {
    let before = measured(&[("含水量", 310), ("泛红", 240)]);
    let after = measured(&[("含水量", 465), ("毛孔", 100)]);
    let pairs = pair(&before, &after).unwrap();
    assert_eq!(pairs.len(), 1, "what was measured once is no pair");
    assert_eq!((pairs[0].before, pairs[0].after, pairs[0].percent()), (310, 465, Some(50)));

    let elsewhere = Measurement { zone: Zone::Nose, ..after.clone() };
    let other = Measurement { instrument: InstrumentId::new(uuid(701)), ..after.clone() };
    let later = Measurement { since_cleansing: Some(45), ..after.clone() };
    let unknown = Measurement { since_cleansing: None, ..after };
    assert_eq!(pair(&before, &elsewhere), Err(Incomparable::Zone));
    assert_eq!(pair(&before, &other), Err(Incomparable::Instrument));
    assert_eq!(pair(&before, &later), Err(Incomparable::Condition));
    assert_eq!(pair(&before, &unknown), Err(Incomparable::Condition), "not known is not the same");
}

#[test]
fn of_nothing_there_is_no_percentage() {
    let pairs = pair(&measured(&[("含水量", 0)]), &measured(&[("含水量", 30)])).unwrap();
    assert_eq!(pairs[0].percent(), None);
    let pairs = pair(&measured(&[("泛红", 300)]), &measured(&[("泛红", 200)])).unwrap();
    assert_eq!(pairs[0].percent(), Some(-33));
}

#[test]
fn s1b_a_zone_has_recovered_where_everything_that_can_tell_is_within_and_was_read() {
    let mut file = file_of("林晓雨");
    take(&mut file, 0, measured(&[("含水量", 300), ("泛红", 250)]));
    take(&mut file, 1, measured(&[("含水量", 320), ("泛红", 251)]));
    take(&mut file, 2, measured(&[("含水量", 400)]));
    assert_eq!(recoveries(&file), [true, false, false], "what was not read has not recovered");
}

#[test]
fn a_value_that_the_instrument_cannot_show_is_kept_as_it_was_typed_first() {
    let mut file = file_of("林晓雨");
    let mut is = measured(&[]);
    is.values.insert(name("含水量"), Read { value: 310, first: Some(3_100) });
    take(&mut file, 0, is.clone());
    assert_eq!(file.measurements.values().next().unwrap().is, is);
    assert!(!with_instrument().instruments[&instrument()].parameters[0].has(3_100));
}

#[test]
fn an_instrument_whose_lines_run_backwards_or_twice_is_refused() {
    let good = with_instrument().instruments[&instrument()].clone();
    let with = |change: fn(&mut Instrument)| {
        let mut one = good.clone();
        change(&mut one);
        one.is_in_range()
    };
    assert!(good.is_in_range());
    assert!(!with(|one| one.parameters.clear()));
    assert!(!with(|one| one.parameters[0].range = (10, 10)));
    assert!(!with(|one| one.parameters[0].recovered = Some((500, 1_200))));
    assert!(!with(|one| one.parameters[1].name = one.parameters[0].name.clone()));
}

#[test]
fn s8_a_patch_test_counts_from_the_day_on_which_it_was_put_on() {
    let mut file = file_of("林晓雨");
    let yesterday = ClockOffset::default().day(NOW).pred_opt();
    for (number, on) in [(1, None), (2, yesterday)] {
        let is = PatchTried { product: ProductId::new(uuid(71)), on, result: PatchResult::Negative, remark: None };
        let (customer, seen) = (file.id, file.version);
        Tablet::new(number).on(&mut file, seen, Action::TryPatch { customer, test: PatchTestId::new(uuid(900 + number)), is });
    }
    let tests = Facts::of(&file, &salon(), ClockOffset::default().day(NOW)).patch_tests;
    assert_eq!(tests.iter().map(|test| test.on).collect::<Vec<_>>(), [ClockOffset::default().day(NOW), yesterday.unwrap()]);
}

#[test]
fn a_value_is_read_as_people_type_it_and_anything_else_is_none() {
    for (typed, value) in [("31", 310), (" 31.5 ", 315), ("-2", -20), ("0", 0), ("31．5", 315)] {
        assert_eq!(domain::read_tenths(typed), Some(value), "{typed}");
    }
    for typed in ["", "3,5", "31.55", "31%", "--2", "99999999999", "."] {
        assert_eq!(domain::read_tenths(typed), None, "{typed}");
    }
    assert_eq!([315, 310, -5].map(domain::tenths_words), ["31.5", "31", "-0.5"]);
}

#[test]
fn of_a_treatment_those_are_set_side_by_side_that_can_be() {
    use domain::{Side, TreatmentId, pairs};
    let during = |side, is| Measurement { during: Some((TreatmentId::new(uuid(500)), side)), ..is };
    let good = during(Side::Before, measured(&[("含水量", 310)]));
    let late = during(Side::Before, Measurement { since_cleansing: Some(60), ..measured(&[("含水量", 320)]) });
    let after = during(Side::After, measured(&[("含水量", 465)]));
    let paired = pairs([&good, &late, &after]);
    assert_eq!(paired, [(&good, &after)]);
    assert_eq!(pairs([&late, &after]), [(&late, &after)], "where none can be, that is said");
}

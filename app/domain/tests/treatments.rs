//! A treatment as it happened: told from its log, whoever wrote into it, on whichever tablet, however often it stopped.
#![expect(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod support;

use domain::{
    Action, Adjustment, AfterCare, Begun, CareEvent, ClockOffset, CustomerFile, EventId, Facts, HandedOver, Judgement, Moment,
    Precaution, ProductClass, Reacted, ReactionOutcome, Role, Run, Service, ServiceId, StaffId, StartOf, Step, StepDone,
    StepKind, TreatmentId, Verdict, Zone, judge_start,
};
use std::collections::BTreeSet;
use support::{NOW, Tablet, file_of, name, person_of, salon, text, uuid};

const CARE: TreatmentId = TreatmentId::new(uuid::Uuid::from_u128(500));
const MINUTE: i64 = 60_000;

fn plan() -> Vec<Step> {
    let step = |kind, word: &str, minutes| Step { kind, name: name(word), minutes, points: None, checklist: Vec::new() };
    vec![step(StepKind::Prepare, "准备", 5), step(StepKind::Care, "清洁", 8), step(StepKind::Care, "补水导入", 15)]
}

fn begun() -> CareEvent {
    let judged = Judgement { verdict: Verdict::Allow, findings: Vec::new(), rules_version: 1 };
    let zones = BTreeSet::from([Zone::Cheeks]);
    CareEvent::Begin(Begun { visit: None, service: Some(service()), zones, room: None, plan: plan(), judged, release: None })
}

fn service() -> ServiceId {
    ServiceId::new(uuid(600))
}

fn done(step: u8, took: Option<i64>) -> CareEvent {
    let took = took.map(|took| u32::try_from(took).unwrap());
    CareEvent::FinishStep(StepDone { step, took, is_skipped: false, checked: Vec::new() })
}

/// Her skin answers to products of these classes.
fn reacted(outcome: ReactionOutcome, classes: &[ProductClass]) -> CareEvent {
    let classes = classes.iter().copied().collect();
    CareEvent::React(Reacted { outcome, zone: None, classes, done: Vec::new(), text: None })
}

/// With what the gate said on that screen.
fn begun_with(judged: Judgement) -> CareEvent {
    match begun() {
        CareEvent::Begin(begun) => CareEvent::Begin(Begun { judged, ..begun }),
        other => other,
    }
}

struct Room {
    file: CustomerFile,
    events: u128,
}

impl Room {
    fn new() -> Self {
        Self { file: file_of("林晓雨"), events: 1_000 }
    }

    fn by(&mut self, who: StaffId, minute: i64, is: CareEvent) -> EventId {
        self.events += 1;
        let event = EventId::new(uuid(self.events));
        let seen = self.file.version;
        let action = Action::Care { customer: self.file.id, treatment: CARE, event, is: Box::new(is) };
        Tablet { at: Moment(NOW.0 + minute * MINUTE), ..Tablet::of(self.events, who) }.on(&mut self.file, seen, action);
        event
    }

    fn at(&mut self, minute: i64, is: CareEvent) -> EventId {
        self.by(support::person(&[]).id, minute, is)
    }

    fn run(&self) -> Run<'_> {
        self.file.treatments[&CARE].run()
    }
}

#[test]
fn a_step_takes_as_long_as_the_running_clock_says_and_the_walls_clock_only_tells_that_it_was_set() {
    let mut room = Room::new();
    room.at(0, begun());
    room.at(1, CareEvent::BeginStep { step: 0 });
    assert_eq!(room.run().now.map(|(step, _)| step), Some(0));
    // Somebody sets the tablet an hour ahead.
    room.at(65, done(0, Some(4 * MINUTE)));
    room.at(65, CareEvent::BeginStep { step: 1 });
    room.at(75, done(1, None));

    let run = room.run();
    assert_eq!((run.done[&0].ms, run.done[&0].is_clock_off, run.done[&0].is_estimated), (Some(4 * MINUTE), true, false));
    assert_eq!((run.done[&1].ms, run.done[&1].is_clock_off, run.done[&1].is_estimated), (Some(10 * MINUTE), false, true));
    assert_eq!((run.next(), run.plan_ends()), (Some(2), vec![5, 13, 28]), "the plan is what it was");
}

#[test]
fn a_step_that_is_finished_twice_counts_once() {
    let mut room = Room::new();
    room.at(0, begun());
    room.at(0, CareEvent::BeginStep { step: 0 });
    room.at(4, done(0, None));
    room.at(9, done(0, None));
    assert_eq!(room.run().done[&0].ms, Some(4 * MINUTE));
}

#[test]
fn while_it_stands_still_no_time_is_counted() {
    let mut room = Room::new();
    room.at(0, begun());
    room.at(0, CareEvent::BeginStep { step: 0 });
    room.at(2, CareEvent::Pause {});
    assert!(room.run().paused.is_some());
    room.at(12, CareEvent::Resume {});
    room.at(15, done(0, None));
    assert_eq!((room.run().paused, room.run().done[&0].ms), (None, Some(5 * MINUTE)));
}

#[test]
fn a_colleague_takes_over_where_it_stands() {
    let (mei, jing) = (person_of(7, Role::Beautician).id, person_of(8, Role::Beautician).id);
    let mut room = Room::new();
    room.by(mei, 0, begun());
    room.by(mei, 0, CareEvent::BeginStep { step: 0 });
    room.by(jing, 3, CareEvent::TakeOver {});
    assert_eq!(room.run().with, Some(jing));
    room.by(jing, 3, CareEvent::BeginStep { step: 0 });
    room.by(jing, 5, done(0, None));
    assert_eq!(room.run().done[&0].ms, Some(5 * MINUTE), "it runs since it was begun");
}

#[test]
fn two_who_begin_the_same_visit_write_into_one_record_and_both_are_told() {
    let (mei, jing) = (person_of(7, Role::Beautician).id, person_of(8, Role::Beautician).id);
    let mut room = Room::new();
    room.by(jing, 1, begun());
    room.by(mei, 0, begun());
    let run = room.run();
    assert_eq!((run.with, run.also_begun.iter().map(|written| written.by).collect::<Vec<_>>()), (Some(jing), vec![mei]));
}

#[test]
fn a_finished_record_is_never_edited_and_what_is_added_is_an_addendum() {
    let mut room = Room::new();
    room.at(0, begun());
    room.at(30, CareEvent::Finish(AfterCare { effect: Some(text("不红了")) }));
    let late = room.at(40, CareEvent::Add(text("她说有点痒")));
    let [begun, finished] = [CareEvent::BeginStep { step: 0 }, done(0, None)].map(|is| room.at(41, is));
    let run = room.run();
    assert!(!run.is_open() && run.now.is_none() && run.done.is_empty());
    assert_eq!(run.added_after, BTreeSet::from([late, begun, finished]));
}

#[test]
fn what_she_was_handed_over_with_stands_there_and_nothing_is_sold_while_she_is_tired() {
    let mut room = Room::new();
    let precautions = Precaution::Care(text("面颊易红，手法放轻"));
    room.at(-10, CareEvent::HandOver(HandedOver { precautions, visit: None, to: None, locker: Some(name("12")) }));
    room.at(0, begun());
    assert!(!room.run().is_tired());
    room.at(5, CareEvent::Adjust(Adjustment::Tired));
    let run = room.run();
    assert!(run.is_tired() && run.handed_over.iter().any(|(handed, _)| handed.locker == Some(name("12"))));
}

#[test]
fn s7_the_same_service_in_the_same_zone_waits_and_elsewhere_does_not() {
    let mut salon = salon();
    let is = Service { min_interval_days: Some(7), ..Service::of(name("光子"), 60) };
    salon.services.insert(service(), is);
    let mut room = Room::new();
    room.at(0, begun());
    let customer = room.file.id;
    let seen = room.file.version;
    Tablet { at: Moment(NOW.0 + 24 * 60 * MINUTE), ..Tablet::new(9) }.on(
        &mut room.file,
        seen,
        Action::LookAtSkin { customer, findings: Vec::new() },
    );
    let ask = |file: &CustomerFile, zones: &[Zone], days: i64| {
        let on = ClockOffset::default().day(Moment(NOW.0 + days * 24 * 60 * MINUTE));
        judge_start(&salon, file, &StartOf { service: Some(service()), zones: zones.iter().copied().collect() }, on).verdict
    };
    assert_eq!(ask(&room.file, &[Zone::Cheeks], 1), Verdict::NeedsSenior);
    assert_eq!(ask(&room.file, &[Zone::Back], 1), Verdict::Allow);
    assert_eq!(ask(&room.file, &[Zone::Back, Zone::Cheeks], 1), Verdict::NeedsSenior, "the worst of them");
    assert_eq!(ask(&room.file, &[], 1), Verdict::NeedsSenior, "nobody said where");
}

#[test]
fn s11_a_reaction_asks_a_senior_for_that_class_until_somebody_has_seen_to_it() {
    let mut room = Room::new();
    room.at(0, begun());
    let reaction = room.at(3, reacted(ReactionOutcome::Redness, &[ProductClass::Hydrating]));
    let reactions = |room: &Room| Facts::of(&room.file, &salon(), ClockOffset::default().day(NOW)).reactions;
    assert_eq!(
        reactions(&room).iter().map(|one| (one.class, one.resolved)).collect::<Vec<_>>(),
        [(ProductClass::Hydrating, false)]
    );
    room.at(60, CareEvent::Settle { reaction, how: text("第二天已消退") });
    assert!(reactions(&room).iter().all(|one| one.resolved));
}

/// The salon knew of a pacemaker that the tablet had not heard of.
#[test]
fn a_beginning_of_which_the_salon_knew_more_waits_for_a_senior_who_has_seen_that() {
    let mut salon = salon();
    let is = Service { uses_current: true, ..Service::of(name("射频"), 60) };
    salon.services.insert(service(), is);
    let consultant = person_of(8, Role::Consultant);
    salon.staff.insert(consultant.id, consultant.clone());
    let mut room = Room::new();
    let (customer, answered) = (room.file.id, domain::Answer::just(domain::Said::Yes));
    let question = domain::Question::ImplantOrPacemaker;
    let seen = room.file.version;
    Tablet::new(1).on(&mut room.file, seen, Action::AnswerQuestion { customer, question, answer: answered });
    let unknowing = Judgement { verdict: Verdict::Allow, findings: Vec::new(), rules_version: 1 };
    let before = room.file.clone();
    let event = room.at(1, begun_with(unknowing));

    let action = Action::Care { customer, treatment: CARE, event, is: Box::new(begun()) };
    let said = domain::Written { by: support::person(&[]).id, at: NOW, is_clock_off: false };
    let Some(Action::Care { is, event: followed, .. }) = domain::overtaking(&salon, &before, &action, said) else {
        panic!("nothing follows from it")
    };
    assert!(Action::Care { customer, treatment: CARE, event: followed, is: is.clone() }.is_follow_up(), "nobody else may say so");
    let confirm = || CareEvent::Confirm { begun: event, counts: true, is_alone: false };
    let confirms = |room: &mut Room, who, seen| {
        room.events += 1;
        let is = Box::new(confirm());
        let action = Action::Care { customer, treatment: CARE, event: EventId::new(uuid(room.events)), is };
        Tablet::of(room.events, who).on_in(&salon, &mut room.file, seen, action);
    };
    let unseen = room.file.version;
    room.at(2, *is);
    assert_eq!(room.file.treatments_to_confirm().collect::<Vec<_>>(), [CARE]);
    assert!(room.file.is_to_check());

    confirms(&mut room, consultant.id, unseen);
    assert!(room.run().gates[&event].waits(), "she had not seen what the salon knew");
    let seen = room.file.version;
    confirms(&mut room, support::person(&[]).id, seen);
    assert!(room.run().gates[&event].waits(), "nobody confirms her own act while there is a second person");
    let seen = room.file.version;
    confirms(&mut room, consultant.id, seen);
    assert!(!room.run().gates[&event].waits());
}

#[test]
fn a_tablet_keeps_the_latest_treatments_whole_and_of_those_before_what_the_rules_read() {
    let mut room = Room::new();
    for number in 0..50_u128 {
        let (customer, seen) = (room.file.id, room.file.version);
        let treatment = TreatmentId::new(uuid(10_000 + number));
        let add = |file: &mut CustomerFile, seen, event: u128, is| {
            let event = EventId::new(uuid(20_000 + number * 10 + event));
            let tablet = Tablet { at: Moment(NOW.0 + number as i64 * 60 * MINUTE), ..Tablet::new(number) };
            tablet.on(file, seen, Action::Care { customer, treatment, event, is: Box::new(is) });
        };
        add(&mut room.file, seen, 0, begun());
        add(&mut room.file, seen, 1, done(0, None));
        if number == 0 {
            add(&mut room.file, seen, 2, reacted(ReactionOutcome::Redness, &[ProductClass::Acid]));
        }
        add(&mut room.file, seen, 3, CareEvent::Finish(AfterCare { effect: None }));
    }
    let facts = |file: &CustomerFile| Facts::of(file, &salon(), ClockOffset::default().day(NOW));
    let whole = facts(&room.file);
    let mut kept = room.file.clone();
    assert_eq!(kept.shorten_care(), 47);
    let short = facts(&kept);
    assert_eq!(short.reactions, whole.reactions, "what is not settled is never too old");
    assert_eq!(short.last_services.iter().map(|last| last.on).max(), whole.last_services.iter().map(|last| last.on).max());
    assert_eq!(kept.treatments.len(), 44);
    assert_eq!(kept.treatments.values().filter(|one| !one.run().done.is_empty()).count(), 3);
}

#[test]
fn nobody_takes_back_what_another_said_when_she_was_handed_over() {
    let handed = |precautions| CareEvent::HandOver(HandedOver { precautions, visit: None, to: None, locker: None });
    let mut room = Room::new();
    room.at(0, handed(Precaution::Care(text("对酒精敏感，不要用爽肤水"))));
    room.at(1, handed(Precaution::NothingSpecial));
    assert_eq!(room.run().handed_over.len(), 2);
}

#[test]
fn a_service_that_nobody_has_named_is_asked_about_and_counts_for_every_other() {
    let mut salon = salon();
    salon.services.insert(service(), Service { min_interval_days: Some(7), ..Service::of(name("光子"), 60) });
    let today = ClockOffset::default().day(NOW);
    let ask = |file: &CustomerFile, service| judge_start(&salon, file, &StartOf { service, zones: BTreeSet::new() }, today);
    let mut room = Room::new();
    assert_eq!(ask(&room.file, None).verdict, Verdict::AskFirst);
    let CareEvent::Begin(begun) = begun() else { panic!("it does not begin") };
    room.at(0, CareEvent::Begin(Begun { service: None, ..begun }));
    let findings = ask(&room.file, Some(service())).findings;
    assert!(findings.iter().any(|finding| matches!(finding.why, domain::Because::TooSoon { .. })), "{findings:?}");
}

#[test]
fn a_reaction_of_which_nobody_knows_the_cause_asks_a_senior_for_everything() {
    let mut room = Room::new();
    room.at(0, begun());
    room.at(3, reacted(ReactionOutcome::Swelling, &[]));
    let reactions = Facts::of(&room.file, &salon(), ClockOffset::default().day(NOW)).reactions;
    assert_eq!(reactions.len(), ProductClass::ALL.len());
}

#[test]
fn who_was_handed_over_for_an_appointment_of_long_ago_is_handed_over_on_every_tablet() {
    let mut room = Room::new();
    let precautions = Precaution::Care(text("面颊易红"));
    room.at(0, CareEvent::HandOver(HandedOver { precautions, visit: None, to: None, locker: None }));
    for number in 0..5_u128 {
        let (customer, seen) = (room.file.id, room.file.version);
        let event = EventId::new(uuid(30_000 + number));
        let action = Action::Care { customer, treatment: TreatmentId::new(uuid(40_000 + number)), event, is: Box::new(begun()) };
        Tablet::new(number).on(&mut room.file, seen, action);
    }
    room.file.shorten_care();
    assert_eq!(room.run().handed_over.len(), 1);
}

#[test]
fn a_reaction_or_a_patch_that_waits_for_a_manager_counts_as_if_it_were_so() {
    let mut room = Room::new();
    let (customer, product) = (room.file.id, domain::ProductId::new(uuid(71)));
    let event = EventId::new(uuid(1));
    let is = Box::new(reacted(ReactionOutcome::Redness, &[ProductClass::Acid]));
    let patch = domain::PatchTried { product, on: None, result: domain::PatchResult::Positive, remark: None };
    let waiting = [
        Action::Care { customer, treatment: CARE, event, is },
        Action::TryPatch { customer, test: domain::PatchTestId::new(uuid(2)), is: patch },
    ];
    for (number, action) in waiting.into_iter().enumerate() {
        let seen = room.file.version;
        let aside = Action::SetAside { customer, concerns: action.concerns(), entry: None };
        Tablet::new(50 + number as u128).on(&mut room.file, seen, aside);
    }
    let facts = Facts::of(&room.file, &salon(), ClockOffset::default().day(NOW));
    assert_eq!(facts.reactions.iter().map(|one| (one.class, one.resolved)).collect::<Vec<_>>(), [(ProductClass::Acid, false)]);
    assert_eq!(facts.patch_tests[0].product, product.to_string());
}

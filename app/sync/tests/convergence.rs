//! Whatever the order, the repetition and the delay in which devices reach the salon, the file comes out the same.
#![expect(clippy::unwrap_used, reason = "a test that can't go on should stop")]

use domain::{
    Action, AllergyTag, Answer, BranchId, ClockOffset, CustomerFile, CustomerId, DeviceId, DeviceScope, Moment, Name,
    NewCustomer, NoteId, Person, ProfileField, ProfileValue, Question, Role, Said, Salon, Seq, Settings, Shown, StaffId, Text,
    Version,
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use sync::{Header, Known, Outcome, PROTO, SCHEMA, judge};
use uuid::Uuid;

const HER: CustomerId = CustomerId::new(Uuid::from_u128(1));
const AUTHOR: StaffId = StaffId::new(Uuid::from_u128(2));

fn salon() -> Salon {
    let roles = BTreeSet::from([Role::Consultant]);
    let author = Person { id: AUTHOR, name: Name::new("林静").unwrap(), roles, is_active: true };
    let settings = Settings {
        offset: ClockOffset::default(),
        confirm_hours_before: 24,
        complaint_follow_up_days: 3,
        may_restart_offline: true,
    };
    Salon {
        branch: BranchId::new(Uuid::from_u128(3)),
        name: Name::new("梧桐路店").unwrap(),
        is_demo: false,
        settings,
        staff: BTreeMap::from([(AUTHOR, author)]),
        rooms: BTreeMap::new(),
        services: BTreeMap::new(),
        products: BTreeMap::new(),
        batches: BTreeMap::new(),
        instruments: BTreeMap::new(),
        rules: domain::SafetyRules::default(),
    }
}

/// Her file as the salon holds it, with the numbers it has seen from each device.
#[derive(Clone)]
struct Server {
    salon: Salon,
    file: Option<CustomerFile>,
    version: Version,
    next: BTreeMap<DeviceId, Seq>,
}

impl Server {
    fn new() -> Self {
        let mut server = Self { salon: salon(), file: None, version: Version(0), next: BTreeMap::new() };
        let card = Box::new(NewCustomer::named(Name::new("林晓雨").unwrap()));
        server.receive(99, 1, Action::AddCustomer { customer: HER, card });
        server
    }

    /// Takes an entry if it is its turn, as the ledger does; answers whether the device may go on to its next.
    fn receive(&mut self, device: u128, seq: i64, action: Action) -> bool {
        let device = DeviceId::new(Uuid::from_u128(device));
        let next = self.next.entry(device).or_insert(Seq(1));
        match seq.cmp(&next.0) {
            std::cmp::Ordering::Less => return true,
            std::cmp::Ordering::Greater => return false,
            std::cmp::Ordering::Equal => *next = next.next(),
        }
        self.version = Version(self.version.0 + 1);
        let header = Header {
            proto: PROTO,
            schema: SCHEMA,
            device,
            seq: Seq(seq),
            author: AUTHOR,
            claimed_at: Moment(seq),
            base: Version(1),
        };
        let known = Known { salon: &self.salon, file: self.file.as_ref(), other: None, device: DeviceScope::Desk };
        let judged = judge(known, &header, &action, self.version, Moment(1_000));
        assert!(matches!(judged.outcome, Outcome::Applied { .. }));
        self.file = CustomerFile::after(self.file.take(), &judged.changes, &judged.stamp);
        true
    }
}

fn action(kind: u8, number: u128) -> Action {
    let words = format!("第{number}条");
    match kind % 5 {
        0 => Action::AddAllergy {
            customer: HER,
            tag: AllergyTag::new(Uuid::from_u128(number)),
            what: Name::new(&words).unwrap(),
            remark: None,
        },
        1 => {
            Action::WriteCareNote { customer: HER, note: NoteId::new(Uuid::from_u128(number)), text: Text::new(&words).unwrap() }
        }
        2 => Action::CorrectProfile { customer: HER, value: ProfileValue::Hobbies(Text::new(&words).ok()) },
        3 => Action::AnswerQuestion {
            customer: HER,
            question: Question::Medication,
            answer: Answer { words: Text::new(&words).ok(), ..Answer::just(Said::Yes) },
        },
        _ => Action::ResolveAllergy {
            customer: HER,
            tags: [AllergyTag::new(Uuid::from_u128(number / 2))].into(),
            reason: Text::new(&words).unwrap(),
        },
    }
}

/// What does not depend on who came last.
fn essence(file: &CustomerFile) -> (Vec<AllergyTag>, usize, BTreeSet<NoteId>, BTreeSet<String>, BTreeSet<String>) {
    let hobbies = match file.profile.field(ProfileField::Hobbies) {
        Some(Shown::Known(field)) => {
            let past = field.past.iter().map(|past| &past.value);
            std::iter::once(&field.value).chain(past).map(|value| serde_json::to_string(value).unwrap()).collect()
        }
        _ => BTreeSet::new(),
    };
    let medication = file.answers.get(&Question::Medication).into_iter().flat_map(|field| {
        let past = field.past.iter().map(|past| &past.value);
        std::iter::once(&field.value).chain(past).map(|value| serde_json::to_string(value).unwrap()).collect::<Vec<_>>()
    });
    let active = file.allergies.active().map(|(tag, _)| tag).collect();
    (active, file.allergies.resolved().count(), file.notes.keys().copied().collect(), hobbies, medication.collect())
}

/// Delivers each device's entries in its own order, devices interleaved by `picks`, some entries sent again.
fn deliver(devices: &[Vec<Action>], picks: &[usize]) -> CustomerFile {
    let mut server = Server::new();
    let mut at = vec![0; devices.len()];
    let mut picks = picks.iter().copied().cycle();
    while at.iter().zip(devices).any(|(at, actions)| *at < actions.len()) {
        let pick = picks.next().unwrap_or(0);
        let waiting: Vec<usize> = (0..devices.len()).filter(|i| at[*i] < devices[*i].len()).collect();
        let device = waiting[pick % waiting.len()];
        // A delayed copy of an earlier one, and one that comes too soon, change nothing.
        if pick % 3 == 0 && at[device] > 0 {
            assert!(server.receive(device as u128, at[device] as i64, devices[device][at[device] - 1].clone()));
        }
        if pick % 4 == 0 && at[device] + 1 < devices[device].len() {
            assert!(!server.receive(device as u128, at[device] as i64 + 2, devices[device][at[device] + 1].clone()));
        }
        assert!(server.receive(device as u128, at[device] as i64 + 1, devices[device][at[device]].clone()));
        at[device] += 1;
    }
    server.file.unwrap()
}

proptest! {
    #[test]
    fn any_order_repetition_and_delay_gives_the_same_file(
        kinds in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..7), 3),
        one in proptest::collection::vec(any::<usize>(), 1..40),
        other in proptest::collection::vec(any::<usize>(), 1..40),
    ) {
        let mut number = 0;
        let devices: Vec<Vec<Action>> = kinds
            .iter()
            .map(|kinds| kinds.iter().map(|kind| { number += 1; action(*kind, number) }).collect())
            .collect();
        let (one, other) = (deliver(&devices, &one), deliver(&devices, &other));
        prop_assert_eq!(essence(&one), essence(&other));

        let added = devices.iter().flatten().filter(|action| matches!(action, Action::AddAllergy { .. })).count();
        prop_assert_eq!(one.allergies.active().count() + one.allergies.resolved().count(), added);
    }
}

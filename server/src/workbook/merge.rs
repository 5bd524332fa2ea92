//! The same person twice becomes one; two people who share a phone stay two; what could be either is said, not done.

use std::collections::BTreeMap;

use super::{
    absorb::absorb,
    identity,
    names::{Likeness, is_title, likeness},
    person::{Person, Place},
    problem::{Problem, Reason},
    text,
};

/// A row that was laid onto an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Merge {
    pub sheet: String,
    pub row: u32,
    pub name: String,
    pub first: Place,
    pub first_name: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sameness {
    Same,
    Perhaps,
    Other,
}

/// Above this many people with one phone, a phone says nothing about anybody.
const COMPARED_LIMIT: usize = 100;

#[derive(Default)]
pub struct Merged {
    pub people: Vec<Person>,
    pub merges: Vec<Merge>,
    pub problems: Vec<Problem>,
}

/// People that rows have been laid onto, with the rows as they were.
#[derive(Default)]
struct Groups {
    rows: Vec<Vec<Person>>,
    by_evidence: BTreeMap<String, Vec<usize>>,
}

pub fn merge(rows: Vec<Person>) -> Merged {
    let mut merged = Merged::default();
    let mut groups = Groups::default();
    for mut row in rows {
        row.keys = identity::evidence(&row);
        let (same, perhaps) = groups.find(&row);
        match same[..] {
            [group] => {
                merged.lay_onto(group, &row);
                groups.add(group, row);
            }
            _ => {
                // Two groups that she could belong to are as good as none.
                let doubts = same.into_iter().chain(perhaps);
                merged.problems.extend(doubts.map(|group| perhaps_the_same(&row, &merged.people[group])));
                merged.problems.extend(groups.others_with_card(&row).map(|other| same_card(&row, other)));
                merged.people.push(row.clone());
                groups.add(merged.people.len() - 1, row);
            }
        }
    }
    identity::set_apart(&mut merged.people);
    merged
}

impl Merged {
    fn lay_onto(&mut self, group: usize, row: &Person) {
        let first = &mut self.people[group];
        let merge = Merge {
            sheet: row.place.sheet.clone(),
            row: row.place.row,
            name: row.name.clone(),
            first: first.place.clone(),
            first_name: first.name.clone(),
        };
        self.merges.push(merge);
        self.problems.extend(absorb(first, row.clone()));
    }
}

impl Groups {
    fn add(&mut self, group: usize, row: Person) {
        for evidence in evidence(&row) {
            let groups = self.by_evidence.entry(evidence).or_default();
            if groups.last() != Some(&group) && groups.len() < COMPARED_LIMIT {
                groups.push(group);
            }
        }
        if group == self.rows.len() {
            self.rows.push(Vec::new());
        }
        self.rows[group].push(row);
    }

    /// The groups that are the same person as this row, and those that could be.
    fn find(&self, row: &Person) -> (Vec<usize>, Vec<usize>) {
        let mut candidates: Vec<usize> =
            evidence(row).iter().filter_map(|evidence| self.by_evidence.get(evidence)).flatten().copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        let judged: Vec<(usize, Sameness)> = candidates.into_iter().map(|group| (group, self.sameness(group, row))).collect();
        let those =
            |wanted: Sameness| judged.iter().filter(|(_, sameness)| *sameness == wanted).map(|(group, _)| *group).collect();
        (those(Sameness::Same), those(Sameness::Perhaps))
    }

    /// One row that fits is enough, unless another row of the group speaks against it.
    fn sameness(&self, group: usize, row: &Person) -> Sameness {
        let rows = &self.rows[group];
        let judged: Vec<Sameness> = rows.iter().take(COMPARED_LIMIT).map(|known| sameness(known, row)).collect();
        let is_contradicted = rows.iter().take(COMPARED_LIMIT).any(|known| contradicts(known, row));
        match () {
            () if judged.contains(&Sameness::Same) && !is_contradicted => Sameness::Same,
            () if judged.contains(&Sameness::Same) || judged.contains(&Sameness::Perhaps) => Sameness::Perhaps,
            () => Sameness::Other,
        }
    }

    fn others_with_card<'a>(&'a self, row: &'a Person) -> impl Iterator<Item = &'a Person> {
        let groups = row.card.iter().filter_map(|card| self.by_evidence.get(&card_evidence(card))).flatten();
        let rows = groups.filter_map(|group| self.rows[*group].first());
        rows.filter(|other| likeness(&other.name, &row.name) == Likeness::Different).take(1)
    }
}

/// Only rows that share one of these are compared at all.
fn evidence(person: &Person) -> Vec<String> {
    let name = text::key(&person.name);
    let phone = person.phone.as_ref().map(|phone| format!("phone {phone}"));
    let card = person.card.as_ref().map(|card| card_evidence(card));
    let birthday = person.birthday.map(|date| format!("birthday {date} {name}"));
    let visits = visits(person).map(|(first, last, spent)| format!("visits {first} {last} {spent} {name}"));
    [phone, card, birthday, visits].into_iter().flatten().collect()
}

fn card_evidence(card: &str) -> String {
    format!("card {}", text::key(card))
}

/// First visit, last visit and money spent, where all three are known: nobody shares them all with a namesake.
fn visits(person: &Person) -> Option<(chrono::NaiveDate, chrono::NaiveDate, i64)> {
    Some((person.first_visit?, person.last_visit?, person.spent_cents.filter(|cents| *cents > 0)?))
}

pub fn sameness(a: &Person, b: &Person) -> Sameness {
    let phone = a.phone.is_some() && a.phone == b.phone;
    let birthday = a.birthday.is_some() && a.birthday == b.birthday;
    let card = a.card.as_ref().zip(b.card.as_ref()).is_some_and(|(a, b)| text::key(a) == text::key(b) && is_number(a));
    let visits = visits(a).is_some() && visits(a) == visits(b);
    let against = contradicts(a, b);
    match likeness(&a.name, &b.name) {
        Likeness::Equal if phone || card || visits || (birthday && !is_title(&a.name)) => same_unless(against),
        Likeness::Compatible if phone && (birthday || visits) => same_unless(against),
        Likeness::Compatible if phone && !against => Sameness::Perhaps,
        Likeness::Different if phone && birthday => Sameness::Perhaps,
        Likeness::Equal | Likeness::Compatible | Likeness::Different => Sameness::Other,
    }
}

fn same_unless(against: bool) -> Sameness {
    if against { Sameness::Perhaps } else { Sameness::Same }
}

/// Two phones, two birthdays or two genders are not one person's, until someone has asked her.
fn contradicts(a: &Person, b: &Person) -> bool {
    fn differ<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> bool {
        a.is_some() && b.is_some() && a != b
    }
    differ(&a.phone, &b.phone) || differ(&a.birthday, &b.birthday) || differ(&a.gender, &b.gender)
}

/// 普卡 in a column of cards is no number of anybody's.
fn is_number(card: &str) -> bool {
    card.chars().filter(char::is_ascii_digit).count() >= 2
}

fn perhaps_the_same(row: &Person, other: &Person) -> Problem {
    problem(row, "姓名", &row.name, Reason::PerhapsSamePerson { row: other.place.row })
}

fn same_card(row: &Person, other: &Person) -> Problem {
    problem(row, "会员编号", row.card.as_deref().unwrap_or_default(), Reason::SameCardOtherPerson { row: other.place.row })
}

fn problem(row: &Person, column: &str, original: &str, reason: Reason) -> Problem {
    Problem {
        sheet: row.place.sheet.clone(),
        row: row.place.row,
        column: column.to_owned(),
        original: original.to_owned(),
        reason,
    }
}

//! Laying a later row onto the first one: gaps are filled, allergies and treatments add up, and what differs is told.

use std::fmt::Debug;

use super::{
    cells::answer::{Answer, Told},
    fields::Field,
    person::Person,
    problem::{Problem, Reason},
    text,
};

/// Returns what the two rows disagree about; the first row's value stays.
pub fn absorb(first: &mut Person, later: Person) -> Vec<Problem> {
    let mut fill = Fill { first_row: first.place.row, later: later.clone(), problems: Vec::new() };
    fill.answers(first);
    fill.value(Field::Gender, &mut first.gender, later.gender, |gender| format!("{gender:?}"));
    fill.value(Field::Phone, &mut first.phone, later.phone, Clone::clone);
    fill.value(Field::Birthday, &mut first.birthday, later.birthday, ToString::to_string);
    fill.value(Field::Skin, &mut first.skin, later.skin, Clone::clone);
    fill.value(Field::Source, &mut first.source, later.source, Clone::clone);
    fill.value(Field::Consultant, &mut first.consultant, later.consultant, Clone::clone);
    fill.value(Field::Kind, &mut first.kind, later.kind, |kind| format!("{kind:?}"));
    fill.value(Field::FirstVisit, &mut first.first_visit, later.first_visit, ToString::to_string);
    fill.value(Field::LastVisit, &mut first.last_visit, later.last_visit, ToString::to_string);
    fill.value(Field::Spent, &mut first.spent_cents, later.spent_cents, yuan);
    fill.value(Field::Balance, &mut first.balance_cents, later.balance_cents, yuan);
    fill.lists(first);
    fill.problems
}

struct Fill {
    first_row: u32,
    later: Person,
    problems: Vec<Problem>,
}

impl Fill {
    fn value<T: PartialEq + Debug>(
        &mut self,
        field: Field,
        first: &mut Option<T>,
        later: Option<T>,
        show: impl Fn(&T) -> String,
    ) {
        match (&first, later) {
            (None, later) => *first = later,
            (Some(first), Some(later)) if *first != later => {
                let reason = Reason::MergedDiffers { row: self.first_row, kept: show(first) };
                self.report(field, &show(&later), reason);
            }
            (Some(_), _) => {}
        }
    }

    fn answers(&mut self, first: &mut Person) {
        let later = self.later.clone();
        let allergies = (&mut first.allergy_answer, later.allergy_answer, Field::Allergies, later.allergy_text.clone());
        let history = (&mut first.history_answer, later.history_answer, Field::History, later.history_text.clone());
        for (mine, hers, field, text) in [allergies, history] {
            self.answer(mine, hers, field, text);
        }
        self.told(&mut first.pregnancy, later.pregnancy, Field::Pregnancy);
        self.told(&mut first.medication, later.medication, Field::Medication);
        self.told(&mut first.implant, later.implant, Field::Implant);
        for allergy in later.allergies {
            if !first.allergies.iter().any(|known| text::key(&known.substance) == text::key(&allergy.substance)) {
                first.allergies.push(allergy);
            }
        }
        first.history.extend(later.history);
        first.history.sort();
        first.history.dedup();
        add_text(&mut first.allergy_text, later.allergy_text);
        add_text(&mut first.history_text, later.history_text);
    }

    fn told(&mut self, first: &mut Told, later: Told, field: Field) {
        self.answer(&mut first.answer, later.answer, field, later.text.clone());
        add_text(&mut first.text, later.text);
    }

    fn answer(&mut self, first: &mut Answer, later: Answer, field: Field, text: Option<String>) {
        if first.disagrees(later) {
            self.report(field, &text.unwrap_or_default(), Reason::AnswersDisagree);
        }
        *first = first.or(later);
    }

    fn lists(&mut self, first: &mut Person) {
        let later = self.later.clone();
        first.merged.push(later.place);
        first.keys.extend(later.keys);
        add_others(&mut first.also_named, &first.name, Some(later.name));
        add_others(&mut first.other_cards, first.card.as_deref().unwrap_or_default(), later.card);
        let phone = first.phone.clone().unwrap_or_default();
        later.other_phones.into_iter().for_each(|number| add_others(&mut first.other_phones, &phone, Some(number)));
        add_text(&mut first.note, later.note);
        later.details.into_iter().for_each(|(field, text)| {
            let mut known = first.details.remove(&field);
            add_text(&mut known, Some(text));
            first.details.extend(known.map(|text| (field, text)));
        });
        later
            .kept
            .into_iter()
            .filter(|kept| !first.kept.contains(kept))
            .collect::<Vec<_>>()
            .into_iter()
            .for_each(|kept| first.kept.push(kept));
        later
            .unread
            .into_iter()
            .filter(|unread| !first.unread.contains(unread))
            .collect::<Vec<_>>()
            .into_iter()
            .for_each(|unread| first.unread.push(unread));
    }

    fn report(&mut self, field: Field, original: &str, reason: Reason) {
        let place = self.later.place.clone();
        self.problems.push(Problem {
            sheet: place.sheet,
            row: place.row,
            column: field.label().to_owned(),
            original: original.to_owned(),
            reason,
        });
    }
}

fn add_others(others: &mut Vec<String>, first: &str, later: Option<String>) {
    let new = later.filter(|later| text::key(later) != text::key(first) && !others.contains(later));
    others.extend(new);
}

/// Another text is written below the first one; the same text isn't written twice.
fn add_text(first: &mut Option<String>, later: Option<String>) {
    let Some(later) = later else { return };
    match first {
        None => *first = Some(later),
        Some(first) if first.contains(&later) => {}
        Some(first) => *first = format!("{first}\n{later}"),
    }
}

fn yuan(cents: &i64) -> String {
    let sign = if *cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02} 元", cents.abs() / 100, cents.abs() % 100)
}

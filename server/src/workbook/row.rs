//! A row becomes a person: each cell by what its column is about, each doubt a problem with its original text.

use super::{
    cells::{Read, allergy, answer, date, history, mark, money, phone},
    columns::{Mapping, Role},
    fields::Field,
    names,
    person::{Kept, Person, Place, Unread},
    problem::{Problem, Reason},
    said::{Said, said},
    sheet::{COLUMN_LIMIT, Cell, Row, TEXT_LIMIT},
    text,
};

pub struct RowReader<'a> {
    pub place: Place,
    pub row: &'a Row,
    pub mapping: &'a Mapping,
    pub calendar: date::Calendar,
    pub problems: Vec<Problem>,
    person: Person,
}

const DETAILS: &[Field] =
    &[Field::HomePhone, Field::Workplace, Field::BloodType, Field::Hobbies, Field::Diet, Field::Address, Field::Wechat];

impl<'a> RowReader<'a> {
    pub fn new(place: Place, row: &'a Row, mapping: &'a Mapping, calendar: date::Calendar) -> Self {
        let person = Person { place: place.clone(), ..Person::default() };
        Self { place, row, mapping, calendar, problems: Vec::new(), person }
    }

    /// The person of this row, or none where the row has no name.
    pub fn read(mut self) -> (Option<Person>, Vec<Problem>) {
        let Some(name) = self.name() else { return (None, self.problems) };
        if names::is_title(&name) {
            self.report(Field::Name, &name, Reason::NoRealName);
        }
        self.person.name = name;
        self.read_herself();
        self.read_health();
        self.read_visits();
        self.read_texts();
        (Some(self.person), self.problems)
    }

    fn name(&mut self) -> Option<String> {
        let name = self.cell(Field::Name).map(|cell| text::tidy(&cell.text())).unwrap_or_default();
        let is_name = !matches!(said(&name), Said::Blank | Said::No | Said::NotAsked | Said::Refused)
            && !matches!(self.cell(Field::Name), Some(Cell::Fault(_)));
        if !is_name {
            let original = self.row.cells.values().map(Cell::text).collect::<Vec<_>>().join(" | ");
            self.report(Field::Name, &original, Reason::MissingName);
        }
        is_name.then_some(name)
    }

    fn read_herself(&mut self) {
        self.person.card = self.short(Field::Card);
        self.person.gender = self.take(Field::Gender, |cell| mark::gender(&cell.text()));
        if let Some(phones) = self.take(Field::Phone, phone::read) {
            self.person.phone = Some(phones.mobile);
            self.person.other_phones = phones.others;
        }
        let calendar = self.calendar;
        self.person.birthday = self.take(Field::Birthday, |cell| date::read(cell, date::Kind::Birthday, calendar));
        self.person.skin = self.short(Field::Skin);
        self.person.kind = self.take(Field::Kind, |cell| mark::kind(&cell.text()));
        self.person.source = self.short(Field::Source);
        self.person.consultant = self.short(Field::Consultant);
    }

    fn read_health(&mut self) {
        self.read_allergies();
        let written = self.long(Field::History).unwrap_or_default();
        let history = history::read(&written);
        self.report_all(Field::History, &written, history.reasons);
        self.person.history_answer = history.answer;
        self.person.history = history.items;
        self.person.history_text = (!written.is_empty()).then_some(written);
        self.person.pregnancy = self.told(Field::Pregnancy);
        self.person.medication = self.told(Field::Medication);
        self.person.implant = self.told(Field::Implant);
    }

    /// 是否过敏 and 过敏原 may be two columns; what they name counts above what they deny.
    fn read_allergies(&mut self) {
        let written = self.long(Field::Allergies).unwrap_or_default();
        let mut read = allergy::read(&written);
        let asked = self.long(Field::HasAllergy).unwrap_or_default();
        let (mut answer, mut reasons) = answer::read(&asked);
        if reasons.contains(&Reason::AnswerUnclear) {
            let named = allergy::read(&asked);
            (answer, reasons) = (named.answer, named.reasons);
            named.items.into_iter().for_each(|item| read.items.push(item));
        }
        if answer.disagrees(read.answer) {
            self.report(Field::HasAllergy, &asked, Reason::AnswersDisagree);
        } else if answer == answer::Answer::Yes && read.items.is_empty() && read.reasons.is_empty() {
            self.report(Field::HasAllergy, &asked, Reason::AllergyUnnamed);
        }
        self.report_all(Field::HasAllergy, &asked, reasons);
        self.report_all(Field::Allergies, &written, read.reasons);
        self.person.allergy_answer = read.answer.or(answer);
        self.person.allergies = read.items;
        self.person.allergy_text = [written, asked].into_iter().find(|text| !text.is_empty());
    }

    fn told(&mut self, field: Field) -> answer::Told {
        let written = self.long(field).unwrap_or_default();
        let (told, reasons) = answer::read_told(&written);
        self.report_all(field, &written, reasons);
        told
    }

    fn read_visits(&mut self) {
        let calendar = self.calendar;
        self.person.first_visit = self.take(Field::FirstVisit, |cell| date::read(cell, date::Kind::Visit, calendar));
        self.person.last_visit = self.take(Field::LastVisit, |cell| date::read(cell, date::Kind::Visit, calendar));
        if self.person.first_visit > self.person.last_visit && self.person.last_visit.is_some() {
            let original = self.row.text(self.mapping.column(Field::FirstVisit).map(|column| column.index).unwrap_or_default());
            self.report(Field::FirstVisit, &original, Reason::VisitsReversed);
        }
        self.person.spent_cents = self.take(Field::Spent, money::read);
        self.person.balance_cents = self.take(Field::Balance, money::read);
    }

    fn read_texts(&mut self) {
        self.person.note = self.long(Field::Note);
        let note = self.person.note.clone().unwrap_or_default();
        self.report_all(Field::Note, &note, answer::hints_of_note(&note));
        for field in DETAILS {
            if let Some(text) = self.short(*field) {
                self.person.details.insert(*field, text);
            }
        }
        for column in self.mapping.columns.iter().filter(|column| column.role == Role::Kept) {
            let text = self.row.text(column.index).trim().to_owned();
            let head = if column.head.is_empty() { format!("{} 列", column.letter) } else { column.head.clone() };
            if !text.is_empty() {
                self.person.kept.push(Kept { head, text });
            }
        }
        if self.row.is_cut {
            self.report(Field::Note, "", Reason::ColumnBeyond { limit: COLUMN_LIMIT });
        }
    }

    fn cell(&self, field: Field) -> Option<&'a Cell> {
        self.row.cells.get(&self.mapping.column(field)?.index)
    }

    /// A value, or its original text beside the empty field.
    fn take<T>(&mut self, field: Field, read: impl Fn(&Cell) -> Read<T>) -> Option<T> {
        let cell = self.cell(field)?;
        let original = cell.text();
        let read = if matches!(cell, Cell::Fault(_)) { Read::unread(Reason::CellFault) } else { read(cell) };
        if read.value.is_none() && !read.reasons.is_empty() {
            self.person.unread.push(Unread { field, original: original.clone() });
        }
        self.report_all(field, &original, read.reasons);
        read.value
    }

    /// A short text on one line; 无, 不详 and a slash are no text.
    fn short(&mut self, field: Field) -> Option<String> {
        let text = text::tidy(&self.long(field)?);
        (!matches!(said(&text), Said::Blank | Said::No | Said::NotAsked)).then_some(text)
    }

    /// A text as it stands, line breaks and all.
    fn long(&mut self, field: Field) -> Option<String> {
        let cell = self.cell(field)?;
        let text = cell.text().trim().to_owned();
        match cell {
            Cell::Fault(_) => {
                self.person.unread.push(Unread { field, original: text.clone() });
                self.report(field, &text, Reason::CellFault);
                return None;
            }
            Cell::Formula(_) => self.report(field, &text, Reason::FormulaWithoutValue),
            _ => {}
        }
        let Some((cut, _)) = text.char_indices().nth(TEXT_LIMIT) else { return (!text.is_empty()).then_some(text) };
        self.report(field, &text[..text.char_indices().nth(40).map_or(cut, |(at, _)| at)], Reason::TextCut { limit: TEXT_LIMIT });
        Some(text[..cut].to_owned())
    }

    fn report_all(&mut self, field: Field, original: &str, reasons: Vec<Reason>) {
        reasons.into_iter().for_each(|reason| self.report(field, original, reason));
    }

    fn report(&mut self, field: Field, original: &str, reason: Reason) {
        let column = self.mapping.column(field).map_or_else(|| field.label().to_owned(), |column| column.head.clone());
        let Place { sheet, row } = self.place.clone();
        self.problems.push(Problem { sheet, row, column, original: original.to_owned(), reason });
    }
}

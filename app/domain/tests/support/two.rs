//! Two files of one person, as the server holds them.

use super::{NOW, Tablet, customer, file_of, name, note, salon, tag, text};
use domain::{Action, Answer, Change, CustomerFile, Doubtful, Objection, Question, Said, Scope, Stamp, Version, decide};

/// The salon's two files, each as it is stored.
pub struct Two {
    pub hers: CustomerFile,
    pub other: CustomerFile,
}

impl Two {
    pub fn new() -> Self {
        let (hers, mut other) = (file_of("林晓雨"), file_of("林小雨"));
        other.id = customer(2);
        Self { hers, other }
    }

    pub fn head(&self) -> Version {
        self.hers.version.max(self.other.version)
    }

    pub fn try_to(&mut self, stamp: &Stamp, action: &Action) -> Result<(), Objection> {
        let salon = salon();
        let both = [&self.hers, &self.other];
        let find = |id| both.into_iter().find(|file| Some(file.id) == id);
        let scope = Scope { salon: &salon, file: find(action.customer()), other: find(action.other()) };
        let changes = decide(scope, stamp, action)?;
        for file in [&mut self.hers, &mut self.other] {
            let of_it: Vec<Change> = changes.iter().filter(|change| change.file() == Some(file.id)).cloned().collect();
            *file = CustomerFile::after(Some(file.clone()), &of_it, stamp).unwrap();
        }
        Ok(())
    }

    /// Recorded by somebody who had seen so much.
    pub fn done(&mut self, by: Tablet, seen: Version, action: &Action) {
        let stamp = by.stamp(seen, Version(self.head().0 + 1));
        self.try_to(&stamp, action).unwrap();
    }

    pub fn join(&mut self) {
        self.done(Tablet::new(9), self.head(), &Action::JoinFiles { customer: customer(1), other: customer(2) });
    }

    pub fn part(&mut self) {
        self.done(Tablet::new(9).later(), self.head(), &Action::PartFiles { customer: customer(1), other: customer(2) });
    }

    /// The salon hears of it now, from somebody who had seen so much.
    pub fn late(&mut self, seen: Version, action: &Action) {
        let by = Tablet { seq: 50 + self.head().0, ..Tablet::new(4) };
        let said = domain::Written::from(&by.stamp(seen, Version(self.head().0 + 1)));
        let asked = self.hers.follows(action, true, said, seen);
        self.done(by, seen, action);
        ask(self, &asked);
    }

    pub fn shown(&self) -> CustomerFile {
        self.hers.clone().united([&self.other])
    }
}

pub const PREGNANT: Doubtful = Doubtful::Answer(Question::PregnantOrNursing);

pub fn allergy(of: u128, number: u128, what: &str) -> Action {
    Action::AddAllergy { customer: customer(of), tag: tag(number), what: name(what), remark: None }
}

pub fn pregnant(of: u128, said: Said) -> Action {
    Action::AnswerQuestion { customer: customer(of), question: Question::PregnantOrNursing, answer: Answer::just(said) }
}

/// 酒精 was known in hers and 香精 in the other's before they were joined; the rest was said meanwhile, by a tablet whose clock is behind.
pub fn two_with_more_said_meanwhile() -> Two {
    let mut two = Two::new();
    two.done(Tablet::new(1), two.head(), &allergy(1, 1, "酒精"));
    two.done(Tablet::new(2), two.head(), &allergy(2, 2, "香精"));
    let later = Tablet { at: domain::Moment(NOW.0 + 60_000), ..Tablet::new(9) };
    two.done(later, two.head(), &Action::JoinFiles { customer: customer(1), other: customer(2) });
    two.done(Tablet::new(1).later(), two.shown().version, &allergy(1, 3, "乳胶"));
    two.done(Tablet::new(1).later().later(), two.shown().version, &pregnant(1, Said::Yes));
    let words = Action::WriteCareNote { customer: customer(1), note: note(1), text: text("怕痛") };
    let afterwards = Tablet { at: domain::Moment(NOW.0 + 120_000), ..Tablet::new(3) };
    two.done(afterwards, two.shown().version, &words);
    two
}

/// As the server does: each question is an entry of its own, made after the parting from what the file was before it.
pub fn part_with_questions(two: &mut Two) {
    let asked = two.hers.asked_on_parting(customer(2));
    two.done(Tablet::new(9).later(), two.head(), &Action::PartFiles { customer: customer(1), other: customer(2) });
    ask(two, &asked);
}

pub fn ask(two: &mut Two, asked: &[Action]) {
    for action in asked {
        two.done(Tablet { seq: 100 + two.head().0, ..Tablet::new(9) }, two.head(), action);
    }
}

pub fn doubts(file: &CustomerFile, with: u128) -> Vec<Doubtful> {
    file.in_doubt.get(&customer(with)).into_iter().flatten().map(|doubt| doubt.what).collect()
}

pub fn names(file: &CustomerFile) -> Vec<&str> {
    let mut names: Vec<&str> = file.allergies.active().map(|(_, allergy)| allergy.what.as_str()).collect();
    names.sort_unstable();
    names
}

//! Answers to questions: *not asked* is never *no*.

use serde::Serialize;

use crate::workbook::{
    problem::Reason,
    said::{Said, said},
    text::{half_width, key},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Yes,
    No,
    #[default]
    NotAsked,
    Refused,
}

impl Answer {
    /// What two rows about the same person say together: yes is never lost, and silence says nothing.
    pub fn or(self, other: Self) -> Self {
        use Answer::*;
        match (self, other) {
            (Yes, _) | (_, Yes) => Yes,
            (No, _) | (_, No) => No,
            (Refused, _) | (_, Refused) => Refused,
            (NotAsked, NotAsked) => NotAsked,
        }
    }

    pub fn disagrees(self, other: Self) -> bool {
        matches!((self, other), (Self::Yes, Self::No) | (Self::No, Self::Yes))
    }
}

/// An answer and the words it was given in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Told {
    pub answer: Answer,
    pub text: Option<String>,
}

/// A column of yes and no: 是否过敏, 有无做过.
pub fn read(written: &str) -> (Answer, Vec<Reason>) {
    match said(written) {
        Said::Blank | Said::NotAsked => (Answer::NotAsked, Vec::new()),
        Said::Yes => (Answer::Yes, Vec::new()),
        Said::No => (Answer::No, Vec::new()),
        Said::Refused => (Answer::Refused, vec![Reason::AnswerRefused]),
        Said::Something => (Answer::NotAsked, vec![Reason::AnswerUnclear]),
    }
}

/// A column about pregnancy, medicine or implants: words are a yes, unless they could be a plan or a no.
pub fn read_told(written: &str) -> (Told, Vec<Reason>) {
    let text = half_width(written).trim().to_owned();
    let unclear = ["备孕", "计划", "准备", "打算", "可能", "曾", "已停", "停药", "以前", "没", "无", "未", "不"]
        .iter()
        .any(|word| key(&text).contains(word));
    let (answer, reasons) = match said(&text) {
        Said::Something if !unclear => (Answer::Yes, Vec::new()),
        _ => read(&text),
    };
    (Told { answer, text: (!text.is_empty()).then_some(text) }, reasons)
}

/// A note stays a note; but one that speaks of pregnancy should make someone ask.
pub fn hints_of_note(note: &str) -> Vec<Reason> {
    let note = key(note);
    let denied = ["未孕", "没怀孕", "未怀孕", "没有怀孕", "不孕", "备孕", "避孕"].iter().any(|word| note.contains(word));
    let pregnant = !denied && ["孕", "怀宝宝", "有喜", "pregnan"].iter().any(|word| note.contains(word));
    let nursing = ["哺乳", "喂奶", "母乳", "产后", "月子", "breastfe"].iter().any(|word| note.contains(word));
    let hints = [(pregnant, Reason::NoteOfPregnancy), (nursing, Reason::NoteOfNursing)];
    hints.into_iter().filter_map(|(is_meant, reason)| is_meant.then_some(reason)).collect()
}

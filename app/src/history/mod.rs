//! 问诊: what she was asked, what she said, who asked and how long ago. *Not asked* is never *no*.

mod courses;
mod her_words;
mod history_side;
mod history_tab;
mod medicines;
mod question_item;
mod told_list;

pub use history_side::HistorySide;
pub use history_tab::HistoryTab;

use crate::replica::FileView;
use domain::{Answer, Field, Question, Said};

fn field_of(file: &FileView, question: Question) -> Option<Field<Answer>> {
    match file {
        FileView::Here(row) => row.file.answers.get(&question).cloned(),
        FileView::NotHere => None,
    }
}

/// The state class of an answer. *Yes* alarms only where a safety rule reads it.
const fn said_class(question: Question, said: Said) -> &'static str {
    match said {
        Said::Yes if question.is_for_safety() => "is-yes",
        Said::Yes => "is-told",
        Said::No => "is-no",
        Said::NotAsked => "is-not-asked",
        Said::Refused => "is-refused",
    }
}

const fn said_icon(question: Question, said: Said) -> crate::ui::Lu {
    use crate::ui::Lu;
    match said {
        Said::Yes if question.is_for_safety() => Lu::CircleAlert,
        Said::Yes => Lu::CircleCheck,
        Said::No => Lu::Circle,
        Said::NotAsked => Lu::CircleDashed,
        Said::Refused => Lu::CircleSlash,
    }
}

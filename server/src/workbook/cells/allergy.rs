//! Allergies as free text: what she is allergic to, or whether that is a no or was never asked.

use serde::Serialize;

use super::{
    allergy_words::{is_denial, is_plain_no, is_reaction, pieces, substance, without_number},
    answer::Answer,
};
use crate::workbook::{
    problem::Reason,
    said::{Said, said},
    text,
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Allergy {
    pub substance: String,
    /// What stood in brackets or told of the reaction.
    pub remark: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Allergies {
    pub answer: Answer,
    pub items: Vec<Allergy>,
    pub reasons: Vec<Reason>,
}

enum Piece {
    Substance(Allergy),
    /// 会起红疹: tells of the substance before it.
    Reaction(String),
    No,
    NotAsked,
    Yes,
    Refused,
    /// 对酒精不过敏: says nothing about anything else.
    Denied,
}

pub fn read(written: &str) -> Allergies {
    let written = text::half_width(written);
    let pieces: Vec<Piece> = match said(&written) {
        Said::Blank => Vec::new(),
        Said::NotAsked => vec![Piece::NotAsked],
        _ => pieces(&written).iter().map(|piece| read_piece(piece)).collect(),
    };
    together(pieces)
}

fn read_piece(piece: &str) -> Piece {
    match said(piece) {
        Said::No => return Piece::No,
        Said::Blank | Said::NotAsked => return Piece::NotAsked,
        Said::Yes => return Piece::Yes,
        Said::Refused => return Piece::Refused,
        Said::Something => {}
    }
    let (outside, mut remarks) = text::without_brackets(without_number(piece));
    let bare = text::key(&outside);
    if bare.is_empty() && remarks.is_empty() {
        return Piece::No;
    }
    if is_plain_no(&bare) {
        // 无（海鲜过敏）: what stands in the brackets stands against the no.
        return if remarks.is_empty() {
            Piece::No
        } else {
            Piece::Substance(Allergy { substance: remarks.join(" "), remark: Some(outside.trim().to_owned()) })
        };
    }
    if !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit()) {
        return Piece::NotAsked;
    }
    if matches!(bare.as_str(), "过敏" | "有过敏" | "有过敏史" | "过敏史" | "容易过敏") && remarks.is_empty() {
        return Piece::Yes;
    }
    if is_denial(&bare) {
        return Piece::Denied;
    }
    if is_reaction(&bare) {
        return Piece::Reaction(piece.trim().to_owned());
    }
    let (substance, doubt) = substance(&outside);
    remarks.extend(doubt);
    let substance = if substance.is_empty() { std::mem::take(&mut remarks).join(" ") } else { substance };
    Piece::Substance(Allergy { substance, remark: (!remarks.is_empty()).then(|| remarks.join("；")) })
}

/// A substance is never lost; a no counts only where nothing stands against it.
fn together(pieces: Vec<Piece>) -> Allergies {
    let mut read = Allergies::default();
    let (mut no, mut not_asked, mut yes, mut refused, mut denied) = (false, false, false, false, false);
    for piece in pieces {
        match piece {
            Piece::Substance(allergy) => read.add(allergy),
            Piece::Reaction(text) => read.add_reaction(text),
            Piece::No => no = true,
            Piece::NotAsked => not_asked = true,
            Piece::Yes => yes = true,
            Piece::Refused => refused = true,
            Piece::Denied => denied = true,
        }
    }
    let (answer, reason) = match () {
        () if !read.items.is_empty() => (Answer::Yes, (no || not_asked || denied).then_some(Reason::AllergyMixed)),
        () if yes => (Answer::Yes, Some(if no || not_asked { Reason::AllergyMixed } else { Reason::AllergyUnnamed })),
        () if refused => (Answer::Refused, Some(Reason::AnswerRefused)),
        () if denied => (Answer::NotAsked, Some(Reason::AllergyPartlyDenied)),
        () if no && not_asked => (Answer::NotAsked, Some(Reason::AnswerUnclear)),
        () if no => (Answer::No, None),
        () => (Answer::NotAsked, None),
    };
    Allergies { answer, reasons: reason.into_iter().collect(), ..read }
}

impl Allergies {
    fn add(&mut self, allergy: Allergy) {
        if !self.items.iter().any(|known| text::key(&known.substance) == text::key(&allergy.substance)) {
            self.items.push(allergy);
        }
    }

    /// A reaction without anything before it is kept as it is: nobody knows to what, but she reacted.
    fn add_reaction(&mut self, reaction: String) {
        match self.items.last_mut() {
            Some(allergy) => {
                let remark = allergy.remark.take().map_or_else(|| reaction.clone(), |remark| format!("{remark}；{reaction}"));
                allergy.remark = Some(remark);
            }
            None => self.items.push(Allergy { substance: reaction, remark: None }),
        }
    }
}

//! What a file can be found by, as short words that are compared for equality: that costs the same however many files there are.

use crate::pinyin::{self, Reading};
use domain::{CustomerFile, DeviceScope, Name, Phone};
use std::collections::BTreeSet;

/// Longer pieces of a reading or a card are told apart when the file itself is looked at.
const LONGEST_PREFIX: usize = 8;
/// So many pieces of a long name are looked up; the rest is compared in the file.
const MOST_PIECES: usize = 4;

/// Everything a file can be found by.
pub(crate) fn of_file(file: &CustomerFile) -> BTreeSet<String> {
    let mut grams = BTreeSet::new();
    if let Some(name) = file.name() {
        let plain = packed(&fold(name.as_str()));
        grams.extend(pieces(&plain, 1).map(|piece| format!("n{piece}")));
        grams.extend(pieces(&plain, 2).map(|piece| format!("n{piece}")));
        for reading in [pinyin::read(name), pinyin::read_plainly(name)] {
            grams.extend(of_reading(&reading));
        }
    }
    if let Some(phone) = file.phone() {
        grams.insert(format!("t{}", phone.tail()));
        grams.insert(format!("p{}", phone.as_str()));
    }
    if let Some(card) = file.card() {
        let card = fold(card.as_str());
        grams.extend(prefixes(&card).map(|prefix| format!("c{prefix}")));
    }
    grams
}

/// From each syllable on: both her surname and her given name are typed first.
fn of_reading(reading: &Reading) -> BTreeSet<String> {
    let mut grams = BTreeSet::new();
    let initials: Vec<char> = reading.initials().chars().collect();
    for start in 0..reading.0.len() {
        grams.extend(prefixes(&reading.0[start..].concat()).map(|prefix| format!("y{prefix}")));
        let rest: String = initials.get(start..).unwrap_or_default().iter().collect();
        grams.extend(prefixes(&rest).map(|prefix| format!("i{prefix}")));
    }
    grams
}

/// One way in which a query may be meant: every gram must be there, and the file itself must agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Meaning {
    pub(crate) grams: Vec<String>,
    kind: Kind,
    words: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Name,
    Pinyin,
    Initials,
    Tail,
    Phone,
    Card,
}

/// All ways in which the typed words may be meant. A whole phone number finds nobody in a treatment room.
pub(crate) fn meanings(typed: &str, device: DeviceScope) -> Vec<Meaning> {
    let words = fold(typed);
    if words.is_empty() || words.chars().count() > Name::MOST {
        return Vec::new();
    }
    let meaning = |kind, grams: Vec<String>, words: &str| Meaning { grams, kind, words: words.to_owned() };
    let size = if words.chars().count() == 1 { 1 } else { 2 };
    let name = packed(&words);
    let size = if name.chars().count() == 1 { 1 } else { size };
    let mut names: Vec<String> = pieces(&name, size).map(|piece| format!("n{piece}")).collect();
    names.dedup();
    names.truncate(MOST_PIECES);
    let mut all = vec![meaning(Kind::Name, names, &name), meaning(Kind::Card, vec![format!("c{}", cut(&words))], &words)];
    let latin = pinyin::letters(&words).replace([' ', '\''], "");
    if !latin.is_empty() && latin.chars().all(|c| c.is_ascii_alphanumeric()) {
        all.push(meaning(Kind::Pinyin, vec![format!("y{}", cut(&latin))], &latin));
        all.push(meaning(Kind::Initials, vec![format!("i{}", cut(&latin))], &latin));
    }
    if words.len() == 4 && words.bytes().all(|byte| byte.is_ascii_digit()) {
        all.push(meaning(Kind::Tail, vec![format!("t{words}")], &words));
    }
    let may_search_phones = match device {
        DeviceScope::Treatment => false,
        DeviceScope::Desk | DeviceScope::Management => true,
    };
    if may_search_phones && let Ok(phone) = Phone::new(&words) {
        all.push(meaning(Kind::Phone, vec![format!("p{}", phone.as_str())], phone.as_str()));
    }
    all
}

/// What sounds like it, for when nothing is written like it: other characters for the same name, or the wrong ones.
pub(crate) fn by_sound(typed: &str) -> Vec<Meaning> {
    let words = packed(&fold(typed));
    let is_written = words.chars().count() > 1 && words.chars().all(is_han);
    let Some(name) = Name::new(&words).ok().filter(|_| is_written) else { return Vec::new() };
    let mut sounds: Vec<String> = [pinyin::read(&name), pinyin::read_plainly(&name)].map(|reading| reading.joined()).into();
    sounds.dedup();
    let meaning = |words: String| Meaning { grams: vec![format!("y{}", cut(&words))], kind: Kind::Pinyin, words };
    sounds.into_iter().map(meaning).collect()
}

impl Meaning {
    /// Grams are pieces: the file says whether they stand together.
    pub(crate) fn is_met_by(&self, file: &CustomerFile) -> bool {
        let readings = || file.name().map(|name| [pinyin::read(name), pinyin::read_plainly(name)]).into_iter().flatten();
        match self.kind {
            Kind::Name => file.name().is_some_and(|name| packed(&fold(name.as_str())).contains(&self.words)),
            Kind::Pinyin => {
                readings().any(|reading| (0..reading.0.len()).any(|start| reading.0[start..].concat().starts_with(&self.words)))
            }
            Kind::Initials => readings().any(|reading| reading.initials().contains(&self.words)),
            Kind::Tail => file.phone().is_some_and(|phone| phone.tail() == self.words),
            Kind::Phone => file.phone().is_some_and(|phone| phone.as_str() == self.words),
            Kind::Card => file.card().is_some_and(|card| fold(card.as_str()).starts_with(&self.words)),
        }
    }

    pub(crate) fn is_exactly(&self, file: &CustomerFile) -> bool {
        match self.kind {
            Kind::Tail | Kind::Phone => self.is_met_by(file),
            Kind::Name | Kind::Pinyin | Kind::Initials | Kind::Card => {
                file.name().is_some_and(|name| packed(&fold(name.as_str())) == self.words)
            }
        }
    }
}

/// Lower case, half-width, single spaces.
fn fold(text: &str) -> String {
    let narrow = text.chars().map(|c| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        c if c.is_control() => ' ',
        c => c,
    });
    let lower: String = narrow.flat_map(char::to_lowercase).collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Chinese names are written with a space or without.
fn packed(words: &str) -> String {
    match words.chars().any(is_han) {
        true => words.replace(' ', ""),
        false => words.to_owned(),
    }
}

const fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

fn pieces(text: &str, size: usize) -> impl Iterator<Item = String> {
    let chars: Vec<char> = text.chars().collect();
    (0..(chars.len() + 1).saturating_sub(size)).map(move |start| chars[start..start + size].iter().collect())
}

fn prefixes(text: &str) -> impl Iterator<Item = String> {
    (1..=text.chars().count().min(LONGEST_PREFIX)).map(move |length| text.chars().take(length).collect())
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST_PREFIX).collect()
}

//! How a name is read: its syllables, for searching and sorting. Surnames have readings of their own.

use ::pinyin::ToPinyin;
use domain::Name;

/// One syllable a character; foreign words count as one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reading(pub(crate) Vec<String>);

impl Reading {
    pub(crate) fn joined(&self) -> String {
        self.0.concat()
    }

    pub(crate) fn initials(&self) -> String {
        self.0.iter().filter_map(|syllable| syllable.chars().next()).collect()
    }
}

const SURNAMES: &[(&str, &[&str])] = &[
    ("万俟", &["mo", "qi"]),
    ("尉迟", &["yu", "chi"]),
    ("长孙", &["zhang", "sun"]),
    ("单于", &["chan", "yu"]),
    ("澹台", &["tan", "tai"]),
    ("单", &["shan"]),
    ("曾", &["zeng"]),
    ("解", &["xie"]),
    ("仇", &["qiu"]),
    ("查", &["zha"]),
    ("区", &["ou"]),
    ("盖", &["ge"]),
    ("朴", &["piao"]),
    ("翟", &["zhai"]),
    ("乐", &["yue"]),
    ("任", &["ren"]),
    ("华", &["hua"]),
    ("冼", &["xian"]),
    ("洗", &["xian"]),
    ("员", &["yun"]),
    ("缪", &["miao"]),
    ("宓", &["mi"]),
    ("纪", &["ji"]),
    ("葛", &["ge"]),
    ("召", &["shao"]),
    ("折", &["she"]),
    ("黑", &["he"]),
    ("种", &["chong"]),
    ("覃", &["qin"]),
    ("牟", &["mou"]),
    ("秘", &["bi"]),
    ("逄", &["pang"]),
    ("隗", &["wei"]),
    ("句", &["gou"]),
    ("都", &["du"]),
    ("祭", &["zhai"]),
    ("重", &["chong"]),
];

/// As she is called.
pub(crate) fn read(name: &Name) -> Reading {
    let name = name.as_str();
    match SURNAMES.iter().find(|(surname, _)| name.starts_with(surname)) {
        Some((surname, syllables)) => {
            let rest = syllables_of(&name[surname.len()..]);
            Reading(syllables.iter().map(|syllable| (*syllable).to_owned()).chain(rest).collect())
        }
        None => Reading(syllables_of(name)),
    }
}

/// As somebody may read it who does not know that the first character is a surname.
pub(crate) fn read_plainly(name: &Name) -> Reading {
    Reading(syllables_of(name.as_str()))
}

fn syllables_of(text: &str) -> Vec<String> {
    let mut syllables: Vec<String> = Vec::new();
    let mut is_in_word = false;
    for (c, reading) in text.chars().zip(text.to_pinyin()) {
        if let Some(reading) = reading {
            syllables.push(letters(reading.plain()));
            is_in_word = false;
        } else if c.is_alphanumeric() {
            let lower: String = c.to_lowercase().collect();
            match syllables.last_mut().filter(|_| is_in_word) {
                Some(word) => word.push_str(&lower),
                None => syllables.push(lower),
            }
            is_in_word = true;
        } else {
            is_in_word = false;
        }
    }
    syllables
}

/// 吕 is typed `lv`.
pub(crate) fn letters(syllable: &str) -> String {
    syllable.replace(['ü', 'ǖ', 'ǘ', 'ǚ', 'ǜ'], "v").replace(['ê', 'ế', 'ề'], "e")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(name: &str) -> (String, String) {
        let reading = read(&Name::new(name).expect("a name"));
        (reading.joined(), reading.initials())
    }

    #[test]
    fn surnames_are_read_as_surnames() {
        assert_eq!(reading("单小曾").0, "shanxiaoceng");
        assert_eq!(reading("曾莉"), ("zengli".to_owned(), "zl".to_owned()));
        assert_eq!(reading("尉迟恭").0, "yuchigong");
        assert_eq!(reading("吕娜").0, "lvna");
    }

    #[test]
    fn foreign_words_count_as_one_syllable() {
        assert_eq!(reading("Linda 陈"), ("lindachen".to_owned(), "lc".to_owned()));
        assert_eq!(reading("张姐"), ("zhangjie".to_owned(), "zj".to_owned()));
    }
}

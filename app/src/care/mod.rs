//! 护理: what was seen of her skin and put on it, with the gate's word at the door.

mod care_tab;
mod older_uses;
mod patch_dialog;
mod patch_lines;
mod release;
mod skin_dialog;
mod skin_line;
mod use_dialog;
mod use_item;
mod verdict;

pub use care_tab::CareTab;
pub use patch_lines::patch_words;
pub use release::{ReleaseFields, use_releasing};
pub use skin_line::{SkinLine, findings_words};
pub use use_dialog::UseDialog;
pub use use_item::use_words;
pub use verdict::{VerdictLines, verdict_word};

use crate::i18n::td_string;
use crate::replica::Replica;
use crate::ui::I18n;
use leptos::prelude::*;

/// What the salon has, by name, with nothing chosen above.
pub fn products(i18n: I18n, replica: Replica) -> Signal<Vec<(String, String)>> {
    Signal::derive(move || {
        let salon = replica.salon();
        let words = salon
            .iter()
            .flat_map(|salon| &salon.products)
            .map(|(id, product)| (id.to_string(), product.name.as_str().to_owned()));
        let mut all: Vec<(String, String)> = words.collect();
        all.sort_by(|a, b| a.1.cmp(&b.1));
        std::iter::once((String::new(), td_string!(i18n, form.none_chosen).to_owned())).chain(all).collect()
    })
}

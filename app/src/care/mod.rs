//! 护理: what was seen of her skin and put on it, with the gate's word at the door.

mod care_tab;
mod older_uses;
mod skin_dialog;
mod skin_line;
mod use_dialog;
mod use_item;
mod verdict;

pub use care_tab::CareTab;
pub use skin_line::findings_words;
pub use use_item::use_words;

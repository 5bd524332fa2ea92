//! 联系记录: who called or wrote to whom, about what, and what came of it. Only ever added to.

mod contact_dialog;
mod contact_item;
mod contacts_tab;
mod older_contacts;

pub use contacts_tab::ContactsTab;

use crate::i18n::td_string;
use crate::ui::{I18n, channel_word, direction_word, joined, matter_word};
use domain::{Direction, Talk};

/// `电话 · 我们找她 · 约时间 · 没联系上`
pub fn talk_words(i18n: I18n, talk: &Talk) -> String {
    // Who came by herself was reached.
    let is_missed = !talk.is_reached && talk.direction == Direction::ByUs;
    let missed = if is_missed { td_string!(i18n, contacts.not_reached) } else { "" };
    joined(i18n, [channel_word(i18n, talk.channel), direction_word(i18n, talk.direction), matter_word(i18n, talk.about), missed])
}

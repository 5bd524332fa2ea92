//! What the salon does not have yet, and what became of what it did not take.

mod entry_list;
mod entry_row;
mod entry_words;

pub use entry_list::EntryList;
pub use entry_words::{action_detail, action_words};

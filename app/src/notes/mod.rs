//! 沟通·记录: what was noted during care, latest first. Only ever added to.

mod note_form;
mod note_item;
mod notes_tab;
mod older_notes;

pub use notes_tab::NotesTab;

//! 顾客档案: one customer's file, and what is corrected in it.

mod ask_deletion;
mod compare_files;
mod conflict;
mod copy_for_elsewhere;
mod copy_lines;
mod copy_page;
mod customer_file_page;
mod erase_file;
mod expect_visit;
mod fact;
mod fact_dialog;
mod fact_words;
mod file_head;
mod in_doubt;
mod join_files;
mod last_note;
mod last_visit;
mod overview;
mod phone_value;
mod tabs;
mod visit_lines;

pub use conflict::Conflict;
pub use copy_page::CopyPage;
pub use customer_file_page::CustomerFilePage;
pub use fact_words::{answer_words, past_course_words, value_words};
pub use file_head::{FileTop, by_and_when, use_by_and_when};
pub use last_note::LastNote;

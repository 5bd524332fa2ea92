//! 员工: who works here and what she may do; helping somebody who has forgotten her password.

mod people_page;
mod person_acts;
mod person_dialog;
mod person_row;

pub use people_page::PeoplePage;

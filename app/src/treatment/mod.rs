//! 护理: the room. One treatment from the hand-over to its end, offline, with wet hands: what is done now is large, everything else waits.

mod add_form;
mod adjust;
mod at_the_door;
mod clock;
mod dock;
mod ending;
mod hand_over;
mod log;
mod reaction_dialog;
mod record;
mod room_page;
mod start;
mod step_now;
mod steps;
mod treatment_list;
mod words;

pub use hand_over::HandOverButton;
pub use room_page::RoomPage;
pub use treatment_list::TreatmentList;
pub use words::event_words;

use domain::{CustomerId, TreatmentId};

/// Where a treatment is looked at and gone on with.
pub fn room_href(customer: CustomerId, treatment: TreatmentId) -> String {
    format!("/customers/{customer}/room/{treatment}")
}

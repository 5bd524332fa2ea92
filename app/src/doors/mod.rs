//! Coming in: set-up, enrolment, sign-in, lock, and the PIN that makes coming back quick.

mod demo_scopes;
mod enrol_form;
mod lock_page;
mod outside_page;
mod own_password;
mod password_form;
mod person_tile;
mod pin_form;
mod pin_offer;
mod set_up_page;
mod sign_in_page;
mod weak_password;

pub use lock_page::LockPage;
pub use outside_page::OutsidePage;
pub use own_password::OwnPasswordButton;
pub use pin_offer::{PinOffer, provide_pin_offer};
pub use sign_in_page::SignInPage;

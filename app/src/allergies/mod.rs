//! 过敏: what she must not get. Added by anybody who hears of it; resolved only with a reason, by those who may.

mod add_allergy;
mod allergies_tab;
mod allergy_row;
mod resolve_allergy;

pub use allergies_tab::AllergiesTab;

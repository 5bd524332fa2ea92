//! Whatever breaks on the way: nothing is lost, nothing is done twice.

mod delivery;
mod fail_over;
mod kept_back;
mod old_build;
mod out_of_touch;
mod power;

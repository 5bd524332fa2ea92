//! The program `xinyan`: serves devices and browsers, keeps the door, and does what is asked of it on the command line.
//!
//! It decides nothing about customers: that is `domain`'s; nor keeps anything itself: that is `store`'s.

pub mod backup;
mod caller;
pub mod cli;
pub mod clock;
mod cookies;
pub mod demo;
mod door;
mod fault;
mod hints;
pub mod house;
pub mod http;
mod import;
mod keys;
mod limits;
mod password;
mod place;
mod places;
mod road;
mod say;
pub mod serve;
mod session;
pub mod site;
mod staff;
pub mod tls;
mod token;
mod trouble;
mod verdicts;
mod welcome;
pub mod workbook;

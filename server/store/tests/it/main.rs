//! The store on a fresh database: on SQLite always, on PostgreSQL too where `XINYAN_TEST_POSTGRES` names a running one.
#![expect(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod branches;
mod convergence;
mod dumping;
mod erasing;
mod faults;
mod former;
mod hostile;
mod joining;
mod order;
mod people;
mod readers;
mod reading;
mod set_aside;
mod shop;
mod uses;
mod verifying;
mod waiting;

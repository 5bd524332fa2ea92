//! The program as devices and strangers meet it: its router on a real store in a directory of its own.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

#[cfg(target_os = "linux")]
mod backup;
mod bomb;
mod busy;
mod connections;
mod demo;
mod disk;
mod door;
mod enrolment;
mod hints;
mod http;
mod import;
mod people;
mod road;
mod set_aside;
mod set_up;
mod support;
mod tls;
mod too_much;
mod tries;

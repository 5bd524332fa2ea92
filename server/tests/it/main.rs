//! The program as devices and strangers meet it: its router on a real store in a directory of its own.

mod door;
mod enrolment;
mod hints;
mod http;
mod road;
mod set_up;
mod support;
mod tries;

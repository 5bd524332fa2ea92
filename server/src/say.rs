//! What the program says to whoever started it, on standard output. Its lines are read by scripts: what one begins with stays.

use std::fmt::Display;
use std::io::Write;

/// `地址 address: http://…`
pub fn fact(label: &str, value: impl Display) {
    line(format_args!("{label}: {value}"));
}

pub fn line(words: impl Display) {
    // Whoever has stopped reading has heard enough: `xinyan … | head`.
    let _ = writeln!(std::io::stdout(), "{words}");
}

/// On standard error, so that it never mixes with what is read by scripts.
pub fn trouble(words: impl Display) {
    eprintln!("xinyan: {words}");
}

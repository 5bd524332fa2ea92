//! A disk that refuses in the middle of writing, for the program as it is.
#![cfg(unix)]

use crate::support::TestSalon;
use std::{collections::BTreeSet, path::Path, process::Command};

/// Files may grow to so many kilobytes, or twice as many where a shell counts so: whatever write goes beyond fails, or ends the program.
fn hired_under(kilobytes: u64, name: &str, data: &Path) -> bool {
    let mut shell = Command::new("sh");
    shell.args(["-c", "ulimit -f $(($1 * 2)); shift; exec \"$@\"", "sh"]);
    shell.arg(kilobytes.to_string()).arg(env!("CARGO_BIN_EXE_xinyan"));
    shell.args(["staff", "add", "--name", name, "--role", "beautician", "--data"]).arg(data);
    shell.env_remove("XINYAN_DATABASE").output().unwrap().status.success()
}

/// F7
#[tokio::test(flavor = "multi_thread")]
async fn f7_a_write_that_fails_in_the_middle_is_never_called_done_and_leaves_nothing_by_halves() {
    let salon = TestSalon::open().await;
    let before = salon.house.store.salon().await.unwrap().unwrap().0.staff.len();
    let (mut told, mut refused) = (BTreeSet::new(), 0);
    for kilobytes in (4..=1_024).step_by(12) {
        let name = format!("小{kilobytes}");
        match hired_under(kilobytes, &name, &salon.data) {
            true => drop(told.insert(name)),
            false => refused += 1,
        }
    }

    let staff = salon.house.store.salon().await.unwrap().unwrap().0.staff;
    let here: BTreeSet<String> = staff.values().map(|person| person.name.as_str().to_owned()).collect();
    assert!(told.iter().all(|name| here.contains(name)), "who was told is there");
    // Whoever was refused may have been kept just before the program fell; nobody else came.
    assert!(staff.len() - before <= told.len() + refused && refused > 10 && told.len() > 3, "{} and {refused}", told.len());
    assert_eq!(salon.house.store.verify().await, Ok(Vec::new()));
}

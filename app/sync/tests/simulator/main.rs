//! N devices and a salon, faults drawn from a seed, and what must hold after every run. A seed replays its run exactly.
//!
//! Clients are `sync::Client`; the salon decides with `sync::judge` and the ledger's `turn_of`, as the store does.
//! `SIMULATOR_SEEDS=n` and `SIMULATOR_FIRST=s` run more, from another beginning.
#![expect(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod broken;
mod chance;
mod device;
mod disk;
mod doings;
mod invariants;
mod salon;
mod world;

use broken::Broken;
use world::World;

/// Runs until the first violation; the seed is in the message.
fn run(seed: u64, broken: Option<Broken>) -> Result<world::Tally, String> {
    World::new(seed, broken).run().map_err(|violation| format!("seed {seed}, {broken:?}: {violation}"))
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// Seeds that have found something once: they run every time.
const FOUND_SOMETHING: &str = include_str!("seeds.txt");

#[test]
fn nothing_is_lost_doubled_or_mixed_up_whatever_fails_and_no_broken_build_passes_for_sound() {
    let (first, seeds) = (setting("SIMULATOR_FIRST", 1), setting("SIMULATOR_SEEDS", 300));
    let known = FOUND_SOMETHING.lines().filter_map(|line| line.split_whitespace().next()?.parse().ok());
    let (mut mutations, mut violations) = (0, Vec::new());
    for seed in known.chain(first..first + seeds) {
        match run(seed, None) {
            Ok(tally) => mutations += tally.applied,
            Err(violation) => violations.push(violation),
        }
    }
    let caught = |broken: &Broken| (1..=200).find_map(|seed| run(seed, Some(*broken)).err());
    let (noticed, unnoticed): (Vec<Broken>, Vec<Broken>) = Broken::ALL.into_iter().partition(|broken| {
        let violation = caught(broken);
        violation.iter().for_each(|violation| eprintln!("{violation}"));
        violation.is_some()
    });
    violations.iter().for_each(|violation| eprintln!("{violation}"));
    eprintln!(
        "seeds {seeds}, mutations {mutations}, violations {}, broken builds caught {}/{}",
        violations.len(),
        noticed.len(),
        Broken::ALL.len()
    );
    assert_eq!((violations, unnoticed), (vec![], vec![]));
    assert!(mutations > seeds, "the runs did next to nothing");
}

#[test]
fn no_build_passes_that_loses_a_file_for_want_of_room_or_keeps_one_that_was_dropped() {
    let unnoticed: Vec<Broken> =
        Broken::BESIDES.into_iter().filter(|broken| (1..=200).all(|seed| run(seed, Some(*broken)).is_ok())).collect();
    assert_eq!(unnoticed, []);
}

#[test]
fn a_seed_replays_its_run_exactly() {
    let once = World::new(7, None).run().unwrap();
    assert_eq!(once, World::new(7, None).run().unwrap());
}

#[test]
fn a_tablet_that_stays_connected_over_midnight_holds_the_new_days_customers() {
    let mut world = World::new(11, None);
    world.expect_everybody_by_turns();
    world.run_until_quiet().unwrap();
    let before = world.held_customers(0);

    world.roll_the_day_over(2);
    world.run_until_quiet().unwrap();

    let after = world.held_customers(0);
    assert_ne!(before, after);
    assert_eq!(after, world.working_set(0));
}

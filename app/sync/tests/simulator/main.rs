//! N devices and a salon, faults drawn from a seed, and what must hold after every run. A seed replays its run exactly.
//!
//! Clients are `sync::Client`; the salon decides with `sync::judge` and the ledger's `turn_of`, as the store does.
//! `SIMULATOR_SEEDS=n` and `SIMULATOR_FIRST=s` run more, from another beginning.
#![expect(clippy::unwrap_used, reason = "a test that can't go on should stop")]

mod chance;
mod device;
mod disk;
mod invariants;
mod salon;
mod world;

use world::{Broken, World};

/// Runs until the first violation; the seed is in the message.
fn run(seed: u64, broken: Option<Broken>) -> Result<world::Tally, String> {
    World::new(seed, broken).run().map_err(|violation| format!("seed {seed}, {broken:?}: {violation}"))
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[test]
fn nothing_is_lost_doubled_or_mixed_up_whatever_fails() {
    let (first, seeds) = (setting("SIMULATOR_FIRST", 1), setting("SIMULATOR_SEEDS", 300));
    let mut mutations = 0;
    for seed in first..first + seeds {
        let tally = run(seed, None).unwrap();
        mutations += tally.applied;
    }
    eprintln!("seeds {seeds}, mutations {mutations}, violations 0");
    assert!(mutations > seeds, "the runs did next to nothing");
}

#[test]
fn every_broken_build_is_caught() {
    for broken in Broken::ALL {
        let caught = (1..=200).find_map(|seed| run(seed, Some(broken)).err());
        let violation = caught.unwrap_or_else(|| panic!("{broken:?} went unnoticed for 200 seeds"));
        eprintln!("{violation}");
    }
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

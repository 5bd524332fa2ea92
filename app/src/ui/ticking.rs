//! The time as screens see it: moves on by itself, a few times a minute.

use crate::replica::{Replica, here};
use domain::Moment;
use leptos::prelude::*;
use leptos::task::spawn_local;

const EVERY_MS: u32 = 10_000;

#[derive(Clone, Copy)]
struct Ticking(RwSignal<Moment>);

pub fn provide_ticking(replica: Replica) {
    let now = RwSignal::new(replica.now());
    provide_context(Ticking(now));
    spawn_local(async move {
        while now.try_set(replica.now()).is_none() {
            here::rest(EVERY_MS).await;
        }
    });
}

/// The salon's time.
pub fn use_now() -> Signal<Moment> {
    expect_context::<Ticking>().0.into()
}

//! A device holds some of the salon's files: while there is a network the salon says who else there is, a little after the last key.

use crate::api;
use crate::replica::{Summary, here};
use leptos::prelude::*;
use leptos::task::spawn_local;

const AFTER_MS: u32 = 250;

/// Everybody whom the salon finds by any of these words. What was found before stays until there is an answer; no words find nobody.
pub fn found_in_the_salon(words: Memo<Vec<String>>) -> Signal<Vec<Summary>> {
    let found = RwSignal::new(Vec::new());
    Effect::new(move |_| {
        let asked = words.get();
        if asked.is_empty() {
            return found.set(Vec::new());
        }
        spawn_local(async move {
            here::rest(AFTER_MS).await;
            let is_current = || words.try_get_untracked().is_some_and(|now| now == asked);
            let mut rows = Vec::new();
            for query in &asked {
                if !is_current() {
                    return;
                }
                rows.extend(api::search(query.clone()).await.unwrap_or_default());
            }
            if is_current() {
                found.try_set(rows.iter().map(Summary::of).collect());
            }
        });
    });
    found.into()
}

//! When the salon was last backed up. Nothing tells a salon so late as a disk that breaks that nobody did.

use crate::api::{self, Backups};
use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{Notice, Tone, moment, use_i18n, use_now};
use domain::Moment;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// One night may be missed.
const LATE_MS: i64 = 36 * 3_600_000;

#[component]
pub fn BackupLine() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let now = use_now();
    let told = RwSignal::new(Backups::Untold);
    spawn_local(async move {
        if let Ok(backups) = api::backups().await {
            told.try_set(backups);
        }
    });
    let when = move |at: Moment| {
        let offset = replica.salon().map(|salon| salon.settings.offset).unwrap_or_default();
        moment(i18n, offset, at, now.get())
    };
    let warn = move |title: String, text: &'static str| view! { <Notice tone=Tone::Warn title text=text/> }.into_any();

    move || match told.get() {
        Backups::Untold => ().into_any(),
        Backups::NoKey => warn(td_string!(i18n, backup.none).to_owned(), td_string!(i18n, backup.none_todo)),
        Backups::None => warn(td_string!(i18n, backup.none_yet).to_owned(), td_string!(i18n, backup.none_yet_said)),
        Backups::Last { at, .. } if now.get().since(at) > LATE_MS => {
            warn(td_string!(i18n, backup.late, when = when(at)), td_string!(i18n, backup.late_todo))
        }
        Backups::Last { at, is_apart: false } => {
            warn(td_string!(i18n, backup.last, when = when(at)), td_string!(i18n, backup.beside))
        }
        Backups::Last { at, is_apart: true } => {
            view! { <p class="note">{td_string!(i18n, backup.last, when = when(at))}</p> }.into_any()
        }
    }
}

//! The mark in the header; opens the list of what the salon does not have yet.

use super::{Icon, Lu, clock, use_i18n, use_now};
use crate::i18n::td_string;
use crate::replica::{SyncMark, use_replica};
use leptos::prelude::*;

/// A day without an answer is worth saying.
const LONG_MS: i64 = 24 * 3_600_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Saved,
    Waiting,
    Offline,
    Attention,
}

impl Look {
    fn of(mark: SyncMark) -> Self {
        if mark.needs_attention() {
            Self::Attention
        } else if mark.offline_since.is_some() {
            Self::Offline
        } else if mark.waiting > 0 {
            Self::Waiting
        } else {
            Self::Saved
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Saved => "sync-mark is-saved",
            Self::Waiting => "sync-mark is-waiting",
            Self::Offline => "sync-mark is-offline",
            Self::Attention => "sync-mark is-attention",
        }
    }

    const fn icon(self) -> Lu {
        match self {
            Self::Saved => Lu::CloudCheck,
            Self::Waiting => Lu::CloudUpload,
            Self::Offline => Lu::CloudOff,
            Self::Attention => Lu::TriangleAlert,
        }
    }
}

#[component]
pub fn SyncMarkButton() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let now = use_now();
    let look = Memo::new(move |_| Look::of(replica.mark()));
    let since = move || {
        let mark = replica.mark();
        let offset = replica.salon().map(|salon| salon.settings.offset).unwrap_or_default();
        let days = mark.last_contact.map_or(0, |at| now.get().since(at) / LONG_MS);
        match (look.get(), mark.offline_since) {
            (Look::Offline, Some(_)) if days >= 1 => Some(td_string!(i18n, sync.last_sent_days, days = days)),
            (Look::Offline, Some(at)) => Some(td_string!(i18n, sync.offline_since, time = clock(offset.local(at).time()))),
            (Look::Saved, _) => Some(td_string!(i18n, sync.all_saved).to_owned()),
            (Look::Waiting | Look::Attention | Look::Offline, _) => None,
        }
    };
    let count = move || {
        let mark = replica.mark();
        match look.get() {
            Look::Attention if mark.objected > 0 => Some(td_string!(i18n, sync.to_handle, count = mark.objected)),
            Look::Attention => Some(td_string!(i18n, sync.attention).to_owned()),
            Look::Waiting | Look::Offline if mark.waiting > 0 => Some(td_string!(i18n, sync.waiting, count = mark.waiting)),
            Look::Waiting | Look::Offline | Look::Saved => None,
        }
    };

    view! {
        <button class=move || look.get().class() type="button" popovertarget="entries" aria-live="polite">
            {move || view! { <Icon is=look.get().icon()/> }}
            {move || since().map(|since| view! { <span class="sync-mark__since">{since}</span> })}
            {move || count().map(|count| view! { <b class="sync-mark__count">{count}</b> })}
        </button>
    }
}

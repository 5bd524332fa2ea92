//! The list behind the sync mark.

use super::entry_row::EntryRow;
use crate::i18n::td_string;
use crate::replica::{SyncMark, use_replica};
use crate::ui::{Empty, I18n, Icon, Lu, Show, moment, this_device, use_i18n, use_now};
use leptos::prelude::*;
use sync::Halt;

#[component]
pub fn EntryList() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let ids = Memo::new(move |_| replica.entries().into_iter().map(|entry| entry.seq).collect::<Vec<_>>());
    let count = Memo::new(move |_| ids.with(Vec::len));
    let title = move || match count.get() {
        0 => td_string!(i18n, sync.all_saved).to_owned(),
        count => td_string!(i18n, entries.count, count = count),
    };
    let said = move || said(i18n, replica.mark(), count.get(), this_device(i18n, replica.scope()));

    view! {
        <section class="entry-list" id="entries" popover="auto" aria-label=td_string!(i18n, entries.title)>
            <header class="entry-list__head">
                <h2 class="entry-list__title">{title}</h2>
                <button class="button is-plain" type="button" popovertarget="entries" popovertargetaction="hide">
                    <Icon is=Lu::X/>
                    {td_string!(i18n, app.close)}
                </button>
                <p class="entry-list__said">{said}</p>
            </header>
            <Show when=move || count.get() != 0 fallback=NothingToSend>
                <ul class="entry-list__rows">
                    <For each=move || ids.get() key=|seq| *seq let:seq>
                        <EntryRow seq/>
                    </For>
                </ul>
            </Show>
            <Foot/>
        </section>
    }
}

fn said(i18n: I18n, mark: SyncMark, count: usize, device: &'static str) -> String {
    match mark.halt {
        Some(Halt::Forked) => return td_string!(i18n, entries.forked).to_owned(),
        Some(Halt::Wipe | Halt::Stolen) => return td_string!(i18n, entries.wiped).to_owned(),
        Some(Halt::Hole) => return td_string!(i18n, entries.hole).to_owned(),
        Some(Halt::Upgrade) => return td_string!(i18n, entries.upgrade).to_owned(),
        None if mark.needs_sign_in => return td_string!(i18n, entries.needs_sign_in).to_owned(),
        None => {}
    }
    match (count, mark.offline_since) {
        (0, _) => String::new(),
        (_, Some(_)) => td_string!(i18n, entries.offline, device = device),
        (_, None) => td_string!(i18n, entries.online, device = device),
    }
}

#[component]
fn NothingToSend() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let text = move || td_string!(i18n, entries.none_said, device = this_device(i18n, replica.scope()));

    view! { <Empty icon=Lu::CloudCheck title=td_string!(i18n, entries.none) text/> }
}

#[component]
fn Foot() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let now = use_now();
    let has_more = Memo::new(move |_| replica.mark().waiting > 0);
    let last = move || {
        let offset = replica.salon().map(|salon| salon.settings.offset).unwrap_or_default();
        let mark = replica.mark();
        let contact = mark.last_contact.or_else(|| replica.identity().map(|identity| identity.last_contact));
        let when = contact.map_or_else(|| td_string!(i18n, entries.never).to_owned(), |at| moment(i18n, offset, at, now.get()));
        let full = if mark.is_cache_full { td_string!(i18n, entries.full) } else { "" };
        [td_string!(i18n, entries.last_contact, when = when).as_str(), full].join(" ")
    };

    view! {
        <footer class="entry-list__foot">
            <span>{last}</span>
            <Show when=move || has_more.get()>
                <button class="button" type="button" on:click=move |_| replica.try_now()>
                    <Icon is=Lu::RefreshCw/>
                    {td_string!(i18n, entries.send_now)}
                </button>
            </Show>
        </footer>
    }
}

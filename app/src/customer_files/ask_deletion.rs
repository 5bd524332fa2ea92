//! The file should go: asked for here, decided by a manager, never carried out by itself.

use super::{erase_file::EraseFile, file_head::use_by_and_when};
use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{Dialog, DialogFoot, Icon, LongField, Lu, Notice, SaveLine, Show, Tone, use_i18n, use_required, use_save};
use domain::{Action, CustomerId, Text};
use leptos::prelude::*;

#[component]
pub fn AskDeletion(id: CustomerId, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let is_open = RwSignal::new(false);
    let by_and_when = use_by_and_when();
    let may = Memo::new(move |_| Text::new("?").is_ok_and(|reason| replica.may(&Action::AskDeletion { customer: id, reason })));
    let asked = Memo::new(move |_| match file.get() {
        FileView::Here(row) => row.file.deletion_asked.last().cloned(),
        FileView::NotHere => None,
    });
    let shows_others = Memo::new(move |_| matches!(file.get(), FileView::Here(row) if !row.file.is_single()));
    let notice = move || {
        asked.get().map(|request| {
            let contested = if request.is_contested { td_string!(i18n, deletion.contested) } else { "" };
            let said = td_string!(
                i18n,
                deletion.asked_said,
                who = by_and_when(request.written, true),
                reason = request.reason.as_str(),
                contested = contested
            );
            view! { <Notice tone=Tone::Warn title=td_string!(i18n, deletion.asked) text=said/> }
        })
    };

    let declined = move || {
        match file.get() {
        FileView::Here(row) if row.file.deletion_asked.is_empty() => row.file.deletion_declined.clone().map(|declined| {
            let who = by_and_when(declined.written, true);
            view! { <p class="note"><bdi>{td_string!(i18n, deletion.declined, who = who, reason = declined.reason.as_str())}</bdi></p> }
        }),
        FileView::Here(_) | FileView::NotHere => None,
    }
    };

    view! {
        {notice}
        <Show
            when=move || !shows_others.get()
            fallback=move || asked.with(Option::is_some).then(|| view! { <p class="note">{td_string!(i18n, erase.part_first)}</p> })
        >
            <Show when=move || asked.with(Option::is_some)>
                <EraseFile id file/>
            </Show>
        </Show>
        <Show when=move || asked.with(Option::is_some)>
            <Decline id/>
        </Show>
        {declined}
        <Show when=move || may.get() && asked.with(Option::is_none)>
            <p>
                <button class="button is-plain" type="button" on:click=move |_| is_open.set(true)>
                    <Icon is=Lu::Trash2/>
                    {td_string!(i18n, deletion.ask)}
                </button>
            </p>
            <Show when=move || is_open.get()>
                <ReasonDialog
                    title=td_string!(i18n, deletion.ask)
                    label=td_string!(i18n, deletion.reason)
                    act=td_string!(i18n, deletion.ask_do)
                    said=td_string!(i18n, deletion.said)
                    action=Callback::new(move |reason| Action::AskDeletion { customer: id, reason })
                    is_open
                />
            </Show>
        </Show>
    }
}

/// Beside the way to erase it: it stays, and why.
#[component]
fn Decline(id: CustomerId) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let is_open = RwSignal::new(false);
    let may =
        Memo::new(move |_| Text::new("?").is_ok_and(|reason| replica.may(&Action::DeclineDeletion { customer: id, reason })));
    let decline = Callback::new(move |reason| Action::DeclineDeletion { customer: id, reason });

    view! {
        <Show when=move || may.get()>
            <p><button class="button" type="button" on:click=move |_| is_open.set(true)>{td_string!(i18n, deletion.keep)}</button></p>
            <Show when=move || is_open.get()>
                <ReasonDialog title=td_string!(i18n, deletion.keep) label=td_string!(i18n, deletion.keep_why) act=td_string!(i18n, deletion.keep) said="" action=decline is_open/>
            </Show>
        </Show>
    }
}

/// A word on why, and then it is recorded.
#[component]
fn ReasonDialog(
    title: &'static str,
    label: &'static str,
    act: &'static str,
    said: &'static str,
    action: Callback<Text, Action>,
    is_open: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let save = use_save();
    let reason = use_required();
    let submit = move || {
        if let Some(reason) = reason.read() {
            save.commit(action.run(reason), move || is_open.set(false));
        }
    };

    view! {
        <Dialog title on_close=move |()| is_open.set(false) on_submit=move |()| submit()>
            <div class="dialog__body">
                <LongField label mark=td_string!(i18n, form.required) value=reason.typed wrong=reason.wrong() is_first=true/>
                <SaveLine save/>
            </div>
            <DialogFoot said>
                <button class="button is-primary" type="submit" aria-busy=move || save.is_busy().then_some("true")>{act}</button>
            </DialogFoot>
        </Dialog>
    }
}

//! What only the salon still holds of a file: the latest are on the device, the others are fetched on demand and not kept.

use super::{Icon, Lu, Show, fault_words, use_i18n};
use crate::api::Fault;
use crate::i18n::td_string;
use crate::replica::{FileView, patiently};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;
use sync::{ApiFault, CustomerRow};

/// Latest first, each with its id.
pub struct Older<I: 'static, T: 'static> {
    pub fetched: RwSignal<Vec<(I, T)>>,
    more: Callback<()>,
    left: Memo<usize>,
    is_busy: RwSignal<bool>,
    fault: RwSignal<Option<ApiFault>>,
}

/// `of_row` says how many are left out of a row and which is the oldest that it holds; `ask` fetches those before one.
pub fn use_older<I, T, A>(
    file: Memo<FileView>,
    of_row: fn(&CustomerRow) -> (usize, Option<I>),
    ask: impl Fn(Option<I>) -> A + Send + Sync + 'static,
) -> Older<I, T>
where
    I: Copy + Send + Sync + 'static,
    T: Send + Sync + 'static,
    A: Future<Output = Result<Vec<(I, T)>, Fault>> + 'static,
{
    let fetched = RwSignal::new(Vec::<(I, T)>::new());
    let (is_busy, fault) = (RwSignal::new(false), RwSignal::new(None));
    let in_row = move |view: &FileView| match view {
        FileView::Here(row) => of_row(row),
        FileView::NotHere => (0, None),
    };
    let left = Memo::new(move |_| file.with(in_row).0.saturating_sub(fetched.with(Vec::len)));
    let more = Callback::new(move |()| {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        let held = file.with_untracked(in_row).1;
        let answer = ask(fetched.with_untracked(|fetched| fetched.last().map(|(id, _)| *id)).or(held));
        spawn_local(async move {
            let answer = patiently(answer).await;
            is_busy.try_set(false);
            fault.try_set(answer.as_ref().err().map(|fault| fault.0));
            fetched.try_update(|fetched| fetched.extend(answer.unwrap_or_default()));
        });
    });
    Older { fetched, more, left, is_busy, fault }
}

impl<I, T> Older<I, T> {
    /// As long as there are any, and why they don't come.
    pub fn button(&self) -> impl IntoView + use<I, T> {
        let i18n = use_i18n();
        let (more, left, is_busy, fault) = (self.more, self.left, self.is_busy, self.fault);
        view! {
            <Show when=move || left.get() != 0>
                <p>
                    <button class="button" type="button" aria-busy=move || is_busy.get().then_some("true") on:click=move |_| more.run(())>
                        <Icon is=Lu::CloudDownload/>
                        {move || td_string!(i18n, notes.older, count = left.get())}
                    </button>
                </p>
                {move || fault.get().map(|fault| view! { <p class="field__error" role="alert">{fault_words(i18n, fault)}</p> })}
            </Show>
        }
    }
}

//! Two people, or two files of one person, say different things of one field: both are shown, and one tap says which holds. The other stays in the history.

use super::file_head::use_by_and_when;
use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{Icon, Lu, SaveLine, Show, use_i18n, use_save};
use domain::{Action, Written};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// A value in words, who wrote it and when (nobody yet, where it is offered), and what keeps it.
pub type Rival = (String, Option<Written>, Action);

#[component]
pub fn Conflict(#[prop(into)] what: TextProp, values: Signal<Vec<Rival>>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let save = use_save();
    let by_and_when = use_by_and_when();
    let label = what.clone();
    let may = Memo::new(move |_| values.get().first().is_some_and(|(_, _, keep)| replica.may(keep)));
    let one = move |(said, written, keep): Rival| {
        let label = said.clone();
        view! {
            <div class="conflict__value" role="listitem">
                <span class="conflict__said"><bdi>{said}</bdi></span>
                <span class="conflict__by"><bdi>{move || written.map(|written| by_and_when(written, true))}</bdi></span>
                <Show when=move || may.get()>
                    <button
                        class="button conflict__keep"
                        type="button"
                        aria-label=td_string!(i18n, conflict.keep_this, value = label.as_str())
                        on:click={let keep = keep.clone(); move |_| save.commit(keep.clone(), || {})}
                    >
                        <Icon is=Lu::Check/>
                        {td_string!(i18n, conflict.keep)}
                    </button>
                </Show>
            </div>
        }
    };

    view! {
        <section class="conflict" aria-label=move || td_string!(i18n, conflict.about, what = label.get().to_string())>
            <h2 class="conflict__head">
                <Icon is=Lu::TriangleAlert/>
                {td_string!(i18n, conflict.title)}
                <span class="conflict__field">{move || what.get()}</span>
            </h2>
            <div class="conflict__values" role="list">{move || values.get().into_iter().map(one).collect_view()}</div>
            <div class="conflict__foot">
                <p class="note">
                    {move || if may.get() { td_string!(i18n, conflict.said) } else { td_string!(i18n, conflict.not_you) }}
                </p>
                <SaveLine save/>
            </div>
        </section>
    }
}

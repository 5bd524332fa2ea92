//! Writing a note. The words stay where they were typed until they are saved.

use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{Draft, Icon, LongField, Lu, SaveLine, bad_text_words, typed_over, use_draft, use_i18n, use_save};
use domain::{Action, BadText, CustomerId, NoteId, Text};
use leptos::prelude::*;

#[component]
pub fn NoteForm(id: CustomerId) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let save = use_save();
    let draft = use_draft(Draft::Note(id));
    let typed = typed_over(draft, String::new);
    let bad = RwSignal::new(None::<BadText>);
    let wrong = Signal::derive(move || bad.get().map(|bad| bad_text_words(i18n, bad)));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let written = draft.get_untracked();
        let text = Text::new(written.as_deref().unwrap_or_default());
        bad.set(text.as_ref().err().copied());
        if let Ok(text) = text {
            let note = NoteId::new(replica.new_uuid());
            save.commit(Action::WriteCareNote { customer: id, note, text }, move || {
                // What she has typed on meanwhile stays.
                draft.update(|draft| {
                    if *draft == written {
                        *draft = None;
                    }
                });
            });
        }
    };

    view! {
        <form class="note-form panel" novalidate on:submit=submit on:input=move |_| save.forget()>
            <LongField label=td_string!(i18n, notes.write) hint=td_string!(i18n, notes.write_hint) value=typed wrong/>
            <div class="note-form__foot">
                <SaveLine save/>
                <p class="note">{td_string!(i18n, notes.only_added)}</p>
                <button class="button is-primary" type="submit" aria-busy=move || save.is_busy().then_some("true")>
                    <Icon is=Lu::Check/>
                    {td_string!(i18n, notes.keep)}
                </button>
            </div>
        </form>
    }
}

//! One purpose: what holds now, who heard it and when; what was said before is there on demand.

use super::consent_dialog::ConsentDialog;
use super::{consent_way, consent_word, consent_words, use_permission};
use crate::customer_files::{Conflict, use_by_and_when};
use crate::i18n::td_string;
use crate::replica::FileView;
use crate::ui::{I18n, Icon, Lu, Show, joined, purpose_name, purpose_said, use_i18n};
use domain::{Action, Consent, CustomerId, Field, Past, Permission, Purpose, Written};
use leptos::prelude::*;

#[component]
pub fn ConsentLine(id: CustomerId, purpose: Purpose, file: Memo<FileView>, may: Signal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let by_and_when = use_by_and_when();
    let permission = use_permission(file, purpose);
    let field = Memo::new(move |_| match file.get() {
        FileView::Here(row) => row.file.consents.get(&purpose).cloned(),
        FileView::NotHere => None,
    });
    let is_open = RwSignal::new(false);
    let source = move || match field.get() {
        Some(field) => joined(i18n, [by_and_when(field.written, true).as_str(), consent_way(i18n, &field.value).as_str()]),
        None => purpose_said(i18n, purpose).to_owned(),
    };
    // What somebody recorded waits for a manager: the line alone would say otherwise.
    let is_aside = Memo::new(move |_| {
        let is_known = |field: &Field<Consent>| field.readings().any(|consent| !consent.is_given);
        permission.get() == Permission::Withdrawn && !field.with(|field| field.as_ref().is_some_and(is_known))
    });

    view! {
        <li class="consent-line" aria-label=purpose_name(i18n, purpose)>
            <p class="consent-line__purpose">{purpose_name(i18n, purpose)}</p>
            <p class="consent-line__state">{move || state(i18n, permission.get(), field.get().as_ref())}</p>
            <p class="consent-line__source"><bdi>{source}</bdi></p>
            <Show when=move || is_aside.get()>
                <p class="consent-line__source">{td_string!(i18n, consents.set_aside)}</p>
            </Show>
            <Show when=move || may.get()>
                <button class="button consent-line__act" type="button" aria-label=td_string!(i18n, consents.record_one, what = purpose_name(i18n, purpose)) on:click=move |_| is_open.set(true)>
                    <Icon is=Lu::PencilLine/>
                    {td_string!(i18n, consents.record)}
                </button>
                <Show when=move || is_open.get()>
                    <ConsentDialog id purpose permission is_open/>
                </Show>
            </Show>
            <Before field/>
            <ToCheck id purpose field/>
        </li>
    }
}

/// Given, not asked or withdrawn, in a word and a shape.
fn state(i18n: I18n, permission: Permission, field: Option<&Field<Consent>>) -> impl IntoView + use<> {
    let was_given = field.is_some_and(|field| field.past.iter().any(|past| past.value.is_given) || field.value.is_given);
    let (class, icon, word) = match permission {
        Permission::Given => ("flag is-good", Lu::CircleCheck, td_string!(i18n, consents.given)),
        Permission::NotAsked => ("flag is-ask", Lu::CircleDashed, td_string!(i18n, consents.not_asked)),
        Permission::Withdrawn if was_given => ("flag is-warn", Lu::CircleSlash, td_string!(i18n, consents.withdrawn)),
        Permission::Withdrawn => ("flag is-warn", Lu::CircleSlash, td_string!(i18n, consents.not_given)),
    };
    view! { <span class=class><Icon is=icon/>{word}</span> }
}

/// What was said before, latest first.
#[component]
fn Before(field: Memo<Option<Field<Consent>>>) -> impl IntoView {
    let i18n = use_i18n();
    let by_and_when = use_by_and_when();
    let past = Memo::new(move |_| field.get().map(|field| field.past).unwrap_or_default());
    let line = move |past: Past<Consent>| {
        let said = joined(i18n, [consent_word(i18n, &past.value), consent_way(i18n, &past.value).as_str()]);
        view! {
            <li class="past-value">
                <bdi>{said}</bdi>
                <span class="note"><bdi>{move || by_and_when(past.written, true)}</bdi></span>
            </li>
        }
    };

    view! {
        <Show when=move || past.with(|past| !past.is_empty())>
            <details class="consent-line__past">
                <summary class="consent-line__summary">
                    <Icon is=Lu::ChevronRight/>
                    {move || td_string!(i18n, consents.before, count = past.with(Vec::len))}
                </summary>
                <ul class="past-values">{move || past.get().into_iter().rev().map(line).collect_view()}</ul>
            </details>
        </Show>
    }
}

/// Two people heard different things: until somebody has looked at both, the withdrawal counts.
#[component]
fn ToCheck(id: CustomerId, purpose: Purpose, field: Memo<Option<Field<Consent>>>) -> impl IntoView {
    let i18n = use_i18n();
    let values = Signal::derive(move || {
        let rival = |(consent, written): (&Consent, Written)| {
            let keep = Action::RecordConsent { customer: id, purpose, consent: consent.clone() };
            (consent_words(i18n, consent), Some(written), keep)
        };
        field.with(|field| field.iter().flat_map(Field::contenders).map(rival).collect())
    });
    let is_to_check = Memo::new(move |_| field.with(|field| field.as_ref().is_some_and(Field::is_to_check)));

    view! {
        <Show when=move || is_to_check.get()>
            <div class="consent-line__check">
                <Conflict what=move || purpose_name(i18n, purpose) values/>
            </div>
        </Show>
    }
}

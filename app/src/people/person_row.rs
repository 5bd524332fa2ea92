//! One person: what she is here, and what a manager may do about it.

use super::person_acts::{Helped, PersonAct, PersonActDialog};
use super::person_dialog::PersonDialog;
use crate::api::PersonCard;
use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{Icon, Lu, Show, listed, role_word, use_i18n};
use domain::may_manage;
use leptos::prelude::*;

#[component]
pub fn PersonRow(card: PersonCard, on_change: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let PersonCard { person, has_pin } = card;
    let is_changing = RwSignal::new(false);
    let doing = RwSignal::new(None::<PersonAct>);
    let helped = RwSignal::new(None::<Helped>);
    let may = untrack(|| replica.person()).is_some_and(|by| may_manage(&by, person.id, &person.roles));
    let (id, name, is_active) = (person.id, person.name.clone(), person.is_active);
    let is_her = untrack(|| replica.person()).is_some_and(|by| by.id == id);
    let leave = if is_active { PersonAct::Dismiss } else { PersonAct::TakeBack };
    let whole = StoredValue::new(person.clone());

    view! {
        <li class="device-row" class:is-revoked=!is_active>
            <Icon is=Lu::UserRound/>
            <div class="device-row__who">
                <p class="device-row__name">
                    <bdi>{name.as_str().to_owned()}</bdi>
                    {is_her.then(|| view! { <span class="note">{td_string!(i18n, people.you)}</span> })}
                </p>
                <p class="device-row__about">{listed(i18n, person.roles.iter().map(|role| role_word(i18n, *role)))}</p>
            </div>
            <div class="device-row__seen">
                {(!is_active).then(|| view! { <span class="flag is-warn"><Icon is=Lu::Ban/>{td_string!(i18n, people.left)}</span> })}
                {(is_active && has_pin).then(|| view! { <span>{td_string!(i18n, people.has_pin)}</span> })}
            </div>
            <div class="device-row__acts">
                {may.then(|| view! {
                    {is_active.then(|| view! {
                        <button class="button" type="button" on:click=move |_| is_changing.set(true)>{td_string!(i18n, people.roles)}</button>
                        <button class="button" type="button" on:click=move |_| doing.set(Some(PersonAct::Reset))>{td_string!(i18n, people.reset)}</button>
                    })}
                    <button class="button" type="button" on:click=move |_| doing.set(Some(leave))>{leave.word(i18n)}</button>
                })}
            </div>
            <Show when=move || is_changing.get()>
                <PersonDialog person=whole.get_value() is_open=is_changing on_change/>
            </Show>
            {move || doing.get().map(|act| {
                let name = name.clone();
                view! { <PersonActDialog act id name doing helped on_change/> }
            })}
            {move || helped.get().map(|helped| helped.shown(i18n))}
        </li>
    }
}

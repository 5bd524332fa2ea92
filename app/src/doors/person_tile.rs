//! One of the people who may sign in here.

use crate::api::Tile;
use crate::ui::{listed, role_word, use_i18n};
use domain::StaffId;
use leptos::prelude::*;

#[component]
pub fn PersonTile(tile: Tile, chosen: RwSignal<Option<StaffId>>) -> impl IntoView {
    let i18n = use_i18n();
    let id = tile.id;
    let is_chosen = Memo::new(move |_| chosen.get() == Some(id));
    let roles = tile.roles.clone();

    view! {
        <button class="person-tile" class:is-chosen=is_chosen type="button" aria-pressed=move || is_chosen.get().to_string() on:click=move |_| chosen.set(Some(id))>
            <span class="person-tile__name"><bdi>{tile.name.as_str().to_owned()}</bdi></span>
            <span class="person-tile__role">{listed(i18n, roles.iter().map(|role| role_word(i18n, *role)))}</span>
        </button>
    }
}

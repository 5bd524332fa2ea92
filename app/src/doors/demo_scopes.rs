//! The demo on this machine: what this browser plays is picked, no code is needed.

use crate::i18n::td_string;
use crate::replica::{Trouble, use_replica};
use crate::ui::{Icon, Lu, scope_word, trouble_words, use_i18n};
use domain::DeviceScope;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn DemoScopes() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let trouble = RwSignal::new(None::<Trouble>);
    let enrol = move |scope: DeviceScope| {
        spawn_local(async move {
            if let Err(why) = replica.enrol_here(scope).await {
                trouble.try_set(Some(why));
            }
        });
    };
    let tile = move |scope: DeviceScope| {
        view! {
            <li class="sign-in__tile">
                <button class="person-tile" type="button" on:click=move |_| enrol(scope)>
                    <span class="person-tile__name">{move || scope_word(i18n, scope)}</span>
                    <span class="person-tile__role">{move || said_of(i18n, scope)}</span>
                </button>
            </li>
        }
    };

    view! {
        <section>
            <div class="section-head"><h2 class="section-head__title">{td_string!(i18n, door.pick_scope)}</h2></div>
            <ul class="sign-in__tiles">{DeviceScope::ALL.map(tile).collect_view()}</ul>
            {move || trouble.get().map(|why| view! {
                <p class="field__error" role="alert"><Icon is=Lu::CircleAlert/>{trouble_words(i18n, &why)}</p>
            })}
        </section>
    }
}

fn said_of(i18n: crate::ui::I18n, scope: DeviceScope) -> &'static str {
    use crate::i18n::td_string;
    match scope {
        DeviceScope::Treatment => td_string!(i18n, scope.treatment_said),
        DeviceScope::Desk => td_string!(i18n, scope.desk_said),
        DeviceScope::Management => td_string!(i18n, scope.management_said),
    }
}

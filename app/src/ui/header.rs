//! The top of every screen: where one is, what the salon has, who works here.

use super::{Icon, Lu, Show, SyncMarkButton, use_i18n};
use crate::i18n::td_string;
use crate::replica::{Phase, use_replica};
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// `children` stay in sight below the header while the page scrolls.
#[component]
pub fn Top(
    #[prop(into)] title: TextProp,
    #[prop(optional, into)] about: Option<TextProp>,
    #[prop(optional)] back: Option<(&'static str, TextProp)>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let replica = use_replica();
    let is_open = Memo::new(move |_| matches!(replica.phase(), Phase::Open(_)));
    // A browser that is no device yet has nothing to be in step with, unless something of a former one lies here.
    let is_device = Memo::new(move |_| replica.identity().is_some() || replica.mark().waiting > 0);
    let back = back.map(|(href, word)| {
        view! {
            <a class="app-header__back" href=href>
                <Icon is=Lu::ChevronLeft/>
                {move || word.get()}
            </a>
        }
    });

    view! {
        <header class="app__top">
            <DemoMark/>
            <div class="app-header">
                {back}
                <div class="app-header__title">
                    <h1 class="app-header__name"><bdi>{move || title.get()}</bdi></h1>
                    {about.map(|about| view! { <p class="app-header__about">{move || about.get()}</p> })}
                </div>
                <div class="app-header__tools">
                    <Show when=move || is_device.get()>
                        <SyncMarkButton/>
                    </Show>
                    <Show when=move || is_open.get()>
                        <PersonTools/>
                    </Show>
                </div>
            </div>
            {children.map(|children| children())}
        </header>
    }
}

#[component]
fn PersonTools() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let navigate = use_navigate();
    let name = Memo::new(move |_| replica.person().map(|person| person.name.as_str().to_owned()).unwrap_or_default());
    let mark = move || name.with(|name| name.chars().next().map(String::from));
    let switch = move |_| {
        replica.leave();
        // The next person begins on her own screen.
        navigate("/", NavigateOptions { replace: true, ..Default::default() });
    };

    view! {
        <button class="app-header__tool" type="button" aria-label=move || td_string!(i18n, app.switch_from, name = name.get()) on:click=switch>
            <span class="person">
                <span class="person__mark" aria-hidden="true">{mark}</span>
                <span class="person__name"><bdi>{move || name.get()}</bdi></span>
            </span>
            <span class="person__switch"><Icon is=Lu::ArrowLeftRight/></span>
            {td_string!(i18n, app.switch)}
        </button>
        <button class="app-header__tool" type="button" on:click=move |_| replica.lock()>
            <Icon is=Lu::Lock/>
            {td_string!(i18n, app.lock)}
        </button>
    }
}

#[component]
fn DemoMark() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let is_demo = Memo::new(move |_| {
        replica.identity().is_some_and(|identity| identity.is_demo) || replica.salon().is_some_and(|salon| salon.is_demo)
    });

    view! {
        <Show when=move || is_demo.get()>
            <p class="demo-mark">
                <Icon is=Lu::FlaskConical/>
                <b class="demo-mark__word">{td_string!(i18n, app.demo)}</b>
                {td_string!(i18n, app.demo_said)}
            </p>
        </Show>
    }
}

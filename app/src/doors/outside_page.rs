//! A browser that is not yet one of the salon's devices: found the salon, or be let in.

use super::demo_scopes::DemoScopes;
use super::enrol_form::EnrolForm;
use super::set_up_page::SetUpPage;
use crate::api::{Door, Fault};
use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{Empty, I18n, Icon, LanguageButtons, Lu, NoAnswer, Notice, Page, Show, Skeleton, Tone, Top, use_i18n};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What has been seen of the door so far.
pub type Seen = RwSignal<Option<Result<Door, Fault>>>;

#[component]
pub fn OutsidePage() -> impl IntoView {
    let i18n = use_i18n();
    let is_set_up = window().location().pathname().is_ok_and(|path| path == "/set-up");
    if is_set_up {
        return view! { <SetUpPage/> }.into_any();
    }

    view! {
        <Top title=td_string!(i18n, app.name)/>
        <Page title=td_string!(i18n, app.name)>
            <AtTheDoor/>
        </Page>
    }
    .into_any()
}

#[component]
fn AtTheDoor() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let seen: Seen = RwSignal::new(None);
    let look = move || {
        spawn_local(async move {
            let door = replica.look_at_door().await;
            seen.try_set(Some(door));
        });
    };
    look();
    let again = move || {
        seen.set(None);
        look();
    };

    move || match seen.get() {
        None => view! { <Skeleton/> }.into_any(),
        Some(Err(fault)) => {
            view! { <div class="page"><NoAnswer fault title=td_string!(i18n, door.no_answer) again=move |()| again()/></div> }
                .into_any()
        }
        Some(Ok(door)) => letting_in(i18n, &door),
    }
}

fn letting_in(i18n: I18n, door: &Door) -> AnyView {
    if door.needs_set_up {
        return view! {
            <Empty icon=Lu::Store title=td_string!(i18n, door.not_founded) text=td_string!(i18n, door.not_founded_todo)/>
        }
        .into_any();
    }
    let may_enrol_here = door.may_enrol_here;

    view! {
        <div class="page">
            <LeftHere/>
            <Show when=move || may_enrol_here><DemoScopes/></Show>
            <EnrolForm/>
            <p><LanguageButtons class="button is-plain"/></p>
        </div>
    }
    .into_any()
}

/// What the device that this browser was has not handed in yet.
#[component]
fn LeftHere() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let waiting = Memo::new(move |_| replica.mark().waiting);

    view! {
        <Show when=move || waiting.get() != 0>
            <Notice
                tone=Tone::Warn
                title=move || td_string!(i18n, door.left_here, count = waiting.get())
                text=td_string!(i18n, door.left_here_said)
            >
                <button class="button notice__act" type="button" on:click=move |_| replica.try_now()>
                    <Icon is=Lu::RefreshCw/>
                    {td_string!(i18n, entries.send_now)}
                </button>
            </Notice>
        </Show>
    }
}

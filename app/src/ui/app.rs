//! The whole program on screen: which screen follows from what the page can do right now.

use super::blocked::BlockedPage;
use super::drafts::provide_drafts;
use super::frame::Frame;
use super::language::in_her_language;
use super::on_show::provide_code_on_show;
use super::ticking::provide_ticking;
use super::{Page, Skeleton, use_i18n};
use crate::doors::{LockPage, OutsidePage, SignInPage, provide_pin_offer};
use crate::entries::EntryList;
use crate::i18n::td_string;
use crate::replica::{Phase, provide_replica, use_replica};
use domain::DeviceScope;
use leptos::prelude::*;
use leptos_router::components::Router;

#[component]
pub fn App() -> impl IntoView {
    let replica = provide_replica();
    provide_ticking(replica);
    provide_drafts();
    provide_code_on_show();
    provide_pin_offer(replica);
    size_for_the_room();

    in_her_language(replica, || {
        view! {
            <Router>
                <Screen/>
                <EntryList/>
            </Router>
        }
    })
}

#[component]
fn Screen() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let phase = Memo::new(move |_| replica.phase());

    move || match phase.get() {
        Phase::Starting => view! { <Page title=td_string!(i18n, app.name)><Skeleton/></Page> }.into_any(),
        Phase::Blocked(why) => view! { <BlockedPage why/> }.into_any(),
        Phase::Unenrolled => view! { <OutsidePage/> }.into_any(),
        Phase::Closed => view! { <SignInPage/> }.into_any(),
        Phase::Locked(person) => view! { <LockPage person/> }.into_any(),
        Phase::Open(_) => view! { <Frame/> }.into_any(),
    }
}

/// In a treatment room everything is made for a wet thumb, whatever the machine.
fn size_for_the_room() {
    let replica = use_replica();
    Effect::new(move |_| {
        let is_treatment = replica.identity().is_some_and(|identity| identity.scope == DeviceScope::Treatment);
        if let Some(root) = document().document_element()
            && is_treatment
            && root.get_attribute("data-device").as_deref() != Some("phone")
        {
            let _ = root.set_attribute("data-device", "tablet");
        }
    });
}

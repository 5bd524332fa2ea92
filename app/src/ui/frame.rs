//! What is around a page while somebody is signed in: the ways to the other pages.

use super::update::UpdateNotice;
use super::{Empty, Icon, LanguageButtons, Lu, Page, Show, Top, on_key, use_i18n};
use crate::customer_files::{CopyPage, CustomerFilePage};
use crate::customers::CustomersPage;
use crate::devices::DevicesPage;
use crate::doors::{OwnPasswordButton, PinOffer};
use crate::furnishing::FurnishingPage;
use crate::i18n::td_string;
use crate::people::PeoplePage;
use crate::plan::SlipPage;
use crate::replica::use_replica;
use crate::today::TodayPage;
use crate::treatment::RoomPage;
use leptos::prelude::*;
use leptos_router::components::{Route, Routes};
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::path;

#[component]
pub fn Frame() -> impl IntoView {
    let i18n = use_i18n();
    let path = use_location().pathname;
    let is_about_one = Memo::new(move |_| path.with(|path| path.starts_with("/customers/")));
    let navigate = use_navigate();
    on_key("/", move || navigate("/customers", Default::default()));

    view! {
        <div class="app" class:is-focused=is_about_one>
            <a class="app__skip" href="#main">{td_string!(i18n, app.skip)}</a>
            <Nav/>
            <div class="app__page">
                <Routes fallback=|| view! { <NowherePage/> }>
                    <Route path=path!("/") view=TodayPage/>
                    <Route path=path!("/customers") view=CustomersPage/>
                    <Route path=path!("/customers/:id/room/:treatment") view=RoomPage/>
                    <Route path=path!("/customers/:id/:tab?") view=CustomerFilePage/>
                    <Route path=path!("/slips/:id/:slip") view=SlipPage/>
                    <Route path=path!("/copies/:id") view=CopyPage/>
                    <Route path=path!("/devices") view=DevicesPage/>
                    <Route path=path!("/people") view=PeoplePage/>
                    <Route path=path!("/furnishing") view=FurnishingPage/>
                </Routes>
                <UpdateNotice/>
            </div>
        </div>
        <PinOffer/>
    }
}

#[component]
fn Nav() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let is_manager = Memo::new(move |_| replica.manages());

    view! {
        <nav class="nav" aria-label=td_string!(i18n, app.pages)>
            <p class="nav__mark" lang="zh-CN">"心颜"</p>
            <NavLink href="/" icon=Lu::Sun word=td_string!(i18n, today.title)/>
            <NavLink href="/customers" icon=Lu::Users word=td_string!(i18n, customers.title) waiting=Signal::derive(move || replica.to_look_at().len())/>
            <Show when=move || is_manager.get()>
                <NavLink href="/devices" icon=Lu::TabletSmartphone word=td_string!(i18n, devices.title)/>
                <NavLink href="/people" icon=Lu::UserRound word=td_string!(i18n, people.title)/>
                <NavLink href="/furnishing" icon=Lu::Store word=td_string!(i18n, furnishing.title)/>
            </Show>
            <OwnPasswordButton/>
            <LanguageButtons class="nav__link is-language"/>
        </nav>
    }
}

#[component]
fn NavLink(
    href: &'static str,
    icon: Lu,
    #[prop(into)] word: leptos::text_prop::TextProp,
    /// How many things wait there for a person.
    #[prop(optional, into)]
    waiting: Signal<usize>,
) -> impl IntoView {
    let count = move || Some(waiting.get()).filter(|count| *count > 0);
    let path = use_location().pathname;
    let is_current = Memo::new(move |_| path.with(|path| if href == "/" { path == "/" } else { path.starts_with(href) }));

    view! {
        <a class="nav__link" class:is-current=is_current href=href aria-current=move || is_current.get().then_some("page")>
            <Icon is=icon/>
            {move || word.get()}
            {move || count().map(|count| view! { <span class="nav__count">{count}</span> })}
        </a>
    }
}

#[component]
fn NowherePage() -> impl IntoView {
    let i18n = use_i18n();

    view! {
        <Top title=td_string!(i18n, app.name)/>
        <Page title=td_string!(i18n, app.name)>
            <Empty icon=Lu::FileText title=td_string!(i18n, app.nowhere)>
                <a class="button empty__act" href="/">{td_string!(i18n, app.to_today)}</a>
            </Empty>
        </Page>
    }
}

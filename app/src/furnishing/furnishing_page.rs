//! Rooms, services and products, and one more of each.

use super::{instruments::Instruments, products::Products, room_dialog::RoomDialog, service_dialog::ServiceDialog};
use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{Icon, Lu, ManagersPage, Show, use_i18n};
use domain::{Name, Room, RoomId, Service, ServiceId};
use leptos::prelude::*;

#[component]
pub fn FurnishingPage() -> impl IntoView {
    let i18n = use_i18n();

    view! {
        <ManagersPage
            title=td_string!(i18n, furnishing.title)
            window=td_string!(i18n, furnishing.window)
            icon=Lu::Store
            refused=td_string!(i18n, furnishing.managers_only)
        >
            <div class="page"><Rooms/><Services/><Products/><Instruments/></div>
        </ManagersPage>
    }
}

#[component]
fn Rooms() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let open = RwSignal::new(None::<(RoomId, Option<Room>)>);
    let rooms = move || replica.salon().map(|salon| salon.rooms.clone()).unwrap_or_default();
    let one = move |(id, room): (RoomId, Room)| {
        let name = room.name.clone();
        view! { <Line name about=String::new() on_edit=move |()| open.set(Some((id, Some(room.clone()))))/> }
    };

    view! {
        <Head title=td_string!(i18n, furnishing.rooms) add=td_string!(i18n, furnishing.add_room) on_add=move |()| open.set(Some((RoomId::new(replica.new_uuid()), None)))/>
        <ul class="device-list" aria-label=td_string!(i18n, furnishing.rooms)>{move || rooms().into_iter().map(one).collect_view()}</ul>
        <Show when=move || rooms().is_empty()><p class="note">{td_string!(i18n, furnishing.no_rooms)}</p></Show>
        {move || open.get().map(|(id, room)| view! { <RoomDialog id room on_close=move |()| open.set(None)/> })}
    }
}

#[component]
fn Services() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let open = RwSignal::new(None::<(ServiceId, Option<Service>)>);
    let services = move || replica.salon().map(|salon| salon.services.clone()).unwrap_or_default();
    let one = move |(id, service): (ServiceId, Service)| {
        let (name, about) = (service.name.clone(), td_string!(i18n, furnishing.takes, minutes = service.minutes));
        view! { <Line name about on_edit=move |()| open.set(Some((id, Some(service.clone()))))/> }
    };

    view! {
        <Head title=td_string!(i18n, furnishing.services) add=td_string!(i18n, furnishing.add_service) on_add=move |()| open.set(Some((ServiceId::new(replica.new_uuid()), None)))/>
        <ul class="device-list" aria-label=td_string!(i18n, furnishing.services)>{move || services().into_iter().map(one).collect_view()}</ul>
        <Show when=move || services().is_empty()><p class="note">{td_string!(i18n, furnishing.no_services)}</p></Show>
        {move || open.get().map(|(id, service)| view! { <ServiceDialog id service on_close=move |()| open.set(None)/> })}
    }
}

#[component]
pub fn Head(title: &'static str, add: &'static str, #[prop(into)] on_add: Callback<()>) -> impl IntoView {
    view! {
        <div class="section-head">
            <h2 class="section-head__title">{title}</h2>
            <button class="button section-head__act" type="button" on:click=move |_| on_add.run(())>
                <Icon is=Lu::Plus/>
                {add}
            </button>
        </div>
    }
}

#[component]
pub fn Line(
    name: Name,
    about: String,
    #[prop(into)] on_edit: Callback<()>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let i18n = use_i18n();
    let label = td_string!(i18n, furnishing.edit_this, name = name.as_str());

    view! {
        <li class="device-row">
            <Icon is=Lu::Store/>
            <div class="device-row__who">
                <p class="device-row__name"><bdi>{String::from(name)}</bdi></p>
                <p class="device-row__about">{about}</p>
            </div>
            <div class="device-row__seen">{children.map(|children| children())}</div>
            <div class="device-row__acts">
                <button class="button" type="button" aria-label=label on:click=move |_| on_edit.run(())>{td_string!(i18n, furnishing.edit)}</button>
            </div>
        </li>
    }
}

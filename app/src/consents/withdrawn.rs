//! What she has withdrawn, told where it stops something, with whom to ask.

use crate::i18n::td_string;
use crate::replica::FileView;
use crate::ui::{Icon, Lu, Notice, Show, Tone, listed, purpose_name, use_i18n};
use domain::{CustomerId, Permission, Purpose};
use leptos::prelude::*;

/// What the file as it is now says about one purpose.
pub fn use_permission(file: Memo<FileView>, purpose: Purpose) -> Memo<Permission> {
    Memo::new(move |_| match file.get() {
        FileView::Here(row) => row.file.allows(purpose),
        FileView::NotHere => Permission::NotAsked,
    })
}

/// On the overview: all that she has withdrawn, and the way to it.
#[component]
pub fn Withdrawn(id: CustomerId, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let purposes = Memo::new(move |_| match file.get() {
        FileView::Here(row) => row.file.withdrawn().collect::<Vec<_>>(),
        FileView::NotHere => Vec::new(),
    });
    let names = move || listed(i18n, purposes.get().into_iter().map(|purpose| purpose_name(i18n, purpose)));

    view! {
        <Show when=move || purposes.with(|purposes| !purposes.is_empty())>
            <Notice tone=Tone::Warn title=td_string!(i18n, consents.withdrawn_title) text=names>
                <a class="button notice__act" href=format!("/customers/{id}/consents")>
                    {td_string!(i18n, consents.look)}
                    <Icon is=Lu::ChevronRight/>
                </a>
            </Notice>
        </Show>
    }
}

/// Where answers and allergies are written down: what that means there, and whom to ask.
#[component]
pub fn HealthWithdrawn(file: Memo<FileView>, text: &'static str) -> impl IntoView {
    let i18n = use_i18n();
    let permission = use_permission(file, Purpose::HealthRecord);

    view! {
        <Show when=move || permission.get() == Permission::Withdrawn>
            <Notice tone=Tone::Warn title=td_string!(i18n, consents.health_title) text/>
        </Show>
    }
}

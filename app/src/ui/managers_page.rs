//! A page for managers; whoever else comes to its address is told so.

use super::{Empty, Lu, Page, Show, Top};
use crate::replica::use_replica;
use leptos::prelude::*;

#[component]
pub fn ManagersPage(
    title: &'static str,
    window: &'static str,
    icon: Lu,
    refused: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let replica = use_replica();
    let is_manager = Memo::new(move |_| replica.manages());

    view! {
        <Top title/>
        <Page title=window>
            <Show when=move || is_manager.get() fallback=move || view! { <Empty icon title=refused/> }>{children()}</Show>
        </Page>
    }
}

//! What is on screen only while something holds.

use leptos::prelude::*;

/// Stands in for `leptos::Show`, which is compiled anew at each of the fifty places that use it; this one is compiled once.
#[component]
pub fn Show(children: ChildrenFn, #[prop(into)] when: Signal<bool>, #[prop(optional, into)] fallback: ViewFn) -> impl IntoView {
    let holds = Memo::new(move |_| when.get());
    move || if holds.get() { children() } else { fallback.run() }
}

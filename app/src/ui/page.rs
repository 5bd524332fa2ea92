//! The part of a screen below its header. Takes the focus when it comes, and names the window: never after a customer.

use leptos::html;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

#[component]
pub fn Page(#[prop(into)] title: TextProp, children: Children) -> impl IntoView {
    let main = NodeRef::<html::Main>::new();
    Effect::new(move |_| document().set_title(&title.get()));
    super::on_first_paint(move || {
        let is_unfocused = document().active_element().is_none_or(|element| element.tag_name() == "BODY");
        if let (true, Some(main)) = (is_unfocused, main.get_untracked()) {
            let unmoved = web_sys::FocusOptions::new();
            unmoved.set_prevent_scroll(true);
            let _ = main.focus_with_options(&unmoved);
        }
    });

    view! { <main class="app__main" id="main" tabindex="-1" node_ref=main>{children()}</main> }
}

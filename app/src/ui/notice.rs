//! Something to know, and a list with nothing in it.

use super::{Icon, Lu};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Info,
    Good,
    Warn,
    Alert,
    Offline,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Info => "notice is-info",
            Self::Good => "notice is-good",
            Self::Warn => "notice is-warn",
            Self::Alert => "notice is-alert",
            Self::Offline => "notice is-offline",
        }
    }

    const fn icon(self) -> Lu {
        match self {
            Self::Info => Lu::Info,
            Self::Good => Lu::CircleCheck,
            Self::Warn => Lu::TriangleAlert,
            Self::Alert => Lu::OctagonX,
            Self::Offline => Lu::CloudOff,
        }
    }
}

#[component]
pub fn Notice(
    tone: Tone,
    #[prop(into)] title: TextProp,
    #[prop(optional, into)] text: Option<TextProp>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let role = if tone == Tone::Alert { "alert" } else { "status" };

    view! {
        <div class=tone.class() role=role>
            <Icon is=tone.icon()/>
            <div>
                <p class="notice__title">{move || title.get()}</p>
                {text.map(|text| view! { <p class="notice__text">{move || text.get()}</p> })}
            </div>
            {children.map(|children| children())}
        </div>
    }
}

/// Says why there is nothing and what to do; `children` is the way on.
#[component]
pub fn Empty(
    icon: Lu,
    #[prop(into)] title: TextProp,
    #[prop(optional, into)] text: Option<TextProp>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon is=icon/>
            <p class="empty__title">{move || title.get()}</p>
            {text.map(|text| view! { <p class="empty__text">{move || text.get()}</p> })}
            {children.map(|children| children())}
        </div>
    }
}

//! The parts of a file, each with an address of its own.

use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{use_i18n, use_now};
use domain::{CustomerId, red_strip};
use leptos::prelude::*;
use std::collections::BTreeSet;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    Overview,
    History,
    Allergies,
    Skin,
    Plan,
    Care,
    Notes,
    Contacts,
    Consents,
}

impl Tab {
    const ALL: [Self; 9] = [
        Self::Overview,
        Self::History,
        Self::Allergies,
        Self::Skin,
        Self::Plan,
        Self::Care,
        Self::Notes,
        Self::Contacts,
        Self::Consents,
    ];

    /// `None` for an address that does not exist.
    pub fn of(word: Option<&str>) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.word() == word.unwrap_or_default())
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Overview => "",
            Self::History => "history",
            Self::Allergies => "allergies",
            Self::Skin => "skin",
            Self::Plan => "plan",
            Self::Care => "care",
            Self::Notes => "notes",
            Self::Contacts => "contacts",
            Self::Consents => "consents",
        }
    }

    pub fn href(self, id: CustomerId) -> String {
        match self.word() {
            "" => format!("/customers/{id}"),
            word => format!("/customers/{id}/{word}"),
        }
    }
}

#[component]
pub fn Tabs(id: CustomerId, file: Memo<FileView>, tab: Memo<Option<Tab>>) -> impl IntoView {
    let i18n = use_i18n();

    view! {
        <nav class="tabs" aria-label=td_string!(i18n, file.parts)>
            {Tab::ALL.map(|is| view! { <TabLink is id file tab/> }).collect_view()}
        </nav>
    }
}

#[component]
fn TabLink(is: Tab, id: CustomerId, file: Memo<FileView>, tab: Memo<Option<Tab>>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let now = use_now();
    let is_current = Memo::new(move |_| tab.get() == Some(is));
    let word = match is {
        Tab::Overview => td_string!(i18n, file.overview),
        Tab::History => td_string!(i18n, history.title),
        Tab::Allergies => td_string!(i18n, allergies.tab),
        Tab::Skin => td_string!(i18n, measure.tab),
        Tab::Plan => td_string!(i18n, slip.tab),
        Tab::Care => td_string!(i18n, care.tab),
        Tab::Notes => td_string!(i18n, notes.title),
        Tab::Contacts => td_string!(i18n, contacts.tab),
        Tab::Consents => td_string!(i18n, consents.tab),
    };
    let count = Memo::new(move |_| {
        let salon = replica.salon()?;
        let FileView::Here(row) = file.get() else {
            return None;
        };
        let count = match is {
            Tab::History => red_strip(&row.file, &salon.rules, salon.settings.offset, now.get()).unasked.len(),
            Tab::Allergies => row.file.allergies.active().map(|(_, allergy)| &allergy.what).collect::<BTreeSet<_>>().len(),
            Tab::Care => row.file.uses_to_confirm().count() + row.file.treatments_to_confirm().count(),
            Tab::Overview | Tab::Skin | Tab::Plan | Tab::Notes | Tab::Contacts | Tab::Consents => 0,
        };
        (count > 0).then_some(count)
    });
    let counted = move || {
        count.get().map(|count| match is {
            Tab::History => td_string!(i18n, file.unasked_count, count = count),
            Tab::Care => td_string!(i18n, care.waiting, count = count),
            Tab::Overview | Tab::Allergies | Tab::Skin | Tab::Plan | Tab::Notes | Tab::Contacts | Tab::Consents => {
                count.to_string()
            }
        })
    };

    view! {
        <a class="tabs__tab" class:is-current=is_current href=is.href(id) aria-current=move || is_current.get().then_some("page")>
            {word}
            {move || counted().map(|count| view! { <span class="tabs__count">{count}</span> })}
        </a>
    }
}

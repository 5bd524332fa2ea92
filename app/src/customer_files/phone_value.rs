//! Her number: a touch calls her, unless she has withdrawn that. The number stays to be read, for whatever else it is needed.

use crate::i18n::td_string;
use crate::replica::FileView;
use crate::ui::{listed, purpose_name, use_i18n};
use domain::Phone;
use leptos::prelude::*;

#[component]
pub fn PhoneValue(phone: Phone, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let withdrawn = Memo::new(move |_| match file.get() {
        FileView::Here(row) => row.file.calls_withdrawn().collect::<Vec<_>>(),
        FileView::NotHere => Vec::new(),
    });

    move || {
        let number = phone.as_str().to_owned();
        let names = listed(i18n, withdrawn.get().into_iter().map(|purpose| purpose_name(i18n, purpose)));
        match names.is_empty() {
            true => {
                let href = format!("tel:{number}");
                view! { <a class="phone-link" href=href><bdi>{number}</bdi></a> }.into_any()
            }
            false => {
                view! { <bdi>{number}</bdi> <p class="note">{td_string!(i18n, consents.no_calls, what = names)}</p> }.into_any()
            }
        }
    }
}

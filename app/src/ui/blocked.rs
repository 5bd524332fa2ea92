//! Nothing can be kept on this browser: why, and what to do.

use super::{Icon, LanguageButtons, Lu, Page, use_i18n};
use crate::i18n::td_string;
use crate::replica::Blocked;
use leptos::prelude::*;

#[component]
pub fn BlockedPage(why: Blocked) -> impl IntoView {
    let i18n = use_i18n();
    let title = match why {
        Blocked::NotSecure => td_string!(i18n, blocked.not_secure),
        Blocked::NoStorage => td_string!(i18n, blocked.no_storage),
    };
    let todo = match why {
        Blocked::NotSecure => td_string!(i18n, blocked.not_secure_todo),
        Blocked::NoStorage => td_string!(i18n, blocked.no_storage_todo),
    };
    let again = move |_| {
        let _ = window().location().reload();
    };

    view! {
        <Page title=td_string!(i18n, app.name)>
            <div class="empty" role="alert">
                <Icon is=Lu::OctagonX/>
                <p class="empty__title">{title}</p>
                <p class="empty__text">{todo}</p>
                <button class="button is-primary empty__act" type="button" on:click=again>
                    <Icon is=Lu::RefreshCw/>
                    {td_string!(i18n, app.again)}
                </button>
                <LanguageButtons class="button is-plain"/>
            </div>
        </Page>
    }
}

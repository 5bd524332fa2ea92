//! Everything about one customer. The red strip is part of the head and never scrolls away.

use super::file_head::FileTop;
use super::in_doubt::InDoubt;
use super::join_files::JoinedFiles;
use super::last_visit::LastVisit;
use super::overview::Overview;
use super::tabs::{Tab, Tabs};
use crate::allergies::AllergiesTab;
use crate::care::CareTab;
use crate::consents::ConsentsTab;
use crate::contacts::ContactsTab;
use crate::history::HistoryTab;
use crate::i18n::td_string;
use crate::notes::NotesTab;
use crate::plan::PlanTab;
use crate::replica::{FileView, here, use_replica};
use crate::skin::SkinTab;
use crate::ui::{Empty, Icon, Lu, Notice, Page, Show, Skeleton, Tone, on_first_paint, on_key, use_i18n};
use domain::CustomerId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_navigate, use_params_map};

#[component]
pub fn CustomerFilePage() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<CustomerId>().ok())));
    let tab = Memo::new(move |_| params.with(|params| Tab::of(params.get("tab").as_deref())));
    let navigate = use_navigate();
    on_key("Escape", move || navigate("/customers", Default::default()));

    move || match id.get() {
        Some(id) => view! { <OneFile id tab/> }.into_any(),
        None => view! {
            <Page title=td_string!(i18n, file.window)>
                <Empty icon=Lu::FileText title=td_string!(i18n, app.nowhere)>
                    <a class="button empty__act" href="/customers">{td_string!(i18n, customers.find)}</a>
                </Empty>
            </Page>
        }
        .into_any(),
    }
}

#[component]
fn OneFile(id: CustomerId, tab: Memo<Option<Tab>>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let file = replica.file(id);
    let is_here = Memo::new(move |_| file.with(|file| matches!(file, FileView::Here(_))));
    // Who she is and what must not be used on her come first; a slow tablet makes the rest after it has shown that.
    let is_begun = RwSignal::new(false);
    on_first_paint(move || {
        is_begun.try_set(true);
    });
    let was_here = StoredValue::new(false);
    Effect::new(move |_| {
        if is_here.get() {
            was_here.set_value(true);
        }
        if is_begun.get() && is_here.get() {
            replica.note_opened(id);
        }
    });

    view! {
        <FileTop id file/>
        <Page title=td_string!(i18n, file.window)>
            <Show when=move || is_here.get() fallback=move || view! { <NotHere id was_here=was_here.get_value()/> }>
                <div class="customer-file">
                    <ShownIn id file/>
                    <JoinedFiles id file/>
                    <InDoubt id file/>
                    <LastVisit file/>
                    <Tabs id file tab/>
                    {move || match tab.get() {
                        _ if !is_begun.get() => ().into_any(),
                        Some(Tab::Overview) => view! { <Overview id file/> }.into_any(),
                        Some(Tab::History) => view! { <HistoryTab id file/> }.into_any(),
                        Some(Tab::Allergies) => view! { <AllergiesTab id file/> }.into_any(),
                        Some(Tab::Skin) => view! { <SkinTab id file/> }.into_any(),
                        Some(Tab::Plan) => view! { <PlanTab id file/> }.into_any(),
                        Some(Tab::Care) => view! { <CareTab id file/> }.into_any(),
                        Some(Tab::Notes) => view! { <NotesTab id file/> }.into_any(),
                        Some(Tab::Contacts) => view! { <ContactsTab id file/> }.into_any(),
                        Some(Tab::Consents) => view! { <ConsentsTab id file/> }.into_any(),
                        None => view! { <Empty icon=Lu::FileText title=td_string!(i18n, app.nowhere)/> }.into_any(),
                    }}
                </div>
            </Show>
        </Page>
    }
}

/// Somebody has found meanwhile that another file is hers as well. Whoever was writing here goes on: nothing of it is lost.
#[component]
fn ShownIn(id: CustomerId, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let shown_in = Memo::new(move |_| match file.get() {
        FileView::Here(row) => Some(row.file.id).filter(|shown| *shown != id),
        FileView::NotHere => None,
    });
    let notice = move |root: CustomerId| {
        view! {
            <Notice tone=Tone::Info title=td_string!(i18n, join.gone) text=td_string!(i18n, join.gone_said)>
                <a class="button notice__act" href=format!("/customers/{root}")>
                    {td_string!(i18n, join.open)}
                    <Icon is=Lu::ChevronRight/>
                </a>
            </Notice>
        }
    };

    move || shown_in.get().map(notice)
}

/// How long a file that was asked for may take before something else is said than *opening*.
const PATIENCE_MS: u32 = 6_000;

#[component]
fn NotHere(id: CustomerId, was_here: bool) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let is_offline = Memo::new(move |_| replica.mark().offline_since.is_some());
    let is_late = RwSignal::new(false);
    let wait = move || {
        is_late.set(was_here);
        replica.want(id);
        spawn_local(async move {
            here::rest(PATIENCE_MS).await;
            is_late.try_set(true);
        });
    };
    wait();
    let title = if was_here { td_string!(i18n, file.gone) } else { td_string!(i18n, file.not_here) };
    let todo =
        move || if is_offline.get() { td_string!(i18n, file.not_here_offline) } else { td_string!(i18n, file.not_here_late) };

    view! {
        <Show when=move || !is_offline.get() && !is_late.get()><Skeleton/></Show>
        <Show when=move || is_offline.get() || is_late.get()>
            <Empty icon=Lu::CloudDownload title text=todo>
                <button class="button empty__act" type="button" on:click=move |_| wait()>
                    <Icon is=Lu::RefreshCw/>
                    {td_string!(i18n, app.again)}
                </button>
            </Empty>
        </Show>
    }
}

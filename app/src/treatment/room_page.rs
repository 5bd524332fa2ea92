//! One treatment: before it begins, while it runs, and its record afterwards. The red strip stays in sight all the time.

use super::at_the_door::AtTheDoors;
use super::dock::Dock;
use super::hand_over::HandedOverLine;
use super::log::{Log, use_log};
use super::record::Record;
use super::start::Start;
use super::step_now::StepNow;
use super::steps::Steps;
use super::words::event_words;
use crate::customer_files::{FileTop, use_by_and_when};
use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{Empty, Icon, Lu, Notice, Page, SaveLine, Show, Tone, use_i18n};
use domain::{CareEvent, CustomerId, Happened, TreatmentId};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn RoomPage() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let ids = Memo::new(move |_| {
        params.with(|params| {
            let id = |name| params.get(name);
            Some((id("id")?.parse::<CustomerId>().ok()?, id("treatment")?.parse::<TreatmentId>().ok()?))
        })
    });

    move || match ids.get() {
        Some((customer, treatment)) => view! { <Room customer treatment/> }.into_any(),
        None => view! {
            <Page title=td_string!(i18n, room.window)><Empty icon=Lu::FileText title=td_string!(i18n, app.nowhere)/></Page>
        }
        .into_any(),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    NotHere,
    Ahead,
    Running,
    Over,
}

#[component]
fn Room(customer: CustomerId, treatment: TreatmentId) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let file = replica.file(customer);
    let log = use_log(customer, treatment, file);
    let stage = Memo::new(move |_| match file.with(|file| matches!(file, FileView::Here(_))) {
        false => Stage::NotHere,
        true => log.run(|run| match (run.begun, run.finished) {
            (None, _) => Stage::Ahead,
            (Some(_), None) => Stage::Running,
            (Some(_), Some(_)) => Stage::Over,
        }),
    });

    view! {
        <FileTop id=customer file/>
        <Page title=td_string!(i18n, room.window)>
            {move || match stage.get() {
                Stage::NotHere => view! { <Empty icon=Lu::CloudDownload title=td_string!(i18n, file.not_here) text=td_string!(i18n, file.not_here_offline)/> }.into_any(),
                Stage::Ahead => view! { <Start log/> }.into_any(),
                Stage::Running => view! { <Running log/> }.into_any(),
                Stage::Over => view! { <Record log/> }.into_any(),
            }}
        </Page>
    }
}

#[component]
fn Running(log: Log) -> impl IntoView {
    // The page before it was longer.
    window().scroll_to_with_x_and_y(0.0, 0.0);
    view! {
        <div class="room">
            <Steps log/>
            <div class="room__now">
                <Told log/>
                <StepNow log/>
                <SaveLine save=log.save/>
            </div>
            <Dock log/>
        </div>
    }
}

/// What whoever stands here has to know before she goes on.
#[component]
fn Told(log: Log) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let name = move |id| {
        replica.salon().and_then(|salon| salon.person(id).map(|person| person.name.as_str().to_owned())).unwrap_or_default()
    };
    let me = move || replica.person().map(|person| person.id);
    let elsewhere = Memo::new(move |_| log.run(|run| run.with.filter(|with| Some(*with) != me())));
    let also = Memo::new(move |_| log.run(|run| run.also_begun.iter().map(|written| written.by).collect::<Vec<_>>()));
    let who = move || match log.file.get() {
        FileView::Here(row) => super::start::who_words(i18n, &row),
        FileView::NotHere => String::new(),
    };
    let take_over = move |_| log.record(CareEvent::TakeOver {}, || {});
    let is_first =
        move || matches!(log.file.get(), FileView::Here(row) if !row.file.has_been_here(log.treatment, replica.today()));

    view! {
        {move || elsewhere.get().map(|with| view! {
            <Notice tone=Tone::Info title=td_string!(i18n, room.with_other, name = name(with)) text=td_string!(i18n, room.take_over_said, who = who())>
                <button class="button notice__act" type="button" on:click=take_over>
                    <Icon is=Lu::ArrowLeftRight/>
                    {td_string!(i18n, room.take_over)}
                </button>
            </Notice>
        })}
        {move || also.get().into_iter().map(|by| view! {
            <Notice tone=Tone::Warn title=td_string!(i18n, room.also_begun, name = name(by)) text=td_string!(i18n, room.also_begun_said)/>
        }).collect_view()}
        <Show when=move || is_first() || log.run(|run| run.is_tired())>
            <p class="note"><span class="flag is-warn"><Icon is=Lu::Ban/>{td_string!(i18n, room.no_sale)}</span></p>
        </Show>
        <SoFar log/>
        <AtTheDoors log/>
        <HandedOverLine log/>
    }
}

/// What happened that whoever goes on has to know: reactions, how it is to be done, words.
#[component]
fn SoFar(log: Log) -> impl IntoView {
    let i18n = use_i18n();
    let (replica, by_and_when) = (use_replica(), use_by_and_when());
    let is_told = |is: &CareEvent| matches!(is, CareEvent::React(_) | CareEvent::Adjust(_) | CareEvent::Add(_));
    let told = Memo::new(move |_| log.events().into_iter().filter(|happened| is_told(&happened.is)).collect::<Vec<_>>());
    let line = move |happened: Happened| {
        let is_reaction = matches!(happened.is, CareEvent::React(_));
        let words = event_words(i18n, replica, &happened.is);
        view! {
            <li>
                {is_reaction.then(|| view! { <span class="flag is-warn"><Icon is=Lu::TriangleAlert/></span> })}
                <bdi>{words}</bdi>
                " "
                <span class="note"><bdi>{by_and_when(happened.written, true)}</bdi></span>
            </li>
        }
    };

    view! {
        <Show when=move || !told.with(Vec::is_empty)>
            <ul aria-label=td_string!(i18n, room.seen_so_far)>{move || told.get().into_iter().map(line).collect_view()}</ul>
        </Show>
    }
}

//! A copy of her data (PIPL 45): everything the salon has of her on one page, to be printed, and the same for a machine.

use super::copy_for_elsewhere::for_elsewhere;
use super::copy_lines::{
    Lines, allergies, answers, consents, contacts, measurements, particulars, patches, readers, set_aside, slips, treatments,
    uses, visits,
};
use super::file_head::by_on_paper;
use crate::api::{self, Fault, HerData, NoCopy};
use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{Empty, Icon, Lu, NoAnswer, Page, Skeleton, Top, full_day, use_i18n};
use domain::{CustomerId, Written};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_params_map;

type Asked = RwSignal<Option<Result<Result<Box<HerData>, NoCopy>, Fault>>>;

#[component]
pub fn CopyPage() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<CustomerId>().ok())));
    let asked: Asked = RwSignal::new(None);
    let ask = Callback::new(move |()| {
        let Some(id) = id.get_untracked() else { return asked.set(Some(Ok(Err(NoCopy::None)))) };
        asked.set(None);
        spawn_local(async move {
            let answer = api::copy_of(id).await;
            asked.try_set(Some(answer.map(|data| data.map(Box::new))));
        });
    });
    ask.run(());
    let href = move || id.get().map_or_else(|| "/customers".to_owned(), |id| format!("/customers/{id}"));

    view! {
        <Top title=td_string!(i18n, copy.title)/>
        <Page title=td_string!(i18n, copy.window)>
            <div class="page">
                <p class="copy__way-back"><a class="button is-plain" href=href><Icon is=Lu::ChevronLeft/>{td_string!(i18n, copy.back)}</a></p>
                {move || match asked.get() {
                    None => view! { <Skeleton/> }.into_any(),
                    Some(Ok(Ok(data))) => view! { <Copy data=*data/> }.into_any(),
                    Some(Ok(Err(NoCopy::None))) => view! { <Empty icon=Lu::FileText title=td_string!(i18n, copy.none)/> }.into_any(),
                    Some(Ok(Err(NoCopy::TooMany { minutes }))) => {
                        view! { <Empty icon=Lu::FileText title=td_string!(i18n, copy.too_many, minutes = minutes)/> }.into_any()
                    }
                    Some(Err(fault)) => view! { <NoAnswer fault title=td_string!(i18n, copy.no_answer) again=ask/> }.into_any(),
                }}
            </div>
        </Page>
    }
}

#[component]
fn Copy(data: HerData) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let salon = replica.salon().map(|salon| String::from(salon.name.clone())).unwrap_or_default();
    let name = data.file.name().map(|name| name.as_str().to_owned()).unwrap_or_default();
    let made = td_string!(i18n, copy.made, salon = salon.as_str(), day = full_day(i18n, replica.today()));
    let json = serde_json::to_string_pretty(&for_elsewhere(&data, &salon, replica)).unwrap_or_default();
    let HerData { file, readings, waiting } = data;
    let address = format!("data:application/json;charset=utf-8,{}", String::from(js_sys::encode_uri_component(&json)));
    let by = move |written: Written| by_on_paper(i18n, replica, written);
    let sections = [
        (td_string!(i18n, copy.facts), particulars(i18n, &file, &by)),
        (td_string!(i18n, history.title), answers(i18n, &file, &by)),
        (td_string!(i18n, allergies.title), allergies(i18n, &file, &by)),
        (td_string!(i18n, copy.set_aside), set_aside(i18n, &waiting, &by)),
        (td_string!(i18n, file.visit_list), visits(i18n, &file)),
        (
            td_string!(i18n, notes.title),
            file.notes.values().map(|note| (String::new(), note.text.as_str().to_owned(), by(note.written))).collect(),
        ),
        (td_string!(i18n, copy.consents), consents(i18n, &file, &by)),
        (td_string!(i18n, slip.title), slips(i18n, &file, &by)),
        (td_string!(i18n, room.list), treatments(i18n, &file, &by)),
        (td_string!(i18n, measure.trend), measurements(i18n, &file, &by)),
        (td_string!(i18n, care.title), uses(i18n, &file, &by)),
        (td_string!(i18n, patch.list), patches(i18n, &file, &by)),
        (td_string!(i18n, contacts.title), contacts(i18n, &file, &by)),
        (td_string!(i18n, copy.readings), readers(i18n, &readings, &by)),
    ];
    let section = move |(title, lines): (&'static str, Lines)| {
        let line = |(what, said, by): (String, String, String)| {
            view! {
                <div class="fact"><dt class="fact__name"><bdi>{what}</bdi></dt><dd class="fact__value copy__said"><bdi>{said}</bdi></dd><dd class="fact__note"><bdi>{by}</bdi></dd></div>
            }
        };
        (!lines.is_empty()).then(|| {
            view! {
                <section>
                    <div class="section-head"><h2 class="section-head__title">{title}</h2></div>
                    <dl class="fact-list">{lines.into_iter().map(line).collect_view()}</dl>
                </section>
            }
        })
    };
    let print = move |_| {
        let _ = window().print();
    };

    view! {
        <article class="copy">
            <h1 class="copy__name"><bdi>{name}</bdi></h1>
            <p class="note">{made}</p>
            <p class="note copy__acts">{td_string!(i18n, copy.both)}</p>
            <p class="copy__acts">
                <button class="button is-primary" type="button" on:click=print><Icon is=Lu::FileText/>{td_string!(i18n, copy.print)}</button>
                <a class="button" href=address download=format!("xinyan-{}.json", file.id)>{td_string!(i18n, copy.json)}</a>
            </p>
            {sections.map(section).into_iter().collect_view()}
        </article>
    }
}

//! A copy of her data (PIPL 45): everything the salon has of her on one page, to be printed, and the same for a machine.

use super::fact_words::{answer_words, value_words};
use super::file_head::by_and_when;
use super::overview::FACTS;
use crate::api::{self, Fault, HerData};
use crate::consents::consent_words;
use crate::contacts::talk_words;
use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{
    Empty, I18n, Icon, Lu, NoAnswer, Page, Skeleton, Top, clock, day, field_word, full_day, joined, purpose_name, question_name,
    said_word, use_i18n, use_now,
};
use domain::{CustomerFile, CustomerId, HowRead, Purpose, Question, Reading, Shown, Written};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_params_map;

type Asked = RwSignal<Option<Result<Option<Box<HerData>>, Fault>>>;

#[component]
pub fn CopyPage() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<CustomerId>().ok())));
    let asked: Asked = RwSignal::new(None);
    let ask = Callback::new(move |()| {
        let Some(id) = id.get_untracked() else { return asked.set(Some(Ok(None))) };
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
                    Some(Ok(Some(data))) => view! { <Copy data=*data/> }.into_any(),
                    Some(Ok(None)) => view! { <Empty icon=Lu::FileText title=td_string!(i18n, copy.none)/> }.into_any(),
                    Some(Err(fault)) => view! { <NoAnswer fault title=td_string!(i18n, copy.no_answer) again=ask/> }.into_any(),
                }}
            </div>
        </Page>
    }
}

/// A heading, and below it lines of what, who and when.
type Lines = Vec<(String, String, String)>;

#[component]
fn Copy(data: HerData) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let now = use_now();
    let salon = replica.salon().map(|salon| String::from(salon.name.clone())).unwrap_or_default();
    let name = data.file.name().map(|name| name.as_str().to_owned()).unwrap_or_default();
    let made = td_string!(i18n, copy.made, salon = salon, day = full_day(i18n, replica.today()));
    let json = serde_json::to_string_pretty(&data).unwrap_or_default();
    let HerData { file, readings } = data;
    let address = format!("data:application/json;charset=utf-8,{}", String::from(js_sys::encode_uri_component(&json)));
    let by = move |written: Written| by_and_when(i18n, replica, written, now.get_untracked(), true);
    let sections = [
        (td_string!(i18n, file.facts), particulars(i18n, &file, &by)),
        (td_string!(i18n, history.title), answers(i18n, &file, &by)),
        (td_string!(i18n, allergies.title), allergies(i18n, &file, &by)),
        (td_string!(i18n, file.visit_list), visits(i18n, &file)),
        (
            td_string!(i18n, notes.title),
            file.notes.values().map(|note| (String::new(), note.text.as_str().to_owned(), by(note.written))).collect(),
        ),
        (td_string!(i18n, consents.title), consents(i18n, &file, &by)),
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

fn particulars(i18n: I18n, file: &CustomerFile, by: &impl Fn(Written) -> String) -> Lines {
    let replica = use_replica();
    let line = |field| match file.profile.field(field) {
        Some(Shown::Known(held)) if !held.value.is_empty() => {
            Some((field_word(i18n, field).to_owned(), value_words(i18n, replica, &held.value), by(held.written)))
        }
        _ => None,
    };
    FACTS.iter().filter_map(|field| line(*field)).collect()
}

fn answers(i18n: I18n, file: &CustomerFile, by: &impl Fn(Written) -> String) -> Lines {
    let replica = use_replica();
    let line = |question| {
        let field = file.answers.get(&question)?;
        let said = joined(i18n, [said_word(i18n, field.value.said), &answer_words(i18n, replica, &field.value)]);
        Some((question_name(i18n, question).to_owned(), said, by(field.written)))
    };
    Question::ALL.into_iter().filter_map(line).collect()
}

fn allergies(i18n: I18n, file: &CustomerFile, by: &impl Fn(Written) -> String) -> Lines {
    let remark = |allergy: &domain::Allergy| allergy.remark.as_ref().map(|remark| remark.as_str().to_owned()).unwrap_or_default();
    let active =
        file.allergies.active().map(|(_, allergy)| (allergy.what.as_str().to_owned(), remark(allergy), by(allergy.written)));
    let resolved = file.allergies.resolved().map(|(allergy, resolution)| {
        let why = td_string!(i18n, copy.resolved, why = resolution.reason.as_str());
        (allergy.what.as_str().to_owned(), joined(i18n, [remark(allergy).as_str(), why.as_str()]), by(resolution.written))
    });
    active.chain(resolved).collect()
}

fn readers(i18n: I18n, readings: &[Reading], by: &impl Fn(Written) -> String) -> Lines {
    let how = |how| match how {
        HowRead::Opened | HowRead::Shown => td_string!(i18n, copy.opened),
        HowRead::Copied => td_string!(i18n, copy.copied),
    };
    let written = |reading: &Reading| Written { by: reading.by, at: reading.at, is_clock_off: reading.is_clock_off };
    readings.iter().map(|reading| (how(reading.how).to_owned(), String::new(), by(written(reading)))).collect()
}

/// With all that she said before, oldest first: a copy that left a withdrawal out would say too little.
fn consents(i18n: I18n, file: &CustomerFile, by: &impl Fn(Written) -> String) -> Lines {
    let of = |purpose: &Purpose| {
        let field = file.consents.get(purpose);
        let past = field.into_iter().flat_map(|field| field.past.iter().map(|past| (&past.value, past.written)));
        past.chain(field.map(|field| (&field.value, field.written))).collect::<Vec<_>>()
    };
    let line = |purpose: Purpose| {
        let words = move |(consent, written): (&domain::Consent, Written)| {
            (purpose_name(i18n, purpose).to_owned(), consent_words(i18n, consent), by(written))
        };
        of(&purpose).into_iter().map(words).collect::<Lines>()
    };
    Purpose::ALL.into_iter().flat_map(line).collect()
}

fn contacts(i18n: I18n, file: &CustomerFile, by: &impl Fn(Written) -> String) -> Lines {
    let line = |contact: &domain::Contact| {
        let text = contact.talk.text.as_ref().map(|text| text.as_str()).unwrap_or_default();
        let despite = if contact.is_despite(file) { td_string!(i18n, contacts.despite) } else { "" };
        let said = joined(i18n, [talk_words(i18n, &contact.talk).as_str(), despite, text]);
        (String::new(), said, by(contact.written))
    };
    file.contacts.values().map(line).collect()
}

fn visits(i18n: I18n, file: &CustomerFile) -> Lines {
    let replica = use_replica();
    let (salon, today) = (replica.salon(), replica.today());
    let mut visits: Vec<_> = file.visits.values().collect();
    visits.sort_by_key(|visit| (visit.on, visit.at));
    let line = |visit: &domain::Visit| {
        let service = visit.service.zip(salon.as_ref()).and_then(|(id, salon)| salon.services.get(&id));
        let who = salon.as_ref().and_then(|salon| salon.person(visit.beautician));
        let what = service.map(|service| service.name.as_str()).unwrap_or_default();
        let time = visit.at.map(clock).unwrap_or_default();
        let who = who.map(|person| person.name.as_str()).unwrap_or_default();
        (day(i18n, visit.on, today), joined(i18n, [time.as_str(), what, who]), String::new())
    };
    visits.into_iter().map(line).collect()
}

//! The slip on paper: the course and the home care, what it should do and may do, and a line for her name.

use super::{course_words, home_words};
use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{Empty, Icon, Lu, Page, Top, full_day, use_i18n};
use domain::{CustomerId, PrescriptionId};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn SlipPage() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let ids = params.with_untracked(|params| {
        Some((params.get("id")?.parse::<CustomerId>().ok()?, params.get("slip")?.parse::<PrescriptionId>().ok()?))
    });

    view! {
        <Top title=td_string!(i18n, slip.paper)/>
        <Page title=td_string!(i18n, slip.paper)>
            {match ids {
                Some((customer, slip)) => view! { <Paper customer slip/> }.into_any(),
                None => view! { <Empty icon=Lu::FileText title=td_string!(i18n, app.nowhere)/> }.into_any(),
            }}
        </Page>
    }
}

#[component]
fn Paper(customer: CustomerId, slip: PrescriptionId) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let file = replica.file(customer);
    let print = move |_| {
        let _ = window().print();
    };
    let paper = move || {
        let (FileView::Here(row), Some(salon)) = (file.get(), replica.salon()) else { return None };
        let prescribed = row.file.prescriptions.get(&slip)?.clone();
        let name = row.file.name().map(|name| name.as_str().to_owned()).unwrap_or_default();
        let on = full_day(i18n, salon.settings.offset.day(prescribed.written.at));
        let by = salon.person(prescribed.written.by).map(|person| person.name.as_str().to_owned()).unwrap_or_default();
        let is = prescribed.is;
        let part = |title: &'static str, lines: Vec<String>| {
            (!lines.is_empty()).then(|| {
                view! {
                    <section>
                        <div class="section-head"><h2 class="section-head__title">{title}</h2></div>
                        <ul class="care-note-list">{lines.into_iter().map(|line| view! { <li class="care-note"><bdi>{line}</bdi></li> }).collect_view()}</ul>
                    </section>
                }
            })
        };
        let course = is.course.iter().map(|line| course_words(i18n, replica, line)).collect();
        let home = is.home.iter().map(|line| home_words(i18n, replica, line)).collect();
        Some(view! {
            <article class="copy">
                <h1 class="copy__name"><bdi>{name}</bdi></h1>
                <p class="note"><bdi>{td_string!(i18n, slip.made, salon = salon.name.as_str(), by = by, day = on)}</bdi></p>
                <p class="copy__acts">
                    <button class="button is-primary" type="button" on:click=print><Icon is=Lu::FileText/>{td_string!(i18n, slip.print)}</button>
                    <a class="button" href=format!("/customers/{customer}/plan")>{td_string!(i18n, copy.back)}</a>
                </p>
                {part(td_string!(i18n, slip.course), course)}
                {part(td_string!(i18n, slip.home), home)}
                {part(td_string!(i18n, slip.expected), vec![is.expected.as_str().to_owned()])}
                {part(td_string!(i18n, slip.risks), vec![is.risks.as_str().to_owned()])}
                <p class="slip__sign">{td_string!(i18n, slip.sign)}</p>
            </article>
        })
    };

    view! { <div class="page">{paper}</div> }
}

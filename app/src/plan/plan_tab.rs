//! The slips of one customer, the latest first.

use super::{course_words, home_words, slip_dialog::SlipDialog, slip_href};
use crate::care::VerdictLines;
use crate::customer_files::use_by_and_when;
use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{Empty, Icon, Lu, Show, how_given_word, use_i18n};
use domain::{Action, CustomerId, Judgement, Prescribed, Prescription, PrescriptionId, Text, Verdict};
use leptos::prelude::*;

#[component]
pub fn PlanTab(id: CustomerId, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let is_open = RwSignal::new(false);
    let slips = Memo::new(move |_| match file.get() {
        FileView::Here(row) => row.file.prescriptions.iter().rev().map(|(id, slip)| (*id, slip.clone())).collect::<Vec<_>>(),
        FileView::NotHere => Vec::new(),
    });
    let may = Memo::new(move |_| probe(id).is_some_and(|probe| replica.may(&probe)));

    view! {
        <div class="customer-file__body is-single">
            <section class="customer-file__main">
                <div class="section-head">
                    <h2 class="section-head__title">{td_string!(i18n, slip.title)}</h2>
                    <Show when=move || may.get()>
                        <button class="button is-primary section-head__act" type="button" on:click=move |_| is_open.set(true)>
                            <Icon is=Lu::Plus/>
                            {td_string!(i18n, slip.write)}
                        </button>
                    </Show>
                </div>
                <ul class="care-note-list" aria-label=td_string!(i18n, slip.title)>
                    {move || slips.get().into_iter().map(|(slip, prescribed)| view! { <Slip customer=id slip prescribed/> }).collect_view()}
                </ul>
                <Show when=move || slips.with(Vec::is_empty)>
                    <Empty icon=Lu::FileText title=td_string!(i18n, slip.none) text=td_string!(i18n, slip.none_todo)/>
                </Show>
                <Show when=move || is_open.get()><SlipDialog id file is_open/></Show>
            </section>
        </div>
    }
}

/// What stands for a slip where only the right to one is asked.
fn probe(customer: CustomerId) -> Option<Action> {
    let words = Text::new("?").ok()?;
    let is = Prescription { course: Vec::new(), home: Vec::new(), expected: words.clone(), risks: words, agreed: None };
    Some(Action::Prescribe { customer, prescription: PrescriptionId::new(uuid::Uuid::nil()), is: Box::new(is) })
}

#[component]
fn Slip(customer: CustomerId, slip: PrescriptionId, prescribed: Prescribed) -> impl IntoView {
    let i18n = use_i18n();
    let (replica, by_and_when) = (use_replica(), use_by_and_when());
    let is = prescribed.is;
    let course = is.course.iter().map(|line| (course_words(i18n, replica, line), line.judged.clone()));
    let home = is.home.iter().map(|line| (home_words(i18n, replica, line), line.judged.clone()));
    let line = |(words, judgement): (String, Judgement)| {
        let told = judgement.verdict != Verdict::Allow;
        view! { <p><bdi>{words}</bdi></p> {told.then(|| view! { <VerdictLines judgement/> })} }
    };
    let agreed = match is.agreed {
        Some(how) => view! { <span class="flag is-good"><Icon is=Lu::CircleCheck/>{td_string!(i18n, slip.agreed_by, how = how_given_word(i18n, how))}</span> }.into_any(),
        None => view! { <span class="flag is-ask"><Icon is=Lu::CircleDashed/>{td_string!(i18n, slip.not_agreed)}</span> }.into_any(),
    };

    view! {
        <li class="care-note">
            <header class="care-note__head">
                <span><bdi>{by_and_when(prescribed.written, true)}</bdi></span>
                {agreed}
            </header>
            {course.chain(home).map(line).collect_view()}
            <p class="note"><bdi>{td_string!(i18n, slip.expected_is, what = is.expected.as_str())}</bdi></p>
            <p class="note"><bdi>{td_string!(i18n, slip.risks_are, what = is.risks.as_str())}</bdi></p>
            <p><a class="button" href=slip_href(customer, slip)><Icon is=Lu::FileText/>{td_string!(i18n, slip.print)}</a></p>
        </li>
    }
}

//! Two files side by side, before anybody says that they are one person's.

use super::fact_words::{answer_words, value_words};
use crate::i18n::td_string;
use crate::replica::{FileView, Replica, use_replica};
use crate::ui::{
    Check, I18n, Icon, Lu, Notice, Show, Tone, field_word, full_day, joined, listed, question_name, said_word, use_i18n,
};
use domain::{Answer, CustomerFile, CustomerId, ProfileField as F, ProfileValue, Question, Shown};
use leptos::prelude::*;

/// What tells people apart.
const COMPARED: [F; 7] = [F::Name, F::Phone, F::Birthday, F::Gender, F::Card, F::Consultant, F::FirstVisit];
/// One person has one of each: where both differ, they are likely two.
const TELLING: [F; 2] = [F::Phone, F::Birthday];

#[derive(Clone, PartialEq)]
struct Row {
    name: &'static str,
    here: Option<String>,
    there: Option<String>,
}

impl Row {
    fn differs(&self) -> bool {
        self.here.is_some() && self.there.is_some() && self.here != self.there
    }
}

#[component]
pub fn CompareFiles(
    file: Memo<FileView>,
    other: CustomerId,
    has_asked: RwSignal<bool>,
    must_ask: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let there = replica.file(other);
    Effect::new(move |_| {
        if there.with(|there| matches!(there, FileView::Here(_))) {
            replica.note_opened(other);
        }
    });
    let both = Memo::new(move |_| match (file.get(), there.get()) {
        (FileView::Here(here), FileView::Here(there)) => Some((here, there)),
        _ => None,
    });
    let rows = Memo::new(move |_| {
        let (here, there) = both.get()?;
        let facts = COMPARED.into_iter().filter_map(|field| row(i18n, replica, field, &here.file, &there.file));
        let known = [
            known(td_string!(i18n, allergies.title), [&here.file, &there.file], |file| {
                listed(i18n, file.allergies.active().map(|(_, allergy)| allergy.what.as_str()))
            }),
            known(question_name(i18n, Question::Medication), [&here.file, &there.file], |file| {
                file.answers.get(&Question::Medication).map(|field| answered(i18n, replica, &field.value)).unwrap_or_default()
            }),
            known(td_string!(i18n, file.visit_list), [&here.file, &there.file], |file| {
                file.latest_day().map(|day| full_day(i18n, day)).unwrap_or_default()
            }),
        ];
        Some(facts.chain(known.into_iter().flatten()).collect::<Vec<_>>())
    });
    let warned = Memo::new(move |_| {
        let names = TELLING.map(|field| field_word(i18n, field));
        let differing = rows.get().unwrap_or_default().into_iter().filter(Row::differs).map(|row| row.name);
        differing.filter(|name| names.contains(name)).collect::<Vec<_>>()
    });
    Effect::new(move |_| must_ask.set(warned.with(|warned| !warned.is_empty())));
    let line = move |row: Row| {
        let said = |said: &Option<String>| said.clone().unwrap_or_else(|| td_string!(i18n, file.not_written).to_owned());
        let (here, there, differs) = (said(&row.here), said(&row.there), row.differs());
        view! {
            <tr class:is-different=differs>
                <th scope="row">{row.name}</th>
                <td><bdi>{here}</bdi></td>
                <td>
                    <bdi>{there}</bdi>
                    {differs.then(|| view! { <span class="flag is-warn"><Icon is=Lu::TriangleAlert/>{td_string!(i18n, join.differs)}</span> })}
                </td>
            </tr>
        }
    };

    view! {
        <Show
            when=move || rows.with(Option::is_some)
            fallback=move || view! { <p class="note">{td_string!(i18n, join.not_here)}</p> }
        >
            <Show when=move || must_ask.get()>
                <Notice
                    tone=Tone::Warn
                    title=td_string!(i18n, join.are_two)
                    text=move || td_string!(i18n, join.are_two_said, what = listed(i18n, warned.get().into_iter()))
                />
                <Check label=td_string!(i18n, join.has_asked) is_on=has_asked/>
            </Show>
            <table class="compare">
                <thead>
                    <tr>
                        <td></td>
                        <th scope="col">{td_string!(i18n, join.this_one)}</th>
                        <th scope="col">{td_string!(i18n, join.that_one)}</th>
                    </tr>
                </thead>
                <tbody>{move || rows.get().unwrap_or_default().into_iter().map(line).collect_view()}</tbody>
            </table>
        </Show>
    }
}

fn answered(i18n: I18n, replica: Replica, answer: &Answer) -> String {
    joined(i18n, [said_word(i18n, answer.said), answer_words(i18n, replica, answer).as_str()])
}

/// What the strip will say of both together.
fn known(name: &'static str, files: [&CustomerFile; 2], words: impl Fn(&CustomerFile) -> String) -> Option<Row> {
    let [here, there] = files.map(|file| Some(words(file)).filter(|words| !words.is_empty()));
    (here.is_some() || there.is_some()).then_some(Row { name, here, there })
}

/// `None` where nothing is known in either, or must not be read.
fn row(i18n: I18n, replica: Replica, field: F, here: &CustomerFile, there: &CustomerFile) -> Option<Row> {
    let value = |file: &CustomerFile| match file.profile.field(field) {
        Some(Shown::Known(held)) if replica.may_read(field) && !held.value.is_empty() => Some(held.value.clone()),
        Some(Shown::Known(_) | Shown::Withheld) | None => None,
    };
    let words = |value: Option<ProfileValue>| value.map(|value| value_words(i18n, replica, &value));
    let row = Row { name: field_word(i18n, field), here: words(value(here)), there: words(value(there)) };
    (row.here.is_some() || row.there.is_some()).then_some(row)
}

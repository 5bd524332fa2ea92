//! One service of a slip while it is being written: where, how often, with what; the gate answers at once.

use crate::care::VerdictLines;
use crate::i18n::td_string;
use crate::replica::{FileView, Replica, use_replica};
use crate::ui::{Choice, SelectField, TextField, Toggles, use_i18n, zone_word};
use domain::{CourseLine, Judgement, ProductId, ServiceId, StartOf, Zone, judge_course};
use leptos::prelude::*;
use std::collections::BTreeSet;

#[derive(Clone, Copy)]
pub struct CourseForm {
    file: Memo<FileView>,
    service: RwSignal<String>,
    zones: RwSignal<BTreeSet<Zone>>,
    times: RwSignal<String>,
    every: RwSignal<String>,
    products: RwSignal<BTreeSet<ProductId>>,
}

impl CourseForm {
    pub fn blank(file: Memo<FileView>) -> Self {
        let text = |typed: &str| RwSignal::new(typed.to_owned());
        let (zones, products) = (RwSignal::default(), RwSignal::default());
        Self { file, service: text(""), zones, times: text("10"), every: text("7"), products }
    }

    fn judged(self, replica: Replica) -> Option<Judgement> {
        let (salon, FileView::Here(row)) = (replica.salon()?, self.file.get()) else { return None };
        let is = StartOf { service: Some(self.service.get().parse::<ServiceId>().ok()?), zones: self.zones.get() };
        Some(judge_course(&salon, &row.file, &is, &self.products.get(), replica.today()))
    }

    /// `None` where something in it can't stand.
    pub fn read(self, replica: Replica) -> Option<CourseLine> {
        let number = |typed: RwSignal<String>, most: u8| {
            typed.get().trim().parse::<u8>().ok().filter(|number| (1..=most).contains(number))
        };
        Some(CourseLine {
            service: self.service.get().parse().ok()?,
            zones: self.zones.get(),
            times: number(self.times, 99)?,
            every_days: number(self.every, 90)?,
            products: self.products.get(),
            judged: self.judged(replica)?,
        })
    }
}

pub fn course_row(form: CourseForm) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let salon = untrack(|| replica.salon());
    let mut services: Vec<(String, String)> = salon
        .iter()
        .flat_map(|salon| &salon.services)
        .map(|(id, service)| (id.to_string(), service.name.as_str().to_owned()))
        .collect();
    services.sort_by(|a, b| a.1.cmp(&b.1));
    let none = (String::new(), td_string!(i18n, form.none_chosen).to_owned());
    let services = Signal::stored(std::iter::once(none).chain(services).collect::<Vec<_>>());
    let zones = Zone::ALL.map(|is| Choice { is, word: zone_word(i18n, is).to_owned() }).to_vec();
    let mut products: Vec<Choice<ProductId>> = salon
        .iter()
        .flat_map(|salon| &salon.products)
        .map(|(is, product)| Choice { is: *is, word: product.name.as_str().to_owned() })
        .collect();
    products.sort_by(|a, b| a.word.cmp(&b.word));
    // Where a service is usually done is where it will be, unless somebody says otherwise.
    Effect::new(move |_| {
        let usual =
            form.service.get().parse::<ServiceId>().ok().and_then(|id| Some(replica.salon()?.services.get(&id)?.zones.clone()));
        form.zones.set(usual.unwrap_or_default());
    });

    view! {
        <SelectField label=td_string!(i18n, visit.service) value=form.service options=services width=""/>
        <Toggles label=td_string!(i18n, plan.zones) chosen=form.zones choices=zones/>
        <div class="field-pair">
            <TextField label=td_string!(i18n, slip.times) value=form.times inputmode="numeric" width="is-short"/>
            <TextField label=td_string!(i18n, slip.every) hint=td_string!(i18n, slip.every_hint) value=form.every inputmode="numeric" width="is-short"/>
        </div>
        <Toggles label=td_string!(i18n, slip.products) chosen=form.products choices=products/>
        {move || form.judged(replica).map(|judgement| view! { <VerdictLines judgement/> })}
    }
}

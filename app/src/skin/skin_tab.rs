//! What was measured of her skin: one line over time, as a drawing and as a table, and the pairs of each treatment.

use super::chart::{Chart, Point};
use super::measure_dialog::MeasureDialog;
use super::pairs::PairOf;
use super::table::Table;
use crate::api;
use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{Choice, Choices, Empty, Icon, Lu, Show, use_i18n, zone_word};
use domain::{Action, CustomerId, MeasurementId, Name, Taken, Zone, pairs};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::{BTreeMap, BTreeSet};

#[component]
pub fn SkinTab(id: CustomerId, file: Memo<FileView>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let is_open = RwSignal::new(false);
    let fetched = RwSignal::new(BTreeMap::<MeasurementId, Taken>::new());
    let all = Memo::new(move |_| {
        let mut all = fetched.get();
        if let FileView::Here(row) = file.get() {
            all.extend(row.file.measurements.clone());
        }
        all
    });
    let zones = Memo::new(move |_| all.with(|all| all.values().map(|taken| taken.is.zone).collect::<BTreeSet<_>>()));
    let names = Memo::new(move |_| {
        all.with(|all| all.values().flat_map(|taken| taken.is.values.keys().cloned()).collect::<BTreeSet<_>>())
    });
    let (zone, name) = (RwSignal::new(None::<Zone>), RwSignal::new(None::<Name>));
    // What was measured last is what is asked about first.
    let chosen_zone = Memo::new(move |_| {
        let last = || all.with(|all| all.values().next_back().map(|taken| taken.is.zone));
        zone.get().filter(|zone| zones.with(|zones| zones.contains(zone))).or_else(last)
    });
    let chosen_name = Memo::new(move |_| name.get().or_else(|| names.with(|names| names.first().cloned())));
    let may = Memo::new(move |_| replica.may(&Action::LookAtSkin { customer: id, findings: Vec::new() }));
    let zone_choices =
        Signal::derive(move || zones.get().into_iter().map(|is| Choice { is, word: zone_word(i18n, is).to_owned() }).collect());
    let name_choices =
        Signal::derive(move || names.get().into_iter().map(|is| Choice { word: is.as_str().to_owned(), is }).collect());
    let shown = Memo::new(move |_| {
        let (Some(zone), Some(name)) = (chosen_zone.get(), chosen_name.get()) else { return Vec::new() };
        let is_shown = |taken: &&Taken| taken.is.zone == zone && taken.is.values.contains_key(&name);
        all.with(|all| all.values().filter(is_shown).cloned().collect::<Vec<_>>())
    });
    let trend = move || {
        let name = chosen_name.get()?;
        let taken = shown.get();
        let (offset, today) = (replica.salon()?.settings.offset, replica.today());
        let points = points(&taken, &name, |taken| offset.day(taken.written.at));
        let instrument = taken.last().and_then(|taken| replica.salon()?.instruments.get(&taken.is.instrument).cloned());
        let recovered = instrument.and_then(|instrument| instrument.parameter(&name)?.recovered);
        Some(view! {
            <Chart points name=String::from(name.clone()) today recovered/>
            <Table taken name/>
        })
    };
    let pairs = move || {
        all.with(|all| {
            let pairs = pairs(all.values().map(|taken| &taken.is)).into_iter().rev();
            pairs.map(|(before, after)| view! { <PairOf before=before.clone() after=after.clone()/> }).collect_view()
        })
    };

    view! {
        <div class="customer-file__body is-single">
            <section class="customer-file__main">
                <div class="section-head">
                    <h2 class="section-head__title">{td_string!(i18n, measure.trend)}</h2>
                    <Show when=move || may.get()>
                        <button class="button is-primary section-head__act" type="button" on:click=move |_| is_open.set(true)>
                            <Icon is=Lu::Plus/>
                            {td_string!(i18n, measure.add)}
                        </button>
                    </Show>
                </div>
                <Show when=move || all.with(BTreeMap::is_empty)>
                    <Empty icon=Lu::FileText title=td_string!(i18n, measure.none) text=td_string!(i18n, measure.none_todo)/>
                </Show>
                <Show when=move || !all.with(BTreeMap::is_empty)>
                    <Choices label=td_string!(i18n, measure.zone) chosen=chosen_zone on_choose=move |is| zone.set(Some(is)) choices=zone_choices/>
                    <Choices label=td_string!(i18n, measure.parameter) chosen=chosen_name on_choose=move |is| name.set(Some(is)) choices=name_choices/>
                    {trend}
                    <h2 class="section-head__title">{td_string!(i18n, measure.pairs)}</h2>
                    {pairs}
                </Show>
                <Older id file fetched/>
                <Show when=move || is_open.get()><MeasureDialog id is_open/></Show>
            </section>
        </div>
    }
}

/// Joined are those between which nothing but her skin differs.
fn points(taken: &[Taken], name: &Name, day: impl Fn(&Taken) -> chrono::NaiveDate) -> Vec<Point> {
    let mut series: Vec<&Taken> = Vec::new();
    let mut points = Vec::new();
    for taken in taken {
        let Some(read) = taken.is.values.get(name) else { continue };
        let known = series.iter().position(|first| first.is.compares_with(&taken.is).is_ok());
        let number = known.unwrap_or_else(|| {
            series.push(taken);
            series.len() - 1
        });
        points.push(Point { on: day(taken), at: taken.written.at.0, value: read.value, series: number });
    }
    points.sort_by_key(|point| point.at);
    points
}

/// What only the salon holds.
#[component]
fn Older(id: CustomerId, file: Memo<FileView>, fetched: RwSignal<BTreeMap<MeasurementId, Taken>>) -> impl IntoView {
    let i18n = use_i18n();
    let is_failed = RwSignal::new(false);
    let has_more = move || matches!(file.get(), FileView::Here(row) if row.older_care > 0) && fetched.with(BTreeMap::is_empty);
    let fetch = move |_| {
        spawn_local(async move {
            match api::care_of(id).await {
                Ok(Some(care)) => fetched.set(care.measurements),
                Ok(None) | Err(_) => is_failed.set(true),
            }
        });
    };

    view! {
        <Show when=has_more>
            <p><button class="button" type="button" on:click=fetch>{td_string!(i18n, measure.older)}</button></p>
            <Show when=move || is_failed.get()><p class="note">{td_string!(i18n, measure.older_failed)}</p></Show>
        </Show>
    }
}

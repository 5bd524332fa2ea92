//! Writing down what the instrument shows. What it can't show is asked about once, and both readings are kept.

use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{
    Choice, Choices, Dialog, Icon, Lu, RecordFoot, SaveLine, SelectField, Show, TextField, use_i18n, use_save, zone_word,
};
use domain::{
    Action, CustomerId, Instrument, InstrumentId, Measurement, MeasurementId, Name, Parameter, Read, Side, Tenths, TreatmentId,
    Zone, read_tenths, tenths_words,
};
use leptos::prelude::*;
use std::collections::BTreeMap;

#[component]
pub fn MeasureDialog(
    id: CustomerId,
    is_open: RwSignal<bool>,
    #[prop(optional)] during: Option<(TreatmentId, Side)>,
    /// As it was measured before: the same zone on the same instrument.
    #[prop(optional)]
    like: Option<(InstrumentId, Zone)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (replica, save) = (use_replica(), use_save());
    let all = replica.salon().map(|salon| salon.instruments.clone()).unwrap_or_default();
    let only = (all.len() == 1).then(|| all.keys().next().copied()).flatten();
    let which = like.map(|(instrument, _)| instrument).or(only).map(|id| id.to_string()).unwrap_or_default();
    let instrument = RwSignal::new(which);
    let zone = RwSignal::new(like.map(|(_, zone)| zone));
    let minutes = RwSignal::new(String::new());
    let values = Values { typed: RwSignal::new(BTreeMap::new()), asked: RwSignal::new(BTreeMap::new()) };
    let is_tried = RwSignal::new(false);
    let chosen = Memo::new(move |_| -> Option<(InstrumentId, Instrument)> {
        let id = instrument.get().parse::<InstrumentId>().ok()?;
        Some((id, replica.salon()?.instruments.get(&id)?.clone()))
    });
    let since = move || match minutes.get().trim() {
        "" => Some(None),
        typed => typed.parse::<u16>().ok().filter(|minutes| *minutes <= 600).map(Some),
    };
    let missing = move |is_told: bool| (is_tried.get() && !is_told).then(|| td_string!(i18n, form.choose_one).to_owned());
    let minutes_wrong =
        Signal::derive(move || (is_tried.get() && since().is_none()).then(|| td_string!(i18n, measure.bad_minutes).to_owned()));
    let has_none =
        move || is_tried.get() && chosen.get().is_some_and(|(_, one)| values.read(&one).is_ok_and(|read| read.is_empty()));
    let submit = move || {
        is_tried.set(true);
        let (Some((instrument, shown)), Some(zone), Some(since_cleansing)) = untrack(|| (chosen.get(), zone.get(), since()))
        else {
            return;
        };
        let Ok(read) = untrack(|| values.read(&shown)) else { return };
        if read.is_empty() || values.ask(&shown, &read) {
            return;
        }
        let is = Box::new(Measurement { instrument, zone, since_cleansing, values: read, during });
        let measurement = MeasurementId::new(replica.new_uuid());
        save.commit(Action::Measure { customer: id, measurement, is }, move || is_open.set(false));
    };
    let instruments = Signal::stored({
        let none = (String::new(), td_string!(i18n, form.none_chosen).to_owned());
        std::iter::once(none).chain(all.into_iter().map(|(id, one)| (id.to_string(), String::from(one.name)))).collect::<Vec<_>>()
    });
    let zones = Signal::stored(Zone::ALL.map(|is| Choice { is, word: zone_word(i18n, is).to_owned() }).to_vec());
    let lines = move || {
        let lines = chosen.get().map(|(_, one)| one.parameters).unwrap_or_default();
        lines.into_iter().map(|line| view! { <Value line values is_tried/> }).collect_view()
    };

    view! {
        <Dialog title=td_string!(i18n, measure.title) on_close=move |()| is_open.set(false) on_submit=move |()| submit()>
            <div class="dialog__body">
                <SelectField
                    label=td_string!(i18n, measure.instrument)
                    value=instrument
                    options=instruments
                    width=""
                    wrong=Signal::derive(move || missing(chosen.get().is_some()))
                />
                <Choices
                    label=td_string!(i18n, measure.zone)
                    chosen=zone
                    on_choose=move |is| zone.set(Some(is))
                    choices=zones
                    wrong=Signal::derive(move || missing(zone.get().is_some()))
                />
                <TextField
                    label=td_string!(i18n, measure.since)
                    mark=td_string!(i18n, form.may_be_empty)
                    hint=td_string!(i18n, measure.since_hint)
                    value=minutes
                    inputmode="numeric"
                    width="is-short"
                    unit=td_string!(i18n, measure.minutes)
                    wrong=minutes_wrong
                />
                <div class="field-pair">{lines}</div>
                <Show when=has_none>
                    <p class="field__error" role="alert"><Icon is=Lu::CircleAlert/>{td_string!(i18n, measure.nothing)}</p>
                </Show>
                <SaveLine save/>
            </div>
            <RecordFoot save said=td_string!(i18n, contacts.only_added) icon=Lu::Check word=td_string!(i18n, care.keep)/>
        </Dialog>
    }
}

/// What is typed for each line, and what was asked about: whether the instrument really showed that.
#[derive(Clone, Copy)]
struct Values {
    typed: RwSignal<BTreeMap<Name, String>>,
    asked: RwSignal<BTreeMap<Name, Tenths>>,
}

impl Values {
    /// The lines that somebody has filled in; `Err` where one is no number.
    fn read(self, shown: &Instrument) -> Result<BTreeMap<Name, Read>, ()> {
        let (typed, asked) = (self.typed.get(), self.asked.get());
        let mut read = BTreeMap::new();
        for line in &shown.parameters {
            let words = typed.get(&line.name).map(|typed| typed.trim()).unwrap_or_default();
            if words.is_empty() {
                continue;
            }
            let value = read_tenths(words).ok_or(())?;
            let first = asked.get(&line.name).copied().filter(|first| *first != value);
            read.insert(line.name.clone(), Read { value, first });
        }
        Ok(read)
    }

    /// Whether something has to be asked first: a value that it can't show, and that nobody was asked about.
    fn ask(self, shown: &Instrument, read: &BTreeMap<Name, Read>) -> bool {
        let can_show = |name: &Name, value| shown.parameter(name).is_none_or(|line| line.has(value));
        let known = self.asked.get_untracked();
        let is_new = |(name, read): &(&Name, &Read)| !can_show(name, read.value) && !known.contains_key(*name);
        let new: Vec<(Name, Tenths)> = read.iter().filter(is_new).map(|(name, read)| (name.clone(), read.value)).collect();
        let must_ask = !new.is_empty();
        self.asked.update(|asked| asked.extend(new));
        must_ask
    }
}

#[component]
fn Value(line: Parameter, values: Values, is_tried: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let name = StoredValue::new(line.name.clone());
    let label = String::from(line.name.clone());
    let unit = line.unit.clone().map(String::from).unwrap_or_default();
    let shown =
        Signal::derive(move || values.typed.with(|typed| name.with_value(|name| typed.get(name).cloned().unwrap_or_default())));
    let typed = crate::ui::Typed {
        shown,
        on_input: Callback::new(move |words: String| values.typed.update(|typed| drop(typed.insert(name.get_value(), words)))),
    };
    let (least, most) = (tenths_words(line.range.0), tenths_words(line.range.1));
    let wrong = Signal::derive(move || {
        let words = shown.get();
        let value = read_tenths(&words);
        let is_asked = values.asked.with(|asked| name.with_value(|name| asked.contains_key(name)));
        match value {
            None if is_tried.get() && !words.trim().is_empty() => Some(td_string!(i18n, measure.no_number).to_owned()),
            Some(value) if is_asked && !line.has(value) => {
                Some(td_string!(i18n, measure.out_of_range, least = least.as_str(), most = most.as_str(), value = words.trim()))
            }
            _ => None,
        }
    });

    view! { <TextField label value=typed unit inputmode="decimal" width="is-short" wrong/> }
}

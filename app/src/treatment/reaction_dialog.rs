//! Her skin answers, or she does not feel well: what to do at once stands first, and what was done is ticked (M6-17, M6-22).

use super::log::Log;
use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{
    Choice, Choices, Dialog, LongField, Lu, RecordFoot, SaveLine, Toggles, class_word, emergency_word, outcome_word, use_i18n,
    zone_word,
};
use domain::{CareEvent, Emergency, ProductClass, Reacted, ReactionOutcome, Text, Zone};
use leptos::prelude::*;
use std::collections::BTreeSet;

#[component]
pub fn ReactionDialog(log: Log, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let log = log.fresh();
    let replica = use_replica();
    let outcome = RwSignal::new(None::<ReactionOutcome>);
    let zone = RwSignal::new(None::<Zone>);
    let done = RwSignal::new(BTreeSet::<Emergency>::new());
    let text = RwSignal::new(String::new());
    let is_tried = RwSignal::new(false);
    // What was on her skin in this treatment is what it may come from.
    let used: BTreeSet<ProductClass> = match (log.file.get_untracked(), replica.salon()) {
        (FileView::Here(row), Some(salon)) => {
            let here = row.file.uses.values().filter(|used| used.is.during == Some(log.treatment));
            here.filter_map(|used| Some(salon.products.get(&used.is.product)?.class)).collect()
        }
        _ => BTreeSet::new(),
    };
    let classes = RwSignal::new(used);
    let outcome_wrong =
        Signal::derive(move || (is_tried.get() && outcome.get().is_none()).then(|| td_string!(i18n, form.choose_one).to_owned()));
    let submit = move || {
        is_tried.set(true);
        let Some(outcome) = outcome.get_untracked() else { return };
        let reacted = Reacted {
            outcome,
            zone: zone.get_untracked(),
            classes: classes.get_untracked(),
            done: done.get_untracked().into_iter().collect(),
            text: Text::new(&text.get_untracked()).ok(),
        };
        log.record(CareEvent::React(reacted), move || is_open.set(false));
    };
    let outcomes = Signal::stored(ReactionOutcome::ALL.map(|is| Choice { is, word: outcome_word(i18n, is).to_owned() }).to_vec());
    let zones = Signal::stored(Zone::ALL.map(|is| Choice { is, word: zone_word(i18n, is).to_owned() }).to_vec());
    let steps = Emergency::ALL.map(|is| Choice { is, word: emergency_word(i18n, is).to_owned() }).to_vec();
    let all_classes = ProductClass::ALL.map(|is| Choice { is, word: class_word(i18n, is).to_owned() }).to_vec();

    view! {
        <Dialog title=td_string!(i18n, room.not_well) on_close=move |()| is_open.set(false) on_submit=move |()| submit()>
            <div class="dialog__body">
                <Toggles label=td_string!(i18n, room.emergency) hint=td_string!(i18n, room.emergency_hint) chosen=done choices=steps/>
                <Choices label=td_string!(i18n, room.reaction) chosen=outcome on_choose=move |is| outcome.set(Some(is)) choices=outcomes wrong=outcome_wrong/>
                <Choices label=td_string!(i18n, measure.zone) chosen=zone on_choose=move |is| zone.set(Some(is)) choices=zones/>
                <Toggles label=td_string!(i18n, room.may_come_from) hint=td_string!(i18n, room.may_come_from_hint) chosen=classes choices=all_classes/>
                <LongField label=td_string!(i18n, room.she_says) mark=td_string!(i18n, form.may_be_empty) value=text/>
                <SaveLine save=log.save/>
            </div>
            <RecordFoot save=log.save said=td_string!(i18n, care.skin_doctor_said) icon=Lu::Check word=td_string!(i18n, care.keep)/>
        </Dialog>
    }
}

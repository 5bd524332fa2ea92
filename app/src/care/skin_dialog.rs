//! What was seen of her skin, and where: nothing is treated there, and she is advised to see a doctor.

use crate::i18n::td_string;
use crate::replica::{FileView, use_replica};
use crate::ui::{
    Choice, Dialog, Icon, Lu, Notice, RecordFoot, SaveLine, Toggles, Tone, trouble_word, use_i18n, use_save, zone_word,
};
use domain::{Action, CustomerId, SkinFinding, SkinTrouble, Zone};
use leptos::prelude::*;
use std::collections::BTreeSet;

#[component]
pub fn SkinDialog(id: CustomerId, file: Memo<FileView>, is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let save = use_save();
    let replica = use_replica();
    // It begins with what was seen today: whoever unticks it takes it back knowingly.
    let before = untrack(|| match (replica.salon(), file.get()) {
        (Some(salon), FileView::Here(row)) => row.file.seen_on(salon.settings.offset, replica.today()),
        _ => Vec::new(),
    });
    let had_any = !before.is_empty();
    let zones = SkinTrouble::ALL.map(|trouble| {
        let of_it = before.iter().filter(|finding| finding.what == trouble).filter_map(|finding| finding.zone);
        (trouble, RwSignal::new(of_it.collect::<BTreeSet<Zone>>()))
    });
    let found = move || {
        let findings = zones.iter().flat_map(|(what, zones)| {
            let zones = zones.get().into_iter();
            zones.map(|zone| SkinFinding { what: *what, zone: Some(zone) })
        });
        findings.collect::<Vec<_>>()
    };
    let is_tried = RwSignal::new(false);
    let submit = move || {
        is_tried.set(true);
        let findings = untrack(found);
        if had_any || !findings.is_empty() {
            save.commit(Action::LookAtSkin { customer: id, findings }, move || is_open.set(false));
        }
    };
    let choices = move || Zone::ALL.map(|is| Choice { is, word: zone_word(i18n, is).to_owned() }).to_vec();
    let missing = move || (is_tried.get() && !had_any && found().is_empty()).then(|| td_string!(i18n, care.skin_where_missing));

    view! {
        <Dialog title=td_string!(i18n, care.skin_title) on_close=move |()| is_open.set(false) on_submit=move |()| submit()>
            <div class="dialog__body">
                {zones.map(|(what, zones)| view! { <Toggles label=trouble_word(i18n, what) chosen=zones choices=choices()/> }).collect_view()}
                {move || missing().map(|missing| view! { <p class="field__error" role="alert"><Icon is=Lu::CircleAlert/>{missing}</p> })}
                <Notice tone=Tone::Warn title=td_string!(i18n, care.skin_doctor) text=td_string!(i18n, care.skin_doctor_said)/>
                <SaveLine save/>
            </div>
            <RecordFoot save said=td_string!(i18n, care.skin_today_only) icon=Lu::Check word=td_string!(i18n, notes.keep)/>
        </Dialog>
    }
}

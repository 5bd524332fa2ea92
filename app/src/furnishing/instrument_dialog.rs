//! An instrument: what it shows, in which unit, between what, and from where to where skin counts as recovered.

use super::keep::KeepFoot;
use crate::i18n::td_string;
use crate::ui::{Dialog, Icon, Lines, Lu, Rows, SaveLine, TextField, bad_text_words, lines, use_i18n, use_save};
use domain::{Action, Instrument, InstrumentId, Name, Parameter, Tenths, read_tenths, tenths_words};
use leptos::prelude::*;

/// One line while it is being typed: name, unit, from, to, recovered from, to.
type Form = [RwSignal<String>; 6];

fn form_of(line: &Parameter) -> Form {
    let unit = line.unit.clone().map(String::from).unwrap_or_default();
    let recovered = |is: fn((Tenths, Tenths)) -> Tenths| line.recovered.map(|ends| tenths_words(is(ends))).unwrap_or_default();
    let (least, most) = line.range;
    let name = String::from(line.name.clone());
    [name, unit, tenths_words(least), tenths_words(most), recovered(|ends| ends.0), recovered(|ends| ends.1)].map(RwSignal::new)
}

fn blank() -> Form {
    ["", "", "0", "100", "", ""].map(|typed| RwSignal::new(typed.to_owned()))
}

/// `None` where something in it can't stand.
fn read(form: Form) -> Option<Parameter> {
    let [name, unit, least, most, from, to] = form.map(|typed| typed.get());
    let unit = if unit.trim().is_empty() { None } else { Some(Name::new(&unit).ok()?) };
    let recovered = match (from.trim(), to.trim()) {
        ("", "") => None,
        (from, to) => Some((read_tenths(from)?, read_tenths(to)?)),
    };
    Some(Parameter { name: Name::new(&name).ok()?, unit, range: (read_tenths(&least)?, read_tenths(&most)?), recovered })
}

fn row(form: Form) -> impl IntoView {
    let i18n = use_i18n();
    let [name, unit, least, most, from, to] = form;
    view! {
        <div class="field-pair">
            <TextField label=td_string!(i18n, measure.parameter) value=name/>
            <TextField label=td_string!(i18n, measure.unit) mark=td_string!(i18n, form.may_be_empty) value=unit width="is-short"/>
            <TextField label=td_string!(i18n, measure.least) value=least inputmode="decimal" width="is-short"/>
            <TextField label=td_string!(i18n, measure.most) value=most inputmode="decimal" width="is-short"/>
            <TextField label=td_string!(i18n, measure.recovered_from) mark=td_string!(i18n, form.may_be_empty) value=from inputmode="decimal" width="is-short"/>
            <TextField label=td_string!(i18n, measure.recovered_to) mark=td_string!(i18n, form.may_be_empty) value=to inputmode="decimal" width="is-short"/>
        </div>
    }
}

#[component]
pub fn InstrumentDialog(id: InstrumentId, instrument: Option<Instrument>, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let save = use_save();
    let name = RwSignal::new(instrument.as_ref().map(|one| String::from(one.name.clone())).unwrap_or_default());
    let forms: Lines<Form> = match &instrument {
        Some(one) => lines(one.parameters.iter().map(form_of)),
        None => lines([blank()]),
    };
    let is_tried = RwSignal::new(false);
    let name_wrong = Signal::derive(move || {
        let bad = Name::new(&name.get()).err().filter(|_| is_tried.get());
        bad.map(|bad| bad_text_words(i18n, bad))
    });
    let parameters = move || forms.get().into_iter().map(|(_, form)| read(form)).collect::<Option<Vec<_>>>();
    let lines_wrong = move || (is_tried.get() && parameters().is_none()).then(|| td_string!(i18n, measure.bad_line));
    let submit = move || {
        is_tried.set(true);
        if let (Ok(name), Some(parameters)) = untrack(|| (Name::new(&name.get()), parameters())) {
            save.commit(Action::KeepInstrument { instrument: id, is: Instrument { name, parameters } }, move || on_close.run(()));
        }
    };

    view! {
        <Dialog title=td_string!(i18n, measure.instrument) on_close=on_close on_submit=move |()| submit()>
            <div class="dialog__body">
                <TextField label=td_string!(i18n, furnishing.name) value=name wrong=name_wrong is_required=true is_first=true/>
                <Rows label=td_string!(i18n, measure.parameters) rows=forms add=td_string!(i18n, measure.add_parameter) blank=blank row=row/>
                {move || lines_wrong().map(|wrong| view! { <p class="field__error" role="alert"><Icon is=Lu::CircleAlert/>{wrong}</p> })}
                <SaveLine save/>
            </div>
            <KeepFoot save/>
        </Dialog>
    }
}

//! What the salon measures with.

use super::furnishing_page::{Head, Line};
use super::instrument_dialog::InstrumentDialog;
use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{Show, listed, use_i18n};
use domain::{Instrument, InstrumentId};
use leptos::prelude::*;

#[component]
pub fn Instruments() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let open = RwSignal::new(None::<(InstrumentId, Option<Instrument>)>);
    let instruments = move || replica.salon().map(|salon| salon.instruments.clone()).unwrap_or_default();
    let one = move |(id, instrument): (InstrumentId, Instrument)| {
        let (name, about) = (instrument.name.clone(), listed(i18n, instrument.parameters.iter().map(|line| line.name.as_str())));
        view! { <Line name about on_edit=move |()| open.set(Some((id, Some(instrument.clone()))))/> }
    };

    view! {
        <Head title=td_string!(i18n, measure.instruments) add=td_string!(i18n, measure.add_instrument) on_add=move |()| open.set(Some((InstrumentId::new(replica.new_uuid()), None)))/>
        <ul class="device-list" aria-label=td_string!(i18n, measure.instruments)>{move || instruments().into_iter().map(one).collect_view()}</ul>
        <Show when=move || instruments().is_empty()><p class="note">{td_string!(i18n, measure.no_instruments)}</p></Show>
        {move || open.get().map(|(id, instrument)| view! { <InstrumentDialog id instrument on_close=move |()| open.set(None)/> })}
    }
}

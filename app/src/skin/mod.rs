//! 皮肤: what instruments said of her skin, over time, before and after.

mod chart;
mod measure_dialog;
mod pairs;
mod skin_tab;
mod table;

pub use measure_dialog::MeasureDialog;
pub use pairs::PairOf;
pub use skin_tab::SkinTab;

use crate::i18n::td_string;
use crate::replica::Replica;
use crate::ui::{I18n, joined, listed, zone_word};
use domain::{Measurement, Name, Salon, Tenths, tenths_words};

/// `面颊·含水量 31 %，泛红指数 24 级·皮肤检测仪`
pub fn measurement_words(i18n: I18n, replica: Replica, is: &Measurement) -> String {
    let salon = replica.salon();
    let salon = salon.as_deref();
    let values: Vec<String> =
        is.values.iter().map(|(name, read)| format!("{name} {}", value_words(salon, is, name, read.value))).collect();
    let values = listed(i18n, values.iter().map(String::as_str));
    joined(i18n, [zone_word(i18n, is.zone), values.as_str(), instrument_word(i18n, salon, is)])
}

fn instrument_word<'a>(i18n: I18n, salon: Option<&'a Salon>, is: &Measurement) -> &'a str {
    let instrument = salon.and_then(|salon| salon.instruments.get(&is.instrument));
    instrument.map_or(td_string!(i18n, measure.instrument_unknown), |instrument| instrument.name.as_str())
}

/// `31 %`
fn value_words(salon: Option<&Salon>, is: &Measurement, name: &Name, value: Tenths) -> String {
    let instrument = salon.and_then(|salon| salon.instruments.get(&is.instrument));
    let unit = instrument.and_then(|instrument| instrument.parameter(name)?.unit.as_ref());
    match unit {
        Some(unit) => format!("{} {unit}", tenths_words(value)),
        None => tenths_words(value),
    }
}

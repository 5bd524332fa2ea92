//! What an instrument says of her skin (M5-07, M7-02), and which two of them may be set side by side.

use crate::{
    ClockOffset, CustomerFile, Doubtful, InstrumentId, Measured, MeasurementId, Name, Salon, TreatmentId, Written, Zone,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What an instrument can measure; which, in which unit and between what, is the salon's to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    pub name: Name,
    pub parameters: Vec<Parameter>,
}

/// 含水量、油脂、弹性、色素、毛孔、皱纹、泛红、敏感…: one line of what it shows. All values are in tenths of the unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    pub name: Name,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Name>,
    /// The least and the most that it can show.
    pub range: (Tenths, Tenths),
    /// Between what her skin counts as recovered (S1b), both ends in; `None` where it says nothing of that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovered: Option<(Tenths, Tenths)>,
}

pub type Tenths = i32;

impl Parameter {
    pub fn has(&self, value: Tenths) -> bool {
        (self.range.0..=self.range.1).contains(&value)
    }
}

impl Instrument {
    /// Each line once, from less to more, and recovered somewhere within.
    pub fn is_in_range(&self) -> bool {
        let is_in_order = |parameter: &Parameter| {
            let (least, most) = parameter.range;
            least < most && parameter.recovered.is_none_or(|(from, to)| least <= from && from <= to && to <= most)
        };
        let names: BTreeSet<&Name> = self.parameters.iter().map(|parameter| &parameter.name).collect();
        !names.is_empty() && names.len() == self.parameters.len() && self.parameters.iter().all(is_in_order)
    }

    pub fn parameter(&self, name: &Name) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.name == *name)
    }
}

/// One time somebody measured, as she read it from the instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measurement {
    pub instrument: InstrumentId,
    pub zone: Zone,
    /// Minutes since that skin was cleansed, 0 to 600; `None`: nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since_cleansing: Option<u16>,
    pub values: BTreeMap<Name, Read>,
    /// In which treatment, and on which side of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub during: Option<(TreatmentId, Side)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Before,
    After,
}

/// What was read, and what was typed first where the screen asked whether that can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Read {
    pub value: Tenths,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<Tenths>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    pub is: Measurement,
    pub written: Written,
}

/// Two that were made so many minutes apart since cleansing are made under one condition.
const SAME_CONDITION: u16 = 5;

/// Why two measurements say nothing about one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Incomparable {
    Instrument,
    Zone,
    /// Of one of them nobody knows when the skin was cleansed, or the two are more than five minutes apart in it.
    Condition,
}

impl Measurement {
    /// Before and after are a pair only where nothing but her skin differs (`beyond` 7).
    pub fn compares_with(&self, other: &Self) -> Result<(), Incomparable> {
        let apart = self.since_cleansing.zip(other.since_cleansing).map(|(a, b)| a.abs_diff(b));
        match () {
            () if self.instrument != other.instrument => Err(Incomparable::Instrument),
            () if self.zone != other.zone => Err(Incomparable::Zone),
            () if apart.is_none_or(|apart| apart > SAME_CONDITION) => Err(Incomparable::Condition),
            () => Ok(()),
        }
    }

    /// Whether everything that can tell is within what counts as recovered: what was not read is not. `None` where nothing can tell.
    fn is_recovered(&self, instrument: &Instrument) -> Option<bool> {
        let telling = instrument.parameters.iter().filter_map(|line| Some((&line.name, line.recovered?)));
        let within =
            telling.map(|(name, (from, to))| self.values.get(name).is_some_and(|read| (from..=to).contains(&read.value)));
        within.reduce(|all, one| all && one)
    }
}

/// One value beside an earlier one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub parameter: Name,
    pub before: Tenths,
    pub after: Tenths,
}

/// What both of them measured, in the order of the later one.
pub fn pair(before: &Measurement, after: &Measurement) -> Result<Vec<Difference>, Incomparable> {
    before.compares_with(after)?;
    let both = after.values.iter().filter_map(|(name, read)| {
        let before = before.values.get(name)?.value;
        Some(Difference { parameter: name.clone(), before, after: read.value })
    });
    Ok(both.collect())
}

/// Of each treatment and zone the last two that can be set side by side; where none can, the last two.
pub fn pairs<'a>(all: impl IntoIterator<Item = &'a Measurement>) -> Vec<(&'a Measurement, &'a Measurement)> {
    let mut sides = BTreeMap::<(TreatmentId, Zone), [Vec<&Measurement>; 2]>::new();
    for measurement in all {
        if let Some((treatment, side)) = measurement.during {
            sides.entry((treatment, measurement.zone)).or_default()[usize::from(side == Side::After)].push(measurement);
        }
    }
    let pair = |[before, after]: [Vec<&'a Measurement>; 2]| {
        let all = || after.iter().rev().flat_map(|after| before.iter().rev().map(move |before| (*before, *after)));
        all().find(|(before, after)| before.compares_with(after).is_ok()).or_else(|| all().next())
    };
    sides.into_values().filter_map(pair).collect()
}

impl Difference {
    /// In whole percent of what it was; `None` where it was nothing.
    pub fn percent(&self) -> Option<i64> {
        let (before, after) = (i64::from(self.before), i64::from(self.after));
        (before != 0).then(|| ((after - before) * 200 / before.abs() + (after - before).signum()) / 2)
    }
}

impl CustomerFile {
    /// As the safety rules read them (S1b): those that can tell whether a zone has recovered.
    pub(crate) fn recoveries(&self, salon: &Salon, offset: ClockOffset) -> Vec<Measured> {
        let is_doubted =
            |id: &MeasurementId| self.in_doubt.values().flatten().any(|doubt| doubt.what == Doubtful::Measurement(*id));
        let hers = self.measurements.iter().filter(|(id, _)| !is_doubted(id)).map(|(_, taken)| taken);
        let all = hers.filter_map(|taken| {
            let instrument = salon.instruments.get(&taken.is.instrument)?;
            let in_recovery_range = taken.is.is_recovered(instrument)?;
            Some(Measured { on: offset.day(taken.written.at), zone: taken.is.zone, in_recovery_range })
        });
        all.collect()
    }
}

/// As somebody types it: `31`, `31.5`, `-2`; `None` for anything else, or more than one figure behind the point.
pub fn read_tenths(typed: &str) -> Option<Tenths> {
    let typed = typed.trim().replace(['．', '。'], ".");
    let (sign, typed) = typed.strip_prefix('-').map_or((1, typed.as_str()), |rest| (-1, rest));
    let (whole, part) = typed.split_once('.').unwrap_or((typed, "0"));
    let is_number = |figures: &str| !figures.is_empty() && figures.chars().all(|c| c.is_ascii_digit());
    if !is_number(whole) || !is_number(part) || part.len() > 1 {
        return None;
    }
    let tenths: Tenths = whole.parse::<Tenths>().ok()?.checked_mul(10)?.checked_add(part.parse().ok()?)?;
    Some(sign * tenths)
}

/// `31`, `31.5`
pub fn tenths_words(value: Tenths) -> String {
    let (sign, size) = (if value < 0 { "-" } else { "" }, value.unsigned_abs());
    match size % 10 {
        0 => format!("{sign}{}", size / 10),
        part => format!("{sign}{}.{part}", size / 10),
    }
}

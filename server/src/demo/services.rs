//! What the demo salon does: services with their steps, and the instrument it measures with.

use super::{dice::lasting_id, salon};
use domain::{Action, BadText, Instrument, InstrumentId, Name, Parameter, Service, Step, StepKind, Tenths, Text, Zone};
use std::collections::BTreeSet;

const FACE: &[Zone] = &[Zone::Forehead, Zone::Cheeks, Zone::Nose, Zone::Mouth];

/// Where it is done, days until the next, whether it uses current, and what is done between cleansing and the end.
type Plan = (&'static [Zone], Option<u16>, bool, &'static [(&'static str, u16)]);

/// In the order of `salon::SERVICES`.
const PLANS: [Plan; salon::SERVICES.len()] = [
    (FACE, Some(3), false, &[("清洁", 8), ("补水导入", 15), ("舒缓面膜", 20)]),
    (FACE, Some(3), false, &[("清洁", 8), ("冷敷舒缓", 15), ("修复面膜", 25), ("涂修复霜", 5)]),
    (FACE, Some(14), false, &[("清洁", 8), ("蒸面", 8), ("清理", 15), ("镇静面膜", 15)]),
    (&[Zone::Eyes], Some(3), false, &[("眼部清洁", 5), ("眼周按摩", 15), ("眼膜", 15)]),
    (&[Zone::Neck, Zone::Back], None, false, &[("热敷", 8), ("精油疏通", 30)]),
    (FACE, Some(21), true, &[("清洁", 8), ("仪器导入", 20), ("修复面膜", 20)]),
];

/// Name, unit, from, to, recovered from, to.
type Line = (&'static str, &'static str, Tenths, Tenths, Option<(Tenths, Tenths)>);

const LINES: [Line; 6] = [
    ("含水量", "%", 0, 1_000, Some((350, 650))),
    ("油脂", "%", 0, 1_000, None),
    ("弹性", "%", 0, 1_000, None),
    ("泛红指数", "级", 0, 1_000, Some((0, 250))),
    ("色素", "级", 0, 1_000, None),
    ("水分流失", "g/m²h", 0, 1_000, Some((0, 200))),
];

pub fn actions() -> Result<Vec<Action>, BadText> {
    let mut actions = Vec::new();
    for (number, ((name, minutes), plan)) in salon::SERVICES.into_iter().zip(PLANS).enumerate() {
        let (zones, min_interval_days, uses_current, middle) = plan;
        let zones: BTreeSet<Zone> = zones.iter().copied().collect();
        let is = Service { name: Name::new(name)?, minutes, zones, min_interval_days, uses_current, steps: steps(middle)? };
        actions.push(Action::OfferService { service: salon::service(number), is });
    }
    let line = |(name, unit, least, most, recovered): Line| {
        Ok(Parameter { name: Name::new(name)?, unit: Some(Name::new(unit)?), range: (least, most), recovered })
    };
    let parameters = LINES.into_iter().map(line).collect::<Result<_, BadText>>()?;
    let is = Instrument { name: Name::new("皮肤检测仪")?, parameters };
    actions.push(Action::KeepInstrument { instrument: InstrumentId::new(lasting_id("instrument", 0)), is });
    Ok(actions)
}

fn steps(middle: &[(&str, u16)]) -> Result<Vec<Step>, BadText> {
    let step = |kind, name: &str, minutes, points: Option<&str>, checklist: &[&str]| {
        let checklist = checklist.iter().map(|one| Name::new(one)).collect::<Result<_, _>>()?;
        Ok(Step { kind, name: Name::new(name)?, minutes, points: points.map(Text::new).transpose()?, checklist })
    };
    let prepared = ["产品、工具齐全完好", "毛巾和床单已换", "当面洗手、消毒，从一盆清水做起", "问过姿势和冷暖"];
    let first = [
        step(StepKind::Prepare, "准备", 5, Some("告诉她：“您好，我先当着您的面消毒。”每做一步先说一句。"), &prepared)?,
        step(StepKind::MeasureBefore, "护理前测量", 5, Some("洗净后等 10 分钟再测。"), &[])?,
    ];
    let middle = middle.iter().map(|(name, minutes)| step(StepKind::Care, name, *minutes, None, &[]));
    let last = [
        step(StepKind::MeasureAfter, "护理后测量", 5, Some("和护理前同一台仪器、同一部位。"), &[])?,
        step(StepKind::Feeling, "舒适与感受", 2, Some("递镜子给她看，问她感觉怎样。"), &[])?,
        step(StepKind::HandBack, "交回顾问", 3, Some("送上点心和饮品，请她休息。"), &[])?,
    ];
    first.into_iter().map(Ok).chain(middle).chain(last.into_iter().map(Ok)).collect()
}

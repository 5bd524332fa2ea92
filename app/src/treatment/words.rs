//! What happened in a treatment, in a few words.

use crate::care::verdict_word;
use crate::i18n::td_string;
use crate::replica::Replica;
use crate::ui::{I18n, adjustment_word, emergency_word, joined, listed, outcome_word, zone_word};
use domain::{Begun, CareEvent, Precaution, Reacted, Verdict};

pub fn event_words(i18n: I18n, replica: Replica, is: &CareEvent) -> String {
    match is {
        CareEvent::HandOver(handed) => match &handed.precautions {
            Precaution::Care(text) => joined(i18n, [td_string!(i18n, room.hand_over), text.as_str()]),
            Precaution::NothingSpecial => {
                joined(i18n, [td_string!(i18n, room.hand_over), td_string!(i18n, room.nothing_special)])
            }
        },
        CareEvent::Begin(begun) => begun_words(i18n, replica, begun),
        CareEvent::Overtake { .. } => td_string!(i18n, did.overtaken).to_owned(),
        CareEvent::Confirm { is_alone: true, .. } => {
            joined(i18n, [td_string!(i18n, care.confirm), td_string!(i18n, care.no_second)])
        }
        CareEvent::Confirm { .. } => td_string!(i18n, care.confirm).to_owned(),
        CareEvent::TakeOver {} => td_string!(i18n, room.taken_over).to_owned(),
        CareEvent::BeginStep { step } => td_string!(i18n, room.step_begun, number = step + 1),
        CareEvent::FinishStep(done) if done.is_skipped => td_string!(i18n, room.step_skipped, number = done.step + 1),
        CareEvent::FinishStep(done) => td_string!(i18n, room.step_done, number = done.step + 1),
        CareEvent::Pause {} => td_string!(i18n, room.pause).to_owned(),
        CareEvent::Resume {} => td_string!(i18n, room.resume).to_owned(),
        CareEvent::Adjust(how) => adjustment_word(i18n, *how).to_owned(),
        CareEvent::React(reacted) => reacted_words(i18n, reacted),
        CareEvent::Settle { how, .. } => joined(i18n, [td_string!(i18n, room.settled), how.as_str()]),
        CareEvent::Feel(feeling) => {
            let comfort = td_string!(i18n, room.comfort_of, mark = feeling.comfort);
            joined(i18n, [comfort.as_str(), feeling.text.as_ref().map(|text| text.as_str()).unwrap_or_default()])
        }
        CareEvent::HandBack(brought) => {
            let needs = brought.needs.as_ref().map(|text| text.as_str()).unwrap_or(td_string!(i18n, room.no_needs));
            let served = if brought.is_served { td_string!(i18n, room.is_served) } else { "" };
            joined(i18n, [td_string!(i18n, plan.hand_back), needs, served])
        }
        CareEvent::Finish(after) => {
            let effect = after.effect.as_ref().map(|text| text.as_str()).unwrap_or_default();
            joined(i18n, [td_string!(i18n, room.over), effect])
        }
        CareEvent::Add(text) => text.as_str().to_owned(),
    }
}

fn begun_words(i18n: I18n, replica: Replica, begun: &Begun) -> String {
    let salon = replica.salon();
    let service = begun.service.and_then(|id| salon.as_ref()?.services.get(&id).map(|service| service.name.as_str().to_owned()));
    let zones: Vec<&str> = begun.zones.iter().map(|zone| zone_word(i18n, *zone)).collect();
    let zones = listed(i18n, zones);
    let verdict = match begun.judged.verdict {
        Verdict::Allow => "",
        other => verdict_word(i18n, other),
    };
    joined(i18n, [td_string!(i18n, room.begun), service.as_deref().unwrap_or_default(), zones.as_str(), verdict])
}

fn reacted_words(i18n: I18n, reacted: &Reacted) -> String {
    let zone = reacted.zone.map_or("", |zone| zone_word(i18n, zone));
    let done = listed(i18n, reacted.done.iter().map(|step| emergency_word(i18n, *step)));
    let text = reacted.text.as_ref().map(|text| text.as_str()).unwrap_or_default();
    joined(i18n, [td_string!(i18n, room.not_well), outcome_word(i18n, reacted.outcome), zone, done.as_str(), text])
}

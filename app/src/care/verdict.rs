//! The gate's word, with every reason for it.

use crate::i18n::td_string;
use crate::replica::use_replica;
use crate::ui::{
    I18n, Icon, Lu, course_word, ingredient_words, medicine_word, outcome_word, safety_question_name, short_day, trouble_word,
    use_i18n,
};
use chrono::NaiveDate;
use domain::{Because, Judgement, Verdict};
use leptos::prelude::*;

#[component]
pub fn VerdictLines(
    judgement: Judgement,
    /// What is said where nothing speaks against it.
    #[prop(optional)]
    allowed: Option<&'static str>,
) -> impl IntoView {
    let i18n = use_i18n();
    let today = untrack(|| use_replica().today());
    let (icon, class) = match judgement.verdict {
        Verdict::Allow => (Lu::CircleCheck, "is-good"),
        Verdict::NeedsSenior => (Lu::UserCheck, "is-senior"),
        Verdict::AskFirst => (Lu::CircleDashed, "is-ask"),
        Verdict::Forbid => (Lu::Ban, "is-forbid"),
    };
    let word = allowed.filter(|_| judgement.verdict == Verdict::Allow).unwrap_or(verdict_word(i18n, judgement.verdict));
    let mut reasons: Vec<String> = Vec::new();
    for finding in &judgement.findings {
        let words = because_words(i18n, &finding.why, today);
        if !reasons.contains(&words) {
            reasons.push(words);
        }
    }

    view! {
        <div class=format!("verdict {class}") role="status">
            <p class="verdict__word"><Icon is=icon/>{word}</p>
            <ul class="verdict__reasons">{reasons.into_iter().map(|why| view! { <li><bdi>{why}</bdi></li> }).collect_view()}</ul>
        </div>
    }
}

pub fn verdict_word(i18n: I18n, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allow => td_string!(i18n, gate.allow),
        Verdict::NeedsSenior => td_string!(i18n, gate.needs_senior),
        Verdict::AskFirst => td_string!(i18n, gate.ask_first),
        Verdict::Forbid => td_string!(i18n, gate.forbid),
    }
}

fn because_words(i18n: I18n, why: &Because, today: NaiveDate) -> String {
    let on = |day: NaiveDate| short_day(i18n, day, today);
    match why {
        Because::Unasked(question) => td_string!(i18n, gate.unasked, what = safety_question_name(i18n, *question)),
        Because::Untold(question) => td_string!(i18n, gate.untold, what = safety_question_name(i18n, *question)),
        Because::Course { what, on: Some(day) } => {
            td_string!(i18n, gate.course, what = course_word(i18n, *what), day = on(*day))
        }
        Because::Course { what, on: None } => td_string!(i18n, gate.course_undated, what = course_word(i18n, *what)),
        Because::Allergy(what) => td_string!(i18n, gate.allergy, what = ingredient_words(i18n, what)),
        Because::PregnantOrNursing => td_string!(i18n, question.pregnant).to_owned(),
        Because::Medicine(medicine) => td_string!(i18n, gate.medicine, what = medicine_word(i18n, *medicine)),
        Because::Implant => td_string!(i18n, question.implant).to_owned(),
        Because::Skin(trouble) => td_string!(i18n, gate.skin, what = trouble_word(i18n, *trouble)),
        Because::TooSoon { last } => td_string!(i18n, gate.too_soon, day = on(*last)),
        Because::PatchTest => td_string!(i18n, gate.patch_test).to_owned(),
        Because::PatchTestPositive { on: day } => td_string!(i18n, gate.patch_positive, day = on(*day)),
        Because::Expired { on: day } => td_string!(i18n, gate.expired, day = on(*day)),
        Because::OpenTooLong { since } => td_string!(i18n, gate.open_too_long, day = on(*since)),
        Because::Recalled => td_string!(i18n, gate.recalled).to_owned(),
        Because::LastReaction(outcome) => td_string!(i18n, gate.last_reaction, what = outcome_word(i18n, *outcome)),
        Because::ProductUnknown => td_string!(i18n, gate.product_unknown).to_owned(),
        Because::OpeningUnknown => td_string!(i18n, gate.opening_unknown).to_owned(),
        Because::ServiceUnknown => td_string!(i18n, gate.service_unknown).to_owned(),
        Because::BatchUnknown => td_string!(i18n, gate.batch_unknown).to_owned(),
    }
}

//! The steps of a service: what is done one after the other, and how long each should take.

use crate::i18n::td_string;
use crate::ui::{I18n, Lines, LongField, SelectField, TextField, lines, step_kind_word, use_i18n};
use domain::{Name, Step, StepKind, Text};
use leptos::prelude::*;

/// One step while it is being typed.
#[derive(Clone, Copy)]
pub struct StepForm {
    kind: RwSignal<String>,
    name: RwSignal<String>,
    minutes: RwSignal<String>,
    points: RwSignal<String>,
    checklist: RwSignal<String>,
}

impl StepForm {
    pub fn blank() -> Self {
        Self::of(StepKind::Care, String::new(), String::new(), String::new(), String::new())
    }

    fn of(kind: StepKind, name: String, minutes: String, points: String, checklist: String) -> Self {
        Self {
            kind: RwSignal::new(format!("{kind:?}")),
            name: RwSignal::new(name),
            minutes: RwSignal::new(minutes),
            points: RwSignal::new(points),
            checklist: RwSignal::new(checklist),
        }
    }

    /// `None` where something in it can't stand.
    fn read(self) -> Option<Step> {
        let typed = self.kind.get();
        let kind = StepKind::ALL.into_iter().find(|kind| format!("{kind:?}") == typed)?;
        let minutes = self.minutes.get().trim().parse().ok().filter(|minutes| (1..=240).contains(minutes))?;
        let points = match self.points.get().trim() {
            "" => None,
            typed => Some(Text::new(typed).ok()?),
        };
        let checklist = self.checklist.get();
        let checklist = checklist.split(['\n', '；', ';']).map(str::trim).filter(|one| !one.is_empty()).map(Name::new);
        Some(Step {
            kind,
            name: Name::new(&self.name.get()).ok()?,
            minutes,
            points,
            checklist: checklist.collect::<Result<_, _>>().ok()?,
        })
    }
}

pub fn step_forms(steps: &[Step]) -> Lines<StepForm> {
    lines(steps.iter().map(|step| {
        let points = step.points.clone().map(String::from).unwrap_or_default();
        let checklist: Vec<&str> = step.checklist.iter().map(Name::as_str).collect();
        StepForm::of(step.kind, String::from(step.name.clone()), step.minutes.to_string(), points, checklist.join("\n"))
    }))
}

/// All of them, or what is wrong with the first that can't stand.
pub fn read_steps(i18n: I18n, forms: Lines<StepForm>) -> Result<Vec<Step>, String> {
    let all = forms.get().into_iter().enumerate();
    all.map(|(at, (_, form))| form.read().ok_or_else(|| td_string!(i18n, plan.bad_step, number = at + 1))).collect()
}

pub fn step_row(form: StepForm) -> impl IntoView {
    let i18n = use_i18n();
    let kinds = Signal::stored(StepKind::ALL.map(|kind| (format!("{kind:?}"), step_kind_word(i18n, kind).to_owned())).to_vec());

    view! {
        <div class="field-pair">
            <SelectField label=td_string!(i18n, plan.kind) value=form.kind options=kinds/>
            <TextField label=td_string!(i18n, furnishing.name) value=form.name/>
            <TextField label=td_string!(i18n, plan.minutes) value=form.minutes inputmode="numeric" width="is-short"/>
        </div>
        <details>
            <summary>{td_string!(i18n, plan.more)}</summary>
            <LongField label=td_string!(i18n, plan.points) value=form.points/>
            <LongField label=td_string!(i18n, plan.checklist) hint=td_string!(i18n, plan.checklist_hint) value=form.checklist/>
        </details>
    }
}

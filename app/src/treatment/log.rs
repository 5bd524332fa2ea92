//! One treatment as its screens read it and write into it.

use super::clock;
use crate::replica::{FileView, Replica, use_replica};
use crate::ui::{Save, use_save};
use domain::{Action, CareEvent, CustomerId, EventId, Happened, Run, StepDone, Treatment, TreatmentId};
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct Log {
    pub customer: CustomerId,
    pub treatment: TreatmentId,
    pub file: Memo<FileView>,
    pub save: Save,
    /// As the salon holds it, where this device has it in short.
    pub whole: RwSignal<Option<Treatment>>,
    log: Memo<Treatment>,
    replica: Replica,
}

pub fn use_log(customer: CustomerId, treatment: TreatmentId, file: Memo<FileView>) -> Log {
    let whole = RwSignal::new(None::<Treatment>);
    let log = Memo::new(move |_| match (file.get(), whole.get()) {
        (FileView::Here(row), None) => row.file.treatments.get(&treatment).cloned().unwrap_or_default(),
        (FileView::Here(row), Some(whole)) => whole.with_news(row.file.treatments.get(&treatment)),
        (FileView::NotHere, _) => Treatment::default(),
    });
    Log { customer, treatment, file, save: use_save(), whole, log, replica: use_replica() }
}

impl Log {
    /// For a form of its own: what was saved before it was opened says nothing of it.
    pub fn fresh(self) -> Self {
        Self { save: use_save(), ..self }
    }

    pub fn run<T>(self, read: impl FnOnce(&Run<'_>) -> T) -> T {
        self.log.with(|log| read(&log.run()))
    }

    pub fn is_short(self) -> bool {
        self.log.with(Treatment::is_short)
    }

    pub fn events(self) -> Vec<Happened> {
        self.log.with(|log| log.events().to_vec())
    }

    fn action(self, is: CareEvent) -> Action {
        let event = EventId::new(self.replica.new_uuid());
        Action::Care { customer: self.customer, treatment: self.treatment, event, is: Box::new(is) }
    }

    pub fn may(self, is: CareEvent) -> bool {
        self.replica.may(&self.action(is))
    }

    pub fn record(self, is: CareEvent, then: impl FnOnce() + 'static) {
        self.save.commit(self.action(is), then);
    }

    /// The clock runs from when it is recorded that it does.
    pub fn begin_step(self, step: u8) {
        self.record(CareEvent::BeginStep { step }, move || clock::start(self.treatment, step));
    }

    /// And on with the next, where there is one.
    pub fn finish_step(self, step: u8, is_skipped: bool, checked: Vec<domain::Name>) {
        let took = clock::took(self.treatment, step).and_then(|ms| u32::try_from(ms).ok());
        let done = StepDone { step, took, is_skipped, checked };
        self.record(CareEvent::FinishStep(done), move || {
            clock::stop(self.treatment);
            if let Some(next) = untrack(|| self.run(|run| run.next())) {
                self.begin_step(next);
            }
        });
    }

    pub fn pause(self) {
        self.record(CareEvent::Pause {}, move || clock::pause(self.treatment));
    }

    pub fn resume(self) {
        self.record(CareEvent::Resume {}, move || clock::resume(self.treatment));
    }
}

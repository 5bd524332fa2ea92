//! The salon's rules: what may be recorded, by whom, and what it means.
//!
//! Everything here is pure: time and ids come in as arguments, and the same code runs on the tablet and on the server.
//! It leaves out where things are kept (`store`), how they travel (`sync`) and how they look (`app`).

mod action;
mod allergy;
mod answer;
mod change;
mod consent;
mod contact;
mod customer;
mod decide;
mod doubt;
mod field;
mod gate;
mod id;
mod ingredient;
mod joined;
mod measurement;
mod money;
mod patch;
mod phone;
mod prescription;
mod product;
mod profile;
mod reading;
mod red_strip;
mod rights;
mod salon;
mod seen;
mod set_aside;
mod settled;
mod staff;
mod text;
mod time;
mod treatment;
mod used;
mod visit;
mod withhold;

pub use action::{Action, NewCustomer, WhyErased};
pub use allergy::{Allergies, Allergy, Resolution};
pub use answer::{Answer, Course, PastCourse, Question, Said, Zone};
pub use change::{Change, FileChange, SalonChange};
pub use consent::{Consent, HowGiven, Permission, Purpose};
pub use contact::{Channel, Contact, Direction, Matter, Talk};
pub use customer::{CareNote, CustomerFile, DeletionDeclined, DeletionRequest, Erased};
pub use decide::{Objection, Refusal, Scope, Unfit, decide, joining, parting};
pub use doubt::{Apart, Copied, Doubt, Doubtful, Partings, asked_late};
pub use field::{Field, Past, Why, Written};
pub use gate::{
    Answers, BatchOf, Because, Case, Door, Facts, Finding, GivenCase, Judged, Judgement, Kinds, LastService, Measured, Medicine,
    PatchResult, PatchTest, ProductOf, Reaction, ReactionOutcome, Rule, SafetyQuestion, SafetyRules, ServiceOf, SkinFinding,
    SkinTrouble, TakenMedicine, Verdict, judge,
};
pub use id::{
    AllergyTag, BatchId, BranchId, ContactId, CustomerId, DeviceId, EventId, InstrumentId, MeasurementId, NoteId, PatchTestId,
    PrescriptionId, ProductId, RoomId, ServiceId, StaffId, TreatmentId, UseId, VisitId,
};
pub use ingredient::{Ingredient, UsualIngredient};
pub use joined::Joined;
pub use measurement::{
    Difference, Incomparable, Instrument, Measurement, Parameter, Read, Side, Taken, Tenths, pair, pairs, read_tenths,
    tenths_words,
};
pub use money::Cents;
pub use patch::{Patch, PatchTried};
pub use phone::{NotAPhone, Phone};
pub use prescription::{CourseLine, HomeLine, Prescribed, Prescription, judge_course, judge_home};
pub use product::{Batch, Product, ProductClass};
pub use profile::{Profile, ProfileField, ProfileValue, Shown, SkinType, SpendingMark};
pub use reading::{HowRead, Reading};
pub use red_strip::{Avoid, Caution, RedStrip, Why as CautionWhy, red_strip};
pub use rights::{authorise, may, may_manage, may_read, may_work_on};
pub use salon::{Room, Salon, Service, Settings, Step, StepKind};
pub use seen::Act;
pub use set_aside::{Concern, SetAside};
pub use settled::settled;
pub use staff::{DeviceScope, Person, Role};
pub use text::{BadText, Name, Text};
pub use time::{ClockOffset, Dot, Moment, Seq, Stamp, Version};
pub use treatment::{
    Adjustment, AfterCare, AtTheDoor, Begun, Brought, CareEvent, CareOf, Comfort, Emergency, HandedOver, Happened, Precaution,
    Reacted, Run, StartOf, StepDone, Took, Treatment, judge_start, lasted,
};
pub use used::{Overtaken, Release, Seen, Use, UseOf, Used, judge_use, opening, overtaking};
pub use visit::Visit;
pub use withhold::withhold;

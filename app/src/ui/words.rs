//! The words for what the rules know: roles, questions, answers, courses, products, and why something did not work.

use super::I18n;
use crate::api::DoorRefusal;
use crate::i18n::td_string;
use crate::replica::{NotSaved, Trouble};
use domain::{
    Adjustment, Avoid, BadText, Channel, Course, DeviceScope, Direction, Emergency, HowGiven, Incomparable, Ingredient, Kinds,
    Matter, Medicine, Name, Objection, PatchResult, ProductClass, ProfileField, Purpose, Question, ReactionOutcome, Refusal,
    Role, SafetyQuestion, Said, Side, SkinTrouble, SkinType, StepKind, TakenMedicine, Unfit, UsualIngredient, WhyErased, Zone,
};
use sync::ApiFault;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident($type:ty) { $($variant:ident => $group:ident . $key:ident),+ $(,)? })+) => {$(
        $(#[$doc])*
        pub fn $name(i18n: I18n, it: $type) -> &'static str {
            match it {
                $(<$type>::$variant => td_string!(i18n, $group.$key)),+
            }
        }
    )+};
}

words! {
    role_word(Role) {
        Owner => role.owner, StoreManager => role.store_manager, OperationsManager => role.operations_manager,
        Consultant => role.consultant, Beautician => role.beautician, Clerk => role.clerk,
        ProductClerk => role.product_clerk, Support => role.support, Analyst => role.analyst,
    }
    /// As a short name, for lists.
    question_name(Question) {
        PregnantOrNursing => question.pregnant, ImplantOrPacemaker => question.implant, Allergies => question.allergies,
        Medication => question.medication, DestructiveHistory => question.destructive, QuickProducts => question.quick,
        ProductsNow => question.products, CareBefore => question.care, PastSymptoms => question.symptoms,
        HowLong => question.how_long, BodyCondition => question.body,
    }
    /// As it is put to her.
    question_asked(Question) {
        PregnantOrNursing => ask.pregnant, ImplantOrPacemaker => ask.implant, Allergies => ask.allergies,
        Medication => ask.medication, DestructiveHistory => ask.destructive, QuickProducts => ask.quick,
        ProductsNow => ask.products, CareBefore => ask.care, PastSymptoms => ask.symptoms,
        HowLong => ask.how_long, BodyCondition => ask.body,
    }
    /// Why it is asked, or what to write down.
    question_why(Question) {
        PregnantOrNursing => ask_why.pregnant, ImplantOrPacemaker => ask_why.implant, Allergies => ask_why.allergies,
        Medication => ask_why.medication, DestructiveHistory => ask_why.destructive, QuickProducts => ask_why.quick,
        ProductsNow => ask_why.products, CareBefore => ask_why.care, PastSymptoms => ask_why.symptoms,
        HowLong => ask_why.how_long, BodyCondition => ask_why.body,
    }
    said_word(Said) { Yes => said.yes, No => said.no, NotAsked => said.not_asked, Refused => said.refused }
    course_word(Course) {
        Laser => course.laser, Resurfacing => course.resurfacing, Dermabrasion => course.dermabrasion, Peel => course.peel,
        Acid => course.acid, QuickWhitening => course.quick_whitening,
    }
    zone_word(Zone) {
        Forehead => zone.forehead, Eyes => zone.eyes, Cheeks => zone.cheeks, Nose => zone.nose, Mouth => zone.mouth,
        Neck => zone.neck, Decollete => zone.decollete, Back => zone.back, Hands => zone.hands, Body => zone.body,
    }
    class_word(ProductClass) {
        Hydrating => class.hydrating, Repairing => class.repairing, Cleansing => class.cleansing, Sunscreen => class.sunscreen,
        Whitening => class.whitening, Acid => class.acid, Retinoid => class.retinoid, Exfoliant => class.exfoliant,
        EssentialOil => class.essential_oil, Depilatory => class.depilatory, Other => class.other,
    }
    trouble_word(SkinTrouble) { OpenWound => gate.open_wound, Infection => gate.infection, Sunburn => gate.sunburn }
    medicine_word(Medicine) {
        Isotretinoin => gate.isotretinoin, Photosensitising => gate.photosensitising, BloodThinning => gate.blood_thinning,
        Other => gate.other_medicine,
    }
    outcome_word(ReactionOutcome) {
        Redness => gate.redness, Swelling => gate.swelling, Worse => gate.worse, Other => class.other,
    }
    patch_word(PatchResult) { Negative => patch.negative, Positive => patch.positive }
    step_kind_word(StepKind) {
        Prepare => plan.prepare, MeasureBefore => plan.measure_before, Care => plan.care, MeasureAfter => plan.measure_after,
        Feeling => plan.feeling, HandBack => plan.hand_back,
    }
    adjustment_word(Adjustment) {
        Softer => room.softer, Stronger => room.stronger, Slower => room.slower, InHurry => room.in_hurry, Tired => room.tired,
        MoreComfortable => room.more_comfortable,
    }
    emergency_word(Emergency) {
        Stopped => room.stopped, Rinsed => room.rinsed, Cooled => room.cooled, CalledManager => room.called_manager,
        SentToDoctor => room.sent_to_doctor,
    }
    incomparable_words(Incomparable) {
        Instrument => measure.other_instrument, Zone => measure.other_zone, Condition => measure.other_condition,
    }
    side_word(Side) { Before => measure.before, After => measure.after }
    safety_question_name(SafetyQuestion) {
        PregnantOrNursing => question.pregnant, ImplantOrPacemaker => question.implant, Allergies => question.allergies,
        Medication => question.medication, SkinNow => care.skin_today, DestructiveHistory => question.destructive,
    }
    usual_word(UsualIngredient) {
        Alcohol => usual.alcohol, Fragrance => usual.fragrance, SalicylicAcid => usual.salicylic, FruitAcid => usual.fruit_acid,
        Preservative => usual.preservative, EssentialOil => usual.essential_oil, Latex => usual.latex, Nickel => usual.nickel,
    }
    skin_word(SkinType) {
        Dry => skin.dry, Oily => skin.oily, Combination => skin.combination, Normal => skin.normal, Sensitive => skin.sensitive,
    }
    scope_word(DeviceScope) { Treatment => scope.treatment, Desk => scope.desk, Management => scope.management }
    /// What this machine is called in a sentence.
    this_device_word(DeviceScope) { Treatment => scope.this_tablet, Desk => scope.this_device, Management => scope.this_device }
    field_word(ProfileField) {
        Name => field.name, Phone => field.phone, PhoneAsWritten => field.phone_as_written, Birthday => field.birthday,
        BirthdayAsWritten => field.birthday_as_written, Gender => field.gender, SkinType => field.skin_type, Card => field.card,
        Source => field.source, Referrer => field.referrer, Consultant => field.consultant, SpendingMark => field.spending_mark,
        BloodType => field.blood_type, Workplace => field.workplace, HomePhone => field.home_phone, Hobbies => field.hobbies,
        Diet => field.diet, FirstVisit => field.first_visit, LastVisit => field.last_visit, SpentBefore => field.spent_before,
        BalanceBefore => field.balance_before,
    }
    purpose_name(Purpose) {
        HealthRecord => purpose.health, CareContact => purpose.care, Offers => purpose.offers, Photos => purpose.photos,
        PhotosShown => purpose.shown,
    }
    /// What it is for, as she would want to know it.
    purpose_said(Purpose) {
        HealthRecord => purpose_said.health, CareContact => purpose_said.care, Offers => purpose_said.offers,
        Photos => purpose_said.photos, PhotosShown => purpose_said.shown,
    }
    how_given_word(HowGiven) {
        InPerson => how_given.in_person, OnPaper => how_given.on_paper, ByPhone => how_given.by_phone,
        ByMessage => how_given.by_message,
    }
    channel_word(Channel) {
        Phone => channel.phone, WeChat => channel.wechat, Message => channel.message, InPerson => channel.in_person,
        Other => channel.other,
    }
    direction_word(Direction) { ByUs => direction.by_us, ByHer => direction.by_her }
    matter_word(Matter) {
        Appointment => matter.appointment, AfterCare => matter.after_care, Complaint => matter.complaint, Offer => matter.offer,
        Other => matter.other,
    }
    erased_words(WhyErased) { HerRequest => erase.her_request, NoLongerNeeded => erase.not_needed, Mistake => erase.mistake }
    unfit_words(Unfit) {
        UnknownAuthor => unfit.unknown_author, AuthorLeft => unfit.author_left, NotAllowed => unfit.not_allowed,
        UnknownCustomer => unfit.unknown_customer, CustomerExists => unfit.customer_exists, Forged => unfit.forged,
        Erased => unfit.erased, Unreadable => unfit.unreadable, NothingToResolve => unfit.nothing_to_resolve, ProgramFailed => unfit.program_failed,
    }
}

pub fn this_device(i18n: I18n, scope: DeviceScope) -> &'static str {
    this_device_word(i18n, scope)
}

pub fn refusal_words(i18n: I18n, refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::SettingOutOfRange => td_string!(i18n, refusal.setting),
        Refusal::MinutesOutOfRange => td_string!(i18n, refusal.minutes),
        Refusal::MonthsOutOfRange => td_string!(i18n, refusal.months),
        Refusal::NothingPrescribed => td_string!(i18n, slip.bad_line),
        Refusal::RangeUpsideDown => td_string!(i18n, measure.bad_line),
        Refusal::CannotJoin => td_string!(i18n, refusal.cannot_join),
        Refusal::IsJoined => td_string!(i18n, refusal.is_joined),
        Refusal::ChangedMeanwhile => td_string!(i18n, refusal.changed),
    }
}

pub fn not_saved_words(i18n: I18n, why: &NotSaved) -> &'static str {
    match why {
        NotSaved::Objected(Objection::Refuse(refusal)) => refusal_words(i18n, refusal),
        NotSaved::Objected(Objection::Quarantine(unfit)) => unfit_words(i18n, *unfit),
        NotSaved::NotKept => td_string!(i18n, save.not_kept),
        NotSaved::Closed => td_string!(i18n, save.closed),
    }
}

pub fn trouble_words(i18n: I18n, trouble: &Trouble) -> String {
    match trouble {
        Trouble::Refused(refusal) => door_refusal_words(i18n, *refusal),
        Trouble::Unknown => td_string!(i18n, trouble.unknown_device).to_owned(),
        Trouble::NeedsNetwork => td_string!(i18n, trouble.needs_network).to_owned(),
        Trouble::LeaseOver { hours } => td_string!(i18n, trouble.lease_over, hours = *hours),
        Trouble::WrongPasswordOffline => td_string!(i18n, trouble.wrong_password_offline).to_owned(),
        Trouble::Fault(fault) => fault_words(i18n, *fault).to_owned(),
        Trouble::NotKept => td_string!(i18n, save.not_kept).to_owned(),
    }
}

pub fn door_refusal_words(i18n: I18n, refusal: DoorRefusal) -> String {
    match refusal {
        DoorRefusal::WrongPassword => td_string!(i18n, trouble.wrong_password),
        DoorRefusal::WrongPin { left: 0 } | DoorRefusal::PasswordNeeded => td_string!(i18n, trouble.password_needed),
        DoorRefusal::WrongPin { left } => return td_string!(i18n, trouble.wrong_pin, left = left),
        DoorRefusal::TooManyTries { minutes } => return td_string!(i18n, trouble.too_many_tries, minutes = minutes),
        DoorRefusal::UnknownCode => td_string!(i18n, trouble.unknown_code),
        DoorRefusal::BadLink => td_string!(i18n, trouble.bad_link),
        DoorRefusal::WeakPassword => td_string!(i18n, trouble.weak_password),
        DoorRefusal::WeakPin => td_string!(i18n, trouble.weak_pin),
        DoorRefusal::BadForm => td_string!(i18n, trouble.bad_form),
        DoorRefusal::NotOnThisDevice => td_string!(i18n, trouble.not_on_this_device),
        DoorRefusal::NotAllowed => td_string!(i18n, trouble.not_allowed),
    }
    .to_owned()
}

pub fn fault_words(i18n: I18n, fault: ApiFault) -> &'static str {
    match fault {
        ApiFault::SignedOut | ApiFault::Locked => td_string!(i18n, fault.signed_out),
        ApiFault::Wipe => td_string!(i18n, fault.wipe),
        ApiFault::TooMuch | ApiFault::Busy { .. } => td_string!(i18n, fault.busy),
        ApiFault::Upgrade => td_string!(i18n, fault.upgrade),
        ApiFault::Unreachable => td_string!(i18n, fault.unreachable),
    }
}

/// Why typed words can't stand; `what` names the field.
pub fn bad_text_words(i18n: I18n, bad: BadText) -> String {
    match bad {
        BadText::Empty => td_string!(i18n, form.empty).to_owned(),
        BadText::TooLong(most) => td_string!(i18n, form.too_long, most = most),
    }
}

/// `异维A酸·11月2日停用`, `光敏药·还在用`
pub fn medicine_words(i18n: I18n, medicine: &TakenMedicine, today: chrono::NaiveDate) -> String {
    let until = match medicine.until {
        Some(until) => td_string!(i18n, history.stopped_on, day = super::short_day(i18n, until, today)),
        None => td_string!(i18n, history.still_takes).to_owned(),
    };
    joined(i18n, [medicine_word(i18n, medicine.what), until.as_str()])
}

/// What must not be used, without the reason.
pub fn avoid_words(i18n: I18n, avoid: &Avoid) -> String {
    match avoid {
        Avoid::Kinds(Kinds { classes, ingredients }) => {
            let classes = classes.iter().map(|class| class_word(i18n, *class).to_owned());
            let all: Vec<String> = classes.chain(ingredients.iter().map(|what| ingredient_words(i18n, what))).collect();
            joined(i18n, all.iter().map(String::as_str))
        }
        Avoid::Ingredient(what) => td_string!(i18n, strip.contains, what = allergy_words(i18n, what)),
        Avoid::Current => td_string!(i18n, class.current).to_owned(),
    }
}

pub fn ingredient_words(i18n: I18n, what: &Ingredient) -> String {
    match what {
        Ingredient::Usual(usual) => usual_word(i18n, *usual).to_owned(),
        Ingredient::Other(name) => name.as_str().to_owned(),
    }
}

/// As somebody wrote it; a usual one in the words of whoever reads.
pub fn allergy_words(i18n: I18n, what: &Name) -> String {
    match i18n {
        I18n::zh_CN => what.as_str().to_owned(),
        I18n::zh_TW | I18n::en => ingredient_words(i18n, &Ingredient::from(what.clone())),
    }
}

/// Facts of one thing, side by side: `·` in Chinese, with spaces in English.
pub fn joined<'a>(i18n: I18n, parts: impl IntoIterator<Item = &'a str>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(td_string!(i18n, app.dot))
}

/// Things of a kind, one after the other.
pub fn listed<'a>(i18n: I18n, parts: impl IntoIterator<Item = &'a str>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(td_string!(i18n, app.comma))
}

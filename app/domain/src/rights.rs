//! Who may do and see what (M1-19, M17-05): one allow-list per role, action, field and device scope.

use crate::{Action, CareEvent, DeviceScope, Objection, Person, ProfileField, Role, StaffId, Unfit};
use ProfileField as F;
use std::collections::BTreeSet;

/// What an action asks the right for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    AddCustomer,
    Correct(ProfileField),
    TakeHistory,
    AddAllergy,
    ResolveAllergy,
    WriteCareNote,
    ExpectVisit,
    AskDeletion,
    /// Which files are of one person.
    Join,
    LogContact,
    /// What she said, to whoever was with her.
    LogHeard,
    /// What is seen of her skin, and put on it.
    Treat,
    /// A senior has seen what was put on it.
    Confirm,
    /// What will be done, and what she does at home: the consultant's.
    Prescribe,
    Erase,
    Furnish,
    /// About entries that were set aside; recorded by the server alone, for a manager.
    Decide,
}

/// Checked as the author, with today's roles, on the device and again on the server. A record that fails is
/// quarantined whole; the screen offers nobody what this refuses.
pub fn authorise(author: Option<&Person>, device: DeviceScope, action: &Action) -> Result<(), Objection> {
    if action.is_trace() || action.is_follow_up() {
        return Ok(());
    }
    let author = author.ok_or(Objection::Quarantine(Unfit::UnknownAuthor))?;
    if !author.is_active {
        return Err(Objection::Quarantine(Unfit::AuthorLeft));
    }
    if may(author, device, action) { Ok(()) } else { Err(Objection::Quarantine(Unfit::NotAllowed)) }
}

/// Whether the screen should offer it.
pub fn may(person: &Person, device: DeviceScope, action: &Action) -> bool {
    deeds(action).into_iter().all(|deed| device_allows(device, deed) && person.roles.iter().any(|role| role_allows(*role, deed)))
}

/// Whether she may sign in on a device of that kind: it keeps files for whoever works on it, so nobody who may not read all that it
/// keeps gets its key.
pub fn may_work_on(person: &Person, device: DeviceScope) -> bool {
    let mut kept = F::ALL.iter().filter(|field| device_shows(device, **field));
    kept.all(|field| may_read(person, device, *field))
}

/// Whether a manager may add, dismiss, or change the roles or password of somebody who holds these roles, before or after. An owner is
/// an owner's affair, and nobody's rights are her own affair: so there is always an owner left.
pub fn may_manage(by: &Person, whom: StaffId, roles: &BTreeSet<Role>) -> bool {
    let is_owner = by.roles.contains(&Role::Owner);
    by.is_manager() && by.id != whom && (is_owner || !roles.contains(&Role::Owner))
}

/// Whether a field may leave for this person on this device. Nothing that a safety rule reads is a profile field.
pub fn may_read(person: &Person, device: DeviceScope, field: ProfileField) -> bool {
    device_shows(device, field) && person.roles.iter().any(|role| role_reads(*role, field))
}

/// Whether the device's kind shows the field to anybody: what is cached on it.
pub(crate) fn device_shows(device: DeviceScope, field: ProfileField) -> bool {
    match device {
        DeviceScope::Treatment => {
            matches!(field, F::Name | F::Birthday | F::SkinType | F::Card | F::Consultant | F::FirstVisit | F::LastVisit)
        }
        DeviceScope::Desk | DeviceScope::Management => true,
    }
}

fn deeds(action: &Action) -> Vec<Deed> {
    match action {
        Action::AddCustomer { card, .. } => {
            let fields = card.profile.iter().map(|value| Deed::Correct(value.field()));
            std::iter::once(Deed::AddCustomer).chain(fields).collect()
        }
        Action::CorrectProfile { value, .. } => vec![Deed::Correct(value.field())],
        Action::AnswerQuestion { .. } => vec![Deed::TakeHistory],
        Action::AddAllergy { .. } => vec![Deed::AddAllergy],
        // Both say of something that stands in her file that it is not so.
        Action::ResolveAllergy { .. } | Action::SettleDoubts { .. } => vec![Deed::ResolveAllergy],
        Action::WriteCareNote { .. } => vec![Deed::WriteCareNote],
        Action::ExpectVisit { .. } => vec![Deed::ExpectVisit],
        Action::AskDeletion { .. } => vec![Deed::AskDeletion],
        Action::OpenFile { .. } | Action::DoubtWhose { .. } | Action::OvertakeUse { .. } | Action::OpenBatch { .. } => Vec::new(),
        Action::JoinFiles { .. } | Action::PartFiles { .. } => vec![Deed::Join],
        // Whoever asks her asks for this as well; what she takes back must find an ear everywhere.
        Action::RecordConsent { consent, .. } => vec![if consent.is_given { Deed::TakeHistory } else { Deed::LogHeard }],
        Action::LogContact { is, .. } => vec![if is.is_heard() { Deed::LogHeard } else { Deed::LogContact }],
        Action::LookAtSkin { .. } | Action::UseProduct { .. } | Action::TryPatch { .. } | Action::Measure { .. } => {
            vec![Deed::Treat]
        }
        Action::Care { is, .. } => vec![match **is {
            CareEvent::Settle { .. } | CareEvent::Confirm { .. } => Deed::Confirm,
            _ => Deed::Treat,
        }],
        Action::ConfirmUse { .. } => vec![Deed::Confirm],
        Action::Prescribe { .. } => vec![Deed::Prescribe],
        Action::EraseFile { .. } | Action::DeclineDeletion { .. } => vec![Deed::Erase],
        Action::TakeIn { action, .. } => std::iter::once(Deed::Decide).chain(deeds(action)).collect(),
        Action::SetAside { .. } | Action::LeaveOut { .. } => vec![Deed::Decide],
        Action::FurnishRoom { .. }
        | Action::OfferService { .. }
        | Action::ChangeSettings { .. }
        | Action::StockProduct { .. }
        | Action::StockBatch { .. }
        | Action::KeepInstrument { .. } => vec![Deed::Furnish],
    }
}

fn device_allows(device: DeviceScope, deed: Deed) -> bool {
    match device {
        DeviceScope::Management => true,
        DeviceScope::Desk => !matches!(deed, Deed::Join | Deed::Erase | Deed::Furnish | Deed::Decide),
        DeviceScope::Treatment => match deed {
            Deed::Correct(field) => field == F::SkinType,
            Deed::TakeHistory | Deed::AddAllergy | Deed::ResolveAllergy | Deed::WriteCareNote | Deed::LogHeard => true,
            Deed::Treat | Deed::Confirm | Deed::Prescribe => true,
            Deed::AddCustomer
            | Deed::ExpectVisit
            | Deed::AskDeletion
            | Deed::LogContact
            | Deed::Join
            | Deed::Erase
            | Deed::Furnish
            | Deed::Decide => false,
        },
    }
}

fn role_allows(role: Role, deed: Deed) -> bool {
    match role {
        Role::Owner | Role::StoreManager | Role::OperationsManager => true,
        Role::Consultant => !matches!(deed, Deed::Join | Deed::Erase | Deed::Furnish | Deed::Decide),
        Role::Beautician => match deed {
            Deed::Correct(field) => field == F::SkinType,
            Deed::TakeHistory | Deed::AddAllergy | Deed::WriteCareNote | Deed::LogHeard | Deed::Treat => true,
            Deed::AddCustomer
            | Deed::Confirm
            | Deed::Prescribe
            | Deed::ResolveAllergy
            | Deed::ExpectVisit
            | Deed::AskDeletion
            | Deed::Join
            | Deed::LogContact
            | Deed::Erase
            | Deed::Furnish
            | Deed::Decide => false,
        },
        Role::Clerk => match deed {
            Deed::Correct(field) => !matches!(field, F::SpendingMark | F::SkinType | F::SpentBefore | F::BalanceBefore),
            Deed::AddCustomer | Deed::TakeHistory | Deed::AddAllergy | Deed::WriteCareNote | Deed::ExpectVisit => true,
            Deed::LogContact | Deed::LogHeard => true,
            Deed::Treat | Deed::Confirm | Deed::Prescribe => false,
            Deed::ResolveAllergy | Deed::AskDeletion | Deed::Join | Deed::Erase | Deed::Furnish | Deed::Decide => false,
        },
        // A helper at peak time may be the one whom she tells: that is never lost.
        Role::Support => matches!(deed, Deed::AddAllergy | Deed::WriteCareNote | Deed::LogHeard),
        Role::ProductClerk | Role::Analyst => false,
    }
}

fn role_reads(role: Role, field: ProfileField) -> bool {
    match role {
        Role::Owner | Role::StoreManager | Role::OperationsManager | Role::Consultant | Role::Clerk => true,
        // A helper at peak time helps in the treatment rooms.
        Role::Beautician | Role::Support => device_shows(DeviceScope::Treatment, field),
        // Stock and figures need no customer's file.
        Role::ProductClerk | Role::Analyst => false,
    }
}

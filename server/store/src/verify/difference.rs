//! What verifying found, each a sentence for a person. Ids only, never contents.

use domain::{CustomerId, StaffId};

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Difference {
    #[error("The audit's row {number} was changed, or one before it was.")]
    AuditBroken { number: i64 },
    #[error("The audit's row {number} is missing.")]
    AuditMissing { number: i64 },
    #[error("Row {number} of who has read what was changed, or one before it was.")]
    ReadingBroken { number: i64 },
    #[error("Row {number} of who has read what is not what the audit and the mutation tell of it.")]
    ReadingDiffers { number: i64 },
    #[error("Row {number} of who has read what is missing.")]
    ReadingMissing { number: i64 },
    #[error("Row {number} of who has read what is there, and the audit knows nothing of it.")]
    ReadingUntold { number: i64 },
    #[error("Nothing in the audit says what made version {version}.")]
    VersionUntold { version: i64 },
    #[error("The branch stands at version {stored}, its audit at {told}.")]
    HeadDiffers { stored: i64, told: i64 },
    #[error("The branch is in epoch {stored}, by its audit in {told}.")]
    EpochDiffers { stored: i64, told: i64 },
    #[error("The branch was not founded when the audit says.")]
    FoundingDiffers,
    #[error("By the branch's row a second medium holds version {stored}; no backup that the audit knows of can.")]
    DurableDiffers { stored: i64 },
    #[error("The last backup was not made when the audit says.")]
    BackupDiffers,
    #[error("Entry {seq} of device {device} is missing in the ledger.")]
    EntryMissing { device: String, seq: i64 },
    #[error("Entry {seq} of device {device} is not what the audit says was handed in and answered.")]
    EntryDiffers { device: String, seq: i64 },
    #[error("Entry {seq} of device {device} is in the ledger, and the audit knows nothing of it.")]
    EntryUntold { device: String, seq: i64 },
    #[error("Entry {seq} of device {device} counts as handed in by another one, and the ledger knows no such answer.")]
    HandedOverUntold { device: String, seq: i64 },
    #[error("What device {0} lost in a restore is not what the audit says.")]
    LostDiffers(String),
    #[error("Entry {seq} of device {device} was put in quarantine and is not there.")]
    QuarantineMissing { device: String, seq: i64 },
    #[error("Entry {seq} of device {device} is in quarantine, and the audit does not say so.")]
    QuarantineUntold { device: String, seq: i64 },
    #[error("Entry {seq} of device {device} is not in quarantine as it came.")]
    QuarantineDiffers { device: String, seq: i64 },
    #[error("What was decided about entry {seq} of device {device} is not what the history says.")]
    DecisionDiffers { device: String, seq: i64 },
    #[error("The mutation that made version {version} can't be read, or does not follow from the rules.")]
    MutationBroken { version: i64 },
    #[error("The audit knows nothing of the mutation that stands under version {version}.")]
    MutationUntold { version: i64 },
    #[error("The salon's row is not what its history makes of it.")]
    SalonDiffers,
    #[error("Person {0} is not as the audit last saw her.")]
    PersonDiffers(StaffId),
    #[error("The password of person {0} was set more often than the audit says, or less, or is gone.")]
    PasswordDiffers(StaffId),
    #[error("Device {0} is not as the audit says it was enrolled and stands.")]
    DeviceDiffers(String),
    #[error("Device {0} is missing.")]
    DeviceMissing(String),
    #[error("Device {0} was enrolled by nobody.")]
    DeviceUntold(String),
    #[error("The file of customer {0} is not what its history makes of it.")]
    FileDiffers(CustomerId),
    #[error("The file of customer {0} is missing.")]
    FileMissing(CustomerId),
    #[error("Customer {0} has a file that nobody made.")]
    FileUntold(String),
    #[error("Customer {0} is not found by what is in the file.")]
    SearchDiffers(CustomerId),
    #[error("The days of customer {0} are not those in the file.")]
    VisitsDiffer(CustomerId),
}

//! Builds that must not pass.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    SequenceAsCursor,
    CursorBeforeRows,
    NoLedger,
    SignedOutDeletes,
    OutboxInLocalStorage,
    LastWriterWinsOnAllergies,
    /// Two tabs read and write the whole outbox: one writes back what the other has added to meanwhile.
    OutboxAsOneArray,
    /// The server answers before its disk has it.
    SynchronousOff,
    /// A restored server says that it is the one it was.
    EpochIgnored,
    /// A file that did not fit is given up, and the older one in its place is shown on.
    OldFileStays,
    /// What is dropped stays among the copies that lie apart.
    CopiesStay,
    /// A use of which the salon knew more is taken in like any other.
    NothingOvertaken,
}

impl Broken {
    /// Those of the fault list.
    pub const ALL: [Self; 9] = [
        Self::SequenceAsCursor,
        Self::CursorBeforeRows,
        Self::NoLedger,
        Self::SignedOutDeletes,
        Self::OutboxInLocalStorage,
        Self::LastWriterWinsOnAllergies,
        Self::OutboxAsOneArray,
        Self::SynchronousOff,
        Self::EpochIgnored,
    ];

    /// A device's full disk and its kept copies have their own, and so has the gate.
    pub const BESIDES: [Self; 3] = [Self::OldFileStays, Self::CopiesStay, Self::NothingOvertaken];
}

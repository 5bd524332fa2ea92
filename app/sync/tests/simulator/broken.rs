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
}

impl Broken {
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
}

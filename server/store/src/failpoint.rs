//! Where a test may end the writer, as a power cut would. In a release this is nothing.

#[cfg(feature = "failpoints")]
mod armed {
    use crate::{Store, StoreError};
    use std::sync::Mutex;

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum FailPoint {
        BeforeCommit,
        /// It is kept, and nobody is told.
        AfterCommit,
        /// After that many entries of a batch.
        Item(usize),
        /// The rules themselves fall over at that entry of a batch.
        Poison(usize),
    }

    #[derive(Debug, Default)]
    pub(crate) struct FailPoints(Mutex<Option<FailPoint>>);

    impl FailPoints {
        /// Once: the next try goes through.
        pub(crate) fn hit(&self, point: FailPoint) -> Result<(), StoreError> {
            let mut armed = self.0.lock().map_err(|_| StoreError::Interrupted)?;
            if *armed == Some(point) {
                *armed = None;
                return Err(StoreError::Interrupted);
            }
            Ok(())
        }

        /// As a mistake in the rules would.
        pub(crate) fn fall(&self, point: FailPoint) {
            if self.hit(point).is_err() {
                panic!("a test has the rules fall over");
            }
        }
    }

    impl Store {
        pub fn fail_at(&self, point: FailPoint) {
            if let Ok(mut armed) = self.inner.fail.0.lock() {
                *armed = Some(point);
            }
        }
    }
}

#[cfg(not(feature = "failpoints"))]
mod armed {
    use crate::StoreError;

    #[expect(dead_code, reason = "nothing reads where nothing is armed")]
    pub(crate) enum FailPoint {
        BeforeCommit,
        AfterCommit,
        Item(usize),
        Poison(usize),
    }

    #[derive(Debug, Default)]
    pub(crate) struct FailPoints {}

    impl FailPoints {
        pub(crate) const fn hit(&self, _point: FailPoint) -> Result<(), StoreError> {
            Ok(())
        }

        pub(crate) const fn fall(&self, _point: FailPoint) {}
    }
}

#[cfg(feature = "failpoints")]
pub use armed::FailPoint;
#[cfg(not(feature = "failpoints"))]
pub(crate) use armed::FailPoint;
pub(crate) use armed::FailPoints;

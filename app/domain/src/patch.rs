//! Patch tests (皮试): a little of a product on her skin, and a look at it (S8).

use crate::{ClockOffset, CustomerFile, PatchResult, PatchTest, ProductId, Text, Written};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PatchTried {
    pub product: ProductId,
    /// The day on which it was put on; `None` where it was the day on which it was written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
    pub result: PatchResult,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<Text>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patch {
    pub is: PatchTried,
    pub written: Written,
}

impl Patch {
    pub fn on(&self, offset: ClockOffset) -> NaiveDate {
        self.is.on.unwrap_or_else(|| offset.day(self.written.at))
    }
}

impl CustomerFile {
    pub(crate) fn patch_tests_on_record(&self, offset: ClockOffset) -> Vec<PatchTest> {
        let test =
            |patch: &Patch| PatchTest { product: patch.is.product.to_string(), on: patch.on(offset), result: patch.is.result };
        self.patches.values().map(test).collect()
    }
}

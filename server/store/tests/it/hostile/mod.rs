//! Tablets in wrong hands, and entries that nobody's tablet makes.

mod handing_in;
mod overreaching;
mod reading;

use crate::shop::Tablet;
use domain::{StaffId, Unfit, Version};
use sync::{Outcome, Sealed};

const NOT_ALLOWED: Outcome = Outcome::Quarantined { reason: Unfit::NotAllowed };
const UNREADABLE: Outcome = Outcome::Quarantined { reason: Unfit::Unreadable };
const FORGED: Outcome = Outcome::Quarantined { reason: Unfit::Forged };

/// An entry whose action is whatever JSON.
fn odd(tablet: &mut Tablet, author: StaffId, action: &serde_json::Value) -> Sealed {
    let header = tablet.header(author, Version(0));
    let mut envelope = serde_json::to_value(header).unwrap();
    envelope["action"] = action.clone();
    tablet.seal_bytes(author, &header, envelope.to_string().as_bytes())
}

//! `sync::ApiFault` as the error of a server function. Whatever can't be read is `Unreachable`: a captive portal, too.

use serde::{Deserialize, Serialize};
use server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use sync::ApiFault;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(transparent)]
#[error(transparent)]
pub struct Fault(#[from] pub ApiFault);

impl From<Fault> for ApiFault {
    fn from(fault: Fault) -> Self {
        fault.0
    }
}

impl FromServerFnError for Fault {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(_: ServerFnErrorErr) -> Self {
        Self(ApiFault::Unreachable)
    }
}

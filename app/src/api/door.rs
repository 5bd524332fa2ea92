//! Coming in and going out: enrolment, sign-in, unlocking, PIN and password.

use super::{Door, DoorRefusal, Fault, SetUp, SignedIn};
use domain::{DeviceId, DeviceScope, Moment, StaffId};
use leptos::prelude::*;
use server_fn::codec::Json;
use sync::Bytes;

#[server(name = AtTheDoor, endpoint = "door", input = Json)]
pub async fn door() -> Result<Door, Fault> {
    super::back_office::ask()?.door().await
}

/// Founds the salon. `link` is the one-use word of the link that `serve` prints on empty data; this browser becomes the first
/// device, and its manager is signed in.
#[server(name = SetUpSalon, endpoint = "door/set-up", input = Json)]
pub async fn set_up(link: String, form: SetUp) -> Result<Result<SignedIn, DoorRefusal>, Fault> {
    super::back_office::ask()?.set_up(link, form).await
}

/// Makes this browser one of the salon's devices, by a code that a manager read out.
#[server(name = Enrol, endpoint = "door/enrol", input = Json)]
pub async fn enrol(code: String) -> Result<Result<(), DoorRefusal>, Fault> {
    super::back_office::ask()?.enrol(code).await
}

/// The demo on the server's own machine: the browser picks its scope.
#[server(name = EnrolHere, endpoint = "door/enrol-here", input = Json)]
pub async fn enrol_here(scope: DeviceScope) -> Result<Result<(), DoorRefusal>, Fault> {
    super::back_office::ask()?.enrol_here(scope).await
}

/// Gives a device whose browser lost its cookie a new one. `at` is the server's time as [`door`] said it within the last minute;
/// `proof` is the mac of [`sync::proof_words`] under the device's proof key.
#[server(name = KnowAgain, endpoint = "door/know-again", input = Json)]
pub async fn know_again(device: DeviceId, at: Moment, proof: Bytes) -> Result<Result<(), DoorRefusal>, Fault> {
    super::back_office::ask()?.know_again(device, at, proof).await
}

#[server(name = SignIn, endpoint = "door/sign-in", input = Json)]
pub async fn sign_in(staff: StaffId, password: String) -> Result<Result<SignedIn, DoorRefusal>, Fault> {
    super::back_office::ask()?.sign_in(staff, password).await
}

/// Opens her own running session on this device again.
#[server(name = Unlock, endpoint = "door/unlock", input = Json)]
pub async fn unlock(staff: StaffId, pin: String) -> Result<Result<SignedIn, DoorRefusal>, Fault> {
    super::back_office::ask()?.unlock(staff, pin).await
}

/// Until it is unlocked, this session only waits: what is recorded may still be handed in.
#[server(name = Lock, endpoint = "door/lock", input = Json)]
pub async fn lock() -> Result<(), Fault> {
    super::back_office::ask()?.lock().await
}

#[server(name = SetPin, endpoint = "door/set-pin", input = Json)]
pub async fn set_pin(pin: String) -> Result<Result<(), DoorRefusal>, Fault> {
    super::back_office::ask()?.set_pin(pin).await
}

/// Ends her sessions everywhere and opens a new one here.
#[server(name = ChangePassword, endpoint = "door/change-password", input = Json)]
pub async fn change_password(old: String, new: String) -> Result<Result<SignedIn, DoorRefusal>, Fault> {
    super::back_office::ask()?.change_password(old, new).await
}

#[server(name = SignOut, endpoint = "door/sign-out", input = Json)]
pub async fn sign_out() -> Result<(), Fault> {
    super::back_office::ask()?.sign_out().await
}

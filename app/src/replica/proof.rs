//! Which device this is, for when the browser has lost the cookie that says so: a kill soon after enrolment takes it along, as
//! browsers write cookies down up to half a minute late. The key lies in IndexedDB; scripts can sign with it, but not read it.

use super::Replica;
use crate::api;
use domain::{DeviceId, Moment};
use js_sys::{ArrayBuffer, Object, Reflect, Uint8Array};
use leptos::prelude::*;
use sync::{Bytes, Key, proof_words};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

const NOTE: &str = "proof";

impl Replica {
    /// Before anything is recorded here, so that whatever is recorded can be handed in.
    pub(crate) async fn keep_proof(&self, data: &Key) {
        if let (Some(outbox), Ok(key)) = (self.inner().outbox.get(), import(&data.proof_key()).await) {
            let _ = outbox.put_object(NOTE, &key).await;
        }
    }

    /// Asks the salon for a new cookie; `at` is its time, as it has just said it. True once this browser is its device again.
    pub(crate) async fn is_known_again(&self, at: Moment) -> bool {
        let Some(device) = self.inner().identity.with_untracked(|identity| identity.as_ref().map(|known| known.device)) else {
            return false;
        };
        match self.prove(device, at).await {
            Some(proof) => matches!(api::know_again(device, at, proof).await, Ok(Ok(()))),
            None => false,
        }
    }

    async fn prove(&self, device: DeviceId, at: Moment) -> Option<Bytes> {
        let key: CryptoKey = self.inner().outbox.get()?.object(NOTE).await?.dyn_into().ok()?;
        let signing = subtle()?.sign_with_str_and_u8_array("HMAC", &key, proof_words(device, at).as_bytes()).ok()?;
        let signed: ArrayBuffer = JsFuture::from(signing).await.ok()?.dyn_into().ok()?;
        Some(Bytes(Uint8Array::new(&signed).to_vec()))
    }
}

async fn import(key: &Key) -> Result<JsValue, JsValue> {
    let algorithm = Object::new();
    Reflect::set(&algorithm, &"name".into(), &"HMAC".into())?;
    Reflect::set(&algorithm, &"hash".into(), &"SHA-256".into())?;
    let bytes = Uint8Array::from(key.bytes().as_slice());
    let may = js_sys::Array::of1(&"sign".into());
    let subtle = subtle().ok_or(JsValue::NULL)?;
    JsFuture::from(subtle.import_key_with_object("raw", &bytes, &algorithm, false, &may)?).await
}

fn subtle() -> Option<SubtleCrypto> {
    Some(web_sys::window()?.crypto().ok()?.subtle())
}

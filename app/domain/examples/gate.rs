//! The gate by itself, as a browser runs it: the test in the browser's ring holds it against `xinyan verdicts`, which is the server's.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::wasm_bindgen;

/// What the safety rules, version 1, say to cases as `xinyan verdicts` reads them; what can't be read is told instead.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
pub fn verdicts(cases: &str) -> String {
    let rules = domain::SafetyRules::default();
    match serde_json::from_str::<Vec<domain::GivenCase<serde_json::Value>>>(cases) {
        Ok(cases) => {
            let judged: Vec<_> = cases.into_iter().map(|case| case.judged(&rules)).collect();
            serde_json::to_string(&judged).unwrap_or_default()
        }
        Err(error) => error.to_string(),
    }
}

//! When the browser has nothing to do.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::page;

/// Waits until the browser has time to spare; not at all in a browser that
/// does not say when it has.
pub async fn wait() {
    let idle = Promise::new(&mut |resolve, _| {
        let asked = page::window().map(|window| window.request_idle_callback(&resolve));
        if !matches!(asked, Some(Ok(_))) {
            // Nobody hears of it if this fails, and then nothing waits either.
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    });
    // It is never rejected.
    let _ = JsFuture::from(idle).await;
}

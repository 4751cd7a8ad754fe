//! What the customer copies, for pasting elsewhere. Nothing is ever read from there.

use std::future::Future;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::page;

/// Puts a text there, and tells whether the browser took it. To be called
/// inside the click: browsers take it only from a customer's own act.
pub fn write(text: &str) -> impl Future<Output = bool> + use<> {
    let under_way = ask(text);
    async move {
        match under_way {
            Some(promise) => JsFuture::from(promise).await.is_ok(),
            None => false,
        }
    }
}

/// `None` where there is no clipboard, as on a page without TLS.
fn ask(text: &str) -> Option<Promise> {
    let of = |object: &JsValue, name: &str| Reflect::get(object, &JsValue::from_str(name)).ok();
    let clipboard = of(&page::window()?.navigator(), "clipboard")?;
    if clipboard.is_undefined() {
        return None;
    }
    let write: Function = of(&clipboard, "writeText")?.dyn_into().ok()?;
    let begun = write.call1(&clipboard, &JsValue::from_str(text)).ok()?;
    begun.dyn_into().ok()
}

//! This page: its settings, its title, its address.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, Document, Window};

pub(super) fn window() -> Option<Window> {
    web_sys::window()
}

pub(super) fn document() -> Option<Document> {
    window()?.document()
}

/// Whether the browser has a global of this name.
pub(super) fn has_global(name: &str) -> bool {
    Reflect::has(&js_sys::global(), &JsValue::from_str(name)).unwrap_or(false)
}

/// The page's own origin, as in `https://portal.example`.
pub fn origin() -> Option<String> {
    window()?.location().origin().ok()
}

/// The content of a `<meta name=…>` of the page.
pub fn meta(name: &str) -> Option<String> {
    let selector = format!("meta[name=\"{name}\"]");
    document()?
        .query_selector(&selector)
        .ok()??
        .get_attribute("content")
}

/// The path that the app is served under, with no `/` at its end: the page's base.
pub fn base_path() -> String {
    let base = document().and_then(|document| document.base_uri().ok().flatten());
    let path = base.and_then(|uri| {
        let after_scheme = uri.split_once("://")?.1.to_owned();
        after_scheme
            .split_once('/')
            .map(|(_, path)| format!("/{path}"))
    });
    path.unwrap_or_default().trim_end_matches('/').to_owned()
}

/// An address within the app, for a window of its own: `pay/launch` below the base.
pub fn address(path: &str) -> String {
    format!("{}/{}", base_path(), path.trim_start_matches('/'))
}

/// The element that the app is built in: `#app`, or the body of a page without one.
pub fn place_for_app() -> leptos::web_sys::HtmlElement {
    let found = document().and_then(|document| document.get_element_by_id("app"));
    match found.and_then(|element| element.dyn_into().ok()) {
        Some(element) => element,
        None => leptos::prelude::document().body().unwrap_or_else(|| {
            // Only a page that is being torn down has no body; there is nothing to build in.
            wasm_bindgen::throw_str("the page has no body")
        }),
    }
}

/// The words that the boot script fetched beside the app.
pub fn words() -> Option<String> {
    Reflect::get(&js_sys::global(), &JsValue::from_str("porticoWords"))
        .ok()?
        .as_string()
}

/// The language of the page, a BCP 47 tag.
pub fn language() -> String {
    let root = document().and_then(|document| document.document_element());
    root.and_then(|root| root.get_attribute("lang"))
        .unwrap_or_else(|| "en".to_owned())
}

/// Whether the page runs from right to left.
pub fn runs_right_to_left() -> bool {
    let root = document().and_then(|document| document.document_element());
    let direction = root.and_then(|root| root.get_attribute("dir"));
    direction.is_some_and(|direction| direction.eq_ignore_ascii_case("rtl"))
}

/// Names the page in the browser's tab and history.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Tells the boot script that the app is shown, so that it removes what stood on the page before.
pub fn signal_ready() {
    if let (Some(window), Ok(event)) = (window(), CustomEvent::new("portico:ready")) {
        // Nobody can refuse this event.
        let _ = window.dispatch_event(&event);
    }
}

/// Whether the customer can see the page.
pub fn is_visible() -> bool {
    document().is_none_or(|document| !document.hidden())
}

/// Whether the browser believes that there is a network.
pub fn is_online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

/// Whether anything on screen is still being loaded: a skeleton says so.
pub fn is_loading() -> bool {
    document().is_some_and(|document| {
        let found = document.query_selector("[data-loading]");
        found.is_ok_and(|element| element.is_some())
    })
}

/// Whether the customer has asked the browser to be sparing with data.
pub fn saves_data() -> bool {
    let of = |object: JsValue, name: &str| Reflect::get(&object, &JsValue::from_str(name)).ok();
    window()
        .and_then(|window| of(window.navigator().into(), "connection"))
        .and_then(|connection| of(connection, "saveData"))
        .is_some_and(|saves| saves.is_truthy())
}

/// Where the page is: its path with the query, as in `/invoices?page=2`.
pub fn path() -> String {
    let at = window().map(|window| window.location());
    let part = |of: fn(&web_sys::Location) -> Result<String, JsValue>| {
        at.as_ref().and_then(|at| of(at).ok()).unwrap_or_default()
    };
    format!(
        "{}{}",
        part(web_sys::Location::pathname),
        part(web_sys::Location::search)
    )
}

/// Leaves for another address in this tab; whether the browser lets it.
pub fn go_to(address: &str) -> bool {
    window().is_some_and(|window| window.location().assign(address).is_ok())
}

/// What the browser calls itself.
pub fn user_agent() -> String {
    let agent = window().and_then(|window| window.navigator().user_agent().ok());
    agent.unwrap_or_default()
}

/// Whether a media query is true at the moment.
pub fn matches(query: &str) -> bool {
    let list = window().and_then(|window| window.match_media(query).ok().flatten());
    list.is_some_and(|list| list.matches())
}

/// Whether it was started from the home screen of an Apple device, which has its own sign of that.
pub fn is_on_home_screen() -> bool {
    let navigator = window().map(|window| JsValue::from(window.navigator()));
    navigator
        .and_then(|navigator| Reflect::get(&navigator, &JsValue::from_str("standalone")).ok())
        .is_some_and(|standalone| standalone.is_truthy())
}

/// Whether the page is a frame within another one.
pub fn is_framed() -> bool {
    // The top of a tab is its own parent; a page that may not look above itself is framed.
    window().is_some_and(|window| match window.parent() {
        Ok(parent) => parent.is_some_and(|parent| parent != window),
        Err(_) => true,
    })
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = window() {
        // Refused only while the page is being left anyway.
        let _ = window.location().reload();
    }
}

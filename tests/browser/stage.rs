//! A piece of page to build in, with the real words.

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use leptos::web_sys::{Element, HtmlElement};
use portico::i18n::{self, Catalogue};
use wasm_bindgen::JsCast;

/// Something on the page; it goes when it is dropped.
pub struct Stage {
    place: HtmlElement,
    _mounted: UnmountHandle<AnyViewState>,
}

impl Stage {
    pub fn show(build: impl FnOnce() -> AnyView + 'static) -> Self {
        speak();
        let document = document();
        let place: HtmlElement = document.create_element("div").unwrap().unchecked_into();
        document.body().unwrap().append_child(&place).unwrap();
        let mounted = mount_to(place.clone(), build);
        Self {
            place,
            _mounted: mounted,
        }
    }

    pub fn find(&self, selector: &str) -> Option<Element> {
        self.place.query_selector(selector).unwrap()
    }

    pub fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        self.find(selector)?.get_attribute(name)
    }

    pub fn text(&self, selector: &str) -> String {
        let text = self
            .find(selector)
            .and_then(|element| element.text_content());
        text.unwrap_or_default()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    pub fn click(&self, selector: &str) {
        self.find(selector)
            .unwrap()
            .unchecked_into::<HtmlElement>()
            .click();
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.place.remove();
    }
}

/// The English words, as the build joins them.
pub fn speak() {
    let files = [
        ("account", include_str!("../../locales/en/account.json")),
        ("checkout", include_str!("../../locales/en/checkout.json")),
        ("common", include_str!("../../locales/en/common.json")),
        ("errors", include_str!("../../locales/en/errors.json")),
        ("home", include_str!("../../locales/en/home.json")),
        ("invoices", include_str!("../../locales/en/invoices.json")),
        ("payments", include_str!("../../locales/en/payments.json")),
        ("sign_in", include_str!("../../locales/en/sign_in.json")),
    ];
    let joined = ::words::files::join(files);
    let words = Catalogue::from_json(&joined.unwrap()).unwrap();
    i18n::install(words, "en-IE", || 1_795_269_727_000);
    i18n::set_time_zone("Europe/Dublin");
}

//! A piece of page to build in, with the real words.

use api_types::{Currency, Money};
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use leptos::web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement};
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

impl Stage {
    /// Types into a field, as the keyboard does: the text, then the browser's events.
    pub fn type_into(&self, selector: &str, text: &str) {
        self.type_only(selector, text);
        self.fire(selector, "change");
    }

    /// Types without leaving the field.
    pub fn type_only(&self, selector: &str, text: &str) {
        let input: HtmlInputElement = self.find(selector).unwrap().unchecked_into();
        input.set_value(text);
        self.fire(selector, "input");
    }

    /// Chooses out of a list.
    pub fn choose(&self, selector: &str, value: &str) {
        let select: HtmlSelectElement = self.find(selector).unwrap().unchecked_into();
        select.set_value(value);
        assert_eq!(select.value(), value, "there is no such choice");
        self.fire(selector, "change");
    }

    pub fn value(&self, selector: &str) -> String {
        let field = self.find(selector).unwrap();
        match field.dyn_into::<HtmlSelectElement>() {
            Ok(select) => select.value(),
            Err(field) => field.unchecked_into::<HtmlInputElement>().value(),
        }
    }

    pub fn is_checked(&self, selector: &str) -> bool {
        let input: HtmlInputElement = self.find(selector).unwrap().unchecked_into();
        input.checked()
    }

    /// An event that bubbles, as the browser's own do.
    pub fn fire(&self, selector: &str, kind: &str) {
        let event = document().create_event("Event").unwrap();
        event.init_event_with_bubbles_and_cancelable(kind, true, true);
        self.find(selector).unwrap().dispatch_event(&event).unwrap();
    }

    pub fn focus(&self, selector: &str) {
        let element: HtmlElement = self.find(selector).unwrap().unchecked_into();
        element.focus().unwrap();
    }

    /// The id of what has the keyboard.
    pub fn focused(&self) -> String {
        let active = document().active_element();
        active.map(|element| element.id()).unwrap_or_default()
    }

    pub fn count(&self, selector: &str) -> u32 {
        count(&self.place, selector)
    }
}

/// Waits for what takes time: a pause, an answer.
pub async fn until(is_so: impl Fn() -> bool) {
    for _ in 0..500 {
        if is_so() {
            return;
        }
        gloo_timers::future::TimeoutFuture::new(10).await;
    }
    panic!("it has not come to be");
}

fn count(within: &Element, selector: &str) -> u32 {
    let mut found = 0;
    let mut next = within.first_element_child();
    while let Some(element) = next {
        found += u32::from(element.matches(selector).unwrap()) + count(&element, selector);
        next = element.next_element_sibling();
    }
    found
}

/// Lets everything happen that a change has set off.
pub async fn settled() {
    for _ in 0..5 {
        leptos::task::tick().await;
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.place.remove();
    }
}

/// The English words, as the build joins them.
pub fn speak() {
    speak_in("en-IE");
}

/// The same with figures and dates by another language tag.
pub fn speak_in(tag: &str) {
    let files = [
        ("account", include_str!("../../locales/en/account.json")),
        ("booking", include_str!("../../locales/en/booking.json")),
        ("calendar", include_str!("../../locales/en/calendar.json")),
        (
            "calendar_views",
            include_str!("../../locales/en/calendar_views.json"),
        ),
        ("checkout", include_str!("../../locales/en/checkout.json")),
        ("common", include_str!("../../locales/en/common.json")),
        ("controls", include_str!("../../locales/en/controls.json")),
        (
            "credit_notes",
            include_str!("../../locales/en/credit_notes.json"),
        ),
        ("errors", include_str!("../../locales/en/errors.json")),
        ("event", include_str!("../../locales/en/event.json")),
        (
            "event_states",
            include_str!("../../locales/en/event_states.json"),
        ),
        ("history", include_str!("../../locales/en/history.json")),
        ("home", include_str!("../../locales/en/home.json")),
        ("invoices", include_str!("../../locales/en/invoices.json")),
        ("payments", include_str!("../../locales/en/payments.json")),
        ("sign_in", include_str!("../../locales/en/sign_in.json")),
        ("statement", include_str!("../../locales/en/statement.json")),
    ];
    let joined = ::words::files::join(files);
    let words = Catalogue::from_json(&joined.unwrap()).unwrap();
    i18n::install(words, tag, || 1_795_269_727_000);
    i18n::set_time_zone("Europe/Dublin");
}

/// An amount in euros.
pub fn euros(minor: i64) -> Money {
    Money::from_minor(minor, Currency::parse("EUR").unwrap())
}

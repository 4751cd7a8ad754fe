//! Components under the keyboard and to a screen reader.

use api_types::Money;
use leptos::prelude::*;
use portico::components::{Field, FieldKind, PayButton};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Stage, euros};

#[wasm_bindgen_test]
async fn a_pay_button_begins_with_its_label_and_is_pressed_once_a_press() {
    let pressed = RwSignal::new(0);
    let stage = Stage::show(move || {
        view! {
            <PayButton
                label="Pay This Invoice"
                amount=Some(euros(6200))
                id="pay"
                on_press=Callback::new(move |()| pressed.update(|times| *times += 1))
            />
        }
        .into_any()
    });
    assert!(stage.text("#pay").starts_with("Pay This Invoice"));
    assert!(stage.text("#pay").contains("€62.00"));
    stage.click("#pay");
    assert_eq!(pressed.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn a_pay_button_that_is_off_says_why_and_does_nothing() {
    let pressed = RwSignal::new(0);
    let nothing: Option<Money> = None;
    let stage = Stage::show(move || {
        view! {
            <PayButton
                label="Pay This Invoice"
                amount=nothing
                id="pay"
                off_because=Some("Nothing remains to pay.".to_owned())
                on_press=Callback::new(move |()| pressed.update(|times| *times += 1))
            />
        }
        .into_any()
    });
    assert_eq!(
        stage.attribute("#pay", "aria-disabled").as_deref(),
        Some("true")
    );
    let reason = stage.attribute("#pay", "aria-describedby").unwrap();
    assert_eq!(stage.text(&format!("#{reason}")), "Nothing remains to pay.");
    stage.click("#pay");
    assert_eq!(pressed.get_untracked(), 0);
}

#[wasm_bindgen_test]
async fn a_fields_error_stands_beside_it_and_is_read_with_it() {
    let value = RwSignal::new("ada".to_owned());
    let error = RwSignal::new(None::<String>);
    let stage = Stage::show(move || {
        view! {
            <Field
                label="Email"
                name="email"
                kind=FieldKind::Email
                value=value
                autocomplete="username"
                error=error
            />
        }
        .into_any()
    });
    assert_eq!(stage.attribute("#email", "aria-invalid"), None);
    error.set(Some("Enter an email address.".to_owned()));
    leptos::task::tick().await;
    assert_eq!(
        stage.attribute("#email", "aria-invalid").as_deref(),
        Some("true")
    );
    let described = stage.attribute("#email", "aria-describedby").unwrap();
    assert_eq!(
        stage.text(&format!("#{described}")),
        "Enter an email address."
    );
    assert_eq!(value.get_untracked(), "ada", "what was typed stays");
}

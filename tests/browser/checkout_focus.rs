//! Where the keyboard is while a payment goes its way.

use api_types::{Currency, Money};
use leptos::prelude::*;
use portico::components::{CheckoutPanel, PAGE_HEADING_ID, PayButton, Stage as PaymentStage};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::checkout_panel::panel;
use crate::stage::{Stage, settled, until};

#[wasm_bindgen_test]
async fn a_button_that_stays_on_offer_keeps_the_keyboard_when_the_words_change() {
    let shown = RwSignal::new(panel(PaymentStage::Open));
    let stage = Stage::show(move || {
        view! { <CheckoutPanel number=1 view=shown stands_for=None on_press=Callback::new(|_| ()) /> }
            .into_any()
    });
    let paid = ".checkout_panel__actions > :nth-child(2)";
    stage.focus(paid);
    for next in [
        PaymentStage::OutOfReach,
        PaymentStage::WindowClosed,
        PaymentStage::Elsewhere,
        PaymentStage::Open,
    ] {
        shown.set(panel(next.clone()));
        settled().await;
        assert_eq!(stage.find(":focus"), stage.find(paid), "{next:?}");
        assert_eq!(stage.text(":focus"), "I have paid");
    }
}

#[wasm_bindgen_test]
async fn the_heading_takes_the_keyboard_when_the_button_that_had_it_goes() {
    let shown = RwSignal::new(panel(PaymentStage::Open));
    let stage = Stage::show(move || {
        view! { <CheckoutPanel number=7 view=shown stands_for=None on_press=Callback::new(|_| ()) /> }
            .into_any()
    });
    stage.focus(".checkout_panel__actions > :nth-child(2)");
    shown.set(panel(PaymentStage::Paid));
    until(|| stage.focused() == "checkout-panel-7").await;
    assert_eq!(stage.text(":focus"), "Payment complete");
}

#[wasm_bindgen_test]
async fn a_panel_without_the_keyboard_does_not_take_it() {
    let shown = RwSignal::new(panel(PaymentStage::Open));
    let stage = Stage::show(move || {
        view! {
            <button id="elsewhere">"."</button>
            <CheckoutPanel number=1 view=shown stands_for=None on_press=Callback::new(|_| ()) />
        }
        .into_any()
    });
    stage.focus(".checkout_panel__actions > :nth-child(2)");
    stage.focus("#elsewhere");
    shown.set(panel(PaymentStage::Paid));
    settled().await;
    // A task that was set for later has run by then.
    let later = RwSignal::new(false);
    set_timeout(
        move || later.set(true),
        std::time::Duration::from_millis(20),
    );
    until(|| later.get_untracked()).await;
    assert_eq!(stage.focused(), "elsewhere");
}

fn paying(opener: &'static str, there: RwSignal<bool>) -> Stage {
    let total = Money::from_minor(6200, Currency::parse("EUR").unwrap());
    let shown = RwSignal::new(panel(PaymentStage::Paid));
    Stage::show(move || {
        let button = move || {
            there.get().then(|| {
                view! {
                    <PayButton
                        label="Pay This Invoice"
                        amount=Some(total)
                        id="pay-inv-1"
                        on_press=Callback::new(|()| ())
                    />
                }
            })
        };
        view! {
            <h1 id=PAGE_HEADING_ID tabindex="-1">
                "."
            </h1>
            <CheckoutPanel
                number=3
                view=shown
                stands_for=Some(format!("first {opener}"))
                on_press=Callback::new(|_| ())
            />
            {button}
        }
        .into_any()
    })
}

#[wasm_bindgen_test]
async fn a_pay_button_that_goes_hands_the_keyboard_to_its_panel() {
    let there = RwSignal::new(true);
    let stage = paying("pay-inv-1", there);
    stage.focus("#pay-inv-1");
    there.set(false);
    until(|| stage.focused() == "checkout-panel-3").await;
}

#[wasm_bindgen_test]
async fn without_a_panel_of_its_own_it_hands_it_to_the_page() {
    let there = RwSignal::new(true);
    let stage = paying("pay-another", there);
    stage.focus("#pay-inv-1");
    there.set(false);
    until(|| stage.focused() == PAGE_HEADING_ID).await;
}

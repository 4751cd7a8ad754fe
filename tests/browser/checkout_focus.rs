//! Where the keyboard is while a payment goes its way.

use api_types::{Currency, Money};
use leptos::prelude::*;
use portico::components::{
    CheckoutPanel, PAGE_HEADING_ID, PanelView, PayButton, Stage as PaymentStage,
};
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
    shown.set(panel(PaymentStage::Expired));
    until(|| stage.focused() == "checkout-panel-7").await;
    assert_eq!(stage.text(":focus"), "Payment expired");
}

#[wasm_bindgen_test]
async fn once_it_is_paid_the_way_to_the_payment_takes_the_keyboard() {
    let shown = RwSignal::new(panel(PaymentStage::Open));
    let stage = Stage::show(move || {
        view! { <CheckoutPanel number=7 view=shown stands_for=None on_press=Callback::new(|_| ()) /> }
            .into_any()
    });
    stage.focus(".checkout_panel__actions > :nth-child(2)");
    let paid = PanelView {
        payment: Some("payments/P-1".to_owned()),
        ..panel(PaymentStage::Paid)
    };
    shown.set(paid.clone());
    until(|| stage.text("a:focus") == "View the payment").await;
    // Nothing moves under the fingers of whoever has gone on.
    stage.focus("button");
    shown.set(PanelView {
        payment: None,
        ..paid.clone()
    });
    settled().await;
    shown.set(paid);
    pass(20).await;
    assert_eq!(stage.text("button:focus"), "Close");
}

#[wasm_bindgen_test]
async fn without_a_page_of_the_payment_there_is_the_button_that_puts_the_panel_away() {
    let shown = RwSignal::new(panel(PaymentStage::Open));
    let stage = Stage::show(move || {
        view! { <CheckoutPanel number=7 view=shown stands_for=None on_press=Callback::new(|_| ()) /> }
            .into_any()
    });
    stage.focus(".checkout_panel__actions > :nth-child(2)");
    shown.set(panel(PaymentStage::Paid));
    until(|| stage.text("button:focus") == "Close").await;
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
    pass(20).await;
    assert_eq!(stage.focused(), "elsewhere");
}

/// Lets what was set for later run: so many milliseconds.
async fn pass(millis: u64) {
    let later = RwSignal::new(false);
    set_timeout(
        move || later.set(true),
        std::time::Duration::from_millis(millis),
    );
    until(|| later.get_untracked()).await;
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
        let other = move || {
            there.get().then(|| {
                view! {
                    <PayButton
                        label="Pay Another"
                        amount=Some(total)
                        id="pay-inv-2"
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
            <section id="first-card">
                <a href="account">"Account"</a>
                {button}
            </section>
            <section id="empty-card">{other}</section>
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
    until(|| stage.text("button:focus") == "Close").await;
}

#[wasm_bindgen_test]
async fn without_a_panel_of_its_own_it_hands_it_to_what_stood_beside_it() {
    let there = RwSignal::new(true);
    let stage = paying("pay-another", there);
    stage.focus("#pay-inv-1");
    there.set(false);
    until(|| stage.text("a:focus") == "Account").await;
}

#[wasm_bindgen_test]
async fn where_nothing_stood_beside_it_it_hands_it_to_the_page() {
    let there = RwSignal::new(true);
    let stage = paying("pay-another", there);
    stage.focus("#pay-inv-2");
    there.set(false);
    until(|| stage.focused() == PAGE_HEADING_ID).await;
}

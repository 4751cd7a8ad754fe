//! The checkout's panel at each stage: what it is, what can be pressed, the code for the phone.

use api_types::{Currency, Money};
use leptos::prelude::*;
use portico::components::{
    CheckoutPanel, CodeStage, PanelAction, PanelView, PhoneCode, Stage as PaymentStage,
};
use portico::i18n::Ago;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{Stage, settled};

/// A panel in which everything can be done that its stage may let be done.
pub fn panel(stage: PaymentStage) -> PanelView {
    PanelView {
        stage,
        amount: Money::from_minor(6200, Currency::parse("EUR").unwrap()),
        portal: "Harbour Clinic".to_owned(),
        host: "pay.example.com".to_owned(),
        started: Some(Ago::of_seconds(20)),
        long: false,
        expected_on: None,
        link: None,
        payment: None,
        can_show: true,
        can_cancel: true,
        can_retry: true,
        another_way: true,
        on_phone: true,
        checking: false,
        cancelling: false,
        note: None,
        transfer: None,
    }
}

/// The names of what can be pressed, in order.
fn names(stage: &Stage) -> Vec<String> {
    let count = stage.count(".checkout_panel__actions > *");
    (1..=count)
        .map(|at| stage.text(&format!(".checkout_panel__actions > :nth-child({at})")))
        .collect()
}

#[wasm_bindgen_test]
async fn each_stage_names_what_can_be_done() {
    let shown = RwSignal::new(panel(PaymentStage::Opening));
    let stage = Stage::show(move || {
        view! { <CheckoutPanel number=1 view=shown stands_for=None on_press=Callback::new(|_| ()) /> }
            .into_any()
    });
    let before = stage.find(".checkout_panel");
    let open = |first: &'static str| {
        vec![
            first,
            "I have paid",
            "Finish on your phone",
            "Pay another way",
            "Cancel",
        ]
    };
    let ended = || vec!["Try again", "Pay another way", "Close"];
    let became_a_payment = |stage| PanelView {
        payment: Some("payments/pay_1".to_owned()),
        ..panel(stage)
    };
    let blocked = PanelView {
        link: Some("pay/launch#token".to_owned()),
        ..panel(PaymentStage::Blocked)
    };
    for (view, tone, names_then) in [
        (panel(PaymentStage::Opening), "busy", vec!["Cancel"]),
        (blocked, "waiting", open("Open the payment window")),
        (panel(PaymentStage::Open), "busy", open("Show window")),
        (
            panel(PaymentStage::OutOfReach),
            "busy",
            open("Open the window again"),
        ),
        (
            panel(PaymentStage::SameTab),
            "busy",
            open("Go to the payment page"),
        ),
        (
            panel(PaymentStage::Elsewhere),
            "busy",
            open("Resume payment"),
        ),
        (
            panel(PaymentStage::WindowClosed),
            "waiting",
            open("Open the window again"),
        ),
        (panel(PaymentStage::Changing), "busy", vec![]),
        (
            panel(PaymentStage::PageStillOpen),
            "waiting",
            vec![
                "Pay the other way all the same",
                "Keep the page that is open",
            ],
        ),
        (
            became_a_payment(PaymentStage::Confirming),
            "busy",
            vec!["View the payment", "Close"],
        ),
        (
            became_a_payment(PaymentStage::Paid),
            "good",
            vec!["View the payment", "Close"],
        ),
        (panel(PaymentStage::NeedsReview), "waiting", vec!["Close"]),
        (panel(PaymentStage::Failed(None)), "bad", ended()),
        (panel(PaymentStage::Cancelled), "plain", ended()),
        (panel(PaymentStage::Expired), "plain", ended()),
        (panel(PaymentStage::Refused(String::new())), "bad", ended()),
    ] {
        let at = view.stage.clone();
        shown.set(view);
        settled().await;
        assert_eq!(names(&stage), names_then, "{at:?}");
        assert_eq!(
            stage.attribute(".checkout_panel", "data-tone").as_deref(),
            Some(tone)
        );
    }
    assert!(
        stage.find(".checkout_panel") == before,
        "it is one element all along"
    );
    let heading = stage
        .attribute("section.checkout_panel", "aria-labelledby")
        .unwrap();
    assert_eq!(
        stage.text(&format!("h2#{heading}")),
        "The payment did not start"
    );
}

#[wasm_bindgen_test]
async fn links_go_where_they_say() {
    let view = PanelView {
        link: Some("pay/launch#token".to_owned()),
        ..panel(PaymentStage::Blocked)
    };
    let shown = RwSignal::new(view);
    let pressed = RwSignal::new(None);
    let stage = Stage::show(move || {
        let press = Callback::new(move |action| pressed.set(Some(action)));
        view! { <CheckoutPanel number=1 view=shown stands_for=None on_press=press /> }.into_any()
    });
    let of = |name: &str| stage.attribute(".checkout_panel a", name);
    assert_eq!(of("href").as_deref(), Some("pay/launch#token"));
    assert_eq!(of("target").as_deref(), Some("_blank"));
    assert_eq!(
        of("rel").as_deref(),
        Some("opener"),
        "the return page tells this page"
    );
    shown.set(PanelView {
        payment: Some("payments/pay_1".to_owned()),
        ..panel(PaymentStage::Confirming)
    });
    settled().await;
    assert_eq!(of("href").as_deref(), Some("payments/pay_1"));
    assert_eq!((of("target"), of("rel")), (None, None));
    stage.click(".checkout_panel button");
    assert_eq!(pressed.get_untracked(), Some(PanelAction::Close));
}

#[wasm_bindgen_test]
async fn what_is_under_way_cannot_be_pressed_again() {
    let shown = RwSignal::new(PanelView {
        checking: true,
        ..panel(PaymentStage::Open)
    });
    let pressed = RwSignal::new(Vec::new());
    let stage = Stage::show(move || {
        let press = Callback::new(move |action| pressed.update(|all| all.push(action)));
        view! { <CheckoutPanel number=1 view=shown stands_for=None on_press=press /> }.into_any()
    });
    let paid = ".checkout_panel__actions > :nth-child(2)";
    assert_eq!(stage.attribute(paid, "aria-busy").as_deref(), Some("true"));
    stage.click(paid);
    assert_eq!(pressed.get_untracked(), []);
    shown.set(panel(PaymentStage::Open));
    settled().await;
    stage.click(paid);
    assert_eq!(pressed.get_untracked(), [PanelAction::IHavePaid]);
}

#[wasm_bindgen_test]
async fn a_button_says_that_it_has_unfolded_something() {
    let shown = RwSignal::new(panel(PaymentStage::Open));
    let unfolded = RwSignal::new(None::<PanelAction>);
    let stage = Stage::show(move || {
        let press = Callback::new(move |action| unfolded.set(Some(action)));
        view! {
            <CheckoutPanel
                number=1
                view=shown
                stands_for=None
                unfolded=unfolded
                more=|| view! { <p id="inside">"Card"</p> }.into_any()
                on_press=press
            />
        }
        .into_any()
    });
    let another = ".checkout_panel__actions > :nth-child(4)";
    let expanded = || stage.attribute(another, "aria-expanded");
    assert_eq!(expanded().as_deref(), Some("false"));
    assert!(stage.find("#inside").is_none());
    stage.click(another);
    settled().await;
    assert_eq!(expanded().as_deref(), Some("true"));
    let more = stage.attribute(another, "aria-controls").unwrap();
    assert!(stage.find(&format!("#{more} #inside")).is_some());
    let cancel = ".checkout_panel__actions > :nth-child(5)";
    assert_eq!(stage.attribute(cancel, "aria-expanded"), None);
}

#[wasm_bindgen_test]
async fn the_code_for_the_phone_has_a_name_and_says_how_long_it_works() {
    let now = RwSignal::new(CodeStage::Preparing);
    let again = RwSignal::new(0);
    let stage = Stage::show(move || {
        let press = Callback::new(move |()| again.update(|times| *times += 1));
        view! { <PhoneCode stage=now on_again=press /> }.into_any()
    });
    assert_eq!(stage.text("[role=status]"), "Preparing the code");
    assert!(stage.find("svg").is_none());
    stage.click("button");
    assert_eq!(again.get_untracked(), 0, "one is on its way");
    now.set(CodeStage::Ready(
        "https://portal.example.com/pay/launch#token".to_owned(),
    ));
    settled().await;
    assert_eq!(
        stage.attribute("svg[role=img]", "aria-label").as_deref(),
        Some("QR code that opens the payment page on a phone")
    );
    assert!(
        stage
            .attribute("svg path", "d")
            .is_some_and(|path| path.starts_with('M'))
    );
    let words = stage.text("[role=status]");
    assert!(
        words.contains("once") && words.contains("10 minutes"),
        "{words}"
    );
    assert!(
        !stage.text(".phone_code").contains("token"),
        "the address is nowhere to be read"
    );
    now.set(CodeStage::Failed);
    settled().await;
    assert!(stage.find("svg").is_none());
    stage.click("button");
    assert_eq!(again.get_untracked(), 1);
}

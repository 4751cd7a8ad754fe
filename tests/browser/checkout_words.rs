//! What the checkout's panel says at each stage, to the eye and to the ear.

use api_types::{Day, FailureCode};
use leptos::prelude::*;
use portico::components::{CheckoutPanel, LiveRegion, PanelText, PanelView, Stage as PaymentStage};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::checkout_panel::panel;
use crate::stage::{Stage, settled, speak};

/// Every stage, with all that is read out when it comes.
fn announcements() -> Vec<(PanelView, &'static str)> {
    let long = |stage| PanelView {
        long: true,
        ..panel(stage)
    };
    let expected = |stage| PanelView {
        expected_on: Some(Day::parse("2026-11-27").unwrap()),
        ..panel(stage)
    };
    vec![
        (
            panel(PaymentStage::Opening),
            "Opening the payment window. The payment window opens at pay.example.com.",
        ),
        (
            panel(PaymentStage::Blocked),
            "The payment window did not open. Your browser did not open the payment window. \
             Open it with this link.",
        ),
        (
            panel(PaymentStage::Open),
            "Finish in the payment window. €62.00 to Harbour Clinic. This page updates by itself.",
        ),
        (
            long(PaymentStage::Open),
            "Still waiting for your payment. €62.00 to Harbour Clinic. You can leave this page: \
             the payment stays open, and your balance changes once it is made.",
        ),
        (
            panel(PaymentStage::OutOfReach),
            "Finish in the payment window. €62.00 to Harbour Clinic. The payment window may be \
             behind this one. This page updates by itself.",
        ),
        (
            panel(PaymentStage::SameTab),
            "Finish on the payment page. €62.00 to Harbour Clinic. The payment page opens in \
             this tab and brings you back here.",
        ),
        (
            panel(PaymentStage::Elsewhere),
            "A payment is open. Started 20 seconds ago in another window or on another device. \
             €62.00 to Harbour Clinic: resume it, or cancel it.",
        ),
        (
            panel(PaymentStage::WindowClosed),
            "The payment window has closed. If you have paid, this page updates by itself. \
             If not, open the window again.",
        ),
        (
            panel(PaymentStage::Changing),
            "Changing how you pay. The payment page that was open is being closed, and another \
             one takes its place.",
        ),
        (
            panel(PaymentStage::PageStillOpen),
            "The payment page before is still open. The page at pay.example.com cannot be \
             closed. Pay there or here, not on both.",
        ),
        (
            panel(PaymentStage::Confirming),
            "Confirming your payment. €62.00 is on its way to Harbour Clinic. You can leave \
             this page; your balance changes once the money has arrived.",
        ),
        (
            long(PaymentStage::Confirming),
            "Still waiting for your payment. €62.00 to Harbour Clinic has not been confirmed \
             yet. You can leave this page; your balance changes once the money has arrived.",
        ),
        (
            expected(PaymentStage::Confirming),
            "Confirming your payment. €62.00 is on its way to Harbour Clinic, expected by \
             Fri 27 Nov 2026. You can leave this page; your balance changes once the money has \
             arrived.",
        ),
        (
            expected(PaymentStage::Transfer),
            "Send your transfer. Send €62.00 to Harbour Clinic with these details. It is \
             expected by Fri 27 Nov 2026, and your balance changes once it is confirmed.",
        ),
        (
            panel(PaymentStage::Transfer),
            "Send your transfer. Send €62.00 to Harbour Clinic with these details. Your balance \
             changes once the transfer is confirmed.",
        ),
        (
            panel(PaymentStage::Paid),
            "Payment complete. €62.00 to Harbour Clinic is paid.",
        ),
        (
            panel(PaymentStage::Failed(Some(FailureCode::CardDeclined))),
            "The payment did not go through. The card's bank declined the payment. Nothing has \
             been charged. You can try again.",
        ),
        (
            panel(PaymentStage::Cancelled),
            "Payment cancelled. Nothing has been charged.",
        ),
        (
            panel(PaymentStage::Expired),
            "Payment expired. The time to pay ran out, and nothing has been charged.",
        ),
        (
            panel(PaymentStage::NeedsReview),
            "Your payment is being looked into. A payment arrived that does not match what was \
             asked for. Harbour Clinic is looking into it, and you do not need to pay again.",
        ),
        (
            panel(PaymentStage::Refused("It is paid already.".to_owned())),
            "The payment did not start. It is paid already.",
        ),
    ]
}

/// Words of dates differ a little between the versions of a browser.
fn plain(text: &str) -> String {
    text.replace("Fri, 27", "Fri 27")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[wasm_bindgen_test]
fn every_stage_is_announced_in_words_of_its_own() {
    speak();
    let all = announcements();
    for (view, words) in &all {
        assert_eq!(
            plain(&view.announcement()),
            plain(words),
            "{:?}",
            view.stage
        );
    }
    for (at, (_, words)) in all.iter().enumerate() {
        let same = all.iter().skip(at + 1).find(|(_, other)| other == words);
        assert!(same.is_none(), "said at two stages: {words}");
    }
}

#[wasm_bindgen_test]
async fn what_is_announced_is_what_stands_in_the_panel() {
    let shown = RwSignal::new(panel(PaymentStage::Opening));
    let stage = Stage::show(move || {
        view! { <CheckoutPanel number=1 view=shown stands_for=None on_press=Callback::new(|_| ()) /> }
            .into_any()
    });
    for (view, words) in announcements() {
        shown.set(view);
        settled().await;
        let (title, body) = (
            stage.text(".checkout_panel__title"),
            stage.text(".checkout_panel__body"),
        );
        assert_eq!(plain(&format!("{title}. {body}")), plain(words));
    }
}

#[wasm_bindgen_test]
async fn each_change_is_said_once_and_politely() {
    let panels = RwSignal::new(vec![(1, panel(PaymentStage::Open))]);
    let told = Memo::new(move |before: Option<&PanelText>| {
        let before = before.cloned().unwrap_or_default();
        panels.with(|panels| before.then(panels))
    });
    let stage = Stage::show(move || {
        let text = Signal::derive(move || told.with(|told| told.text().to_owned()));
        view! { <LiveRegion text=text /> }.into_any()
    });
    let said = || stage.text("[data-live-region]");
    assert_eq!(
        stage
            .attribute("[data-live-region]", "aria-live")
            .as_deref(),
        Some("polite")
    );
    assert!(said().starts_with("Finish in the payment window"));
    let note = |note: &str| PanelView {
        note: Some(note.to_owned()),
        ..panel(PaymentStage::Open)
    };
    panels.set(vec![(1, note("Checking with the payment service"))]);
    settled().await;
    assert_eq!(said(), "Checking with the payment service");
    panels.set(vec![(1, note("No payment has been seen yet."))]);
    settled().await;
    assert_eq!(said(), "No payment has been seen yet.");
    // Another one begins, and after that the first one ends: the news is what is said.
    panels.set(vec![
        (2, panel(PaymentStage::Opening)),
        (1, note("No payment has been seen yet.")),
    ]);
    settled().await;
    assert!(said().starts_with("Opening the payment window"));
    panels.set(vec![
        (2, panel(PaymentStage::Opening)),
        (1, panel(PaymentStage::Paid)),
    ]);
    settled().await;
    assert!(said().starts_with("Payment complete"));
    panels.set(vec![(2, panel(PaymentStage::Opening))]);
    settled().await;
    assert!(
        said().starts_with("Payment complete"),
        "putting away is not news"
    );
    panels.set(vec![]);
    settled().await;
    assert_eq!(said(), "", "nothing is left for whoever signs in next");
}

#[wasm_bindgen_test]
async fn the_passing_of_time_is_not_announced() {
    let ago = |seconds| PanelView {
        started: Some(portico::i18n::Ago::of_seconds(seconds)),
        ..panel(PaymentStage::Elsewhere)
    };
    speak();
    let first = PanelText::default().then(&[(1, ago(20))]);
    assert!(first.text().contains("20 seconds ago"));
    assert_eq!(first.then(&[(1, ago(65))]), first);
    assert!(ago(65).announcement().contains("1 minute ago"));
    assert!(ago(3).announcement().contains("Started now"));
}

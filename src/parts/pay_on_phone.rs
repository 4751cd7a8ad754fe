//! `Finish on your phone`: a code to the same checkout, made when it is asked for.

use leptos::prelude::*;

use crate::components::{CodeStage, PhoneCode};
use crate::state::BrowserDriver;

/// The code of a checkout. Each that is shown is a new one: it works once.
#[component]
pub fn OnPhone(
    /// What performs the checkout.
    driver: BrowserDriver,
) -> impl IntoView {
    let (link, machine) = (driver.qr_link(), driver.machine());
    let failed = RwSignal::new(false);
    let none_yet = {
        let link = link.clone();
        move || link.with(Option::is_none)
    };
    // The next answer of the server's would take the failure away, and the code be missing still.
    Effect::new(move |_| {
        let unanswered = machine.with(|machine| machine.unanswered.is_some());
        if unanswered && none_yet() {
            failed.set(true);
        }
    });
    let stage = Signal::derive(move || match link.get() {
        Some(address) => CodeStage::Ready(address),
        None if failed.get() => CodeStage::Failed,
        None => CodeStage::Preparing,
    });
    let again = {
        let driver = driver.clone();
        move |()| {
            failed.set(false);
            driver.qr_away();
            driver.qr();
        }
    };
    again(());
    on_cleanup(move || driver.qr_away());
    view! { <PhoneCode stage=stage on_again=Callback::new(again) /> }
}

//! What the customer does at each payment provider, and when that was over there.

use std::time::Duration;

use checkout_matrix::{Cell, Outcome, Provider};
use provider_stand_ins::{Controls, WebhookMode};
use thirtyfour::WindowHandle;

use super::faults;
use crate::browser::Browser;
use crate::pages::GatewayPage;
use crate::pages::gateway::{DECLINED, PAYS, SLOW};
use crate::site::Site;

/// How long money that is on its way takes, and how late a late notification is.
const LATE: Duration = Duration::from_secs(4);

/// Chooses the provider's method on the invoice; the sandbox's is chosen from the beginning.
pub async fn choose(cell: &Cell, browser: &Browser) {
    let method = match (cell.provider, cell.outcome) {
        (Provider::Sandbox, _) => return,
        (Provider::Stripe, Outcome::Slow) => "Bank debit",
        (Provider::Stripe, _) => "Card",
        (Provider::PayPal, _) => "PayPal",
    };
    browser.choose("Pay via", method).await;
}

/// Waits until the provider's page is there, in the window that is in front.
pub async fn reach(cell: &Cell, browser: &Browser) {
    match cell.provider {
        Provider::Sandbox => drop(browser.field("Card Number").await),
        Provider::Stripe => drop(browser.find("#back").await),
        Provider::PayPal => drop(browser.find("#cancel").await),
    }
}

/// What the customer does in the window that is in front.
pub async fn act(cell: &Cell, (browser, portal): (&Browser, &WindowHandle), site: &Site) {
    match cell.provider {
        Provider::Sandbox => at_the_sandbox(cell, browser, portal).await,
        Provider::Stripe => {
            let controls = site.stripe().controls();
            controls.webhooks(faults::webhooks_of_provider(cell));
            at_stripe(cell, browser, site).await;
            tell_late(cell, controls);
        }
        Provider::PayPal => {
            let controls = site.paypal().controls();
            controls.webhooks(faults::webhooks_of_provider(cell));
            at_paypal(cell, browser, site).await;
            tell_late(cell, controls);
        }
    }
}

/// Lets kept notifications go after a while.
fn tell_late(cell: &Cell, controls: &Controls) {
    if cell.outcome == Outcome::WebhookLast {
        let controls = controls.clone();
        tokio::spawn(async move {
            tokio::time::sleep(LATE).await;
            controls.webhooks(WebhookMode::Send);
        });
    }
}

async fn at_the_sandbox(cell: &Cell, browser: &Browser, portal: &WindowHandle) {
    let gateway = GatewayPage::in_front(browser, portal);
    match cell.outcome {
        Outcome::Declined => {
            gateway.pay_with(DECLINED).await;
            browser.until_text("main", "declined").await;
            let back = browser.button("Back").await;
            browser.click_to_leave(&back).await;
        }
        Outcome::Cancelled => {
            let back = browser.button("Back").await;
            browser.click_to_leave(&back).await;
        }
        Outcome::ClosedEarly => browser.driver.close_window().await.unwrap(),
        Outcome::Slow => gateway.pay_with(SLOW).await,
        _ => gateway.pay_with(PAYS).await,
    }
}

async fn at_stripe(cell: &Cell, browser: &Browser, site: &Site) {
    match cell.outcome {
        Outcome::Declined => {
            type_card(browser, DECLINED).await;
            browser.find("#declined").await;
            leave_by(browser, "#back").await;
        }
        Outcome::Cancelled => leave_by(browser, "#back").await,
        Outcome::ClosedEarly => browser.driver.close_window().await.unwrap(),
        Outcome::Slow => {
            type_into(browser, "#sepa_debit-name", "Ada Example").await;
            leave_by(browser, "#pay-sepa_debit").await;
            // The customer's bank takes its time.
            tokio::time::sleep(LATE).await;
            let session = site.stripe().newest_session().unwrap();
            site.stripe().settle_bank_debit(&session, true).unwrap();
        }
        _ => type_card(browser, PAYS).await,
    }
}

async fn type_card(browser: &Browser, number: &str) {
    type_into(browser, "#number", number).await;
    type_into(browser, "#expiry", "12/40").await;
    type_into(browser, "#cvc", "123").await;
    type_into(browser, "#name", "Ada Example").await;
    leave_by(browser, "#pay").await;
}

async fn at_paypal(cell: &Cell, browser: &Browser, site: &Site) {
    match cell.outcome {
        Outcome::Declined => agree(browser, "declined_card").await,
        Outcome::Cancelled => leave_by(browser, "#cancel").await,
        Outcome::ClosedEarly => browser.driver.close_window().await.unwrap(),
        Outcome::Slow => {
            agree(browser, "under_review").await;
            let order = site.paypal().newest_order().unwrap();
            let capture = captured(site, &order).await;
            // PayPal takes its time.
            tokio::time::sleep(LATE).await;
            site.paypal().settle_pending(&capture, true).unwrap();
        }
        _ => agree(browser, "balance").await,
    }
}

/// Waits until an order is captured, and returns the capture's id.
async fn captured(site: &Site, order: &str) -> String {
    let found = async {
        loop {
            let order = site.paypal().order_json(order).unwrap();
            let capture = &order["purchase_units"][0]["payments"]["captures"][0]["id"];
            if let Some(id) = capture.as_str() {
                break id.to_owned();
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    let found = tokio::time::timeout(test_support::LONGEST, found).await;
    found.expect("it is captured")
}

/// Signs in and agrees to pay in one of PayPal's ways.
async fn agree(browser: &Browser, funding: &str) {
    type_into(browser, "#email", "ada@example.com").await;
    browser.find("#next").await.click().await.unwrap();
    let way = browser.find(&format!("#funding-{funding}")).await;
    way.click().await.unwrap();
    leave_by(browser, "#approve").await;
}

async fn type_into(browser: &Browser, field: &str, text: &str) {
    let field = browser.find(field).await;
    field.clear().await.unwrap();
    field.send_keys(text).await.unwrap();
}

async fn leave_by(browser: &Browser, button: &str) {
    let button = browser.find(button).await;
    browser.click_to_leave(&button).await;
}

/// When the provider says that the payment came to its end, in milliseconds since 1970; `None`
/// until then, and where it says nothing of it.
pub fn ended_at(cell: &Cell, site: &Site) -> Option<i64> {
    let pays = cell.outcome.pays();
    let kind = match (cell.provider, pays) {
        (Provider::Sandbox, _) => return site.ended_at_the_provider(pays),
        (Provider::Stripe, true) if cell.outcome == Outcome::Slow => {
            "checkout.session.async_payment_succeeded"
        }
        (Provider::Stripe, true) => "checkout.session.completed",
        (Provider::Stripe, false) => "checkout.session.expired",
        (Provider::PayPal, true) => "PAYMENT.CAPTURE.COMPLETED",
        // An order that nobody captures simply lapses.
        (Provider::PayPal, false) => return None,
    };
    let controls = match cell.provider {
        Provider::PayPal => site.paypal().controls(),
        _ => site.stripe().controls(),
    };
    let told = controls.told();
    let last = told.iter().rev().find(|told| told.kind == kind);
    last.map(|told| told.at)
}

/// Whether the payment has come to its end at the provider, as far as that can be known.
pub fn has_ended(cell: &Cell, site: &Site) -> bool {
    let says_nothing = cell.provider == Provider::PayPal && !cell.outcome.pays();
    says_nothing || ended_at(cell, site).is_some()
}

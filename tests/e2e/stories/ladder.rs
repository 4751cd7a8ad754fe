//! What browsers and other pages do to a payment window, in each engine: it
//! does not open, its opener is loaded anew or out of sight, and messages come
//! from everybody but the return page.

use std::time::Duration;

use serde_json::json;

use crate::browser::{Browser, Engine, is_skipped};
use crate::pages::gateway::PAYS;
use crate::pages::{GatewayPage, InvoicePage, SignInPage};
use crate::site::{Site, SiteOptions};
use test_support::sample_data::{CUSTOMER, OPEN_INVOICE};

/// Runs a story in each engine as a test of its own.
macro_rules! in_each_engine {
    ($($story:ident),+ $(,)?) => {
        $(mod $story {
            use crate::browser::Engine;

            #[tokio::test(flavor = "multi_thread")]
            async fn chromium() {
                super::in_engine(Engine::Chromium, super::$story).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn firefox() {
                super::in_engine(Engine::Firefox, super::$story).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn webkit() {
                super::in_engine(Engine::WebKit, super::$story).await;
            }
        })+
    };
}

in_each_engine!(
    a_window_that_is_null_leaves_a_link,
    a_window_that_is_undefined_leaves_a_link,
    a_window_that_throws_leaves_a_link,
    an_opener_that_is_loaded_anew_ends_right,
    a_portal_out_of_sight_is_right_when_it_is_seen_again,
    messages_that_are_not_the_return_pages_ask_nothing,
    a_flood_of_messages_asks_little,
);

async fn in_engine(engine: Engine, story: impl AsyncFnOnce(Browser)) {
    if !is_skipped(engine) {
        story(Browser::start_in(engine).await).await;
    }
}

/// Writes down what the portal asks, and lets a test hide the page.
const SCRIPT: &str = "
    window.asked = 0;
    const ask = window.fetch.bind(window);
    window.fetch = (what, how) => {
        const address = typeof what === 'string' ? what : what.url;
        if (/\\/checkouts\\/[^/]+$/.test(new URL(address, document.baseURI).pathname)) {
            window.asked += 1;
        }
        return ask(what, how);
    };
    let hidden = false;
    Object.defineProperty(document, 'hidden', { get: () => hidden });
    Object.defineProperty(document, 'visibilityState', {
        get: () => (hidden ? 'hidden' : 'visible'),
    });
    window.hide = (now) => {
        hidden = now;
        document.dispatchEvent(new Event('visibilitychange'));
    };
";

async fn site_with(script: &str) -> Site {
    Site::with(SiteOptions {
        script: Some(format!("{{{SCRIPT}}}\n{{{script}}}")),
        // So that no question by the clock is taken for one that a message asked.
        poll_seconds: 60,
        ..SiteOptions::default()
    })
    .await
}

async fn at_the_invoice(site: &Site, browser: &Browser) {
    browser.goto(&site.portal).await;
    SignInPage(browser).sign_in(&CUSTOMER).await;
    InvoicePage(browser).open(OPEN_INVOICE.id).await;
    browser.mark().await;
}

async fn until_paid(browser: &Browser) {
    let invoice = InvoicePage(browser);
    browser
        .until_within(Duration::from_secs(10), "the invoice is paid", || async {
            invoice.status().await == "Paid"
        })
        .await;
    assert_eq!(invoice.figure("remaining").await, "0.00");
    assert!(browser.is_marked().await, "the page was reloaded");
}

async fn by_the_link(browser: Browser, script: &str) {
    let site = site_with(script).await;
    at_the_invoice(&site, &browser).await;
    InvoicePage(&browser).pay().await;
    browser.until_text(".checkout_panel", "did not open").await;
    assert_eq!(browser.windows().await, 1);
    let link = browser.link("Open the payment window").await;
    link.click().await.unwrap();
    let gateway = GatewayPage::reach(&browser).await;
    gateway.pay_with(PAYS).await;
    gateway.leave().await;
    until_paid(&browser).await;
    browser.quit().await;
}

async fn a_window_that_is_null_leaves_a_link(browser: Browser) {
    by_the_link(browser, "window.open = () => null").await;
}

async fn a_window_that_is_undefined_leaves_a_link(browser: Browser) {
    by_the_link(browser, "window.open = () => undefined").await;
}

async fn a_window_that_throws_leaves_a_link(browser: Browser) {
    let throws = "window.open = () => { throw new DOMException('no', 'InvalidAccessError') }";
    by_the_link(browser, throws).await;
}

async fn an_opener_that_is_loaded_anew_ends_right(browser: Browser) {
    let site = Site::start().await;
    at_the_invoice(&site, &browser).await;
    InvoicePage(&browser).pay().await;
    let gateway = GatewayPage::reach(&browser).await;
    gateway.leave().await;
    browser.driver.refresh().await.unwrap();
    browser
        .until_text(".checkout_panel", "A payment is open")
        .await;
    browser.mark().await;
    browser.to_new_window().await;
    gateway.pay_with(PAYS).await;
    gateway.leave().await;
    until_paid(&browser).await;
    browser.quit().await;
}

async fn a_portal_out_of_sight_is_right_when_it_is_seen_again(browser: Browser) {
    let site = site_with("").await;
    at_the_invoice(&site, &browser).await;
    InvoicePage(&browser).pay().await;
    let gateway = GatewayPage::reach(&browser).await;
    gateway.leave().await;
    // A phone stops everything in a page that is not seen, the server's push too.
    browser
        .run("window.hide(true); delete window.BroadcastChannel")
        .await;
    browser.to_new_window().await;
    gateway.pay_with(PAYS).await;
    gateway.leave().await;
    browser
        .until("the provider has the money", || async {
            site.ended_at_the_provider(true).is_some()
        })
        .await;
    browser.run("window.hide(false)").await;
    until_paid(&browser).await;
    browser.quit().await;
}

/// The message of the return page for the checkout that is open, as its parts.
async fn message(browser: &Browser) -> serde_json::Value {
    let found = browser
        .run_async(
            "const ask = async () => {
                const session = await (await fetch('/api/v1/session')).json();
                const answer = await fetch('/api/v1/checkouts', {
                    headers: { 'Portico-Person': session.customer },
                });
                return (await answer.json()).data[0];
            };
            ask().then((checkout) => done(JSON.stringify(checkout)), (e) => done(String(e)));",
        )
        .await;
    let checkout: serde_json::Value = serde_json::from_str(found.as_str().unwrap()).unwrap();
    json!({
        "ns": "portico.checkout", "v": 1, "t": "return",
        "c": checkout["id"], "n": checkout["nonce"],
    })
}

async fn asked(browser: &Browser) -> i64 {
    browser.run("return window.asked").await.as_i64().unwrap()
}

/// Says something on the portal's channel, as any page of its origin can.
async fn broadcast(browser: &Browser, text: &str, times: u32) {
    let text = serde_json::to_string(text).unwrap();
    browser
        .run(&format!(
            "const channel = new BroadcastChannel('portico.checkout');
            for (let time = 0; time < {times}; time += 1) {{ channel.postMessage({text}); }}
            channel.close();"
        ))
        .await;
}

/// Waits until everything that was posted before has been heard: what is posted later to the
/// same window and channel is heard later.
async fn until_heard(browser: &Browser) {
    browser
        .run_async(
            "const channel = new BroadcastChannel('portico.checkout');
            channel.onmessage = () => {
                window.addEventListener('message', () => done(true), { once: true });
                window.postMessage('last', location.origin);
            };
            const other = new BroadcastChannel('portico.checkout');
            other.postMessage('last');",
        )
        .await;
}

/// Going from window to window brings the portal to the front, which is a reason to ask too.
const NEVER_IN_FRONT: &str = "
    for (const kind of ['focus', 'pageshow']) {
        window.addEventListener(kind, (event) => {
            if (event.target === window || event.target === document) {
                event.stopImmediatePropagation();
            }
        }, true);
    }";

async fn messages_that_are_not_the_return_pages_ask_nothing(browser: Browser) {
    let site = site_with(NEVER_IN_FRONT).await;
    at_the_invoice(&site, &browser).await;
    InvoicePage(&browser).pay().await;
    let gateway = GatewayPage::reach(&browser).await;
    gateway.leave().await;
    browser
        .until_text(".checkout_panel", "Finish in the payment window")
        .await;
    let right = message(&browser).await;
    let asked_before = asked(&browser).await;

    // Another origin: the provider's own page, from the very window that was opened.
    browser.to_new_window().await;
    let text = serde_json::to_string(&right.to_string()).unwrap();
    browser
        .run(&format!(
            "if (window.opener) {{ window.opener.postMessage({text}, '*') }}"
        ))
        .await;
    gateway.leave().await;
    // The right origin and another source.
    browser
        .run(&format!("window.postMessage({text}, location.origin)"))
        .await;
    // A nonce that is not the checkout's, another version, and far too long.
    let changed = |part: &str, value: serde_json::Value| {
        let mut message = right.clone();
        message[part] = value;
        message.to_string()
    };
    for text in [
        changed("n", json!("forged")),
        changed("v", json!(2)),
        changed("pad", json!("x".repeat(1024 * 1024))),
        "paid".to_owned(),
    ] {
        broadcast(&browser, &text, 1).await;
    }
    until_heard(&browser).await;
    assert_eq!(
        asked(&browser).await,
        asked_before,
        "a message was believed"
    );

    // The same words from where they belong are a hint.
    broadcast(&browser, &right.to_string(), 1).await;
    browser
        .until("the portal asks", || async {
            asked(&browser).await > asked_before
        })
        .await;
    browser
        .until_text(".checkout_panel", "Finish in the payment window")
        .await;
    assert_eq!(InvoicePage(&browser).status().await, "Overdue");
    browser.quit().await;
}

async fn a_flood_of_messages_asks_little(browser: Browser) {
    let site = site_with(NEVER_IN_FRONT).await;
    at_the_invoice(&site, &browser).await;
    InvoicePage(&browser).pay().await;
    let gateway = GatewayPage::reach(&browser).await;
    gateway.leave().await;
    browser
        .until_text(".checkout_panel", "Finish in the payment window")
        .await;
    let right = message(&browser).await.to_string();
    let asked_before = asked(&browser).await;
    broadcast(&browser, &right, 5_000).await;
    until_heard(&browser).await;
    let asked_now = asked(&browser).await - asked_before;
    assert!(asked_now <= 50, "{asked_now} questions for a flood of 5000");

    browser.to_new_window().await;
    gateway.pay_with(PAYS).await;
    gateway.leave().await;
    until_paid(&browser).await;
    browser.quit().await;
}

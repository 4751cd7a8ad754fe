//! Whatever has the keyboard can be seen (WCAG 2.2, 2.4.11): on every screen, from the first Tab
//! around to the same place, nothing that has it lies wholly under what stands over the page, or
//! outside of the window.

use serde::Deserialize;
use thirtyfour::Key;

use super::checkout_states;
use super::screens::{Look, walk};
use super::{signed_in, signed_in_with};
use crate::browser::{Browser, Engine, is_skipped};
use crate::site::Site;

/// The key as WebDriver writes it.
const ENTER: &str = "\u{E007}";
/// The windows that are looked at.
const SIZES: [(u32, u32); 3] = [(320, 640), (390, 844), (1280, 800)];
/// How often Tab is pressed before the page is asked what it has seen.
const PRESSES: usize = 30;
/// No screen has so many places for the keyboard.
const MOST_PRESSES: usize = 900;

/// Looks, at each press of Tab, at where the one before has led: by then the page has scrolled.
/// So a whole round costs few questions from outside.
const WATCH: &str = include_str!("focus.js");

/// What the page has seen since the round began.
#[derive(Deserialize)]
struct Seen {
    /// At how many places the keyboard was.
    stops: usize,
    /// Whether it is around.
    round: bool,
    /// What could not be seen, and why.
    faults: Vec<String>,
}

#[derive(Default)]
struct Keyboard {
    looked: usize,
    stops: usize,
    faults: Vec<String>,
}

impl Keyboard {
    /// Goes once around at this size.
    async fn around(&mut self, browser: &Browser, screen: &str, (width, height): (u32, u32)) {
        browser.resize(width, height).await;
        browser.run(WATCH).await;
        let tabs = Key::Tab.value().to_string().repeat(PRESSES);
        let mut pressed = 0;
        let seen = loop {
            let chain = browser.driver.action_chain();
            chain.send_keys(tabs.as_str()).perform().await.unwrap();
            pressed += PRESSES;
            let seen = browser.run("return window.keyboardSeen").await;
            let seen: Seen = serde_json::from_value(seen).unwrap();
            // A page without anything to press has nothing to come around to.
            if seen.round || seen.stops == 0 {
                break seen;
            }
            assert!(pressed < MOST_PRESSES, "Tab never comes around on {screen}");
        };
        let place = format!("{screen} at {width}x{height}");
        self.looked += 1;
        self.stops += seen.stops;
        let faults = seen.faults.iter().map(|fault| format!("{place}: {fault}"));
        self.faults.extend(faults);
    }

    /// Everything could be seen, at so many places at least.
    fn saw_everything(&self, looks: usize, stops: usize) {
        eprintln!("the keyboard was at {} places", self.stops);
        let count = self.faults.len();
        assert!(
            self.faults.is_empty(),
            "{count} of {} places cannot be seen:\n{}\n",
            self.stops,
            self.faults.join("\n")
        );
        assert!(self.looked >= looks, "only {} looks", self.looked);
        assert!(self.stops >= stops, "only {} places", self.stops);
    }
}

impl Look for Keyboard {
    async fn at(&mut self, browser: &Browser, screen: &str) {
        for size in SIZES {
            self.around(browser, screen, size).await;
        }
        browser.resize(1280, 900).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_the_keyboard_is_seen_on_every_screen() {
    let site = Site::start().await;
    let browser = Browser::start().await;
    let mut keyboard = Keyboard::default();
    walk(&site, &browser, &mut keyboard).await;
    keyboard.saw_everything(50 * SIZES.len(), 2_000);
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_the_keyboard_is_seen_beside_bars_and_in_sheets() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let mut keyboard = Keyboard::default();
    for size in SIZES {
        browser.resize(size.0, size.1).await;
        let invoices = format!("{}/invoices?state=outstanding", site.portal);
        browser.goto(&invoices).await;
        press(&browser, "tbody input[type=checkbox]", " ").await;
        browser.find(".chosen_bar").await;
        keyboard.around(&browser, "invoices-chosen", size).await;
        press(&browser, "#pay-chosen-open", ENTER).await;
        browser.find("#pay-chosen-sheet[open] .pay_button").await;
        keyboard.around(&browser, "pay-chosen", size).await;

        // A phone shows no columns to choose from.
        if size.0 == 1280 {
            browser.goto(&invoices).await;
            browser.find(".data_table__cell").await;
            press(&browser, "#invoice-columns", ENTER).await;
            browser.find("#columns[open] .sheet__actions").await;
            keyboard.around(&browser, "invoice-columns", size).await;
        }

        browser
            .goto(&format!("{}/calendar/events/E-1017", site.portal))
            .await;
        browser.find("#cancel-event").await;
        press(&browser, "#cancel-event", ENTER).await;
        browser.find(".sheet[open] .sheet__actions").await;
        keyboard.around(&browser, "cancel-event", size).await;

        browser
            .goto(&format!("{}/account/statement", site.portal))
            .await;
        browser.find(".invoice_document").await;
        let download = browser.button("Download as PDF").await;
        download.click().await.unwrap();
        browser.find(".downloads .download_panel__actions").await;
        keyboard
            .around(&browser, "statement-downloaded", size)
            .await;
    }
    keyboard.saw_everything(4 * SIZES.len() + 1, 200);
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_the_keyboard_is_seen_in_every_state_of_a_checkout() {
    let browser = Browser::start().await;
    let mut keyboard = Keyboard::default();
    checkout_states::walk(&browser, &mut keyboard).await;
    keyboard.saw_everything(14 * SIZES.len(), 500);
    browser.quit().await;
}

/// Browsers scroll to what takes the keyboard each in its own way: a phone's list in the others.
async fn what_has_the_keyboard_is_seen_in_a_list_in(engine: Engine) {
    if is_skipped(engine) {
        return;
    }
    let site = Site::start().await;
    let browser = signed_in_with(&site, engine).await;
    let mut keyboard = Keyboard::default();
    browser.goto(&format!("{}/invoices", site.portal)).await;
    browser.find(".data_table__cell").await;
    keyboard.around(&browser, "invoices", (450, 700)).await;
    keyboard.saw_everything(1, 20);
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_the_keyboard_is_seen_in_a_list_in_firefox() {
    what_has_the_keyboard_is_seen_in_a_list_in(Engine::Firefox).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_the_keyboard_is_seen_in_a_list_in_webkit() {
    what_has_the_keyboard_is_seen_in_a_list_in(Engine::WebKit).await;
}

/// Presses a key on what may lie under a bar that stands over the page.
async fn press(browser: &Browser, selector: &str, key: &str) {
    let element = browser.find(selector).await;
    element.focus().await.unwrap();
    element.send_keys(key).await.unwrap();
}

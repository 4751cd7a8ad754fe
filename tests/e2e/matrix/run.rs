//! One cell from signing in to its end, and what has to be so in every one:
//! the end right, never wrong on the way, one ledger entry, no reload, in time.

use std::time::Duration;

use checkout_matrix::{Cell, Hints, Opener, Outcome, Provider};

use super::result::CellResult;
use super::seen::{Screen, Seen};
use super::{faults, provider};
use crate::browser::Browser;
use crate::pages::{InvoicePage, SignInPage};
use crate::site::{Site, SiteOptions};
use test_support::sample_data::{CUSTOMER, OPEN_INVOICE};

/// How often a lone hint has the poll behind it, in seconds.
const BACK_STOP: u16 = 15;
/// By when the back-stop has found what no hint told, in milliseconds.
pub const BACK_STOP_PROMISE: i64 = BACK_STOP as i64 * 1_000 + 2_000;
/// How long a cell may take to its end: the back-stop, and what else goes on on this machine.
const PATIENCE: Duration = Duration::from_secs(40);

/// A site whose portal hears only what the cell lets it hear.
async fn site(cell: &Cell) -> Site {
    let alone = !matches!(cell.hints, Hints::All | Hints::Poll);
    Site::with(SiteOptions {
        faults: faults::of_gateway(cell),
        providers: cell.provider != Provider::Sandbox,
        provider_coop: faults::coop_of_provider(cell),
        push: matches!(cell.hints, Hints::All | Hints::Push),
        coop: faults::coop_of_portal(cell),
        poll_seconds: if alone { BACK_STOP } else { 3 },
        script: Some(script(cell.hints)),
        ..SiteOptions::default()
    })
    .await
}

fn script(hints: Hints) -> String {
    let all = [
        (Hints::Message, "message"),
        (Hints::Broadcast, "broadcast"),
        (Hints::Closed, "closed"),
        (Hints::Wake, "wake"),
    ];
    let off = all
        .iter()
        .filter(|(hint, _)| hints != Hints::All && hints != *hint);
    let off: Vec<_> = off.map(|(_, word)| word).collect();
    let off = serde_json::to_string(&off).unwrap();
    include_str!("hints.js").replace("/* HINTS OFF */ []", &off)
}

/// Runs a cell in a browser, which may have run others before.
pub async fn run(cell: &Cell, browser: &Browser) -> CellResult {
    let site = site(cell).await;
    browser.goto(&site.portal).await;
    SignInPage(browser).sign_in(&CUSTOMER).await;
    let invoice = InvoicePage(browser);
    invoice.open(OPEN_INVOICE.id).await;
    browser.mark().await;
    let entries_before = site.entries(CUSTOMER.id).await;

    provider::choose(cell, browser).await;
    invoice.pay().await;
    let portal = browser.to_new_window().await;
    provider::reach(cell, browser).await;
    // The launch page has told its own coming by the same channels.
    let mut told_from = jiff::Timestamp::now().as_millisecond();
    provider::act(cell, (browser, &portal), &site).await;
    browser.driver.switch_to_window(portal).await.unwrap();
    if cell.hints == Hints::Wake {
        // Browsers tell it by themselves too, when the window closes: that may be too early.
        told_from = wake(cell, browser, (&site, entries_before)).await;
    }
    until_over(cell, browser).await;

    let mut seen = Seen::of(browser).await;
    seen.forget_hints_before(told_from);
    let happened = provider::ended_at(cell, &site);
    let entries = site.entries(CUSTOMER.id).await - entries_before;
    let reloaded = !browser.is_marked().await;
    let result = CellResult::of(cell, &seen, happened, entries, reloaded);
    browser.close_others().await;
    result
}

/// The customer comes back to the portal once the payment window has closed and the server knows
/// what has come of it: who comes earlier has the poll. A browser without a screen does not always
/// say so by itself. Returns when that was, in milliseconds since 1970.
async fn wake(cell: &Cell, browser: &Browser, (site, entries_before): (&Site, u64)) -> i64 {
    let (pays, ends) = (cell.outcome.pays(), cell.outcome != Outcome::ClosedEarly);
    browser
        .until_within(PATIENCE, "the window has closed", || async {
            let ended = !ends || provider::has_ended(cell, site);
            let known = !pays || site.entries(CUSTOMER.id).await > entries_before;
            ended && known && browser.windows().await == 1
        })
        .await;
    let came_back = browser
        .run("const at = Date.now(); window.dispatchEvent(new Event('focus')); return at")
        .await;
    came_back.as_i64().unwrap()
}

/// Waits for the right end. A window that was closed early ends nothing: the portal says what it
/// knows, and the customer turns back.
async fn until_over(cell: &Cell, browser: &Browser) {
    if cell.outcome == Outcome::ClosedEarly {
        browser.until_text(".checkout_panel", "Cancel").await;
        browser.press_in(".checkout_panel", "Cancel").await;
    }
    let title = ended_title(cell);
    browser
        .until_within(PATIENCE, &format!("{cell}: {title}"), || async {
            InvoicePage(browser).panel().await.contains(title)
                && (!cell.outcome.pays() || InvoicePage(browser).status().await == "Paid")
        })
        .await;
}

/// What the panel says at the right end.
pub fn ended_title(cell: &Cell) -> &'static str {
    match (cell.outcome, cell.provider) {
        // Its page offers another card until the customer turns back.
        (Outcome::Declined, Provider::Stripe) => "Payment cancelled",
        (Outcome::Declined, _) => "The payment did not go through",
        (Outcome::Cancelled | Outcome::ClosedEarly, _) => "Payment cancelled",
        _ => "Payment complete",
    }
}

/// What the screen may show at any time in a cell; anything else was wrong on the way.
pub fn wrong_on_the_way(cell: &Cell, seen: &Seen, confirmed_at: Option<i64>) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut paid_before = false;
    for screen in &seen.screen {
        if screen.says_paid() && confirmed_at.is_none_or(|at| screen.at < at) {
            wrong.push("shown as paid before the provider confirmed it".to_owned());
        }
        if paid_before && !screen.says_paid() && screen.status.is_some() {
            wrong.push("shown as paid, and then not".to_owned());
        }
        paid_before |= screen.says_paid();
        wrong.extend(wrong_figure(cell, screen));
    }
    wrong.dedup();
    wrong
}

fn wrong_figure(cell: &Cell, screen: &Screen) -> Option<String> {
    let remaining = screen.remaining.as_deref()?;
    let right = remaining == OPEN_INVOICE.remaining || (cell.outcome.pays() && remaining == "0.00");
    (!right).then(|| format!("{remaining} was shown as what remains"))
}

/// The longest from the provider's word (or the hint's coming) to the right screen, as promised
/// to the customer, in milliseconds.
pub fn promise(cell: &Cell) -> i64 {
    let cut = cell.portal == Opener::SameOrigin || cell.gateway != Opener::None;
    let told = cell.outcome.notifies_at_once();
    match cell.hints {
        Hints::All | Hints::Push if told => 1_000,
        Hints::Poll if told => 5_000,
        Hints::All | Hints::Poll => 10_000,
        // From the hint's own coming.
        Hints::Message if !cut => 1_000,
        Hints::Broadcast | Hints::Push => 1_000,
        Hints::Closed if !cut => 3_000,
        Hints::Wake => 3_000,
        Hints::Message | Hints::Closed => i64::from(BACK_STOP) * 1_000 + 2_000,
    }
}

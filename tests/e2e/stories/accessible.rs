//! axe (WCAG A and AA, best practice) finds nothing on any screen, and nothing
//! lies sideways at any width. With PORTICO_SHOTS set to a folder, a picture of
//! each screen is left there.

use std::path::PathBuf;

use serde_json::Value;

use super::checkout_states;
use super::screens::{Look, walk};
use crate::browser::Browser;
use crate::site::Site;

const WIDTHS: [(u32, u32); 3] = [(320, 640), (390, 844), (1280, 900)];

struct Audit {
    scheme: &'static str,
    axe: String,
    pictures: Option<PathBuf>,
    faults: Vec<String>,
    looked: usize,
}

impl Look for Audit {
    async fn at(&mut self, browser: &Browser, screen: &str) {
        browser.prefer(self.scheme).await;
        for (width, height) in WIDTHS {
            browser.resize(width, height).await;
            let place = format!("{screen} at {width} px, {}", self.scheme);
            let sideways = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
            let over = browser.run(sideways).await.as_i64().unwrap_or(i64::MAX);
            if over > 0 {
                self.faults.push(format!("{place}: {over} px lie sideways"));
            }
            self.faults.extend(self.violations(browser, &place).await);
            self.picture(browser, &format!("{screen}-{width}-{}", self.scheme))
                .await;
            self.looked += 1;
        }
        browser.resize(1280, 900).await;
    }
}

impl Audit {
    async fn violations(&self, browser: &Browser, place: &str) -> Vec<String> {
        browser.run(&self.axe).await;
        let found = browser
            .run_async(
                "axe.run(document, {
                   runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
                   resultTypes: ['violations'],
                 }).then(
                   (found) => done(found.violations.map((rule) =>
                     `${rule.id}: ${rule.help}: ${rule.nodes.map((node) => node.html).join(' | ')}`)),
                   (error) => done([`axe itself failed: ${error}`]))",
            )
            .await;
        let Value::Array(rules) = found else {
            return vec![format!("{place}: axe said {found}")];
        };
        rules
            .iter()
            .filter_map(Value::as_str)
            .map(|rule| format!("{place}: {rule}"))
            .collect()
    }

    async fn picture(&self, browser: &Browser, name: &str) {
        if let Some(folder) = &self.pictures {
            let whole = browser.driver.screenshot_as_png().await.unwrap();
            std::fs::write(folder.join(format!("{name}.png")), whole).unwrap();
        }
    }
}

/// Something to look at in light or dark, with what looks and where pictures go.
fn auditor(scheme: &'static str) -> Audit {
    let path =
        std::env::var("PORTICO_AXE").expect("PORTICO_AXE names axe.min.js; run `cargo xtask test`");
    let axe = std::fs::read_to_string(&path).unwrap();
    let pictures = std::env::var_os("PORTICO_SHOTS").map(PathBuf::from);
    if let Some(folder) = &pictures {
        std::fs::create_dir_all(folder).unwrap();
    }
    Audit {
        scheme,
        axe,
        pictures,
        faults: Vec::new(),
        looked: 0,
    }
}

impl Audit {
    /// Nothing was found, on at least so many screens.
    fn found_nothing(&self, screens: usize) {
        let looks = screens * WIDTHS.len();
        assert!(self.looked >= looks, "only {} looks", self.looked);
        assert!(self.faults.is_empty(), "\n{}\n", self.faults.join("\n"));
    }
}

async fn audit(scheme: &'static str) {
    let site = Site::start().await;
    let browser = Browser::start().await;
    let mut audit = auditor(scheme);
    walk(&site, &browser, &mut audit).await;
    audit.found_nothing(15);
    browser.quit().await;
}

async fn audit_checkout(scheme: &'static str) {
    let browser = Browser::start().await;
    let mut audit = auditor(scheme);
    checkout_states::walk(&browser, &mut audit).await;
    audit.found_nothing(14);
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_state_of_a_checkout_is_accessible_and_fits_in_light() {
    audit_checkout("light").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_state_of_a_checkout_is_accessible_and_fits_in_dark() {
    audit_checkout("dark").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_is_accessible_and_fits_in_light() {
    audit("light").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_is_accessible_and_fits_in_dark() {
    audit("dark").await;
}

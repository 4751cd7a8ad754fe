//! Headless Chromium, driven the way a customer uses it: by labels and roles.

use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::prelude::*;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// How long anything may take before a test gives up on it.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often a condition is looked at.
const LOOK: Duration = Duration::from_millis(50);

/// A browser with an empty profile. Dropping it ends it.
pub struct Browser {
    pub driver: WebDriver,
    _chromedriver: Child,
    _profile: TempDir,
}

impl Browser {
    pub async fn start() -> Self {
        let program = std::env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
        let mut chromedriver = Command::new(&program)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| {
                panic!("{program} does not start ({error}); run `cargo xtask test`")
            });
        let port = told_port(&mut chromedriver).await;
        let profile = tempfile::tempdir().unwrap();
        let mut wanted = DesiredCapabilities::chrome();
        if let Ok(binary) = std::env::var("CHROMIUM") {
            wanted.set_binary(&binary).unwrap();
        }
        let profile_argument = format!("--user-data-dir={}", profile.path().display());
        for argument in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1280,900",
            &profile_argument,
        ] {
            wanted.add_arg(argument).unwrap();
        }
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), wanted)
            .await
            .unwrap();
        Self {
            driver,
            _chromedriver: chromedriver,
            _profile: profile,
        }
    }

    /// Runs a script in this window before any page's own.
    pub async fn before_load(&self, script: &str) {
        self.driver
            .cdp()
            .page()
            .add_script_to_evaluate_on_new_document(script)
            .await
            .unwrap();
    }

    /// Lets no request for these addresses leave the browser.
    pub async fn block(&self, addresses: &[&str]) {
        let cdp = self.driver.cdp();
        cdp.send_raw("Network.enable", json!({})).await.unwrap();
        cdp.send_raw("Network.setBlockedURLs", json!({ "urls": addresses }))
            .await
            .unwrap();
    }

    /// A screen of this many CSS pixels.
    pub async fn resize(&self, width: u32, height: u32) {
        let size = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
        });
        self.driver
            .cdp()
            .send_raw("Emulation.setDeviceMetricsOverride", size)
            .await
            .unwrap();
    }

    /// `light` or `dark`.
    pub async fn prefer(&self, scheme: &str) {
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.driver
            .cdp()
            .send_raw("Emulation.setEmulatedMedia", media)
            .await
            .unwrap();
    }

    pub async fn goto(&self, address: &str) {
        self.driver.goto(address).await.unwrap();
    }

    /// Waits until a condition holds.
    pub async fn until<F>(&self, what: &str, condition: impl Fn() -> F)
    where
        F: Future<Output = bool>,
    {
        self.until_within(PATIENCE, what, condition).await;
    }

    /// Waits until a condition holds, and says how long that took.
    pub async fn until_within<F>(
        &self,
        most: Duration,
        what: &str,
        condition: impl Fn() -> F,
    ) -> Duration
    where
        F: Future<Output = bool>,
    {
        let start = Instant::now();
        while !condition().await {
            if start.elapsed() > most {
                let seen = self.text_of("body").await;
                panic!("after {most:?} still not: {what}\non screen:\n{seen}");
            }
            tokio::time::sleep(LOOK).await;
        }
        start.elapsed()
    }

    /// The one element that a selector names, once it is there and shown.
    pub async fn find(&self, selector: &str) -> WebElement {
        self.seen(By::Css(selector), selector).await
    }

    pub async fn button(&self, label: &str) -> WebElement {
        let path = format!("//button[{}]", named(label));
        self.seen(By::XPath(path), &format!("button `{label}`"))
            .await
    }

    pub async fn link(&self, label: &str) -> WebElement {
        let path = format!("//a[{}]", named(label));
        self.seen(By::XPath(path), &format!("link `{label}`")).await
    }

    /// A form field by its label.
    pub async fn field(&self, label: &str) -> WebElement {
        let path = format!("//*[@id = //label[starts-with(normalize-space(.), '{label}')]/@for]");
        self.seen(By::XPath(path), &format!("field `{label}`"))
            .await
    }

    /// Chooses an option of a list by the words of both.
    pub async fn choose(&self, label: &str, option: &str) {
        let list = self.field(label).await;
        let path = format!("./option[normalize-space(.) = '{option}']");
        let option = list.find(By::XPath(path)).await.unwrap();
        option.click().await.unwrap();
    }

    /// Presses a button within a part of the page.
    pub async fn press_in(&self, selector: &str, label: &str) {
        let part = self.find(selector).await;
        let path = format!(".//button[{}]", named(label));
        let button = part.find(By::XPath(path)).await.unwrap();
        button.click().await.unwrap();
    }

    async fn seen(&self, by: By, what: &str) -> WebElement {
        let start = Instant::now();
        loop {
            for element in self.driver.find_all(by.clone()).await.unwrap_or_default() {
                if element.is_displayed().await.unwrap_or(false) {
                    return element;
                }
            }
            if start.elapsed() > PATIENCE {
                let seen = self.text_of("body").await;
                let address = self.driver.current_url().await.map(|url| url.to_string());
                panic!("there is no {what} at {address:?}\non screen:\n{seen}");
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Whether a selector finds anything now.
    pub async fn has(&self, selector: &str) -> bool {
        !self
            .driver
            .find_all(By::Css(selector))
            .await
            .unwrap_or_default()
            .is_empty()
    }

    /// The text that is shown now, with single spaces; empty if there is no such element.
    pub async fn text_of(&self, selector: &str) -> String {
        let Ok(element) = self.driver.find(By::Css(selector)).await else {
            return String::new();
        };
        let text = element.text().await.unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The texts of all elements that a selector names, with single spaces.
    pub async fn texts(&self, selector: &str) -> Vec<String> {
        let script = "return Array.from(document.querySelectorAll(arguments[0]))
            .filter((found) => found.checkVisibility())
            .map((found) => found.innerText.replace(/\\s+/g, ' ').trim())";
        self.strings(script, selector).await
    }

    /// The amounts in a part of the page, as plain decimal text.
    pub async fn amounts(&self, selector: &str) -> Vec<String> {
        let script = "return Array.from(document.querySelectorAll(arguments[0]))
            .flatMap((part) => Array.from(part.querySelectorAll('.amount')))
            .filter((amount) => amount.checkVisibility())
            .map((amount) => amount.getAttribute('value'))";
        self.strings(script, selector).await
    }

    /// How many elements a selector names.
    pub async fn count(&self, selector: &str) -> usize {
        let found = self.driver.find_all(By::Css(selector)).await;
        found.map_or(0, |found| found.len())
    }

    /// The address of the page.
    pub async fn address(&self) -> String {
        self.driver.current_url().await.unwrap().to_string()
    }

    async fn strings(&self, script: &str, selector: &str) -> Vec<String> {
        let answer = self.driver.execute(script, vec![json!(selector)]).await;
        let answer = answer.unwrap().json().clone();
        serde_json::from_value(answer).unwrap()
    }

    /// Waits until an element's text has something in it.
    pub async fn until_text(&self, selector: &str, part: &str) {
        let what = format!("`{part}` in {selector}");
        self.until(&what, || async {
            self.text_of(selector).await.contains(part)
        })
        .await;
    }

    pub async fn run(&self, script: &str) -> Value {
        self.driver
            .execute(script, Vec::new())
            .await
            .unwrap()
            .json()
            .clone()
    }

    /// Runs a script that answers through the callback `done`.
    pub async fn run_async(&self, script: &str) -> Value {
        let with_callback = format!("const done = arguments[arguments.length - 1]; {script}");
        self.driver
            .execute_async(&with_callback, Vec::new())
            .await
            .unwrap()
            .json()
            .clone()
    }

    /// Waits for a second window and goes there; the first one's handle comes back.
    pub async fn to_new_window(&self) -> WindowHandle {
        let first = self.driver.window().await.unwrap();
        self.until("a second window", || async {
            self.driver.windows().await.unwrap().len() > 1
        })
        .await;
        let windows = self.driver.windows().await.unwrap();
        let other = windows.into_iter().find(|window| *window != first).unwrap();
        self.driver.switch_to_window(other).await.unwrap();
        first
    }

    /// How many windows there are.
    pub async fn windows(&self) -> usize {
        self.driver.windows().await.unwrap().len()
    }

    /// Marks this page, so that a reload would be noticed.
    pub async fn mark(&self) {
        self.run("window.markedByTest = true").await;
    }

    /// Whether the page is still the one that was marked.
    pub async fn is_marked(&self) -> bool {
        self.run("return window.markedByTest === true").await == json!(true)
    }

    /// What the page's console and its policy complained of.
    pub async fn complaints(&self) -> Vec<String> {
        let log = self.driver.browser_log().await.unwrap_or_default();
        let severe = log.into_iter().filter(|entry| entry.level == "SEVERE");
        severe.map(|entry| entry.message).collect()
    }

    pub async fn quit(self) {
        self.driver.clone().quit().await.unwrap();
    }
}

/// Matches an element whose text begins with a label, or whose name is one.
fn named(label: &str) -> String {
    format!("starts-with(normalize-space(.), '{label}') or @aria-label = '{label}'")
}

async fn told_port(chromedriver: &mut Child) -> u16 {
    let mut lines = BufReader::new(chromedriver.stdout.take().unwrap()).lines();
    let mut heard = Vec::new();
    while let Ok(Some(line)) = lines.next_line().await {
        if let Some((_, port)) = line.split_once("started successfully on port ")
            && let Ok(port) = port.trim_end_matches('.').parse()
        {
            // Nobody reads on; a full pipe would stop the driver.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return port;
        }
        heard.push(line);
    }
    panic!("chromedriver told no port: {heard:?}")
}

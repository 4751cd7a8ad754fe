//! A browser without a screen, driven the way a customer uses it: by labels and
//! roles, in whichever engine.

mod chromium;
mod chromium_only;
mod display;
mod driver;
mod engine;
mod firefox;
mod screen;
mod webkit;

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::prelude::*;

use display::Display;
use driver::Driver;

pub use checkout_matrix::Engine;
pub use engine::is_skipped;

/// How long anything may take before a test gives up on it.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often a condition is looked at.
const LOOK: Duration = Duration::from_millis(50);
/// The window of a test, in CSS pixels; Chromium counts its frame in.
const WINDOW: (u32, u32) = (1280, 900);

/// A browser with an empty profile. Dropping it ends it.
pub struct Browser {
    pub driver: WebDriver,
    pub engine: Engine,
    _process: Driver,
    _display: Option<Arc<Display>>,
    _profile: TempDir,
}

impl Browser {
    pub async fn start() -> Self {
        Self::start_in(Engine::Chromium).await
    }

    /// Starts an engine that is here: ask `is_skipped` first.
    pub async fn start_in(engine: Engine) -> Self {
        let profile = tempfile::tempdir().unwrap();
        let display = (engine == Engine::WebKit).then(Display::shared);
        let process = match (engine, &display) {
            (Engine::Chromium, _) => chromium::driver().await,
            (Engine::Firefox, _) => firefox::driver(&profile).await,
            (Engine::WebKit, Some(display)) => webkit::driver(display, &profile).await,
            (Engine::WebKit, None) => unreachable!("it has just been started"),
        };
        let wanted = match engine {
            Engine::Chromium => chromium::capabilities(&profile),
            Engine::Firefox => firefox::capabilities(),
            Engine::WebKit => webkit::capabilities(),
        };
        let driver = WebDriver::new(process.address(), wanted).await;
        let browser = Self {
            driver: driver.unwrap_or_else(|error| panic!("{engine:?} does not start: {error}")),
            engine,
            _process: process,
            _display: display,
            _profile: profile,
        };
        if engine != Engine::Chromium {
            browser.resize(WINDOW.0, WINDOW.1).await;
        }
        browser
    }

    /// A screen of this many CSS pixels. WebKit's window does not go below 447 in width.
    pub async fn resize(&self, width: u32, height: u32) {
        if self.engine == Engine::Chromium {
            let size = json!({
                "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
            });
            let cdp = self.cdp();
            let set = cdp.send_raw("Emulation.setDeviceMetricsOverride", size);
            set.await.unwrap();
            return;
        }
        let frame = "return [outerWidth - innerWidth, outerHeight - innerHeight]";
        let frame: (u32, u32) = serde_json::from_value(self.run(frame).await).unwrap();
        let (width, height) = (width + frame.0, height + frame.1);
        self.driver
            .set_window_rect(0, 0, width, height)
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

    /// The address of the page.
    pub async fn address(&self) -> String {
        self.driver.current_url().await.unwrap().to_string()
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

    /// Clicks on what may close this window at once. The driver may then have lost the window
    /// before it can answer that it has clicked.
    pub async fn click_to_leave(&self, element: &WebElement) {
        let Err(error) = element.click().await else {
            return;
        };
        let gone = match &*error {
            WebDriverErrorInner::NoSuchWindow(_) => true,
            WebDriverErrorInner::UnknownError(why) => why.value.message.contains("detached"),
            _ => false,
        };
        assert!(gone, "the click failed: {error}");
    }

    /// How many windows there are.
    pub async fn windows(&self) -> usize {
        self.driver.windows().await.unwrap().len()
    }

    /// Closes every window but this one.
    pub async fn close_others(&self) {
        let this = self.driver.window().await.unwrap();
        for window in self.driver.windows().await.unwrap() {
            if window != this {
                self.driver.switch_to_window(window).await.unwrap();
                // It may be closing by itself at this moment.
                let _ = self.driver.close_window().await;
            }
        }
        self.driver.switch_to_window(this).await.unwrap();
    }

    /// Marks this page, so that a reload would be noticed.
    pub async fn mark(&self) {
        self.run("window.markedByTest = true").await;
    }

    /// Whether the page is still the one that was marked.
    pub async fn is_marked(&self) -> bool {
        self.run("return window.markedByTest === true").await == json!(true)
    }

    pub async fn quit(self) {
        self.driver.clone().quit().await.unwrap();
    }
}

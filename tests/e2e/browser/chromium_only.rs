//! What only Chromium can be told, by its DevTools protocol. In another engine these panic.

use serde_json::json;
use thirtyfour::cdp::Cdp;

use super::{Browser, Engine};

impl Browser {
    /// Chromium's DevTools.
    pub fn cdp(&self) -> Cdp {
        let engine = self.engine;
        assert!(
            engine == Engine::Chromium,
            "only Chromium can do this, and this is {engine:?}"
        );
        self.driver.cdp()
    }

    /// Runs a script in this window before any page's own.
    pub async fn before_load(&self, script: &str) {
        self.cdp()
            .page()
            .add_script_to_evaluate_on_new_document(script)
            .await
            .unwrap();
    }

    /// Lets no request for these addresses leave the browser.
    pub async fn block(&self, addresses: &[&str]) {
        let cdp = self.cdp();
        cdp.send_raw("Network.enable", json!({})).await.unwrap();
        cdp.send_raw("Network.setBlockedURLs", json!({ "urls": addresses }))
            .await
            .unwrap();
    }

    /// `light` or `dark`.
    pub async fn prefer(&self, scheme: &str) {
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.cdp()
            .send_raw("Emulation.setEmulatedMedia", media)
            .await
            .unwrap();
    }

    /// What the page's console and its policy complained of.
    pub async fn complaints(&self) -> Vec<String> {
        let _ = self.cdp();
        let log = self.driver.browser_log().await.unwrap_or_default();
        let severe = log.into_iter().filter(|entry| entry.level == "SEVERE");
        severe.map(|entry| entry.message).collect()
    }
}

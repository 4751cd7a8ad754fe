//! What is on the screen: elements by labels and roles, and what they say.

use std::time::Instant;

use serde_json::json;
use thirtyfour::prelude::*;

use super::{Browser, LOOK, PATIENCE};

impl Browser {
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
}

/// Matches an element whose text begins with a label, or whose name is one.
fn named(label: &str) -> String {
    format!("starts-with(normalize-space(.), '{label}') or @aria-label = '{label}'")
}

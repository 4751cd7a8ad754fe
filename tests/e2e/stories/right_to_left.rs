//! A page from right to left, on every screen: dates, times and amounts keep their own order.
//! The words stay English, so the order is known.

use super::screens::{Look, walk};
use crate::browser::Browser;
use crate::site::{Site, SiteOptions};

/// Turns the page around before the app starts.
const TURN: &str = "document.documentElement.dir = 'rtl';";

/// Every date, time and amount whose parts do not stand one after another, from left to right.
/// Parts on different lines tell nothing.
const DISORDER: &str = r"
    const shapes = [
        /(\d{1,2}) ([A-Z][a-z]{2,8}) (\d{4})/g,
        /([A-Z][a-z]{2}), (\d{1,2}) ([A-Z][a-z]{2})/g,
        /(\d{1,2})\s?–\s?(\d{1,2}) ([A-Z][a-z]{2})/g,
        /(\d{1,2}:\d{2})\s?–\s?(\d{1,2}:\d{2})/g,
        /(\u2212?)([€£$₱])([\d,.]+)/g,
    ];
    const found = [];
    let looked = 0;
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
        const node = nodes.currentNode;
        if (!node.parentElement.checkVisibility()) {
            continue;
        }
        for (const shape of shapes) {
            for (const match of node.data.matchAll(shape)) {
                let from = match.index;
                const boxes = match.slice(1).filter((part) => part !== '').map((part) => {
                    const at = node.data.indexOf(part, from);
                    from = at + part.length;
                    const range = document.createRange();
                    range.setStart(node, at);
                    range.setEnd(node, from);
                    return range.getBoundingClientRect();
                });
                looked += 1;
                const sorted = boxes.every((box, at) =>
                    at === 0 || box.top !== boxes[at - 1].top || box.left > boxes[at - 1].left);
                if (!sorted) {
                    found.push(`${match[0]} in: ${node.data.trim().slice(0, 80)}`);
                }
            }
        }
    }
    return { looked, found };";

#[derive(Default)]
struct Order {
    looked: u64,
    faults: Vec<String>,
}

impl Look for Order {
    async fn at(&mut self, browser: &Browser, screen: &str) {
        let page = browser.run("return document.documentElement.dir").await;
        // The pages of the payment window are no part of the app.
        if !screen.starts_with("pay-") {
            assert_eq!(page, "rtl", "{screen}");
        }
        let seen = browser.run(DISORDER).await;
        self.looked += seen["looked"].as_u64().unwrap();
        let found: Vec<String> = serde_json::from_value(seen["found"].clone()).unwrap();
        let faults = found.iter().map(|fault| format!("{screen}: {fault}"));
        self.faults.extend(faults);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn dates_times_and_amounts_keep_their_order_from_right_to_left() {
    let site = Site::with(SiteOptions {
        script: Some(TURN.to_owned()),
        ..SiteOptions::default()
    })
    .await;
    let browser = Browser::start().await;
    let mut order = Order::default();
    walk(&site, &browser, &mut order).await;
    assert!(order.looked > 300, "only {} were looked at", order.looked);
    assert!(order.faults.is_empty(), "\n{}\n", order.faults.join("\n"));
    browser.quit().await;
}

//! Sends notifications, in the order in which they were made, until each has arrived.

use std::time::Duration;

use reqwest::header::HeaderMap;
use tokio::sync::{mpsc, watch};

use crate::controls::{Controls, WebhookMode};

/// How long a merchant may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// After how long a notification that did not arrive is sent again: the first time, doubled each
/// time after.
const FIRST_RETRY: Duration = Duration::from_millis(500);
/// After so many tries a notification is given up.
const MOST_TRIES: u32 = 8;

/// A notification that is to be sent.
pub(crate) struct Delivery {
    /// Where to.
    pub url: String,
    /// Its body; the same bytes at each try.
    pub body: Vec<u8>,
}

/// Signs a body at the time of a try, as the provider does; returns the headers to send.
pub(crate) type Sign = Box<dyn Fn(&[u8]) -> HeaderMap + Send + Sync>;

/// Where notifications are handed in.
#[derive(Clone)]
pub(crate) struct Deliveries {
    sender: mpsc::UnboundedSender<Delivery>,
    /// How many have not arrived yet, and are not given up.
    under_way: watch::Sender<usize>,
    controls: Controls,
}

impl Deliveries {
    /// Starts the task that sends them. It ends with the last handle.
    pub(crate) fn start(controls: Controls, sign: Sign) -> Result<Self, reqwest::Error> {
        let http = reqwest::Client::builder()
            // A merchant's server is reached directly, and a redirect would lose the POST.
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            .build()?;
        let (sender, mut waiting) = mpsc::unbounded_channel();
        let sign = std::sync::Arc::new(sign);
        let under_way = watch::Sender::new(0);
        let deliveries = Self {
            sender,
            under_way: under_way.clone(),
            controls: controls.clone(),
        };
        tokio::spawn(async move {
            while let Some(delivery) = waiting.recv().await {
                let (http, controls, sign) = (http.clone(), controls.clone(), sign.clone());
                let under_way = under_way.clone();
                // One that does not arrive holds up no other.
                tokio::spawn(async move {
                    deliver(&http, &controls, &sign, &delivery).await;
                    under_way.send_modify(|count| *count -= 1);
                });
            }
        });
        Ok(deliveries)
    }

    /// Hands in a notification.
    pub(crate) fn add(&self, delivery: Delivery) {
        self.under_way.send_modify(|count| *count += 1);
        // The task lives as long as this handle.
        let _ = self.sender.send(delivery);
    }

    /// Waits until all have arrived, where notifications go first; not for ever, since a merchant
    /// may never take one.
    pub(crate) async fn go_first(&self) {
        if self.controls.webhook_mode() == WebhookMode::First {
            let mut under_way = self.under_way.subscribe();
            let arrived = under_way.wait_for(|count| *count == 0);
            let _ = tokio::time::timeout(PATIENCE, arrived).await;
        }
    }
}

async fn deliver(http: &reqwest::Client, controls: &Controls, sign: &Sign, delivery: &Delivery) {
    let copies = loop {
        let changed = controls.mode_changed();
        match controls.webhook_mode() {
            WebhookMode::Send | WebhookMode::First => break 1,
            WebhookMode::Twice => break 2,
            WebhookMode::Drop => return,
            WebhookMode::Hold => changed.await,
        }
    };
    for _ in 0..copies {
        let mut pause = FIRST_RETRY;
        for _ in 0..MOST_TRIES {
            let call = http
                .post(&delivery.url)
                .headers(sign(&delivery.body))
                .header("Content-Type", "application/json")
                .body(delivery.body.clone());
            match call.send().await {
                Ok(answer) if answer.status().is_success() => break,
                _ => tracing::debug!(url = delivery.url, "a notification did not arrive"),
            }
            tokio::time::sleep(pause).await;
            pause *= 2;
        }
    }
}

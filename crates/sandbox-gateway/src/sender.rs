//! The background task: does what the clock asks for, and sends webhooks until they arrive.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use jiff::Timestamp;
use tokio::task::{Id, JoinSet};

use crate::clock;
use crate::outbox::Delivery;
use crate::shared::Shared;
use crate::signature::{SIGNATURE_HEADER, Signer};
use crate::stop::Stop;

/// How long a merchant may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long to wait before using the state again when its file could not be written.
const AFTER_TROUBLE: Duration = Duration::from_secs(1);

/// Sends webhooks with what it needs for that.
pub struct Sender {
    shared: std::sync::Arc<Shared>,
    http: reqwest::Client,
    signer: Signer,
    first_retry_after: Duration,
    sending: JoinSet<bool>,
    deliveries: HashMap<Id, Delivery>,
}

impl Sender {
    /// Makes the sender of a gateway's webhooks.
    ///
    /// # Errors
    /// The HTTP client cannot be built.
    pub fn new(
        shared: std::sync::Arc<Shared>,
        signer: Signer,
        first_retry_after: Duration,
    ) -> Result<Self, reqwest::Error> {
        // A merchant's server is reached directly: a proxy set for the machine would not find the
        // loopback addresses that demos and tests use, and a redirect would lose the POST.
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            .build()?;
        let (sending, deliveries) = (JoinSet::new(), HashMap::new());
        Ok(Self {
            shared,
            http,
            signer,
            first_retry_after,
            sending,
            deliveries,
        })
    }

    /// Works until it is told to stop. What is on its way then is sent again after a restart:
    /// webhooks arrive at least once.
    pub async fn run(mut self, stop: Stop) {
        loop {
            let wake_at = self.send_what_is_due().await;
            let pause = wake_at.map(|moment| clock::until(moment, clock::now()));
            tokio::select! {
                () = stop.requested() => return,
                () = self.shared.store.wait_for_change() => {}
                Some(ended) = self.sending.join_next_with_id() => {
                    let (id, arrived) = match ended {
                        Ok(ended) => ended,
                        Err(broken) => (broken.id(), false),
                    };
                    self.record(id, arrived).await;
                }
                () = tokio::time::sleep(pause.unwrap_or_default()), if pause.is_some() => {}
            }
        }
    }

    /// Starts what is due, and says when something will be due next.
    async fn send_what_is_due(&mut self) -> Option<Timestamp> {
        let now = clock::now();
        let mut busy: BTreeSet<String> = self
            .deliveries
            .values()
            .map(|one| one.payment.clone())
            .collect();
        let due = self.shared.with_state(|state, at| {
            state.keep_time(at);
            state.outbox().due(now, &busy)
        });
        let Ok(due) = due.await else {
            return Some(clock::later(now, AFTER_TROUBLE));
        };
        for delivery in due {
            busy.insert(delivery.payment.clone());
            self.start(delivery);
        }
        let next = self.shared.with_state(|state, _| {
            [state.next_moment(), state.outbox().next_due(&busy)]
                .into_iter()
                .flatten()
                .min()
        });
        next.await.unwrap_or(Some(clock::later(now, AFTER_TROUBLE)))
    }

    fn start(&mut self, delivery: Delivery) {
        let signature = self.signer.header(clock::now(), &delivery.body);
        let request = self
            .http
            .post(&delivery.url)
            .header("Content-Type", "application/json")
            .header(SIGNATURE_HEADER, signature)
            .body(delivery.body.clone());
        let task = self.sending.spawn(async move {
            matches!(request.send().await, Ok(answer) if answer.status().is_success())
        });
        self.deliveries.insert(task.id(), delivery);
    }

    async fn record(&mut self, id: Id, arrived: bool) {
        let Some(delivery) = self.deliveries.remove(&id) else {
            return;
        };
        let Delivery { seq, reference, .. } = delivery;
        let wait = self.first_retry_after;
        // A failure to save is logged by the store; the webhook is then sent once more.
        let given_up = self.shared.with_state(|state, at| {
            if arrived {
                state.outbox_mut().arrived(seq, at.now);
                return false;
            }
            state.outbox_mut().failed(seq, wait, at.now)
        });
        let given_up = given_up.await.unwrap_or(false);
        match (arrived, given_up) {
            (true, _) => tracing::debug!(reference, seq, "webhook arrived"),
            (false, false) => tracing::warn!(reference, seq, "webhook failed, will try again"),
            (false, true) => tracing::error!(reference, seq, "webhook given up"),
        }
    }
}

//! Webhooks that wait to be sent: which is due when, what a failed try means. Pure; `sender.rs`
//! does the sending.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::clock;
use crate::faults::Faults;

/// After so many tries a webhook is given up.
const MOST_TRIES: u32 = 8;

/// One webhook on its way to a merchant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// Its place in the order of events.
    pub seq: u64,
    /// The payment that it tells about.
    pub payment: String,
    /// The merchant's own name for that payment, for the logs.
    pub reference: String,
    /// Where it goes.
    pub url: String,
    /// What it says; fixed when the event happened.
    pub body: String,
    /// How often it was tried.
    tries: u32,
    /// When it may be sent.
    due_at: Timestamp,
    /// How often it still has to arrive.
    copies: u32,
    /// Whether it waits for a newer one of the same payment to arrive first.
    held: bool,
}

/// What an event tells, before faults change it.
pub struct NewWebhook {
    /// The payment that it tells about.
    pub payment: String,
    /// The merchant's own name for that payment.
    pub reference: String,
    /// Where it goes.
    pub url: String,
    /// What it says.
    pub body: String,
    /// Whether nothing newer is to be expected of this payment.
    pub last: bool,
}

/// All webhooks that wait.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Outbox {
    next_seq: u64,
    waiting: Vec<Delivery>,
}

impl Outbox {
    /// Adds the webhook of an event, changed as the faults that are on say.
    pub fn add(&mut self, news: NewWebhook, faults: &Faults, now: Timestamp) {
        self.next_seq += 1;
        if faults.webhook_lost {
            return;
        }
        self.waiting.push(Delivery {
            seq: self.next_seq,
            payment: news.payment,
            reference: news.reference,
            url: news.url,
            body: news.body,
            tries: 0,
            due_at: clock::later(now, faults.webhook_delay()),
            copies: if faults.webhook_doubled { 2 } else { 1 },
            held: faults.webhook_out_of_order && !news.last,
        });
    }

    /// Whether a webhook about a payment still waits to arrive.
    pub fn has_webhook_of(&self, payment: &str) -> bool {
        self.waiting.iter().any(|one| one.payment == payment)
    }

    /// What has to be sent now: for each payment the oldest webhook that is due. A payment in
    /// `busy` gets none, because one of its webhooks is being sent.
    pub fn due(&self, now: Timestamp, busy: &BTreeSet<String>) -> Vec<Delivery> {
        let mut taken = busy.clone();
        let ready = self
            .waiting
            .iter()
            .filter(|one| !one.held && one.due_at <= now);
        ready
            .filter(|one| taken.insert(one.payment.clone()))
            .cloned()
            .collect()
    }

    /// When to look again, if nothing else happens before.
    pub fn next_due(&self, busy: &BTreeSet<String>) -> Option<Timestamp> {
        let ready = self
            .waiting
            .iter()
            .filter(|one| !one.held && !busy.contains(&one.payment));
        ready.map(|one| one.due_at).min()
    }

    /// A webhook has arrived.
    pub fn arrived(&mut self, seq: u64, now: Timestamp) {
        let Some(delivery) = self.waiting.iter_mut().find(|one| one.seq == seq) else {
            return;
        };
        if delivery.copies > 1 {
            delivery.copies -= 1;
            delivery.tries = 0;
            delivery.due_at = now;
        } else {
            self.remove(seq);
        }
    }

    /// A try has failed; says whether the webhook is given up now.
    pub fn failed(&mut self, seq: u64, first_retry_after: Duration, now: Timestamp) -> bool {
        let Some(delivery) = self.waiting.iter_mut().find(|one| one.seq == seq) else {
            return false;
        };
        delivery.tries += 1;
        if delivery.tries >= MOST_TRIES {
            self.remove(seq);
            return true;
        }
        let doubled = 2_u32.saturating_pow(delivery.tries - 1);
        delivery.due_at = clock::later(now, first_retry_after.saturating_mul(doubled));
        false
    }

    /// Removes a webhook, and releases the older ones of its payment that waited for it.
    fn remove(&mut self, seq: u64) {
        let Some(place) = self.waiting.iter().position(|one| one.seq == seq) else {
            return;
        };
        let gone = self.waiting.remove(place);
        let overtaken = |one: &&mut Delivery| one.payment == gone.payment && one.seq < gone.seq;
        self.waiting
            .iter_mut()
            .filter(overtaken)
            .for_each(|one| one.held = false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn start() -> Timestamp {
        "2026-11-21T10:00:00Z".parse().unwrap()
    }

    fn after(seconds: u64) -> Timestamp {
        clock::later(start(), Duration::from_secs(seconds))
    }

    fn news(payment: &str, body: &str, last: bool) -> NewWebhook {
        NewWebhook {
            payment: payment.into(),
            reference: "R".into(),
            url: "https://portal.example.com/hook".into(),
            body: body.into(),
            last,
        }
    }

    fn outbox(faults: &Faults) -> Outbox {
        let mut outbox = Outbox::default();
        outbox.add(news("a", "a processing", false), faults, start());
        outbox.add(news("a", "a paid", true), faults, start());
        outbox.add(news("b", "b paid", true), faults, start());
        outbox
    }

    fn bodies(outbox: &Outbox, now: Timestamp) -> Vec<String> {
        outbox
            .due(now, &BTreeSet::new())
            .into_iter()
            .map(|one| one.body)
            .collect()
    }

    /// Everything in the order in which it would be sent, if every try arrives.
    fn drained(mut outbox: Outbox, now: Timestamp) -> Vec<String> {
        let mut sent = Vec::new();
        while let Some(delivery) = outbox.due(now, &BTreeSet::new()).into_iter().next() {
            outbox.arrived(delivery.seq, now);
            sent.push(delivery.body);
        }
        sent
    }

    #[test]
    fn one_payment_is_told_in_order_and_others_beside_it() {
        let outbox = outbox(&Faults::default());
        assert_eq!(bodies(&outbox, start()), ["a processing", "b paid"]);
        let busy = BTreeSet::from(["a".to_owned()]);
        assert_eq!(outbox.due(start(), &busy).len(), 1);
        assert_eq!(
            drained(outbox, start()),
            ["a processing", "a paid", "b paid"]
        );
    }

    #[test]
    fn tries_are_further_and_further_apart_until_it_is_given_up() {
        let mut outbox = Outbox::default();
        outbox.add(news("a", "paid", true), &Faults::default(), start());
        let mut now = start();
        let mut waits = Vec::new();
        while !outbox.failed(1, SECOND, now) {
            let next = outbox.next_due(&BTreeSet::new()).unwrap();
            assert!(bodies(&outbox, now).is_empty(), "not before its time");
            waits.push(clock::until(next, now).as_secs());
            now = next;
            assert_eq!(bodies(&outbox, now), ["paid"]);
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64]);
        assert_eq!(outbox.next_due(&BTreeSet::new()), None);
    }

    #[test]
    fn a_failing_webhook_does_not_hold_up_the_next_one() {
        let mut outbox = outbox(&Faults::default());
        assert!(!outbox.failed(1, SECOND, start()));
        assert_eq!(bodies(&outbox, start()), ["a paid", "b paid"]);
    }

    #[test]
    fn lost_webhooks_never_become_due() {
        let faults = Faults {
            webhook_lost: true,
            ..Faults::default()
        };
        assert_eq!(outbox(&faults).next_due(&BTreeSet::new()), None);
    }

    #[test]
    fn late_webhooks_wait_for_their_time() {
        let faults = Faults {
            webhook_late: Some(2000),
            ..Faults::default()
        };
        let outbox = outbox(&faults);
        assert_eq!(outbox.next_due(&BTreeSet::new()), Some(after(2)));
        assert!(bodies(&outbox, after(1)).is_empty());
        assert_eq!(bodies(&outbox, after(2)), ["a processing", "b paid"]);
    }

    #[test]
    fn doubled_webhooks_have_to_arrive_twice() {
        let faults = Faults {
            webhook_doubled: true,
            ..Faults::default()
        };
        let sent = drained(outbox(&faults), start());
        let expected = [
            "a processing",
            "a processing",
            "a paid",
            "a paid",
            "b paid",
            "b paid",
        ];
        assert_eq!(sent, expected);
    }

    #[test]
    fn out_of_order_sends_the_older_state_after_the_newer_one() {
        let faults = Faults {
            webhook_out_of_order: true,
            ..Faults::default()
        };
        assert_eq!(
            drained(outbox(&faults), start()),
            ["a paid", "a processing", "b paid"]
        );
    }

    #[test]
    fn a_newer_state_that_is_given_up_lets_the_older_one_go() {
        let faults = Faults {
            webhook_out_of_order: true,
            ..Faults::default()
        };
        let mut outbox = outbox(&faults);
        while !outbox.failed(2, SECOND, start()) {}
        assert_eq!(bodies(&outbox, start()), ["a processing", "b paid"]);
    }
}

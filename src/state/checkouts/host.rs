//! What a checkout knows of the app around it.

use api_client::ApiError;
use api_types::{Checkout, CheckoutChoices, Code, ReturnMessage};

use super::Checkouts;
use crate::checkout::{CheckoutHost, Presenter};
use leptos::prelude::*;

impl CheckoutHost for Checkouts {
    fn presenter(&self) -> Presenter {
        untrack(|| Self::presenter(*self))
    }

    fn poll_millis(&self) -> i64 {
        let seconds = untrack(|| self.portal.of(|portal| portal.checkout.poll_seconds));
        let bounds = CheckoutChoices::LEAST_POLL..=CheckoutChoices::MOST_POLL;
        // Nothing is known yet, or a server that does not say.
        let seconds = if bounds.contains(&seconds) {
            seconds
        } else {
            CheckoutChoices::LEAST_POLL
        };
        i64::from(seconds) * 1000
    }

    fn moved(&self) {
        self.live.refresh();
        self.load();
    }

    fn failed(&self, error: &ApiError) {
        if error.code() == Some(Code::TooManyOpen) {
            // One of them has to be finished or cancelled, so those that were put away come back.
            self.seen.set_value(Vec::new());
        }
        self.session.notice(error);
        self.live.failed(error);
    }

    fn notify_tabs(&self, checkout: &Checkout) {
        let message = ReturnMessage::about(&checkout.id, &checkout.nonce);
        if let Some(channel) = &*self.channel.get_value().borrow() {
            channel.post(&message);
        }
    }
}

//! What the server's answers make of a checkout.

use api_client::ApiError;
use api_types::{Checkout, CheckoutStatus, Code};

use super::{Effect, LONG_MS, Machine, Opened, Phase, Refusal, WindowView};

impl Machine {
    pub(super) fn on_answer(&mut self, checkout: Checkout) -> Vec<Effect> {
        let asked = std::mem::take(&mut self.checking);
        self.unanswered = None;
        let known = self.checkout.as_ref();
        if known.is_some_and(|known| goes_back(known, &checkout)) {
            return vec![];
        }
        let stood = known.map(|known| (known.status, known.attempt));
        // What was not started, as far as one knew, has not ended yet.
        let was_over = self.phase.is_over() && !matches!(self.phase, Phase::Refused(_));
        self.phase = Phase::of(checkout.status);
        self.nothing_seen = self.phase == Phase::Open && (asked || self.nothing_seen);
        let stands = (checkout.status, checkout.attempt);
        self.checkout = Some(checkout);
        self.update_age();
        let mut effects = Vec::new();
        if stood != Some(stands) {
            effects.extend([Effect::RefreshAccount, Effect::TellTabs]);
        }
        if self.phase != Phase::Open {
            self.changing = false;
            self.old_page_open = false;
            self.looking = false;
            self.cancelling &= self.awaits_transfer();
        }
        effects.extend(self.settle_window());
        if self.phase.is_over() && !was_over {
            effects.extend([Effect::CloseWindow, Effect::RestoreFocus, Effect::Forget]);
        }
        effects
    }

    pub(super) fn on_refusal(&mut self, error: ApiError) -> Vec<Effect> {
        if self.checkout.is_some() {
            return vec![];
        }
        let refusal = Refusal::of(error);
        // Where only the answer was lost there may be a checkout all the same, and somebody who
        // pays in the window: the server is asked what is open, and the window stays.
        let mut effects = if refusal == Refusal::Away {
            vec![]
        } else {
            self.window = WindowView::None;
            vec![Effect::CloseWindow, Effect::Forget]
        };
        // What is found later does not take this tab away from what the customer does by then.
        self.sent_there = true;
        self.phase = Phase::Refused(refusal);
        effects.extend([Effect::RefreshAccount, Effect::RestoreFocus]);
        effects
    }

    pub(super) fn on_change(&mut self, checkout: Checkout, opened: Opened) -> Vec<Effect> {
        if !std::mem::take(&mut self.changing) {
            // It ended meanwhile, and the server's last word about that is known.
            let mut effects = self.on_answer(checkout);
            effects.push(Effect::CloseNewWindow);
            return effects;
        }
        self.old_page_open = false;
        self.nothing_seen = false;
        self.looking = false;
        self.link_wanted = false;
        self.sent_there = false;
        self.window = match opened {
            Opened::Window => WindowView::Shown,
            Opened::Nothing => WindowView::Blocked,
            Opened::Here => WindowView::SameTab,
            Opened::Unneeded => WindowView::None,
        };
        self.window_attempt = Some(checkout.attempt);
        // Whether the earlier window has reported says nothing about this one.
        self.launched_before = true;
        let mut effects = vec![Effect::TakeNewWindow];
        effects.extend(self.on_answer(checkout));
        effects
    }

    pub(super) fn change_failed(&mut self, error: ApiError) -> Vec<Effect> {
        let was_changing = std::mem::take(&mut self.changing);
        let mut effects = vec![Effect::CloseNewWindow];
        match error.code() {
            Some(Code::PageStillOpen) => {
                self.old_page_open = was_changing && self.phase == Phase::Open;
            }
            code => {
                self.unanswered = Some(error);
                if code == Some(Code::TotalChanged) {
                    effects.push(Effect::RefreshAccount);
                }
                effects.extend(self.ask_if_known());
            }
        }
        effects
    }

    /// Reckons how old the checkout is in seconds, and whether it has been open for long, by the
    /// server's clock alone.
    pub(super) fn update_age(&mut self) {
        let Some(checkout) = &self.checkout else {
            return;
        };
        let now = checkout.as_of.as_millis();
        let first = self.since.is_none();
        if self.age.is_none() {
            self.age = Some((now - checkout.created_at.as_millis()).max(0) / 1000);
        }
        if first {
            self.since = Some(checkout.created_at);
        } else if self.known_attempt != checkout.attempt {
            self.since = Some(checkout.as_of);
        }
        self.known_attempt = checkout.attempt;
        let since = self.since.map_or(now, |since| since.as_millis());
        self.long = self.phase.is_pending() && now - since >= LONG_MS;
    }
}

/// Whether an answer is older than what is known: it came late, and money never moves backwards.
fn goes_back(known: &Checkout, answer: &Checkout) -> bool {
    let older = answer.version < known.version;
    let unpays = known.status == CheckoutStatus::Paid && answer.status != CheckoutStatus::Paid;
    let reopens =
        answer.version == known.version && known.status.is_final() && !answer.status.is_final();
    answer.id != known.id || older || unpays || reopens
}

//! What becomes of the window, and what of that is believed: nothing about money.

use super::{Effect, Look, Machine, Opened, Phase, WindowView};

impl Machine {
    pub(super) fn window_opened(&mut self, opened: Opened) -> Vec<Effect> {
        if self.phase.is_over() {
            return match opened {
                Opened::Window => vec![Effect::CloseWindow],
                _ => vec![],
            };
        }
        let known = self.checkout.as_ref();
        self.window_attempt = known.map(|checkout| checkout.attempt);
        self.launched_before = known.is_some_and(|checkout| checkout.launched);
        self.looking = false;
        self.nothing_seen = false;
        // Whoever opens it here once there is a checkout is on the way already.
        self.sent_there = known.is_some();
        self.window = match opened {
            Opened::Window => WindowView::Shown,
            Opened::Nothing => WindowView::Blocked,
            Opened::Here => WindowView::SameTab,
            Opened::Unneeded => WindowView::None,
        };
        self.want_link()
    }

    /// What an answer says about the window.
    pub(super) fn settle_window(&mut self) -> Vec<Effect> {
        let Some(checkout) = &self.checkout else {
            return vec![];
        };
        let attempt = checkout.attempt;
        let mut effects = Vec::new();
        if *self.window_attempt.get_or_insert(attempt) < attempt && !self.changing {
            // Somebody else pays another way: what is open here leads nowhere any more.
            self.window_attempt = Some(attempt);
            if self.window == WindowView::Shown {
                effects.push(Effect::CloseWindow);
            }
            if self.window != WindowView::Blocked {
                self.window = WindowView::None;
            }
        }
        let reported = checkout.launched && !self.launched_before;
        if reported && self.window == WindowView::Blocked && !self.link_wanted {
            // It opened all the same.
            self.window = WindowView::OutOfReach;
        }
        effects.extend(self.want_link());
        effects.extend(self.go_there());
        effects
    }

    /// A link is offered only where no window is known to exist, and only once
    /// there is a checkout for it to lead to.
    fn want_link(&mut self) -> Vec<Effect> {
        let blocked = self.window == WindowView::Blocked;
        let ready = self.phase == Phase::Open && self.checkout.is_some();
        if blocked && ready && !self.link_wanted {
            self.link_wanted = true;
            vec![Effect::PrepareLink]
        } else {
            vec![]
        }
    }

    fn go_there(&mut self) -> Vec<Effect> {
        let here = self.window == WindowView::SameTab && self.phase == Phase::Open;
        if here && !self.changing && !std::mem::replace(&mut self.sent_there, true) {
            vec![Effect::GoThere]
        } else {
            vec![]
        }
    }

    pub(super) fn window_gone(&mut self) -> Vec<Effect> {
        if self.closed_lies {
            return self.window_cut();
        }
        if self.window != WindowView::Shown || self.phase.is_over() {
            return vec![];
        }
        self.window = WindowView::Closed;
        self.looking = self.checkout.is_some();
        let mut effects = self.ask_if_known();
        effects.extend(self.looks());
        effects.push(Effect::RestoreFocus);
        effects
    }

    pub(super) fn window_cut(&mut self) -> Vec<Effect> {
        if self.window != WindowView::Shown || self.phase.is_over() {
            return vec![];
        }
        self.closed_lies = true;
        self.window = WindowView::OutOfReach;
        let mut effects = self.ask_if_known();
        effects.extend(self.looks());
        effects
    }

    fn looks(&self) -> Vec<Effect> {
        [Look::Soon, Look::Later, Look::Last]
            .map(Effect::LookAfter)
            .to_vec()
    }

    pub(super) fn look(&mut self, look: Look) -> Vec<Effect> {
        let unseen = matches!(self.window, WindowView::Closed | WindowView::OutOfReach);
        if !unseen || !self.phase.is_pending() {
            return vec![];
        }
        if look == Look::Last {
            let launched = self.checkout.as_ref().is_some_and(|known| known.launched);
            if !launched {
                // No page of the provider can have cut what never got there: it is closed.
                self.window = WindowView::Closed;
            }
            self.nothing_seen |= self.window == WindowView::Closed && self.phase == Phase::Open;
            self.looking = false;
        }
        self.ask_if_known()
    }

    pub(super) fn show(&mut self) -> Vec<Effect> {
        match (&self.phase, self.window) {
            (Phase::Opening | Phase::Open | Phase::Confirming, WindowView::Shown) => {
                vec![Effect::ShowWindow]
            }
            (Phase::Open, _) if self.checkout.is_some() && !self.changing => {
                vec![Effect::OpenAnother]
            }
            _ => vec![],
        }
    }
}

//! The dimensions of the fault matrix, and one combination of them.

use std::fmt;

use sandbox_gateway::{Coop, Faults};

use crate::browser::Engine;

/// A dimension: its values, in a fixed order, each with a word.
pub trait Dimension: Copy + Eq + 'static {
    const ALL: &'static [Self];

    fn word(self) -> &'static str;
}

macro_rules! dimension {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$vmeta])* $variant,)+
        }

        impl Dimension for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];

            fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }
    };
}

dimension! {
    /// The `Cross-Origin-Opener-Policy` of a side.
    Opener {
        /// No header: windows keep each other.
        None = "none",
        /// What the page opens may keep its opener.
        AllowPopups = "same-origin-allow-popups",
        /// Every window of another origin is cut off.
        SameOrigin = "same-origin",
    }
}

impl Opener {
    /// As the gateway is told it.
    pub fn of_gateway(self) -> Option<Coop> {
        match self {
            Self::None => None,
            Self::AllowPopups => Some(Coop::SameOriginAllowPopups),
            Self::SameOrigin => Some(Coop::SameOrigin),
        }
    }

    /// As the portal's settings have it.
    pub fn of_portal(self) -> &'static str {
        match self {
            Self::None => "unsafe-none",
            other => other.word(),
        }
    }
}

dimension! {
    /// Which hints reach the portal. One alone has a poll every 15 s behind it.
    Hints {
        /// The return page's message to its opener.
        Message = "message",
        /// The return page's word on the channel.
        Broadcast = "broadcast",
        /// The server's push.
        Push = "push",
        /// The window's handle reads closed.
        Closed = "closed",
        /// The portal's page comes to the front again.
        Wake = "wake",
        /// All of them, and the poll.
        All = "all",
        /// The poll alone, every 3 s.
        Poll = "poll",
    }
}

dimension! {
    /// What happens at the payment provider, and how it tells.
    Outcome {
        /// A card that pays.
        Paid = "paid",
        /// A card that is declined; then the customer goes back.
        Declined = "declined",
        /// The customer goes back without having tried.
        Cancelled = "cancelled",
        /// The customer closes the window at the provider's page.
        ClosedEarly = "closed-early",
        /// The money is on its way for a while.
        Slow = "slow",
        /// Paid, and the notification comes before the provider's page answers.
        WebhookFirst = "webhook-first",
        /// Paid, and the notification comes long after the window.
        WebhookLast = "webhook-last",
        /// Paid, and no notification ever.
        WebhookLost = "webhook-lost",
        /// Paid, and every notification twice.
        WebhookDoubled = "webhook-doubled",
    }
}

impl Outcome {
    /// Whether money comes.
    pub fn pays(self) -> bool {
        !matches!(self, Self::Declined | Self::Cancelled | Self::ClosedEarly)
    }

    /// Whether the server hears of the payment by a notification, at once.
    pub fn told_at_once(self) -> bool {
        !matches!(self, Self::WebhookLast | Self::WebhookLost)
    }
}

/// One combination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    pub engine: Engine,
    pub portal: Opener,
    pub gateway: Opener,
    pub hints: Hints,
    pub outcome: Outcome,
}

/// As `cargo xtask matrix --cell` takes it: engine, both policies, hints, outcome.
impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}/{}/{}/{}/{}",
            self.engine.name(),
            self.portal.word(),
            self.gateway.word(),
            self.hints.word(),
            self.outcome.word()
        )
    }
}

impl Cell {
    /// The cell at a place of the full product, given by one index a dimension.
    pub fn at(place: [usize; 5]) -> Self {
        Self {
            engine: Engine::ALL[place[0]],
            portal: Opener::ALL[place[1]],
            gateway: Opener::ALL[place[2]],
            hints: Hints::ALL[place[3]],
            outcome: Outcome::ALL[place[4]],
        }
    }

    /// How many values each dimension has.
    pub fn sizes() -> [usize; 5] {
        [
            Engine::ALL.len(),
            Opener::ALL.len(),
            Opener::ALL.len(),
            Hints::ALL.len(),
            Outcome::ALL.len(),
        ]
    }

    /// What the gateway does wrong in it.
    pub fn faults(&self) -> Faults {
        let mut faults = Faults {
            coop: self.gateway.of_gateway(),
            ..Faults::default()
        };
        match self.outcome {
            Outcome::WebhookFirst => faults.webhook_first = true,
            Outcome::WebhookLast => faults.webhook_late = Some(4_000),
            Outcome::WebhookLost => faults.webhook_lost = true,
            Outcome::WebhookDoubled => faults.webhook_doubled = true,
            _ => {}
        }
        faults
    }

    /// Why the one hint that is left cannot reach the portal, where it cannot.
    pub fn silent_because(&self) -> Option<&'static str> {
        let cut = self.portal == Opener::SameOrigin || self.gateway != Opener::None;
        match (self.hints, self.outcome) {
            (Hints::Message | Hints::Broadcast, Outcome::ClosedEarly) => {
                Some("the return page is never reached")
            }
            (Hints::Push, Outcome::ClosedEarly) => Some("nothing has happened at the provider"),
            (Hints::Message, _) if cut => Some("a COOP header cuts the opener"),
            (Hints::Closed, _) if cut => Some("a cut handle reads closed from the first moment"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dimension_is_told_by_words_of_its_own() {
        fn words<D: Dimension>() -> Vec<&'static str> {
            D::ALL.iter().map(|value| value.word()).collect()
        }
        for words in [words::<Opener>(), words::<Hints>(), words::<Outcome>()] {
            let different: std::collections::BTreeSet<_> = words.iter().collect();
            assert_eq!(different.len(), words.len(), "{words:?}");
        }
    }
}

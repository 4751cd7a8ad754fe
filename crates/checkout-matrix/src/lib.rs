//! The fault matrix of the checkout: its dimensions, and one combination of them, a cell.

use std::fmt;
use std::str::FromStr;

/// A dimension: its values, in a fixed order, each with a word.
pub trait Dimension: Copy + Eq + 'static {
    /// Every value.
    const ALL: &'static [Self];

    /// Its word in names and results.
    fn word(self) -> &'static str;
}

/// Finds the value that a word names.
///
/// # Errors
/// Says which words there are, if it names none.
pub fn value_of_word<D: Dimension>(word: &str) -> Result<D, String> {
    let mut all = D::ALL.iter().copied();
    all.find(|value| value.word() == word).ok_or_else(|| {
        let known: Vec<_> = D::ALL.iter().map(|value| value.word()).collect();
        format!("`{word}` is none of {}", known.join(", "))
    })
}

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Engine {
    /// Chromium.
    Chromium,
    /// Firefox.
    Firefox,
    /// WebKit, as GTK has it.
    WebKit,
}

impl Engine {
    /// All of them, in the order of the report.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// Its name in options and results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// Its name in sentences.
    pub fn title(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKit",
        }
    }
}

impl Dimension for Engine {
    const ALL: &'static [Self] = &Self::ALL;

    fn word(self) -> &'static str {
        self.name()
    }
}

impl FromStr for Engine {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        value_of_word(word)
    }
}

macro_rules! dimension {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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

dimension! {
    /// Where it is paid.
    Provider {
        /// The sandbox gateway, on its card page.
        Sandbox = "sandbox",
        /// Stripe, on its hosted page: what happens there, a stand-in says.
        Stripe = "stripe",
        /// PayPal, whose money is captured by a call of ours; by a stand-in too.
        PayPal = "paypal",
    }
}

impl Provider {
    /// Its name in sentences.
    pub fn title(self) -> &'static str {
        match self {
            Self::Sandbox => "Sandbox",
            Self::Stripe => "Stripe",
            Self::PayPal => "PayPal",
        }
    }
}

impl Outcome {
    /// Whether money comes.
    pub fn pays(self) -> bool {
        !matches!(self, Self::Declined | Self::Cancelled | Self::ClosedEarly)
    }

    /// Whether the server hears of the payment by a notification, at once.
    pub fn notifies_at_once(self) -> bool {
        !matches!(self, Self::WebhookLast | Self::WebhookLost)
    }
}

/// One combination. Cells are ordered as the report has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// What renders the pages.
    pub engine: Engine,
    /// The portal's policy.
    pub portal: Opener,
    /// The payment provider's policy.
    pub gateway: Opener,
    /// Which hints reach the portal.
    pub hints: Hints,
    /// What happens at the provider.
    pub outcome: Outcome,
    /// Which provider that is.
    pub provider: Provider,
}

/// As `cargo xtask matrix --cell` takes it: engine, both policies, hints, outcome, provider.
impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}/{}/{}/{}/{}/{}",
            self.engine.name(),
            self.portal.word(),
            self.gateway.word(),
            self.hints.word(),
            self.outcome.word(),
            self.provider.word()
        )
    }
}

impl FromStr for Cell {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let words: Vec<&str> = text.split('/').collect();
        let words = <[&str; 6]>::try_from(words)
            .map_err(|_| "a cell is engine/portal/gateway/hint/outcome/provider".to_owned())?;
        Self::of(words)
    }
}

impl Cell {
    /// The cell that six words name.
    ///
    /// # Errors
    /// Says which word is wrong, and which there are.
    pub fn of(
        [engine, portal, gateway, hints, outcome, provider]: [&str; 6],
    ) -> Result<Self, String> {
        Ok(Self {
            engine: value_of_word(engine)?,
            portal: value_of_word(portal)?,
            gateway: value_of_word(gateway)?,
            hints: value_of_word(hints)?,
            outcome: value_of_word(outcome)?,
            provider: value_of_word(provider)?,
        })
    }

    /// The cell at a place of the full product, given by one index a dimension.
    pub fn at(place: [usize; 6]) -> Self {
        Self {
            engine: Engine::ALL[place[0]],
            portal: Opener::ALL[place[1]],
            gateway: Opener::ALL[place[2]],
            hints: Hints::ALL[place[3]],
            outcome: Outcome::ALL[place[4]],
            provider: Provider::ALL[place[5]],
        }
    }

    /// How many values each dimension has.
    pub fn sizes() -> [usize; 6] {
        [
            Engine::ALL.len(),
            Opener::ALL.len(),
            Opener::ALL.len(),
            Hints::ALL.len(),
            Outcome::ALL.len(),
            Provider::ALL.len(),
        ]
    }

    /// How many cells there are.
    pub fn count() -> usize {
        Self::sizes().iter().product()
    }

    /// How many cells there are in one engine.
    pub fn count_of_engine() -> usize {
        Self::sizes()[1..].iter().product()
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
    fn a_cell_is_read_as_it_is_written() {
        let name = "firefox/none/same-origin/push/webhook-lost/stripe";
        assert_eq!(name.parse::<Cell>().unwrap().to_string(), name);
        for (wrong, says) in [
            ("firefox/none/none/push/paid", "engine/portal"),
            (
                "opera/none/none/push/paid/paypal",
                "`opera` is none of chromium",
            ),
            (
                "firefox/none/none/rumour/paid/paypal",
                "`rumour` is none of",
            ),
            ("firefox/none/none/push/paid/cash", "`cash` is none of"),
        ] {
            let error = wrong.parse::<Cell>().unwrap_err();
            assert!(error.contains(says), "{error}");
        }
    }

    #[test]
    fn every_dimension_is_told_by_words_of_its_own() {
        fn words<D: Dimension>() -> Vec<&'static str> {
            D::ALL.iter().map(|value| value.word()).collect()
        }
        for words in [
            words::<Opener>(),
            words::<Hints>(),
            words::<Outcome>(),
            words::<Provider>(),
        ] {
            let different: std::collections::BTreeSet<_> = words.iter().collect();
            assert_eq!(different.len(), words.len(), "{words:?}");
        }
    }
}

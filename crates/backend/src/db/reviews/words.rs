//! The closed sets of a review, and the words that they are stored and shown by.

use std::fmt;
use std::str::FromStr;

/// Declares a closed set whose words are stored.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$what:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$what])* $variant),+
        }

        impl $name {
            /// The word that is stored and shown.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }

        impl FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(format!("{text:?} is no word of a review")),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

words! {
    /// Why no rule fits.
    ReviewKind {
        /// Less came than was asked for, or another currency; the checkout needs review.
        Mismatch = "mismatch",
        /// The payment provider said something that has no meaning here, or that more money came
        /// than can be kept; of that nothing is booked.
        Unreadable = "unreadable",
        /// More came than was asked for; the rest is credit.
        Excess = "excess",
        /// Money came for a thing that has been paid otherwise.
        SecondPayment = "second_payment",
        /// A notification names no payment of ours, and none came to be known by its name.
        UnknownNotification = "unknown_notification",
        /// The payment provider does not know a payment any more that it had made.
        ProviderLost = "provider_lost",
        /// Money has been on its way for longer than it ever should be.
        Overdue = "overdue",
        /// The customer disputes a payment at their bank.
        Dispute = "dispute",
        /// A refund did not go through: the customer is still to have the money.
        RefundFailed = "refund_failed",
        /// An import has other money under the id that the provider reports this money by.
        ImportDiffers = "import_differs",
    }
}

words! {
    /// What somebody decided.
    Resolution {
        /// The money is taken as it came.
        Taken = "taken",
        /// The money has been sent back.
        Refused = "refused",
        /// Nothing was to be done; it has been seen.
        Noted = "noted",
    }
}

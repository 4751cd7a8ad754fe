//! Why a call to a payment provider brought no usable answer.

use std::fmt;

/// Why a call brought no usable answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GatewayError {
    /// The provider cannot be reached, is slow, or has a fault. The same call may work later, and
    /// this one may have been carried out although no answer came.
    Away,
    /// The provider refuses the call, and will refuse it again.
    Refused,
    /// Pay was pressed before.
    TooLate,
    /// The provider has no such call.
    Unsupported,
}

impl fmt::Display for GatewayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Away => "the payment provider cannot be reached",
            Self::Refused => "the payment provider refuses the call",
            Self::TooLate => "pay was pressed already",
            Self::Unsupported => "the payment provider has no such call",
        })
    }
}

impl std::error::Error for GatewayError {}

//! Why money was not sent back.

use std::fmt;

use api_types::{Money, PaymentId};

use crate::db::{DbError, TransactionError};

/// Why money was not sent back.
#[derive(Debug)]
pub enum RefundError {
    /// There is no such payment.
    Unknown(PaymentId),
    /// It is no completed payment that came through a payment provider.
    NotRefundable(PaymentId),
    /// Its gateway is not set up any more.
    NoGateway(String),
    /// Its provider has no call to send money back.
    CannotRefund(String),
    /// The amount is none that can be sent back: why.
    BadAmount(String),
    /// Less is left of the payment than was asked for.
    TooMuch {
        /// What is left, refunds that are on their way counted.
        left: Money,
    },
    /// The provider refuses.
    Refused,
    /// The database failed.
    Broken(DbError),
}

impl fmt::Display for RefundError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(id) => write!(f, "there is no payment {id}"),
            Self::NotRefundable(id) => write!(
                f,
                "{id} is no completed payment that came through a payment provider; see \
                 `backend explain {id}`"
            ),
            Self::NoGateway(id) => write!(
                f,
                "the payment came through the gateway {id}, which the settings do not have any \
                 more; add it again, with enabled = false if it is to take no new payments"
            ),
            Self::CannotRefund(id) => write!(
                f,
                "the gateway {id} cannot send money back; do it at the payment provider, and it \
                 comes into the account by itself"
            ),
            Self::BadAmount(why) => write!(f, "the amount cannot be sent back: {why}"),
            Self::TooMuch { left } => write!(
                f,
                "{left:?} are left of the payment, refunds that are on their way counted"
            ),
            Self::Refused => {
                f.write_str("the payment provider refuses to send the money back; its log says why")
            }
            Self::Broken(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for RefundError {}

impl From<DbError> for RefundError {
    fn from(error: DbError) -> Self {
        Self::Broken(error)
    }
}

impl TransactionError for RefundError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Broken(error) if error.is_conflict())
    }
}

//! Why something could not be done with a checkout.

use std::fmt;

use api_types::{CheckoutId, Money};

use crate::db::{DbError, TransactionError};
use crate::gateways::GatewayError;

/// Why something could not be done with a checkout.
#[derive(Debug)]
pub enum CheckoutError {
    /// There is no such checkout, or it is another customer's.
    NotFound,
    /// Paying is switched off.
    Off,
    /// There is no such method.
    UnknownMethod,
    /// The launch token is not 256 random bits, or has been used before.
    BadToken,
    /// One field of the request is wrong: its name, and what is wrong with it.
    Field(&'static str, &'static str),
    /// An amount of the request is less than this.
    TooSmall(Money),
    /// An amount of the request is more than this, the most that can be paid at once.
    TooLarge(Money),
    /// It cannot be paid now.
    NotPayable,
    /// The total is not the one that was displayed.
    TotalChanged,
    /// Another checkout of the customer holds one of the items.
    Open(CheckoutId),
    /// The customer has as many checkouts open as are allowed at once.
    TooManyOpen,
    /// The checkout has ended, or pay was pressed.
    Over,
    /// The payment provider cannot close the page that is open.
    PageStillOpen,
    /// The provider cannot be reached.
    GatewayAway,
    /// The database failed.
    Broken(DbError),
}

impl fmt::Display for CheckoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("there is no such checkout"),
            Self::Off => f.write_str("paying is switched off"),
            Self::UnknownMethod => f.write_str("there is no such way to pay"),
            Self::BadToken => f.write_str("the launch token cannot be used"),
            Self::Field(name, why) => write!(f, "{name} is {why}"),
            Self::TooSmall(least) => write!(f, "the amount is less than {least:?}"),
            Self::TooLarge(most) => write!(f, "the amount is more than {most:?}"),
            Self::NotPayable => f.write_str("it cannot be paid now"),
            Self::TotalChanged => f.write_str("the total has changed"),
            Self::Open(id) => write!(f, "checkout {id} is open on it"),
            Self::TooManyOpen => f.write_str("too many checkouts are open"),
            Self::Over => f.write_str("the checkout is past this"),
            Self::PageStillOpen => f.write_str("the open page cannot be closed"),
            Self::GatewayAway => GatewayError::Away.fmt(f),
            Self::Broken(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for CheckoutError {}

impl From<DbError> for CheckoutError {
    fn from(error: DbError) -> Self {
        Self::Broken(error)
    }
}

impl TransactionError for CheckoutError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Broken(error) if error.is_conflict())
    }
}

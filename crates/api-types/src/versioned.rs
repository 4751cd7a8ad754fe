//! Which state of an account a value belongs to.

use crate::{
    Balance, BookingChoices, CalendarDays, Checkout, Confirmation, CreditNote, Event, EventPage,
    FeedState, Home, Invoice, NewFeed, OfferedTimes, Page, PaymentDetail, Statement,
};

/// A value that knows the version of the account that it was true at. The
/// backend tags its answers by it, and a reader drops what is older than what
/// it has.
pub trait Versioned {
    /// The customer's version when it was read.
    fn version(&self) -> u64;
}

macro_rules! versioned {
    ($($name:ty),+) => {$(
        impl Versioned for $name {
            fn version(&self) -> u64 {
                self.version
            }
        }
    )+};
}

versioned!(
    Balance,
    BookingChoices,
    CalendarDays,
    Checkout,
    Confirmation,
    CreditNote,
    Event,
    EventPage,
    FeedState,
    Home,
    Invoice,
    NewFeed,
    OfferedTimes,
    PaymentDetail,
    Statement
);

impl<T> Versioned for Page<T> {
    fn version(&self) -> u64 {
        self.version
    }
}

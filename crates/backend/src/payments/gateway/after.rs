//! What a provider says about money that has come: what went back, and what is asked back.

use api_types::{DisputeState, Money, Timestamp};

/// What has happened to money that has come: all of it, at every reading, so that nothing
/// depends on the order of notifications.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct After {
    /// What went back.
    pub refunds: Vec<ProviderRefund>,
    /// Each time that the customer's bank asked for it back.
    pub disputes: Vec<ProviderDispute>,
    /// Whether the provider says something more about it that has no meaning here.
    pub is_unreadable: bool,
}

/// Money that goes back to the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderRefund {
    /// The provider's id for it: it is booked once.
    pub id: String,
    /// How much.
    pub amount: Money,
    /// When it came to stand as it does, if the provider says.
    pub at: Option<Timestamp>,
    /// How it stands.
    pub status: RefundStatus,
}

/// How a refund stands. Only one that is done moves money; one that was done may fail, and that
/// is its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundStatus {
    /// It is on its way, or waits for something.
    Pending,
    /// The money went back.
    Done,
    /// It did not go through: the money stayed, or came back.
    Failed,
}

/// A dispute over a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderDispute {
    /// The provider's id for it: what is lost by it is booked once.
    pub id: String,
    /// How much it is about.
    pub amount: Money,
    /// When it came to stand as it does, if the provider says.
    pub at: Option<Timestamp>,
    /// How it stands.
    pub state: DisputeState,
}

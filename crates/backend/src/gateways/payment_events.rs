//! What a provider reports about money that has come: refunds and disputes.

use api_types::{DisputeState, Money, Timestamp};

/// All refunds and disputes of a payment. Every read returns all of them, so that nothing depends
/// on the order of notifications.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaymentEvents {
    /// The refunds.
    pub refunds: Vec<ProviderRefund>,
    /// The disputes: each time that the customer's bank asked for the money back.
    pub disputes: Vec<ProviderDispute>,
    /// Whether the provider reports more that has no meaning here.
    pub is_unreadable: bool,
    /// Whether they could not be read now, although the payment could: they are read again.
    pub is_missing: bool,
}

/// Money that goes back to the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderRefund {
    /// The provider's id of the refund, by which it is booked once.
    pub id: String,
    /// The idempotency key by which it was asked for here; `None` for one that was made elsewhere.
    pub key: Option<String>,
    /// How much.
    pub amount: Money,
    /// Since when it has this status, if the provider says.
    pub at: Option<Timestamp>,
    /// Its status.
    pub status: RefundStatus,
}

/// The status of a refund. Only a refund that is done moves money; one that was done may still
/// fail, and a failed one stays failed.
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
    /// The provider's id of the dispute, by which a lost one is booked once.
    pub id: String,
    /// The disputed amount.
    pub amount: Money,
    /// Since when it has this state, if the provider says.
    pub at: Option<Timestamp>,
    /// Its state.
    pub state: DisputeState,
    /// Whether the dispute alone tells of the money that it takes once it is lost; `false` where a
    /// refund tells of it.
    pub takes_money: bool,
}

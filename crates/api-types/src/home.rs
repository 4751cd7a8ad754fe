//! What stands on the first screen besides the balance.

use serde::{Deserialize, Serialize};

use crate::{
    CheckoutId, CheckoutStatus, Day, EventId, EventSummary, InvoiceId, Money, PaymentId, Timestamp,
};

/// `GET /home`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Home {
    /// The next event that is not over.
    pub next_event: Option<EventSummary>,
    /// Events that the customer came to.
    pub attended: u32,
    /// Events that are still to come.
    pub upcoming: u32,
    /// `Things I Need To Do`, the most urgent first; at most 20.
    pub to_do: Vec<ToDo>,
    /// How many there are in all.
    pub to_do_count: u32,
    /// The customer's services, by their names.
    pub services: Vec<ServiceOverview>,
    /// When the backend read it, by its own clock.
    pub as_of: Timestamp,
    /// The customer's version.
    pub version: u64,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ToDo {
    /// An invoice that is overdue, or due within 14 days, and can be paid.
    PayInvoice {
        /// Which.
        invoice: InvoiceId,
        /// The number on it.
        number: String,
        /// What it is for.
        name: String,
        /// The last day to pay without being late.
        due_on: Day,
        /// Whether that day has passed.
        overdue: bool,
        /// What remains.
        remaining: Money,
    },
    /// A checkout that was begun and is not over.
    FinishCheckout {
        /// Which.
        checkout: CheckoutId,
        /// Its state.
        status: CheckoutStatus,
        /// What the customer pays.
        total: Money,
    },
    /// A transfer that the provider waits for.
    SendTransfer {
        /// The pending payment.
        payment: PaymentId,
        /// How much.
        total: Money,
        /// When it was started.
        created_at: Timestamp,
    },
    /// An event that the provider wants to be confirmed.
    ConfirmEvent {
        /// Which.
        event: EventSummary,
    },
}

/// One of the customer's services.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServiceOverview {
    /// Its name.
    pub service: String,
    /// When its first event began, if it has one.
    pub since: Option<Timestamp>,
    /// Its events that the customer came to.
    pub attended: u32,
    /// Its events that are still to come.
    pub upcoming: u32,
    /// When its next event begins.
    pub next_at: Option<Timestamp>,
    /// The zone of the next event.
    pub next_zone: Option<String>,
}

/// `POST /events/{id}/confirmation`: the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Confirmation {
    /// Which event.
    pub event: EventId,
    /// When it was confirmed.
    pub confirmed_at: Timestamp,
    /// The customer's version.
    pub version: u64,
}

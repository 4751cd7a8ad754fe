//! What stands on the first screen besides the balance.

use serde::{Deserialize, Serialize};

use crate::tagged::{BadTag, need};
use crate::{
    AllDay, CheckoutId, CheckoutStatus, Day, EventId, EventSummary, InvoiceId, Money, PaymentId,
    Timestamp,
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
    #[cfg_attr(feature = "openapi", schema(max_items = 20))]
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

impl Home {
    /// How many things to do are told; the rest is only counted.
    pub const MOST_TO_DO: u32 = 20;
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", try_from = "ToDoFields")]
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
        event: Box<EventSummary>,
    },
}

/// What any kind of [`ToDo`] has.
#[derive(Deserialize)]
struct ToDoFields {
    kind: String,
    invoice: Option<InvoiceId>,
    number: Option<String>,
    name: Option<String>,
    due_on: Option<Day>,
    overdue: Option<bool>,
    remaining: Option<Money>,
    checkout: Option<CheckoutId>,
    status: Option<CheckoutStatus>,
    total: Option<Money>,
    payment: Option<PaymentId>,
    created_at: Option<Timestamp>,
    event: Option<Box<EventSummary>>,
}

impl TryFrom<ToDoFields> for ToDo {
    type Error = BadTag;

    fn try_from(fields: ToDoFields) -> Result<Self, BadTag> {
        Ok(match fields.kind.as_str() {
            "pay_invoice" => Self::PayInvoice {
                invoice: need(fields.invoice, "invoice")?,
                number: need(fields.number, "number")?,
                name: need(fields.name, "name")?,
                due_on: need(fields.due_on, "due_on")?,
                overdue: need(fields.overdue, "overdue")?,
                remaining: need(fields.remaining, "remaining")?,
            },
            "finish_checkout" => Self::FinishCheckout {
                checkout: need(fields.checkout, "checkout")?,
                status: need(fields.status, "status")?,
                total: need(fields.total, "total")?,
            },
            "send_transfer" => Self::SendTransfer {
                payment: need(fields.payment, "payment")?,
                total: need(fields.total, "total")?,
                created_at: need(fields.created_at, "created_at")?,
            },
            "confirm_event" => Self::ConfirmEvent {
                event: need(fields.event, "event")?,
            },
            _ => return Err(BadTag::Kind(fields.kind)),
        })
    }
}

/// One of the customer's services.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServiceOverview {
    /// Its name.
    pub service: String,
    /// When its first event began, if it has one.
    pub since: Option<Timestamp>,
    /// The days of that event, where it had no hours.
    pub since_all_day: Option<AllDay>,
    /// Its events that the customer came to.
    pub attended: u32,
    /// Its events that are still to come.
    pub upcoming: u32,
    /// When its next event begins.
    pub next_at: Option<Timestamp>,
    /// The days of its next event, where that has no hours: `next_at` is then a midnight.
    pub next_all_day: Option<AllDay>,
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

//! The wire between the portal and a backend: one file per noun, pure, no IO.
//!
//! Whoever writes a backend for the portal reads this crate; the reference
//! backend publishes the same shapes as `openapi.json`.

mod balance;
mod booking;
mod calendar;
mod change;
mod checkout;
mod credit_notes;
mod currency;
mod described;
mod discussion;
mod events;
mod history;
mod home;
mod idempotency;
mod ids;
mod invoices;
mod list;
mod methods;
mod money;
mod payments;
mod portal;
mod problem;
mod query;
#[cfg(feature = "openapi")]
mod schema;
mod secret;
mod session;
mod tagged;
mod time;
mod unit_price;
mod versioned;
mod window;
mod word;

pub use balance::{
    ApplyCredit, Balance, CurrencyBalance, Figure, FigureEntry, FigureQuery, UnpaidEvent,
};
pub use booking::{
    BookingChoices, BookingMode, NotBookable, OfferedDay, OfferedTime, OfferedTimes, RequestEvent,
    RescheduleEvent, ServiceOffer, TimesQuery,
};
pub use calendar::{
    CalendarDay, CalendarDays, CalendarQuery, ClockChange, CreateFeed, Feed, FeedState, FeedUrl,
    NewFeed, PlacedEvent,
};
pub use change::{Change, Changed};
pub use checkout::{
    ChangeMethod, Checkout, CheckoutFor, CheckoutItem, CheckoutStatus, CreateCheckout,
    CreateLaunch, EventPart,
};
pub use credit_notes::CreditNote;
pub use currency::{Currency, UnknownCurrency};
pub use discussion::{Discussion, Message, SendMessage};
pub use events::{
    AllDay, CancelEvent, CancelTerms, Event, EventFilters, EventInvoice, EventLink, EventList,
    EventMoney, EventMoneyState, EventPage, EventQuery, EventStatus, EventSummary, NotChangeable,
    RescheduleTerms,
};
pub use history::{
    EntryKind, HistoryEntry, HistoryOrder, HistoryQuery, KindSum, Record, Statement,
    StatementQuery, StatementSums,
};
pub use home::{Confirmation, Home, ServiceOverview, ToDo};
pub use idempotency::{
    IDEMPOTENCY_KEY_PATTERN, MOST_IDEMPOTENCY_KEY_CHARACTERS, is_idempotency_key,
};
pub use ids::{
    AttemptId, BadId, CheckoutId, CreditNoteId, CustomerId, EventId, ID_PATTERN, InvoiceId,
    MOST_ID_CHARACTERS, MethodId, OptionId, PaymentId,
};
pub use invoices::{
    Detail, DocumentState, Invoice, InvoiceCredit, InvoiceFilter, InvoiceLine, InvoiceMoney,
    InvoicePayment, InvoiceQuery, InvoiceRefund, InvoiceSort, InvoiceSummary, MoneyState,
    NotPayable, Party, Payable,
};
pub use list::{BadCursor, Cursor, MOST_ROWS, Page, USUAL_ROWS};
pub use methods::{MethodKind, MethodOption, MethodRefuses, MethodTerms, PaymentMethod};
pub use money::{BadMoney, Money, MoneyError};
pub use payments::{
    AllocatedTo, Allocation, DisputeState, FailureCode, PaidBy, Payment, PaymentDetail,
    PaymentDispute, PaymentKind, PaymentQuery, PaymentSort, PaymentStatus, PaymentStep,
    PaymentStepKind, TransferInstructions,
};
pub use portal::{
    CheckoutChoices, Features, LegalLinks, LinkPlace, Portal, PortalLink, SameTab, Support,
};
pub use problem::{Code, FieldError, Problem};
pub use secret::{SECRET_PATTERN, is_secret};
pub use session::{CreateSession, Password, Session};
pub use time::{
    BadDay, BadTimestamp, Day, MOST_ZONE_CHARACTERS, Month, Timestamp, Week, Weekday, ZONE_PATTERN,
    is_zone_name,
};
pub use unit_price::{BadUnitPrice, UnitPrice, WrongNet};
pub use versioned::Versioned;
pub use window::{
    FormField, LaunchAnswer, LaunchRequest, LaunchToken, ReturnAnswer, ReturnMessage, ReturnRequest,
};

/// The path under which every customer endpoint lies, relative to the API's own address.
pub const API_BASE: &str = "/api/v1";

/// The header that names whom a request is about; see [`Code::PersonChanged`].
pub const PERSON_HEADER: &str = "Portico-Person";
/// The header that every write carries, which no cross-site form can send.
pub const REQUEST_HEADER: &str = "Portico-Request";
/// The header of requests that the customer did not cause; they do not renew the session.
pub const BACKGROUND_HEADER: &str = "Portico-Background";
/// The header that makes a write repeatable (draft-ietf-httpapi-idempotency-key-header).
pub const IDEMPOTENCY_HEADER: &str = "Idempotency-Key";

//! Events: appointments and whatever else takes place, with their money.

use serde::{Deserialize, Serialize};

use crate::word::words;
use crate::{CheckoutId, Cursor, Day, Discussion, EventId, InvoiceId, Money, Payable, Timestamp};

words! {
    /// What became of an event, or of the request for one.
    EventStatus {
        /// The customer asked for it; the provider has not answered.
        Requested = "requested",
        /// Its time is kept for the customer until `hold_until`, for the deposit to be paid.
        Held = "held",
        /// It is to take place, or nobody has said yet that it did.
        Booked = "booked",
        /// The customer was there.
        Attended = "attended",
        /// The customer was not there.
        NoShow = "no_show",
        /// The provider cannot make it.
        Declined = "declined",
        /// It does not take place.
        Cancelled = "cancelled",
        /// Its time was kept, and the deposit did not come.
        Expired = "expired",
    }
}

impl EventStatus {
    /// Whether it can still take place.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Requested | Self::Held | Self::Booked)
    }

    /// Whether it takes a place in the calendar that nobody else can have: also one that is over.
    pub fn takes_its_time(self) -> bool {
        self.is_live() || matches!(self, Self::Attended | Self::NoShow)
    }
}

words! {
    /// The state of an event's money, for a badge.
    EventMoneyState {
        /// Nothing is paid.
        Unpaid = "unpaid",
        /// The deposit is not paid, and its day has not passed.
        DepositDue = "deposit_due",
        /// The deposit's day or the invoice's due day has passed.
        Overdue = "overdue",
        /// A part is paid.
        PartPaid = "part_paid",
        /// What is not paid is on its way.
        OnItsWay = "on_its_way",
        /// Nothing remains.
        Paid = "paid",
        /// All that was paid for it went back.
        Refunded = "refunded",
        /// A part of what was paid for it went back.
        PartRefunded = "part_refunded",
    }
}

/// What an event costs and what of that is paid. An event that is invoiced *is* its invoice:
/// `paid`, `on_its_way` and `balance` are then those of the whole invoice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventMoney {
    /// What the event costs.
    pub fee: Money,
    /// What is to be paid before it.
    pub deposit: Option<Money>,
    /// The last day to pay that.
    pub deposit_due_on: Option<Day>,
    /// Completed money.
    pub paid: Money,
    /// Pending money; it does not lower the balance.
    pub on_its_way: Money,
    /// What completed money has not paid.
    pub balance: Money,
    /// What went back of money that had paid for it since it was last paid: part of the balance.
    pub refunded: Money,
    /// All that in a word.
    pub state: EventMoneyState,
    /// The invoice that it is on by now.
    pub invoice: Option<EventInvoice>,
}

/// The invoice that an event is on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventInvoice {
    /// Which.
    pub id: InvoiceId,
    /// The number on the document.
    pub number: String,
    /// What was invoiced, with everything else that is on it.
    pub total: Money,
    /// The last day to pay without being late.
    pub due_on: Day,
    /// Whether that day has passed and something remains.
    pub overdue: bool,
}

/// The days of an event that has no hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AllDay {
    /// Its first day; not moved by any zone.
    pub first: Day,
    /// Its last day, the same where it is one day long.
    pub last: Day,
}

/// An event in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventSummary {
    /// Its id, also its place in an address.
    pub id: EventId,
    /// What kind of thing it is.
    pub service: String,
    /// What it is.
    pub title: String,
    /// When it begins; of an event without hours, its first day's midnight in `zone`.
    pub starts_at: Timestamp,
    /// When it ends; of an event without hours, the midnight after its last day.
    pub ends_at: Timestamp,
    /// The IANA zone that it takes place in.
    #[cfg_attr(feature = "openapi", schema(schema_with = crate::time::zone_schema))]
    pub zone: String,
    /// Its days, where it has no hours.
    pub all_day: Option<AllDay>,
    /// What became of it.
    pub status: EventStatus,
    /// Until when its time is kept for a deposit; there exactly while it is held. It does not
    /// run out while a checkout for it is open.
    pub hold_until: Option<Timestamp>,
    /// Where, if it is anywhere.
    pub location: Option<String>,
    /// Whether it is a video session.
    pub video: bool,
    /// The address of its video session; `None` until there is one.
    pub video_url: Option<String>,
    /// Who takes part beside the customer.
    pub people: Vec<String>,
    /// Whether the provider waits for the customer's word.
    pub needs_confirmation: bool,
    /// When the customer confirmed to come.
    pub confirmed_at: Option<Timestamp>,
    /// Its money; `None` where it costs nothing, or nothing any more.
    pub money: Option<EventMoney>,
}

words! {
    /// Which half of the calendar. Every event is in exactly one of them.
    EventList {
        /// What is not over and can still take place, the first first.
        Upcoming = "upcoming",
        /// What is over, or does not take place, the last first.
        History = "history",
    }
}

/// What a list of events can be filtered by: `Event Options`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventFilters {
    /// Only of this service, by its name.
    pub service: Option<String>,
    /// Only of this status.
    pub status: Option<EventStatus>,
    /// Only those that end on this day or later, by the portal's zone.
    pub from: Option<Day>,
    /// Only those that begin on this day or earlier, by the portal's zone.
    pub to: Option<Day>,
    /// Only those whose money has a balance.
    pub unpaid: bool,
}

/// The query of `GET /events`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
pub struct EventQuery {
    /// Which half.
    #[serde(deserialize_with = "crate::query::parse_word")]
    pub list: EventList,
    /// Where the page starts.
    #[serde(default, deserialize_with = "crate::query::cursor")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<Cursor>,
    /// Only of this service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// Only of this status.
    #[serde(default, deserialize_with = "crate::query::parse_word_if_any")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<EventStatus>,
    /// Only those that end on this day or later, by the portal's zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// Only those that begin on this day or earlier, by the portal's zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Day>,
    /// Only those whose money has a balance.
    #[serde(default)]
    pub unpaid: bool,
    /// Rows a page: 50 unless told, at most 200.
    #[serde(default, deserialize_with = "crate::query::limit")]
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", param(schema_with = crate::query::limit_schema, required = false))]
    pub limit: Option<u32>,
}

impl EventQuery {
    /// A page of one half, filtered.
    pub fn of(list: EventList, filters: &EventFilters, cursor: Option<Cursor>) -> Self {
        let filters = filters.clone();
        Self {
            list,
            cursor,
            service: filters.service,
            status: filters.status,
            from: filters.from,
            to: filters.to,
            unpaid: filters.unpaid,
            limit: None,
        }
    }

    /// What it filters by.
    pub fn filters(&self) -> EventFilters {
        EventFilters {
            service: self.service.clone(),
            status: self.status,
            from: self.from,
            to: self.to,
            unpaid: self.unpaid,
        }
    }
}

/// `GET /events`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventPage {
    /// The rows.
    pub data: Vec<EventSummary>,
    /// Where the next page starts; `None` on the last one.
    pub next_cursor: Option<Cursor>,
    /// Where the page before starts; `None` on the first one.
    pub previous_cursor: Option<Cursor>,
    /// How many events of `Upcoming` fit the filters.
    pub upcoming: u32,
    /// How many events of `History` fit the filters.
    pub history: u32,
    /// Every service that the customer has events of, filters aside, by name.
    pub services: Vec<String>,
    /// When the backend read it, by its own clock.
    pub as_of: Timestamp,
    /// The customer's version.
    pub version: u64,
}

/// `GET /events/{id}`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Event {
    /// What a list says of it.
    pub event: EventSummary,
    /// Whether the customer can say that they come, or came.
    pub can_confirm: bool,
    /// Where a map shows its location.
    pub map_url: Option<String>,
    /// The provider's words about it, as what to bring, or why it was declined.
    pub note: Option<String>,
    /// What the customer wrote when asking for it.
    pub customer_note: Option<String>,
    /// The deposit, where it can be paid by itself.
    pub pay_deposit: Option<Payable>,
    /// The balance, or why it cannot be paid. Of an event that is invoiced: the invoice's.
    pub pay: Option<Payable>,
    /// The customer's own checkout that is open on it, or on its invoice.
    pub checkout: Option<CheckoutId>,
    /// Forms and other documents that belong to it.
    pub documents: Vec<EventLink>,
    /// Referrals that belong to it.
    pub referrals: Vec<EventLink>,
    /// What was written about it; `None` where the feature is off.
    pub discussion: Option<Discussion>,
    /// Whether it can be moved to another time.
    pub reschedule: RescheduleTerms,
    /// Whether it can be cancelled, and what that costs.
    pub cancel: CancelTerms,
    /// When the backend read it, by its own clock.
    pub as_of: Timestamp,
    /// The customer's version.
    pub version: u64,
}

/// A document of the provider's, kept elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventLink {
    /// Its name.
    pub title: String,
    /// Where it is: an `https` address.
    pub url: String,
    /// Whether the customer is to fill it in; `None` where there is nothing to fill in.
    pub to_complete: Option<bool>,
}

words! {
    /// Why an event cannot be moved or cancelled here.
    NotChangeable {
        /// It has begun.
        Over = "over",
        /// It does not take place anyway.
        Ended = "ended",
        /// It begins too soon.
        TooLate = "too_late",
        /// It was moved as often as it may be.
        TooOften = "too_often",
        /// It is on an invoice.
        Invoiced = "invoiced",
        /// A checkout is open on it, or money is on its way to it.
        Paying = "paying",
        /// No other times are offered for it.
        NotOffered = "not_offered",
        /// The provider does not allow it.
        Off = "off",
    }
}

/// Whether an event can be moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RescheduleTerms {
    /// Whether it can.
    pub allowed: bool,
    /// Why not, where not.
    pub reason: Option<NotChangeable>,
    /// Until when it can.
    pub until: Option<Timestamp>,
    /// How many more times it can; `None` where there is no limit.
    pub left: Option<u32>,
}

/// Whether an event can be cancelled, and what becomes of its money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CancelTerms {
    /// Whether it can.
    pub allowed: bool,
    /// Why not, where not.
    pub reason: Option<NotChangeable>,
    /// Until when it costs nothing.
    pub free_until: Option<Timestamp>,
    /// What it costs now; `None` where nothing.
    pub charge: Option<Money>,
    /// What of the money paid ahead becomes credit again, less the charge, if any was paid.
    pub returned: Option<Money>,
    /// What of the charge is owed then, beyond what was paid ahead; `None` where nothing.
    pub owed: Option<Money>,
}

/// `POST /events/{id}/cancellation`; answered with the [`Event`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CancelEvent {
    /// What the customer was told that it costs; another charge is refused (`terms_changed`).
    pub displayed_charge: Option<Money>,
}

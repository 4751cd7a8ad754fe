//! The app's addresses: values on one side, URL text on the other, both ways.
//! No other folder has path text in it. Pure: it compiles and is tested on the host.

mod calendar;
mod lists;
mod query;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod server_tests;
#[cfg(test)]
mod tests;

use api_types::{
    CreditNoteId, Currency, Day, EventId, FigureQuery, HistoryQuery, InvoiceId, MethodId, Money,
    PaymentId, PaymentQuery,
};

pub use calendar::{EventListing, MonthView, RequestChoice, WeekView};
pub use lists::{InvoiceColumn, InvoiceList, StatementChoice};

use calendar::CALENDAR;
use query::{value_of, with_query};

const SIGN_IN: &str = "sign-in";
const ACCOUNT: &str = "account";
const HISTORY: &str = "history";
const STATEMENT: &str = "statement";
const INVOICES: &str = "invoices";
const CREDIT_NOTES: &str = "credit-notes";
const PAYMENTS: &str = "payments";
const NEW: &str = "new";

const NEXT: &str = "next";
const VIA: &str = "via";
const CURRENCY: &str = "currency";
const AMOUNT: &str = "amount";

/// A screen, and what its address says about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// `/`
    Home,
    /// `/sign-in`, with where to go afterwards.
    SignIn {
        /// The address that was asked for; only ever one of the app's own.
        next: Option<Box<Route>>,
    },
    /// `/account`: Event Balance.
    Account {
        /// The figure that is opened into its entries.
        figure: Option<FigureQuery>,
    },
    /// `/account/history`
    History(HistoryQuery),
    /// `/account/statement`
    Statement(StatementChoice),
    /// `/invoices`
    Invoices(InvoiceList),
    /// `/invoices/:id`
    Invoice(InvoiceId),
    /// `/credit-notes/:id`
    CreditNote(CreditNoteId),
    /// `/payments`
    Payments(PaymentQuery),
    /// `/payments/:id`
    Payment(PaymentId),
    /// `/payments/new`: Make Payment.
    MakePayment(PaymentChoice),
    /// `Calendar`: `Upcoming`.
    Calendar(EventListing),
    /// `Calendar`: `History`.
    CalendarHistory(EventListing),
    /// `Calendar`, a month of it.
    CalendarMonth(MonthView),
    /// `Calendar`, a week of it.
    CalendarWeek(WeekView),
    /// The feed that other calendars read.
    CalendarFeed,
    /// One event.
    Event(EventId),
    /// `Request an Event with (Service Provider name)`.
    RequestEvent(RequestChoice),
    /// Another time for an event.
    MoveEvent {
        /// Which.
        event: EventId,
        /// The day whose times are shown.
        day: Option<Day>,
    },
}

/// What is chosen in `Make Payment` before the form is filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaymentChoice {
    /// `Pay via`
    pub via: Option<MethodId>,
    /// `Currency`
    pub currency: Option<Currency>,
    /// `Amount`, in that currency.
    pub amount: Option<Money>,
}

impl PaymentChoice {
    fn parse(query: &str) -> Self {
        let currency = value_of(query, CURRENCY).and_then(|code| Currency::parse(&code).ok());
        let amount = currency.zip(value_of(query, AMOUNT));
        Self {
            via: value_of(query, VIA).and_then(|via| MethodId::parse(&via).ok()),
            currency,
            amount: amount.and_then(|(currency, text)| Money::parse(&text, currency).ok()),
        }
    }
}

impl Route {
    /// The balance, with nothing opened.
    pub const ACCOUNT: Self = Self::Account { figure: None };

    /// All invoices, from the newest on.
    pub fn all_invoices() -> Self {
        Self::Invoices(InvoiceList::default())
    }

    /// All payments, from the newest on.
    pub fn all_payments() -> Self {
        Self::Payments(PaymentQuery::default())
    }

    /// The account history, from the newest on.
    pub fn all_history() -> Self {
        Self::History(HistoryQuery::default())
    }

    /// `Make Payment`, with nothing chosen.
    pub fn make_payment() -> Self {
        Self::MakePayment(PaymentChoice::default())
    }

    /// The address, relative to the page's base: links with it work wherever
    /// the portal is served. Home is `.`, since an empty link means "here".
    pub fn href(&self) -> String {
        match self.path() {
            path if path.is_empty() => ".".to_owned(),
            path => path,
        }
    }

    /// The address for the router, from its own root.
    pub fn absolute(&self) -> String {
        format!("/{}", self.path())
    }

    fn path(&self) -> String {
        match self {
            Self::Home => String::new(),
            Self::SignIn { next } => {
                let next = next.as_ref().map(|route| route.absolute());
                with_query(SIGN_IN, vec![(NEXT, next)])
            }
            Self::Account { figure } => with_query(ACCOUNT, lists::figure_pairs(figure.as_ref())),
            Self::History(query) => {
                with_query(&format!("{ACCOUNT}/{HISTORY}"), lists::history_pairs(query))
            }
            Self::Statement(choice) => {
                with_query(&format!("{ACCOUNT}/{STATEMENT}"), choice.pairs())
            }
            Self::Invoices(list) => with_query(INVOICES, list.pairs()),
            Self::Invoice(id) => format!("{INVOICES}/{id}"),
            Self::CreditNote(id) => format!("{CREDIT_NOTES}/{id}"),
            Self::Payments(query) => with_query(PAYMENTS, lists::payment_pairs(query)),
            Self::Payment(id) => format!("{PAYMENTS}/{id}"),
            Self::MakePayment(choice) => {
                let via = choice.via.as_ref().map(ToString::to_string);
                let currency = choice.currency.map(|currency| currency.to_string());
                with_query(
                    &format!("{PAYMENTS}/{NEW}"),
                    vec![
                        (VIA, via),
                        (CURRENCY, currency),
                        (AMOUNT, choice.amount.map(|amount| amount.amount_text())),
                    ],
                )
            }
            Self::Calendar(_)
            | Self::CalendarHistory(_)
            | Self::CalendarMonth(_)
            | Self::CalendarWeek(_)
            | Self::CalendarFeed
            | Self::Event(_)
            | Self::RequestEvent(_)
            | Self::MoveEvent { .. } => calendar::path(self).unwrap_or_default(),
        }
    }

    /// Reads an address below the base: a path, and a query with or without its
    /// `?`. `None` is an address that the app does not have.
    pub fn parse(path: &str, query: &str) -> Option<Self> {
        let segments: Vec<&str> = path
            .split('/')
            .filter(|segment| !segment.is_empty())
            .collect();
        match segments.as_slice() {
            [] => Some(Self::Home),
            [SIGN_IN] => Some(Self::SignIn {
                next: value_of(query, NEXT).and_then(|next| own(&next)),
            }),
            [ACCOUNT] => Some(Self::Account {
                figure: lists::figure_query(query),
            }),
            [ACCOUNT, HISTORY] => Some(Self::History(lists::history_query(query))),
            [ACCOUNT, STATEMENT] => Some(Self::Statement(StatementChoice::parse(query))),
            [INVOICES] => Some(Self::Invoices(InvoiceList::parse(query))),
            [INVOICES, id] => InvoiceId::parse(id).ok().map(Self::Invoice),
            [CREDIT_NOTES, id] => CreditNoteId::parse(id).ok().map(Self::CreditNote),
            [PAYMENTS] => Some(Self::Payments(lists::payment_query(query))),
            [PAYMENTS, NEW] => Some(Self::MakePayment(PaymentChoice::parse(query))),
            [CALENDAR, rest @ ..] => calendar::parse(rest, query),
            [PAYMENTS, id] => PaymentId::parse(id).ok().map(Self::Payment),
            _ => None,
        }
    }
}

/// An address to go to after signing in. Anything but a path of our own is
/// dropped, so that a link cannot send a customer elsewhere (OWASP ASVS 3.7.2).
fn own(address: &str) -> Option<Box<Route>> {
    let address = address.strip_prefix('/')?;
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    match Route::parse(path, query)? {
        Route::SignIn { .. } => None,
        route => Some(Box::new(route)),
    }
}

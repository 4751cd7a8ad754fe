//! What several pages share and that knows the state: components wired to it.
//! A part never knows a page.

mod account_tabs;
mod calendar_summary;
mod calendar_tabs;
mod cancel_event;
mod checkout_panels;
mod confirm_attendance;
mod download;
mod event_options;
mod failure;
mod freshness;
mod open_invoices;
mod panel_view;
mod pay;
mod pay_balance;
mod pay_part;
mod pay_via;
mod payment_offer;
mod portal_links;
mod reading;
mod record_link;
mod time_picker;
mod time_search;
mod time_zone;
mod use_credit;

pub use account_tabs::{AccountTab, AccountTabs};
pub use calendar_summary::{CalendarReadAt, CalendarSummary};
pub use calendar_tabs::{CalendarTab, CalendarTabs};
pub use cancel_event::CancelEvent;
pub use checkout_panels::{CheckoutAnnouncements, CheckoutPanels};
pub use confirm_attendance::ConfirmAttendance;
pub use download::{Download, DownloadPanels};
pub use event_options::{EventOptions, options_on};
pub use failure::LoadFailure;
pub use freshness::use_freshness;
pub use open_invoices::OpenInvoices;
pub use pay::{Pay, intent, terms};
pub use pay_balance::{PayBalance, figures_in};
pub use pay_via::{PayVia, Via, methods_in};
pub use payment_offer::{bounds_words, offer};
pub use portal_links::PortalLinks;
pub use reading::Reading;
pub use record_link::record_href;
pub use time_picker::{NO_TIME, TimePicker};
pub use time_search::{Moving, TimeSearch, TimesOf};
pub use time_zone::{FileZoneNote, TimeZone};

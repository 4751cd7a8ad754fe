//! What the customer reads: words by typed keys, money and dates as the
//! language writes them, codes turned into sentences.
//!
//! It starts no request and knows no page. The language is set once at the
//! start and stays until the page is loaded again.

mod ago;
mod booking;
mod dates;
mod entry;
mod errors;
mod events;
mod figures;
mod isolate;
mod ledger;
mod locale;
mod payments;
mod states;
mod text;
mod weeks;

pub use ago::Ago;
pub use booking::{
    EventChange, days_between, has_passed, hour_of, not_changeable_words, offered_at,
    offered_there, offered_when,
};
pub use dates::{
    as_of, day, day_in_full, day_number, day_of, day_of_month, day_with_weekday, instant,
    instant_with_zone, month, month_of_year, time_of_day, today, today_here, weekday,
    weekday_in_full,
};
pub use entry::{
    MoneyEntryError, Separators, money_entry, money_entry_text, money_entry_words, parse_entry,
};
pub use errors::{field_error_words, network_words, problem_words};
pub use events::{
    duration_words, event_begins, event_begins_on, event_date, event_datetime, event_day,
    event_hours, event_hours_here, event_minutes, event_when, event_when_there, zone_differs,
};
pub use figures::{bytes, money, number, unit_price};
pub use isolate::join;
pub use ledger::{entry_kind_words, figure_words};
pub use locale::{follow_tags, install, set_right_to_left, set_time_zone, show_times_in};
pub use payments::{paid_by_words, payment_kind_words, payment_step_words};
pub use states::{
    Badge, dispute_badge, event_badge, event_money_badge, event_standing_badge, event_status_badge,
    failure_words, invoice_badge, method_words, not_payable_words, overdue_badge, payment_badge,
    refund_badge,
};
pub use text::{fill, fill_plain, plural, t};
pub use weeks::{clock_change_words, days_of_week, face_time, first_weekday, first_weekday_in};
pub use words::{Catalogue, Plural, Text, key};

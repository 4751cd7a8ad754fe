//! What a query needs from the clock and the settings, since the database knows neither.

use api_types::{
    Currency, Day, Detail, MethodId, MethodKind, Money, Party, PaymentMethod, Timestamp,
};
use jiff::Span;
use jiff::tz::TimeZone;

use super::{DbError, stored};
use crate::clock::day_in;
use crate::settings::CalendarSettings;

/// The clock and the settings that figures are computed by.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Now, by the backend's clock.
    pub now: Timestamp,
    /// The day that it is in the portal's time zone, which decides what is overdue.
    pub today: Day,
    /// The zone that days begin and end by.
    pub zone: TimeZone,
    /// Its name.
    pub zone_name: String,
    /// The ways to pay, in the order to offer them; none where paying is switched off.
    pub methods: Vec<PaymentMethod>,
    /// The least part of an invoice that may be paid, in percent of its total; `None` where
    /// parts are not taken.
    pub least_part_percent: Option<u32>,
    /// Who invoices.
    pub seller: Party,
    /// What customers may do with their calendar.
    pub calendar: CalendarSettings,
}

impl Terms {
    /// Whether anything can be paid in a currency at all.
    pub fn takes(&self, currency: Currency) -> bool {
        let mut methods = self.methods.iter();
        methods.any(|method| method.currencies.contains(&currency))
    }

    /// How to pay in a currency at a bank, in the provider's words.
    pub fn bank_details(&self, currency: Currency) -> Vec<Detail> {
        let mut methods = self.methods.iter();
        let bank = methods.find(|method| {
            method.kind == MethodKind::BankTransfer && method.currencies.contains(&currency)
        });
        bank.map(|method| method.instructions.clone())
            .unwrap_or_default()
    }

    /// Where to send money that is paid by a method, in the provider's words.
    pub fn instructions(&self, method: &MethodId) -> Vec<Detail> {
        let method = self.methods.iter().find(|known| known.id == *method);
        method
            .map(|method| method.instructions.clone())
            .unwrap_or_default()
    }

    /// The day by which money that was begun at an instant is expected by a method, where the
    /// method takes days.
    pub fn expected_on(&self, method: &MethodId, begun: Timestamp) -> Option<Day> {
        let method = self.methods.iter().find(|known| known.id == *method)?;
        let days = Span::new().days(i64::from(method.settles_days?));
        let day = self.day_of(begun).date().checked_add(days).ok()?;
        Some(day.into())
    }

    /// The least that may be paid at once of an invoice, given its total and what can be paid of it
    /// now; `None` if no parts may be paid.
    ///
    /// # Errors
    /// [`DbError::TooLarge`] if the result does not fit 64 bits.
    pub fn least_part(&self, total: Money, payable: Money) -> Result<Option<Money>, DbError> {
        let Some(percent) = self.least_part_percent else {
            return Ok(None);
        };
        let hundredfold = i128::from(total.minor()) * i128::from(percent);
        // Rounded up, so that no amount is below the percentage; and never nothing.
        let least = ((hundredfold + 99) / 100).max(1);
        let least = least.min(i128::from(payable.minor()));
        let least = i64::try_from(least).map_err(|_| stored::too_large())?;
        Ok(Some(Money::from_minor(least, payable.currency())))
    }

    /// The day that an instant falls on in the portal's zone.
    pub fn day_of(&self, instant: Timestamp) -> Day {
        day_in(instant, &self.zone)
    }

    /// The first millisecond of a day in the portal's zone, in milliseconds since 1970. A day that
    /// begins after the last instant there is begins at [`i64::MAX`].
    ///
    /// # Errors
    /// None at present.
    pub fn start_of(&self, day: Day) -> Result<i64, DbError> {
        let start = day.date().to_zoned(self.zone.clone());
        Ok(start.map_or(i64::MAX, |start| start.timestamp().as_millisecond()))
    }

    /// The first millisecond after a day in the portal's zone, in milliseconds since 1970;
    /// [`i64::MAX`] after the last day.
    ///
    /// # Errors
    /// None at present.
    pub fn end_of(&self, day: Day) -> Result<i64, DbError> {
        match day.date().tomorrow() {
            Ok(next) => self.start_of(next.into()),
            // Nothing comes after the last day that there is.
            Err(_) => Ok(i64::MAX),
        }
    }
}

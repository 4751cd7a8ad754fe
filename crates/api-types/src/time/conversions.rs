//! To and from jiff, for whoever calculates with days and instants.

use jiff::civil;

use super::calendar::Date;
use super::{Day, Timestamp};

impl Day {
    /// The civil date, for calculating with.
    pub fn date(self) -> civil::Date {
        let Date { year, month, day } = self.0;
        let part = |part: u8| i8::try_from(part).unwrap_or(i8::MAX);
        let year = i16::try_from(year).unwrap_or(i16::MAX);
        // Both have the same days in these years.
        civil::Date::new(year, part(month), part(day)).unwrap_or(civil::Date::MAX)
    }
}

impl From<civil::Date> for Day {
    /// A date before the year 0, which no portal has, becomes that year's first day.
    fn from(date: civil::Date) -> Self {
        let parts = || {
            let year = u16::try_from(date.year()).ok()?;
            let (month, day) = (date.month(), date.day());
            Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
        };
        Self(parts().unwrap_or(Date {
            year: 0,
            month: 1,
            day: 1,
        }))
    }
}

impl Timestamp {
    /// The instant, for calculating with.
    pub fn instant(self) -> jiff::Timestamp {
        // All that this type holds lies within.
        jiff::Timestamp::from_millisecond(self.0).unwrap_or(jiff::Timestamp::MAX)
    }
}

impl From<jiff::Timestamp> for Timestamp {
    /// What is finer than a millisecond is cut off; an instant outside the years
    /// 0 to 9999 becomes the nearest within.
    fn from(instant: jiff::Timestamp) -> Self {
        Self(instant.as_millisecond().clamp(Self::FIRST, Self::LAST))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_instant_goes_to_jiff_and_back(millis in Timestamp::FIRST..=Timestamp::LAST) {
            let here = Timestamp::from_millis(millis).unwrap();
            prop_assert_eq!(here.instant().as_millisecond(), millis);
            prop_assert_eq!(Timestamp::from(here.instant()), here);
        }

        #[test]
        fn a_day_goes_to_jiff_and_back(year in 0i16..=9999, of_year in 1i16..=365) {
            let date = civil::Date::new(year, 1, 1).unwrap().with().day_of_year(of_year).build().unwrap();
            prop_assert_eq!(Day::from(date).date(), date);
            prop_assert_eq!(Day::from(date).to_string(), date.to_string());
        }
    }
}

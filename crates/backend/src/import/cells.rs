//! What single cells hold: each way of reading says what it takes, in words that help.

use api_types::{BadId, BadUnitPrice, Currency, EventId, Money, UnitPrice};
use jiff::tz::TimeZone;

use crate::zones::zone_named;
use crate::{email, invisible};

/// How many characters a text has at most.
const MOST_CHARACTERS: usize = 500;

/// The minutes of a day.
const A_DAY: u16 = 24 * 60;

/// An id of a thing that has no type of its own on the wire.
///
/// # Errors
/// [`BadId`] if the text is no id.
pub fn id(text: &str) -> Result<String, BadId> {
    EventId::parse(text).map(|id| id.to_string())
}

/// A text of one line.
///
/// # Errors
/// What is wrong, in words, if the text has a control character or more than 500 characters.
pub fn line(text: &str) -> Result<String, String> {
    if text.chars().any(char::is_control) {
        return Err("a line break or another control character stands in it".to_owned());
    }
    short_enough(text)
}

/// A text that may have line breaks. Every line break becomes a line feed.
///
/// # Errors
/// What is wrong, in words, if the text has another control character or more than 500 characters.
pub fn text(text: &str) -> Result<String, String> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    if lines.iter().any(|line| line.contains(char::is_control)) {
        return Err("a control character stands in it".to_owned());
    }
    short_enough(&lines.join("\n"))
}

/// Names in one cell, with semicolons between them.
///
/// # Errors
/// As [`line()`], if one of the names is wrong.
pub fn names(text: &str) -> Result<Vec<String>, String> {
    let names = text.split(';').map(str::trim);
    names.filter(|name| !name.is_empty()).map(line).collect()
}

/// A text of several lines, such as an address.
///
/// # Errors
/// As [`line()`], if one of the lines is wrong.
pub fn lines(text: &str) -> Result<Vec<String>, String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(line).collect()
}

fn short_enough(text: &str) -> Result<String, String> {
    if text.chars().count() > MOST_CHARACTERS {
        return Err(format!("it has more than {MOST_CHARACTERS} characters"));
    }
    Ok(text.to_owned())
}

/// An e-mail address in its normal form. Only its shape is checked.
///
/// # Errors
/// What is wrong, in words, if the text has an invisible character or not the shape of an address.
pub fn email(text: &str) -> Result<String, String> {
    if let Some((place, character)) = invisible::find(text) {
        let number = u32::from(character);
        return Err(format!(
            "{} (U+{number:04X}) stands in it as character {place}, where nobody sees it; \
             write the address anew without it",
            invisible::name(character)
        ));
    }
    let shape = text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
    });
    let plain = text.len() <= 254 && text.chars().all(|c| !c.is_whitespace() && !c.is_control());
    if shape && plain && text.matches('@').count() == 1 {
        Ok(email::normalize(text))
    } else {
        Err("an e-mail address is written name@example.com".to_owned())
    }
}

/// The address of a page. It has to be https, since it becomes a link.
///
/// # Errors
/// What is wrong, in words, if the text does not begin with `https://` and a host, has blanks or
/// control characters, or has more than 500 characters.
pub fn url(text: &str) -> Result<String, String> {
    let host = text.strip_prefix("https://").unwrap_or_default();
    let plain = text.chars().all(|c| !c.is_whitespace() && !c.is_control());
    if host.starts_with(|c: char| c.is_ascii_alphanumeric()) && plain {
        short_enough(text)
    } else {
        Err("a link begins with https:// and has no blanks".to_owned())
    }
}

/// A time of day, in minutes since midnight; 24:00 is the midnight at the end of the day.
///
/// # Errors
/// How a time is written, if the text is none from 00:00 to 24:00.
pub fn time_of_day(text: &str) -> Result<u16, String> {
    let number = |digits: &str| {
        let two = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
        two.then(|| digits.parse::<u16>().ok()).flatten()
    };
    let minutes = text.split_once(':').and_then(|(hours, minutes)| {
        let minutes = number(minutes).filter(|minutes| *minutes < 60)?;
        Some(number(hours)? * 60 + minutes)
    });
    let minutes = minutes.filter(|minutes| *minutes <= A_DAY);
    minutes.ok_or_else(|| {
        "a time of day is written HH:MM, as in 09:30; a day ends at 24:00".to_owned()
    })
}

/// A length in minutes, at most a day.
///
/// # Errors
/// How minutes are written, if the text is no whole number from 1 to 1440.
pub fn minutes(text: &str) -> Result<u16, String> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let minutes = digits.then(|| text.parse::<u16>().ok()).flatten();
    let minutes = minutes.filter(|minutes| (1..=A_DAY).contains(minutes));
    minutes.ok_or_else(|| format!("minutes are a whole number from 1 to {A_DAY}, as in 45"))
}

/// The name of a time zone.
///
/// # Errors
/// How a zone is written, if the text names none.
pub fn zone(text: &str) -> Result<TimeZone, String> {
    zone_named(text)
        .map_err(|_| "a zone is an IANA name, as in Europe/Dublin or America/New_York".to_owned())
}

/// An amount of a currency, with exactly its digits after the decimal point.
///
/// # Errors
/// What is wrong and how amounts of the currency are written, if the text is none.
pub fn money(text: &str, currency: Currency) -> Result<Money, String> {
    Money::parse(text, currency).map_err(|why| {
        let digits = currency.minor_digits();
        let example = Money::from_minor(45 * 10_i64.pow(digits), currency);
        format!("{why}; write {currency} as in {}", example.amount_text())
    })
}

/// A price of one unit, with the currency's digits after the decimal point, or more.
///
/// # Errors
/// What is wrong, in words, if the text is no such price.
pub fn unit_price(text: &str, currency: Currency) -> Result<UnitPrice, String> {
    UnitPrice::parse(text, currency).map_err(|why| match why {
        BadUnitPrice::Digits { least, .. } => {
            let example = Money::from_minor(45 * 10_i64.pow(least), currency);
            format!("{why}; write {currency} as in {}", example.amount_text())
        }
        _ => why.to_string(),
    })
}

/// An amount of zero or more.
///
/// # Errors
/// As [`money`], and if the amount is less than zero.
pub fn no_less_than_zero(text: &str, currency: Currency) -> Result<Money, String> {
    let amount = money(text, currency)?;
    if amount.is_negative() {
        return Err("it is less than zero, and must not be".to_owned());
    }
    Ok(amount)
}

/// A plain decimal number, kept as it is written.
///
/// # Errors
/// How a number is written, if the text is none or has more than 20 characters.
pub fn decimal(text: &str) -> Result<String, String> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if all_digits(whole) && all_digits(fraction) && text.len() <= 20 {
        Ok(text.to_owned())
    } else {
        Err("a number is digits with a decimal point, as in 1 or 0.75".to_owned())
    }
}

/// `yes` or `no`.
///
/// # Errors
/// Which words there are, if the text is another one.
pub fn yes(text: &str) -> Result<bool, String> {
    word(text, &[(true, "yes"), (false, "no")])
}

/// One of some words.
///
/// # Errors
/// Which words there are, if the text is another one.
pub fn word<T: Copy>(text: &str, words: &[(T, &'static str)]) -> Result<T, String> {
    let found = words.iter().find(|(_, word)| *word == text);
    found.map(|(value, _)| *value).ok_or_else(|| {
        let words: Vec<&str> = words.iter().map(|(_, word)| *word).collect();
        format!("it has to be one of: {}", words.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_of_reading_takes_its_own_shape_only() {
        type Reads = fn(&str) -> bool;
        let euro: Reads = |text| money(text, Currency::parse("EUR").unwrap()).is_ok();
        let yen: Reads = |text| money(text, Currency::parse("JPY").unwrap()).is_ok();
        for (reads, good, bad) in [
            (
                (|text| line(text).is_ok()) as Reads,
                "Aoife Ní Bhriain",
                "two\nlines",
            ),
            (|text| email(text).is_ok(), "Ann@Example.com", "ann@example"),
            (
                |text| email(text).is_ok(),
                "a+b@mail.example.com",
                "a@b@example.com",
            ),
            (
                |text| url(text).is_ok(),
                "https://video.example.com/x",
                "javascript:alert(1)",
            ),
            (
                |text| url(text).is_ok(),
                "https://v.example.com",
                "https:///x",
            ),
            (|text| zone(text).is_ok(), "Asia/Tokyo", "Tokyo time"),
            (euro, "-45.00", "45"),
            (yen, "1200", "1200.00"),
            (|text| decimal(text).is_ok(), "-0.75", ".75"),
            (|text| decimal(text).is_ok(), "12", "1,5"),
            (|text| time_of_day(text).is_ok(), "24:00", "24:01"),
            (|text| time_of_day(text).is_ok(), "09:30", "9:30"),
            (|text| time_of_day(text).is_ok(), "00:00", "00:60"),
            (|text| minutes(text).is_ok(), "1440", "1441"),
            (|text| minutes(text).is_ok(), "1", "+1"),
            (|text| minutes(text).is_ok(), "45", "0"),
            (|text| yes(text).is_ok(), "no", "No"),
        ] {
            assert!(reads(good), "{good}");
            assert!(!reads(bad), "{bad}");
        }
        assert_eq!(
            lines("1 Quay St\r\n\n Cork ").unwrap(),
            ["1 Quay St", "Cork"]
        );
        assert_eq!(time_of_day("09:30").unwrap(), 570);
        assert_eq!(
            names("Ann Hale; Bob Moy;").unwrap(),
            ["Ann Hale", "Bob Moy"]
        );
        assert!(names("Ann Hale;Bob\u{7}").is_err());
    }
}

//! The browser's own knowledge of languages (ECMA-402), so that none of it is
//! shipped. Amounts go in as decimal text: as a JavaScript number they would
//! lose cents.

use js_sys::{Array, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// How much of a day to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayStyle {
    /// As in "17 Nov 2026".
    Medium,
    /// As in "17".
    DayOfMonth,
    /// As in "Nov".
    Month,
    /// As in "Tue, 17 Nov 2026".
    Weekday,
    /// As in "Tue".
    WeekdayAlone,
    /// As in "Tuesday".
    WeekdayInFull,
    /// As in "Tuesday, 17 November 2026".
    InFull,
    /// As in "7": one digit where one is enough.
    Number,
    /// As in "November 2026".
    MonthOfYear,
}

/// How much of an instant to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstantStyle {
    /// As in "17 Nov 2026, 14:02".
    DateTime,
    /// As in "Tue, 17 Nov 2026, 14:02 GMT".
    Zoned,
    /// As in "14:02".
    Time,
    /// As in "14:02 GMT".
    TimeZoned,
    /// `YYYY-MM-DD` of the zone, for comparing days.
    IsoDay,
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (name, value) in pairs {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    object
}

fn locales(locale: &str) -> Array {
    Array::of1(&JsValue::from_str(locale))
}

fn call(format: &Function, value: &JsValue) -> Option<String> {
    format.call1(&JsValue::UNDEFINED, value).ok()?.as_string()
}

/// An amount as its locale writes it, with its currency and with every digit that it has:
/// for some currencies the browser knows fewer than ISO 4217, and would round.
pub fn format_money(locale: &str, amount: &str, currency: &str) -> String {
    let digits = digits_after_point(amount);
    let options = options(&[
        ("style", "currency"),
        ("currency", currency),
        ("minimumFractionDigits", &digits),
        ("maximumFractionDigits", &digits),
    ]);
    let format = Intl::NumberFormat::new(&locales(locale), &options);
    let shown = call(format.format().unchecked_ref(), &JsValue::from_str(amount));
    shown.unwrap_or_else(|| format!("{currency} {amount}"))
}

fn digits_after_point(number: &str) -> String {
    let digits = number.split_once('.').map_or(0, |(_, digits)| digits.len());
    digits.to_string()
}

/// The signs that a locale writes figures with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureSigns {
    /// Between whole and fraction.
    pub decimal: Option<char>,
    /// Between groups of digits.
    pub group: Option<char>,
    /// The digit zero.
    pub zero: Option<char>,
    /// How it writes the currency.
    pub currency: Option<String>,
}

/// The signs that a locale writes amounts of a currency with.
pub fn figure_signs(locale: &str, currency: &str) -> FigureSigns {
    let locales = locales(locale);
    let plain = Intl::NumberFormat::new(&locales, &Object::new());
    // Long enough for the locales that group five digits but not four.
    let parts = plain.format_to_parts(1_234_567.8);
    let sign = |kind| part(&parts, kind).and_then(|text| text.chars().next());
    let money = options(&[("style", "currency"), ("currency", currency)]);
    let money = Intl::NumberFormat::new(&locales, &money).format_to_parts(1.0);
    FigureSigns {
        decimal: sign("decimal"),
        group: sign("group"),
        zero: part(&plain.format_to_parts(0.0), "integer").and_then(|text| text.chars().next()),
        currency: part(&money, "currency"),
    }
}

/// The first part of this kind of what `formatToParts` gave.
fn part(parts: &Array, kind: &str) -> Option<String> {
    let text = |part: &JsValue, name: &str| Reflect::get(part, &name.into()).ok()?.as_string();
    let found = parts
        .iter()
        .find(|part| text(part, "type").as_deref() == Some(kind))?;
    text(&found, "value")
}

/// A number, as decimal text, in a unit of ECMA-402's, as in `1.2 MB`.
pub fn format_unit(locale: &str, number: &str, unit: &str) -> String {
    in_unit(locale, number, unit, "short")
}

/// The same in whole words, as in `30 minutes`.
pub fn format_unit_long(locale: &str, number: &str, unit: &str) -> String {
    in_unit(locale, number, unit, "long")
}

fn in_unit(locale: &str, number: &str, unit: &str, display: &str) -> String {
    let options = options(&[("style", "unit"), ("unit", unit), ("unitDisplay", display)]);
    let format = Intl::NumberFormat::new(&locales(locale), &options);
    let shown = call(format.format().unchecked_ref(), &JsValue::from_str(number));
    shown.unwrap_or_else(|| format!("{number} {unit}"))
}

/// How long ago something was, as in `20 seconds ago`; none of a unit reads as `now`.
pub fn format_ago(locale: &str, count: u32, unit: &str) -> String {
    let options = options(&[("numeric", "auto")]);
    let format = Intl::RelativeTimeFormat::new(&locales(locale), &options);
    // Nothing is in the past too: the sign of the zero says so.
    String::from(format.format(f64::from(count).copysign(-1.0), unit))
}

/// A day, given as `YYYY-MM-DD`. It is formatted in UTC from its own midnight
/// there, so that no time zone can move it.
pub fn format_day(locale: &str, iso_day: &str, style: DayStyle) -> String {
    let mut pairs = vec![("timeZone", "UTC")];
    pairs.extend_from_slice(match style {
        DayStyle::Medium => &[("dateStyle", "medium")],
        DayStyle::DayOfMonth => &[("day", "2-digit")],
        DayStyle::Month => &[("month", "short")],
        DayStyle::Weekday => WEEKDAY,
        DayStyle::WeekdayAlone => &[("weekday", "short")],
        DayStyle::WeekdayInFull => &[("weekday", "long")],
        DayStyle::InFull => &[("dateStyle", "full")],
        DayStyle::Number => &[("day", "numeric")],
        DayStyle::MonthOfYear => &[("month", "long"), ("year", "numeric")],
    });
    format_date(locale, &midnight(iso_day), &pairs).unwrap_or_else(|| iso_day.to_owned())
}

/// The days from the first to the last, as in "17 – 19 Nov 2026"; what they share is said once.
pub fn format_days(locale: &str, first: &str, last: &str) -> Option<String> {
    let mut pairs = vec![("timeZone", "UTC")];
    pairs.extend_from_slice(WEEKDAY);
    format_range(locale, &midnight(first), &midnight(last), &pairs)
}

/// The same without weekdays, as in "16 – 22 Nov 2026".
pub fn format_day_range(locale: &str, first: &str, last: &str) -> Option<String> {
    let pairs = [("timeZone", "UTC"), ("dateStyle", "medium")];
    format_range(locale, &midnight(first), &midnight(last), &pairs)
}

/// A weekday and its day.
const WEEKDAY: &[(&str, &str)] = &[
    ("weekday", "short"),
    ("day", "numeric"),
    ("month", "short"),
    ("year", "numeric"),
];

fn midnight(iso_day: &str) -> js_sys::Date {
    js_sys::Date::new(&JsValue::from_str(&format!("{iso_day}T00:00:00Z")))
}

/// How much of a stretch of time to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpanStyle {
    /// As in "14:00 – 15:00".
    Times,
    /// As in "14:00 – 15:00 GMT".
    TimesZoned,
    /// As in "Tue, 17 Nov 2026, 14:00 – 15:00".
    Whole,
    /// As in "Tue, 17 Nov 2026, 14:00 – 15:00 GMT".
    Zoned,
}

/// A stretch of time in an IANA zone; what its ends share is said once. `None` where the
/// browser does not know the zone.
pub fn format_span(
    locale: &str,
    (from, to): (i64, i64),
    zone: &str,
    style: SpanStyle,
) -> Option<String> {
    let mut pairs = vec![
        ("timeZone", zone),
        ("hour", "numeric"),
        ("minute", "2-digit"),
    ];
    if matches!(style, SpanStyle::Whole | SpanStyle::Zoned) {
        pairs.extend_from_slice(WEEKDAY);
    }
    if matches!(style, SpanStyle::TimesZoned | SpanStyle::Zoned) {
        pairs.push(("timeZoneName", "short"));
    }
    format_range(locale, &date(from), &date(to), &pairs)
}

/// What a zone is called at an instant, as in "Eastern Standard Time".
pub fn zone_name(locale: &str, millis: i64, zone: &str) -> Option<String> {
    let format = date_format(locale, &[("timeZone", zone), ("timeZoneName", "long")])?;
    part(&format.format_to_parts(&date(millis)), "timeZoneName")
}

/// What a clock in a zone shows, for comparing it with another's.
pub fn clock_face(millis: i64, zone: &str) -> Option<String> {
    let pairs = [
        ("timeZone", zone),
        ("dateStyle", "short"),
        ("timeStyle", "medium"),
    ];
    call(
        date_format("sv-SE", &pairs)?.format().unchecked_ref(),
        &date(millis),
    )
}

fn format_range(
    locale: &str,
    from: &js_sys::Date,
    to: &js_sys::Date,
    pairs: &[(&str, &str)],
) -> Option<String> {
    let format = date_format(locale, pairs)?;
    let range: Function = Reflect::get(&format, &"formatRange".into())
        .ok()?
        .dyn_into()
        .ok()?;
    range.call2(&format, from, to).ok()?.as_string()
}

/// A format, unless the browser does not know what it is asked for: a zone may be newer than it.
fn date_format(locale: &str, pairs: &[(&str, &str)]) -> Option<Intl::DateTimeFormat> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class: Function = Reflect::get(&intl, &"DateTimeFormat".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let arguments = Array::of2(&locales(locale), &options(pairs));
    let format = Reflect::construct(&class, &arguments).ok()?;
    Some(format.unchecked_into())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "JavaScript's dates are numbers of milliseconds"
)]
fn date(millis: i64) -> js_sys::Date {
    js_sys::Date::new(&JsValue::from_f64(millis as f64))
}

/// An instant in an IANA time zone.
pub fn format_instant(locale: &str, millis: i64, zone: &str, style: InstantStyle) -> String {
    let at = date(millis);
    let mut pairs = vec![("timeZone", zone)];
    let locale = match style {
        // The one locale whose short date is ISO 8601.
        InstantStyle::IsoDay => "sv-SE",
        _ => locale,
    };
    pairs.extend_from_slice(match style {
        InstantStyle::DateTime => &[("dateStyle", "medium"), ("timeStyle", "short")],
        InstantStyle::Zoned => &[
            ("weekday", "short"),
            ("day", "numeric"),
            ("month", "short"),
            ("year", "numeric"),
            ("hour", "numeric"),
            ("minute", "2-digit"),
            ("timeZoneName", "short"),
        ],
        InstantStyle::Time => &[("timeStyle", "short")],
        InstantStyle::TimeZoned => &[
            ("hour", "numeric"),
            ("minute", "2-digit"),
            ("timeZoneName", "short"),
        ],
        InstantStyle::IsoDay => &[("dateStyle", "short")],
    });
    format_date(locale, &at, &pairs).unwrap_or_default()
}

fn format_date(locale: &str, at: &js_sys::Date, pairs: &[(&str, &str)]) -> Option<String> {
    call(date_format(locale, pairs)?.format().unchecked_ref(), at)
}

/// The day that weeks begin with in a locale, 1 for Monday to 7 for Sunday; `None` where the
/// browser does not tell.
pub fn first_day_of_week(locale: &str) -> Option<u8> {
    let locale = Intl::Locale::new(locale).ok()?;
    if let Ok(week) = locale.get_week_info() {
        return Some(week.first_day());
    }
    // It was a property before it became a method.
    let week = Reflect::get(&locale, &"weekInfo".into()).ok()?;
    let first = Reflect::get(&week, &"firstDay".into()).ok()?.as_f64()?;
    (1..=7).find(|day| f64::from(*day) == first)
}

/// The region of a locale, or the one that its language is most spoken in.
pub fn region(locale: &str) -> Option<String> {
    let region = Intl::Locale::new(locale).ok()?.maximize().region()?;
    Some(String::from(region))
}

/// The IANA zone that this device is set to.
pub fn device_zone() -> Option<String> {
    let format = Intl::DateTimeFormat::new(&Array::new(), &Object::new());
    let zone = Reflect::get(&format.resolved_options(), &"timeZone".into()).ok()?;
    zone.as_string().filter(|zone| !zone.is_empty())
}

/// The plural category of a count (CLDR): `one`, `other`, and what a locale has between.
pub fn plural_category(locale: &str, count: u32) -> String {
    let rules = Intl::PluralRules::new(&locales(locale), &Object::new());
    String::from(rules.select(f64::from(count)))
}

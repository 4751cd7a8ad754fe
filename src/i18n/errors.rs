//! Error codes turned into what happened and what to do.

use api_types::{Code, FieldError, Problem};
use words::{Text, key};

use super::figures;
use super::text::{fill, plural, t};

/// Words for an error answer.
pub fn problem_words(problem: &Problem) -> String {
    match (problem.code, problem.retry_after) {
        (Code::TooManyTries, Some(seconds)) => wait_words(seconds),
        (Code::Internal, _) if !problem.request_id.is_empty() => fill(
            key::errors::INTERNAL_REFERENCE,
            [("reference", &problem.request_id)],
        ),
        (Code::Invalid, _) => {
            let mut fields = problem.field_errors.values();
            // Of the fields, only a bound says what to do without the field's name beside it.
            let beyond = fields.find(|error| error.bound.is_some());
            beyond.map_or_else(|| t(key::errors::INVALID), field_error_words)
        }
        (code, _) => t(code_key(code)),
    }
}

/// Words for an answer that never came.
pub fn network_words() -> String {
    t(key::errors::NETWORK)
}

/// Words for one field of a form.
pub fn field_error_words(error: &FieldError) -> String {
    if let Some(bound) = &error.bound {
        let bound = figures::money(bound);
        match error.code.as_str() {
            "too_large" => return fill(key::errors::FIELD_TOO_LARGE_MOST, [("most", &bound)]),
            "too_small" => return fill(key::errors::FIELD_TOO_SMALL_LEAST, [("least", &bound)]),
            _ => {}
        }
    }
    t(match error.code.as_str() {
        "missing" => key::errors::FIELD_MISSING,
        "too_long" => key::errors::FIELD_TOO_LONG,
        "too_small" => key::errors::FIELD_TOO_SMALL,
        "too_large" => key::errors::FIELD_TOO_LARGE,
        "wrong_currency" => key::errors::FIELD_WRONG_CURRENCY,
        _ => key::errors::FIELD_INVALID,
    })
}

fn wait_words(seconds: u64) -> String {
    let seconds = u32::try_from(seconds).unwrap_or(u32::MAX);
    if seconds <= 90 {
        plural(key::errors::TOO_MANY_TRIES_SECONDS, seconds.max(1), [])
    } else {
        plural(
            key::errors::TOO_MANY_TRIES_MINUTES,
            seconds.div_ceil(60),
            [],
        )
    }
}

fn code_key(code: Code) -> Text {
    match code {
        Code::Invalid => key::errors::INVALID,
        Code::NotFound => key::errors::NOT_FOUND,
        Code::WrongCredentials => key::errors::WRONG_CREDENTIALS,
        Code::SignedOut => key::errors::SIGNED_OUT,
        Code::TooManyTries => key::errors::TOO_MANY_TRIES,
        Code::Forbidden | Code::Misdirected => key::errors::FORBIDDEN,
        Code::PersonChanged => key::errors::PERSON_CHANGED,
        Code::TotalChanged => key::errors::TOTAL_CHANGED,
        Code::TimeTaken => key::errors::TIME_TAKEN,
        Code::TermsChanged => key::errors::TERMS_CHANGED,
        Code::NotChangeable => key::errors::NOT_CHANGEABLE,
        Code::WaitForAnswer => key::errors::WAIT_FOR_ANSWER,
        Code::NotPayable => key::errors::NOT_PAYABLE,
        Code::CheckoutOpen => key::errors::CHECKOUT_OPEN,
        Code::TooManyOpen => key::errors::TOO_MANY_OPEN,
        Code::AmountTooLarge => key::errors::AMOUNT_TOO_LARGE,
        Code::PageStillOpen => key::errors::PAGE_STILL_OPEN,
        Code::CheckoutOver => key::errors::CHECKOUT_OVER,
        Code::StillRunning => key::errors::STILL_RUNNING,
        Code::FeatureOff => key::errors::FEATURE_OFF,
        Code::TooMuch => key::errors::TOO_MUCH,
        Code::TooLarge => key::errors::TOO_LARGE,
        Code::GatewayAway => key::errors::GATEWAY_AWAY,
        // What is left are mistakes of the app or the server, not of the customer.
        _ => key::errors::INTERNAL,
    }
}

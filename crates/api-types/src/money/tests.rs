//! What is an amount and what is none, and what amounts may be reckoned.

use super::*;
use proptest::prelude::*;

fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

#[test]
fn an_amount_has_exactly_its_currencys_digits() {
    for (text, code, minor) in [
        ("45.00", "EUR", 4500),
        ("-0.05", "EUR", -5),
        ("1200", "JPY", 1200),
        ("1.250", "KWD", 1250),
    ] {
        let money = Money::parse(text, currency(code)).unwrap();
        assert_eq!((money.minor(), money.amount_text().as_str()), (minor, text));
    }
    for (text, code) in [
        ("45", "EUR"),
        ("45.0", "EUR"),
        ("45.000", "EUR"),
        ("1.5", "JPY"),
    ] {
        let refused = Money::parse(text, currency(code));
        assert!(
            matches!(refused, Err(BadMoney::Digits { .. })),
            "{text} {code}"
        );
    }
    for text in [
        "", "-", ".50", "1,00", "1e2", "+1.00", "--1.00", "1.0.0", " 1.00", "5.",
    ] {
        assert!(Money::parse(text, currency("EUR")).is_err(), "{text}");
    }
}

#[test]
fn different_currencies_have_no_sum_and_no_order() {
    let euro = Money::from_minor(100, currency("EUR"));
    let yen = Money::from_minor(100, currency("JPY"));
    let refused = MoneyError::Currencies(currency("EUR"), currency("JPY"));
    assert_eq!(euro.checked_add(yen), Err(refused));
    assert_eq!(euro.compare(yen), Err(refused));
}

#[test]
fn a_sum_that_does_not_fit_is_an_error() {
    let most = Money::from_minor(i64::MAX, currency("EUR"));
    assert_eq!(most.checked_add(most), Err(MoneyError::TooLarge));
    assert_eq!(
        Money::from_minor(i64::MIN, currency("EUR")).negated(),
        Err(MoneyError::TooLarge)
    );
}

#[test]
fn one_amount_and_a_sum_of_amounts_have_each_a_bound() {
    for (code, one, sum) in [
        ("EUR", "10000000000000.00", "10000000000000000.00"),
        ("JPY", "1000000000000000", "1000000000000000000"),
        ("KWD", "1000000000000.000", "1000000000000000.000"),
    ] {
        let currency = currency(code);
        let beyond = |most: Money| {
            let step = if most.is_negative() { -1 } else { 1 };
            Money::from_minor(most.minor() + step, currency).amount_text()
        };
        for sign in ["", "-"] {
            let (one, sum) = (format!("{sign}{one}"), format!("{sign}{sum}"));
            let most = Money::parse(&one, currency).unwrap();
            assert!(most.is_within_bounds(), "{most:?}");
            let refused = BadMoney::TooLarge {
                most: Money::most(currency),
            };
            assert_eq!(Money::parse(&beyond(most), currency), Err(refused.clone()));
            let larger = Money::parse_sum(&beyond(most), currency).unwrap();
            assert!(!larger.is_within_bounds(), "{larger:?}");
            let most = Money::parse_sum(&sum, currency).unwrap();
            let refused = Money::parse_sum(&beyond(most), currency);
            assert!(matches!(refused, Err(BadMoney::TooLarge { .. })), "{code}");
        }
        let endless = "9".repeat(60 - usize::try_from(currency.minor_digits()).unwrap());
        let endless = match currency.minor_digits() {
            0 => endless,
            digits => format!("{endless}.{:0>1$}", 0, usize::try_from(digits).unwrap()),
        };
        for read in [Money::parse, Money::parse_sum] {
            let refused = read(&endless, currency);
            assert!(matches!(refused, Err(BadMoney::TooLarge { .. })), "{code}");
        }
    }
    let told = Money::parse("10000000000000.01", currency("EUR")).unwrap_err();
    assert_eq!(
        told.to_string(),
        "the amount is too large; it may be at most 10000000000000.00 EUR"
    );
}

#[test]
fn nothing_is_neither_positive_nor_negative() {
    let nothing = Money::parse("-0.00", currency("EUR")).unwrap();
    assert!(nothing.is_zero() && !nothing.is_negative() && !nothing.is_positive());
    assert_eq!(nothing.amount_text(), "0.00");
}

#[test]
fn a_json_number_is_refused() {
    assert!(serde_json::from_str::<Money>(r#"{"amount":45.00,"currency":"EUR"}"#).is_err());
}

proptest! {
    #[test]
    fn every_amount_and_every_sum_survives_the_wire(
        minor in -Money::MOST_SUM_MINOR..=Money::MOST_SUM_MINOR,
        code in prop::sample::select(vec!["EUR", "JPY", "KWD"]),
    ) {
        let money = Money::from_minor(minor, currency(code));
        let wire = serde_json::to_string(&money).unwrap();
        prop_assert_eq!(serde_json::from_str::<Money>(&wire).unwrap(), money);
        prop_assert_eq!(money.minor(), minor);
    }

    #[test]
    fn what_is_beyond_the_bound_of_sums_never_comes_off_the_wire(
        beyond in 1..=(i64::MAX - Money::MOST_SUM_MINOR),
        is_negative: bool,
    ) {
        let minor = Money::MOST_SUM_MINOR + beyond;
        let minor = if is_negative { -minor } else { minor };
        let wire = serde_json::to_string(&Money::from_minor(minor, currency("EUR"))).unwrap();
        prop_assert!(serde_json::from_str::<Money>(&wire).is_err());
    }
}

//! Currencies: their minor units, and the amounts that the provider takes in them.
//!
//! The least amount depends on the currency that the account is paid out in. Here every account is
//! paid out in the currency of the charge, so a currency that the provider's table does not list
//! has no least amount but 1.

/// Each that charges can be made in.
const KNOWN: &str = "usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd \
    bob brl bsd bwp byn bzd cad cdf chf clp cny cop crc cve czk djf dkk dop dzd egp etb eur fjd \
    fkp gbp gel gip gmd gnf gtq gyd hkd hnl htg huf idr ils inr isk jmd jod jpy kes kgs khr kmf \
    krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt mop mur mvr mwk mxn myr mzn nad \
    ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd scr sek sgd \
    shp sle sos srd std szl thb tjs tnd top try ttd twd tzs uah ugx uyu uzs vnd vuv wst xaf xcd \
    xof xpf yer zar zmw";

/// Those whose amounts have no minor unit. UGX is listed by the provider too, but its amounts are
/// sent with two digits that must be zero.
const WHOLE: &str = "bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf";

const THOUSANDTHS: &str = "bhd jod kwd omr tnd";

/// Those that have lost their minor unit, and are sent with it all the same.
const WHOLE_IN_HUNDREDTHS: &str = "isk ugx";

const LEAST: [(&str, i64); 34] = [
    ("usd", 50),
    ("aed", 200),
    ("ars", 50),
    ("aud", 50),
    ("bgn", 100),
    ("brl", 50),
    ("cad", 50),
    ("chf", 50),
    ("cop", 50),
    ("czk", 1500),
    ("dkk", 250),
    ("eur", 50),
    ("gbp", 30),
    ("hkd", 400),
    ("huf", 17_500),
    ("idr", 50),
    ("ils", 50),
    ("inr", 50),
    ("jpy", 50),
    ("krw", 50),
    ("mxn", 1000),
    ("myr", 200),
    ("nok", 300),
    ("nzd", 50),
    ("php", 50),
    ("pln", 200),
    ("ron", 200),
    ("rub", 50),
    ("sek", 300),
    ("sgd", 50),
    ("thb", 1000),
    ("zar", 50),
    // Not in the table, but no charge can be less than one whole unit.
    ("isk", 100),
    ("ugx", 100),
];

fn lists(words: &str, word: &str) -> bool {
    words.split(' ').any(|listed| listed == word)
}

/// A currency that charges can be made in, in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Currency(String);

impl Currency {
    /// Reads a code in either case; none if charges cannot be made in it.
    pub(super) fn parse(code: &str) -> Option<Self> {
        let code = code.to_ascii_lowercase();
        lists(KNOWN, &code).then_some(Self(code))
    }

    pub(super) fn code(&self) -> &str {
        &self.0
    }

    /// All codes, as the provider lists them in its refusal.
    pub(super) fn all() -> String {
        KNOWN.split(' ').collect::<Vec<_>>().join(", ")
    }

    /// The least amount of a charge.
    pub(super) fn least(&self) -> i64 {
        let mut least = LEAST.iter();
        let found = least.find(|(code, _)| *code == self.0);
        found.map_or(1, |(_, amount)| *amount)
    }

    /// The greatest amount of a charge: eight digits, and twelve of Indonesia's.
    pub(super) fn most(&self) -> i64 {
        if self.0 == "idr" {
            999_999_999_999
        } else {
            99_999_999
        }
    }

    /// What amounts must be a multiple of.
    pub(super) fn step(&self) -> i64 {
        if lists(THOUSANDTHS, &self.0) {
            10
        } else if lists(WHOLE_IN_HUNDREDTHS, &self.0) {
            100
        } else {
            1
        }
    }

    fn digits(&self) -> usize {
        if lists(WHOLE, &self.0) {
            0
        } else if lists(THOUSANDTHS, &self.0) {
            3
        } else {
            2
        }
    }

    /// An amount in words for people, e.g. `$0.50`.
    pub(super) fn show(&self, amount: i64) -> String {
        let sign = match self.0.as_str() {
            "usd" => "$",
            "eur" => "€",
            "gbp" => "£",
            "jpy" => "¥",
            _ => "",
        };
        let digits = self.digits();
        let text = format!("{amount:0>width$}", width = digits + 1);
        let (whole, rest) = text.split_at(text.len() - digits);
        let whole = with_commas(whole);
        match rest {
            "" => format!("{sign}{whole}"),
            rest => format!("{sign}{whole}.{rest}"),
        }
    }
}

fn with_commas(digits: &str) -> String {
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_shown_in_their_own_digits() {
        for (code, amount, shown) in [
            ("usd", 50, "$0.50"),
            ("usd", 99_999_999, "$999,999.99"),
            ("eur", 5, "€0.05"),
            ("jpy", 50, "¥50"),
            ("kwd", 5120, "5.120"),
            ("isk", 500, "5.00"),
            ("mxn", 1000, "10.00"),
        ] {
            assert_eq!(Currency::parse(code).unwrap().show(amount), shown);
        }
    }

    #[test]
    fn codes_are_read_in_either_case_and_unknown_ones_are_none() {
        assert_eq!(Currency::parse("EUR").unwrap().code(), "eur");
        assert_eq!(Currency::parse("EURO"), None);
        assert_eq!(Currency::parse(""), None);
        assert_eq!(Currency::parse("eur usd"), None);
    }
}

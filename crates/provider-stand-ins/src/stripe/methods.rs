//! Payment methods: their words, and which of them the account has activated.

use super::currency::Currency;
use super::error::ApiError;

/// Every word that a session can name.
const WORDS: &str = "acss_debit affirm afterpay_clearpay alipay alma amazon_pay au_becs_debit \
    bacs_debit bancontact billie bizum blik boleto card cashapp crypto customer_balance eps fpx \
    giropay grabpay ideal kakao_pay klarna konbini kr_card link mb_way mobilepay multibanco \
    naver_pay nz_bank_account oxxo p24 pay_by_bank payco paynow paypal paypay payto pix \
    promptpay revolut_pay samsung_pay satispay scalapay sepa_debit sequra sofort sunbit swish \
    twint upi us_bank_account wechat_pay zip";

/// A debit of a bank account, which is settled days after the customer has agreed.
#[derive(Debug)]
pub(super) struct Debit {
    pub word: &'static str,
    /// Its name on the page.
    pub name: &'static str,
    currencies: &'static [&'static str],
    /// What a charge tells about the account besides its last digits; words with a space between.
    pub account: &'static str,
}

const DEBITS: [Debit; 5] = [
    Debit {
        word: "acss_debit",
        name: "Pre-authorized debit (Canada)",
        currencies: &["cad", "usd"],
        account: "bank_name fingerprint institution_number transit_number",
    },
    Debit {
        word: "au_becs_debit",
        name: "BECS Direct Debit (Australia)",
        currencies: &["aud"],
        account: "bsb_number fingerprint",
    },
    Debit {
        word: "bacs_debit",
        name: "Bacs Direct Debit (United Kingdom)",
        currencies: &["gbp"],
        account: "fingerprint mandate sort_code",
    },
    Debit {
        word: "sepa_debit",
        name: "SEPA Direct Debit",
        currencies: &["eur"],
        account: "bank_code branch_code country fingerprint mandate",
    },
    Debit {
        word: "us_bank_account",
        name: "US bank account",
        currencies: &["usd"],
        account: "account_holder_type account_type bank_name fingerprint payment_reference \
                  routing_number",
    },
];

pub(super) fn debit(word: &str) -> Option<&'static Debit> {
    DEBITS.iter().find(|debit| debit.word == word)
}

impl Debit {
    fn takes(&self, currency: &Currency) -> bool {
        self.currencies.contains(&currency.code())
    }
}

/// What a request says about payment methods.
#[derive(Clone, Debug, Default)]
pub(super) struct Choice {
    /// Exactly these.
    pub named: Vec<String>,
    /// Of what fits, these only.
    pub allowed: Vec<String>,
    /// Of what fits, all but these.
    pub excluded: Vec<String>,
}

/// Refuses what is no payment method.
pub(super) fn check_words(given: &[(String, String)]) -> Result<Vec<String>, ApiError> {
    let known: Vec<&str> = WORDS.split(' ').collect();
    let unknown = given
        .iter()
        .find(|(_, word)| !known.contains(&word.as_str()));
    match unknown {
        Some((name, _)) => Err(super::params::no_word(name, &known)),
        None => Ok(given.iter().map(|(_, word)| word.clone()).collect()),
    }
}

impl Choice {
    /// The methods that a session offers.
    pub(super) fn resolve(
        &self,
        currency: &Currency,
        delayed: bool,
    ) -> Result<Vec<String>, ApiError> {
        if self.named.is_empty() {
            return self.fitting(currency, delayed);
        }
        for word in &self.named {
            check_named(word, currency)?;
        }
        Ok(self.named.clone())
    }

    fn fitting(&self, currency: &Currency, delayed: bool) -> Result<Vec<String>, ApiError> {
        let debits = DEBITS.iter().filter(|debit| {
            // A request that names one shows that the account has activated it.
            let activated = delayed || self.allowed.iter().any(|word| word == debit.word);
            activated && debit.takes(currency)
        });
        let words = std::iter::once("card").chain(debits.map(|debit| debit.word));
        let offered = words.filter(|word| {
            let listed = |list: &[String]| list.iter().any(|listed| listed == word);
            (self.allowed.is_empty() || listed(&self.allowed)) && !listed(&self.excluded)
        });
        let offered: Vec<String> = offered.map(str::to_owned).collect();
        if offered.is_empty() {
            return Err(ApiError::invalid(
                "No valid payment method types for this Checkout Session. Please ensure that you \
                 have activated payment methods compatible with your chosen currency in your \
                 dashboard (https://dashboard.stripe.com/settings/payment_methods).",
            )
            .executed());
        }
        Ok(offered)
    }
}

fn check_named(word: &str, currency: &Currency) -> Result<(), ApiError> {
    let refused = |message: String| {
        let error = ApiError::invalid(message).param("payment_method_types");
        Err(error.executed())
    };
    match debit(word) {
        None if word == "card" => Ok(()),
        None => refused(format!(
            "The payment method type provided: {word} is invalid. Please ensure the provided type \
             is activated in your dashboard \
             (https://dashboard.stripe.com/account/payments/settings)."
        )),
        Some(debit) if debit.takes(currency) => Ok(()),
        Some(_) => refused(format!(
            "The currency provided ({}) is invalid for the payment method type: {word}.",
            currency.code()
        )),
    }
}

//! The parameters that a checkout session is created with.

use super::currency::Currency;
use super::error::ApiError;
use super::items::{self, Item};
use super::methods::{self, Choice};
use super::params::Fields;
use super::version::Version;

const LOCALES: &str = "auto bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hi-IN hr hu id \
    it ja ko lt lv ms mt nb nl pl pt pt-BR ro ru sk sl sv th tr vi zh zh-HK zh-TW";

/// What the provider knows and this stand-in does not.
const NOT_HERE: &str = "adaptive_pricing after_expiration allow_promotion_codes automatic_tax \
    branding_settings consent_collection custom_fields custom_text customer customer_account \
    customer_update discounts integration_identifier invoice_creation managed_payments \
    name_collection optional_items origin_context payment_method_collection \
    payment_method_configuration payment_method_data payment_method_options permissions \
    phone_number_collection redirect_on_completion return_url saved_payment_method_options \
    setup_intent_data shipping_address_collection shipping_options subscription_data \
    tax_id_collection wallet_options";

const NOT_HERE_OF_INTENT: &str = "application_fee_amount on_behalf_of setup_future_usage \
    shipping statement_descriptor transfer_data transfer_group";

/// The longest address.
const MOST_OF_URL: usize = 5000;

/// A session that is to be created.
#[derive(Clone, Debug)]
pub(super) struct NewSession {
    pub success_url: String,
    pub cancel_url: Option<String>,
    pub client_reference_id: Option<String>,
    pub customer_email: Option<String>,
    pub customer_creation: Option<String>,
    pub billing_address_collection: Option<String>,
    pub submit_type: Option<String>,
    pub locale: Option<String>,
    pub metadata: Vec<(String, String)>,
    pub expires_at: Option<i64>,
    pub methods: Choice,
    pub currency: Currency,
    pub items: Vec<Item>,
    pub intent: IntentData,
}

/// What the session's payment gets.
#[derive(Clone, Debug, Default)]
pub(super) struct IntentData {
    pub description: Option<String>,
    pub metadata: Vec<(String, String)>,
    pub receipt_email: Option<String>,
    pub capture_method: Option<String>,
    pub statement_descriptor_suffix: Option<String>,
}

impl NewSession {
    /// Reads the parameters and refuses what the provider refuses before it begins to work.
    pub(super) fn read(mut fields: Fields, version: &Version) -> Result<Self, ApiError> {
        fields.not_here(NOT_HERE)?;
        read_mode(&mut fields)?;
        read_ui_mode(&mut fields, version)?;
        let methods = read_methods(&mut fields, version)?;
        let success_url = read_url(&mut fields, "success_url")?;
        let success_url = success_url.ok_or_else(|| ApiError::missing("success_url"))?;
        let cancel_url = read_url(&mut fields, "cancel_url")?;
        let customer_creation = fields.word("customer_creation", &["always", "if_required"])?;
        if customer_creation.as_deref() == Some("always") {
            return Err(ApiError::not_here("customer_creation"));
        }
        let (currency, items) = items::read(&mut fields)?;
        let session = Self {
            success_url,
            cancel_url,
            client_reference_id: fields.text_to("client_reference_id", 200)?,
            customer_email: read_email(&mut fields, "customer_email")?,
            customer_creation,
            billing_address_collection: fields
                .word("billing_address_collection", &["auto", "required"])?,
            submit_type: fields.word("submit_type", &["auto", "book", "donate", "pay"])?,
            locale: fields.word("locale", &LOCALES.split(' ').collect::<Vec<_>>())?,
            metadata: fields.metadata()?,
            expires_at: fields.integer("expires_at", 0)?,
            methods,
            currency,
            items,
            intent: read_intent(&mut fields)?,
        };
        fields.finish()?;
        Ok(session)
    }
}

fn read_mode(fields: &mut Fields) -> Result<(), ApiError> {
    match fields.word("mode", &["payment", "setup", "subscription"])? {
        None => Err(ApiError::missing("mode")),
        Some(mode) if mode == "payment" => Ok(()),
        Some(_) => Err(ApiError::not_here("mode")),
    }
}

fn read_ui_mode(fields: &mut Fields, version: &Version) -> Result<(), ApiError> {
    let words: &[&str] = if version.has_new_ui_modes() {
        &["elements", "embedded_page", "form", "hosted_page"]
    } else {
        &["custom", "embedded", "hosted"]
    };
    match fields.word("ui_mode", words)? {
        Some(mode) if mode != version.hosted() => Err(ApiError::not_here("ui_mode")),
        _ => Ok(()),
    }
}

fn read_methods(fields: &mut Fields, version: &Version) -> Result<Choice, ApiError> {
    let excluded = methods::check_words(&fields.texts("excluded_payment_method_types")?)?;
    if !version.filters_methods() {
        let named = methods::check_words(&fields.texts("payment_method_types")?)?;
        let allowed = Vec::new();
        return Ok(Choice {
            named,
            allowed,
            excluded,
        });
    }
    if !fields.texts("payment_method_types")?.is_empty() {
        return Err(ApiError::invalid(
            "`payment_method_types` is no longer supported on this API version. Use \
             `allowed_payment_method_types`, or manage payment methods in the Dashboard.",
        )
        .code("payment_method_types_no_longer_supported")
        .param("payment_method_types"));
    }
    let allowed = methods::check_words(&fields.texts("allowed_payment_method_types")?)?;
    let named = Vec::new();
    Ok(Choice {
        named,
        allowed,
        excluded,
    })
}

fn read_url(fields: &mut Fields, field: &str) -> Result<Option<String>, ApiError> {
    let name = fields.name(field);
    let Some(url) = fields.text_to(field, MOST_OF_URL)? else {
        return Ok(None);
    };
    let refused = |message: &str| {
        let error = ApiError::invalid(message).code("url_invalid");
        Err(error.param(name.clone()))
    };
    if !url.contains("://") {
        return refused("Invalid URL: An explicit scheme (such as https) must be provided.");
    }
    let read = reqwest::Url::parse(&url).ok();
    let read = read.filter(|url| ["http", "https"].contains(&url.scheme()) && url.has_host());
    match read {
        Some(_) if !url.contains(char::is_whitespace) => Ok(Some(url)),
        _ => refused("Not a valid URL"),
    }
}

fn read_email(fields: &mut Fields, field: &str) -> Result<Option<String>, ApiError> {
    let name = fields.name(field);
    let Some(email) = fields.text_to(field, 512)? else {
        return Ok(None);
    };
    if is_email(&email) {
        return Ok(Some(email));
    }
    let message = format!("Invalid email address: {email}");
    let error = ApiError::invalid(message).code("email_invalid");
    Err(error.param(name))
}

/// Whether a text looks like an address that mail can be sent to.
pub(super) fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else {
        return false;
    };
    let plain = |part: &str| {
        !part.is_empty()
            && !part.contains(|c: char| c.is_whitespace() || c.is_control() || c == '@')
    };
    let labels: Vec<&str> = host.split('.').collect();
    plain(name) && plain(host) && labels.len() > 1 && labels.iter().all(|label| !label.is_empty())
}

fn read_intent(fields: &mut Fields) -> Result<IntentData, ApiError> {
    let Some(mut fields) = fields.object("payment_intent_data")? else {
        return Ok(IntentData::default());
    };
    fields.not_here(NOT_HERE_OF_INTENT)?;
    let captures = ["automatic", "automatic_async", "manual"];
    let capture_method = fields.word("capture_method", &captures)?;
    if capture_method.as_deref() == Some("manual") {
        return Err(ApiError::not_here(&fields.name("capture_method")));
    }
    let suffix = fields.text_to("statement_descriptor_suffix", 22)?;
    let forbidden = |c: char| "<>\\'\"*".contains(c);
    if suffix.as_ref().is_some_and(|text| text.contains(forbidden)) {
        return Err(ApiError::invalid(
            "The statement descriptor suffix must not contain any of the characters < > \\ ' \" *",
        )
        .param(fields.name("statement_descriptor_suffix")));
    }
    let data = IntentData {
        description: fields.text_to("description", 1000)?,
        metadata: fields.metadata()?,
        receipt_email: read_email(&mut fields, "receipt_email")?,
        capture_method,
        statement_descriptor_suffix: suffix,
    };
    fields.finish()?;
    Ok(data)
}

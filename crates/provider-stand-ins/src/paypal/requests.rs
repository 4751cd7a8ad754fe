//! The shapes of the bodies that the APIs take: which fields there are, and what they may hold.

use super::shape::Form::{
    Account, Alphanumeric, Amount, Any, Count, Country, Day, Digits, Email, Language, Moment,
    Opaque, Url,
};
use super::shape::Shape::{AnyObject, Flag, List, NotSupported, Object, OneOf, Text};
use super::shape::{Field, optional, required};

/// So many items fit in any body.
const ANY_NUMBER: usize = usize::MAX;

const MONEY: &[Field] = &[
    required("currency_code", Text(3, 3, Any)),
    required("value", Text(1, 32, Amount)),
];

const BREAKDOWN: &[Field] = &[
    optional("item_total", Object(MONEY)),
    optional("shipping", Object(MONEY)),
    optional("handling", Object(MONEY)),
    optional("tax_total", Object(MONEY)),
    optional("insurance", Object(MONEY)),
    optional("shipping_discount", Object(MONEY)),
    optional("discount", Object(MONEY)),
];

const AMOUNT: &[Field] = &[
    required("currency_code", Text(3, 3, Any)),
    required("value", Text(1, 32, Amount)),
    optional("breakdown", Object(BREAKDOWN)),
];

const ITEM: &[Field] = &[
    required("name", Text(1, 127, Any)),
    required("unit_amount", Object(MONEY)),
    required("quantity", Text(1, 10, Count)),
    optional("tax", Object(MONEY)),
    optional("description", Text(0, 127, Any)),
    optional("sku", Text(0, 127, Any)),
    optional(
        "category",
        OneOf(&["DIGITAL_GOODS", "PHYSICAL_GOODS", "DONATION"]),
    ),
];

const NAME: &[Field] = &[
    optional("prefix", Text(0, 140, Any)),
    optional("given_name", Text(0, 140, Any)),
    optional("surname", Text(0, 140, Any)),
    optional("middle_name", Text(0, 140, Any)),
    optional("suffix", Text(0, 140, Any)),
    optional("alternate_full_name", Text(0, 300, Any)),
    optional("full_name", Text(0, 300, Any)),
];

const ADDRESS_DETAILS: &[Field] = &[
    optional("street_number", Text(0, 100, Any)),
    optional("street_name", Text(0, 100, Any)),
    optional("street_type", Text(0, 100, Any)),
    optional("delivery_service", Text(0, 100, Any)),
    optional("building_name", Text(0, 100, Any)),
    optional("sub_building", Text(0, 100, Any)),
];

const ADDRESS: &[Field] = &[
    optional("address_line_1", Text(0, 300, Any)),
    optional("address_line_2", Text(0, 300, Any)),
    optional("address_line_3", Text(0, 100, Any)),
    optional("admin_area_4", Text(0, 100, Any)),
    optional("admin_area_3", Text(0, 100, Any)),
    optional("admin_area_2", Text(0, 120, Any)),
    optional("admin_area_1", Text(0, 300, Any)),
    optional("postal_code", Text(0, 60, Any)),
    required("country_code", Text(2, 2, Country)),
    optional("address_details", Object(ADDRESS_DETAILS)),
];

const NUMBER: &[Field] = &[
    required("country_code", Text(1, 3, Digits)),
    required("national_number", Text(1, 14, Digits)),
    optional("extension_number", Text(1, 15, Digits)),
];

const PHONE: &[Field] = &[
    optional(
        "phone_type",
        OneOf(&["FAX", "HOME", "MOBILE", "OTHER", "PAGER"]),
    ),
    required("phone_number", Object(NUMBER)),
];

const TAX: &[Field] = &[
    required("tax_id", Text(1, 14, Alphanumeric)),
    required("tax_id_type", OneOf(&["BR_CPF", "BR_CNPJ"])),
];

const SHIPPING_OPTION: &[Field] = &[
    required("id", Text(0, 127, Any)),
    required("label", Text(0, 127, Any)),
    optional(
        "type",
        OneOf(&[
            "SHIPPING",
            "PICKUP",
            "PICKUP_IN_STORE",
            "PICKUP_FROM_PERSON",
        ]),
    ),
    optional("amount", Object(MONEY)),
    required("selected", Flag),
];

const SHIPPING: &[Field] = &[
    optional("name", Object(NAME)),
    optional(
        "type",
        OneOf(&[
            "SHIPPING",
            "PICKUP_IN_PERSON",
            "PICKUP_IN_STORE",
            "PICKUP_FROM_PERSON",
        ]),
    ),
    optional("options", List(0, 10, &Object(SHIPPING_OPTION))),
    optional("address", Object(ADDRESS)),
];

const PAYEE: &[Field] = &[
    optional("email_address", Text(3, 254, Email)),
    optional("merchant_id", Text(13, 13, Account)),
];

const PLATFORM_FEE: &[Field] = &[
    required("amount", Object(MONEY)),
    optional("payee", Object(PAYEE)),
];

const INSTRUCTION: &[Field] = &[
    optional("platform_fees", List(0, 1, &Object(PLATFORM_FEE))),
    optional("disbursement_mode", OneOf(&["INSTANT", "DELAYED"])),
    optional("payee_pricing_tier_id", Text(1, 20, Any)),
    optional("payee_receivable_fx_rate_id", Text(1, 4000, Any)),
];

const UNIT: &[Field] = &[
    optional("reference_id", Text(1, 256, Any)),
    required("amount", Object(AMOUNT)),
    optional("payee", Object(PAYEE)),
    optional("payment_instruction", Object(INSTRUCTION)),
    optional("description", Text(1, 127, Any)),
    optional("custom_id", Text(1, 127, Any)),
    optional("invoice_id", Text(1, 127, Any)),
    optional("soft_descriptor", Text(1, 22, Any)),
    optional("items", List(0, ANY_NUMBER, &Object(ITEM))),
    optional("shipping", Object(SHIPPING)),
    // It describes cards, which are no way to pay here.
    optional("supplementary_data", NotSupported),
];

const SHIPPING_PREFERENCES: &[&str] = &["GET_FROM_FILE", "NO_SHIPPING", "SET_PROVIDED_ADDRESS"];
const USER_ACTIONS: &[&str] = &["CONTINUE", "PAY_NOW"];
const PREFERENCES: &[&str] = &["UNRESTRICTED", "IMMEDIATE_PAYMENT_REQUIRED"];

/// No address is longer.
const LONGEST_URL: usize = 4000;

const EXPERIENCE: &[Field] = &[
    optional("brand_name", Text(1, 127, Any)),
    optional("locale", Text(2, 10, Language)),
    optional("shipping_preference", OneOf(SHIPPING_PREFERENCES)),
    optional("return_url", Text(1, LONGEST_URL, Url)),
    optional("cancel_url", Text(1, LONGEST_URL, Url)),
    optional(
        "landing_page",
        OneOf(&["LOGIN", "GUEST_CHECKOUT", "NO_PREFERENCE"]),
    ),
    optional("user_action", OneOf(USER_ACTIONS)),
    optional("payment_method_preference", OneOf(PREFERENCES)),
    // The documents' own example sends it, although their schema does not know it.
    optional("payment_method_selected", OneOf(&["PAYPAL"])),
];

const WALLET: &[Field] = &[
    optional("email_address", Text(3, 254, Email)),
    optional("name", Object(NAME)),
    optional("phone", Object(PHONE)),
    optional("birth_date", Text(10, 10, Day)),
    optional("tax_info", Object(TAX)),
    optional("address", Object(ADDRESS)),
    optional("experience_context", Object(EXPERIENCE)),
    optional("vault_id", NotSupported),
    optional("attributes", NotSupported),
    optional("billing_agreement_id", NotSupported),
];

const SOURCE: &[Field] = &[
    optional("paypal", Object(WALLET)),
    optional("card", NotSupported),
    optional("token", NotSupported),
    optional("bancontact", NotSupported),
    optional("blik", NotSupported),
    optional("eps", NotSupported),
    optional("giropay", NotSupported),
    optional("ideal", NotSupported),
    optional("mybank", NotSupported),
    optional("p24", NotSupported),
    optional("sofort", NotSupported),
    optional("trustly", NotSupported),
    optional("apple_pay", NotSupported),
    optional("google_pay", NotSupported),
    optional("venmo", NotSupported),
];

const METHOD: &[Field] = &[
    optional("payee_preferred", OneOf(PREFERENCES)),
    optional(
        "standard_entry_class_code",
        OneOf(&["TEL", "WEB", "CCD", "PPD"]),
    ),
];

const APPLICATION: &[Field] = &[
    optional("brand_name", Text(1, 127, Any)),
    optional("locale", Text(2, 10, Language)),
    optional(
        "landing_page",
        OneOf(&["LOGIN", "BILLING", "NO_PREFERENCE"]),
    ),
    optional("shipping_preference", OneOf(SHIPPING_PREFERENCES)),
    optional("user_action", OneOf(USER_ACTIONS)),
    optional("payment_method", Object(METHOD)),
    optional("return_url", Text(1, LONGEST_URL, Url)),
    optional("cancel_url", Text(1, LONGEST_URL, Url)),
    optional("stored_payment_source", NotSupported),
];

const PAYER: &[Field] = &[
    optional("email_address", Text(3, 254, Email)),
    optional("payer_id", Text(13, 13, Account)),
    optional("name", Object(NAME)),
    optional("phone", Object(PHONE)),
    optional("birth_date", Text(10, 10, Day)),
    optional("tax_info", Object(TAX)),
    optional("address", Object(ADDRESS)),
];

/// The body that creates an order.
pub(super) const ORDER: &[Field] = &[
    required("intent", OneOf(&["CAPTURE", "AUTHORIZE"])),
    required("purchase_units", List(1, 10, &Object(UNIT))),
    optional("payer", Object(PAYER)),
    optional("payment_source", Object(SOURCE)),
    optional("application_context", Object(APPLICATION)),
];

/// The body that captures an order.
pub(super) const CAPTURE: &[Field] = &[optional("payment_source", Object(SOURCE))];

/// The body that refunds a capture.
pub(super) const REFUND: &[Field] = &[
    optional("amount", Object(MONEY)),
    optional("custom_id", Text(1, 127, Any)),
    optional("invoice_id", Text(1, 127, Any)),
    optional("note_to_payer", Text(1, 255, Any)),
    optional(
        "payment_instruction",
        Object(&[optional("platform_fees", List(0, 1, &Object(PLATFORM_FEE)))]),
    ),
];

/// The body that asks whether a notification is genuine.
pub(super) const VERIFY: &[Field] = &[
    required("auth_algo", Text(1, 100, Alphanumeric)),
    required("cert_url", Text(1, 500, Url)),
    required("transmission_id", Text(1, 50, Opaque)),
    required("transmission_sig", Text(1, 500, Opaque)),
    required("transmission_time", Text(1, 100, Moment)),
    required("webhook_id", Text(1, 50, Alphanumeric)),
    required("webhook_event", AnyObject),
];

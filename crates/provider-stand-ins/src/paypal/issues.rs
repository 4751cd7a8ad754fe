//! The issues that the provider names, explained in words of our own: its documents say that nothing
//! may depend on its words.

/// What an issue means.
pub(super) fn describe(issue: &str) -> &'static str {
    match issue {
        "AMOUNT_MISMATCH" => "The amount is not the sum of its breakdown.",
        "AUTH_CAPTURE_NOT_ENABLED" => {
            "The account does not authorize payments to capture them later."
        }
        "CANNOT_BE_NEGATIVE" => "The amount is less than zero.",
        "CANNOT_BE_ZERO_OR_NEGATIVE" => "The amount is not greater than zero.",
        "CAPTURE_FULLY_REFUNDED" => "The whole capture has been refunded already.",
        "DECIMALS_NOT_SUPPORTED" => "The currency has no decimals here.",
        "DECIMAL_PRECISION" => "The amount has more decimals than the currency.",
        "DONATION_ITEMS_NOT_SUPPORTED" => "Donations stand in an order of one purchase unit only.",
        "DUPLICATE_INVOICE_ID" => {
            "The invoice id was used before, which the account does not allow."
        }
        "DUPLICATE_REFERENCE_ID" => "Two purchase units have the same reference id.",
        "INCOMPATIBLE_PARAMETER_VALUE" => {
            "The field says the same as another, which stands elsewhere."
        }
        "INSTRUMENT_DECLINED" => "The customer's way to pay was declined.",
        "INVALID_ARRAY_MAX_ITEMS" => "There are too many items.",
        "INVALID_ARRAY_MIN_ITEMS" => "There are too few items.",
        "INVALID_CURRENCY_CODE" => "The currency is unknown or not taken.",
        "INVALID_FX_RATE_ID" => "The exchange rate is unknown.",
        "INVALID_PARAMETER_SYNTAX" => "The value is not written as it has to be.",
        "INVALID_PARAMETER_VALUE" => "The value is none of those that are possible.",
        "INVALID_RESOURCE_ID" => "There is nothing with this id.",
        "INVALID_STRING_LENGTH" => "The value is too short or too long.",
        "ITEM_TOTAL_MISMATCH" => "The total of the items is not their sum.",
        "ITEM_TOTAL_REQUIRED" => "There are items, and no total of them.",
        "MALFORMED_REQUEST_JSON" => "The JSON cannot be read as the request that it should be.",
        "MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED" => {
            "Too many payments of this order were declined."
        }
        "MAX_VALUE_EXCEEDED" => "The amount is too large.",
        "MISSING_REQUIRED_PARAMETER" => "A field that is required is missing.",
        "MULTIPLE_ITEM_CATEGORIES" => "Donations do not stand beside goods.",
        "MULTIPLE_SHIPPING_OPTION_SELECTED" => "More than one shipping option is selected.",
        "MULTI_CURRENCY_ORDER" => "The amounts of an order have one currency.",
        "NOT_SUPPORTED" => "The field is not supported.",
        "ORDER_ALREADY_CAPTURED" => "The order has been captured, which is possible once.",
        "ORDER_NOT_APPROVED" => "The customer has not approved the order yet.",
        "PAYEE_ACCOUNT_INVALID" => "The account that is to be paid is not this one.",
        "PAYEE_PRICING_TIER_ID_NOT_ENABLED" => "The account has no pricing tiers.",
        "PAYPAL_REQUEST_ID_PREVIOUSLY_USED" => "The request id was used for another request.",
        "PAYPAL_REQUEST_ID_REQUIRED" => "A request id is required with a payment source.",
        "PENDING_CAPTURE" => "The capture is pending, so there is nothing to refund yet.",
        "PLATFORM_FEES_NOT_SUPPORTED" => "The account takes no platform fees.",
        "REFERENCE_ID_REQUIRED" => "Each of several purchase units needs a reference id.",
        "REFUND_AMOUNT_EXCEEDED" => "The refund is more than what is left of the capture.",
        "REFUND_CAPTURE_CURRENCY_MISMATCH" => "The refund has another currency than the capture.",
        "REFUND_NOT_ALLOWED" => "The capture cannot be refunded.",
        "REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK" => "The capture was charged back.",
        "REFUND_TIME_LIMIT_EXCEEDED" => "The capture is too old to be refunded.",
        "SHIPPING_OPTIONS_NOT_SUPPORTED" => "There is nothing to ship, or the way is fixed.",
        "SHIPPING_OPTION_NOT_SELECTED" => "None of the shipping options is selected.",
        "TAX_TOTAL_MISMATCH" => "The total of the taxes is not their sum.",
        "TAX_TOTAL_REQUIRED" => "There are taxes, and no total of them.",
        "TRANSACTION_DISPUTED" => "While a dispute is open, only the whole can be refunded.",
        _ => "The request cannot be carried out.",
    }
}

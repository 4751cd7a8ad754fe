//! The rules that an order keeps besides its shape: amounts that add up, one currency, one payee.

use std::collections::BTreeSet;

use serde_json::Value;

use super::money::Money;
use super::options::Options;
use super::refusal::Detail;

/// The parts of an amount that are added, and those that are taken off.
const ADDED: [&str; 5] = [
    "item_total",
    "shipping",
    "handling",
    "tax_total",
    "insurance",
];
const TAKEN_OFF: [&str; 2] = ["shipping_discount", "discount"];

/// Everything that the rules have against an order whose shape is right.
pub(super) fn check(order: &Value, account: &Options) -> Vec<Detail> {
    let mut wrong = Vec::new();
    if order["intent"] == "AUTHORIZE" {
        let intent = &order["intent"];
        wrong.push(Detail::body("AUTH_CAPTURE_NOT_ENABLED", "/intent", intent));
    }
    if order["application_context"].is_object()
        && order["payment_source"]["paypal"]["experience_context"].is_object()
    {
        let context = &order["application_context"];
        let field = "/application_context";
        wrong.push(Detail::body("INCOMPATIBLE_PARAMETER_VALUE", field, context));
    }
    let units = list(&order["purchase_units"]);
    for (place, unit) in units.iter().enumerate() {
        let path = format!("/purchase_units/{place}");
        Rules {
            wrong: &mut wrong,
            path,
        }
        .unit(unit, account, order);
    }
    several_units(units, &mut wrong);
    let currencies = units.iter().flat_map(currencies_of);
    if currencies.collect::<BTreeSet<_>>().len() > 1 {
        let field = "/purchase_units";
        wrong.push(Detail::body("MULTI_CURRENCY_ORDER", field, &Value::Null));
    }
    wrong
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn several_units(units: &[Value], wrong: &mut Vec<Detail>) {
    if units.len() < 2 {
        return;
    }
    let mut known = BTreeSet::new();
    for (place, unit) in units.iter().enumerate() {
        let field = format!("/purchase_units/{place}/reference_id");
        let id = &unit["reference_id"];
        match id.as_str() {
            None => wrong.push(Detail::body("REFERENCE_ID_REQUIRED", field, id)),
            Some(text) if !known.insert(text) => {
                wrong.push(Detail::body("DUPLICATE_REFERENCE_ID", field, id));
            }
            Some(_) => {}
        }
    }
    let donates = |unit: &Value| {
        list(&unit["items"])
            .iter()
            .any(|item| item["category"] == "DONATION")
    };
    if units.iter().any(donates) {
        let field = "/purchase_units";
        wrong.push(Detail::body(
            "DONATION_ITEMS_NOT_SUPPORTED",
            field,
            &Value::Null,
        ));
    }
}

/// Every currency that a unit names.
fn currencies_of(value: &Value) -> Vec<&str> {
    match value {
        Value::Object(fields) => {
            let own = fields.get("currency_code").and_then(Value::as_str);
            let inner = fields.values().flat_map(currencies_of);
            own.into_iter().chain(inner).collect()
        }
        Value::Array(items) => items.iter().flat_map(currencies_of).collect(),
        _ => Vec::new(),
    }
}

struct Rules<'a> {
    wrong: &'a mut Vec<Detail>,
    path: String,
}

impl Rules<'_> {
    fn unit(&mut self, unit: &Value, account: &Options, order: &Value) {
        self.payee(&unit["payee"], account);
        self.instruction(&unit["payment_instruction"]);
        self.shipping(&unit["shipping"]["options"], order);
        let amount = self.money(&unit["amount"], "/amount", 1);
        let breakdown = &unit["amount"]["breakdown"];
        let parts = |rules: &mut Self, names: &[&str]| -> Option<i128> {
            names.iter().try_fold(0, |sum, name| {
                if breakdown[name].is_null() {
                    return Some(sum);
                }
                let path = format!("/amount/breakdown/{name}");
                Some(sum + rules.money(&breakdown[name], &path, 0)?.minor)
            })
        };
        let (added, taken_off) = (parts(self, &ADDED), parts(self, &TAKEN_OFF));
        if let (Some(amount), Some(added), Some(taken_off)) = (&amount, added, taken_off)
            && breakdown.is_object()
            && amount.minor != added - taken_off
        {
            let value = &unit["amount"]["value"];
            self.say("AMOUNT_MISMATCH", "/amount/value", value);
        }
        self.items(list(&unit["items"]), breakdown);
    }

    fn items(&mut self, items: &[Value], breakdown: &Value) {
        if items.is_empty() {
            return;
        }
        let total = self.sum(items, "unit_amount");
        self.compare(total, "ITEM_TOTAL", &breakdown["item_total"], "item_total");
        if items.iter().any(|item| item["tax"].is_object()) {
            let total = self.sum(items, "tax");
            self.compare(total, "TAX_TOTAL", &breakdown["tax_total"], "tax_total");
        }
        let donations = items.iter().filter(|item| item["category"] == "DONATION");
        if !matches!(donations.count(), 0)
            && items.iter().any(|item| item["category"] != "DONATION")
        {
            self.say("MULTIPLE_ITEM_CATEGORIES", "/items", &Value::Null);
        }
    }

    /// What the items come to, each as often as it is bought; `None` if an amount is wrong by
    /// itself.
    fn sum(&mut self, items: &[Value], name: &str) -> Option<i128> {
        let mut total = Some(0);
        for (place, item) in items.iter().enumerate() {
            if item[name].is_null() {
                continue;
            }
            let money = self.money(&item[name], &format!("/items/{place}/{name}"), 0);
            let quantity = item["quantity"].as_str().unwrap_or_default();
            let quantity: i128 = quantity.parse().unwrap_or_default();
            total = total
                .zip(money)
                .map(|(total, money)| total + money.minor * quantity);
        }
        total
    }

    fn compare(&mut self, total: Option<i128>, what: &str, said: &Value, name: &str) {
        let path = format!("/amount/breakdown/{name}");
        let (required, mismatch) = match what {
            "ITEM_TOTAL" => ("ITEM_TOTAL_REQUIRED", "ITEM_TOTAL_MISMATCH"),
            _ => ("TAX_TOTAL_REQUIRED", "TAX_TOTAL_MISMATCH"),
        };
        if said.is_null() {
            self.say(required, &path, said);
        } else if let (Some(total), Ok(said_total)) = (total, Money::of(said))
            && total != said_total.minor
        {
            self.say(mismatch, &format!("{path}/value"), &said["value"]);
        }
    }

    /// Reads an amount that has to be at least so many of the smallest units.
    fn money(&mut self, money: &Value, path: &str, least: i128) -> Option<Money> {
        match Money::of(money) {
            Ok(read) if read.minor >= least => return Some(read),
            Ok(_) if least > 0 => self.say(
                "CANNOT_BE_ZERO_OR_NEGATIVE",
                &format!("{path}/value"),
                &money["value"],
            ),
            Ok(_) => self.say(
                "CANNOT_BE_NEGATIVE",
                &format!("{path}/value"),
                &money["value"],
            ),
            Err(issue @ "INVALID_CURRENCY_CODE") => {
                self.say(
                    issue,
                    &format!("{path}/currency_code"),
                    &money["currency_code"],
                );
            }
            Err(issue) => self.say(issue, &format!("{path}/value"), &money["value"]),
        }
        None
    }

    fn payee(&mut self, payee: &Value, account: &Options) {
        let other = |name: &str, own: &str| payee[name].as_str().is_some_and(|given| given != own);
        let nobody = payee.as_object().is_some_and(serde_json::Map::is_empty);
        if nobody
            || other("merchant_id", &account.merchant_id)
            || other("email_address", &account.merchant_email)
        {
            self.say("PAYEE_ACCOUNT_INVALID", "/payee", payee);
        }
    }

    fn instruction(&mut self, instruction: &Value) {
        let given = |name: &str| !instruction[name].is_null();
        if !list(&instruction["platform_fees"]).is_empty() {
            let path = "/payment_instruction/platform_fees";
            self.say("PLATFORM_FEES_NOT_SUPPORTED", path, &Value::Null);
        }
        if given("payee_pricing_tier_id") {
            let path = "/payment_instruction/payee_pricing_tier_id";
            self.say("PAYEE_PRICING_TIER_ID_NOT_ENABLED", path, &Value::Null);
        }
        if given("payee_receivable_fx_rate_id") {
            let path = "/payment_instruction/payee_receivable_fx_rate_id";
            self.say("INVALID_FX_RATE_ID", path, &Value::Null);
        }
    }

    fn shipping(&mut self, options: &Value, order: &Value) {
        let options = list(options);
        if options.is_empty() {
            return;
        }
        let context = &order["payment_source"]["paypal"]["experience_context"];
        let preference = context["shipping_preference"]
            .as_str()
            .or_else(|| order["application_context"]["shipping_preference"].as_str());
        let selected = options.iter().filter(|option| option["selected"] == true);
        let issue = match (preference, selected.count()) {
            (Some("NO_SHIPPING" | "SET_PROVIDED_ADDRESS"), _) => "SHIPPING_OPTIONS_NOT_SUPPORTED",
            (_, 0) => "SHIPPING_OPTION_NOT_SELECTED",
            (_, 1) => return,
            _ => "MULTIPLE_SHIPPING_OPTION_SELECTED",
        };
        self.say(issue, "/shipping/options", &Value::Null);
    }

    fn say(&mut self, issue: &'static str, path: &str, value: &Value) {
        let field = format!("{}{path}", self.path);
        self.wrong.push(Detail::body(issue, field, value));
    }
}

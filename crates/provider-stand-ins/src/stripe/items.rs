//! The line items of a checkout session.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::currency::Currency;
use super::error::ApiError;
use super::ids;
use super::params::Fields;
use super::render::{Moment, pairs};

/// The most items of a payment.
const MOST: usize = 100;

/// A line item, whose price is made with it.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub name: String,
    unit_amount: i64,
    quantity: i64,
    metadata: Vec<(String, String)>,
    tax_behavior: Option<String>,
    id: String,
    price: String,
    product: String,
}

impl Item {
    /// What it costs, if that is a number at all.
    pub(super) fn amount(&self) -> Option<i64> {
        self.unit_amount.checked_mul(self.quantity)
    }

    pub(super) fn json(&self, currency: &Currency, live: bool, at: &Moment) -> Value {
        let amount = self.amount().unwrap_or_default();
        json!({
            "id": self.id, "object": "item", "adjustable_quantity": null, "amount_discount": 0,
            "amount_subtotal": amount, "amount_tax": 0, "amount_total": amount,
            "currency": currency.code(), "description": self.name,
            "metadata": pairs(&self.metadata), "quantity": self.quantity,
            "price": {
                "id": self.price, "object": "price", "active": false, "billing_scheme": "per_unit",
                "created": at.now, "currency": currency.code(), "custom_unit_amount": null,
                "livemode": live, "lookup_key": null, "metadata": {}, "nickname": null,
                "product": self.product, "recurring": null,
                "tax_behavior": self.tax_behavior.as_deref().unwrap_or("unspecified"),
                "tiers_mode": null, "transform_quantity": null, "type": "one_time",
                "unit_amount": self.unit_amount,
                "unit_amount_decimal": self.unit_amount.to_string(),
            },
        })
    }
}

/// Reads the items and the one currency that they all have.
pub(super) fn read(fields: &mut Fields) -> Result<(Currency, Vec<Item>), ApiError> {
    let session_currency = read_currency(fields)?;
    let items = fields.objects("line_items")?.unwrap_or_default();
    if items.is_empty() {
        return Err(ApiError::missing("line_items"));
    }
    if items.len() > MOST {
        let message = format!("A Checkout Session can have at most {MOST} line items.");
        return Err(ApiError::invalid(message).param("line_items"));
    }
    let mut read = Vec::new();
    let mut currency = session_currency;
    for fields in items {
        let name = fields.name("price_data");
        let (own, item) = read_item(fields)?;
        if currency.as_ref().is_some_and(|first| *first != own) {
            return Err(ApiError::invalid(
                "All line items of a Checkout Session must have the same currency.",
            )
            .param(format!("{name}[currency]")));
        }
        currency = Some(own);
        read.push(item);
    }
    let currency = currency.ok_or_else(|| ApiError::missing("line_items"))?;
    Ok((currency, read))
}

fn read_currency(fields: &mut Fields) -> Result<Option<Currency>, ApiError> {
    let name = fields.name("currency");
    let Some(code) = fields.text("currency")? else {
        return Ok(None);
    };
    let currency = Currency::parse(&code).ok_or_else(|| {
        let all = Currency::all();
        let message =
            format!("Invalid currency: {code}. Stripe currently supports these currencies: {all}");
        ApiError::invalid(message).param(name)
    })?;
    Ok(Some(currency))
}

fn read_item(mut fields: Fields) -> Result<(Currency, Item), ApiError> {
    fields.not_here("adjustable_quantity dynamic_tax_rates tax_rates")?;
    let price = fields.text("price")?;
    let price_data = fields.object("price_data")?;
    let mut data = match (price, price_data) {
        (Some(_), Some(_)) => {
            return Err(ApiError::invalid(
                "You may only specify one of these parameters: price, price_data.",
            )
            .param(fields.name("price")));
        }
        (None, None) => return Err(ApiError::missing(&fields.name("price"))),
        // The account of a stand-in has no catalogue of prices.
        (Some(price), None) => {
            let error = ApiError::no_such("price", &price, &fields.name("price"), false);
            return Err(error.status(StatusCode::BAD_REQUEST));
        }
        (None, Some(data)) => data,
    };
    let quantity = fields.integer("quantity", 1)?;
    let quantity = quantity.ok_or_else(|| ApiError::missing(&fields.name("quantity")))?;
    let metadata = fields.metadata()?;
    fields.finish()?;
    data.not_here("recurring")?;
    let currency = read_currency(&mut data)?;
    let currency = currency.ok_or_else(|| ApiError::missing(&data.name("currency")))?;
    let unit_amount = read_unit_amount(&mut data)?;
    let behaviors = ["exclusive", "inclusive", "unspecified"];
    let tax_behavior = data.word("tax_behavior", &behaviors)?;
    let name = read_product(&mut data)?;
    data.finish()?;
    let item = Item {
        name,
        unit_amount,
        quantity,
        metadata,
        tax_behavior,
        id: ids::new("li_"),
        price: ids::new("price_"),
        product: ids::new("prod_"),
    };
    Ok((currency, item))
}

fn read_unit_amount(data: &mut Fields) -> Result<i64, ApiError> {
    let name = data.name("unit_amount_decimal");
    let amount = data.integer("unit_amount", 0)?;
    let decimal = data.text("unit_amount_decimal")?;
    match (amount, decimal) {
        (Some(amount), None) => Ok(amount),
        (None, None) => Err(ApiError::missing(&data.name("unit_amount"))),
        (Some(_), Some(_)) => Err(ApiError::invalid(
            "You may only specify one of these parameters: unit_amount, unit_amount_decimal.",
        )
        .param(data.name("unit_amount"))),
        (None, Some(text)) => {
            let read = text.parse::<rust_decimal::Decimal>().ok();
            let read = read.filter(|read| !read.is_sign_negative() && read.scale() <= 12);
            let Some(read) = read else {
                let error = ApiError::invalid(format!("Invalid decimal: {text}"));
                return Err(error.code("parameter_invalid_decimal").param(name));
            };
            let whole = read.is_integer().then(|| i64::try_from(read.trunc()).ok());
            // How parts of a minor unit are rounded is not known here.
            whole.flatten().ok_or_else(|| ApiError::not_here(&name))
        }
    }
}

fn read_product(data: &mut Fields) -> Result<String, ApiError> {
    let product_name = data.name("product");
    let product = data.text("product")?;
    let product_data = data.object("product_data")?;
    let mut product = match (product, product_data) {
        (None, Some(data)) => data,
        (None, None) => return Err(ApiError::missing(&product_name)),
        (Some(_), Some(_)) => {
            return Err(ApiError::invalid(
                "You may only specify one of these parameters: product, product_data.",
            )
            .param(product_name));
        }
        (Some(id), None) => {
            let error = ApiError::no_such("product", &id, &product_name, false);
            return Err(error.status(StatusCode::BAD_REQUEST));
        }
    };
    let name = product.text_to("name", 5000)?;
    let name = name.ok_or_else(|| ApiError::missing(&product.name("name")))?;
    product.text_to("description", 5000)?;
    product.text_to("tax_code", 5000)?;
    product.text_to("unit_label", 12)?;
    product.metadata()?;
    if product.texts("images")?.len() > 8 {
        let images = product.name("images");
        return Err(ApiError::invalid("You may only specify up to 8 images").param(images));
    }
    product.finish()?;
    Ok(name)
}

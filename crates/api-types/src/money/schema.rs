//! How amounts stand in the OpenAPI document: each currency with its own digits.

use utoipa::openapi::schema::{AllOfBuilder, Object, ObjectBuilder, OneOfBuilder, Schema, Type};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

use super::Money;
use crate::Currency;
use crate::schema::{one_of, sentences, text};

impl Money {
    /// What an amount with so many minor digits is written as. Sums travel as amounts do, so what
    /// is taken ends at [`Money::MOST_SUM_MINOR`], which is a power of ten.
    pub fn pattern(minor_digits: u32) -> String {
        let whole = Self::MOST_SUM_MINOR.ilog10() - minor_digits;
        match minor_digits {
            0 => format!("^-?0*(?:[0-9]{{1,{whole}}}|10{{{whole}}})$"),
            digits => format!(
                r"^-?0*(?:[0-9]{{1,{whole}}}\.[0-9]{{{digits}}}|10{{{whole}}}\.0{{{digits}}})$"
            ),
        }
    }
}

impl PartialSchema for Money {
    fn schema() -> RefOr<Schema> {
        let scales = [0, 2, 3]
            .into_iter()
            .fold(OneOfBuilder::new(), |all, digits| {
                all.item(of_scale(digits))
            });
        AllOfBuilder::new()
            .item(whole())
            .item(scales)
            .description(Some(sentences(&[
                "An exact, signed amount of one currency, always at the currency's own scale:",
                "`{\"amount\":\"45.00\",\"currency\":\"EUR\"}` with exactly the currency's minor",
                "digits. Anything else is refused.",
            ])))
            .into()
    }
}

impl ToSchema for Money {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((Currency::name().into_owned(), Currency::schema()));
    }
}

fn whole() -> Object {
    let amount = text()
        .description(Some("A decimal with exactly the currency's minor digits."))
        .examples(["45.00", "-3.250", "1200"]);
    ObjectBuilder::new()
        .schema_type(Type::Object)
        .property("amount", amount)
        .property("currency", Ref::from_schema_name(Currency::name()))
        .required("amount")
        .required("currency")
        .build()
}

fn of_scale(digits: u32) -> Object {
    ObjectBuilder::new()
        .schema_type(Type::Object)
        .description(Some(format!("Currencies with {digits} minor digits.")))
        .property("amount", text().pattern(Some(Money::pattern(digits))))
        .property("currency", one_of(Currency::codes(digits)))
        .build()
}

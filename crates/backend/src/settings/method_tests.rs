//! Ways to pay, parts and links: what is read of them, and what is refused.

use api_types::Money;

use super::tests::{WHOLE, parse};

const SECOND: &str = r##"
[part_payments]
percent = 10

[[links]]
place = "home"
title = "Exercises"
url = "https://www.example.com/exercises"

[[methods]]
id = "express"
label = "Express card"
gateway = "sandbox"
currencies = ["EUR"]
minimum = { EUR = "5.00" }
maximum = { EUR = "500.00" }
surcharge = { EUR = "0.30" }
surcharge_percent = "1.5"

[[methods]]
id = "transfer"
kind = "bank_transfer"
currencies = ["EUR"]

[[methods.instructions]]
label = "IBAN"
value = "IE00 QUAY 0000 0000 0000 00"

[[methods]]
id = "wallet"
kind = "wallet"
gateway = "sandbox"
currencies = ["JPY"]

[[methods.options]]
id = "isla"
label = "Isla Wallet"
"##;

#[test]
fn every_kind_of_method_is_read() {
    let settings = parse(&format!("{WHOLE}{SECOND}")).unwrap();
    let limits = &settings.checkout_limits;
    let told = settings.methods.iter().map(|method| method.to_wire(limits));
    let told: Vec<_> = told.collect();
    let [card, express, transfer, wallet] = &told[..] else {
        panic!("{told:?}");
    };
    let most = |told: &api_types::PaymentMethod| {
        let each = told.terms.iter().filter_map(|terms| terms.maximum);
        each.map(|most| format!("{most:?}")).collect::<Vec<_>>()
    };
    // A method without a maximum has the portal's own, in each of its currencies.
    assert_eq!(most(card), ["10000000.00 EUR", "1000000000 JPY"]);
    assert_eq!(most(express), ["500.00 EUR"]);
    let bare = |terms: &api_types::MethodTerms| terms.minimum.or(terms.surcharge).is_none();
    assert!(card.terms.iter().all(bare) && card.surcharge_percent.is_none());
    let amount = Money::parse("100.00", express.currencies[0]).unwrap();
    let total = express.total_for(amount).unwrap();
    assert_eq!(total.amount_text(), "101.80");
    assert!(!transfer.has_page() && transfer.pay_host.is_empty());
    assert_eq!(transfer.instructions[0].label, "IBAN");
    assert_eq!(wallet.options[0].label, "Isla Wallet");
    assert_eq!(settings.least_part_percent, Some(10));
    assert_eq!(settings.portal.links[0].title, "Exercises");
}

#[test]
fn methods_links_and_parts_that_cannot_be_used_are_refused_with_the_reason() {
    for (line, instead, says) in [
        ("percent = 10", "percent = 0", "1 to 100 percent"),
        ("percent = 10", "percent = 101", "1 to 100 percent"),
        ("place = \"home\"", "place = \"foot\"", "place `foot`"),
        (
            "https://www.example.com/ex",
            "http://www.example.com/ex",
            "https://",
        ),
        ("title = \"Exercises\"", "title = \" \"", "no title"),
        ("{ EUR = \"5.00\" }", "{ EUR = \"5\" }", "minimum of EUR"),
        (
            "{ EUR = \"5.00\" }",
            "{ EUR = \"-5.00\" }",
            "more than nothing",
        ),
        (
            "{ EUR = \"5.00\" }",
            "{ EURO = \"5.00\" }",
            "minimum of EURO",
        ),
        ("{ EUR = \"5.00\" }", "{ JPY = \"500\" }", "does not take"),
        (
            "{ EUR = \"5.00\" }",
            "{ EUR = \"500.01\" }",
            "above its maximum",
        ),
        // With the surcharge, 500.00 comes to more than the maximum.
        (
            "{ EUR = \"5.00\" }",
            "{ EUR = \"500.00\" }",
            "at most 492.32 EUR can be paid at once",
        ),
        ("\"1.5\"", "\"1,5\"", "surcharge_percent `1,5`"),
        ("\"1.5\"", "\"0\"", "surcharge_percent `0`"),
        ("\"1.5\"", "\"100.01\"", "surcharge_percent `100.01`"),
        ("label = \"Isla Wallet\"", "label = \" \"", "no label"),
        (
            "kind = \"bank_transfer\"",
            "kind = \"card\"",
            "has no gateway",
        ),
        (
            "kind = \"bank_transfer\"",
            "kind = \"bank_transfer\"\ngateway = \"sandbox\"",
            "through no gateway",
        ),
        (
            "[[methods.instructions]]",
            "[[methods.options]]",
            "unknown field",
        ),
        ("id = \"wallet\"", "id = \"express\"", "stands there twice"),
    ] {
        assert!(SECOND.contains(line), "{line}");
        let text = format!("{WHOLE}{}", SECOND.replace(line, instead));
        let told = parse(&text).unwrap_err().to_string();
        assert!(told.contains(says), "{instead}: {told}");
    }
    let text = format!("{WHOLE}[checkout]\nmost = {{ EUR = \"4.00\" }}\n{SECOND}");
    let told = parse(&text).unwrap_err().to_string();
    assert!(
        told.contains("express has a minimum above its maximum"),
        "{told}"
    );
    let text = format!("{WHOLE}{SECOND}");
    let text = text.replace("percent = 10", "percent = 0");
    let text = text.replace("{ EUR = \"5.00\" }", "{ EUR = \"600.00\" }");
    assert_eq!(parse(&text).unwrap_err().problems.len(), 2);
}

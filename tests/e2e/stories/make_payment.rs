//! `Make Payment`: every rule of the form, with each way to pay.

use super::signed_in;
use crate::pages::gateway::PAYS;
use crate::pages::{AccountPage, GatewayPage, MakePaymentPage, PaymentsPage, minor};
use crate::site::Site;
use test_support::sample_data::CUSTOMER;

#[tokio::test(flavor = "multi_thread")]
async fn an_amount_pays_what_is_due_first() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let account = AccountPage(&browser);
    account.open().await;
    let owed = minor(&account.minor_figure("EUR", "figure").await);

    let form = MakePaymentPage(&browser);
    form.open().await;
    form.type_amount("50").await;
    form.pay().await;
    let gateway = GatewayPage::reach(&browser).await;
    gateway.pay_with(PAYS).await;
    gateway.until_closed().await;
    browser
        .until_text(".checkout_panel", "Payment complete")
        .await;

    account.open().await;
    browser
        .until("50.00 less is owed", || async {
            minor(&account.minor_figure("EUR", "figure").await) == owed - 5_000
        })
        .await;
    assert!(browser.is_marked().await, "the page was reloaded");
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_stands_next_to_its_field_and_nothing_is_lost() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let form = MakePaymentPage(&browser);
    form.open().await;
    form.pay().await;
    browser
        .until_text("#payment-amount-error", "Enter an amount")
        .await;
    assert_eq!(
        browser.run("return document.activeElement.id").await,
        "payment-amount",
        "the keyboard is where something has to be mended"
    );
    form.type_amount("12,345,6").await;
    form.pay().await;
    browser
        .until("the amount cannot be read", || async {
            !browser.text_of("#payment-amount-error").await.is_empty()
        })
        .await;
    let typed = browser
        .run("return document.getElementById('payment-amount').value")
        .await;
    assert_eq!(typed, "12,345,6");
    assert_eq!(browser.windows().await, 1, "no window opens for nothing");
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_minimum_and_a_surcharge_are_said_before_paying() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let form = MakePaymentPage(&browser);
    form.open().await;
    form.choose("Pay via", "Express card").await;
    browser.until_text(".make_payment", "€5.00").await;
    form.type_amount("4.99").await;
    browser
        .until_text("#payment-amount-error", "at least €5.00")
        .await;
    form.type_amount("100").await;
    browser.until_text(".pay_notice", "€1.80").await;
    let terms = form.terms().await;
    for part in ["Surcharge", "Harbour Clinic", "€100.00", "€101.80"] {
        assert!(terms.contains(part), "{part} in {terms}");
    }
    form.pay().await;
    let gateway = GatewayPage::reach(&browser).await;
    browser.until_text("main", "101.80").await;
    gateway.pay_with(PAYS).await;
    gateway.until_closed().await;
    browser
        .until_text(".checkout_panel", "Payment complete")
        .await;
    PaymentsPage(&browser).open().await;
    let newest = PaymentsPage(&browser).first_row().await;
    assert!(newest.contains("€101.80"), "{newest}");
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wallet_is_paid_in_its_own_currency_through_the_chosen_gateway() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let form = MakePaymentPage(&browser);
    form.open().await;
    form.choose("Pay via", "Wallet").await;
    let currency = browser.field("Currency").await;
    assert!(!currency.is_enabled().await.unwrap(), "it is locked");
    assert_eq!(currency.value().await.unwrap().as_deref(), Some("PHP"));
    form.choose("With", "Bayan Pay").await;
    form.type_amount("250").await;
    browser.until_text(".pay_notice", "Bayan Pay").await;
    form.pay().await;
    let gateway = GatewayPage::reach_wallet(&browser).await;
    browser.until_text("main", "Bayan Pay").await;
    gateway.approve_wallet().await;
    gateway.until_closed().await;
    browser
        .until_text(".checkout_panel", "Payment complete")
        .await;
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transfer_is_pending_until_the_provider_confirms_it() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let account = AccountPage(&browser);
    account.open().await;
    let owed = minor(&account.minor_figure("EUR", "figure").await);
    let on_its_way = minor(&account.minor_figure("EUR", "on_its_way").await);

    let form = MakePaymentPage(&browser);
    form.open().await;
    form.choose("Pay via", "Bank transfer").await;
    form.type_amount("80.00").await;
    browser.until_text(".pay_notice", "your own bank").await;
    form.pay().await;
    browser
        .until_text(".checkout_panel", "Send your transfer")
        .await;
    let panel = browser.text_of(".checkout_panel").await;
    assert!(
        panel.contains("Quayside Savings Bank") && panel.contains("Reference"),
        "{panel}"
    );
    assert_eq!(browser.windows().await, 1, "a transfer has no window");

    account.open().await;
    browser
        .until(
            "the transfer is on its way, and as much is owed",
            || async {
                minor(&account.minor_figure("EUR", "on_its_way").await) == on_its_way + 8_000
                    && minor(&account.minor_figure("EUR", "figure").await) == owed
            },
        )
        .await;
    site.settle_newest_transfer(CUSTOMER.id).await;
    browser
        .until("the balance is right by itself", || async {
            minor(&account.minor_figure("EUR", "figure").await) == owed - 8_000
        })
        .await;
    assert!(browser.is_marked().await, "the page was reloaded");
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transfer_can_be_turned_back() {
    let site = Site::start().await;
    let browser = signed_in(&site).await;
    let form = MakePaymentPage(&browser);
    form.open().await;
    form.choose("Pay via", "Bank transfer").await;
    form.type_amount("80.00").await;
    form.pay().await;
    browser
        .until_text(".checkout_panel", "Send your transfer")
        .await;
    browser.find(".checkout_panel").await;
    let path = ".checkout_panel__actions";
    browser.press_in(path, "Cancel").await;
    browser
        .until_text(".checkout_panel", "Payment cancelled")
        .await;
    PaymentsPage(&browser).open().await;
    let newest = PaymentsPage(&browser).first_row().await;
    assert!(newest.contains("Cancelled"), "{newest}");
    browser.quit().await;
}
